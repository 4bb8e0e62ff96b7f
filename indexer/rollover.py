"""Putting a new generation of the catalogue in the place of the live one, without a moment in which there is none.

Readers use the alias `books`; every generation is an index of its own. A load builds one beside the live one, checks
it and moves the alias in one atomic step; what was live stays for a rollback. Whatever else is called like a
generation (the half-built index of a killed load) belongs to nobody and is dropped when the next load starts.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from indexer.generations import Generation, GenerationRecords
from recommender.engine import attachments
from recommender.engine.base import Action, Engine, Operation, Outcome, Schema
from recommender.errors import EngineError, InputError

ALIAS = "books"


@dataclass(frozen=True, slots=True)
class NewGeneration:
    """What a generation is made of, and how it is checked before anybody sees it."""

    schema: Schema
    batches: Iterable[Mapping[str, Mapping[str, Any]]]  # id → document
    check: Callable[[str, int], None]  # (index, documents written); raises EngineError
    report: Mapping[str, Any] = field(default_factory=dict)
    attachments: Callable[[], Mapping[str, bytes]] = dict  # name → bytes; asked once every document is written


class Rollover:
    """Builds, switches, keeps and drops generations."""

    def __init__(
        self,
        engine: Engine,
        records: GenerationRecords,
        *,
        clock: Callable[[], datetime],
        step: Callable[[str], None] = lambda _step: None,
    ) -> None:
        """`step` is told the name of each step that takes time."""
        self._engine = engine
        self._records = records
        self._clock = clock
        self._step = step

    def live(self) -> str | None:
        """The generation that readers see; None before the first load."""
        return self._engine.aliases().get(ALIAS)

    def previous(self) -> str | None:
        """The generation to which a rollback returns; None where there is none."""
        live = self.live()
        record = self._records.read(live) if live else None
        return record.replaced if record and record.replaced in self._engine.indices() else None

    def abandoned(self) -> list[str]:
        """Generations that nobody can reach: half-built ones, and those before the previous one."""
        kept = {self.live(), self.previous()}
        prefix = f"{ALIAS}-"
        generations = {name for name in self._engine.indices() if name.startswith(prefix)} | self._records.names()
        generations |= attachments.generations(self._engine)
        return sorted(generations - kept)

    def clean_up(self) -> list[str]:
        """Drop what is abandoned; returns the names."""
        names = self.abandoned()
        for name in names:
            self._drop(name)
        return names

    def replace(self, new: NewGeneration) -> Generation:
        """Build a generation, check it, and make it live; the old one stays live if anything fails.

        Raises:
            EngineError: it could not be built, or did not pass its check; nothing of it is left.
        """
        self._records.ensure()
        self.clean_up()
        started = self._clock()
        generation = Generation(self._new_name(started), started, replaced=self.live() or "", report=new.report)
        self._records.write(generation)
        try:
            self._build(generation.name, new)
            ready = replace(generation, ready=True, finished_at=self._clock())
            self._records.write(ready)
            self._engine.move_alias(ALIAS, generation.name)
        except BaseException:
            self._drop_if_not_live(generation.name)
            raise
        self.clean_up()
        return ready

    def roll_back(self) -> tuple[str, str]:
        """Make the previous generation live again, and the live one the previous; returns (now live, live before).

        Raises:
            InputError: there is no generation to return to.
        """
        live, previous = self.live(), self.previous()
        if live is None or previous is None:
            raise InputError("there is no previous generation to return to; load the older file again instead")
        record = self._records.read(previous) or Generation(previous, self._clock(), ready=True)
        self._records.write(replace(record, replaced=live))
        self._engine.move_alias(ALIAS, previous)
        return previous, live

    def _build(self, name: str, new: NewGeneration) -> None:
        self._engine.create_index(name, new.schema)
        written = sum(self._write(name, batch) for batch in new.batches)
        for attachment, content in new.attachments().items():
            attachments.write(self._engine, name, attachment, content)
        self._step("merging the index")
        self._engine.refresh(name)
        self._engine.optimize(name)
        self._step("verifying")
        new.check(name, written)

    def _write(self, name: str, batch: Mapping[str, Mapping[str, Any]]) -> int:
        operations = [Operation(Action.CREATE, book_id, document) for book_id, document in batch.items()]
        for result in self._engine.bulk(name, operations):
            if result.outcome is not Outcome.CREATED:
                raise EngineError(f"{name}: book {result.id} could not be written ({result.outcome}: {result.reason})")
        return len(operations)

    def _new_name(self, started: datetime) -> str:
        """Names sort by time; two loads cannot run at once, but a clock can be set back."""
        name = f"{ALIAS}-{started:%Y%m%dt%H%M%S}{started.microsecond // 1000:03d}"
        taken = set(self._engine.indices())
        return next(each for each in (name, *(f"{name}-{number}" for number in range(2, 1000))) if each not in taken)

    def _drop_if_not_live(self, name: str) -> None:
        """Clean up after a failure; an engine that is down now is cleaned up by the next load."""
        with contextlib.suppress(EngineError):
            if self.live() != name:
                self._drop(name)

    def _drop(self, name: str) -> None:
        self._engine.drop_index(name)
        attachments.drop(self._engine, name)
        self._records.forget(name)
