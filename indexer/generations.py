"""The records of generations: which were built, when and of what, and whether somebody is building one now.

They live in the index `generations`, beside what they describe, so that every machine that uses a cluster sees them.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from recommender.engine.base import Action, Document, Engine, Operation, Outcome
from recommender.engine.schema import load_schema
from recommender.errors import IndexExistsError, IndexMissingError

INDEX = "generations"

CLAIM = "claim"
"""Id of the one record that says who is building now; creating it is how a load begins."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of the catalogue: its index has the same name."""

    name: str
    started_at: datetime
    ready: bool = False
    finished_at: datetime | None = None
    replaced: str = ""  # the generation that was live before it, kept for a rollback
    report: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is building a generation, and when that was last heard of."""

    holder: str  # the data folder the load runs on
    described: str  # host and process, for people
    started_at: datetime
    heard_at: datetime


class GenerationRecords:
    """Reads and writes the records."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ensure(self) -> None:
        """Make the index on first use; another process may be quicker."""
        with contextlib.suppress(IndexExistsError):
            self._engine.create_index(INDEX, load_schema(INDEX))

    def read(self, name: str) -> Generation | None:
        """The record of a generation."""
        document = self._document(name)
        return _generation(document) if document else None

    def write(self, generation: Generation) -> None:
        """Store the record of a generation, in place of what was there."""
        self._engine.bulk(
            INDEX, [Operation(Action.INDEX, generation.name, _generation_document(generation))], refresh=True
        )

    def forget(self, name: str) -> None:
        """Delete the record of a generation."""
        self._engine.bulk(INDEX, [Operation(Action.DELETE, name)], refresh=True)

    def names(self) -> set[str]:
        """The generations of which there are records."""
        try:
            return {document.id for document in self._engine.scan(INDEX, source=[]) if document.id != CLAIM}
        except IndexMissingError:
            return set()

    def claim(self, claim: Claim) -> Claim | None:
        """Begin a load: None if it may, else the claim that stands in its way."""
        created = self._engine.bulk(INDEX, [Operation(Action.CREATE, CLAIM, _claim_document(claim))], refresh=True)
        return self.current_claim() if created[0].outcome is Outcome.CONFLICT else None

    def take_over(self, claim: Claim, abandoned: Claim) -> bool:
        """Put a claim in place of one that was abandoned; False if somebody else was quicker."""
        document = self._document(CLAIM)
        if document is None or _claim(document) != abandoned:
            return False
        operation = Operation(Action.INDEX, CLAIM, _claim_document(claim), if_version=document.version)
        return self._engine.bulk(INDEX, [operation], refresh=True)[0].outcome is not Outcome.CONFLICT

    def heard(self, claim: Claim, now: datetime) -> None:
        """Say that the load goes on."""
        self._engine.bulk(INDEX, [Operation(Action.INDEX, CLAIM, _claim_document(replace(claim, heard_at=now)))])

    def release(self) -> None:
        """End a load."""
        self._engine.bulk(INDEX, [Operation(Action.DELETE, CLAIM)], refresh=True)

    def current_claim(self) -> Claim | None:
        """The claim of whoever is building; None where nobody is."""
        document = self._document(CLAIM)
        return _claim(document) if document else None

    def _document(self, record_id: str) -> Document | None:
        try:
            return self._engine.mget(INDEX, [record_id])[0]
        except IndexMissingError:
            return None


def _generation_document(generation: Generation) -> dict[str, Any]:
    return {
        "state": "ready" if generation.ready else "building",
        "started_at": generation.started_at.isoformat(timespec="milliseconds"),
        "finished_at": generation.finished_at.isoformat(timespec="milliseconds") if generation.finished_at else None,
        "report": {"replaced": generation.replaced, **generation.report},
    }


def _generation(document: Document) -> Generation:
    source = document.source
    report = dict(source.get("report") or {})
    return Generation(
        name=document.id,
        started_at=datetime.fromisoformat(source["started_at"]),
        ready=source["state"] == "ready",
        finished_at=datetime.fromisoformat(source["finished_at"]) if source.get("finished_at") else None,
        replaced=report.pop("replaced", ""),
        report=report,
    )


def _claim_document(claim: Claim) -> dict[str, Any]:
    return {
        "state": "claimed",
        "started_at": claim.started_at.isoformat(timespec="milliseconds"),
        "finished_at": None,
        "report": {
            "holder": claim.holder,
            "described": claim.described,
            "heard_at": claim.heard_at.isoformat(timespec="milliseconds"),
        },
    }


def _claim(document: Document) -> Claim:
    report = document.source["report"]
    return Claim(
        holder=report["holder"],
        described=report["described"],
        started_at=datetime.fromisoformat(document.source["started_at"]),
        heard_at=datetime.fromisoformat(report["heard_at"]),
    )
