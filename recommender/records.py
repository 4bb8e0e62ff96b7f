"""Books as they are stored: the `record` of a document holds everything that a page shows and a reindex needs."""

from collections.abc import Mapping
from typing import Any

from recommender.models import (
    AppealFacet,
    AppealSource,
    AppealTerm,
    Audience,
    Book,
    CallNumber,
    Depth,
    Effect,
    Form,
    Holding,
    HoldingStatus,
    Mood,
    Pace,
    Person,
    Role,
    appeal_code,
)


def book_record(book: Book) -> dict[str, Any]:
    """A book as JSON; what is empty is left out, so that a catalogue of titles stays small."""
    record = {
        "id": book.id,
        "title": book.title,
        "subtitle": book.subtitle,
        "parallel_title": book.parallel_title,
        "other_titles": list(book.other_titles),
        "series": book.series,
        "people": [{"name": person.name, "role": person.role.value} for person in book.people],
        "publisher": book.publisher,
        "year": book.year,
        "language": book.language,
        "isbns": list(book.isbns),
        "kdc": book.kdc,
        "call_number": book.call_number,
        "description": book.description,
        "keywords": list(book.keywords),
        "categories": list(book.categories),
        "audience": book.audience.value if book.audience else None,
        "form": book.form.value,
        **appeal_part(book),
        "pages": book.pages,
        "loans": book.loans,
        "holdings": [holding_record(holding) for holding in book.holdings],
        "former_ids": list(book.former_ids),
    }
    return _without_empty(record)


def book_from_record(record: Mapping[str, Any]) -> Book:
    """The book that `book_record` stored."""
    return Book(
        id=record["id"],
        title=record["title"],
        subtitle=record.get("subtitle", ""),
        parallel_title=record.get("parallel_title", ""),
        other_titles=tuple(record.get("other_titles", ())),
        series=record.get("series", ""),
        people=tuple(Person(person["name"], Role(person["role"])) for person in record.get("people", ())),
        publisher=record.get("publisher", ""),
        year=record.get("year"),
        language=record.get("language", ""),
        isbns=tuple(record.get("isbns", ())),
        kdc=record.get("kdc", ""),
        call_number=record.get("call_number", ""),
        description=record.get("description", ""),
        keywords=tuple(record.get("keywords", ())),
        categories=tuple(record.get("categories", ())),
        audience=Audience(record["audience"]) if "audience" in record else None,
        form=Form(record.get("form", Form.BOOK)),
        moods=tuple(Mood(mood) for mood in record.get("moods", ())),
        effects=tuple(Effect(effect) for effect in record.get("effects", ())),
        depth=Depth(record["depth"]) if record.get("depth") else None,
        pace=Pace(record["pace"]) if record.get("pace") else None,
        estimated=tuple(map(appeal_from_record, record.get("estimated", ()))),
        corrected=tuple(AppealFacet(facet) for facet in record.get("corrected", ())),
        recorded=tuple(map(appeal_from_record, record.get("recorded", ()))),
        pages=record.get("pages"),
        loans=record.get("loans", 0),
        holdings=tuple(holding_from_record(holding) for holding in record.get("holdings", ())),
        former_ids=tuple(record.get("former_ids", ())),
    )


def appeal_part(book: Book) -> dict[str, Any]:
    """What a record says of how its book feels, with what is empty: an update has to overwrite what was there."""
    return {
        "moods": [mood.value for mood in book.moods],
        "effects": [effect.value for effect in book.effects],
        "depth": book.depth.value if book.depth else None,
        "pace": book.pace.value if book.pace else None,
        "estimated": [appeal_record(term) for term in book.estimated],
        "corrected": [facet.value for facet in book.corrected],
        "recorded": [appeal_record(term) for term in book.recorded],
    }


def appeal_record(term: AppealTerm) -> dict[str, Any]:
    """A term of a book's appeal as JSON."""
    return {
        "facet": term.facet.value,
        "code": term.code.value,
        "confidence": term.confidence,
        "source": term.source.value,
    }


def appeal_from_record(record: Mapping[str, Any]) -> AppealTerm:
    """The term that `appeal_record` stored."""
    facet = AppealFacet(record["facet"])
    return AppealTerm(facet, appeal_code(facet, record["code"]), record["confidence"], AppealSource(record["source"]))


def holding_record(holding: Holding) -> dict[str, Any]:
    """A holding as JSON, without what is empty."""
    number = holding.call_number
    record = {
        "status": holding.status.value,
        "registration_number": holding.registration_number,
        "call_number": number
        and _without_empty(
            {
                "text": number.text,
                "shelf_prefix": number.shelf_prefix,
                "classification": number.classification,
                "author_mark": number.author_mark,
                "volume": number.volume,
                "copy": number.copy,
            }
        ),
        "location": holding.location,
        "title": holding.title,
        "volume": holding.volume,
        "isbn": holding.isbn,
        "publisher": holding.publisher,
        "year": holding.year,
        "registered_on": holding.registered_on,
    }
    return _without_empty(record)


def holding_from_record(record: Mapping[str, Any]) -> Holding:
    """The holding that `holding_record` stored."""
    number = record.get("call_number")
    return Holding(
        status=HoldingStatus(record["status"]),
        registration_number=record.get("registration_number", ""),
        call_number=CallNumber(**number) if number else None,
        location=record.get("location", ""),
        title=record.get("title", ""),
        volume=record.get("volume", ""),
        isbn=record.get("isbn", ""),
        publisher=record.get("publisher", ""),
        year=record.get("year"),
        registered_on=record.get("registered_on", ""),
    )


def content_text(book: Book) -> str:
    """What an encoder reads of a book, the weightiest first: models cut long texts off at the end."""
    parts = (
        book.title,
        book.subtitle,
        book.parallel_title,
        ", ".join(book.authors),
        ", ".join((*book.keywords, *book.categories)),
        book.description,
    )
    return ". ".join(part for part in parts if part)


def _without_empty(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value not in ("", None, [], 0)}
