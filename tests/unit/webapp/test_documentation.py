"""docs/api.md lists what there is, and nothing else."""

import re
from pathlib import Path

from flask import Flask

from recommender.recommend import intake
from recommender.search.results import Relaxation
from webapp.params import search
from webapp.params.recommend import FIELDS

GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return GUIDE.split(f"## {title}\n")[1].split("\n## ")[0]


def first_column(text: str) -> list[str]:
    cells = re.findall(r"^\| (`[^|]*) \|", text, flags=re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_address_is_listed(app: Flask) -> None:
    listed = set(re.findall(r"^\| `((?:GET|POST) /api/v1/[^`]+)` \|", GUIDE, flags=re.MULTILINE))
    routes = {
        f"{'POST' if 'POST' in (rule.methods or ()) else 'GET'} {re.sub('<path:book_id>', '<id>', rule.rule)}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert listed == routes


def test_every_parameter_of_a_search_is_listed() -> None:
    assert first_column(section("Searching")) == [parameter.name for parameter in search.SEARCH]


def test_every_field_and_answer_of_a_question_is_listed() -> None:
    assert first_column(section("Recommending")) == [*FIELDS, *intake.FIELDS]
    for codes in intake.FIELDS.values():
        assert ", ".join(f"`{code}`" for code in codes) in GUIDE


def test_every_relaxation_is_named() -> None:
    assert ", ".join(f"`{relaxation}`" for relaxation in Relaxation) in GUIDE
