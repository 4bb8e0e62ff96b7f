"""What becomes known, step by step, while books are chosen and explained."""

from dataclasses import dataclass, field
from enum import StrEnum

from recommender.recommend.values import Recommendation, Usage

GENERATOR_UNAVAILABLE = "generator_unavailable"
"""Notice: the model did not answer, so the reasons are composed."""

GENERATOR_LOADING = "generator_loading"
"""Notice: the model is still being loaded, so the reasons are composed."""


class ReasonPart(StrEnum):
    """The two texts of a recommendation."""

    WHY = "why"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the generator made of the candidates."""

    recommendations: tuple[Recommendation, ...] = ()
    usage: Usage = field(default_factory=Usage)
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The books, all of them with composed reasons; the model's may follow."""

    recommendations: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class SentenceWritten:
    """The next sentence of a text, written by the model and supported by the facts."""

    book_id: str
    part: ReasonPart
    text: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One book as it stays; what came of it in sentences before may be less, and composed texts may have come back."""

    recommendation: Recommendation


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole, after which nothing comes."""

    explanation: Explanation


Update = Chosen | SentenceWritten | Explained | Finished
