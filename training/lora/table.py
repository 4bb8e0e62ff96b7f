"""Reading a CSV of which columns hold the question, the book and the texts."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.cleaning.people import parse_people
from recommender.bundle import EnrichmentBundle
from recommender.errors import InputError
from recommender.models import Book
from recommender.recommend.intake import FIELDS
from recommender.recommend.values import Intake
from recommender.text.normalization import title_key
from training.lora.questions import enriched_question, language_of
from training.lora.values import Example, Found, Place

REQUIRED = ("question", "title", "why", "help")
OPTIONAL = ("author", "subtitle", "description", "keywords", "language", *FIELDS)

MOST_CHARACTERS = 1_000_000
"""In one cell; Python's own limit is an eighth of it."""


def read_table(path: Path, columns: Mapping[str, str], limits: EnrichmentBundle) -> Found:
    """The examples of a CSV, a row each; rows of one question are one list of books.

    Args:
        path: UTF-8, with a heading; a byte order mark may be there.
        columns: field → the heading under which it stands, where that is another.
        limits: weights of the terms that are added to questions.

    Raises:
        InputError: a column that is needed, or was named, is not there.
    """
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, strict=True)
            named = _named_columns(path, columns, rows.fieldnames or ())
            found = Found()
            for row in rows:
                _read_row(row, named, Place(path.name, rows.line_num), limits, found)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as a CSV in UTF-8 ({error}); save it as one") from error
    found.examples = _with_shelves(found.examples)
    return found


def _named_columns(path: Path, columns: Mapping[str, str], headings: Sequence[str]) -> dict[str, str]:
    """Field → heading, for every field that the file has."""
    named = {name: columns.get(name, name) for name in (*REQUIRED, *OPTIONAL)}
    missing = [
        f"{name}={named[name]}"
        for name in named
        if named[name] not in headings and (name in columns or name in REQUIRED)
    ]
    if missing:
        raise InputError(
            f"{path}: there is no column for {', '.join(missing)}; its columns are {', '.join(headings) or 'none'}. "
            "Name them as in --column question=질문"
        )
    return {name: heading for name, heading in named.items() if heading in headings}


def _read_row(
    row: Mapping[str, str | None], named: Mapping[str, str], place: Place, limits: EnrichmentBundle, found: Found
) -> None:
    said = {name: " ".join((row.get(heading) or "").split()) for name, heading in named.items()}
    empty = [named[name] for name in REQUIRED if not said[name]]
    if empty:
        found.reject(place, empty[0], "", f"nothing is in {', '.join(empty)}; fill it in")
        return
    language = said.get("language") or language_of((said["why"], said["help"]))
    if language not in {"ko", "en"}:
        found.reject(place, named["language"], language, "is neither ko nor en; write one of them, or leave it empty")
        return
    intake = Intake(**{name: said.get(name, "") for name in FIELDS})
    found.examples.append(
        Example(
            enriched_question(said["question"], intake, limits, language=language),
            _book(said),
            why=said["why"],
            help=said["help"],
            language=language,
            place=place,
        )
    )


def _book(said: Mapping[str, str]) -> Book:
    author = said.get("author", "")
    return Book(
        id=f"table:{title_key(said['title'])}",
        title=said["title"],
        subtitle=said.get("subtitle", ""),
        people=parse_people(author) if author else (),
        description=said.get("description", ""),
        keywords=tuple(filter(None, (word.strip() for word in said.get("keywords", "").split(",")))),
    )


def _with_shelves(examples: Sequence[Example]) -> list[Example]:
    shelves: defaultdict[str, set[str]] = defaultdict(set)
    for example in examples:
        shelves[example.enriched.text].add(title_key(example.book.title))
    return [replace(example, shelf=frozenset(shelves[example.enriched.text])) for example in examples]
