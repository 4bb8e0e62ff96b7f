"""A raw record → a row that says what a book is and which copy it stands for, or a problem."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from indexer.cleaning.evidence import Evidence, audience_of, form_of, language_of
from indexer.cleaning.people import parse_people
from indexer.cleaning.values import (
    AUDIENCE_WORDS,
    DEPTH_WORDS,
    EFFECT_WORDS,
    MOOD_WORDS,
    UnusableValueError,
    as_text,
    as_texts,
    read_choice,
    read_choices,
    read_classification,
    read_count,
    read_day,
    read_isbns,
    read_language,
    read_status,
    read_year,
)
from indexer.problems import Problem
from indexer.sources.records import RawRecord
from recommender.call_numbers import ShelfPrefixes, parse_call_number
from recommender.models import Audience, Book, CallNumber, Form, Holding, HoldingStatus
from recommender.text.titles import ParsedTitle, parse_title

Value = TypeVar("Value")

LONGEST_VALUES = {"description": 100_000}
"""Characters a field may have; what is longer is no value but an accident, such as a quotation mark that is never closed."""

LONGEST_VALUE = 2_000

HOLDING_FIELDS = frozenset(
    {
        "registration_number",
        "call_number",
        "shelf_prefix",
        "author_mark",
        "status",
        "location",
        "copies",
        "copy",
        "registered_on",
    }
)
"""Fields that only a list of holdings has; a record without any describes a book, not a copy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One usable record: the book as this record alone describes it, and the copy it stands for."""

    source: str
    row: int
    statement: str  # the title as the record has it
    title: ParsedTitle
    book: Book  # without id and holdings
    holding: Holding
    is_holding: bool  # False: the record describes a book that another file may hold
    copies: int = 1
    control_number: str = ""


class RowCleaner:
    """Cleans the records of one load; problems with single values are collected in `problems`."""

    def __init__(self, prefixes: ShelfPrefixes, *, this_year: int) -> None:
        """Take the library's shelf prefixes and the year in which a book dated later is an error."""
        self._prefixes = prefixes
        self._this_year = this_year
        self.problems: list[Problem] = []

    def clean(self, record: RawRecord) -> Row | None:
        """Give the row, or None after reporting why it cannot be used."""
        too_long = _too_long(record)
        if too_long is not None:
            self.problems.append(too_long)
            return None
        statement = _statement(record.values)
        if not re.search(r"\w", statement):
            self.problems.append(Problem(record.source, record.row, "title", statement, "the row has no title"))
            return None
        return self._row(record, statement)

    def _row(self, record: RawRecord, statement: str) -> Row:
        values = record.values
        title = parse_title(statement)
        call_number = self._call_number(values)
        holding = self._holding(record, title, statement, call_number)
        return Row(
            source=record.source,
            row=record.row,
            statement=statement,
            title=title,
            book=self._book(record, title, statement, holding),
            holding=holding,
            is_holding=not HOLDING_FIELDS.isdisjoint(values),
            copies=self._read(record, "copies", read_count) or 1,
            control_number=as_text(values.get("control_number")),
        )

    def _book(self, record: RawRecord, title: ParsedTitle, statement: str, holding: Holding) -> Book:
        values = record.values
        responsibility = as_text(values.get("responsibility"))
        evidence = self._evidence(values, statement, responsibility, holding)
        return Book(
            id="",
            title=title.title,
            subtitle=_subtitle(values, title),
            parallel_title=as_text(values.get("parallel_title")) or title.parallel_title or "",
            other_titles=as_texts(values.get("other_titles"), separators=";|"),
            series=as_text(values.get("series")),
            people=parse_people(responsibility),
            publisher=holding.publisher,
            year=holding.year,
            language=self._read(record, "language", read_language) or language_of(evidence),
            isbns=self._isbns(record),
            kdc=self._classification(record, holding),
            description=as_text(values.get("description")),
            keywords=as_texts(values.get("keywords")),
            categories=_categories(values.get("categories")),
            audience=self._audience(record) or audience_of(evidence),
            form=self._form(values, evidence),
            moods=self._read_all(record, "moods", MOOD_WORDS),
            effects=self._read_all(record, "effects", EFFECT_WORDS),
            depth=self._read(record, "depth", lambda text: read_choice(text, DEPTH_WORDS)),
            pages=self._read(record, "pages", read_count),
            loans=self._read(record, "loans", read_count) or 0,
        )

    def _holding(
        self, record: RawRecord, title: ParsedTitle, statement: str, call_number: CallNumber | None
    ) -> Holding:
        values = record.values
        isbns = self._isbns(record, report=False)
        volume = as_text(values.get("volume")) or title.volume or (call_number.volume if call_number else "")
        return Holding(
            status=self._status(record),
            registration_number=as_text(values.get("registration_number")),
            call_number=call_number,
            location=as_text(values.get("location")),
            title=statement if title.volume or statement != title.title else "",
            volume=volume,
            isbn=isbns[0] if isbns else "",
            publisher=_publisher(as_text(values.get("publisher"))),
            year=self._read(record, "year", lambda text: read_year(text, this_year=self._this_year)),
            registered_on=self._read(record, "registered_on", read_day) or "",
        )

    def _call_number(self, values: Mapping[str, Any]) -> CallNumber | None:
        text = as_text(values.get("call_number"))
        prefix = as_text(values.get("shelf_prefix"))
        if not text and as_text(values.get("author_mark")):
            parts = (as_text(values.get(name)) for name in ("classification", "author_mark"))
            text = " ".join(filter(None, parts))
            text += _marked(" v.", values.get("volume")) + _marked(" c.", values.get("copy"))
        if prefix and text and not text.startswith(prefix):
            text = f"{prefix} {text}"
        return parse_call_number(text, self._prefixes) if text else None

    def _classification(self, record: RawRecord, holding: Holding) -> str:
        given = self._read(record, "classification", read_classification)
        return given or (holding.call_number.classification if holding.call_number else "")

    def _evidence(self, values: Mapping[str, Any], statement: str, responsibility: str, holding: Holding) -> Evidence:
        call_number = holding.call_number
        return Evidence(
            title=statement,
            title_proper=parse_title(statement).title,
            people=responsibility,
            publisher=holding.publisher,
            location=holding.location,
            given_form=as_text(values.get("form")),
            categories=_categories(values.get("categories")),
            classification=call_number.classification if call_number else "",
            isbn_addition=_isbn_addition(values),
            shelf=self._prefixes.named(call_number.shelf_prefix) if call_number else None,
        )

    def _form(self, values: Mapping[str, Any], evidence: Evidence) -> Form:
        """A form given by our own code stands; 자료유형 such as 단행본 is only evidence."""
        given = as_text(values.get("form")).casefold()
        return Form(given) if given in set(Form) and given != Form.BOOK else form_of(evidence)

    def _audience(self, record: RawRecord) -> Audience | None:
        return self._read(record, "audience", lambda text: read_choice(text, AUDIENCE_WORDS))

    def _status(self, record: RawRecord) -> HoldingStatus:
        text = as_text(record.values.get("status"))
        try:
            return read_status(text)
        except UnusableValueError as error:
            self._report(record, "status", text, error)
            return HoldingStatus.ON_LOAN

    def _isbns(self, record: RawRecord, *, report: bool = True) -> tuple[str, ...]:
        value = record.values.get("isbn")
        texts = [as_text(each) for each in (value if isinstance(value, list) else [value])]
        try:
            return read_isbns(texts)
        except UnusableValueError as error:
            if report:
                self._report(record, "isbn", " ".join(texts), error)
            return ()

    def _read(self, record: RawRecord, field: str, reader: Callable[[str], Value | None]) -> Value | None:
        """A value read, or None after reporting why it is unusable."""
        text = as_text(record.values.get(field))
        try:
            return reader(text)
        except UnusableValueError as error:
            self._report(record, field, text, error)
            return None

    def _read_all(self, record: RawRecord, field: str, words: Any) -> tuple[Any, ...]:
        value = record.values.get(field)
        try:
            return read_choices(value, words)
        except UnusableValueError as error:
            self._report(record, field, as_text(value), error)
            return ()

    def _report(self, record: RawRecord, field: str, value: str, error: UnusableValueError) -> None:
        self.problems.append(Problem(record.source, record.row, field, value, str(error), kept_out=False))


