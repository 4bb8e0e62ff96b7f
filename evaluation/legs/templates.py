"""A lexical query taken apart once: a tree whose leaves were scored by the engine, and whose numbers are the bundle's.

A search's boosts and minimums come from its bundle; everything else of its body does not change with it. So the product
builds each body once with *marked* values in the places of the bundle's, and what comes out is a tree in which every
number is either a constant or the name of a parameter. A replay fills in the parameters of another bundle.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from recommender.bundle import LexicalBundle
from recommender.errors import SeogaError

Number = float | str
"""A constant, or the name of a boost."""

FIRST_MARK, SECOND_MARK = 1_009.0, 2_003.0
"""Marked boosts count up from these: no body holds such numbers of its own."""

MINIMUMS = tuple(name for name in LexicalBundle.__dataclass_fields__ if name.endswith("_minimum"))


class ReplayError(SeogaError):
    """A search cannot be replayed from its legs; whoever extended the search's bodies sees what has to be taught here."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A clause that the engine answers once: `match` with its words, or any filter as its JSON."""

    field: str  # empty for a filter
    words: tuple[str, ...] = ()
    clause: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """The clause for the engine, with boost 1 and every word optional."""
        if self.field:
            return {"match": {self.field: {"query": " ".join(self.words)}}}
        clause: dict[str, Any] = json.loads(self.clause)
        return clause


@dataclass(frozen=True, slots=True)
class Words:
    """A `match`: scores by its words, and matches if enough of them are held."""

    leaf: int  # position among the query's leaves
    boost: Number
    minimum: str | None  # a parameter's name or a specification; None: one word is enough
    whole: bool = False  # every word is needed


@dataclass(frozen=True, slots=True)
class Held:
    """A filter, or a constant score for what passes one."""

    leaf: int
    boost: Number = 0.0


@dataclass(frozen=True, slots=True)
class Either:
    """A `bool`."""

    must: tuple["Node", ...]
    should: tuple["Node", ...]
    filter: tuple["Node", ...]
    must_not: tuple["Node", ...]
    minimum: str | None


Node = Words | Held | Either


def marked(lexical: LexicalBundle, first: float) -> LexicalBundle:
    """The bundle with a value in the place of every number that tells which parameter it was."""
    boosts = {name: first + place for place, name in enumerate(sorted(lexical.boosts))}
    return replace(lexical, boosts=boosts, **{name: name for name in MINIMUMS})


class Compiler:
    """Turns the bodies of one query into trees over common leaves.

    Args:
        lexical: the bundle that was marked: its parameters are the names that a tree may hold.
    """

    def __init__(self, lexical: LexicalBundle) -> None:
        self._names = sorted(lexical.boosts)
        self._leaves: dict[Leaf, int] = {}

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves of all bodies so far; their positions are what the trees refer to."""
        return tuple(self._leaves)

    def compile(self, first: Mapping[str, Any], second: Mapping[str, Any]) -> Node:
        """The tree of a query that was built with marks from `FIRST_MARK`, and again with marks from `SECOND_MARK`.

        Raises:
            ReplayError: the body holds a clause that is not known here, or a number made from a parameter.
        """
        node = self._node(first, FIRST_MARK)
        if node != self._node(second, SECOND_MARK):
            raise ReplayError(
                f"a number of {json.dumps(first, ensure_ascii=False)[:200]} was made from a boost; use it as it is"
            )
        return node

    def _node(self, clause: Mapping[str, Any], mark: float) -> Node:
        ((kind, content),) = clause.items()
        if kind == "bool":
            return self._bool(content, mark)
        if kind == "match":
            return self._match(content, mark)
        if kind == "constant_score":
            return replace(self._filter(content["filter"]), boost=self._number(content.get("boost", 1), mark))
        return self._filter(clause)

    def _bool(self, content: Mapping[str, Any], mark: float) -> Either:
        unknown = set(content) - {"must", "should", "filter", "must_not", "minimum_should_match"}
        if unknown:
            raise ReplayError(f"bool: {min(unknown)} cannot be replayed; teach evaluation/legs what it does")

        def scored(part: str) -> tuple[Node, ...]:
            return tuple(self._node(clause, mark) for clause in _listed(content.get(part)))

        minimum = content.get("minimum_should_match")
        return Either(
            must=scored("must"),
            should=scored("should"),
            filter=tuple(self._filter(clause) for clause in _listed(content.get("filter"))),
            must_not=tuple(self._filter(clause) for clause in _listed(content.get("must_not"))),
            minimum=None if minimum is None else str(minimum),
        )

    def _match(self, content: Mapping[str, Any], mark: float) -> Words:
        ((field, options),) = content.items()
        minimum = options.get("minimum_should_match")
        return Words(
            leaf=self._leaf(Leaf(field, tuple(options["query"].split()))),
            boost=self._number(options.get("boost", 1), mark),
            minimum=None if minimum is None else str(minimum),
            whole=options.get("operator") == "and",
        )

    def _filter(self, clause: Mapping[str, Any]) -> Held:
        return Held(self._leaf(Leaf("", clause=json.dumps(clause, ensure_ascii=False, sort_keys=True))))

    def _leaf(self, leaf: Leaf) -> int:
        return self._leaves.setdefault(leaf, len(self._leaves))

    def _number(self, value: float, mark: float) -> Number:
        place = value - mark
        return self._names[int(place)] if place in range(len(self._names)) else float(value)


def _listed(clauses: Any) -> list[Mapping[str, Any]]:
    return [clauses] if isinstance(clauses, Mapping) else list(clauses or ())


def deciding_leaves(node: Node) -> frozenset[int]:
    """Leaves of which any match needs at least one: what is required first, else one of the alternatives."""
    if not isinstance(node, Either):
        return frozenset({node.leaf})
    if node.must or node.filter:
        return deciding_leaves((node.must or node.filter)[0])
    return frozenset().union(*map(deciding_leaves, node.should))


def all_leaves(node: Node) -> frozenset[int]:
    """Every leaf of a tree."""
    if not isinstance(node, Either):
        return frozenset({node.leaf})
    clauses = (*node.must, *node.should, *node.filter, *node.must_not)
    return frozenset().union(*map(all_leaves, clauses))


def node_as_json(node: Node) -> list[Any]:
    """A tree as lists, for a file."""
    if isinstance(node, Words):
        return ["words", node.leaf, node.boost, node.minimum, node.whole]
    if isinstance(node, Held):
        return ["held", node.leaf, node.boost]
    parts = (node.must, node.should, node.filter, node.must_not)
    return ["either", *([node_as_json(one) for one in part] for part in parts), node.minimum]


def node_from_json(content: list[Any]) -> Node:
    """The tree that `node_as_json` wrote."""
    kind, *fields = content
    if kind == "words":
        return Words(*fields)
    if kind == "held":
        return Held(*fields)
    must, should, required, refused = (tuple(node_from_json(one) for one in part) for part in fields[:4])
    return Either(must=must, should=should, filter=required, must_not=refused, minimum=fields[4])
