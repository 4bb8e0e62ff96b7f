"""From pairs to an adapter that the product writes with: the real commands, real tiny models of two architectures."""

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file

from recommender.generation.base import Prompt, WritingTask
from recommender.generation.transformers import TransformersGenerator
from tests import tiny_models
from tests.unit.training.lora.examples import some_examples
from training.cli import main
from training.lora.pairs import read_pairs, write_pairs

TASK = WritingTask(Prompt("당신은 사서입니다.", "숲의 시간을 왜 추천하나요?"), fallback="-")
QUICK = [
    "--rate=0.02", "--batch=4", "--set=rank=4", "--set=epochs=1", "--set=measured_per_epoch=2", "--set=max_tokens=4000",
    "--texts=1", "--dtype=float32", "--threads=1",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two models and a file of pairs."""
    folder = tmp_path_factory.mktemp("fine-tuning")
    tiny_models.save_llama(folder / "llama")
    tiny_models.save_gpt2(folder / "gpt2")
    write_pairs(folder / "pairs.jsonl", some_examples(6))
    return folder


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    """What one call for both models prints, with two rates tried for each."""
    result = CliRunner().invoke(
        main,
        ["lora", f"--model={folder / 'llama'}", f"--model={folder / 'gpt2'}", f"--pairs={folder / 'pairs.jsonl'}",
         f"--out={folder / 'out'}", "--rate=0.005", f"--judge=transformers:{folder / 'llama'}", *QUICK],
        catch_exceptions=False,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return result.output


def test_pairs_come_back_as_they_were_written(folder: Path) -> None:
    found = read_pairs(folder / "pairs.jsonl")

    assert found.problems == []
    assert [(each.enriched, each.book, each.why, each.shelf) for each in found.examples] == [
        (each.enriched, each.book, each.why, each.shelf) for each in some_examples(6)
    ]


def test_one_table_tells_of_all_models(printed: str, folder: Path) -> None:
    lines = printed.splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("model "))
    outcomes = json.loads((folder / "out" / "outcomes.json").read_text(encoding="utf-8"))

    assert [line.split()[0] for line in lines[head + 1 : head + 3]] == ["llama", "gpt2"]
    assert all(name in lines[head] for name in ("train loss", "eval loss before", "peak MB", "grounded", "fitness"))
    assert all(" → – " not in line and "(1)" in line for line in lines[head + 1 : head + 3])  # judged before and after
    for outcome in outcomes:
        assert outcome["held_out_loss"] < outcome["untrained_loss"]
        assert outcome["peak_bytes"] > 0
        assert outcome["before"]["texts"] == outcome["after"]["texts"] == 2


def test_losses_are_drawn_and_written_down(printed: str, folder: Path) -> None:
    assert "losses.png" in printed
    assert (folder / "out" / "losses.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (folder / "out" / "losses.svg").read_text(encoding="utf-8")
    with (folder / "out" / "gpt2" / "history.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {(row["rate"], row["chosen"]) for row in rows} in (
        {("0.005", "1"), ("0.02", "0")},
        {("0.005", "0"), ("0.02", "1")},
    )


def test_a_finished_training_is_not_done_again(printed: str, folder: Path) -> None:
    before = (folder / "out" / "llama" / "adapter" / "adapter_model.safetensors").stat().st_mtime_ns

    again = CliRunner().invoke(
        main,
        ["lora", f"--model={folder / 'llama'}", f"--model={folder / 'gpt2'}", f"--pairs={folder / 'pairs.jsonl'}",
         f"--out={folder / 'out'}", "--rate=0.005", *QUICK],
        catch_exceptions=False,
    )  # fmt: skip

    assert again.output.splitlines()[-7:] == printed.splitlines()[-7:]
    assert (folder / "out" / "llama" / "adapter" / "adapter_model.safetensors").stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["llama", "gpt2"])
def test_the_adapter_writes_in_the_product_and_as_a_merged_model(name: str, printed: str, folder: Path) -> None:
    adapter, merged = folder / "out" / name / "adapter", folder / "merged" / name
    assert f"SEOGA_GENERATOR=transformers:{folder / name}+{adapter}" in printed

    result = CliRunner().invoke(main, ["merge", str(folder / name), str(adapter), str(merged)], catch_exceptions=False)

    assert f"SEOGA_GENERATOR=transformers:{merged}" in result.output
    settings = (str(folder / name), f"{folder / name}+{adapter}", str(merged))
    plain, adapted, alone = (
        TransformersGenerator(setting).write([TASK], max_tokens=16, temperature=0.0)[0].text for setting in settings
    )
    assert adapted == alone
    assert adapted != plain


def test_a_folder_with_something_in_it_is_not_written_over(printed: str, folder: Path) -> None:
    adapter = folder / "out" / "llama" / "adapter"

    result = CliRunner().invoke(main, ["merge", str(folder / "llama"), str(adapter), str(folder)])

    assert result.exit_code == 1
    assert "there is something in this folder; name a new one" in result.output
    assert printed


def test_a_training_that_was_killed_ends_with_the_same_weights(folder: Path) -> None:
    def command(out: str) -> list[str]:
        model = f"--model={folder / 'llama'}"
        return ["lora", model, f"--pairs={folder / 'pairs.jsonl'}", f"--out={folder / out}", "--rate=0.005", *QUICK]

    CliRunner().invoke(main, command("whole"), catch_exceptions=False)
    training = subprocess.Popen(
        [sys.executable, "-m", "training", *command("killed")], stdout=subprocess.DEVNULL, env=dict(os.environ)
    )
    while training.poll() is None and not list((folder / "killed").glob("llama/work-*/*.pt")):
        time.sleep(0.01)
    training.kill()
    training.wait()
    assert not (folder / "killed" / "llama" / "adapter").exists()
    CliRunner().invoke(main, command("killed"), catch_exceptions=False)

    whole, killed = (
        load_file(folder / out / "llama" / "adapter" / "adapter_model.safetensors") for out in ("whole", "killed")
    )
    assert whole.keys() == killed.keys()
    assert all(torch.equal(weight, killed[name]) for name, weight in whole.items())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--pairs=gone.jsonl"], "gone.jsonl: no such file"),
        (["--set=epoch=2"], "--set epoch=2: 'epoch' is no number of the recipe; choose alpha, clipped"),
        (["--set=epochs=two"], "'two' is not a number of the right kind"),
        (["--set=epochs=0"], "epochs 0: has to be more than 0"),
        (["--rate=0"], "rates (0.0,): has to be more than 0"),
        (["--set=max_tokens=20", "--dtype=float32"], "no text fits; the first reason: pairs.jsonl, row 1: why"),
        (["--model={folder}/gone"], "the model cannot be loaded"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: list[str], message: str, folder: Path) -> None:
    told = [argument.replace("{folder}", str(folder)) for argument in arguments]
    model = [] if any(argument.startswith("--model") for argument in told) else [f"--model={folder / 'llama'}"]

    result = CliRunner().invoke(
        main, ["lora", *model, f"--pairs={folder / 'pairs.jsonl'}", f"--out={folder / 'wrong'}", "--texts=1", *told]
    )

    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output
