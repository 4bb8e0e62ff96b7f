"""Addresses of pages. The slip travels in them, so that it needs neither cookie nor script."""

from typing import Any

from flask import request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

MAX_SLIP = 50
"""Books on one slip; more than anybody carries, and still a short address."""


def current_slip() -> tuple[str, ...]:
    """Ids of the books on the visitor's slip, in the order they were put there."""
    name = "book" if request.endpoint == "pages.slip" else "slip"
    return tuple(dict.fromkeys(filter(None, _sent(name))))[:MAX_SLIP]


def _sent(name: str) -> list[str]:
    try:
        return request.values.getlist(name)
    except RequestEntityTooLarge:  # this is the page that says so
        return request.args.getlist(name)


def link(page: str, /, **values: Any) -> str:
    """The address of a page, with the slip carried along."""
    return url_for(f"pages.{page}", **values, slip=current_slip())


def slip_url(*book_ids: str) -> str:
    """The slip itself, with more books on it."""
    return url_for("pages.slip", book=tuple(dict.fromkeys((*current_slip(), *book_ids))))


def slip_without(book_id: str) -> str:
    """The slip with one book taken off."""
    return url_for("pages.slip", book=tuple(kept for kept in current_slip() if kept != book_id))


def with_on_slip(book_id: str) -> str:
    """The page at hand once more, with one more book on the slip."""
    arguments: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if name != "slip"}
    return url_for(str(request.endpoint), **(request.view_args or {}), **arguments, slip=(*current_slip(), book_id))


def in_language(language: str) -> str:
    """The page at hand in another language."""
    arguments: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if name != "lang"}
    if request.endpoint is None or not request.endpoint.startswith("pages."):
        return url_for("pages.home", lang=language)
    return url_for(request.endpoint, **(request.view_args or {}), **arguments, lang=language)
