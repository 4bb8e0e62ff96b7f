"""The parameters of a search, and the request they make."""

import re
from functools import cache

from babel import Locale
from flask_babel import gettext as _

from recommender.engine.base import MAX_RESULT_WINDOW
from recommender.models import Audience, Form
from recommender.search.request import MAX_PAGE_SIZE, MAX_QUERY_LENGTH, Filters, Mode, SearchRequest, Sort
from recommender.search.results import SearchResults
from webapp.params.kinds import Arguments, Codes, Flag, OneOf, Parameter, ParameterError, Text, Whole, codes_of

PAGE_SIZE = 20
SUGGESTIONS = 8
SIMILAR_BOOKS = 8
LAST_YEAR = 2999

KDC_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")


@cache
def language_codes() -> frozenset[str]:
    """The two-letter codes of the world's languages."""
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)  # noqa: PLR2004 (ISO 639-1)


QUERY = Text("q", "Words of a title, a name, an ISBN, a call number, or a whole sentence.", MAX_QUERY_LENGTH)
KDC = Codes(
    "kdc",
    "Class numbers of the Korean Decimal Classification, of any length: 8, 81, 813.",
    is_code=lambda code: KDC_NUMBER.fullmatch(code) is not None,
    right=lambda: _("a class number such as 8, 81 or 813.7"),
    item={"type": "string", "pattern": f"^{KDC_NUMBER.pattern}$"},
)
YEAR_FROM = Whole("year_from", "Published in this year or later.", minimum=1, maximum=LAST_YEAR)
YEAR_TO = Whole("year_to", "Published in this year or earlier.", minimum=1, maximum=LAST_YEAR)
LANGUAGE = Codes(
    "language",
    "Languages of the book, ISO 639-1.",
    is_code=lambda code: code in language_codes(),
    right=lambda: _("a two-letter language code such as ko, en or ja"),
    item={"type": "string", "pattern": "^[a-z]{2}$"},
)
AUDIENCE = codes_of("audience", "For whom the book was made.", Audience)
FORM = codes_of("form", "What kind of thing the book is.", Form)
AVAILABLE = Flag("available", "true: only what can be borrowed now; false: only what cannot.")
MOST_COPIES = 999
MOST_PAGES = 9_999
LONGEST_WORDS = 100


def _words(name: str, about: str) -> Codes:
    """A parameter of words or names, repeated or with commas."""
    return Codes(
        name,
        about,
        is_code=lambda words: len(words) <= LONGEST_WORDS,
        right=lambda: _("a few words, at most %(limit)s characters", limit=LONGEST_WORDS),
        item={"type": "string", "maxLength": LONGEST_WORDS},
    )


COPIES_FROM = Whole("copies_from", "At least so many copies and volumes held.", minimum=1, maximum=MOST_COPIES)
PAGES_FROM = Whole(
    "pages_from", "So many pages or more; records without pages are left out.", minimum=1, maximum=MOST_PAGES
)
PAGES_TO = Whole(
    "pages_to", "So many pages or fewer; records without pages are left out.", minimum=1, maximum=MOST_PAGES
)
AUTHOR = _words("author", "Names, or parts of names, that have to be among the people.")
TITLE = _words("title", "Words that have to be in the title.")
PUBLISHER = _words("publisher", "Words that have to be in the publisher's name.")
SUBJECT = _words("subject", "Words that have to be among the subjects.")
WITHOUT = _words("without", "Kinds of books or words to leave out: comics, 문제집, 전쟁.")
AS_TYPED = Flag("as_typed", "true: look for every word as it was typed, and understand nothing besides.")
MODE = OneOf("mode", "By words, by meaning, or by both.", Mode, Mode.HYBRID)
SORT = OneOf("sort", "The order; under any but relevance, only what matches by words is listed.", Sort, Sort.RELEVANCE)
PAGE = Whole("page", "Which page, from 1.", minimum=1, maximum=MAX_RESULT_WINDOW, default=1)
SIZE = Whole("size", "Books on a page.", minimum=1, maximum=MAX_PAGE_SIZE, default=PAGE_SIZE)

SUGGESTED = Whole("size", "Lines at most.", minimum=1, maximum=20, default=SUGGESTIONS)
SIMILAR = Whole("size", "Books at most.", minimum=1, maximum=MAX_PAGE_SIZE, default=SIMILAR_BOOKS)

FILTERS: tuple[Parameter, ...] = (
    KDC,
    YEAR_FROM,
    YEAR_TO,
    LANGUAGE,
    AUDIENCE,
    FORM,
    AVAILABLE,
    COPIES_FROM,
    PAGES_FROM,
    PAGES_TO,
    AUTHOR,
    TITLE,
    PUBLISHER,
    SUBJECT,
    WITHOUT,
)
SEARCH: tuple[Parameter, ...] = (QUERY, AS_TYPED, *FILTERS, MODE, SORT, PAGE, SIZE)


