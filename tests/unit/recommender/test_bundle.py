import json
from pathlib import Path
from typing import Any

import pytest

from recommender.bundle import DEFAULT_BUNDLE, bundle_text, load_bundle
from recommender.engine.schema import load_schema
from recommender.errors import SettingsError


def written(folder: Path, **changes: Any) -> Path:
    content = json.loads(DEFAULT_BUNDLE.read_text(encoding="utf-8"))
    for place, value in changes.items():
        *parents, last = place.split("__")
        part = content
        for parent in parents:
            part = part[parent]
        if value is None:
            del part[last]
        else:
            part[last] = value
    path = folder / "bundle.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_shipped_bundle_weighs_fields_that_the_mapping_has() -> None:
    boosts = load_bundle().search.lexical.boosts

    assert set(boosts) <= set(load_schema("books").properties)
    assert all(boost > 0 for boost in boosts.values())


def test_a_changed_number_is_read(tmp_path: Path) -> None:
    assert load_bundle(written(tmp_path, search__fusion__rrf__rank_constant=60)).search.fusion.rrf.rank_constant == 60.0


def test_a_bundle_and_its_lineage_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    lineage = {"parent": "2026-11-20", "command": "tune", "metric": "nDCG@10", "data": ["표본: 40"], "seed": 7}
    bundle = load_bundle(written(tmp_path, version="2026-11-21", lineage=lineage))
    (tmp_path / "again.json").write_text(bundle_text(bundle), encoding="utf-8")

    assert bundle.lineage.data == ("표본: 40",)
    assert load_bundle(tmp_path / "again.json") == bundle


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"search__fusion__depht": 3},
            r"bundle.json, search, fusion: unknown parameter depht; known are method, depth",
        ),
        ({"search__fusion__depth": None}, r"search, fusion: the parameter depth is missing"),
        ({"search__fusion__depth": "many"}, r"search, fusion, depth: 'many' is no int"),
        ({"search__fusion__depth": True}, r"search, fusion, depth: True is no int"),
        ({"search__fusion__method": "borda"}, r"search, fusion, method: 'borda' is none of rrf, linear"),
        ({"search__lexical__boosts": {"title": "high"}}, r"boosts, title: 'high' is no float"),
        ({"lineage__data": "표본"}, r"lineage, data: '표본' should be a list of texts"),
        ({"recommend__method": "magic"}, r"recommend, method: 'magic' is none of staged, direct"),
        ({"recommend": []}, r"recommend: \[\] should be an object with method"),
    ],
)
def test_a_wrong_parameter_is_named(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_bundle(written(tmp_path, **changes))


def test_a_file_that_is_no_bundle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_text("{", encoding="utf-8")

    with pytest.raises(SettingsError, match=r"no readable bundle .* start from a copy of default.json"):
        load_bundle(path)
