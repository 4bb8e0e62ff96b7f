"""The entries of one work → one book with all its copies; the same book whatever the order of the entries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from indexer.works.keys import WorkKey, book_id, work_keys
from recommender.appeal.applying import as_recorded
from recommender.call_numbers import call_number_key, natural_order, shelf_order
from recommender.models import Book, Form, Holding, HoldingStatus, Person
from recommender.text.normalization import title_key

Value = TypeVar("Value", bound=Hashable)

MOST_PEOPLE = 20
"""People kept of all editions together; a statement longer than this is a list of contributors."""

MOST_OTHER_TITLES = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row, or one book already in the catalogue, says of a work."""

    source: str
    book: Book  # with an id only where it is in the catalogue already
    holdings: tuple[Holding, ...]
    is_holding: bool = True  # False: it only describes
    control_number: str = ""


def merged_book(entries: Sequence[Entry]) -> Book:
    """One book of all that its entries say."""
    books = sorted((entry.book for entry in entries), key=_newest_and_fullest, reverse=True)
    book_ids = _ids(entries)
    holdings = _holdings(entries)
    title = _commonest(book.title for book in books)
    shelved = [holding for holding in holdings if holding.call_number and holding.status.is_held]
    return Book(
        id=book_ids[0],
        title=title,
        subtitle=_subtitle([book.subtitle for book in books]),
        parallel_title=_commonest(book.parallel_title for book in books),
        other_titles=_other_titles(books, title),
        series=_commonest(book.series for book in books),
        people=_people(books),
        publisher=_first(book.publisher for book in books),
        year=max((book.year for book in books if book.year), default=None),
        language=_commonest(book.language for book in books),
        isbns=tuple(dict.fromkeys(isbn for book in books for isbn in book.isbns)),
        kdc=_commonest(book.kdc for book in books),
        call_number=shelved[0].call_number.text if shelved and shelved[0].call_number else "",
        description=max((book.description for book in books), key=lambda text: (len(text), text)),
        keywords=_all(books, lambda book: book.keywords),
        categories=_all(books, lambda book: book.categories),
        audience=_commonest(book.audience for book in books),
        form=_form(books),
        moods=_all(books, lambda book: book.moods),
        effects=_all(books, lambda book: book.effects),
        depth=_commonest(book.depth for book in books),
        pace=_commonest(book.pace for book in books),
        pages=_commonest(book.pages for book in books),
        loans=_loans(entries),
        holdings=holdings,
        former_ids=tuple(book_ids[1:]),
    )


def _newest_and_fullest(book: Book) -> tuple[object, ...]:
    """The newest edition speaks for the work; of equals the record that says most, whatever its place in the file."""
    return (
        book.year or 0,
        len(book.people),
        len(book.description),
        book.publisher,
        book.title,
        book.subtitle,
        repr(book),
    )


def _ids(entries: Sequence[Entry]) -> list[str]:
    """The work's id, then every other by which one of its records was or would be known.

    A book that is already in the catalogue keeps its id; else a control number decides, else the smallest key: the
    same one for every order of the file and any number of copies.
    """
    live = [entry.book for entry in entries if entry.book.id]
    numbers = sorted({entry.control_number for entry in entries if entry.control_number})
    keys = {work_keys(entry.book)[0] for entry in entries}
    ids = [
        *sorted(book.id for book in live),
        *(book_id("control", number) for number in numbers),
        *(key.book_id() for key in sorted(keys, key=_key_order)),
        *(former for book in live for former in book.former_ids),
    ]
    return list(dict.fromkeys(ids))


def _key_order(key: WorkKey) -> tuple[bool, bool, str, str, bool]:
    """Keys with a person first: a record that names nobody must not name the work."""
    return (key.maker == "", key.maker.startswith("@"), key.title, key.maker, key.comic)


def _holdings(entries: Sequence[Entry]) -> tuple[Holding, ...]:
    """Every copy once, in the order of the shelf.

    Records that only describe hold nothing if another record of the work does. A copy with a registration number is
    one wherever it is listed; without one, a file that lists a copy twice holds two, two files that list it hold one.
    """
    holding_entries = [entry for entry in entries if entry.is_holding] or list(entries)
    listed: dict[Hashable, dict[str, list[Holding]]] = defaultdict(lambda: defaultdict(list))
    for entry in holding_entries:
        for holding in entry.holdings:
            listed[_copy_key(holding)][entry.source].append(holding)
    copies = [holding for key, by_source in listed.items() for holding in _copies(key, by_source)]
    return tuple(sorted(copies, key=_on_the_shelf))


