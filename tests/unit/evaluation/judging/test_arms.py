from pathlib import Path

import pytest

from evaluation.judging.arms import Arm, read_arm, read_arms
from recommender.bundle import Method
from recommender.errors import InputError


def test_an_arm_is_what_is_typed() -> None:
    text = "method=direct, num_candidates=10,size=5,bundle=tuned.json,generator=transformers:models/qwen"

    assert read_arm("b", text) == Arm("b", Method.DIRECT, 10, 5, Path("tuned.json"), "transformers:models/qwen")
    assert read_arm("server", "generator=openai,openai_url=http://127.0.0.1:8080/v1,openai_model=tiny") == Arm(
        "server", generator="openai", openai_url="http://127.0.0.1:8080/v1", openai_model="tiny"
    )
    assert read_arm("a", "") == Arm("a")  # the product as it is set up


def test_arms_are_in_the_order_of_the_command_line() -> None:
    arms = read_arms({"a": "method=staged", "b": None}, ["wide=method=staged,num_candidates=50", "as it is="])

    assert [(arm.name, arm.num_candidates) for arm in arms] == [("a", None), ("wide", 50), ("as it is", None)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("methd=direct", 'a: there is no setting "methd"; did you mean method?'),
        ("method", 'a: "method" is no setting; write setting=value with one of method, num_candidates'),
        ("method=", 'a: "method=" is no setting'),
        ("colour=red", 'a: "colour=red" is no setting'),
        ("method=magic", 'a: method "magic" is not known; choose staged or direct'),
        ("num_candidates=51", 'a: num_candidates "51" does not fit; write a whole number from 1 to 50'),
        ("size=none", 'a: size "none" does not fit; write a whole number from 1 to 10'),
        ("method=direct,method=staged", 'a: method is set twice, to "direct" and "staged"; keep one'),
    ],
)
def test_a_setting_that_does_not_fit_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_arm("a", text)
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    ("letters", "named", "said"),
    [
        ({"a": None, "b": None}, [], "there is nothing to compare"),
        ({"a": "", "b": None}, ["a=size=3"], 'two arms are named "a"'),
        ({"a": "", "b": None}, ["method=direct"], "write a name before the settings: --arm wide=method=staged"),
        ({"a": "", "b": None}, ["wide"], "write a name before the settings"),
    ],
)
def test_arms_need_names_of_their_own(letters: dict[str, str | None], named: list[str], said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_arms(letters, named)
    assert said in str(raised.value)
