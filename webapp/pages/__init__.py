"""The pages: one module a page, all on one blueprint."""

from webapp.pages import answers, books, home, recommend, search, slip, staff
from webapp.pages.blueprint import blueprint

__all__ = ["answers", "blueprint", "books", "home", "recommend", "search", "slip", "staff"]
