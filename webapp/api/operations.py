"""What an address takes and answers, declared beside the view that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from webapp.params.kinds import Parameter

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "__operation__"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    summary: str
    answers: type | None  # a TypedDict of `webapp.api.shapes`; None: any JSON object
    parameters: tuple[Parameter, ...] = ()
    body: Mapping[str, Any] | None = None  # JSON Schema of the request's body
    events: Mapping[str, type] = field(default_factory=dict)  # name → data, where it can answer with events
    problems: tuple[int, ...] = (400, 413, 503)


def operation(declared: Operation) -> Callable[[View], View]:
    """Attach a declaration to its view."""

    def attach(view: View) -> View:
        setattr(view, _ATTRIBUTE, declared)
        return view

    return attach


def operation_of(view: Callable[..., Any]) -> Operation | None:
    """The declaration of a view."""
    declared: Operation | None = getattr(view, _ATTRIBUTE, None)
    return declared
