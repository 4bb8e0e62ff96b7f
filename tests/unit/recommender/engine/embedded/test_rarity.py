from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.embedded.rarity import most_matches
from tests.unit.recommender.engine.embedded.shelf import BOOKS, fill

HESSE = {"terms": {"authors": ["헤르만 헤세"]}}
KIM_OR_HAN = {"terms": {"authors": ["김초엽", "한강"]}}
NOBODY = {"term": {"authors": "아무개"}}
OLD = {"range": {"year": {"lt": 1950}}}
ALL = len(BOOKS)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    opened = EmbeddedEngine(tmp_path)
    fill(opened)
    opened.refresh("books")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "most"),
    [
        (HESSE, 2),
        (KIM_OR_HAN, 3),  # one book has both authors: two books, told from three entries
        (NOBODY, 0),
        ({"ids": {"values": ["b-demian", "b-nowhere"]}}, 1),
        ({"constant_score": {"filter": HESSE}}, 2),
        ({"bool": {"filter": [OLD, HESSE]}}, 2),
        ({"bool": {"must": [HESSE], "filter": [NOBODY], "should": [KIM_OR_HAN]}}, 0),
        ({"bool": {"should": [HESSE, KIM_OR_HAN]}}, 5),
        ({"bool": {"should": [HESSE, OLD]}}, 2 + ALL),
        ({"bool": {"must_not": [HESSE]}}, ALL),
        ({"bool": {}}, ALL),
        (OLD, ALL),
        ({"term": {"available": True}}, ALL),
        ({"terms": {"authors": [f"저자 {number}" for number in range(100)]}}, ALL),
        ({"match": {"title": {"query": "데미안"}}}, ALL),
        ({"match_all": {}}, ALL),
    ],
)
def test_no_more_can_match(engine: EmbeddedEngine, query: dict[str, Any], most: int) -> None:
    assert most_matches(engine._index("books")._current(), query) == most
    assert engine.count("books", query) <= most
