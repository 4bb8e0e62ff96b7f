"""The first page: one box, three examples, the newest books and the ten classes."""

import re
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from recommender.models import Book
from recommender.search.request import SearchRequest, Sort
from recommender.search.results import SearchResults
from webapp.current import library
from webapp.labels.classes import CLASSES
from webapp.pages.blueprint import blueprint
from webapp.pages.links import link

SHELF = 12
"""Books on the shelf of the first page: one row on a wide screen, and a short walk with a thumb on a phone."""

FORGOTTEN_SHARE = 3
"""A half-remembered title lacks its last third."""

TITLE_LETTERS = range(7, 19)
"""Letters of a title of which a part is still a good memory."""


@dataclass(frozen=True, slots=True)
class ClassLink:
    """One main class to browse."""

    number: str
    name: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Example:
    """One search to try, and what it shows."""

    query: str
    about: str
    url: str


@blueprint.get("/")
def home() -> str:
    """The catalogue's front door."""
    newest = library().search.search(SearchRequest(sort=Sort.NEWEST, size=SHELF))
    return render_template(
        "home.html",
        book_count=library().search.book_count(),
        newest=[hit.book for hit in newest.hits],
        classes=_class_links(newest),
        examples=_examples([hit.book for hit in newest.hits]),
    )


def half_remembered(title: str) -> str:
    """A title as somebody remembers it who has seen it once: `불편한 편의점` → `불편한편의`."""
    letters = _letters(title)
    return letters[: max(4, len(letters) - len(letters) // FORGOTTEN_SHARE)]


def _examples(books: list[Book]) -> list[Example]:
    tried = [
        (_("I have argued with my friend and want to make up"), _("a worry, in a sentence")),
        (_("a warm story to read before sleep"), _("a mood, in a sentence")),
    ]
    if title := _memorable_title(books):
        tried.insert(0, (half_remembered(title), _("half a title, without spaces")))
    else:
        tried.insert(0, (_("how the universe began"), _("a question, in a sentence")))
    return [Example(query, about, link("search", q=query)) for query, about in tried]


def _memorable_title(books: list[Book]) -> str:
    """A title of several words, a story's if there is one: one word alone shows nothing of half-remembering."""
    titles = [book for book in books if " " in book.title and len(_letters(book.title)) in TITLE_LETTERS]
    stories = [book for book in titles if book.kdc.startswith("8")]
    return next((book.title for book in stories + titles), "")


def _letters(title: str) -> str:
    return re.sub(r"[\s\W]+", "", title)


def _class_links(results: SearchResults) -> list[ClassLink]:
    counts = {value.value: value.count for facet in results.facets if facet.name == "kdc" for value in facet.values}
    return [
        ClassLink(number, str(name), counts[number], link("search", kdc=number))
        for number, name in CLASSES.items()
        if counts.get(number)
    ]
