"""A lexical query taken apart once: a tree whose leaves were scored by the engine, and whose numbers are the bundle's.

A search's boosts and minimums come from its bundle; everything else of its body does not change with it. So the product
builds each body twice with different *marks* in the places of the bundle's numbers, and what comes out is a tree in which
every number is either a constant or a multiple of a parameter. A replay fills in the parameters of another bundle.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from recommender.bundle import LexicalBundle
from recommender.errors import SeogaError

BOOSTS = "boosts"

TOLERANCE = 1e-9
"""Of a number divided by another: a spelling's weight times a boost is rounded."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant, or a multiple of one of the bundle's numbers."""

    factor: float
    parameter: str | None = None  # boosts.title, sound_boost

    def value(self, numbers: Mapping[str, float]) -> float:
        """What it is, given the numbers of a bundle (`numbers_of`)."""
        return self.factor if self.parameter is None else self.factor * numbers[self.parameter]


NOTHING = Number(0.0)


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
    boost: Number = NOTHING


@dataclass(frozen=True, slots=True)
class Either:
    """A `bool`."""

    must: tuple["Node", ...]
    should: tuple["Node", ...]
    filter: tuple["Node", ...]
    must_not: tuple["Node", ...]
    minimum: str | None


Node = Words | Held | Either


def numbers_of(lexical: LexicalBundle) -> dict[str, float]:
    """Every number of a bundle by its name: boosts.title, sound_boost."""
    boosts = {f"{BOOSTS}.{name}": boost for name, boost in lexical.boosts.items()}
    own = {name: getattr(lexical, name) for name in LexicalBundle.__dataclass_fields__}
    return boosts | {name: value for name, value in own.items() if isinstance(value, int | float)}


def minimums_of(lexical: LexicalBundle) -> dict[str, str]:
    """Every `minimum_should_match` of a bundle by its name."""
    own = {name: getattr(lexical, name) for name in LexicalBundle.__dataclass_fields__}
    return {name: value for name, value in own.items() if isinstance(value, str)}


def marked(lexical: LexicalBundle) -> tuple[LexicalBundle, LexicalBundle]:
    """The bundle with marks in the place of its numbers, twice, and with their own names in the place of its minimums.

    How many times larger the second mark of a number is than the first tells which number it is.
    """
    return _with_numbers(lexical, dict.fromkeys(numbers_of(lexical), 1.0)), _with_numbers(
        lexical, _second_marks(lexical)
    )


def _second_marks(lexical: LexicalBundle) -> dict[str, float]:
    """Roots of different primes: no sum or product of them, and no whole number, is another one."""
    return {name: math.sqrt(prime) for name, prime in zip(sorted(numbers_of(lexical)), _primes(), strict=False)}


def _primes() -> Iterator[int]:
    return (number for number in count(2) if all(number % divisor for divisor in range(2, number)))


def _with_numbers(lexical: LexicalBundle, numbers: Mapping[str, float]) -> LexicalBundle:
    prefix = f"{BOOSTS}."
    boosts = {name.removeprefix(prefix): value for name, value in numbers.items() if name.startswith(prefix)}
    own: dict[str, Any] = {name: value for name, value in numbers.items() if not name.startswith(prefix)}
    own |= {name: name for name in minimums_of(lexical)}
    return replace(lexical, boosts=boosts, **own)


class Compiler:
    """Turns the bodies of one query into trees over common leaves.

    Args:
        lexical: the bundle that was marked: its parameters are the names that a tree may hold.
    """

    def __init__(self, lexical: LexicalBundle) -> None:
        self._marks = _second_marks(lexical)
        self._leaves: dict[Leaf, int] = {}

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves of all bodies so far; their positions are what the trees refer to."""
        return tuple(self._leaves)

    def compile(self, first: Mapping[str, Any], second: Mapping[str, Any]) -> Node:
        """The tree of a query that was built with each of the marked bundles.

        Raises:
            ReplayError: the body holds a clause that is not known here, or a number that is no multiple of a parameter.
        """
        (kind, content), (second_kind, second_content) = _only(first), _only(second)
        if kind != second_kind:
            raise ReplayError(f"a boost decides between {kind} and {second_kind}; that cannot be replayed")
        if kind == "bool":
            return self._bool(content, second_content)
        if kind == "match":
            return self._match(content, second_content)
        if kind == "constant_score":
            boost = self._number(content.get("boost", 1), second_content.get("boost", 1))
            return replace(self._filter(content["filter"]), boost=boost)
        return self._filter(first)

    def _bool(self, content: Mapping[str, Any], second: Mapping[str, Any]) -> Either:
        if unknown := set(content) - {"must", "should", "filter", "must_not", "minimum_should_match"}:
            raise ReplayError(f"bool: {min(unknown)} cannot be replayed; teach evaluation/legs what it does")

        def scored(part: str) -> tuple[Node, ...]:
            pairs = zip(_listed(content.get(part)), _listed(second.get(part)), strict=True)
            return tuple(self.compile(one, other) for one, other in pairs)

        minimum = content.get("minimum_should_match")
        return Either(
            must=scored("must"),
            should=scored("should"),
            filter=tuple(self._filter(clause) for clause in _listed(content.get("filter"))),
            must_not=tuple(self._filter(clause) for clause in _listed(content.get("must_not"))),
            minimum=None if minimum is None else str(minimum),
        )

    def _match(self, content: Mapping[str, Any], second: Mapping[str, Any]) -> Words:
        (field, options), (_, second_options) = _only(content), _only(second)
        minimum = options.get("minimum_should_match")
        return Words(
            leaf=self._leaf(Leaf(field, tuple(options["query"].split()))),
            boost=self._number(options.get("boost", 1), second_options.get("boost", 1)),
            minimum=None if minimum is None else str(minimum),
            whole=options.get("operator") == "and",
        )

    def _filter(self, clause: Mapping[str, Any]) -> Held:
        return Held(self._leaf(Leaf("", clause=json.dumps(clause, ensure_ascii=False, sort_keys=True))))

    def _leaf(self, leaf: Leaf) -> int:
        return self._leaves.setdefault(leaf, len(self._leaves))

    def _number(self, first: float, second: float) -> Number:
        """A number by its two values: the same, or as many times larger as the marks of one boost are."""
        if first == second:
            return Number(float(first))
        times = second / first if first else 0.0
        name = next((name for name, mark in self._marks.items() if abs(times - mark) < TOLERANCE), None)
        if name is None:
            raise ReplayError(f"{first} and {second} are no multiple of a boost; a boost may only be multiplied")
        return Number(float(first), name)


