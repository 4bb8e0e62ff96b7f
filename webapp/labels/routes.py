"""What a query was understood to say, as a few words on a chip."""

from collections.abc import Callable

from flask_babel import gettext as _

from recommender.search.routing.values import Route, RouteCode
from webapp.labels.classes import filter_name
from webapp.labels.words import AUDIENCES, FORMS, language_name


def route_text(route: Route) -> str:
    """One thing understood, in the reader's language."""
    return _TEXTS[route.code](route.value)


def years_text(first: int | str | None, last: int | str | None) -> str:
    """A span of years that may be open at one end."""
    if not last:
        return _("from %(year)s", year=first)
    if not first:
        return _("until %(year)s", year=last)
    return str(first) if str(first) == str(last) else f"{first}–{last}"


def pages_text(first: int | str | None, last: int | str | None) -> str:
    """A span of pages that may be open at one end."""
    if not last:
        return _("at least %(pages)s pages", pages=first)
    if not first:
        return _("at most %(pages)s pages", pages=last)
    return _("%(first)s to %(last)s pages", first=first, last=last)


def copies_text(count: int | str) -> str:
    """How many copies there have to be."""
    return _("at least %(count)s copies", count=count)


def without_text(name: str) -> str:
    """What is left out: a class, readers, or words."""
    if name[:1].isdigit():
        name = filter_name(name)
    return _("without: %(name)s", name=str(AUDIENCES.get(name, name)))


def _years(value: str) -> str:
    first, dash, last = value.partition("-")
    return years_text(first, last if dash else first)


def _pages(value: str) -> str:
    first, _dash, last = value.partition("-")
    return pages_text(first, last)


def _readers(value: str) -> str:
    names = ", ".join(str(AUDIENCES[code]) for code in value.split(","))
    return _("books for %(readers)s first", readers=names)


def _length(value: str) -> str:
    return _("short books first") if value == "short" else _("long books first")


def _level(value: str) -> str:
    return _("easy books first") if value == "easy" else _("demanding books first")


_TEXTS: dict[RouteCode, Callable[[str], str]] = {
    RouteCode.TITLE: lambda _value: _("a title, so nothing in it was interpreted"),
    RouteCode.ISBN: lambda value: _("ISBN: %(value)s", value=value),
    RouteCode.CALL_NUMBER: lambda value: _("call number: %(value)s", value=value),
    RouteCode.CLASS: lambda value: _("class: %(value)s", value=filter_name(value)),
    RouteCode.PERSON: lambda value: _("books by %(name)s first", name=value),
    RouteCode.PEOPLE: lambda value: _("author: %(name)s", name=value),
    RouteCode.TITLE_WORDS: lambda value: _("in the title: %(words)s", words=value),
    RouteCode.PUBLISHER: lambda value: _("publisher: %(name)s", name=value),
    RouteCode.SUBJECT: lambda value: _("subject: %(words)s", words=value),
    RouteCode.PHRASE: lambda value: _("every word of “%(words)s”", words=value),
    RouteCode.YEARS: _years,
    RouteCode.LANGUAGE: lambda value: _("language: %(name)s", name=language_name(value)),
    RouteCode.AUDIENCE: lambda value: _("for: %(readers)s", readers=str(AUDIENCES[value])),
    RouteCode.FORM: lambda value: _("kind: %(name)s", name=str(FORMS[value])),
    RouteCode.COPIES: copies_text,
    RouteCode.PAGES: _pages,
    RouteCode.LENGTH: _length,
    RouteCode.LEVEL: _level,
    RouteCode.READER: _readers,
    RouteCode.WITHOUT: without_text,
    RouteCode.WITHOUT_PEOPLE: without_text,
}
