import pytest

from recommender.search.fusion import Leg, fuse
from recommender.search.results import LegRank

WORDS = Leg("lexical", ("demian", "siddhartha", "wheel"), (12.5, 8.0, 7.5), weight=1.0)
MEANING = Leg("dense", ("siddhartha", "steppenwolf"), (0.91, 0.88), weight=0.5)


def test_a_book_found_by_two_legs_adds_up_both_places() -> None:
    fused = fuse([WORDS, MEANING], rank_constant=10)

    assert dict(zip(fused.ids, fused.scores, strict=True)) == pytest.approx(
        {"siddhartha": 1 / 12 + 0.5 / 11, "demian": 1 / 11, "wheel": 1 / 13, "steppenwolf": 0.5 / 12}
    )
    assert fused.ids == ("siddhartha", "demian", "wheel", "steppenwolf")


def test_every_place_is_explained_by_the_legs_that_found_it() -> None:
    fused = fuse([WORDS, MEANING], rank_constant=10)

    assert fused.explain("siddhartha") == (
        LegRank("lexical", rank=2, score=8.0, contribution=1 / 12),
        LegRank("dense", rank=1, score=0.91, contribution=0.5 / 11),
    )
    assert fused.explain("nowhere") == ()


def test_equal_scores_are_ordered_by_id() -> None:
    one = Leg("lexical", ("b",), (1.0,), weight=1.0)
    other = Leg("dense", ("a",), (1.0,), weight=1.0)

    assert fuse([one, other], rank_constant=60).ids == ("a", "b")


def test_a_leg_of_weight_zero_changes_no_order() -> None:
    silent = Leg("dense", ("wheel", "demian"), (0.9, 0.8), weight=0.0)

    assert fuse([WORDS, silent], rank_constant=60).ids == WORDS.ids


@pytest.mark.parametrize(
    ("lowest", "ids"),
    [
        (0.0, ("demian", "siddhartha", "wheel")),
        (7.5, ("demian", "siddhartha", "wheel")),  # what scores so is there
        (8.0, ("demian", "siddhartha")),
        (12.6, ()),
    ],
)
def test_a_leg_down_to_a_score(lowest: float, ids: tuple[str, ...]) -> None:
    near = WORDS.down_to(lowest)

    assert (near.ids, near.scores) == (ids, WORDS.scores[: len(ids)])
    assert (near.name, near.weight) == (WORDS.name, WORDS.weight)


def test_no_legs_give_no_hits() -> None:
    assert fuse([], rank_constant=60).ids == ()