def _only(clause: Mapping[str, Any]) -> tuple[str, Any]:
    ((name, content),) = clause.items()
    return name, content


def _listed(clauses: Any) -> list[Mapping[str, Any]]:
    return [clauses] if isinstance(clauses, Mapping) else list(clauses or ())


def deciding_leaves(node: Node) -> frozenset[int]:
    """Leaves of which any match needs at least one: what is required first, else one of the alternatives."""
    if not isinstance(node, Either):
        return frozenset({node.leaf})
    if node.must or node.filter:
        return deciding_leaves((node.must or node.filter)[0])
    return frozenset().union(*map(deciding_leaves, node.should))


def renumbered(node: Node) -> tuple[Node, tuple[int, ...]]:
    """The tree with its leaves numbered from 0 as they come, and their former numbers.

    Two queries with bodies of one shape then have equal trees, whatever other leaves they have.
    """
    order: dict[int, int] = {}

    def moved(one: Node) -> Node:
        if not isinstance(one, Either):
            return replace(one, leaf=order.setdefault(one.leaf, len(order)))
        parts = (tuple(moved(clause) for clause in part) for part in (one.must, one.should, one.filter, one.must_not))
        must, should, required, refused = parts
        return Either(must=must, should=should, filter=required, must_not=refused, minimum=one.minimum)

    return moved(node), tuple(order)


def node_as_json(node: Node) -> list[Any]:
    """A tree as lists, for a file."""
    if isinstance(node, Words):
        return ["words", node.leaf, _number_as_json(node.boost), node.minimum, node.whole]
    if isinstance(node, Held):
        return ["held", node.leaf, _number_as_json(node.boost)]
    parts = (node.must, node.should, node.filter, node.must_not)
    return ["either", *([node_as_json(one) for one in part] for part in parts), node.minimum]


def node_from_json(content: list[Any]) -> Node:
    """The tree that `node_as_json` wrote."""
    kind, *fields = content
    if kind == "words":
        leaf, boost, minimum, whole = fields
        return Words(leaf, Number(*boost), minimum, whole)
    if kind == "held":
        leaf, boost = fields
        return Held(leaf, Number(*boost))
    must, should, required, refused = (tuple(node_from_json(one) for one in part) for part in fields[:4])
    return Either(must=must, should=should, filter=required, must_not=refused, minimum=fields[4])


def _number_as_json(number: Number) -> list[Any]:
    return [number.factor, number.parameter]
