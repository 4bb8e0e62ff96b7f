"""Imports point one way (docs/architecture.md, "Layout"): read from the source, without importing anything."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("recommender", "indexer", "webapp", "evaluation", "training")
MODELS = frozenset({"torch", "transformers", "sentence_transformers"})

NETWORKS = ("training.encoder", "recommender.generation.local.cache")
"""Modules that define networks, or parts of them, cannot do without torch; nobody else may load them before they are run."""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("recommender.models", "recommender.errors"),
    (
        "recommender.settings",
        "recommender.bundle",
        "recommender.records",
        "recommender.text",
        "recommender.search.fusion",
        "recommender.search.queries",
        "recommender.search.diversity",
        "recommender.search.request",
        "recommender.search.results",
        "recommender.search.analysis",
        "recommender.search.routing",
        "recommender.search.filtering",
        "recommender.search.sounds",
    ),
    (
        "recommender.engine",
        "recommender.encoding",
        "recommender.reranking",
        "recommender.generation",
        "recommender.caching",
    ),
    ("recommender.appeal", "recommender.search", "recommender.recommend", "recommender.readers"),
    ("indexer", "evaluation", "training"),
    ("webapp",),
)
"""A room may know its own layer and those above it in this list, none below."""

FLOORS = "evaluation.bench"
"""It times the bare libraries beside the engines that are made of them, so it has to know them too."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "elasticsearch": ("recommender.engine.elasticsearch", FLOORS),
    "elastic_transport": ("recommender.engine.elasticsearch",),
    "tantivy": ("recommender.engine.embedded", FLOORS),
    "usearch": ("recommender.engine.embedded", FLOORS),
    "numkong": ("recommender.engine.embedded", FLOORS),
    "torch": ("recommender.encoding", "recommender.generation", "training", FLOORS),
    "transformers": ("recommender.encoding", "recommender.reranking", "recommender.generation", "training", FLOORS),
    "sentence_transformers": ("recommender.encoding", "recommender.reranking", "recommender.generation", "training"),
    "redis": ("recommender.caching",),
    "kiwipiepy": ("recommender.text", "training"),
    "click": ("indexer", "webapp", "evaluation", "training"),
    "flask": ("webapp", "evaluation.judging.page"),
}
"""A library → the only rooms that may import it."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement's target, and where it stands."""

    module: str  # who imports
    target: str  # what, dotted
    line: int
    at_load: bool  # run when the module is loaded, not only within a function

    @property
    def library(self) -> str:
        return self.target.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.module}, line {self.line}: imports {self.target}"


@pytest.fixture(scope="module")
def imports() -> list[Import]:
    """Every import of every package."""
    return list(_imports())


def _imports() -> Iterator[Import]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            yield from _imports_of(
                module, ast.parse(path.read_text(encoding="utf-8")), is_package=parts[-1] == "__init__"
            )


def _imports_of(module: str, tree: ast.Module, *, is_package: bool) -> Iterator[Import]:
    deferred = {
        node
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _is_for_types_only(outer)
        for node in ast.walk(outer)
    }
    for node in ast.walk(tree):
        for target in _targets(node, module, is_package=is_package):
            yield Import(module, target, node.lineno, at_load=node not in deferred)  # type: ignore[attr-defined]


def _targets(node: ast.AST, module: str, *, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parents = module.split(".")
        kept = len(parents) - node.level + is_package
        base = ".".join([*parents[:kept], *filter(None, [base])])
    return [f"{base}.{alias.name}" for alias in node.names]


def _is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _within(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def _layer(module: str) -> int | None:
    """The layer of the most exact room that a module is in; a pure part of `search` is above the rest of it."""
    rooms = [(len(room), number) for number, layer in enumerate(LAYERS) for room in layer if _within(module, (room,))]
    return max(rooms)[1] if rooms else None


def test_there_is_something_to_check(imports: list[Import]) -> None:
    assert len(imports) > 200
    assert {one.library for one in imports} >= {"elasticsearch", "tantivy", "recommender"}


def test_imports_point_one_way(imports: list[Import]) -> None:
    wrong = [
        str(one)
        for one in imports
        if one.library in PACKAGES
        and (theirs := _layer(one.target)) is not None
        and (ours := _layer(one.module)) is not None
        and theirs > ours
    ]

    assert wrong == []


@pytest.mark.parametrize(("library", "rooms"), ONLY_IN.items())
def test_a_library_is_imported_in_its_rooms_only(imports: list[Import], library: str, rooms: tuple[str, ...]) -> None:
    wrong = [str(one) for one in imports if one.library == library and not _within(one.module, rooms)]

    assert wrong == []


def test_models_are_loaded_only_by_what_needs_them(imports: list[Import]) -> None:
    at_load = [one for one in imports if one.at_load]
    heavy = {one.module: str(one) for one in at_load if one.library in MODELS}
    known = 0
    while len(heavy) > known:  # whoever loads such a module at its own start is such a module
        known = len(heavy)
        heavy = {one.module: str(one) for one in at_load if _within(one.target, tuple(heavy))} | heavy

    assert [chain for module, chain in heavy.items() if not _within(module, NETWORKS)] == []


def test_the_pages_know_nothing_of_the_indexer_but_loading(imports: list[Import]) -> None:
    wrong = [
        str(one)
        for one in imports
        if _within(one.module, ("webapp",))
        and one.library == "indexer"
        and not _within(one.target, ("indexer.loading",))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import torch", [("torch", True)]),
        ("def load():\n    from torch import nn", [("torch.nn", False)]),
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch",
            [("typing.TYPE_CHECKING", True), ("torch", False)],
        ),
        ("from . import base", [("recommender.engine.base", True)]),
        ("from ..errors import EngineError", [("recommender.errors.EngineError", True)]),
        ("try:\n    import flask\nexcept ImportError:\n    flask = None", [("flask", True)]),
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str, expected: list[tuple[str, bool]]) -> None:
    found = _imports_of("recommender.engine.factory", ast.parse(source), is_package=False)

    assert [(one.target, one.at_load) for one in found] == expected
