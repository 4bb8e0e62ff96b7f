"""The enriched question as chips: each part in a reader's words, and why it is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from recommender.recommend.candidates.appeal import page_bounds
from recommender.recommend.values import EnrichedQuestion, EnrichedTerm, TermSource, Trait, TraitKind
from recommender.search.routing.values import Route, RouteCode
from webapp.labels.intake import answer_words
from webapp.labels.routes import pages_text, route_text
from webapp.labels.words import AUDIENCES, BOOK_DEPTHS, BOOK_EFFECTS, FORMS, GENRES, MOODS, PACES

Part = EnrichedTerm | Trait


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the enriched question."""

    id: str
    text: str
    is_own: bool  # added by the reader
    is_left_in: bool


@dataclass(frozen=True, slots=True)
class ChipGroup:
    """The parts that are there for one reason."""

    reason: str
    chips: tuple[Chip, ...]


def chip_groups(enriched: EnrichedQuestion) -> tuple[ChipGroup, ...]:
    """All parts in their order, those that were taken out, too, under the reasons for them."""
    groups: dict[str, list[Chip]] = {}
    parts: tuple[Part, ...] = (*enriched.traits, *enriched.terms, *enriched.removed)
    for part in parts:
        is_own = part.source is TermSource.OWN
        chip = Chip(part.id, _chip_text(part), is_own=is_own, is_left_in=part not in enriched.removed)
        groups.setdefault(_group_reason(part), []).append(chip)
    return tuple(ChipGroup(reason, tuple(chips)) for reason, chips in groups.items())


def _chip_text(part: Part) -> str:
    """An effect is told from the word for it."""
    text = part_text(part)
    if isinstance(part, Trait) and part.kind is TraitKind.EFFECT:
        return _("effect: %(name)s", name=text)
    return text


def _group_reason(part: Part) -> str:
    """Preferences stand under one reason, in the order of their weights, which say nothing to whoever reads them."""
    if part.source is TermSource.PREFERENCES:
        return _("because you said that you like them")
    return part_reason(part)


def part_text(part: Part) -> str:
    """A term as it is, a trait in words."""
    return part.text if isinstance(part, EnrichedTerm) else _TRAITS[part.kind](part.value)


def part_reason(part: Part) -> str:
    """Why a part is there: the answer given, the book read, the preference stated, the phrase of the question."""
    return _REASONS[part.source](part)


def _because_of_question(part: Part) -> str:
    return (
        _("because of “%(phrase)s” in the question", phrase=part.detail)
        if part.detail
        else _("because of the question")
    )


def _because_of_answer(part: Part) -> str:
    answer = part.detail.partition(": ")[2]  # `mood: anxious`
    return _("because you answered: %(answer)s", answer=answer_words(answer))


def _because_of_book(part: Part) -> str:
    rating = part.given if isinstance(part, EnrichedTerm) else None
    if rating is None:
        return _("from “%(title)s”, which you read", title=part.detail)
    return _("from “%(title)s”, which you rated %(rating)s", title=part.detail, rating=f"{rating:g}")


def _because_of_preference(part: Part) -> str:
    weight = part.given if isinstance(part, EnrichedTerm) else None
    if weight is None:
        return _("because it is among what you like")
    return _("because you like %(name)s (weight %(weight)s)", name=part.detail, weight=f"{weight:g}")


_REASONS: Mapping[TermSource, Callable[[Part], str]] = {
    TermSource.QUESTION: _because_of_question,
    TermSource.INTAKE: _because_of_answer,
    TermSource.HISTORY: _because_of_book,
    TermSource.PREFERENCES: _because_of_preference,
    TermSource.OWN: lambda _part: _("added by you"),
}


def _limit_text(value: str) -> str:
    code, _colon, limit = value.partition(":")
    return route_text(Route(RouteCode(code), "", 0, 0, limit))


_TRAITS: Mapping[TraitKind, Callable[[str], str]] = {
    TraitKind.MOOD: lambda value: str(MOODS[value]),
    TraitKind.EFFECT: lambda value: str(BOOK_EFFECTS[value]),
    TraitKind.PACE: lambda value: str(PACES[value]),
    TraitKind.DEPTH: lambda value: str(BOOK_DEPTHS[value]),
    TraitKind.LEVEL: lambda value: _("for: %(readers)s", readers=str(AUDIENCES[value])),
    TraitKind.FORM: lambda value: str(FORMS[value]),
    TraitKind.GENRE: lambda value: str(GENRES[value]),
    TraitKind.PAGES: lambda value: pages_text(*page_bounds(value)),
    TraitKind.LIMIT: _limit_text,
}
