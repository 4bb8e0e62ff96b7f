"""An answer as it is kept, and what it was made from."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from recommender.recommend.values import Cost, Evidence, Reasons, Recommendation, Recommendations, Usage
from recommender.search.results import LegRank


@dataclass(frozen=True, slots=True)
class Origin:
    """What an answer depends on besides its question and its books: with another, it would be another answer."""

    bundle: str  # version of the parameters, for people
    parameters: str  # digest of all parameters, and of how answers are kept
    generator: str
    catalogue: str  # the live generation
    revision: str  # digest of all that was known of the reader; empty without one


@dataclass(frozen=True, slots=True)
class KeptBook:
    """A recommendation without the book's record, which is read anew: `digest` says whether it is still the same."""

    book_id: str
    digest: str
    reasons: Reasons
    evidence: tuple[Evidence, ...] = ()
    legs: tuple[LegRank, ...] = ()
    generated_by: str = "composed"

    @classmethod
    def of(cls, recommendation: Recommendation, digest: str) -> "KeptBook":
        """What is kept of a recommendation."""
        return cls(
            recommendation.book.id,
            digest,
            recommendation.reasons,
            recommendation.evidence,
            recommendation.legs,
            recommendation.generated_by,
        )


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What cannot be made again without a generator: nothing of the question, nothing that names the reader."""

    created_at: datetime
    books: tuple[KeptBook, ...] = ()
    candidates: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    cost: Cost = field(default_factory=Cost)  # without a price: those of the day it is shown count

    @classmethod
    def of(cls, answer: Recommendations, digests: dict[str, str], created_at: datetime) -> "KeptAnswer":
        """What is kept of an answer.

        Args:
            answer: as it was given.
            digests: book id → digest of its record.
            created_at: an instant.
        """
        books = tuple(KeptBook.of(each, digests[each.book.id]) for each in answer.recommendations)
        unpriced = replace(answer.cost, price=None, currency="")
        return cls(created_at, books, answer.candidates, answer.usage, unpriced)