def _too_long(record: RawRecord) -> Problem | None:
    for field, value in record.values.items():
        limit = LONGEST_VALUES.get(field, LONGEST_VALUE)
        if isinstance(value, str) and len(value) > limit:
            reason = f"the value has {len(value):,} characters, the limit is {limit:,}; is a quotation mark before it never closed?"
            return Problem(record.source, record.row, field, value[:200], reason)
    return None


def _statement(values: Mapping[str, Any]) -> str:
    """The title with its subtitle: `title_and_subtitles` where it continues the title."""
    title, full = as_text(values.get("title")), as_text(values.get("full_title"))
    return full if not title or (full.startswith(title) and full != title) else title


def _subtitle(values: Mapping[str, Any], title: ParsedTitle) -> str:
    """What stands beside the title; a volume's own title belongs to the volume."""
    own = None if title.volume else title.subtitle
    parts = (title.remark, as_text(values.get("subtitle")) or own)
    return " : ".join(filter(None, parts))


def _publisher(text: str) -> str:
    """The publisher without the imprint's owner or the bookshop's remarks behind it: `푸른숲주니어 :푸른숲`."""
    name = re.split(r"\s*[:;]\s*", text, maxsplit=1)[0].strip(" ,")
    return name or text


def _categories(value: Any) -> tuple[str, ...]:
    """Each step of each path once: `국내도서 > 인문학 > 심리학` says three things."""
    texts = as_texts(value, separators=";|")
    return tuple(dict.fromkeys(step.strip() for text in texts for step in text.split(">") if step.strip()))


def _isbn_addition(values: Mapping[str, Any]) -> str:
    given = as_text(values.get("isbn_addition")).removesuffix(".0")
    if re.fullmatch(r"\d{5}", given):
        return given
    behind = re.search(r"\((\d{5})\)|(?<=[\dXx])\s+(\d{5})(?!\d)", as_text(values.get("isbn")))
    return next(filter(None, behind.groups())) if behind else ""


def _marked(mark: str, value: Any) -> str:
    text = as_text(value)
    return f"{mark}{text}" if text else ""
