from pathlib import Path

import numpy as np
import pytest

from evaluation.collections.values import Collection, Passage
from evaluation.legs.storing import fingerprint, kept_legs, read_legs
from evaluation.legs.templates import Either, Held, Number, Words
from evaluation.legs.values import Attempt, Dense, Legs, QueryLegs

NOTHING = np.empty(0, np.int32)
TREE = Either((Words(0, Number(0.5, "boosts.title"), "all_minimum"),), (), (Held(1),), (), None)


def attempt(*, tree: Either | None, browsed: list[int] | None = None) -> Attempt:
    return Attempt(
        tree=tree,
        leaves=(1, 0) if tree else (),
        first=np.array([2], np.int32),
        author=NOTHING,
        browsed=None if browsed is None else np.array(browsed, np.int32),
        dense=0,
        words=3,
        kind="question",
        any_word=True,
    )


LEGS = Legs(
    documents=("고래", "나목", "모순"),
    available=np.array([True, False, True]),
    popularity=np.array([0.1, 0.0, 0.7]),
    queries=(
        QueryLegs(
            query_id="q1",
            pool=np.array([0, 2], np.int32),
            scores=np.array([[0.0, 0.0], [1.5, 2.25]], np.float32),
            held=np.array([[1, 0], [1, 2]], np.int16),
            wanted=np.array([1, 2], np.int16),
            attempts=(attempt(tree=TREE), attempt(tree=None, browsed=[1, 0])),
            dense=(Dense(np.array([2, 1], np.int32), np.array([0.8, 0.55])), Dense(NOTHING, np.empty(0))),
        ),
        QueryLegs(
            query_id="질문 2",
            pool=NOTHING,
            scores=np.empty((0, 0), np.float32),
            held=np.empty((0, 0), np.int16),
            wanted=np.empty(0, np.int16),
            attempts=(attempt(tree=None),),
            dense=(),
        ),
    ),
)


def same(one: object, other: object) -> bool:
    """Equal, arrays element by element."""
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return type(one) is type(other) and all(
            same(getattr(one, name), getattr(other, name)) for name in one.__dataclass_fields__
        )
    return one == other


def test_legs_are_made_once_and_read_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "legs" / "shelf.npz"
    made = []

    def make() -> Legs:
        made.append(1)
        return LEGS

    assert same(kept_legs(path, make), LEGS)
    assert same(kept_legs(path, make), LEGS)
    assert same(read_legs(path), LEGS)
    assert made == [1]
    assert [file.name for file in path.parent.iterdir()] == ["shelf.npz"]


COLLECTION = Collection("shelf", (Passage("a", "고래", "벽돌"),), {"q": "벽돌 공장"}, {"q": {"a": 1}})


@pytest.mark.parametrize(
    ("collection", "encoder"),
    [
        (Collection("shelf", (Passage("a", "고래", "벽돌을 굽다"),), {"q": "벽돌 공장"}, {"q": {"a": 1}}), "static"),
        (Collection("shelf", (Passage("a", "고래", "벽돌"),), {"q": "벽돌"}, {"q": {"a": 1}}), "static"),
        (COLLECTION, "another"),
    ],
    ids=["passage", "query", "encoder"],
)
def test_what_decides_the_legs_decides_their_name(collection: Collection, encoder: str) -> None:
    assert fingerprint(collection, encoder=encoder) != fingerprint(COLLECTION, encoder="static")


def test_judgements_have_no_part_in_legs() -> None:
    judged = Collection("shelf", COLLECTION.documents, COLLECTION.queries, {"q": {"a": 2}})

    assert fingerprint(judged, encoder="static") == fingerprint(COLLECTION, encoder="static")
