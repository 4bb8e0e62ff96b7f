"""An answer of the real endpoint, accepted by a librarian, becomes a pair that is asked as the product asks."""

import json
from pathlib import Path

from click.testing import CliRunner

from recommender.generation.base import COMPOSED
from recommender.library import open_library
from recommender.settings import Settings
from tests.small_library import SmallLibrary
from training.cli import main
from training.lora.pairs import read_pairs
from webapp.application import create_app


def test_an_accepted_answer_of_the_endpoint_is_exported(tmp_path: Path) -> None:
    data = tmp_path / "data"
    library = open_library(Settings(data_dir=data, generator=COMPOSED, cache="off"))
    SmallLibrary(library.engine, library.analyzer)
    client = create_app(library).test_client()
    answer = client.post("/api/v1/recommendations", json={"question": "마음이 지쳐서 위로가 필요해요"}).get_json()
    library.close()
    first, *others = answer["recommendations"]
    first["accepted"] = True
    (tmp_path / "answers.jsonl").write_text(json.dumps(answer, ensure_ascii=False) + "\n", encoding="utf-8")

    result = CliRunner(env={"SEOGA_DATA_DIR": str(data)}).invoke(
        main, ["export", str(tmp_path / "answers.jsonl"), f"--out={tmp_path / 'pairs.jsonl'}"], catch_exceptions=False
    )

    assert result.output.splitlines() == [
        f"1 pairs in {tmp_path / 'pairs.jsonl'}",
        f"{len(others)} problems in {tmp_path / 'pairs.problems.csv'}",
    ]
    (example,) = read_pairs(tmp_path / "pairs.jsonl").examples
    assert example.book.id == first["book"]["id"]
    assert example.book.description
    assert first["reasons"]["why"].startswith(example.why[:20])
    assert first["reasons"]["help"].startswith(example.help[:20])
    assert [term.text for term in example.enriched.terms] == [term["text"] for term in answer["enriched"]["terms"]]
    assert example.facts
