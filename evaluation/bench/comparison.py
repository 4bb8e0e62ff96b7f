"""The product beside a floor, on the same books and queries, in the same process, in turns."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from evaluation.bench.indices import IndexPlan, load
from evaluation.bench.searches import DENSE, LEXICAL, SHAPES, Asked, Shape, asked_of
from evaluation.bench.synthetic import SyntheticBook, synthetic_books, synthetic_queries
from evaluation.bench.timing import Clock, Latency, time_in_turns
from recommender.bundle import SearchBundle
from recommender.engine.base import Engine
from recommender.search.fusion import Fused

PRODUCT, FLOOR = "product", "floor"
TOP = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids of the books that each leg found, best first."""

    lexical: tuple[str, ...]
    dense: tuple[str, ...]


class Floor(Protocol):
    """The least code that does the work, over the books of one index."""

    def __call__(self, asked: Asked) -> Any:
        """Both legs and their fusion: what is timed."""

    def answer(self, asked: Asked) -> Answer:
        """The same, with ids of books: what is checked."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What the time buys: shares from 0 to 1."""

    product_recall: float  # of the ten nearest vectors
    floor_recall: float
    lexical_overlap: float  # of the books in both lexical legs: they did the same work


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row of the report."""

    engine: str
    shape: str
    books: int
    filtered: bool
    product: Latency
    floor: Latency
    quality: Quality

    @property
    def ratio_p50(self) -> float:
        """The product's median by the floor's."""
        return self.product.p50 / self.floor.p50

    @property
    def ratio_p95(self) -> float:
        """The product's 95th percentile by the floor's."""
        return self.product.p95 / self.floor.p95


@dataclass(frozen=True, slots=True)
class Workload:
    """How many books of which vectors are searched by how many queries, how often."""

    books: int
    dims: int
    queries: int
    rounds: int
    warm_rounds: int = 1
    clock: Clock = time.perf_counter


MakeFloor = Callable[[IndexPlan, Sequence[SyntheticBook]], Floor]


def compare(
    engine: Engine,
    make_floor: MakeFloor,
    workload: Workload,
    bundle: SearchBundle,
    *,
    shapes: Sequence[Shape] = SHAPES,
    report: Callable[[str], None],
) -> list[Comparison]:
    """Load the books into every index that the shapes ask, and time all searches of it."""
    books = list(synthetic_books(workload.books, dims=workload.dims))
    queries = synthetic_queries(workload.queries, dims=workload.dims)
    rows = []
    for plan in dict.fromkeys(shape.plan for shape in shapes):
        report(f"{engine.name}: loading {len(books):,} books into the {plan.name} index")
        load(engine, plan, books, dims=workload.dims)
        floor = make_floor(plan, books)
        for filtered in (False, True):
            asked = asked_of(queries, filtered=filtered)
            nearest = _nearest(books, asked)
            for shape in (shape for shape in shapes if shape.plan is plan):
                search = _product(engine, shape, bundle)
                timed = time_in_turns(
                    {PRODUCT: search, FLOOR: floor},
                    asked,
                    rounds=workload.rounds,
                    warm_rounds=workload.warm_rounds,
                    clock=workload.clock,
                )
                rows.append(
                    Comparison(
                        engine=engine.name,
                        shape=shape.name,
                        books=len(books),
                        filtered=filtered,
                        product=timed[PRODUCT],
                        floor=timed[FLOOR],
                        quality=_quality(search, floor, asked, nearest),
                    )
                )
        engine.drop_index(plan.name)
    return rows


def _product(engine: Engine, shape: Shape, bundle: SearchBundle) -> Callable[[Asked], Fused]:
    def search(asked: Asked) -> Fused:
        return shape.run(engine, shape.plan.name, asked, bundle)

    return search


def _nearest(books: Sequence[SyntheticBook], asked: Sequence[Asked]) -> list[set[str]]:
    """The ids of the ten nearest books to each query, by comparing every float."""
    vectors = np.stack([book.vector for book in books])
    classes = np.array([book.kdc[0] for book in books])
    found = []
    for one in asked:
        similarities = vectors @ one.vector
        if wanted := one.lookup.filters.kdc:
            similarities[~np.isin(classes, wanted)] = -np.inf
        found.append({books[row].id for row in np.argpartition(-similarities, TOP)[:TOP]})
    return found


def _quality(
    search: Callable[[Asked], Fused], floor: Floor, asked: Sequence[Asked], nearest: Sequence[set[str]]
) -> Quality:
    products = [_answer(search(one)) for one in asked]
    floors = [floor.answer(one) for one in asked]
    return Quality(
        product_recall=_recall(products, nearest),
        floor_recall=_recall(floors, nearest),
        lexical_overlap=_overlap(products, floors),
    )


def _answer(fused: Fused) -> Answer:
    legs = {leg.name: leg.ids for leg in fused.legs}
    return Answer(lexical=legs[LEXICAL], dense=legs[DENSE])


def _recall(answers: Sequence[Answer], nearest: Sequence[set[str]]) -> float:
    found = [right.intersection(answer.dense[:TOP]) for answer, right in zip(answers, nearest, strict=True)]
    return sum(map(len, found)) / (TOP * len(nearest))


def _overlap(products: Sequence[Answer], floors: Sequence[Answer]) -> float:
    pairs = [(set(ours.lexical), set(raw.lexical)) for ours, raw in zip(products, floors, strict=True)]
    return sum(len(ours & raw) for ours, raw in pairs) / max(1, sum(len(ours | raw) for ours, raw in pairs))
