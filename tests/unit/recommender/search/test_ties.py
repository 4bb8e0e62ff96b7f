from dataclasses import replace

import pytest

from recommender.bundle import TiesBundle
from recommender.engine.base import SearchResult
from recommender.search.fusion import Fused, Leg, fuse_linear
from recommender.search.results import LegRank, WhyCode
from recommender.search.ties import Standing, read_standings, settle_ties

TIES = TiesBundle(within=0.01, availability=0.7, popularity=0.3)
IN = Standing(available=True, copies=1)
OUT = Standing(available=False, copies=1)


def ranking(**scores: float) -> Fused:
    return Fused(
        tuple(scores),
        tuple(scores.values()),
        (Leg("lexical", tuple(scores), tuple(scores.values())),),
        (tuple(scores.values()),),
    )


@pytest.mark.parametrize(
    ("scores", "standings", "ids"),
    [
        ({"a": 1.0, "b": 0.999}, {"a": OUT, "b": IN}, ("b", "a")),
        ({"a": 1.0, "b": 0.98}, {"a": OUT, "b": IN}, ("a", "b")),  # not near enough
        ({"a": 1.0, "b": 1.0}, {"a": IN, "b": IN}, ("a", "b")),
        ({"a": 1.0, "b": 1.0}, {"a": IN, "b": Standing(available=True, loans=50, copies=2)}, ("b", "a")),
        # Availability goes before popularity.
        ({"a": 1.0, "b": 1.0}, {"a": Standing(available=False, loans=900), "b": IN}, ("b", "a")),
        # Each is near to its neighbour, and yet the last may not go past the first.
        ({"a": 1.0, "b": 0.995, "c": 0.985}, {"a": OUT, "b": OUT, "c": IN}, ("a", "b", "c")),
        ({"a": 1.0, "b": 0.996, "c": 0.992}, {"a": OUT, "b": OUT, "c": IN}, ("a", "c", "b")),
        ({"a": 0.02, "b": 0.01995}, {"a": OUT, "b": IN}, ("b", "a")),  # a share of the score, whatever its size
        ({"a": 0.0, "b": 0.0}, {"a": OUT, "b": IN}, ("a", "b")),  # nothing has no share
        ({"a": 1.0}, {}, ("a",)),
    ],
)  # fmt: skip
def test_only_nearly_equal_hits_change_places(
    scores: dict[str, float], standings: dict[str, Standing], ids: tuple[str, ...]
) -> None:
    assert settle_ties(ranking(**scores), standings, TIES).fused.ids == ids


def test_no_two_hits_further_apart_than_the_bundle_says_change_places() -> None:
    scores = {f"b{number:03}": 1.0 - number * 0.0007 for number in range(300)}
    standings = {book_id: IN if number % 7 == 0 else OUT for number, book_id in enumerate(scores)}

    settled = settle_ties(ranking(**scores), standings, TIES).fused.ids

    places = {book_id: place for place, book_id in enumerate(settled)}
    moved = 0
    for one, score in scores.items():
        for other, lower in scores.items():
            if lower < score and places[other] < places[one]:
                moved += 1
                assert score <= lower * 1.01
    assert moved > 100


@pytest.mark.parametrize("ties", [replace(TIES, within=0.0), replace(TIES, availability=0.0, popularity=0.0)])
def test_a_bundle_that_settles_nothing_changes_nothing(ties: TiesBundle) -> None:
    fused = ranking(a=1.0, b=1.0)

    assert settle_ties(fused, {"a": OUT, "b": IN}, ties).fused is fused


def test_why_a_hit_went_ahead_is_told_of_those_that_did() -> None:
    standings = {"a": OUT, "b": IN, "c": OUT, "d": Standing(available=False, loans=40, copies=1), "e": IN}

    settled = settle_ties(ranking(a=1.0, b=0.999, c=0.9, d=0.9, e=0.5), standings, TIES)

    assert settled.fused.ids == ("b", "a", "d", "c", "e")
    assert settled.ahead == {"b": WhyCode.BORROWABLE_NOW, "d": WhyCode.OFTEN_BORROWED}


def test_what_settled_a_tie_is_explained_and_adds_up() -> None:
    fused = fuse_linear([Leg("lexical", ("a", "b", "c"), (9.0, 8.995, 1.0))])

    settled = settle_ties(fused, {"a": OUT, "b": IN}, replace(TIES, popularity=0.0)).fused

    lexical, ties = settled.explain("b")
    assert ties == LegRank("ties", rank=2, score=1.0, contribution=lexical.contribution * 0.01 * 1.0)
    assert lexical.contribution + ties.contribution == settled.scores[0]
    assert list(settled.scores) == sorted(settled.scores, reverse=True)


def test_standings_are_read_from_the_columns_of_all_legs() -> None:
    lexical = SearchResult(
        2, ("a", "b"), (2.0, 1.0), columns={"available": (True, None), "loans": (3, None), "copies": (2, 1)}
    )
    dense = SearchResult(1, ("c",), (0.9,), columns={"available": (False,), "loans": (0,), "copies": (1,)})

    assert read_standings([lexical, SearchResult(5), dense]) == {
        "a": Standing(available=True, loans=3, copies=2),
        "b": Standing(available=False, loans=0, copies=1),
        "c": Standing(available=False, loans=0, copies=1),
    }
