"""The array form of fusion and ties against the product's own, on legs drawn at random."""

import random
from dataclasses import replace

import numpy as np
import pytest

from evaluation.legs.fusing import Fusing, Ranked
from evaluation.legs.values import Legs
from recommender.bundle import FusionBundle, FusionMethod, load_bundle
from recommender.search.fusion import DENSE, LEXICAL, Leg, QueryTraits, dense_weight, fuse_legs, words_suffice
from recommender.search.ties import Standing, settle_ties

N_DOCUMENTS, N_QUERIES = 40, 60
IDS = tuple(f"b{place:03d}" for place in range(N_DOCUMENTS))
SHIPPED = load_bundle().search.fusion


def drawn_leg(rng: random.Random, name: str) -> Leg:
    """A leg of 0 to 25 books; scores are coarse, so that many are equal."""
    size = rng.choice([0, 1, 2, *range(3, 26)])
    scores = sorted((round(rng.uniform(0.5, 30), 1) for _ in range(size)), reverse=True)
    ids = sorted(zip(scores, rng.sample(IDS, size), strict=True), key=lambda pair: (-pair[0], pair[1]))
    return Leg(name, tuple(book_id for _, book_id in ids), tuple(scores))


def ranked(legs: list[Leg]) -> Ranked:
    return Ranked(
        starts=np.concatenate([[0], np.cumsum([len(leg.ids) for leg in legs])]).astype(np.intp),
        documents=np.array([IDS.index(book_id) for leg in legs for book_id in leg.ids], np.int32),
        scores=np.array([score for leg in legs for score in leg.scores]),
    )


@pytest.mark.parametrize(
    "fusion",
    [
        SHIPPED,
        replace(SHIPPED, linear=replace(SHIPPED.linear, lexical_floor=1.0, agreement_power=0.5, score_per_word=3.0)),
        replace(SHIPPED, ties=replace(SHIPPED.ties, within=0.2)),
        replace(SHIPPED, ties=replace(SHIPPED.ties, within=0.0)),
        replace(SHIPPED, method=FusionMethod.RRF),
        replace(SHIPPED, method=FusionMethod.RRF, rrf=replace(SHIPPED.rrf, rank_constant=1, dense_weight=1.0)),
        replace(SHIPPED, dense_by_kind={"question": 0.0, "keywords": 2.0}),
    ],
    ids=["shipped", "min-max", "wide ties", "no ties", "ranks", "steep ranks", "by kind"],
)
@pytest.mark.parametrize("names", [(LEXICAL, DENSE), (LEXICAL,), (DENSE,)], ids=["both", "words", "meaning"])
def test_whole_arrays_give_what_the_product_gives(fusion: FusionBundle, names: tuple[str, ...]) -> None:
    rng = random.Random(2026)
    queries = [{name: drawn_leg(rng, name) for name in names} for _ in range(N_QUERIES)]
    traits = [
        QueryTraits(rng.randint(1, 6), rng.choice(["keywords", "question"]), is_title=rng.random() < 0.5)
        for _ in queries
    ]
    standings = {book_id: Standing(rng.random() < 0.5, rng.randint(0, 900), rng.randint(0, 5)) for book_id in IDS}

    expected = [
        settle_ties(fuse_legs(legs, one, fusion), standings, fusion.ties).fused.ids
        for legs, one in zip(queries, traits, strict=True)
    ]

    library = Legs(
        documents=IDS,
        available=np.array([standing.available for standing in standings.values()]),
        popularity=np.array([standing.popularity for standing in standings.values()]),
        queries=(),
    )
    weights = np.array([dense_weight(legs, one, fusion) for legs, one in zip(queries, traits, strict=True)])
    without_dense = np.array([words_suffice(*one) for one in zip(queries, traits, weights.tolist(), strict=True)])
    fusing = Fusing(library, {name: ranked([legs[name] for legs in queries]) for name in names})
    order = fusing.order(fusion, weights, without_dense, size=N_DOCUMENTS)
    assert [tuple(IDS[place] for place in row if place >= 0) for row in order.tolist()] == expected
