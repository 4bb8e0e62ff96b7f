"""A real, tiny model trained: the loss falls, the adapter alone changes, and a stopped training ends with the same weights."""

from pathlib import Path
from typing import Any

import pytest
import torch

from recommender.bundle import load_bundle
from recommender.generation.weights import Source
from tests import tiny_models
from tests.unit.training.lora.examples import some_examples
from training.checkpoint import Checkpoint
from training.lora.learning import Material, Plan, Trainer, held_out_loss
from training.lora.model import Adapted, load_adapted
from training.lora.recipe import Recipe
from training.lora.tokens import batch_of, samples_of

RECIPE = Recipe(rank=4, epochs=2, measured_per_epoch=2, texts_at_once=2, max_tokens=4_000)
PLAN = Plan(rate=0.02, batch=4)
TARGETS = {
    "llama with a chat template": ("down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"),
    "gpt2 without": ("c_attn", "c_fc", "c_proj"),
}

Case = tuple[Adapted, Material, str]


@pytest.fixture(scope="module", params=TARGETS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("model")
    tiny_models.ARCHITECTURES[request.param](folder)
    adapted = load_adapted(Source(str(folder)), RECIPE, dtype="float32")
    version = load_bundle().recommend.generation.prompt
    samples, _ = samples_of(some_examples(4), adapted.tokenizer, version, max_tokens=RECIPE.max_tokens)
    return adapted, Material(samples[:10], samples[10:14]), request.param


@pytest.fixture(scope="module")
def untrained(case: Case) -> dict[str, torch.Tensor]:
    return case[0].weights()


def trainer(
    case: Case, untrained: dict[str, torch.Tensor], path: Path, tell: Any = lambda _done, _total: None
) -> Trainer:
    adapted, material, _ = case
    return Trainer(adapted, untrained, material, PLAN, RECIPE, checkpoint=Checkpoint(path), tell=tell)


def test_attention_and_feed_forward_layers_get_an_adapter(case: Case) -> None:
    adapted, _, architecture = case

    assert adapted.targets == TARGETS[architecture]
    assert all("lora_" in name for name in adapted.weights())
    assert adapted.trained < 0.5 * sum(weight.numel() for weight in adapted.model.parameters())


def test_the_loss_is_that_of_the_answers_alone(case: Case) -> None:
    adapted, material, _ = case
    adapted.model.eval()
    sample = material.held_out[0]
    with torch.inference_mode():
        ids = torch.tensor([[*sample.prompt, *sample.answer]])
        said = adapted.model(ids).logits[0].log_softmax(-1)
        places = range(len(sample.prompt) - 1, sample.length - 1)
        wanted = -sum(float(said[place, ids[0, place + 1]]) for place in places)
        batch = batch_of([sample, material.held_out[1]], padding=adapted.padding)
        alone = float(adapted.loss(batch_of([sample], padding=adapted.padding)))
        other = float(adapted.loss(batch_of([material.held_out[1]], padding=adapted.padding)))

        assert alone == pytest.approx(wanted, rel=1e-4)
        assert float(adapted.loss(batch)) == pytest.approx(alone + other, rel=1e-4)  # padding changes nothing


def test_a_training_that_was_stopped_again_and_again_ends_with_the_same_weights(
    case: Case, untrained: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    whole = trainer(case, untrained, tmp_path / "whole.pt")
    whole.advance(99)
    wanted = whole.best_weights()

    class Stopped(Exception):  # noqa: N818 (as a Ctrl-C, no error)
        pass

    def stop(done: int, _total: int) -> None:
        if done == 14:  # between two measurements
            raise Stopped

    for measurements in (1, 2):
        trainer(case, untrained, tmp_path / "stopped.pt").advance(measurements)
    with pytest.raises(Stopped):
        trainer(case, untrained, tmp_path / "stopped.pt", stop).advance(99)
    resumed = trainer(case, untrained, tmp_path / "stopped.pt")
    resumed.advance(99)

    assert [(each.seen, each.held_out_loss) for each in resumed.measured] == [
        (each.seen, each.held_out_loss) for each in whole.measured
    ]
    assert all(torch.equal(weight, wanted[name]) for name, weight in resumed.best_weights().items())
    assert whole.is_finished
    assert whole.best.held_out_loss < whole.measured[0].held_out_loss - 0.05


def test_the_best_weights_are_those_of_the_best_measurement(
    case: Case, untrained: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    adapted, material, _ = case
    training = trainer(case, untrained, tmp_path / "state.pt")
    training.advance(99)

    adapted.take(training.best_weights())

    assert held_out_loss(adapted, material.held_out, RECIPE) == pytest.approx(training.best.held_out_loss, abs=1e-6)


def test_an_untrained_adapter_changes_nothing(case: Case, untrained: dict[str, torch.Tensor]) -> None:
    adapted, material, _ = case
    adapted.take(untrained)
    with adapted.model.disable_adapter():
        bare = held_out_loss(adapted, material.held_out, RECIPE)

    assert held_out_loss(adapted, material.held_out, RECIPE) == pytest.approx(bare, abs=1e-6)
