"""What the command was told, and reading the settings in it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from recommender.errors import InputError
from training.lora.recipe import Recipe

MAY_BE_NOTHING = frozenset({"seed", "dropout", "warmup", "weight_decay", "held_out"})
"""Numbers of the recipe that 0 turns off; held out is one question even then."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was told."""

    models: tuple[str, ...]
    pairs: tuple[Path, ...]
    columns: tuple[str, ...]
    out: Path
    rates: tuple[float, ...]
    batches: tuple[int, ...]
    seed: int
    settings: tuple[str, ...]
    dtype: str
    threads: int
    written_about: int
    unsupported: str
    judge: str
    judgements: tuple[Path, ...]


def columns_of(settings: Sequence[str]) -> dict[str, str]:
    """Field → column, from `field=column` texts.

    Raises:
        InputError: a text is none, or a field is not known.
    """
    from training.lora.table import OPTIONAL, REQUIRED

    columns = {}
    for setting in settings:
        name, _, column = setting.partition("=")
        if name not in (*REQUIRED, *OPTIONAL) or not column:
            raise InputError(
                f"--column {setting}: write FIELD=COLUMN with a field of {', '.join((*REQUIRED, *OPTIONAL))}"
            )
        columns[name] = column
    return columns


def changed_recipe(recipe: Recipe, settings: Sequence[str]) -> Recipe:
    """The recipe with some of its numbers changed, each given as `name=value`.

    Raises:
        InputError: a name is no number of the recipe, or its value is none or not above zero where it has to be.
    """
    numbers = {each.name for each in fields(Recipe) if not get_args(each.type)}
    changed: dict[str, Any] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in numbers:
            raise InputError(
                f"--set {setting}: {name!r} is no number of the recipe; choose {', '.join(sorted(numbers))}"
            )
        try:
            changed[name] = type(getattr(recipe, name))(value)
        except ValueError as error:
            raise InputError(f"--set {setting}: {value!r} is not a number of the right kind") from error
    recipe = replace(recipe, **changed)
    for name in sorted({each.name for each in fields(Recipe)} - MAY_BE_NOTHING):
        value = getattr(recipe, name)
        if any(number <= 0 for number in (value if isinstance(value, tuple) else (value,))):
            raise InputError(f"{name} {value}: has to be more than 0")
    return recipe
