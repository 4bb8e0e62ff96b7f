"""Putting a question, a reader and books into the prompts of a version."""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from recommender.errors import SettingsError
from recommender.generation.base import Prompt
from recommender.models import Book
from recommender.recommend.instructions import visible, without_instructions
from recommender.recommend.values import EnrichedQuestion

PROMPTS_FOLDER = Path(__file__).resolve().parents[1] / "generation" / "prompts"

MAX_DESCRIPTION = 200
"""Characters of a description in a prompt: twenty candidates have to fit into a small model's window."""

MAX_QUESTION = 600
"""Characters of a question in a prompt; it may be longer, but what somebody wants is said at its beginning or its end."""

MAX_NAME = 120
"""Characters of a title or a name; scanned catalogues hold whole paragraphs there."""

MAX_READER_TERMS = 20

MAX_READER_LINE = 400
"""Characters of one line about a reader: ten books with ratings, or what twelve wishes take."""

SHORTEST_OWN = 12
"""Characters of a piece of a prompt that is recognised again: "Books:" is anybody's word."""

_FILLED_IN = re.compile(r"\$\w+|\n")

OPENING, CLOSING = "⟦⟧"
"""The marks between which prompts put data; data cannot hold them."""

# What chat templates and models take for the beginning or end of a turn; nobody's question and no description needs it.
_CONTROL = re.compile(
    r"<[||][^||>\n]{0,40}[||]>|</?s>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>"
    r"|\[\|[a-z]{1,20}\|\]|</?(?:system|user|assistant|tool|think)>"
    rf"|^\s*#{{2,}}\s*(?:instruction|response|system|input)s?:?|[{OPENING}{CLOSING}\x00-\x08\x0b-\x1f\x7f]",
    re.IGNORECASE,
)


class Prompts:
    """The prompts of one version in one language.

    What readers wrote and what records hold goes into the user's message alone, on one line each, between marks that it
    cannot hold itself, and never into the system message, so that a text such as "forget your instructions" stays a text
    about which the model is asked; sentences that plainly give it orders are left out.

    Args:
        version: of the templates, as the bundle names it.
        language: ko or en.
        reader: what is known of the reader, one fact a line; without it, the terms that the question was enriched with.

    Raises:
        SettingsError: there is no such version or language.
    """

    def __init__(self, version: str, language: str, reader: Sequence[str] = ()) -> None:
        self._templates = _read(version, language)
        self._reader = " · ".join(shortened(one_line(line), MAX_READER_LINE) for line in reader)

    @property
    def own_words(self) -> tuple[str, ...]:
        """What the prompts say themselves, without what is filled in: no reason should repeat it."""
        return tuple(
            part for text in self._templates.values() for part in _FILLED_IN.split(text) if len(part) >= SHORTEST_OWN
        )

    def choose(self, enriched: EnrichedQuestion, books: Sequence[Book], *, size: int) -> Prompt:
        """Ask which of the books, numbered from 1, suit best."""
        numbered = "\n".join(f"{number}. {describe(book)}" for number, book in enumerate(books, 1))
        return self._fill("choose", enriched, books=numbered, size=str(size))

    def why(self, enriched: EnrichedQuestion, book: Book, facts: Sequence[str]) -> Prompt:
        """Ask why a book is recommended."""
        return self._fill("why", enriched, book=describe(book), facts=one_line(" ".join(facts)) or "-")

    def help(self, enriched: EnrichedQuestion, book: Book, facts: Sequence[str]) -> Prompt:
        """Ask how a book can help."""
        return self._fill("help", enriched, book=describe(book), facts=one_line(" ".join(facts)) or "-")

    def _fill(self, name: str, enriched: EnrichedQuestion, **words: str) -> Prompt:
        terms = dict.fromkeys((*(term.text for term in enriched.terms), *enriched.read_books))
        told = ", ".join(shortened(one_line(term), MAX_NAME) for term in list(terms)[:MAX_READER_TERMS])
        # substitute() fills in values as they are: a `$` or a brace in them means nothing.
        user = Template(self._templates[name]).substitute(
            question=shortened_inside(one_line(enriched.text), MAX_QUESTION) or "-",
            reader=self._reader or told or "-",
            **words,
        )
        return Prompt(system=self._templates["system"], user=user)


def describe(book: Book) -> str:
    """One line of a record for a prompt: what a librarian would read out."""
    title = f"{book.title} : {book.subtitle}" if book.subtitle else book.title
    parts = (
        shortened(one_line(title), MAX_NAME),
        shortened(one_line(", ".join(book.authors[:2])), MAX_NAME),
        shortened(one_line(", ".join(book.keywords[:5])), MAX_NAME),
        shortened(one_line(book.description), MAX_DESCRIPTION),
    )
    return " / ".join(part for part in parts if part)


def shortened(text: str, most: int) -> str:
    """The beginning of a text, at most `most` characters and an ellipsis, cut between words where there are any."""
    if len(text) <= most:
        return text
    start = text[:most]
    return (start.rsplit(" ", 1)[0] if " " in start[most // 2 :] else start) + " …"


def shortened_inside(text: str, most: int) -> str:
    """The beginning and the end of a text: long questions tell a story and then ask."""
    if len(text) <= most:
        return text
    end = text[-most // 3 :]
    return f"{shortened(text[: most - len(end)], most)} … {end.split(' ', 1)[-1]}"


def one_line(text: str) -> str:
    """A text on one line without what steers models: orders to them, marks of turns, invisible characters, line breaks."""
    text = visible(text)
    while (cleaned := _CONTROL.sub(" ", text)) != text:  # <|im_<|x|>start|> is one again without its inside
        text = cleaned
    return " ".join(without_instructions(text).split())


@lru_cache
def _read(version: str, language: str) -> dict[str, str]:
    path = PROMPTS_FOLDER / version / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(sorted(folder.name for folder in PROMPTS_FOLDER.iterdir() if folder.is_dir()))
        raise SettingsError(f"the bundle's prompt {version!r} has no text for language {language!r}; known are {known}")
    return {name: str(text) for name, text in tomllib.loads(path.read_text(encoding="utf-8")).items()}
