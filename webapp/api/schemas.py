"""JSON Schema made from type annotations."""

from collections.abc import Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]

_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


class Schemas:
    """Collects the schemas of the typed dictionaries that it is asked for, and of all that they mention."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}

    def of(self, annotation: Any) -> Schema:
        """The schema of a type; a typed dictionary becomes a reference to its component.

        Raises:
            TypeError: a type that JSON has no schema for here.
        """
        if annotation in _PLAIN:
            return dict(_PLAIN[annotation])
        if is_typeddict(annotation):
            return self._reference(annotation)
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            return {"type": "string", "enum": [str(value) for value in annotation]}
        return self._generic(annotation)

    def _generic(self, annotation: Any) -> Schema:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return {**self.of(arguments[0]), "description": arguments[1]}
        if origin is list:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if origin in (Union, UnionType):
            return {"anyOf": [self.of(argument) for argument in arguments]}
        message = f"{annotation!r} has no JSON schema here; add its kind to webapp/api/schemas.py"
        raise TypeError(message)

    def _reference(self, shape: type) -> Schema:
        name = shape.__name__.removesuffix("Shape")
        if name not in self.components:
            self.components[name] = {}  # stands already, for a shape that mentions itself
            self.components[name] = self._object(shape)
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, shape: type) -> Schema:
        hints = get_type_hints(shape, include_extras=True)
        return {
            "type": "object",
            "description": (shape.__doc__ or "").strip(),
            "properties": {field: self.of(annotation) for field, annotation in hints.items()},
            "required": sorted(shape.__required_keys__, key=list(hints).index),  # type: ignore[attr-defined]
        }
