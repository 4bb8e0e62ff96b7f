"""Putting a question, a reader and books into the prompts of a version."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from recommender.errors import SettingsError
from recommender.generation.base import Prompt
from recommender.models import Book
from recommender.recommend.values import EnrichedQuestion

PROMPTS_FOLDER = Path(__file__).resolve().parents[1] / "generation" / "prompts"

MAX_DESCRIPTION = 200
"""Characters of a description in a prompt: twenty candidates have to fit into a small model's window."""


class Prompts:
    """The prompts of one version in one language."""

    def __init__(self, version: str, language: str) -> None:
        self._templates = _read(version, language)

    def choose(self, enriched: EnrichedQuestion, books: Sequence[Book], *, size: int) -> Prompt:
        """Ask which of the books, numbered from 1, suit best."""
        numbered = "\n".join(f"{number}. {describe(book)}" for number, book in enumerate(books, 1))
        return self._fill("choose", enriched, books=numbered, size=str(size))

    def why(self, enriched: EnrichedQuestion, book: Book, facts: Sequence[str]) -> Prompt:
        """Ask why a book is recommended."""
        return self._fill("why", enriched, book=describe(book), facts=" ".join(facts))

    def help(self, enriched: EnrichedQuestion, book: Book, facts: Sequence[str]) -> Prompt:
        """Ask how a book can help."""
        return self._fill("help", enriched, book=describe(book), facts=" ".join(facts))

    def _fill(self, name: str, enriched: EnrichedQuestion, **words: str) -> Prompt:
        reader = ", ".join(dict.fromkeys((*(term.text for term in enriched.terms), *enriched.read_books)))
        user = Template(self._templates[name]).substitute(question=enriched.text or "-", reader=reader or "-", **words)
        return Prompt(system=self._templates["system"], user=user)


def describe(book: Book) -> str:
    """One line of a record for a prompt: what a librarian would read out."""
    title = f"{book.title} : {book.subtitle}" if book.subtitle else book.title
    parts = (title, ", ".join(book.authors[:2]), ", ".join(book.keywords[:5]), _shortened(book.description))
    return " / ".join(part for part in parts if part)


def _shortened(description: str) -> str:
    if len(description) <= MAX_DESCRIPTION:
        return description
    return description[:MAX_DESCRIPTION].rsplit(" ", 1)[0] + " …"


@lru_cache
def _read(version: str, language: str) -> dict[str, str]:
    path = PROMPTS_FOLDER / version / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(sorted(folder.name for folder in PROMPTS_FOLDER.iterdir() if folder.is_dir()))
        raise SettingsError(f"the bundle's prompt {version!r} has no text for language {language!r}; known are {known}")
    return {name: str(text) for name, text in tomllib.loads(path.read_text(encoding="utf-8")).items()}
