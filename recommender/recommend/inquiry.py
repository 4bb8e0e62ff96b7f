"""A question on its way to an answer: as it is looked for, and with everything found for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recommender.generation.power import Reading
from recommender.recommend.candidates import Candidates, Excluded, Wanted
from recommender.recommend.hearing import Heard
from recommender.recommend.reader import ReaderContext
from recommender.recommend.safety import Danger
from recommender.recommend.values import EnrichedQuestion, Question


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, and what is never suggested."""

    heard: Heard
    context: ReaderContext
    enriched: EnrichedQuestion
    wanted: Wanted
    excluded: Excluded
    catalogue: str = ""  # the live generation
    timings: Mapping[str, float] = field(default_factory=dict)  # as those of an `Inquiry`

    @property
    def question(self) -> Question:
        """As it was asked."""
        return self.heard.question


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the program knows of a question: all that choosing, writing and showing the books need."""

    question: Question
    enriched: EnrichedQuestion
    context: ReaderContext
    wanted: Wanted
    candidates: Candidates
    danger: Danger = Danger.NONE
    catalogue: str = ""  # the generation of the books
    timings: Mapping[str, float] = field(
        default_factory=dict
    )  # stage → milliseconds, its share of a round trip of many
    power: Reading | None = None  # of the machine, before a generator is asked

    @property
    def candidate_ids(self) -> tuple[str, ...]:
        """Ids of the books to choose from, best first."""
        return tuple(document.id for document in self.candidates.documents)
