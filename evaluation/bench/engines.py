"""Both engines beside their floors: who is compared with whom, and where their files are."""

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.bench.comparison import Comparison, MakeFloor, Workload, compare
from evaluation.bench.searches import SHAPES, Shape
from recommender.bundle import SearchBundle, load_bundle
from recommender.engine.base import Engine
from recommender.errors import InputError

NO_FLOOR = -1.0
"""Cosine. Synthetic vectors mean nothing, so none is too far away to be a find: the fusion gets its full depth."""

CLUSTER_TIMEOUT_S = 600.0

WARM_ROUNDS = {"embedded": 1, "elasticsearch": 4}
"""Answers to every query before any is counted; a node compiles its hot code while it runs, and needs many."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is compared: `shapes` by name, none meaning all; `elasticsearch` is a cluster's address.

    `cpu_time` counts the time for which this thread had a processor, so that a busy machine does not count.
    """

    queries: int = 200
    rounds: int = 3
    dims: int = 384
    shapes: Sequence[str] = ()
    elasticsearch: str | None = None
    no_embedded: bool = False
    cpu_time: bool = False


def compare_all(sizes: Sequence[int], options: Options, *, report: Callable[[str], None]) -> list[Comparison]:
    """Every size on every engine that is asked for."""
    shapes = chosen_shapes(options.shapes)
    if options.cpu_time and options.elasticsearch:
        raise InputError("--cpu-time with --elasticsearch: a node works in a process of its own; time it by the clock")
    bundle = load_bundle().search
    bundle = replace(bundle, dense=replace(bundle.dense, minimum_similarity=NO_FLOOR, share_of_best=NO_FLOOR))
    rows = []
    for size in sizes:
        for engine, make_floor in _engines(options, bundle):
            workload = Workload(
                books=size,
                dims=options.dims,
                queries=options.queries,
                rounds=options.rounds,
                warm_rounds=WARM_ROUNDS[engine.name],
                clock=time.thread_time if options.cpu_time else time.perf_counter,
            )
            rows += compare(engine, make_floor, workload, bundle, shapes=shapes, report=report)
    return rows


def chosen_shapes(names: Sequence[str]) -> Sequence[Shape]:
    """The shapes of these names, all for none.

    Raises:
        InputError: there is no such shape.
    """
    by_name = {shape.name: shape for shape in SHAPES}
    for name in names:
        if name not in by_name:
            raise InputError(f"--shape {name}: choose from {', '.join(by_name)}")
    return [by_name[name] for name in names] or SHAPES


def _engines(options: Options, bundle: SearchBundle) -> Iterator[tuple[Engine, MakeFloor]]:
    if not options.no_embedded:
        with _embedded(bundle) as pair:
            yield pair
    if options.elasticsearch:
        with _cluster(options.elasticsearch, bundle) as pair:
            yield pair


@contextmanager
def _embedded(bundle: SearchBundle) -> Iterator[tuple[Engine, MakeFloor]]:
    from evaluation.bench.embedded_floor import EmbeddedFloor
    from recommender.engine.embedded import EmbeddedEngine

    with TemporaryDirectory(prefix="seoga-bench-") as folder:
        engine = EmbeddedEngine(Path(folder) / "engine")
        try:
            yield engine, lambda plan, books: EmbeddedFloor(Path(folder) / plan.name, plan, books, bundle.lexical)
        finally:
            engine.close()


@contextmanager
def _cluster(url: str, bundle: SearchBundle) -> Iterator[tuple[Engine, MakeFloor]]:
    from evaluation.bench.cluster_floor import ClusterFloor, open_client
    from recommender.engine.elasticsearch import ElasticsearchEngine

    prefix = f"bench-{secrets.token_hex(4)}-"
    engine = ElasticsearchEngine(url, timeout_s=CLUSTER_TIMEOUT_S, index_prefix=prefix)
    client = open_client(url)
    try:
        yield engine, lambda plan, _: ClusterFloor(client, prefix + plan.name, plan, bundle)
    finally:
        for index in engine.indices():
            engine.drop_index(index)
        client.close()
        engine.close()
