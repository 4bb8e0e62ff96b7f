"""A collection from a catalogue: a sentence of a book's description asks, and the book without it is to be found.

Nobody has judged anything here: another book may fit the sentence as well. But it needs no judge, so that every library
can measure how its own descriptions are found.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.collections.catalogues import catalogue_books
from evaluation.collections.values import Collection, Passage
from recommender.errors import InputError
from recommender.models import Book
from recommender.text.normalization import title_key

SHORTEST, LONGEST = 20, 200
"""Letters of a sentence that asks: shorter ones say nothing of their book, longer ones nobody types."""

SENTENCES_LEFT = 2
"""That a description keeps at least, so that there is something to be found by."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A book and the sentence taken out of its description."""

    book: Book
    sentence: str
    rest: str


def make_sentences(path: Path, *, seed: int, limit: int | None = None) -> Collection:
    """Make the collection.

    Args:
        path: a catalogue with descriptions, in any form that `python -m indexer books load` takes.
        seed: of the draw: which books ask, and with which sentence.
        limit: how many books ask; all that can for None. Every book with a description is there to be found.

    Raises:
        InputError: the file cannot be read, or no description is long enough.
    """
    rng = random.Random(seed)
    books = [book for book in catalogue_books(path) if book.description]
    candidates = [(book, usable) for book in books if (usable := _askable(book))]
    if not candidates:
        raise InputError(
            f"{path}: no description has {SENTENCES_LEFT + 1} sentences; give a catalogue with descriptions"
        )
    drawn = candidates if limit is None or limit >= len(candidates) else rng.sample(candidates, limit)
    asked = {book.id: _taken_out(book, rng.choice(usable)) for book, usable in drawn}
    return Collection(
        name="sentences",
        documents=tuple(
            Passage(book.id, book.title, asked[book.id].rest if book.id in asked else book.description)
            for book in books
        ),
        queries={f"sentence-{book_id}": one.sentence for book_id, one in asked.items()},
        qrels={f"sentence-{book_id}": {book_id: 1} for book_id in asked},
    )


def _askable(book: Book) -> Sequence[str]:
    """The sentences of its description that say something, and do not name the book."""
    sentences = _sentences(book.description)
    if len(sentences) <= SENTENCES_LEFT:
        return ()
    named = title_key(book.title)
    return [one for one in sentences if SHORTEST <= len(one) <= LONGEST and named not in title_key(one)]


def _taken_out(book: Book, sentence: str) -> _Asked:
    return _Asked(book, sentence, " ".join(one for one in _sentences(book.description) if one != sentence))


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]