def search_request(arguments: Arguments) -> SearchRequest:
    """The search that an address asks for.

    Raises:
        ParameterError: a value is wrong, or the page lies beyond what a search can reach.
        TooLargeError: the query is too long.
    """
    request = SearchRequest(
        query=QUERY.read(arguments),
        mode=Mode(MODE.read(arguments)),
        filters=filters(arguments),
        sort=Sort(SORT.read(arguments)),
        page=PAGE.read(arguments) or 1,
        size=SIZE.read(arguments) or PAGE_SIZE,
        understand=not AS_TYPED.read(arguments),
    )
    _check_window(request)
    return request


def filters(arguments: Arguments) -> Filters:
    """The filters that an address or a form sets."""
    return checked_filters(
        Filters(
            kdc=KDC.read(arguments),
            year_from=YEAR_FROM.read(arguments),
            year_to=YEAR_TO.read(arguments),
            languages=LANGUAGE.read(arguments),
            audiences=AUDIENCE.read(arguments),
            forms=FORM.read(arguments),
            available=AVAILABLE.read(arguments),
            copies_from=COPIES_FROM.read(arguments),
            pages_from=PAGES_FROM.read(arguments),
            pages_to=PAGES_TO.read(arguments),
            people=AUTHOR.read(arguments),
            title_words=TITLE.read(arguments),
            publishers=PUBLISHER.read(arguments),
            subjects=SUBJECT.read(arguments),
            without_words=WITHOUT.read(arguments),
        )
    )


def checked_filters(wanted: Filters) -> Filters:
    """The same filters, once the years and pages are known to be in order."""
    first, last = wanted.year_from, wanted.year_to
    if first is not None and last is not None and first > last:
        message = _("“year_from” (%(first)s) is after “year_to” (%(last)s): exchange them.", first=first, last=last)
        raise ParameterError("year_from", message)
    least, most = wanted.pages_from, wanted.pages_to
    if least is not None and most is not None and least > most:
        message = _(
            "“pages_from” (%(first)s) is more than “pages_to” (%(last)s): exchange them.", first=least, last=most
        )
        raise ParameterError("pages_from", message)
    return wanted


def last_page(results: SearchResults) -> int:
    """The last page that can be asked for: that of the last hit, or of the end of the window."""
    return min(results.pages, MAX_RESULT_WINDOW // results.request.size)


def _check_window(request: SearchRequest) -> None:
    if request.page * request.size > MAX_RESULT_WINDOW:
        message = _(
            "Page %(page)s with %(size)s books each lies beyond the first %(window)s results, which is as far as a "
            "search reaches: add words or a filter, or give a page up to %(last)s.",
            page=request.page,
            size=request.size,
            window=f"{MAX_RESULT_WINDOW:,}",
            last=MAX_RESULT_WINDOW // request.size,
        )
        raise ParameterError("page", message)


def search_arguments(request: SearchRequest) -> dict[str, str | int | tuple[str, ...]]:
    """The arguments that `search_request` reads a request back from; what is the default is left out."""
    wanted, usual = request.filters, SearchRequest(size=PAGE_SIZE)
    arguments: dict[str, str | int | tuple[str, ...]] = {
        QUERY.name: request.query,
        KDC.name: wanted.kdc,
        YEAR_FROM.name: wanted.year_from or "",
        YEAR_TO.name: wanted.year_to or "",
        LANGUAGE.name: wanted.languages,
        AUDIENCE.name: wanted.audiences,
        FORM.name: wanted.forms,
        COPIES_FROM.name: wanted.copies_from or "",
        PAGES_FROM.name: wanted.pages_from or "",
        PAGES_TO.name: wanted.pages_to or "",
        AUTHOR.name: wanted.people,
        TITLE.name: wanted.title_words,
        PUBLISHER.name: wanted.publishers,
        SUBJECT.name: wanted.subjects,
        WITHOUT.name: wanted.without_words,
        AS_TYPED.name: "" if request.understand else "true",
        AVAILABLE.name: "" if wanted.available is None else str(wanted.available).lower(),
        MODE.name: "" if request.mode is usual.mode else request.mode,
        SORT.name: "" if request.sort is usual.sort else request.sort,
        PAGE.name: "" if request.page == usual.page else request.page,
        SIZE.name: "" if request.size == usual.size else request.size,
    }
    return {name: value for name, value in arguments.items() if value}
