"""What librarians say of how books feel: kept apart from the catalogue, so that no load and no rollback loses it."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from recommender.appeal.applying import Codes
from recommender.engine.base import Action, Document, Engine, Operation
from recommender.engine.schema import load_schema
from recommender.errors import IndexExistsError, IndexMissingError
from recommender.models import AppealFacet, Book, appeal_code

INDEX = "appeal_corrections"

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Correction:
    """What a librarian says of one book.

    A facet that is not named is left to the record and to estimates; one that is named without codes has none. A
    correction that was taken back stays, naming nothing, so that an older copy of the catalogue learns of it, too.
    """

    book_id: str
    corrected_at: datetime
    codes: Codes = field(default_factory=dict)
    title: str = ""  # when it was corrected: for people who read an export
    author: str = ""


class Corrections:
    """All corrections, by the ids of the books for which they were made."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._by_id = {correction.book_id: correction for correction in corrections}

    def of(self, book: Book) -> Correction | None:
        """The latest correction of a book, or of a work that was merged into it."""
        found = [self._by_id[each] for each in (book.id, *book.former_ids) if each in self._by_id]
        return max(found, key=lambda correction: correction.corrected_at, default=None)

    def since(self, earlier: "Corrections") -> list[Correction]:
        """Those that were not there, or were other ones."""
        known = set(earlier.states())
        return [each for each in self if (each.book_id, each.corrected_at) not in known]

    def states(self) -> list[tuple[str, datetime]]:
        """Which book was corrected, and when last."""
        return [(each.book_id, each.corrected_at) for each in self]

    def __iter__(self) -> Iterator[Correction]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)


class CorrectionStore:
    """Reads and writes corrections."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> Corrections:
        """Every correction, also of books that the library no longer holds."""
        try:
            return Corrections(map(_correction, self._engine.scan(INDEX, source=["record", "corrected_at"])))
        except IndexMissingError:
            return Corrections()

    def of(self, book: Book) -> Correction | None:
        """The latest correction of one book."""
        try:
            found = self._engine.mget(INDEX, [book.id, *book.former_ids], source=["record", "corrected_at"])
        except IndexMissingError:
            return None
        return Corrections(_correction(document) for document in found if document).of(book)

    def write(self, corrections: Sequence[Correction]) -> None:
        """Store corrections in place of earlier ones of the same books."""
        with contextlib.suppress(IndexExistsError):
            self._engine.create_index(INDEX, load_schema(INDEX))
        operations = [Operation(Action.INDEX, each.book_id, _document(each)) for each in corrections]
        for start in range(0, len(operations), BATCH):
            self._engine.bulk(INDEX, operations[start : start + BATCH], refresh=start + BATCH >= len(operations))


def _document(correction: Correction) -> dict[str, Any]:
    said = {facet.value: [code.value for code in codes] for facet, codes in correction.codes.items()}
    return {
        "corrected_at": correction.corrected_at.isoformat(timespec="milliseconds"),
        "record": {"codes": said, "title": correction.title, "author": correction.author},
    }


def _correction(document: Document) -> Correction:
    record: Mapping[str, Any] = document.source["record"]
    codes = {
        AppealFacet(facet): tuple(appeal_code(AppealFacet(facet), code) for code in said)
        for facet, said in record["codes"].items()
    }
    corrected_at = datetime.fromisoformat(document.source["corrected_at"])
    return Correction(document.id, corrected_at, codes, record["title"], record["author"])
