"""Recommendations made before their readers ask, in an index of their own, under pseudonyms."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from recommender.engine.base import Action, Document, Engine, Operation
from recommender.engine.schema import load_schema
from recommender.errors import IndexExistsError, IndexMissingError
from recommender.recommend.keeping.records import answer_from_record, answer_record
from recommender.recommend.keeping.values import KeptAnswer, Origin

INDEX = "recommendations"

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Precomputed:
    """One reader's recommendations in one language."""

    reader: str  # pseudonym
    language: str
    size: int  # how many books were wanted; there may be fewer
    origin: Origin
    expires_at: datetime
    answer: KeptAnswer

    @property
    def id(self) -> str:
        """Of its document: a reader has one answer in each language."""
        return answer_id(self.reader, self.language)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the index holds."""

    answers: int = 0
    expired: int = 0
    by_origin: Mapping[tuple[str, str, str], int] = field(
        default_factory=dict
    )  # (bundle, generator, catalogue) → answers
    oldest: datetime | None = None
    newest: datetime | None = None


def answer_id(reader: str, language: str) -> str:
    """The id under which a reader's recommendations are kept."""
    return f"{reader}-{language}"


class PrecomputedAnswers:
    """Reads and writes the index; it is made when it is first written to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, readers: Sequence[str], language: str) -> dict[str, Precomputed]:
        """Pseudonym → recommendations, for those who have any; what another version of the program wrote counts for none."""
        ids = [answer_id(reader, language) for reader in readers]
        try:
            documents = self._engine.mget(INDEX, ids) if ids else ()
        except IndexMissingError:
            return {}
        found = (_readable(document) for document in documents if document)
        return {each.reader: each for each in found if each}

    def write(self, answers: Sequence[Precomputed]) -> None:
        """Put them in place of those that were there."""
        if not answers:
            return
        with contextlib.suppress(IndexExistsError):
            self._engine.create_index(INDEX, load_schema(INDEX))
        operations = [Operation(Action.INDEX, answer.id, _document(answer)) for answer in answers]
        self._engine.bulk(INDEX, operations, refresh=True)

    def forget(self, readers: Sequence[str]) -> int:
        """Delete everything kept for these readers; returns how many answers that were."""
        return self._delete({"terms": {"reader_id": list(readers)}}) if readers else 0

    def forget_others(self, readers: Sequence[str]) -> int:
        """Delete what is kept for whoever is not among these readers; returns how many answers that were."""
        known = set(readers)
        strangers = {
            document.source["reader_id"]
            for document in self._scan(None, ["reader_id"])
            if document.source["reader_id"] not in known
        }
        return self.forget(sorted(strangers))

    def clear(self) -> int:
        """Delete everything; returns how many answers that were."""
        count = self.count()
        self._engine.drop_index(INDEX)
        return count

    def forget_expired(self, now: datetime) -> int:
        """Delete what is too old; returns how many answers that were."""
        return self._delete(_expired(now))

    def count(self) -> int:
        """How many answers are kept."""
        try:
            return self._engine.count(INDEX)
        except IndexMissingError:
            return 0

    def counts(self, now: datetime) -> Counts:
        """What is kept, by what it was made from."""
        by_origin: dict[tuple[str, str, str], int] = {}
        times: list[datetime] = []
        expired = 0
        for document in self._scan(None, ["bundle", "generator", "catalogue", "created_at", "expires_at"]):
            source = document.source
            origin = (source["bundle"], source["generator"], source["catalogue"])
            by_origin[origin] = by_origin.get(origin, 0) + 1
            times.append(datetime.fromisoformat(source["created_at"]))
            expired += datetime.fromisoformat(source["expires_at"]) <= now
        return Counts(len(times), expired, by_origin, min(times, default=None), max(times, default=None))

    def _delete(self, query: Mapping[str, Any]) -> int:
        ids = [document.id for document in self._scan(query, [])]
        for start in range(0, len(ids), BATCH):
            operations = [Operation(Action.DELETE, each) for each in ids[start : start + BATCH]]
            self._engine.bulk(INDEX, operations, refresh=True)
        return len(ids)

    def _scan(self, query: Mapping[str, Any] | None, source: Sequence[str]) -> Iterator[Document]:
        with contextlib.suppress(IndexMissingError):
            yield from self._engine.scan(INDEX, query, source=source)


def _expired(now: datetime) -> dict[str, Any]:
    return {"range": {"expires_at": {"lte": _instant(now)}}}


def _document(answer: Precomputed) -> dict[str, Any]:
    return {
        "reader_id": answer.reader,
        "language": answer.language,
        "size": answer.size,
        "bundle": answer.origin.bundle,
        "parameters": answer.origin.parameters,
        "generator": answer.origin.generator,
        "catalogue": answer.origin.catalogue,
        "revision": answer.origin.revision,
        "created_at": _instant(answer.answer.created_at),
        "expires_at": _instant(answer.expires_at),
        "record": answer_record(answer.answer),
    }


def _readable(document: Document) -> Precomputed | None:
    """The answer in a document; None where its words are of another version of the program."""
    try:
        return _precomputed(document.source)
    except (KeyError, TypeError, ValueError):
        return None


def _precomputed(source: Mapping[str, Any]) -> Precomputed:
    origin = Origin(
        bundle=source["bundle"],
        parameters=source["parameters"],
        generator=source["generator"],
        catalogue=source["catalogue"],
        revision=source["revision"],
    )
    return Precomputed(
        reader=source["reader_id"],
        language=source["language"],
        size=source["size"],
        origin=origin,
        expires_at=datetime.fromisoformat(source["expires_at"]),
        answer=answer_from_record(source["record"]),
    )


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
