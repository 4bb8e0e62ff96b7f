import random
from dataclasses import replace

import pytest

from recommender.bundle import FusionBundle, FusionMethod, LinearBundle, RankBundle, TiesBundle
from recommender.search.fusion import (
    Leg,
    QueryTraits,
    agreement,
    dense_weight,
    fuse,
    fuse_legs,
    fuse_linear,
    relative_scores,
    words_explain,
)
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


LINEAR = LinearBundle(
    dense_weight=1.2, score_per_word=16, agreement_power=2, lexical_floor=0.5, relaxed_dense_weight=1.5
)
FUSION = FusionBundle(
    method=FusionMethod.LINEAR,
    depth=100,
    rrf=RankBundle(rank_constant=20, dense_weight=0.1, relaxed_dense_weight=0.7),
    linear=LINEAR,
    dense_by_kind={"mood": 1.5},
    ties=TiesBundle(within=0.01, availability=0.7, popularity=0.3),
)


@pytest.mark.parametrize(
    ("scores", "floor", "relative"),
    [
        ((12.0, 9.0, 4.0), 1.0, [1.0, 0.625, 0.0]),
        ((12.0, 7.0, 4.0), 0.5, [1.0, 0.5, 0.2]),  # the last that the words found is still more than nothing
        ((12.0, 9.0, 3.0), 0.0, [1.0, 0.75, 0.25]),
        ((7.5, 7.5), 1.0, [1.0, 1.0]),  # nothing tells them apart
        ((0.91,), 1.0, [1.0]),
        ((0.0,), 0.5, [1.0]),
        ((), 1.0, []),
    ],
)
def test_scores_relative_to_the_leg(scores: tuple[float, ...], floor: float, relative: list[float]) -> None:
    assert relative_scores(scores, floor) == relative


@pytest.mark.parametrize(
    ("scores", "words", "share"),
    [
        ((32.0, 3.0), 2, 1.0),  # 데미안 헤세: both words in the title and among the people
        ((90.0,), 2, 1.0),
        ((16.0,), 4, 0.25),  # a question of which one word is told in the book
        ((8.0,), 0, 0.5),  # letters that make no word count as one
        ((), 3, 0.0),
    ],
)
def test_how_well_the_words_explain_the_best_book(scores: tuple[float, ...], words: int, share: float) -> None:
    assert words_explain(Leg("lexical", tuple("abc"[: len(scores)]), scores), words, LINEAR) == share


def test_legs_agree_on_what_stands_on_both_first_pages() -> None:
    one = Leg("lexical", tuple("abcdefghijk"), tuple(range(11, 0, -1)))
    other = Leg("dense", tuple("kjcb"), (0.9, 0.8, 0.7, 0.6))

    assert agreement(one, other) == 0.3  # j, c and b; k is the eleventh
    assert agreement(one, Leg("dense", (), ())) == 0.0


@pytest.mark.parametrize(
    ("lexical", "dense", "traits", "weight"),
    [
        (("a", "b"), ("c", "d"), QueryTraits(words=2), 1.2 * 0.75),  # 8 of 32 explained, nothing in common
        (("a", "b"), ("a", "b"), QueryTraits(words=2), 1.2 * 0.75 * 0.8**2),
        (("a", "b"), ("c", "d"), QueryTraits(words=2, kind="mood"), 1.2 * 0.75 * 1.5),
        (("a", "b"), ("c", "d"), QueryTraits(words=2, any_word=True), 1.5),  # the words as asked found nothing
        (("a", "b"), ("c", "d"), QueryTraits(words=1), 1.2 * 0.5),
    ],
)
def test_meaning_weighs_less_the_more_the_words_say(
    lexical: tuple[str, ...], dense: tuple[str, ...], traits: QueryTraits, weight: float
) -> None:
    legs = {"lexical": Leg("lexical", lexical, (8.0, 2.0)), "dense": Leg("dense", dense, (0.8, 0.7))}

    assert dense_weight(legs, traits, FUSION) == pytest.approx(weight)
    assert [leg.weight for leg in fuse_legs(legs, traits, FUSION).legs] == [1.0, pytest.approx(weight)]


def test_a_query_whose_words_explain_everything_is_answered_by_its_words() -> None:
    legs = {"lexical": WORDS, "dense": Leg("dense", ("steppenwolf", "wheel"), (0.99, 0.9))}

    fused = fuse_legs(legs, QueryTraits(words=0), replace(FUSION, linear=replace(LINEAR, score_per_word=12.5)))

    assert fused.ids == ("demian", "siddhartha", "wheel", "steppenwolf")
    assert dict(zip(fused.ids, fused.scores, strict=True))["steppenwolf"] == 0.0


def test_who_types_a_whole_title_is_not_shown_what_is_merely_near() -> None:
    legs = {"lexical": WORDS, "dense": Leg("dense", ("steppenwolf", "wheel"), (0.99, 0.9))}
    explained = replace(FUSION, linear=replace(LINEAR, score_per_word=12.5))

    assert fuse_legs(legs, QueryTraits(is_title=True), explained).ids == WORDS.ids
    # Where the words do not explain what they found, meaning may, whatever a book is called.
    assert "steppenwolf" in fuse_legs(legs, QueryTraits(words=9, is_title=True), FUSION).ids


@pytest.mark.parametrize(("any_word", "weight"), [(False, 0.1), (True, 0.7)])
def test_by_ranks_the_bundle_s_weights_are_taken(*, any_word: bool, weight: float) -> None:
    legs = {"lexical": WORDS, "dense": MEANING}
    by_ranks = replace(FUSION, method=FusionMethod.RRF)

    fused = fuse_legs(legs, QueryTraits(words=9, any_word=any_word), by_ranks)

    assert fused == fuse([replace(WORDS, weight=1.0), replace(MEANING, weight=weight)], rank_constant=20)


def test_a_search_by_meaning_alone_keeps_its_order() -> None:
    assert fuse_legs({"dense": MEANING}, QueryTraits(), FUSION).ids == MEANING.ids


@pytest.mark.parametrize("method", list(FusionMethod))
def test_what_the_legs_added_is_the_score(method: FusionMethod) -> None:
    chance = random.Random(4)
    books = [f"b{number:02}" for number in range(40)]
    legs = {
        name: Leg(
            name, tuple(chance.sample(books, 25)), tuple(sorted((chance.random() for _ in range(25)), reverse=True))
        )
        for name in ("lexical", "dense")
    }

    fused = fuse_legs(legs, QueryTraits(words=1), replace(FUSION, method=method))

    assert list(fused.scores) == sorted(fused.scores, reverse=True)
    for book_id, score in zip(fused.ids, fused.scores, strict=True):
        assert sum(leg.contribution for leg in fused.explain(book_id)) == pytest.approx(score, abs=1e-12)


def test_scores_that_differ_by_the_order_of_a_sum_give_one_order() -> None:
    # Two editions with one and the same words: one engine finds them equal, the other one bit apart.
    equal = Leg("lexical", ("a1", "b2", "c3"), (41.27, 30.118, 30.118))
    apart = Leg("lexical", ("a1", "c3", "b2"), (41.27, 30.118004, 30.118))
    meaning = Leg("dense", ("z9",), (0.8,), weight=0.3)

    assert fuse_linear([equal, meaning]).ids == fuse_linear([apart, meaning]).ids == ("a1", "z9", "b2", "c3")
