"""The order in which what was found is suggested: pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from recommender.engine.base import Document


def in_front(documents: Iterable[Document], per_author: int) -> tuple[list[Document], list[Document]]:
    """The first `per_author` books of each author, and the others, which come after all of those."""
    seen: Counter[str] = Counter()
    front: list[Document] = []
    later: list[Document] = []
    for document in documents:
        people = document.source["record"].get("people", ())
        author = people[0]["name"] if people else document.id
        seen[author] += 1
        (front if seen[author] <= per_author else later).append(document)
    return front, later


def language_first(documents: Sequence[Document], language: str) -> list[Document]:
    """Books in the language before all others, each part in its order; unchanged without a language."""
    if not language:
        return list(documents)
    return sorted(documents, key=lambda document: not is_in(document, language))


def is_in(document: Document, language: str) -> bool:
    """Whether a book is in a language; any is without one."""
    return not language or document.source["record"].get("language", "") == language
