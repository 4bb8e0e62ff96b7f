"""The kinds of parameter there are.

One declaration reads the parameter from an address or a form (`read`), checks it where it stands in a JSON body
(`accept`), and describes it in the OpenAPI document (`schema`), so that the three cannot disagree.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recommender.errors import InputError, TooLargeError

Arguments = MultiDict[str, str]
Schema = dict[str, Any]

Choice = TypeVar("Choice", bound=StrEnum)

SHOWN_LENGTH = 60
"""Characters of a wrong value that a message repeats."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


class ParameterError(InputError):
    """A parameter's value is wrong; names the parameter, the value and what would be right, in the reader's language."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class Parameter(Protocol):
    """What the OpenAPI document needs of a parameter."""

    @property
    def name(self) -> str:
        """As it stands in an address or a body."""

    @property
    def about(self) -> str:
        """One sentence for whoever reads the documentation."""

    def schema(self) -> Schema:
        """Its JSON Schema."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of limited length; line breaks and control characters become spaces."""

    name: str
    about: str
    max_length: int

    def read(self, arguments: Arguments) -> str:
        """The text, or the empty string."""
        return self._check(arguments.get(self.name, ""))

    def accept(self, value: object) -> str:
        """The text that a JSON body holds."""
        if value is None:
            return ""
        if not isinstance(value, str):
            raise wrong_type(self.name, value, _("a text"))
        return self._check(value)

    def schema(self) -> Schema:
        """A string with its limit."""
        return {"type": "string", "maxLength": self.max_length}

    def _check(self, text: str) -> str:
        if len(text) > self.max_length:
            raise TooLargeError(
                _(
                    "“%(name)s” has %(length)s characters; at most %(limit)s are read. Shorten it and ask again.",
                    name=self.name,
                    length=f"{len(text):,}",
                    limit=f"{self.max_length:,}",
                )
            )
        return _CONTROL.sub(" ", _without_lone_surrogates(text)).strip()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    name: str
    about: str
    minimum: int
    maximum: int
    default: int | None = None

    def read(self, arguments: Arguments) -> int | None:
        """The number, or the default where none is given."""
        text = arguments.get(self.name, "").strip()
        if not text:
            return self.default
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text):
            raise self._refusal(text)
        return self._check(int(text))

    def accept(self, value: object) -> int | None:
        """The number that a JSON body holds."""
        if value is None:
            return self.default
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong_type(self.name, value, _("a whole number"))
        return self._check(value)

    def schema(self) -> Schema:
        """An integer with its limits and default."""
        schema: Schema = {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}
        return schema if self.default is None else {**schema, "default": self.default}

    def _check(self, number: int) -> int:
        if not self.minimum <= number <= self.maximum:
            raise self._refusal(str(number))
        return number

    def _refusal(self, text: str) -> ParameterError:
        right = _("a whole number from %(minimum)s to %(maximum)s", minimum=self.minimum, maximum=self.maximum)
        return refusal(self.name, text, right)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One code of an enumeration."""

    name: str
    about: str
    choices: type[StrEnum]
    default: StrEnum

    def read(self, arguments: Arguments) -> str:
        """The code, or the default where none is given."""
        return self._check(arguments.get(self.name, "").strip())

    def schema(self) -> Schema:
        """The codes and the default."""
        return {"type": "string", "enum": [str(choice) for choice in self.choices], "default": str(self.default)}

    def _check(self, text: str) -> str:
        if not text:
            return self.default
        if text not in tuple(self.choices):
            raise refusal(self.name, text, _one_of(self.choices))
        return self.choices(text)


@dataclass(frozen=True, slots=True)
class Codes:
    """Several codes: the parameter repeated, or one value with commas; `is_code` says what a right one is."""

    name: str
    about: str
    is_code: Callable[[str], bool]
    right: Callable[[], str]
    item: Mapping[str, Any]

    def read(self, arguments: Arguments) -> tuple[str, ...]:
        """The codes, each once, in the order given."""
        return self._check(code for value in arguments.getlist(self.name) for code in value.split(","))

    def accept(self, value: object) -> tuple[str, ...]:
        """The codes that a JSON body holds: one, or a list."""
        values = [value] if isinstance(value, str) else value
        if values is None:
            return ()
        if not isinstance(values, list) or not all(isinstance(code, str) for code in values):
            raise wrong_type(self.name, value, _("a list of codes"))
        return self._check(values)

    def schema(self) -> Schema:
        """A list of codes."""
        return {"type": "array", "items": dict(self.item)}

    def _check(self, codes: Any) -> tuple[str, ...]:
        kept = dict.fromkeys(stripped for code in codes if (stripped := code.strip()))
        for code in kept:
            if not self.is_code(code):
                raise refusal(self.name, code, self.right())
        return tuple(kept)


@dataclass(frozen=True, slots=True)
class Flag:
    """True, false, or not said."""

    name: str
    about: str

    def read(self, arguments: Arguments) -> bool | None:
        """What is said; None where nothing is."""
        text = arguments.get(self.name, "").strip().lower()
        if not text:
            return None
        if text not in _FLAGS:
            raise refusal(self.name, text, _("true or false"))
        return _FLAGS[text]

    def accept(self, value: object) -> bool | None:
        """What a JSON body says."""
        if value is not None and not isinstance(value, bool):
            raise wrong_type(self.name, value, _("true or false"))
        return value

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


_FLAGS = {"true": True, "1": True, "on": True, "yes": True, "false": False, "0": False, "off": False, "no": False}


def codes_of(name: str, about: str, choices: type[StrEnum]) -> Codes:
    """A parameter of codes that an enumeration lists."""
    codes = [str(choice) for choice in choices]
    return Codes(name, about, is_code=lambda code: code in codes, right=lambda: _one_of(choices), item={"enum": codes})


def refusal(name: str, value: str, right: str) -> ParameterError:
    """The error that names a parameter, its value and what would be right."""
    shown = value if len(value) <= SHOWN_LENGTH else value[:SHOWN_LENGTH] + "…"
    message = _("“%(name)s” cannot be “%(value)s”: give %(right)s.", name=name, value=shown, right=right)
    return ParameterError(name, message)


def wrong_type(name: str, value: object, right: str) -> ParameterError:
    """The error for a JSON value of another type than wanted, which is shown as the JSON that it is."""
    return refusal(name, json.dumps(value, ensure_ascii=False), right)


def _one_of(choices: type[StrEnum]) -> str:
    return _("one of %(codes)s", codes=", ".join(choices))


def _without_lone_surrogates(text: str) -> str:
    """JSON may hold half of a surrogate pair, which no encoder of the way to the engine can write."""
    return text.encode("utf-8", "replace").decode("utf-8")
