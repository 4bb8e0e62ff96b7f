"""Bundles as files."""

import dataclasses
import json
import typing
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from recommender.bundle.whole import Bundle
from recommender.errors import SettingsError

DEFAULT_BUNDLE = Path(__file__).resolve().parents[1] / "bundles" / "default.json"


def load_bundle(path: Path = DEFAULT_BUNDLE) -> Bundle:
    """Read a bundle; every parameter must be there, of its type, and no other.

    Raises:
        SettingsError: names the file, the parameter and what would fit.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path}: no readable bundle ({error}); start from a copy of {DEFAULT_BUNDLE.name}"
        ) from error
    bundle: Bundle = _read(Bundle, content, place=str(path))
    return bundle


def bundle_text(bundle: Bundle) -> str:
    """A bundle as the text of its file, which `load_bundle` reads back to the same value."""
    return json.dumps(dataclasses.asdict(bundle), ensure_ascii=False, indent=2) + "\n"


def _read(kind: Any, value: Any, *, place: str) -> Any:
    """A value of the given type from parsed JSON, dataclasses field by field."""
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(kind, value, place=place)
    if typing.get_origin(kind) is Mapping:
        return _read_numbers(value, place=place)
    if typing.get_origin(kind) is tuple:
        return _read_texts(value, place=place)
    if issubclass(kind, StrEnum):
        return _read_choice(kind, value, place=place)
    wanted = (int, float) if kind is float else (kind,)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise SettingsError(f"{place}: {value!r} is no {kind.__name__}")
    return kind(value)


def _read_dataclass(kind: Any, value: Any, *, place: str) -> Any:
    fields = typing.get_type_hints(kind)
    if not isinstance(value, dict):
        raise SettingsError(f"{place}: {value!r} should be an object with {', '.join(fields)}")
    if unknown := value.keys() - fields.keys():
        raise SettingsError(f"{place}: unknown parameter {min(unknown)}; known are {', '.join(fields)}")
    if missing := fields.keys() - value.keys():
        raise SettingsError(f"{place}: the parameter {min(missing)} is missing")
    return kind(**{name: _read(hint, value[name], place=f"{place}, {name}") for name, hint in fields.items()})


def _read_choice(kind: type[StrEnum], value: Any, *, place: str) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        raise SettingsError(f"{place}: {value!r} is none of {', '.join(kind)}") from None


def _read_numbers(value: Any, *, place: str) -> Mapping[str, float]:
    if not isinstance(value, dict):
        raise SettingsError(f"{place}: {value!r} should be an object of numbers")
    return {name: _read(float, number, place=f"{place}, {name}") for name, number in value.items()}


def _read_texts(value: Any, *, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise SettingsError(f"{place}: {value!r} should be a list of texts")
    return tuple(value)
