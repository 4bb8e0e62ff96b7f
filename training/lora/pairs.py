"""Examples as JSON lines: what `export` writes and `lora` reads."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from recommender.errors import InputError
from recommender.recommend.values import EnrichedQuestion, EnrichedTerm, TermSource, Trait, TraitKind
from recommender.records import book_from_record, book_record
from training.files import whole_file
from training.lora.values import Example, Found, Place


def write_pairs(path: Path, examples: Iterable[Example]) -> None:
    """Write a file of examples anew, whole or not at all."""
    with whole_file(path) as unfinished:
        lines = (pair_line(example) + "\n" for example in examples)
        unfinished.write_text("".join(lines), encoding="utf-8", newline="\n")


def pair_line(example: Example) -> str:
    """An example as one line of JSON; the same for the same example."""
    return json.dumps(_as_json(example), ensure_ascii=False)


def read_pairs(path: Path) -> Found:
    """The examples of a file that `export` wrote.

    Raises:
        InputError: the file cannot be read.
    """
    found = Found()
    for place, line in json_lines(path):
        if isinstance(line, ValueError):
            found.reject(place, "", str(line), "is no JSON object; export the file again")
            continue
        try:
            found.examples.append(_from_json(line, place))
        except (KeyError, TypeError, ValueError) as error:
            found.reject(place, "", str(error), "this is no line of `python -m training export`; export the file again")
    return found


def json_lines(path: Path) -> Iterator[tuple[Place, dict[str, Any] | ValueError]]:
    """The objects of a file, one a line, each with its place; what is none comes as the error.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); name a file of JSON lines in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Place(path.name, number), _object(line)


def _object(line: str) -> dict[str, Any] | ValueError:
    try:
        value = json.loads(line)
    except ValueError as error:
        return error
    return value if isinstance(value, dict) else ValueError(line)


def _as_json(example: Example) -> dict[str, Any]:
    return {
        "question": example.enriched.text,
        "terms": [
            {"text": term.text, "source": term.source.value, "weight": term.weight, "detail": term.detail}
            for term in example.enriched.terms
        ],
        "traits": [
            {
                "kind": trait.kind.value,
                "value": trait.value,
                "source": trait.source.value,
                "weight": trait.weight,
                "detail": trait.detail,
            }
            for trait in example.enriched.traits
        ],
        "read_books": list(example.enriched.read_books),
        "book": book_record(example.book),
        "facts": list(example.facts),
        "why": example.why,
        "help": example.help,
        "language": example.language,
        "shelf": sorted(example.shelf),
        "from": {"source": example.place.source, "row": example.place.row},
    }


def _from_json(line: Mapping[str, Any], place: Place) -> Example:
    return Example(
        EnrichedQuestion(
            str(line["question"]),
            terms=terms_of(line["terms"]),
            traits=traits_of(line["traits"]),
            read_books=tuple(map(str, line["read_books"])),
        ),
        book_from_record(line["book"]),
        why=str(line["why"]),
        help=str(line["help"]),
        language=str(line["language"]),
        place=place,
        facts=tuple(map(str, line["facts"])),
        shelf=frozenset(map(str, line["shelf"])),
    )


def terms_of(terms: Iterable[Mapping[str, Any]]) -> tuple[EnrichedTerm, ...]:
    """The terms of an enriched question, from their JSON."""
    return tuple(
        EnrichedTerm(
            str(term["text"]), TermSource(term["source"]), float(term["weight"]), detail=str(term.get("detail", ""))
        )
        for term in terms
    )


def traits_of(traits: Iterable[Mapping[str, Any]]) -> tuple[Trait, ...]:
    """The traits of an enriched question, from their JSON."""
    return tuple(
        Trait(
            TraitKind(trait["kind"]),
            str(trait["value"]),
            TermSource(trait["source"]),
            float(trait["weight"]),
            detail=str(trait.get("detail", "")),
        )
        for trait in traits
    )
