"""The single values of one record, each read as what it should be; what cannot be used is reported and left out."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from indexer.cleaning.values import UnusableValueError, as_text, as_texts, read_choices, read_isbns
from indexer.problems import Problem
from indexer.sources.records import RawRecord

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_VALUES = {"description": 100_000}
"""Characters a field may have; what is longer is no value but an accident, such as a quotation mark that is never closed."""

LONGEST_VALUE = 2_000


class Fields:
    """Reads one record; problems go to the list given."""

    def __init__(self, record: RawRecord, problems: list[Problem]) -> None:
        self.record = record
        self._problems = problems

    @property
    def names(self) -> frozenset[str]:
        """The fields for which the file has a column."""
        return frozenset(self.record.values)

    def text(self, field: str) -> str:
        """A value as one clean line."""
        value = self.record.values.get(field)
        return as_text(value) if value else ""

    def texts(self, field: str, *, separators: str = ";,|") -> tuple[str, ...]:
        """A list, or a cell that holds one."""
        value = self.record.values.get(field)
        return as_texts(value, separators=separators) if value else ()

    def read(
        self, field: str, reader: Callable[[str], Value | None], *, otherwise: Value | None = None
    ) -> Value | None:
        """A value as `reader` reads it, or `otherwise` after reporting why it is unusable."""
        text = self.text(field)
        try:
            return reader(text)
        except UnusableValueError as error:
            self.left_out(field, text, str(error))
            return otherwise

    def choices(self, field: str, words: Mapping[Choice, str]) -> tuple[Choice, ...]:
        """Several choices, or none after reporting the one that is unknown."""
        try:
            return read_choices(self.record.values.get(field), words)
        except UnusableValueError as error:
            self.left_out(field, self.text(field), str(error))
            return ()

    def isbns(self) -> tuple[str, ...]:
        """Every valid ISBN of the record, as 13 digits."""
        value: Any = self.record.values.get("isbn")
        texts = [as_text(each) for each in (value if isinstance(value, list) else [value])]
        try:
            return read_isbns(texts)
        except UnusableValueError as error:
            self.left_out("isbn", " ".join(texts), str(error))
            return ()

    def left_out(self, field: str, value: str, reason: str) -> None:
        """Report a value that is left out of the row."""
        self._problems.append(Problem(self.record.source, self.record.row, field, value, reason, kept_out=False))

    def kept_out(self, field: str, value: str, reason: str) -> None:
        """Report that the whole row is kept out."""
        self._problems.append(Problem(self.record.source, self.record.row, field, value, reason))

    def too_long(self) -> bool:
        """Whether a value is so long that the row is kept out; reports which."""
        for field, value in self.record.values.items():
            limit = LONGEST_VALUES.get(field, LONGEST_VALUE)
            if isinstance(value, str) and len(value) > limit:
                what = f"the value has {len(value):,} characters, the limit is {limit:,}"
                self.kept_out(field, value[:200], f"{what}; is a quotation mark before it never closed?")
                return True
        return False
