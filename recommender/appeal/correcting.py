"""Correcting how a book feels: kept for every later load, and in effect in the live catalogue at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import numpy as np

from recommender.appeal.applying import Codes, appraised
from recommender.appeal.corrections import Correction, CorrectionStore
from recommender.appeal.estimating import AppealEstimator
from recommender.appeal.keys import appeal_fields
from recommender.encoding.base import Encoder
from recommender.encoding.live import LiveEncoder
from recommender.engine.base import Action, Document, Engine, Operation, Search
from recommender.errors import IndexMissingError, NotFoundError
from recommender.models import AppealSource, AppealTerm, Book
from recommender.records import appeal_part, book_from_record

BOOKS = "books"

BATCH = 500


class AppealCorrector:
    """Writes corrections, and brings the live catalogue in line with them.

    Args:
        engine: with the live catalogue.
        encoder: as the live catalogue was encoded; estimates come back by it when a correction is taken back.
        clock: gives instants with a time zone.
    """

    def __init__(self, engine: Engine, encoder: Encoder, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._encoder = encoder
        self._clock = clock
        self._store = CorrectionStore(engine)
        self._estimators: dict[str, AppealEstimator] = {}

    def find(self, book_id: str) -> Book:
        """The book of the live catalogue with this id, or into which the one with this id was merged.

        Raises:
            NotFoundError: there is none.
        """
        found = self._live_documents([book_id], ("record",))
        if not found:
            raise NotFoundError(
                f"there is no book {book_id!r}; `appeal show` takes the id at the end of a book page's address"
            )
        return book_from_record(found[0].source["record"])

    def correction(self, book: Book) -> Correction | None:
        """What a librarian says of a book; None where none ever did."""
        return self._store.of(book)

    def correct(self, book: Book, codes: Codes) -> None:
        """Say how a book feels, in place of all that was said before; nothing at all takes a correction back."""
        self.correct_many([(book, codes)])

    def correct_many(self, said: Sequence[tuple[Book, Codes]]) -> int:
        """The same for many books; returns how many of them changed."""
        at = self._clock()
        corrections = [
            Correction(book.id, at, codes, title=book.title, author=", ".join(book.authors)) for book, codes in said
        ]
        self._store.write(corrections)
        return self.bring_up_to_date(corrections)

    def corrected_books(self, *, every: bool) -> Iterator[tuple[Book, Codes]]:
        """The books of which a librarian says something, or every book, with what that is."""
        corrections = self._store.all()
        for document in self._engine.scan(BOOKS, source=["record"]):
            book = book_from_record(document.source["record"])
            correction = corrections.of(book)
            if every or (correction and correction.codes):
                yield book, correction.codes if correction else {}

    def bring_up_to_date(self, corrections: Iterable[Correction]) -> int:
        """Write to the live catalogue what it does not show yet of these corrections; returns how many books that were."""
        asked = [correction.book_id for correction in corrections]
        changed = 0
        for start in range(0, len(asked), BATCH):
            documents = self._live_documents(asked[start : start + BATCH], ("record", "vector"))
            operations = self._operations(documents)
            if operations:
                self._engine.bulk(BOOKS, operations, refresh=True)
            changed += len(operations)
        return changed

    def _operations(self, documents: Sequence[Document]) -> list[Operation]:
        """What there is to write; books that show their correction already need no estimate, and no encoder."""
        corrections = self._store.all()
        operations = []
        for document in documents:
            book = book_from_record(document.source["record"])
            correction = corrections.of(book)
            codes = correction.codes if correction else {}
            if not _shows(book, codes):
                corrected = appraised(book, codes, self._estimated(book, document))
                fields = {"record": appeal_part(corrected), **appeal_fields(corrected)}
                operations.append(Operation(Action.UPDATE, book.id, fields))
        return operations

    def _estimated(self, book: Book, document: Document) -> tuple[AppealTerm, ...]:
        (terms,) = self._estimator().estimate([book], np.array([document.source["vector"]], np.float32))
        return terms

    def _estimator(self) -> AppealEstimator:
        """By the encoder as it is fitted to the generation that is live now."""
        encoder = self._encoder
        if isinstance(encoder, LiveEncoder):
            encoder = encoder.fitted_to(self._engine.aliases()[BOOKS])
        if encoder.name not in self._estimators:
            self._estimators = {encoder.name: AppealEstimator.for_encoder(encoder)}
        return self._estimators[encoder.name]

    def _live_documents(self, book_ids: Sequence[str], source: Sequence[str]) -> list[Document]:
        """The documents of books, of merged ones that of the work they became; each once."""
        try:
            found = {each.id: each for each in self._engine.mget(BOOKS, book_ids, source=source) if each}
            missing = [book_id for book_id in book_ids if book_id not in found]
            became = self._became(missing) if missing else []
            later = self._engine.mget(BOOKS, became, source=source) if became else ()
        except IndexMissingError:
            return []
        return list((found | {each.id: each for each in later if each}).values())

    def _became(self, former_ids: Sequence[str]) -> Sequence[str]:
        body = {
            "query": {"bool": {"filter": [{"terms": {"former_ids": list(former_ids)}}]}},
            "size": len(former_ids),
        }
        (answer,) = self._engine.msearch([Search(BOOKS, body)])
        return answer.ids


def _shows(book: Book, codes: Codes) -> bool:
    """Whether a librarian's word is all that the book shows as one."""
    shown = {(term.facet, term.code) for term in book.appeal if term.source is AppealSource.LIBRARIAN}
    said = {(facet, code) for facet, said in codes.items() for code in said}
    return set(book.corrected) == set(codes) and shown == said
