"""How a librarian writes what a book feels like: by code or in Korean, in a cell or on a command line."""

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.cleaning.values import DEPTH_WORDS, EFFECT_WORDS, MOOD_WORDS, PACE_WORDS, UnusableValueError, read_choices
from recommender.models import SINGLE_FACETS, AppealCode, AppealFacet

WORDS: Mapping[AppealFacet, Mapping[Any, str]] = {
    AppealFacet.MOOD: MOOD_WORDS,
    AppealFacet.EFFECT: EFFECT_WORDS,
    AppealFacet.PACE: PACE_WORDS,
    AppealFacet.DEPTH: DEPTH_WORDS,
}

NONE = ("없음", "none", "-")
"""What says that nothing of a facet is true of a book, where an empty cell says nothing of it at all."""


def read_codes(facet: AppealFacet, text: str) -> tuple[AppealCode, ...] | None:
    """What a cell says of a facet; None where it is empty, nothing where it says 없음.

    Raises:
        UnusableValueError: a word is none of the choices, or there are several where only one can be.
    """
    if not text.strip():
        return None
    if text.strip().casefold() in NONE:
        return ()
    codes: tuple[AppealCode, ...] = read_choices(text, WORDS[facet])
    if facet in SINGLE_FACETS and len(codes) > 1:
        raise UnusableValueError(f"a book has one {facet.value} only; keep one of them")
    return codes


def written(facet: AppealFacet, codes: Sequence[AppealCode] | None, language: str) -> str:
    """The cell that `read_codes` reads as these codes; in Korean for `ko`, else as codes."""
    if codes is None:
        return ""
    if not codes:
        return NONE[0] if language == "ko" else NONE[1]
    return "; ".join(WORDS[facet][code].split()[0] if language == "ko" else code.value for code in codes)
