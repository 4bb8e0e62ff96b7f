"""A raw record → a row that says what a book is and which copy it stands for, or a problem."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.cleaning.evidence import Evidence, audience_of, form_of, language_of
from indexer.cleaning.fields import Fields
from indexer.cleaning.holdings import HOLDING_FIELDS, read_holding
from indexer.cleaning.people import parse_people
from indexer.cleaning.values import (
    AUDIENCE_WORDS,
    DEPTH_WORDS,
    EFFECT_WORDS,
    MOOD_WORDS,
    PACE_WORDS,
    read_choice,
    read_classification,
    read_count,
    read_language,
)
from indexer.sources.records import RawRecord
from recommender.call_numbers import ShelfPrefixes
from recommender.models import Book, Form, Holding
from recommender.text.titles import ParsedTitle, parse_title

if TYPE_CHECKING:
    from indexer.problems import Problem


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
    """Cleans the records of one load; what could not be used is collected in `problems`."""

    def __init__(self, prefixes: ShelfPrefixes, *, this_year: int) -> None:
        """Take the library's shelf prefixes and the year in which a book dated later is an error."""
        self._prefixes = prefixes
        self._this_year = this_year
        self.problems: list[Problem] = []

    def clean(self, record: RawRecord) -> Row | None:
        """Give the row, or None after reporting why it cannot be used."""
        fields = Fields(record, self.problems)
        if fields.too_long():
            return None
        statement = _statement(fields)
        if not re.search(r"\w", statement):
            fields.kept_out("title", statement, "the row has no title")
            return None
        return self._row(fields, statement)

    def _row(self, fields: Fields, statement: str) -> Row:
        title = parse_title(statement)
        isbns = fields.isbns()
        holding = read_holding(
            fields, statement=statement, title=title, isbns=isbns, prefixes=self._prefixes, this_year=self._this_year
        )
        return Row(
            source=fields.record.source,
            row=fields.record.row,
            statement=statement,
            title=title,
            book=self._book(fields, statement, title, isbns, holding),
            holding=holding,
            is_holding=not HOLDING_FIELDS.isdisjoint(fields.names),
            copies=fields.read("copies", read_count) or 1,
            control_number=fields.text("control_number"),
        )

    def _book(
        self, fields: Fields, statement: str, title: ParsedTitle, isbns: tuple[str, ...], holding: Holding
    ) -> Book:
        """What is given counts first, what the record shows second."""
        evidence = self._evidence(fields, statement, title, holding)
        return Book(
            id="",
            title=title.title,
            subtitle=_subtitle(fields, title),
            parallel_title=fields.text("parallel_title") or title.parallel_title or "",
            other_titles=fields.texts("other_titles", separators=";|"),
            series=fields.text("series"),
            people=parse_people(fields.text("responsibility")),
            publisher=holding.publisher,
            year=holding.year,
            language=fields.read("language", read_language) or language_of(evidence),
            isbns=isbns,
            kdc=fields.read("classification", read_classification) or evidence.classification,
            description=fields.text("description"),
            keywords=fields.texts("keywords"),
            categories=evidence.categories,
            audience=fields.read("audience", lambda text: read_choice(text, AUDIENCE_WORDS)) or audience_of(evidence),
            form=_given_form(fields) or form_of(evidence),
            moods=fields.choices("moods", MOOD_WORDS),
            effects=fields.choices("effects", EFFECT_WORDS),
            depth=fields.read("depth", lambda text: read_choice(text, DEPTH_WORDS)),
            pace=fields.read("pace", lambda text: read_choice(text, PACE_WORDS)),
            pages=fields.read("pages", read_count),
            loans=fields.read("loans", read_count) or 0,
        )

    def _evidence(self, fields: Fields, statement: str, title: ParsedTitle, holding: Holding) -> Evidence:
        call_number = holding.call_number
        return Evidence(
            title=statement,
            title_proper=title.title,
            people=fields.text("responsibility"),
            publisher=holding.publisher,
            location=holding.location,
            given_form=fields.text("form"),
            categories=_categories(fields),
            classification=call_number.classification if call_number else "",
            isbn_addition=_isbn_addition(fields),
            shelf=self._prefixes.named(call_number.shelf_prefix) if call_number else None,
        )


def _statement(fields: Fields) -> str:
    """The title with its subtitle: `title_and_subtitles` where it continues the title."""
    title, full = fields.text("title"), fields.text("full_title")
    return full if not title or (full.startswith(title) and full != title) else title


def _subtitle(fields: Fields, title: ParsedTitle) -> str:
    """What stands beside the title; a volume's own title belongs to the volume."""
    own = None if title.volume else title.subtitle
    return " : ".join(filter(None, (title.remark, fields.text("subtitle") or own)))


def _given_form(fields: Fields) -> Form | None:
    """A form given by our own code stands; 자료유형 such as 단행본 is only evidence."""
    given = fields.text("form").casefold()
    return Form(given) if given in set(Form) and given != Form.BOOK else None


def _categories(fields: Fields) -> tuple[str, ...]:
    """Each step of each path once: `국내도서 > 인문학 > 심리학` says three things."""
    paths = fields.texts("categories", separators=";|")
    return tuple(dict.fromkeys(step.strip() for path in paths for step in path.split(">") if step.strip()))


def _isbn_addition(fields: Fields) -> str:
    """부가기호, the five digits behind an ISBN, in a column of their own or in its."""
    given = fields.text("isbn_addition").removesuffix(".0")
    if re.fullmatch(r"\d{5}", given):
        return given
    behind = re.search(r"\((\d{5})\)|(?<=[\dXx])\s+(\d{5})(?!\d)", fields.text("isbn"))
    return next(filter(None, behind.groups())) if behind else ""
