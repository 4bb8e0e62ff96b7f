"""How a book feels to read, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Mood(StrEnum):
    """The tone of a book."""

    WARM = "warm"
    CHEERFUL = "cheerful"
    CALM = "calm"
    MELANCHOLY = "melancholy"
    SAD = "sad"
    TENSE = "tense"
    HOPEFUL = "hopeful"
    THOUGHTFUL = "thoughtful"
    MYSTERIOUS = "mysterious"
    ADVENTUROUS = "adventurous"
    EXHILARATING = "exhilarating"
    BEAUTIFUL = "beautiful"
    HONEST = "honest"
    WITTY = "witty"
    COMFORTING = "comforting"
    INSPIRING = "inspiring"


class Effect(StrEnum):
    """What a book does for its reader."""

    ESCAPE = "escape"
    EMPATHY = "empathy"
    COMFORT = "comfort"
    INSPIRATION = "inspiration"
    PERSPECTIVE = "perspective"


class Depth(StrEnum):
    """How much attention a book asks for."""

    LIGHT = "light"
    DEEP = "deep"
    IMMERSIVE = "immersive"


class Pace(StrEnum):
    """How quickly a book moves on."""

    SLOW = "slow"
    STEADY = "steady"
    FAST = "fast"


class AppealFacet(StrEnum):
    """One side of how a book feels to read."""

    MOOD = "mood"
    EFFECT = "effect"
    PACE = "pace"
    DEPTH = "depth"


class AppealSource(StrEnum):
    """Who says how a book feels; those before decide over those after."""

    LIBRARIAN = "librarian"
    RECORD = "record"
    ESTIMATED = "estimated"  # from the text, by the encoder


AppealCode = Mood | Effect | Pace | Depth

APPEAL_CODES: Mapping[AppealFacet, type[Mood] | type[Effect] | type[Pace] | type[Depth]] = {
    AppealFacet.MOOD: Mood,
    AppealFacet.EFFECT: Effect,
    AppealFacet.PACE: Pace,
    AppealFacet.DEPTH: Depth,
}
"""What can be said of each facet."""


def appeal_code(facet: AppealFacet, code: str) -> AppealCode:
    """What can be said of a facet, by its code.

    Raises:
        ValueError: nothing of the kind can be said of it.
    """
    return APPEAL_CODES[facet](code)


SINGLE_FACETS = frozenset({AppealFacet.PACE, AppealFacet.DEPTH})
"""Facets of which a book has one at most: nothing is both slow and fast."""


@dataclass(frozen=True, slots=True)
class AppealTerm:
    """One thing said of how a book feels, by whom, and how sure it is."""

    facet: AppealFacet
    code: AppealCode
    confidence: float = 1.0  # 0 to 1: the share of such terms that are right
    source: AppealSource = AppealSource.RECORD
