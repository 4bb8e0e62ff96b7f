from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.engine.embedded import EmbeddedEngine
from recommender.models import AgeGroup
from recommender.readers.crowd import CrowdStore, Popular, PopularWith

COMPANIONS = {"almond": (("paint", 0.5), ("cosmos", 0.2)), "paint": (("almond", 0.5),)}
POPULAR = Popular(
    everybody=(("almond", 0.6), ("cosmos", 0.4)),
    groups={
        AgeGroup.TEENS: (("paint", 0.7), ("almond", 0.3)),
        AgeGroup.FORTIES: (("cosmos", 1.0),),
        AgeGroup.FIFTIES: (("cosmos", 0.5), ("almond", 0.5)),
    },
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CrowdStore]:
    engine = EmbeddedEngine(tmp_path)
    yield CrowdStore(engine)
    engine.close()


def test_nothing_is_known_at_first(store: CrowdStore) -> None:
    assert store.companions(["almond"]) == {}
    assert store.popular([AgeGroup.TEENS]) == PopularWith()
    assert store.counts() == (0, 0)


def test_what_was_learnt_comes_back(store: CrowdStore) -> None:
    store.write(COMPANIONS, POPULAR)
    assert store.companions(["almond", "토지", "almond"]) == {"almond": COMPANIONS["almond"]}
    assert store.counts() == (2, 3)


@pytest.mark.parametrize(
    ("groups", "popular"),
    [
        ([AgeGroup.TEENS], PopularWith(POPULAR.groups[AgeGroup.TEENS], (AgeGroup.TEENS,))),
        (
            [AgeGroup.FORTIES, AgeGroup.FIFTIES, AgeGroup.SENIORS],
            PopularWith((("cosmos", 0.75), ("almond", 0.25)), (AgeGroup.FORTIES, AgeGroup.FIFTIES)),
        ),
        ([AgeGroup.INFANTS], PopularWith(POPULAR.everybody)),  # nothing is known of them
        ([], PopularWith(POPULAR.everybody)),
    ],
)
def test_several_ages_count_together(store: CrowdStore, groups: list[AgeGroup], popular: PopularWith) -> None:
    store.write(COMPANIONS, POPULAR)
    assert store.popular(groups) == popular


def test_what_is_learnt_anew_leaves_nothing_of_what_was_known(store: CrowdStore) -> None:
    store.write(COMPANIONS, POPULAR)
    store.write({"cosmos": (("earth", 0.1),)}, Popular())
    assert store.companions(["almond", "paint", "cosmos"]) == {"cosmos": (("earth", 0.1),)}
    assert store.popular([AgeGroup.TEENS]) == PopularWith()
    assert store.counts() == (1, 0)
