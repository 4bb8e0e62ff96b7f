from typing import Any

import pytest

from recommender.engine.elasticsearch.failures import from_response, without_credentials
from recommender.errors import (
    EngineError,
    EngineForbiddenError,
    EngineUnavailableError,
    IndexExistsError,
    IndexMissingError,
    UnsupportedClauseError,
)

URL = "http://search.library.example:9200"


@pytest.mark.parametrize(
    ("status", "details", "kind", "message"),
    [
        (
            404,
            {"type": "index_not_found_exception", "reason": "no such index [seoga-books]", "index": "seoga-books"},
            IndexMissingError,
            f"index seoga-books: there is none at {URL}; load something first (`python -m indexer --help`)",
        ),
        (
            400,
            {"type": "resource_already_exists_exception", "reason": "index [seoga-books/u1] already exists"},
            IndexExistsError,
            f"Elasticsearch at {URL}: index [seoga-books/u1] already exists; choose another name, or drop what is there",
        ),
        (
            429,
            {"type": "es_rejected_execution_exception", "reason": "rejected execution"},
            EngineUnavailableError,
            f"Elasticsearch at {URL} is overloaded or not ready (429: rejected execution); try again later",
        ),
        (
            401,
            {"type": "security_exception", "reason": "missing authentication credentials"},
            EngineForbiddenError,
            (
                f"Elasticsearch at {URL} refuses the credentials; set SEOGA_ELASTICSEARCH_API_KEY, or "
                "SEOGA_ELASTICSEARCH_USERNAME and _PASSWORD (missing authentication credentials)"
            ),
        ),
        (
            403,
            {"type": "security_exception", "reason": "action [indices:data/write/bulk] is unauthorized"},
            EngineForbiddenError,
            (
                f"Elasticsearch at {URL} does not permit this; give the user or key the privileges listed in docs/engines.md "
                "(action [indices:data/write/bulk] is unauthorized)"
            ),
        ),
        (
            400,
            {
                "type": "search_phase_execution_exception",
                "reason": "all shards failed",
                "root_cause": [{"reason": "no [x]"}],
            },
            UnsupportedClauseError,
            f"Elasticsearch at {URL} refuses the request: all shards failed: no [x]",
        ),
        (
            500,
            {"reason": "null_pointer_exception"},
            EngineError,
            f"Elasticsearch at {URL} answers 500: null_pointer_exception; is it of version 9?",
        ),
    ],
)
def test_from_response(status: int, details: dict[str, Any], kind: type[EngineError], message: str) -> None:
    error = from_response(status, details, URL)

    assert type(error) is kind
    assert str(error) == message


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200"),
        ("https://elastic:비밀@search.library.example:9200/es", "https://search.library.example:9200/es"),
        ("https://key@search.library.example", "https://search.library.example"),
    ],
)
def test_without_credentials(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
