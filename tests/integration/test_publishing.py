"""Publishing as its own command does it, with the real client, to a hub on localhost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tests import tiny_models
from tests.fake_hub import Hub, running_hub
from training.lora.card import write_facts
from training.lora.learning import Plan
from training.lora.recipe import Recipe
from training.lora.running import Outcome
from training.lora.writing import Shares

OUTCOME = Outcome(
    model="Qwen/Qwen3-0.6B@c1899de", trained=9_216, targets=("q_proj",), plan=Plan(3e-4, 8), epochs=1.5,
    untrained_loss=3.2, train_loss=1.9, held_out_loss=2.1, search_seconds=60.0, train_seconds=120.0, peak_bytes=1 << 30,
    before=Shares(40, 0.5, 0.4, 0.45), after=Shares(40, 0.95, 0.9, 0.93),
)  # fmt: skip
FACTS = {
    "model": OUTCOME.model, "prompt": "v1", "languages": ["ko"], "pairs": 279, "held_out": 51,
    "recipe": asdict(Recipe()), "outcome": asdict(OUTCOME),
}  # fmt: skip


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub() as hub:
        yield hub


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    tiny_models.save_llama(tmp_path / "model")
    tiny_models.save_adapter(tmp_path / "model", tmp_path / "adapter")
    write_facts(tmp_path / "adapter", FACTS)
    return tmp_path / "adapter"


def publish(hub: Hub, folder: Path, *more: str, token: str = "hf_right") -> "subprocess.CompletedProcess[str]":  # noqa: S107
    """Run the command in a process of its own: the client reads the hub's address when it is loaded."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    environment |= {"HF_ENDPOINT": hub.url, "HF_HOME": str(folder.parent / "home"), "HF_HUB_DISABLE_XET": "1"}
    environment |= {"HF_TOKEN": token} if token else {}
    command = [
        sys.executable,
        "-m",
        "training",
        "publish",
        str(folder),
        "our-library/librarian",
        "--licence=apache-2.0",
    ]
    command += ["--data=Texts of our librarians, CC0", *more]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def test_an_adapter_is_published_with_its_card_and_the_commit_to_pin(hub: Hub, adapter: Path) -> None:
    done = publish(hub, adapter, "--yes")

    assert done.returncode == 0, done.stdout + done.stderr
    repository = hub.repositories["our-library/librarian"]
    (commit,) = repository.commits
    assert repository.private
    assert done.stdout.splitlines() == [
        f"our-library/librarian at commit {commit}",
        f"SEOGA_GENERATOR=transformers:Qwen/Qwen3-0.6B@c1899de+our-library/librarian@{commit}",
    ]
    assert repository.files["adapter_model.safetensors"] == (adapter / "adapter_model.safetensors").read_bytes()
    card = repository.files["README.md"].decode()
    assert card.startswith('---\nlicense: "apache-2.0"\nbase_model: "Qwen/Qwen3-0.6B"\nlibrary_name: "peft"\n')
    assert "Texts of our librarians, CC0" in card
    assert "| texts: nothing unsupported | 0.40 before, 0.90 after |" in card


def test_no_folder_of_this_machine_is_published(hub: Hub, adapter: Path) -> None:
    publish(hub, adapter, "--yes", "--public")

    repository = hub.repositories["our-library/librarian"]
    config = json.loads(repository.files["adapter_config.json"])
    assert not repository.private
    assert (config["base_model_name_or_path"], config["revision"]) == ("Qwen/Qwen3-0.6B", "c1899de")
    assert not [name for name, content in repository.files.items() if str(adapter.parent).encode() in content]


def test_nothing_is_published_that_was_not_agreed_to(hub: Hub, adapter: Path) -> None:
    done = publish(hub, adapter)

    assert done.returncode == 1
    assert "May that be handed on?" in done.stdout
    assert hub.asked == []


@pytest.mark.parametrize(
    ("token", "message"),
    [("", "there is no token of a hub account; set HF_TOKEN"), ("hf_wrong", "the hub did not take it")],
)
def test_without_the_right_token_the_next_step_is_told(token: str, message: str, hub: Hub, adapter: Path) -> None:
    done = publish(hub, adapter, "--yes", token=token)

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_adapter_of_a_folder_needs_its_models_name(hub: Hub, adapter: Path) -> None:
    write_facts(adapter, FACTS | {"model": str(adapter.parent / "model")})

    refused = publish(hub, adapter, "--yes")
    done = publish(hub, adapter, "--yes", "--base=Qwen/Qwen3-0.6B@c1899de")

    assert "name it on the hub by --base" in refused.stderr
    assert done.returncode == 0


def test_a_folder_of_anything_else_is_refused(hub: Hub, tmp_path: Path) -> None:
    done = publish(hub, tmp_path, "--yes")

    assert done.returncode == 1
    assert "holds no training.json; name the folder of an adapter" in done.stderr
