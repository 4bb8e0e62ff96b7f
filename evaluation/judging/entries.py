"""JSON files as entries, each with its place: one array, or one object a line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from indexer.sources.decoding import decode
from recommender.errors import InputError

Entry = tuple[str, Mapping[str, Any]]
"""Where it stands, for an error, and what it holds."""


def read_text(path: Path) -> str:
    """A file's text, in any of the encodings that Korean exports have.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror}); correct the path") from error


def json_entries(path: Path, *, may_be_cut_off: bool = False) -> Iterator[Entry]:
    """The objects of a file.

    Args:
        path: a JSON array of objects, or one object a line.
        may_be_cut_off: whether a last line that is no JSON is the trace of a crash, to be passed over.

    Raises:
        InputError: the file cannot be read, or holds anything else.
    """
    text = read_text(path)
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        values = _lines(path, text, may_be_cut_off=may_be_cut_off)
    else:
        listed = document if isinstance(document, list) else [document]
        word = "entry" if isinstance(document, list) else "line"
        values = iter((f"{path}, {word} {number}", value) for number, value in enumerate(listed, 1))
    for place, value in values:
        if not isinstance(value, dict):
            raise InputError(
                f"{place}: {json.dumps(value, ensure_ascii=False)[:60]} is no JSON object; each has to be one"
            )
        yield place, value


def _lines(path: Path, text: str, *, may_be_cut_off: bool) -> Iterator[tuple[str, Any]]:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield f"{path}, line {number}", json.loads(line)
        except json.JSONDecodeError as error:
            if may_be_cut_off and number == len(lines):
                return
            raise InputError(
                f"{path}, line {number}: this is no JSON ({error.msg} at character {error.colno}); correct it"
            ) from error
