"""The floor and the product do the same work: otherwise their ratio says nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evaluation.bench.comparison import Comparison, Workload, compare
from evaluation.bench.embedded_floor import EmbeddedFloor
from evaluation.bench.engines import Options, chosen_shapes, compare_all
from evaluation.bench.fusing import fuse_plainly
from evaluation.bench.indices import CATALOGUE, PLAIN, IndexPlan, load
from evaluation.bench.searches import SHAPES, Asked, Shape, asked_of
from evaluation.bench.synthetic import SyntheticBook, synthetic_books, synthetic_queries
from recommender.bundle import SearchBundle, load_bundle
from recommender.engine.base import Engine
from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.ordering import SCORE_UNITS
from recommender.errors import InputError
from recommender.search.fusion import LEXICAL

DIMS = 24
COUNT = 1_500


@pytest.fixture(scope="module")
def bundle() -> SearchBundle:
    search = load_bundle().search
    return replace(search, dense=replace(search.dense, minimum_similarity=-1.0, share_of_best=-1.0))


@pytest.fixture(scope="module")
def books() -> list[SyntheticBook]:
    return list(synthetic_books(COUNT, dims=DIMS))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, books: list[SyntheticBook]) -> Iterator[Engine]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("engine"))
    for plan in (PLAIN, CATALOGUE):
        load(engine, plan, books, dims=DIMS)
    yield engine
    engine.close()


@pytest.fixture(scope="module", params=[PLAIN, CATALOGUE], ids=["plain", "catalogue"])
def plan(request: pytest.FixtureRequest) -> IndexPlan:
    chosen: IndexPlan = request.param
    return chosen


@pytest.fixture(scope="module")
def floor(
    plan: IndexPlan, books: list[SyntheticBook], bundle: SearchBundle, tmp_path_factory: pytest.TempPathFactory
) -> EmbeddedFloor:
    return EmbeddedFloor(tmp_path_factory.mktemp("floor") / plan.name, plan, books, bundle.lexical)


@pytest.fixture(params=[False, True], ids=["all classes", "two classes"])
def asked(request: pytest.FixtureRequest) -> list[Asked]:
    return asked_of(synthetic_queries(30, dims=DIMS), filtered=request.param)


def test_the_lexical_leg_is_the_products_but_for_the_order_of_nearly_equal_scores(
    engine: Engine, bundle: SearchBundle, plan: IndexPlan, floor: EmbeddedFloor, asked: list[Asked]
) -> None:
    for shape in (shape for shape in SHAPES if shape.plan is plan):
        for one in asked:
            lexical = next(leg for leg in shape.run(engine, plan.name, one, bundle).legs if leg.name == LEXICAL)
            scores = dict(zip(lexical.ids, lexical.scores, strict=True))
            found = floor.answer(one).lexical
            assert set(found) == set(lexical.ids)
            assert [round(scores[book] * SCORE_UNITS) for book in found] == [
                round(score * SCORE_UNITS) for score in lexical.scores
            ]


def test_every_query_finds_something(floor: EmbeddedFloor) -> None:
    asked = asked_of(synthetic_queries(30, dims=DIMS), filtered=False)
    assert all(floor.answer(one).lexical for one in asked)


def test_the_dense_leg_finds_the_nearest_of_the_wanted_classes(
    floor: EmbeddedFloor, asked: list[Asked], books: list[SyntheticBook]
) -> None:
    vectors = np.stack([book.vector for book in books])
    recalls = []
    for one in asked:
        classes = one.lookup.filters.kdc or tuple("0123456789")
        similarities = np.where([book.kdc[0] in classes for book in books], vectors @ one.vector, -1)
        nearest = {books[row].id for row in np.argsort(-similarities)[:10]}
        recalls.append(len(nearest.intersection(floor.answer(one).dense[:10])) / 10)
    assert np.mean(recalls) > 0.95


def test_a_ranking_is_the_fusion_of_its_legs(floor: EmbeddedFloor, asked: list[Asked]) -> None:
    ranking = floor(asked[0])
    assert ranking.rows == fuse_plainly(ranking.lexical, ranking.dense)


def test_plain_fusion_puts_what_both_found_first() -> None:
    assert fuse_plainly(["a", "b", "c"], ["c", "d"]) == ["c", "a", "b", "d"]


def comparison_of(tmp_path: Path, shape: Shape, bundle: SearchBundle) -> list[Comparison]:
    engine = EmbeddedEngine(tmp_path / "engine")
    try:
        return compare(
            engine,
            lambda plan, books: EmbeddedFloor(tmp_path / plan.name, plan, books, bundle.lexical),
            Workload(books=300, dims=DIMS, queries=10, rounds=2),
            bundle,
            shapes=[shape],
            report=lambda _: None,
        )
    finally:
        assert engine.indices() == []  # what was loaded for the benchmark is gone after it
        engine.close()


def test_a_comparison_has_a_row_without_and_one_with_a_filter(tmp_path: Path, bundle: SearchBundle) -> None:
    rows = comparison_of(tmp_path, SHAPES[0], bundle)
    assert [(row.engine, row.shape, row.books, row.filtered, row.product.samples) for row in rows] == [
        ("embedded", "simple", 300, False, 20),
        ("embedded", "simple", 300, True, 20),
    ]
    for row in rows:
        assert row.quality.lexical_overlap == 1.0
        assert row.quality.product_recall == pytest.approx(1.0, abs=0.02)
        assert row.ratio_p50 == pytest.approx(row.product.p50 / row.floor.p50)


def test_all_sizes_are_compared() -> None:
    rows = compare_all((250, 300), Options(queries=4, rounds=1, dims=8, shapes=("simple",)), report=lambda _: None)
    assert [(row.books, row.filtered) for row in rows] == [(250, False), (250, True), (300, False), (300, True)]


def test_processor_time_is_refused_for_a_node() -> None:
    options = Options(cpu_time=True, elasticsearch="http://127.0.0.1:9200")
    with pytest.raises(InputError, match="--cpu-time with --elasticsearch"):
        compare_all((250,), options, report=lambda _: None)


def test_an_unknown_shape_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="--shape round: choose from simple, legs, retrieval"):
        chosen_shapes(["round"])
