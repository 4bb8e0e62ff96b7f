"""Where a model's weights come from: a name on the model hub or a folder, perhaps with an adapter beside it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import GeneratorError


@dataclass(frozen=True, slots=True)
class Source:
    """A folder, or a name on the hub; there a commit may be pinned, so that nothing changes unnoticed."""

    name: str
    revision: str = ""

    @classmethod
    def of(cls, text: str) -> "Source":
        """Read `NAME`, `NAME@REVISION` or a folder, whose name may hold anything."""
        if Path(text).exists():
            return cls(text)
        name, _, revision = text.partition("@")
        return cls(name, revision)

    def __str__(self) -> str:
        """As settings name it."""
        return f"{self.name}@{self.revision}" if self.revision else self.name

    @property
    def folder_name(self) -> str:
        """What a folder about it may be called."""
        path = Path(self.name)
        return path.resolve().name if path.exists() else self.name.replace("/", "--")

    @property
    def pinned(self) -> dict[str, str]:
        """The argument that pins the commit; nothing where none is."""
        return {"revision": self.revision} if self.revision else {}


@dataclass(frozen=True, slots=True)
class Weights:
    """A model, and the adapter that was trained for it, if any."""

    model: Source
    adapter: Source | None = None

    @classmethod
    def of(cls, text: str) -> "Weights":
        """Read `MODEL` or `MODEL+ADAPTER`, each a folder, `NAME` or `NAME@REVISION`."""
        model, _, adapter = text.rpartition("+")
        if not model or Path(text).exists():
            return cls(Source.of(text))
        return cls(Source.of(model), Source.of(adapter))

    def __str__(self) -> str:
        """As settings name them."""
        return f"{self.model}+{self.adapter}" if self.adapter else str(self.model)


def with_adapter(model: Any, adapter: Source) -> Any:
    """A loaded model with what its adapter learned worked into its weights, so that it is as fast as before.

    Raises:
        GeneratorError: peft is not installed, or the adapter was trained for another model.
        OSError, ValueError: there is no adapter.
    """
    try:
        from peft import PeftModel
    except ImportError as error:
        raise GeneratorError(
            f"the adapter {adapter} needs the package peft: install it, or work the adapter into its model with "
            "`python -m training merge` and name that folder"
        ) from error
    try:
        with peft_as_it_is():
            adapted = PeftModel.from_pretrained(model, adapter.name, revision=adapter.revision or None)
            return adapted.merge_and_unload()
    except RuntimeError as error:  # layers of other sizes
        reason = str(error).strip().partition("\n")[0]
        raise GeneratorError(
            f"the adapter {adapter} does not fit the model ({reason}); it was trained for another"
        ) from error


@contextmanager
def peft_as_it_is() -> Iterator[None]:
    """Keep to itself that peft asks transformers by a name that version 6 will not know: nobody here can change it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*is_gradient_checkpointing", category=FutureWarning)
        yield
