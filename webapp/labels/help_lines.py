"""Whom to call: shown above the books where a question holds words of self-harm or danger."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from recommender.recommend.safety import Danger, danger_in
from recommender.search.results import SearchResults


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One telephone line; the words come in the language of the request."""

    number: str
    name: LazyString
    about: LazyString


HELP_TEXT = _("If this is hard to carry alone, somebody is there to talk to right now.")

DANGER_TEXT = _("If you are in danger at this moment, call 119 for an ambulance or 112 for the police.")

HELP_LINES = (
    HelpLine(
        "109",
        _("Suicide prevention counselling line"),
        _("For anybody who finds it hard to go on, or worries about somebody. Day and night, every day."),
    ),
    HelpLine(
        "1388",
        _("Youth line"),
        _("For young people and those around them, about anything that troubles them. Day and night, every day."),
    ),
)


def help_lines_for(*texts: str) -> tuple[HelpLine, ...]:
    """The lines, if one of the texts speaks of self-harm or danger; else none."""
    return HELP_LINES if danger_in(*texts) is not Danger.NONE else ()


def help_lines_beside(results: SearchResults) -> tuple[HelpLine, ...]:
    """The same for a search; whoever writes the exact title of a book that is held looks for that book."""
    is_title = bool(results.hits) and results.hits[0].pinned
    return () if is_title else help_lines_for(results.request.query)