def _copy_key(holding: Holding) -> Hashable:
    if holding.registration_number:
        return ("registered", holding.registration_number)
    if holding.call_number:
        return ("shelved", call_number_key(holding.call_number.text), holding.volume)
    return ("listed", holding.isbn or title_key(holding.title), holding.volume)


def _copies(key: Hashable, by_source: dict[str, list[Holding]]) -> list[Holding]:
    """The copies behind one key: the latest word on a registered one, else as many as the file that lists most."""
    if isinstance(key, tuple) and key[0] == "registered":
        return [list(by_source.values())[-1][-1]]
    return max(by_source.items(), key=lambda listed: (len(listed[1]), sum(map(_filled, listed[1])), listed[0]))[1]


def _filled(holding: Holding) -> int:
    """How much a list says of a copy."""
    said = (holding.location, holding.title, holding.isbn, holding.publisher, holding.year, holding.registered_on)
    return sum(map(bool, said)) + (holding.status is not HoldingStatus.UNKNOWN)


def _on_the_shelf(holding: Holding) -> tuple[object, ...]:
    return (
        not holding.status.is_held,
        shelf_order(holding.call_number),
        natural_order(holding.volume),
        holding.registration_number,
        holding.isbn,
        holding.title,
        holding.year or 0,
        holding.publisher,
        holding.status.value,
    )


def _commonest(values: Iterable[Value]) -> Value:
    """The value most records have; of equals the one that comes first in the alphabet, not in the file."""
    given = list(values)
    counts = Counter(value for value in given if value)
    if not counts:
        return given[0]
    return min(counts, key=lambda value: (-counts[value], len(str(value)), str(value)))


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


SUBTITLE_FROM_SHARE = 1 / 3
"""Of the records of a work: the remark of one edition among ten (소설, 청소년) is not the work's."""


def _subtitle(subtitles: Sequence[str]) -> str:
    subtitle = _commonest(subtitles)
    return subtitle if subtitles.count(subtitle) >= len(subtitles) * SUBTITLE_FROM_SHARE else ""


def _all(books: Sequence[Book], values: Callable[[Book], tuple[Value, ...]]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for book in books for value in values(book)))


def _people(books: Sequence[Book]) -> tuple[Person, ...]:
    """Those of the newest edition as it names them, then whoever else made another edition."""
    people: dict[str, Person] = {}
    for book in books:
        for person in book.people:
            people.setdefault(title_key(person.name), person)
    return tuple(people.values())[:MOST_PEOPLE]


def _other_titles(books: Sequence[Book], title: str) -> tuple[str, ...]:
    """Spellings of the title, and subtitles of editions, that the book's own title does not show."""
    named = [each for book in books for each in (*book.other_titles, book.title)]
    distinct = {title_key(each): each for each in sorted(named, reverse=True)}
    distinct.pop(title_key(title), None)
    return tuple(sorted(distinct.values()))[:MOST_OTHER_TITLES]


def _form(books: Sequence[Book]) -> Form:
    """Somebody who calls it a comic or a workbook knows more than those who call it a book."""
    return _commonest([book.form for book in books if book.form is not Form.BOOK] or [Form.BOOK])


def _loans(entries: Sequence[Entry]) -> int:
    """Within a file the loans of all copies together; files that repeat each other are not added up."""
    by_source: Counter[str] = Counter()
    for entry in entries:
        by_source[entry.source] += entry.book.loans
    return max(by_source.values(), default=0)


def as_entry(book: Book, source: str) -> Entry:
    """A book of the live catalogue, as something that new records are merged with: as its own record describes it."""
    book = as_recorded(book)
    is_holding = any(_says_something(holding) for holding in book.holdings)
    return Entry(source=source, book=replace(book, holdings=()), holdings=book.holdings, is_holding=is_holding)


def _says_something(holding: Holding) -> bool:
    return bool(
        holding.registration_number
        or holding.call_number
        or holding.location
        or holding.status is not HoldingStatus.UNKNOWN
    )
