import random

import numpy as np

from evaluation.legs.replaying import Replayed
from evaluation.legs.scoring import Judge
from evaluation.legs.values import Legs, QueryLegs
from evaluation.relevance.measures import HEADLINE, MEASURES, measure

IDS = tuple(f"b{place:02d}" for place in range(30))
NOTHING = np.empty(0, np.int32)


def query(query_id: str) -> QueryLegs:
    empty = np.empty((0, 0), np.float32)
    return QueryLegs(query_id, NOTHING, empty, empty.astype(np.int16), NOTHING.astype(np.int16), (), ())


def test_ndcg_in_arrays_is_that_of_the_library_of_measures() -> None:
    rng = random.Random(4)
    names = [f"q{number}" for number in range(80)]
    qrels = {
        name: {book_id: rng.randint(0, 3) for book_id in [*rng.sample(IDS, rng.randint(1, 14)), "gone"]}
        for name in names
    }
    found = np.full((len(names), 12), -1, np.int32)
    for row in found:
        size = rng.randint(0, 12)
        row[:size] = rng.sample(range(len(IDS)), size)
    legs = Legs(IDS, np.ones(len(IDS), bool), np.zeros(len(IDS)), tuple(map(query, names)))
    replayed = Replayed(tuple(names), found, IDS)

    expected = measure(replayed.rankings(), qrels, names)[:, list(MEASURES).index(HEADLINE)]
    np.testing.assert_allclose(Judge(legs, qrels).ndcg(replayed), expected, atol=1e-12)


def test_without_judgements_everything_is_nothing() -> None:
    legs = Legs(IDS, np.ones(len(IDS), bool), np.zeros(len(IDS)), (query("q"),))

    assert Judge(legs, {}).ndcg(Replayed(("q",), np.array([[3, 4]], np.int32), IDS)).tolist() == [0.0]
