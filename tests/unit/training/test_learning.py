"""A training that is stopped and goes on, on a corpus of a few sentences made here."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tests.unit.training.conftest import Heard
from training.checkpoint import Checkpoint
from training.encoder import learning
from training.encoder.features import Matrix, pooled
from training.encoder.learning import Examples, Rows, learn
from training.encoder.model import StartingPoint
from training.encoder.recipe import Recipe
from training.encoder.teacher import unit

RECIPE = Recipe(dims=16, steps=300, row_rate=0.05, batch=16, english_alone=4, paraphrases=4, judged=4)
N_PIECES, N_MORPHEMES, N_TEXTS = 12, 12, 24


@pytest.fixture
def examples() -> Examples:
    """Make pairs in which word i of one language stands for word i of the other."""
    chance = np.random.default_rng(4)
    words = chance.permutation(list(combinations(range(N_PIECES), 3)))[:N_TEXTS]
    meanings = unit(chance.normal(size=(N_PIECES, RECIPE.dims)).astype(np.float32))
    english: list[Rows] = [np.asarray(text, np.int64) for text in words]
    korean: list[Rows] = [text + N_PIECES for text in english]
    teacher = unit(np.stack([meanings[text].sum(axis=0) for text in words]))
    return Examples(
        english=english,
        korean=korean,
        teacher=teacher,
        alone=english[:6],
        alone_teacher=teacher[:6],
        paraphrases=[[text, text[:2]] for text in korean[:8]],
        judged=[(english[i], korean[i], english[i + 1], korean[i + 1]) for i in range(8)],
        judged_scores=np.arange(8, dtype=np.float32),
        cuts={N_PIECES: np.array([N_PIECES + 1, N_PIECES + 2])},
    )


@pytest.fixture
def start() -> StartingPoint:
    chance = np.random.default_rng(5)

    def drawn(*shape: int) -> Matrix:
        return chance.normal(size=shape).astype(np.float32)

    return StartingPoint(
        english=drawn(N_PIECES, RECIPE.dims),
        korean=drawn(N_MORPHEMES, 2 * RECIPE.dims),
        korean_map=drawn(2 * RECIPE.dims, RECIPE.dims),
        log_weights=np.zeros(N_PIECES + N_MORPHEMES, np.float32),
    )


class StoppedAt:
    """Progress under which somebody presses Ctrl-C at one step."""

    def __init__(self, step: int) -> None:
        self.step = step

    def say(self, line: str) -> None:
        """Nobody listens."""

    def show(self, phase: str, done: int, total: int) -> None:  # noqa: ARG002 - as any progress is told
        if done == self.step:
            raise KeyboardInterrupt


@pytest.mark.parametrize("averaged_share", [0.1, 0.4])  # the weights are not yet averaged when it stops, or they are
def test_a_stopped_training_goes_on_to_the_same_weights(
    start: StartingPoint, examples: Examples, tmp_path: Path, averaged_share: float
) -> None:
    recipe = replace(RECIPE, averaged_share=averaged_share)
    undisturbed = learn(start, examples, recipe, checkpoint=Checkpoint(tmp_path / "a.pt"), progress=Heard())
    checkpoint, heard = Checkpoint(tmp_path / "b.pt"), Heard()

    with pytest.raises(KeyboardInterrupt):
        learn(start, examples, recipe, checkpoint=checkpoint, progress=StoppedAt(260))
    resumed = learn(start, examples, recipe, checkpoint=checkpoint, progress=heard)

    assert heard.said[0] == "training goes on after step 250"
    assert heard.shown[0] == ("training", 250, 300)
    np.testing.assert_array_equal(resumed, undisturbed)


def test_translations_come_together(start: StartingPoint, examples: Examples, tmp_path: Path) -> None:
    table = learn(start, examples, RECIPE, checkpoint=Checkpoint(tmp_path / "c.pt"), progress=Heard())

    likeness = pooled(examples.english, table) @ pooled(examples.korean, table).T
    assert likeness.argmax(axis=1).tolist() == list(range(N_TEXTS))


def test_the_last_part_of_the_training_is_averaged(
    start: StartingPoint, examples: Examples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Matrix] = []
    add = learning.Trainer._add_to_average

    def watched(trainer: learning.Trainer) -> None:
        seen.append(trainer._model.table().numpy().copy())
        add(trainer)

    monkeypatch.setattr(learning.Trainer, "_add_to_average", watched)
    recipe = replace(RECIPE, steps=100, averaged_share=0.6)
    table = learn(start, examples, recipe, checkpoint=Checkpoint(tmp_path / "d.pt"), progress=Heard())

    assert len(seen) == 3
    np.testing.assert_allclose(table, np.mean(seen, axis=0), rtol=1e-4, atol=1e-6)


def test_another_corpus_is_another_training(start: StartingPoint, examples: Examples) -> None:
    moved = replace(examples, english=[*examples.english[1:], examples.english[0]])
    joined = replace(examples, english=[np.concatenate(examples.english[:2]), *examples.english[2:]])

    digests = {examples.digest(), moved.digest(), joined.digest()}
    assert len(digests | {replace(examples, cuts={}).digest()}) == 4
    assert start.digest() != replace(start, log_weights=start.log_weights + 1).digest()
