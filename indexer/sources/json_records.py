"""Objects of a JSON file: an array, one object that wraps an array (`{"read_books": [...]}`), or one object a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from indexer.problems import Problem
from indexer.sources.columns import IGNORED, ColumnRecogniser, missing_columns
from indexer.sources.records import RawRecord, Table
from recommender.errors import InputError

HEADER_WITHIN = 50
"""Objects whose keys are looked at to learn the columns: an object leaves out what it has no value for."""

Item = tuple[int, Any] | Problem


def read_json(text: str, source: str, recogniser: ColumnRecogniser) -> Table:
    """Read a JSON document, or JSON lines if it is several documents.

    Raises:
        InputError: it is neither, or its objects lack the keys that such a file needs.
    """
    return _table(_items(text, source), source, recogniser)


def _items(text: str, source: str) -> Iterator[Item]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if not _is_lines(text):
            raise _not_json(source, error) from error
        return _line_items(text, source)
    return iter(enumerate(_unwrapped(document), start=1))


def _is_lines(text: str) -> bool:
    """Whether at least one of the first lines is a whole JSON object by itself."""
    return any(_object_or_none(line) is not None for line in text.splitlines()[:HEADER_WITHIN])


def _object_or_none(line: str) -> Mapping[str, Any] | None:
    try:
        value = json.loads(line)
    except json.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None


def _line_items(text: str, source: str) -> Iterator[Item]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except json.JSONDecodeError as error:
            yield Problem(source, number, "", line, f"the line is no JSON: {error.msg} at character {error.colno}")


def _unwrapped(document: Any) -> Iterable[Any]:
    """The list that a document is or wraps; a document that names a reader beside its list is one record."""
    if not isinstance(document, dict):
        return document if isinstance(document, list) else [document]
    lists = [value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(document) == 1 and len(lists) == 1:
        return lists[0]
    return [document]


def _table(items: Iterator[Item], source: str, recogniser: ColumnRecogniser) -> Table:
    first = list(islice(items, HEADER_WITHIN))
    keys = list(dict.fromkeys(key for item in first if not isinstance(item, Problem) for key in _keys(item[1])))
    columns = recogniser.map(keys)
    if not recogniser.is_header(columns):
        raise missing_columns(source, keys, recogniser.vocabulary)
    return Table(
        source=source,
        columns={keys[at]: field for at, field in columns.fields.items()},
        unused=columns.unused,
        records=_records(chain(first, items), source, recogniser),
    )


def _keys(value: Any) -> Iterable[str]:
    return value if isinstance(value, dict) else ()


def _records(items: Iterable[Item], source: str, recogniser: ColumnRecogniser) -> Iterator[RawRecord | Problem]:
    maps: dict[tuple[str, ...], dict[str, str]] = {}
    for item in items:
        if isinstance(item, Problem):
            yield item
            continue
        row, value = item
        if not isinstance(value, dict):
            yield Problem(source, row, "", json.dumps(value, ensure_ascii=False), "this is no JSON object")
            continue
        keys = tuple(value)
        if keys not in maps:
            maps[keys] = {keys[at]: field for at, field in recogniser.map(keys).fields.items()}
        yield RawRecord(source=source, row=row, values=_renamed(value, maps[keys]))


def _renamed(value: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    renamed: dict[str, Any] = {}
    for key, field in fields.items():
        if field == IGNORED:
            continue
        if field in renamed:
            known = renamed[field]
            renamed[field] = [*(known if isinstance(known, list) else [known]), value[key]]
        else:
            renamed[field] = value[key]
    return renamed


def _not_json(source: str, error: json.JSONDecodeError) -> InputError:
    return InputError(
        f"{source}, line {error.lineno}, character {error.colno}: this is no JSON ({error.msg}); correct it there and load it again"
    )
