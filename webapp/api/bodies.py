"""The JSON Schema of what the endpoint takes in a body, made from the declared parameters."""

from typing import Any

from webapp.params import search
from webapp.params.kinds import Parameter
from webapp.params.recommend import CANDIDATES, INTAKE, QUESTION, READER_ID, SIZE, ReasonLanguage


def recommendation_body() -> dict[str, Any]:
    """The schema of a question for recommendations."""
    language = {"type": "string", "enum": list(ReasonLanguage), "description": "Of the reasons."}
    return _object(
        _described(QUESTION),
        {"intake": _object(*(_described(answer) for answer in INTAKE))},
        _described(READER_ID),
        _described(SIZE),
        _described(CANDIDATES),
        {"filters": _object(*(_described(parameter) for parameter in search.FILTERS))},
        {"language": language},
    )


def _described(parameter: Parameter) -> dict[str, Any]:
    return {parameter.name: {**parameter.schema(), "description": parameter.about}}


def _object(*properties: dict[str, Any]) -> dict[str, Any]:
    merged = {name: schema for each in properties for name, schema in each.items()}
    return {"type": "object", "properties": merged, "additionalProperties": False}
