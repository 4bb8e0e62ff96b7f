"""Answers and judgements as JSON lines: one object a line, so that files can be joined with `cat` and none is lost.

Both are appended the moment they are made, each with one write; a line that a crash cut off was never acknowledged and is
taken away before the next is written.
"""

import dataclasses
import json
import os
import threading
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from evaluation.judging.entries import json_entries
from evaluation.judging.values import HIGHEST, LOWEST, Judgement, StoredAnswer
from recommender.errors import InputError

Value = TypeVar("Value")


class LineFile:
    """A file to which values are added line by line, by any number of threads.

    Args:
        path: made where it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        _drop_cut_off_line(path)

    def add(self, values: Sequence[Judgement | StoredAnswer]) -> None:
        """Write them with one write, down to the disk."""
        content = "".join(_line(value) for value in values).encode()
        with self._writing, self.path.open("ab", buffering=0) as file:
            file.write(content)
            os.fsync(file.fileno())


def write_answers(path: Path, answers: Sequence[StoredAnswer]) -> None:
    """Write a file of answers anew."""
    path.unlink(missing_ok=True)
    LineFile(path).add(answers)


def read_answers(paths: Sequence[Path]) -> tuple[StoredAnswer, ...]:
    """Read files of answers, in their order.

    Raises:
        InputError: a line cannot be used, or a system answers a question a second time.
    """
    places: dict[str, str] = {}
    answers = []
    for path in paths:
        for place, values in json_entries(path):
            answer = _read(StoredAnswer, values, place)
            if answer.id in places:
                raise InputError(
                    f"{place}: {answer.system} answered this question already in {places[answer.id]}; "
                    "give one of the two systems another name, or leave the line out"
                )
            places[answer.id] = place
            answers.append(answer)
    if not answers:
        raise InputError(
            f"{', '.join(map(str, paths))}: there is no answer; make some with `judge answer` or `compare`"
        )
    return tuple(answers)


def read_judgements(paths: Sequence[Path]) -> tuple[Judgement, ...]:
    """Read files of judgements, in their order; a last line that was cut off does not count.

    Raises:
        InputError: a line cannot be used.
    """
    judgements = []
    for path in paths:
        for place, values in json_entries(path, may_be_cut_off=True):
            judgement = _read(Judgement, values, place)
            if judgement.grade is not None and not LOWEST <= judgement.grade <= HIGHEST:
                raise InputError(
                    f"{place}: the grade {judgement.grade:g} is not from {LOWEST} to {HIGHEST}; correct it"
                )
            judgements.append(judgement)
    return tuple(judgements)


def latest(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """What each judge said last of each book of each answer; in the order of what was said first."""
    return tuple({(each.judge, each.answer, each.item): each for each in judgements}.values())


class JudgementFile(LineFile):
    """A file of judgements that grows."""

    def judgements(self) -> tuple[Judgement, ...]:
        """What stands in it, each judge's last word on everything."""
        return latest(read_judgements([self.path])) if self.path.exists() else ()


def _drop_cut_off_line(path: Path) -> None:
    if not path.exists():
        return
    content = path.read_bytes()
    if content and not content.endswith(b"\n"):
        with path.open("r+b") as file:
            file.truncate(content.rfind(b"\n") + 1)


def _line(value: Any) -> str:
    return json.dumps(dataclasses.asdict(value), ensure_ascii=False) + "\n"


def _read(kind: type[Value], values: Any, place: str) -> Value:
    """A dataclass from JSON, field by field.

    Raises:
        InputError: a field is missing, unknown or of another type.
    """
    hints = typing.get_type_hints(kind)
    needed = {
        each.name
        for each in dataclasses.fields(kind)  # type: ignore[arg-type]
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
    }
    if not isinstance(values, dict):
        raise InputError(f"{place}: {str(values)[:60]!r} should be an object with {', '.join(hints)}")
    if unknown := values.keys() - hints.keys():
        raise InputError(f"{place}: there is no field {min(unknown)!r}; known are {', '.join(hints)}")
    if missing := needed - values.keys():
        raise InputError(f"{place}: the field {min(missing)!r} is missing; add it")
    return kind(**{name: _value(hints[name], value, f"{place}, {name}") for name, value in values.items()})


def _value(kind: Any, value: Any, place: str) -> Any:
    if dataclasses.is_dataclass(kind):
        return _read(typing.cast("type[Any]", kind), value, place)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(arguments[0], each, place) for each in value)
    if origin is Mapping and isinstance(value, dict):
        return {name: _value(arguments[1], each, place) for name, each in value.items()}
    if origin is types.UnionType:
        return None if value is None else _value(arguments[0], value, place)
    wanted = {float: (int, float), Mapping: (dict,), tuple: (list,)}.get(origin or kind, (kind,))
    if origin or not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
        raise InputError(f"{place}: {str(value)[:60]!r} does not fit; {_named(kind)} is wanted")
    return kind(value)


def _named(kind: Any) -> str:
    names = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
    origin = typing.get_origin(kind)
    return names.get(kind) or ("a list" if origin is tuple else "an object")
