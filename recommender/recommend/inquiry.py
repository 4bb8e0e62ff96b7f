"""One question with everything found for it, before a generator is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recommender.recommend.candidates import Candidates, Wanted
from recommender.recommend.reader import ReaderContext
from recommender.recommend.safety import Danger
from recommender.recommend.values import EnrichedQuestion, Question


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the program knows of a question: all that choosing, writing and showing the books need."""

    question: Question
    enriched: EnrichedQuestion
    context: ReaderContext
    wanted: Wanted
    candidates: Candidates
    danger: Danger = Danger.NONE
    timings: Mapping[str, float] = field(
        default_factory=dict
    )  # stage → milliseconds, its share of a round trip of many

    @property
    def candidate_ids(self) -> tuple[str, ...]:
        """Ids of the books to choose from, best first."""
        return tuple(document.id for document in self.candidates.documents)
