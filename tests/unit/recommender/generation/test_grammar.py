import random

import pytest

from recommender.generation.grammar import NumberGrammar

# Digits as a model writes them: 1 to 9 are one token each, 10 to 12 two.
DIGITS = {number: tuple(10 + int(digit) for digit in str(number)) for number in range(1, 13)}
COMMA, END = 50, 99


def grammar(size: int = 3, candidates: int = 12) -> NumberGrammar:
    labels = {number: DIGITS[number] for number in range(1, candidates + 1)}
    return NumberGrammar(labels, separator=COMMA, end=END, size=size)


@pytest.mark.parametrize(
    ("generated", "allowed"),
    [
        ((), [11, 12, 13, 14, 15, 16, 17, 18, 19]),  # any first digit; no number begins with 0
        ((11,), [10, 11, 12, COMMA]),  # 1 is complete, and 10, 11 and 12 go on from it
        ((12,), [COMMA]),
        ((11, COMMA), [11, 12, 13, 14, 15, 16, 17, 18, 19]),  # 1 is taken; 10 to 12 still begin with it
        ((11, COMMA, 11), [10, 11, 12]),  # a second 1 is not complete
        ((11, 10, COMMA, 13, COMMA, 12), [END]),  # the third number ends the answer
        ((11, 10, COMMA, 13, COMMA, 11), [11, 12, END]),
    ],
)
def test_only_what_leads_to_a_new_candidate_may_follow(generated: tuple[int, ...], allowed: list[int]) -> None:
    assert grammar().allowed(generated) == allowed


@pytest.mark.parametrize("seed", range(200))
def test_any_walk_ends_in_different_candidates(seed: int) -> None:
    dice = random.Random(seed)
    rules = grammar(size=dice.randint(1, 12))
    generated: list[int] = []
    while not generated or generated[-1] != END:
        generated.append(dice.choice(rules.allowed(generated)))

    numbers = rules.parse(generated)

    assert len(numbers) == rules.size == len(set(numbers))
    assert set(numbers) <= set(rules.labels)


def test_an_answer_that_was_cut_off_keeps_its_whole_numbers() -> None:
    assert grammar().parse((13, COMMA, 11, 12)) == (3, 12)
    assert grammar().parse((13, COMMA)) == (3,)
