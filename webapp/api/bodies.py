"""The JSON Schema of what the endpoint takes in a body, made from the declared parameters."""

from typing import Any

from recommender.bundle import Method
from webapp.params import search
from webapp.params.edited import MAX_PARTS
from webapp.params.kinds import Parameter
from webapp.params.recommend import ANEW, CANDIDATES, INTAKE, QUESTION, READER_ID, SIZE, ReasonLanguage
from webapp.params.waiting import WAITING

METHOD: dict[str, Any] = {
    "type": "string",
    "enum": list(Method),
    "description": (
        "staged: what is known of the reader enriches the question that finds the books. direct: the bare question finds "
        "them, and the reader goes into the prompt alone. Without it, as the bundle says."
    ),
}

_ENTRY_ID = {
    "type": "string",
    "description": "As the answer gave it: term:위로, mood:calm, pages:-250, limit:without:만화.",
}

ENRICHED: dict[str, Any] = {
    "type": "object",
    "description": (
        "The answer's `enriched`, edited: what is no longer in `terms` and `traits` is not looked for, and entries of `terms` "
        "with only a `text` are added. Or `removed` alone, with what is to be taken out. The rest of the request stays as it "
        "was. An id that the question does not have any more changes nothing."
    ),
    "properties": {
        "text": {"type": "string", "description": "Not read: the question stands in `question`."},
        "terms": {
            "type": "array",
            "maxItems": MAX_PARTS,
            "items": {"type": "object", "properties": {"id": _ENTRY_ID, "text": {"type": "string"}}},
        },
        "traits": {
            "type": "array",
            "maxItems": MAX_PARTS,
            "items": {"type": "object", "properties": {"id": _ENTRY_ID}, "required": ["id"]},
        },
        "removed": {
            "type": "array",
            "maxItems": MAX_PARTS,
            "items": {"anyOf": [_ENTRY_ID, {"type": "object", "properties": {"id": _ENTRY_ID}, "required": ["id"]}]},
        },
        "read_books": {"type": "array", "items": {"type": "string"}, "description": "Not read."},
        "left_out": {"type": "integer", "description": "Not read."},
    },
    "additionalProperties": False,
    "examples": [
        {
            "text": "잠이 안 올 때 읽을 책",
            "terms": [{"id": "term:휴식", "text": "휴식", "source": "question"}, {"text": "바다"}],
            "traits": [{"id": "mood:calm", "kind": "mood", "value": "calm"}],
        },
        {"removed": ["pages:-250"]},
    ],
}


def recommendation_body() -> dict[str, Any]:
    """The schema of a question for recommendations."""
    language = {"type": "string", "enum": list(ReasonLanguage), "description": "Of the reasons."}
    return _object(
        _described(QUESTION),
        {"intake": _object(*(_described(answer) for answer in INTAKE))},
        _described(READER_ID),
        _described(SIZE),
        _described(CANDIDATES),
        {"method": METHOD},
        {"enriched": ENRICHED},
        {"filters": _object(*(_described(parameter) for parameter in search.FILTERS))},
        {"language": language},
        _described(ANEW),
        *(_described(parameter) for parameter in WAITING),
    )


def _described(parameter: Parameter) -> dict[str, Any]:
    return {parameter.name: {**parameter.schema(), "description": parameter.about}}


def _object(*properties: dict[str, Any]) -> dict[str, Any]:
    merged = {name: schema for each in properties for name, schema in each.items()}
    return {"type": "object", "properties": merged, "additionalProperties": False}
