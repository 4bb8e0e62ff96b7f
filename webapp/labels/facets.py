"""The values of facets in a reader's words."""

from collections.abc import Callable

from webapp.labels.classes import filter_name
from webapp.labels.words import AUDIENCES, AVAILABILITY, FORMS, decade_name, language_name


def value_label(facet: str, value: str) -> str:
    """A facet's value in words: `kdc`, `8` → Literature."""
    namer = _NAMERS.get(facet)
    return namer(value) if namer else value


_NAMERS: dict[str, Callable[[str], str]] = {
    "kdc": filter_name,
    "audience": lambda value: str(AUDIENCES.get(value, value)),
    "form": lambda value: str(FORMS.get(value, value)),
    "available": lambda value: str(AVAILABILITY.get(value, value)),
    "language": language_name,
    "decade": decade_name,
}
