"""Queries of the language as tantivy's: what matches, and how much each match counts."""

from collections.abc import Callable, Mapping
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from recommender.engine.base import Schema
from recommender.engine.language import clauses, instant_milliseconds, minimum_matches

NOTHING_SCORED = 0.0

MOST_TERMS_ONE_BY_ONE = 16
"""Up to so many values are asked for one by one: two classes of 10,000 books took 20 µs so, and 130 as a set, which
tantivy makes an automaton and a list of all matches of."""

_SPECIAL = frozenset(r"\.+*?()|[]{}^$#&-~/@<>" + '"')
_RANGE_TYPES = {"integer": FieldType.Integer, "date": FieldType.Integer, "double": FieldType.Float}


class QueryTranslator:
    """Makes tantivy's queries from valid ones of one index."""

    def __init__(self, schema: Schema, words: tantivy.Schema) -> None:
        self._words = words
        self._kinds = {field: mapping["type"] for field, mapping in schema.properties.items()}
        self._make: Mapping[str, Callable[[Any], Query]] = {
            "bool": self._bool,
            "match": self._match,
            "constant_score": self._constant_score,
            # Not bare: in a conjunction tantivy drops a bare one, and its score with it.
            "match_all": lambda _: Query.const_score_query(Query.all_query(), 1.0),
            "term": self._term,
            "terms": self._terms,
            "range": self._range,
            "ids": lambda content: self._any_of("id", content["values"]),
            "prefix": self._prefix,
            "exists": lambda content: Query.exists_query(content["field"]),
        }

    def query(self, query: Mapping[str, Any]) -> Query:
        """A query with its scores."""
        ((kind, content),) = query.items()
        return self._make[kind](content)

    def filter(self, query: Mapping[str, Any]) -> Query:
        """A query that only decides what matches."""
        return Query.const_score_query(self.query(query), NOTHING_SCORED)

    def _bool(self, content: Mapping[str, Any]) -> Query:
        required = [(Occur.Must, self.query(one)) for one in clauses(content.get("must", ()))]
        required += [(Occur.Must, self.filter(one)) for one in clauses(content.get("filter", ()))]
        optional = [(Occur.Should, self.query(one)) for one in clauses(content.get("should", ()))]
        excluded = [(Occur.MustNot, self.query(one)) for one in clauses(content.get("must_not", ()))]
        if not required and not optional:
            if not excluded:
                return self.query({"match_all": {}})
            required = [(Occur.Must, self.filter({"match_all": {}}))]
        needed = bool_minimum(content, optional=len(optional), has_required=bool(required))
        if needed > len(optional):
            return Query.empty_query()
        return Query.boolean_query(required + optional + excluded, needed)

    def _match(self, content: Mapping[str, Any]) -> Query:
        ((field, options),) = content.items()
        words, tokens = self._words, options["query"].split()
        terms = [Query.term_query(words, field, token, "freq") for token in tokens]
        if not terms:
            return Query.empty_query()
        query = terms[0] if len(terms) == 1 else _combined(terms, options)
        boost = options.get("boost", 1)
        return query if boost == 1 else Query.boost_query(query, float(boost))

    def _constant_score(self, content: Mapping[str, Any]) -> Query:
        return Query.const_score_query(self.query(content["filter"]), float(content.get("boost", 1)))

    def _term(self, content: Mapping[str, Any]) -> Query:
        ((field, value),) = content.items()
        return self._exactly(field, self._value(field, value))

    def _terms(self, content: Mapping[str, Any]) -> Query:
        ((field, values),) = content.items()
        return self._any_of(field, [self._value(field, value) for value in values])

    def _any_of(self, field: str, values: list[Any]) -> Query:
        if not values:
            return Query.empty_query()
        if len(values) > MOST_TERMS_ONE_BY_ONE:
            return Query.term_set_query(self._words, field, list(values))
        return Query.boolean_query([(Occur.Should, self._exactly(field, value)) for value in values])

    def _exactly(self, field: str, value: Any) -> Query:
        return Query.term_query(self._words, field, value, "basic")

    def _range(self, content: Mapping[str, Any]) -> Query:
        ((field, bounds),) = content.items()
        kind = _RANGE_TYPES[self._kinds[field]]
        sides = [self._one_range(field, kind, name, value) for name, value in bounds.items()]
        return sides[0] if len(sides) == 1 else Query.boolean_query([(Occur.Must, side) for side in sides])

    def _one_range(self, field: str, kind: FieldType, bound: str, value: Any) -> Query:
        limit = self._value(field, value)
        included = bound in {"gte", "lte"}
        if bound in {"gte", "gt"}:
            return Query.range_query(self._words, field, kind, lower_bound=limit, include_lower=included)
        return Query.range_query(self._words, field, kind, upper_bound=limit, include_upper=included)

    def _prefix(self, content: Mapping[str, Any]) -> Query:
        ((field, prefix),) = content.items()
        return Query.regex_query(self._words, field, _escaped(prefix) + ".*")

    def _value(self, field: str, value: Any) -> Any:
        kind = self._kinds[field]
        if kind == "date":
            return instant_milliseconds(value)
        return float(value) if kind == "double" else value


def bool_minimum(content: Mapping[str, Any], *, optional: int, has_required: bool) -> int:
    """How many `should` clauses of a `bool` have to match, if it has any."""
    specification = content.get("minimum_should_match")
    needed = 0 if specification is None else minimum_matches(specification, optional)
    return max(needed, 1) if optional and not has_required else needed


def _combined(terms: list[Query], options: Mapping[str, Any]) -> Query:
    if options.get("operator") == "and":
        return Query.boolean_query([(Occur.Must, term) for term in terms])
    optional = [(Occur.Should, term) for term in terms]
    specification = options.get("minimum_should_match")
    if specification is None:
        return Query.boolean_query(optional)
    needed = max(1, minimum_matches(specification, len(terms)))
    return Query.boolean_query(optional, needed) if needed <= len(terms) else Query.empty_query()


def _escaped(text: str) -> str:
    return "".join("\\" + character if character in _SPECIAL else character for character in text)
