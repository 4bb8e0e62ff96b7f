"""Recommendations made before their readers ask: many readers a round trip, and only where something has changed."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from indexer.progress import Progress
from recommender.errors import EngineError, GeneratorError, SeogaError
from recommender.recommend.inquiry import Sought
from recommender.recommend.keeping.keeping import AnswerKeeper
from recommender.recommend.keeping.precomputed import Precomputed, PrecomputedAnswers
from recommender.recommend.service import RecommendService
from recommender.recommend.values import Cost, Question, Recommendations, Usage

log = logging.getLogger(__name__)

RENEW_AHEAD = timedelta(days=1)
"""Whoever runs this every night wants no answer to end in the afternoon: what would end before the next run is renewed."""

GIVE_UP_AFTER = 3
"""Batches in a row without the model: it is not there tonight, and thousands of readers would find out one by one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made for each reader."""

    languages: tuple[str, ...]
    size: int  # books
    max_age: timedelta
    batch: int  # readers at once

    def renew_before(self, now: datetime) -> datetime:
        """What ends before this moment is made again."""
        return now + min(RENEW_AHEAD, self.max_age / 2)


@dataclass(frozen=True, slots=True)
class Failure:
    """A reader without an answer, and why."""

    reader: str
    reason: str


@dataclass(slots=True)
class PrecomputingReport:
    """What became of the readers: `answers == made + fresh + failures`; an answer a language."""

    readers: int = 0
    made: int = 0
    fresh: int = 0  # were there already, and nothing has changed
    failures: list[Failure] = field(default_factory=list)
    dropped: int = 0  # of readers who are no longer known, or too old
    usage: Usage = field(default_factory=Usage)
    cost: Cost | None = None
    seconds: float = 0.0


class ModelMissingError(GeneratorError):
    """The model does not answer, so no answers are worth keeping; the operator is told."""


class Precomputer:
    """Makes recommendations for readers who have not asked.

    Args:
        recommend: makes the answers; asks for readers by their pseudonyms.
        keeper: says what an answer depends on, and what is kept of it.
        precomputed: where they are kept.
        report: is kept up to date, so that it is right even when somebody stops the work.
        progress: told how far it is.
        now: this instant.
        names: pseudonym → how to call a reader in a failure, where that is known.
    """

    def __init__(
        self,
        recommend: RecommendService,
        keeper: AnswerKeeper,
        precomputed: PrecomputedAnswers,
        report: PrecomputingReport,
        progress: Progress,
        *,
        now: Callable[[], datetime],
        names: Mapping[str, str],
    ) -> None:
        self._recommend = recommend
        self._keeper = keeper
        self._precomputed = precomputed
        self._report = report
        self._progress = progress
        self._now = now
        self._names = names
        self._batches_failed = 0  # in a row

    def run(self, readers: Sequence[str], plan: Plan) -> None:
        """Make what is missing or no longer right. What was made stays, whenever this ends; the next run goes on.

        Args:
            readers: pseudonyms.
            plan: what to make.

        Raises:
            ModelMissingError: the model failed again and again.
            EngineError: the engine does not answer, or nothing was loaded yet.
        """
        began = time.monotonic()
        self._report.readers = len(readers)
        try:
            for language in plan.languages:
                self._progress.begin(f"recommending ({language})", len(readers))
                for batch in _batches(readers, plan.batch):
                    self._make(batch, language, plan)
                    self._progress.advance(len(batch))
        finally:
            self._report.seconds = time.monotonic() - began

    def clean(self, known: Sequence[str]) -> None:
        """Drop what is kept for readers who are not known any more, and what is too old."""
        self._report.dropped = self._precomputed.forget_others(known) + self._precomputed.forget_expired(self._now())

    def _make(self, readers: Sequence[str], language: str, plan: Plan) -> None:
        """One batch; where one of its readers is in the way of the others, each goes alone."""
        try:
            self._make_together(readers, language, plan)
        except (EngineError, ModelMissingError):
            raise  # the others would fare no better
        except Exception as error:
            if len(readers) > 1:
                for reader in readers:
                    self._make([reader], language, plan)
                return
            if not isinstance(error, SeogaError):
                log.exception("one reader's recommendations could not be made")
            name = self._name(readers[0])
            self._report.failures.append(Failure(name, (str(error) or repr(error)).replace(readers[0], name)))

    def _make_together(self, readers: Sequence[str], language: str, plan: Plan) -> None:
        service, keeper = self._recommend, self._keeper
        sought = service.seek([Question(reader_id=reader, size=plan.size, language=language) for reader in readers])
        outdated = self._outdated(sought, language, plan)
        inquiries = service.find(outdated)
        answers = service.explained(inquiries)
        made = [
            (inquiry, answer) for inquiry, answer in zip(inquiries, answers, strict=True) if keeper.is_whole(answer)
        ]
        self._check_model(len(made), len(outdated))
        expires_at = self._now() + plan.max_age
        self._precomputed.write(
            [
                Precomputed(
                    reader=inquiry.question.reader_id,
                    language=language,
                    size=plan.size,
                    origin=keeper.origin(inquiry.context, inquiry.catalogue),
                    expires_at=expires_at,
                    answer=keeper.kept(inquiry, answer),
                )
                for inquiry, answer in made
            ]
        )
        self._count(answers, fresh=len(sought) - len(outdated))

    def _outdated(self, sought: Sequence[Sought], language: str, plan: Plan) -> list[Sought]:
        """The readers whose answer is missing, smaller than wanted, about to end or made from something else."""
        readers = [each.question.reader_id for each in sought]
        there = self._precomputed.read(readers, language)
        renew_before = plan.renew_before(self._now())

        def is_fresh(each: Sought) -> bool:
            kept = there.get(each.question.reader_id)
            return (
                kept is not None
                and kept.size >= plan.size
                and kept.expires_at > renew_before
                and kept.origin == self._keeper.origin(each.context, each.catalogue)
            )

        return [each for each in sought if not is_fresh(each)]

    def _check_model(self, made: int, wanted: int) -> None:
        """Raises `ModelMissingError` where the model failed for whole batches in a row."""
        self._batches_failed = self._batches_failed + 1 if wanted and not made else 0
        if self._batches_failed >= GIVE_UP_AFTER:
            raise ModelMissingError(
                f"the model (SEOGA_GENERATOR) did not answer {GIVE_UP_AFTER} batches in a row, so nothing more is made; "
                "see what it says in the log, then run this again: what is made stays"
            )

    def _name(self, reader: str) -> str:
        return self._names.get(reader, reader)

    def _count(self, answers: Sequence[Recommendations], *, fresh: int) -> None:
        self._report.fresh += fresh
        for answer in answers:
            if self._keeper.is_whole(answer):
                self._report.made += 1
            else:
                reason = answer.notice or "the model had no part in it"
                self._report.failures.append(Failure(self._name(answer.question.reader_id), reason))
            self._report.usage += answer.usage
            self._report.cost = self._report.cost + answer.cost if self._report.cost else answer.cost


def _batches(readers: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(readers), size):
        yield readers[start : start + size]
