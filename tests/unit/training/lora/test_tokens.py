"""The prompt is learned from as the product asks it, and loss is taken of the answer alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from transformers import AutoTokenizer

from recommender.bundle import Method, load_bundle
from recommender.errors import GeneratorError
from recommender.generation.chat import chat_text
from recommender.recommend.profile import profile_lines
from recommender.recommend.prompting import Prompts
from recommender.recommend.reader import ReaderContext
from tests import tiny_models
from tests.unit.training.lora.examples import some_examples
from training.lora.tokens import IGNORED, Sample, batch_of, in_order, parts_of, samples_of
from training.lora.values import Part

VERSION = load_bundle().recommend.generation.prompt
EXAMPLE = some_examples(1)[0]


@pytest.fixture(scope="module", params=["llama with a chat template", "gpt2 without"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    tiny_models.ARCHITECTURES[request.param](folder)
    return folder


def test_a_sample_is_the_products_prompt_and_the_answer_to_its_end(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    known = profile_lines(EXAMPLE.enriched, ReaderContext(), method=Method.STAGED, language="ko")
    prompts = Prompts(VERSION, "ko", known)
    asked = prompts.help(EXAMPLE.enriched, EXAMPLE.book, EXAMPLE.facts)

    samples, found = samples_of([EXAMPLE], tokenizer, VERSION, max_tokens=8_000)

    why, help_ = samples
    assert found.problems == []
    assert tokenizer.decode(help_.prompt) == chat_text(tokenizer, asked)
    assert tokenizer.decode(help_.answer) == f"{EXAMPLE.help}{tokenizer.eos_token}"
    assert tokenizer.decode(why.answer[:-1]) == EXAMPLE.why


def test_a_text_that_is_too_long_is_told(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    wordy = replace(EXAMPLE, why="고요합니다. " * 500)

    samples, found = samples_of([wordy], tokenizer, VERSION, max_tokens=4_000)

    assert len(samples) == 1
    (problem,) = found.problems
    assert problem.field == Part.WHY
    assert "at most 4000 are learned; raise --set max_tokens" in problem.sentence()


def test_a_model_that_could_never_stop_is_refused(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.eos_token = None

    with pytest.raises(GeneratorError, match="no end-of-sequence token"):
        samples_of([EXAMPLE], tokenizer, VERSION, max_tokens=4_000)


def test_samples_are_padded_on_the_left_and_prompts_have_no_label() -> None:
    batch = batch_of([Sample((5, 6, 7), (8, 9)), Sample((4,), (3,))], padding=0)

    assert batch.ids.tolist() == [[5, 6, 7, 8, 9], [0, 0, 0, 4, 3]]
    assert batch.mask.tolist() == [[1, 1, 1, 1, 1], [0, 0, 0, 1, 1]]
    assert batch.positions.tolist() == [[0, 1, 2, 3, 4], [0, 0, 0, 0, 1]]
    assert batch.labels.tolist() == [[8, 9], [IGNORED, 3]]


def test_every_epoch_has_an_order_of_its_own_that_the_seed_repeats() -> None:
    first, second = (in_order(20, seed=7, epoch=epoch) for epoch in range(2))

    assert sorted(first) == sorted(second) == list(range(20))
    assert first != second
    assert first == in_order(20, seed=7, epoch=0)


def test_parts_hold_texts_of_like_length() -> None:
    samples = [Sample((1,) * length, (2,)) for length in (9, 1, 8, 2, 5)]

    assert [[sample.length for sample in part] for part in parts_of(samples, 2)] == [[2, 3], [6, 9], [10]]
