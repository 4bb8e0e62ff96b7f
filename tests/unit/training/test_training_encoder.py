"""The command from files to weights, with a tiny teacher made here."""

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from recommender.encoding.static import StaticEncoder
from recommender.errors import InputError
from recommender.text.morphemes import Analyzer
from training.cli import main
from training.cli.encoder import changed_recipe
from training.encoder.corpus import SourceFiles
from training.encoder.recipe import Recipe

SMALL = [
    "dims=16", "english_pieces=120", "korean_keys=60", "syllables=30", "frequent_morphemes=20", "landmarks=40", "landmark_pool=200",
    "steps=60", "batch=16", "paraphrases=8", "judged=8",
]  # fmt: skip


@pytest.fixture
def teacher(tmp_path: Path) -> Path:
    """Write a small model with random weights whose pieces are the corpus's words and all letters."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizer

    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    words = [
        "a",
        "the",
        "man",
        "woman",
        "boy",
        "girl",
        "dog",
        "cat",
        "is",
        "reading",
        "book",
        "playing",
        "guitar",
        "running",
        "eating",
        "bread",
        "sleeping",
        "sea",
        "today",
    ]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters), *words]
    (tmp_path / "vocab.txt").write_text("\n".join(dict.fromkeys(pieces)), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(dict.fromkeys(pieces)),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    folder = tmp_path / "teacher"
    BertModel(config).save_pretrained(folder)
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(folder)
    return folder


def command(files: SourceFiles, teacher: Path, out: Path, *more: str) -> list[str]:
    return [
        "encoder",
        f"--judged-pairs={files.judged_pairs}",
        f"--pairs={files.pairs[0]}",
        f"--paraphrases={files.paraphrases}",
        f"--question-pairs={files.question_pairs}",
        f"--korean-text={files.korean_texts[0]}",
        f"--korean-titles={files.korean_titles[0]}",
        f"--english-titles={files.english_titles[0]}",
        f"--teacher={teacher}",
        f"--work={out.parent / f'work of {out.name}'}",
        f"--out={out}",
        *(f"--set={setting}" for setting in SMALL),
        *more,
    ]


def test_files_become_an_encoder_that_knows_both_languages(
    source_files: SourceFiles, teacher: Path, tmp_path: Path
) -> None:
    out = tmp_path / "weights"

    result = CliRunner().invoke(
        main,
        command(source_files, teacher, out, "--model-version=9", "--source=parallel.tsv: ours"),
        catch_exceptions=False,
    )

    assert result.exit_code == 0, result.output
    card = json.loads((out / "model_card.json").read_text(encoding="utf-8"))
    assert (card["version"], card["dims"], card["recipe"]["steps"]) == ("9", 16, 60)
    assert card["data"]["pairs"] == ["parallel.tsv"]
    assert card["sources"] == ["parallel.tsv: ours"]
    printed = dict(line.split(": ") for line in result.output.splitlines()[-6:] if ": " in line)
    assert float(printed["english to korean"]) == pytest.approx(card["held_out_figures"]["english_to_korean"], abs=1e-3)
    encoder = StaticEncoder(out, Analyzer())
    english = encoder.encode_queries(["the boy is sleeping", "a cat is eating bread"])
    korean = encoder.encode_documents(["그 소년은 자고 있다", "고양이가 빵을 먹고 있다"])
    likeness = english @ korean.T
    assert likeness.argmax(axis=1).tolist() == [0, 1]


def test_the_same_seed_gives_the_same_weights(source_files: SourceFiles, teacher: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        CliRunner().invoke(main, command(source_files, teacher, tmp_path / name), catch_exceptions=False)

    first, second = (np.load(tmp_path / name / "vectors.npy") for name in ("first", "second"))
    np.testing.assert_array_equal(first, second)


def test_a_training_that_was_killed_goes_on_to_the_same_weights(
    source_files: SourceFiles, teacher: Path, tmp_path: Path
) -> None:
    longer = "--set=steps=600"
    CliRunner().invoke(main, command(source_files, teacher, tmp_path / "whole", longer), catch_exceptions=False)
    killed = command(source_files, teacher, tmp_path / "killed", longer)

    training = subprocess.Popen([sys.executable, "-m", "training", *killed], stdout=subprocess.DEVNULL)
    while training.poll() is None and not list((tmp_path / "work of killed").glob("training-*.pt")):
        time.sleep(0.01)
    training.kill()
    training.wait()
    assert not (tmp_path / "killed").exists()
    result = CliRunner().invoke(main, killed, catch_exceptions=False)

    assert "training goes on after step " in result.output
    whole, resumed = (np.load(tmp_path / name / "vectors.npy") for name in ("whole", "killed"))
    np.testing.assert_array_equal(resumed, whole)
    assert not list((tmp_path / "work of killed").glob("training-*.pt"))


def test_a_missing_file_is_one_sentence(source_files: SourceFiles, teacher: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, command(source_files, teacher, tmp_path / "out", "--exclude=gone.txt"))

    assert result.exit_code == 1
    assert "Error: gone.txt: no such file" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("setting", "message"),
    [("stepps=5", "'stepps' is no number of the recipe"), ("steps=many", "'many' is not a number of the right kind")],
)
def test_a_wrong_number_of_the_recipe_is_named(setting: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        changed_recipe(7, [setting])


def test_numbers_of_the_recipe_can_be_changed() -> None:
    assert changed_recipe(3, ["steps=5", "row_rate=0.1"]) == Recipe(seed=3, steps=5, row_rate=0.1)
