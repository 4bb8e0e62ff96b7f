"""Nothing measured on was learned: neither the question nor the list of books."""

import pytest

from recommender.errors import InputError
from recommender.models import Book
from recommender.recommend.values import EnrichedQuestion
from training.lora.splitting import question_key, split
from training.lora.values import Example, Place


def example(question: str, book: str, *shelf: str) -> Example:
    return Example(
        EnrichedQuestion(question),
        Book(id=book, title=book),
        why="좋은 책입니다.",
        help="쉬게 합니다.",
        language="ko",
        place=Place("corpus.json", 1),
        shelf=frozenset(shelf),
    )


EXAMPLES = [example(f"질문 {number // 3}", f"책 {number}", f"목록 {number // 3}") for number in range(60)]


@pytest.mark.parametrize("seed", range(5))
def test_no_question_and_no_list_is_on_both_sides(seed: int) -> None:
    shared = [
        *EXAMPLES,
        example("  질문 3 ", "또 다른 책", "목록 99"),  # the same question, otherwise spaced
        example("새 질문", "책", "목록 99"),  # and a question with the books of that one
    ]

    parts = split(shared, share=0.3, seed=seed)

    assert len(parts.train) + len(parts.held_out) == len(shared)
    assert not {question_key(each) for each in parts.train} & {question_key(each) for each in parts.held_out}
    assert not {each.shelf for each in parts.train} & {each.shelf for each in parts.held_out}
    assert len(parts.held_out) == pytest.approx(0.3 * len(shared), abs=3)


def test_the_seed_decides() -> None:
    assert split(EXAMPLES, share=0.2, seed=1) == split(EXAMPLES, share=0.2, seed=1)
    assert split(EXAMPLES, share=0.2, seed=1) != split(EXAMPLES, share=0.2, seed=2)


def test_something_is_always_learned_and_something_held_out() -> None:
    two = [example("하나", "책", "가"), example("둘", "책", "나")]

    for share in (0.0, 0.99):
        parts = split(two, share=share, seed=1)
        assert (len(parts.train), len(parts.held_out)) == (1, 1)


def test_one_question_is_too_few() -> None:
    with pytest.raises(InputError, match=r"2 pairs of 1 question.*add pairs of other questions"):
        split([example("하나", "책", "가"), example("하나", "다른 책", "가")], share=0.2, seed=1)
