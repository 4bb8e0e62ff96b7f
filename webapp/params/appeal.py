"""The form with which a librarian says how a book feels → what is said."""

from collections.abc import Sequence
from typing import Protocol

from recommender.appeal.applying import Codes, as_recorded
from recommender.errors import InputError
from recommender.models import SINGLE_FACETS, AppealCode, AppealFacet, Book, appeal_code

NONE = "none"
"""What a box sends that says: nothing of this facet is true of the book."""


class Form(Protocol):
    """A form as it was sent."""

    def getlist(self, key: str) -> list[str]:
        """All values of a field."""


def correction_from_form(form: Form, book: Book) -> Codes:
    """What the ticked boxes say beyond what the record says itself.

    A facet whose boxes are ticked as the record has them is left to the record, and one without a tick, of which the
    record says nothing, to estimates: so a form that is sent as it came changes nothing.

    Raises:
        InputError: a value is none of the choices, or a facet has too many.
    """
    said: dict[AppealFacet, tuple[AppealCode, ...]] = {}
    recorded = as_recorded(book)
    for facet in AppealFacet:
        ticked = list(filter(None, form.getlist(facet.value)))
        own = {term.code for term in recorded.appeal if term.facet is facet}
        codes = _codes(facet, [code for code in ticked if code != NONE])
        if NONE in ticked and codes:
            raise InputError(f"{facet.value}: choose either {NONE} or {', '.join(codes)}")
        if NONE in ticked or set(codes) != own:
            said[facet] = codes
    return said


def _codes(facet: AppealFacet, ticked: Sequence[str]) -> tuple[AppealCode, ...]:
    try:
        codes = tuple(dict.fromkeys(appeal_code(facet, code) for code in ticked))
    except ValueError as error:
        raise InputError(f"{facet.value}: {error}; choose again from the form") from error
    if facet in SINGLE_FACETS and len(codes) > 1:
        raise InputError(f"{facet.value}: a book has only one; choose one of {', '.join(codes)}")
    return codes
