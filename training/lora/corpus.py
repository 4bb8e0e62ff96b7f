"""Reading a corpus of instructions: numbered books, and under each two labelled texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.cleaning.people import parse_people
from recommender.bundle import EnrichmentBundle
from recommender.models import Book
from recommender.text.normalization import title_key
from training.lora.questions import enriched_question, language_of, read_intake
from training.lora.values import Example, Found, Part, Place

LAYOUT = '{"instruction": …, "input": …, "output": "1. title - author\\n- reason: …\\n- how it helps: …"}'

_NUMBERED = re.compile(r"\s*(?:#+\s*)?\**\s*\d{1,2}\s*[.)]\s*(.*\S)")
_LABELLED = re.compile(r"\s*[-*•·]?\s*\**\s*([^::\n]{2,40}?)\s*\**\s*[::]\s*\**\s*(.*?)\s*")
_MARKS = "*_《》〈〉『』「」“”\"' "
_HELPS = re.compile(r"도움|효과|\bhelps?\b", re.IGNORECASE)
_REASON = re.compile(r"이유|추천|\bwhy\b|\breasons?\b", re.IGNORECASE)


@dataclass(slots=True)
class _Listed:
    """One numbered book of an answer, as far as it has been read."""

    heading: str
    texts: dict[Part, str] = field(default_factory=dict)
    under: Part | None = None  # which text the next line goes on with
    stray: list[str] = field(default_factory=list)


def read_item(item: Any, place: Place, limits: EnrichmentBundle) -> Found:
    """The examples of one item of a corpus: a book each.

    Args:
        item: `instruction`, `input` (may be missing) and `output`, all texts.
        place: where it stands.
        limits: weights of the terms that are added to its question.
    """
    found = Found()
    if not _is_item(item):
        found.reject(place, "", str(item), f"this is no item of a corpus; write {LAYOUT}")
        return found
    listed = list(_listed(item["output"]))
    if not listed:
        found.reject(
            place, "output", item["output"], "no numbered book is in it; begin each with a line `1. title - author`"
        )
    shelf = frozenset(title_key(_title(each.heading)) for each in listed)
    intake, rest = read_intake(item.get("input", ""))
    for each in listed:
        if problem := _problem(each):
            found.reject(place, "output", each.heading, problem)
            continue
        language = language_of(each.texts.values())
        found.examples.append(
            Example(
                enriched_question(f"{item['instruction']} {rest}", intake, limits, language=language),
                read_book(each.heading),
                why=each.texts[Part.WHY],
                help=each.texts[Part.HELP],
                language=language,
                place=place,
                shelf=shelf,
            )
        )
    return found


def read_book(heading: str) -> Book:
    """A book of which only `title : subtitle - people` is known."""
    name, _, people = heading.rpartition(" - ") if " - " in heading else (heading, "", "")
    title, _, subtitle = name.strip(_MARKS).partition(" : ")
    return Book(
        id=f"corpus:{title_key(title)}",
        title=title.strip(_MARKS),
        subtitle=subtitle.strip(_MARKS),
        people=parse_people(people.strip("*_ ")) if people.strip() else (),
    )


def _title(heading: str) -> str:
    return read_book(heading).title


def _is_item(item: Any) -> bool:
    return (
        isinstance(item, Mapping)
        and isinstance(item.get("input", ""), str)
        and all(isinstance(item.get(name), str) and item[name].strip() for name in ("instruction", "output"))
    )


def _listed(output: str) -> Iterator[_Listed]:
    """The numbered books, each with the labelled lines below it; a line without a label goes on with the text before it."""
    book: _Listed | None = None
    for line in output.splitlines():
        if numbered := _NUMBERED.fullmatch(line):
            if book:
                yield book
            book = _Listed(numbered[1])
        elif book and line.strip():
            _read_line(book, line)
    if book:
        yield book


def _read_line(book: _Listed, line: str) -> None:
    labelled = _LABELLED.fullmatch(line)
    part = _part(labelled[1]) if labelled else None
    if labelled and part and part not in book.texts:
        book.under = part
        book.texts[part] = labelled[2]
    elif book.under:
        book.texts[book.under] = f"{book.texts[book.under]} {line.strip()}".strip()
    else:
        book.stray.append(line.strip())


def _part(label: str) -> Part | None:
    """Which text a label announces; `이 책이 도움이 될 수 있는 이유` speaks of help though it says 이유 as well."""
    if _HELPS.search(label):
        return Part.HELP
    return Part.WHY if _REASON.search(label) else None


def _problem(book: _Listed) -> str:
    """Why a book cannot be learned from; nothing where it can."""
    missing = [name for part, name in _WANTED.items() if not book.texts.get(part)]
    if missing:
        return f"{' and '.join(missing)} missing under this book; add the line"
    if book.stray:
        return f"the line {book.stray[0]!r} stands before any label; give it one, or take it out"
    return "" if _title(book.heading) else "no title; begin the line with one"


_WANTED = {Part.WHY: "`추천 이유: …` (or `reason: …`)", Part.HELP: "`도움이 될 수 있는 이유: …` (or `how it helps: …`)"}
