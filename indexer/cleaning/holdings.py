"""The copy that a row stands for: its call number, state and place."""

import re

from indexer.cleaning.fields import Fields
from indexer.cleaning.values import read_day, read_status, read_year
from recommender.call_numbers import ShelfPrefixes, parse_call_number
from recommender.models import CallNumber, Holding, HoldingStatus
from recommender.text.titles import ParsedTitle

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


def read_holding(
    fields: Fields,
    *,
    statement: str,
    title: ParsedTitle,
    isbns: tuple[str, ...],
    prefixes: ShelfPrefixes,
    this_year: int,
) -> Holding:
    """The holding of a record.

    Args:
        fields: of the record.
        statement: its title as it stands there.
        title: the same, taken apart.
        isbns: its valid ISBNs.
        prefixes: the library's shelf prefixes.
        this_year: a book dated much later is a typing error.
    """
    call_number = read_call_number(fields, prefixes)
    # A state that nobody knows is taken for "away": better a surprise on the shelf than a promise nobody can keep.
    status = fields.read("status", read_status, otherwise=HoldingStatus.ON_LOAN)
    return Holding(
        status=status or HoldingStatus.UNKNOWN,
        registration_number=fields.text("registration_number"),
        call_number=call_number,
        location=fields.text("location"),
        title=statement if title.volume or statement != title.title else "",
        volume=fields.text("volume") or title.volume or (call_number.volume if call_number else ""),
        isbn=isbns[0] if isbns else "",
        publisher=_publisher(fields.text("publisher")),
        year=fields.read("year", lambda text: read_year(text, this_year=this_year)),
        registered_on=fields.read("registered_on", read_day) or "",
    )


def read_call_number(fields: Fields, prefixes: ShelfPrefixes) -> CallNumber | None:
    """The call number of one column, or put together from those of its parts."""
    text = fields.text("call_number")
    prefix = fields.text("shelf_prefix")
    if not text and fields.text("author_mark"):
        text = " ".join(filter(None, (fields.text("classification"), fields.text("author_mark"))))
        text += _marked(" v.", fields.text("volume")) + _marked(" c.", fields.text("copy"))
    if prefix and text and not text.startswith(prefix):
        text = f"{prefix} {text}"
    return parse_call_number(text, prefixes) if text else None


def _publisher(text: str) -> str:
    """The publisher without the imprint's owner behind it: `푸른숲주니어 :푸른숲`."""
    name = re.split(r"\s*[:;]\s*", text, maxsplit=1)[0].strip(" ,")
    return name or text


def _marked(mark: str, text: str) -> str:
    return f"{mark}{text}" if text else ""
