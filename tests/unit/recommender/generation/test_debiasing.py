import random
from collections import Counter
from pathlib import Path

import pytest

from recommender.generation.base import ChoiceTask, Listing, Prompt
from recommender.generation.debiasing import debiased, turned_orders
from recommender.generation.transformers import TransformersGenerator
from tests import tiny_models


@pytest.mark.parametrize(
    ("candidates", "listings", "orders"),
    [
        (4, 1, ((0, 1, 2, 3),)),
        (4, 2, ((0, 1, 2, 3), (2, 3, 0, 1))),
        (3, 3, ((0, 1, 2), (1, 2, 0), (2, 0, 1))),
        (2, 5, ((0, 1), (1, 0))),  # there are no more
        (5, 2, ((0, 1, 2, 3, 4), (2, 3, 4, 0, 1))),
        (1, 2, ((0,),)),
    ],
)
def test_each_order_is_turned_on_from_the_last(
    candidates: int, listings: int, orders: tuple[tuple[int, ...], ...]
) -> None:
    assert turned_orders(candidates, listings) == orders


def test_what_a_model_prefers_in_numbers_is_taken_out() -> None:
    worth = [0.0, 2.0, 1.0]
    liking = [5.0, 0.0, -3.0]  # for the numbers 1, 2 and 3
    orders = turned_orders(3, 3)
    likely = [[worth[candidate] + liking[number] for number, candidate in enumerate(order)] for order in orders]

    assert debiased(likely, orders) == pytest.approx((-1.0, 1.0, 0.0))  # the worth, about its mean


def test_one_order_alone_is_taken_as_it_is() -> None:
    assert debiased([[0.1, 0.2, 0.3]], [(2, 0, 1)]) == (0.2, 0.3, 0.1)


def test_a_random_model_prefers_no_place_once_it_has_seen_every_candidate_at_every_number(tmp_path: Path) -> None:
    """Without that, this model takes what stands second, whatever it is."""
    tiny_models.save_llama(tmp_path)
    generator = TransformersGenerator(str(tmp_path))
    titles = ["데미안", "어린 왕자", "코스모스", "아몬드", "키친", "나인"]
    shuffling = random.Random(1)

    def first_places(listings: int) -> Counter[int]:
        places: Counter[int] = Counter()
        for _ in range(30):
            shuffling.shuffle(titles)
            first, *others = (
                (Prompt("사서", "\n".join(f"{n}. {titles[c]}" for n, c in enumerate(order, 1))), order)
                for order in turned_orders(len(titles), listings)
            )
            task = ChoiceTask(
                first[0], None, candidates=len(titles), size=1, listings=tuple(Listing(*other) for other in others)
            )
            (choice,) = generator.choose([task])
            places[max(range(len(titles)), key=lambda place: choice.scores[place])] += 1
        return places

    assert max(first_places(1).values()) > 25
    assert max(first_places(6).values()) < 14  # 5 on average; chance reaches 14 once in ten thousand times
