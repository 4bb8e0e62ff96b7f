"""A book → the document that both engines index: one explicit function, field by field."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.appeal.keys import appeal_fields
from recommender.call_numbers import call_number_keys
from recommender.models import Book
from recommender.records import book_record
from recommender.text.isbn import isbn_forms
from recommender.text.normalization import title_bigrams, title_key, title_keys, title_phrases
from recommender.text.slips import slip_keys
from recommender.text.titles import parse_title
from recommender.text.typing_keys import suggest_keys

SHORTEST_OWN_TITLE = 4
"""Letters of a volume's own title that is a key by itself: typing 근대편 must not pin every series that has one."""

_LEADING_ARTICLE = re.compile(r"^(?:the|an?|le|la|les|der|die|das|el|los|las)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BookTokens:
    """A book's texts as morphemes, one list a field."""

    title: list[str]
    people: list[str]
    publisher: list[str]
    subjects: list[str]
    description: list[str]
    volumes: list[str]

    def everything(self) -> Iterator[str]:
        """All of them, for the field in which books are matched."""
        return chain(self.title, self.people, self.publisher, self.subjects, self.description, self.volumes)


class DocumentTokens(Protocol):
    """The part of an analyser that documents need."""

    def document_tokens_many(self, texts: Sequence[str]) -> list[list[str]]:
        """Tokens by which each text can be found."""


def tokenise_books(books: Sequence[Book], analyzer: DocumentTokens) -> list[BookTokens]:
    """Tokens of many books, all their texts in one batch, because the analyser works on every core only then."""
    texts = [text for book in books for text in _texts(book)]
    tokens = iter(analyzer.document_tokens_many(texts))
    return [BookTokens(*(next(tokens) for _ in range(TEXTS_PER_BOOK))) for _ in books]


TEXTS_PER_BOOK = 6


def _texts(book: Book) -> tuple[str, str, str, str, str, str]:
    """In the order of `BookTokens`; full stops between texts, so that the analyser joins no words across them."""
    return (
        _sentences((book.title, book.subtitle, book.parallel_title, *book.other_titles)),
        _sentences(person.name for person in book.people),
        book.publisher,
        _sentences((*book.keywords, *book.categories, book.series)),
        book.description,
        _sentences(_volume_titles(book)),
    )


def _sentences(texts: Iterable[str]) -> str:
    return ". ".join(filter(None, texts))


def _volume_titles(book: Book) -> Iterator[str]:
    """What volumes and editions are called beyond the work's own title, each once."""
    parsed = (parse_title(title) for title in _volume_statements(book))
    own = (part for title in parsed for part in (title.subtitle, title.remark, title.parallel_title) if part)
    known = title_key(f"{book.title} {book.subtitle} {book.parallel_title}")
    return (part for part in dict.fromkeys(own) if title_key(part) not in known)


def _volume_statements(book: Book) -> list[str]:
    return list(dict.fromkeys(holding.title for holding in book.holdings if holding.title))


def book_document(book: Book, tokens: BookTokens, vector: NDArray[np.float32]) -> dict[str, Any]:
    """The document of a book for `es_mappings/books.json`.

    Args:
        book: with its holdings.
        tokens: its texts as morphemes.
        vector: `(dims,) float32`, of length 1.
    """
    return {
        "record": book_record(book),
        "all": " ".join(tokens.everything()),
        "title": " ".join(tokens.title),
        "title_bigrams": " ".join(_title_bigrams(book)),
        "title_phrases": " ".join(_unique(title_phrases(title) for title in _own_titles(book))),
        "title_slips": " ".join(_unique(slip_keys(title) for title in _own_titles(book))),
        "people": " ".join(tokens.people),
        "people_bigrams": " ".join(_unique(title_bigrams(person.name) for person in book.people)),
        "publisher": " ".join(tokens.publisher),
        "subjects": " ".join(tokens.subjects),
        "description": " ".join(tokens.description),
        "title_keys": _title_keys(book),
        "title_sort": title_key(_LEADING_ARTICLE.sub("", book.title))[:LONGEST_SORT_KEY],
        "isbn": _unique(isbn_forms(isbn) for isbn in _isbns(book)),
        "call_number": _unique(
            call_number_keys(holding.call_number) for holding in book.holdings if holding.call_number
        ),
        "author_names": list(dict.fromkeys(book.authors)),
        "people_keys": list(dict.fromkeys(title_key(person.name) for person in book.people)),
        "series": book.series or None,
        "kdc": class_prefixes(book.kdc),
        "kdc_main": book.kdc[:1] or None,
        "year": book.year,
        "language": book.language or None,
        "available": book.available,
        "audience": book.audience.value if book.audience else None,
        "form": book.form.value,
        **appeal_fields(book),
        "pages": book.pages,
        "loans": book.loans,
        "copies": book.copies,
        "suggest": suggest_keys(
            _unique([[book.title], book.other_titles, [book.parallel_title] if book.parallel_title else []])
        ),
        "former_ids": list(book.former_ids),
        "vector": vector,
    }


LONGEST_SORT_KEY = 200
"""Letters by which titles are told apart in a list."""


def class_prefixes(classification: str) -> list[str]:
    """Every class that a class number lies in: 813.6 → 8, 81, 813, 813.6; a filter on any of them finds the book."""
    ends = (end for end in range(1, len(classification) + 1) if classification[end - 1] != ".")
    return [classification[:end] for end in ends]


def _own_titles(book: Book) -> list[str]:
    """What the work itself is called, without what is only added to it."""
    return [title for title in (book.title, book.parallel_title, *book.other_titles) if title]


def _title_bigrams(book: Book) -> list[str]:
    titles = (book.title, book.subtitle, book.parallel_title, *book.other_titles)
    return _unique(title_bigrams(title) for title in titles if title)


def _title_keys(book: Book) -> list[str]:
    """By what somebody who knows the exact title asks: the work's, an edition's, a volume's with or without its number."""
    statements = _volume_statements(book)
    whole = f"{book.title} : {book.subtitle}" if book.subtitle else book.title
    spellings = (whole, book.title, book.parallel_title, *book.other_titles, *statements)
    keys = _unique(title_keys(spelling) for spelling in spellings if spelling)
    volumes = (parse_title(statement) for statement in statements)
    own_titles = (title_key(volume.subtitle) for volume in volumes if volume.volume and volume.subtitle)
    numbered = (title_key(f"{book.title} {holding.volume}") for holding in book.holdings if holding.volume)
    return list(dict.fromkeys([*keys, *numbered, *(key for key in own_titles if len(key) >= SHORTEST_OWN_TITLE)]))


def _isbns(book: Book) -> Iterable[str]:
    return dict.fromkeys([*book.isbns, *(holding.isbn for holding in book.holdings if holding.isbn)])


def _unique(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(lists)))
