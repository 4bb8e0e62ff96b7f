"""How many documents a query can match at most, told from how many hold its values: no document is looked at."""

from collections.abc import Iterable, Mapping
from typing import Any

from recommender.engine.embedded.queries import MOST_TERMS_ONE_BY_ONE
from recommender.engine.embedded.snapshot import Snapshot
from recommender.engine.language import clauses


def most_matches(snapshot: Snapshot, query: Mapping[str, Any]) -> int:
    """No more than this many documents match; all of them where that would take long to tell."""
    ((kind, content),) = query.items()
    match kind:
        case "ids":
            return _holding(snapshot, "id", content["values"])
        case "term" | "terms":
            ((field, values),) = content.items()
            return _holding(snapshot, field, [values] if kind == "term" else values)
        case "constant_score":
            return most_matches(snapshot, content["filter"])
        case "bool":
            return _most_matches_of_bool(snapshot, content)
    return int(snapshot.searcher.num_docs)


def _most_matches_of_bool(snapshot: Snapshot, content: Mapping[str, Any]) -> int:
    required = [*clauses(content.get("must", ())), *clauses(content.get("filter", ()))]
    if required:
        return min(most_matches(snapshot, one) for one in required)
    optional = clauses(content.get("should", ()))
    return sum(most_matches(snapshot, one) for one in optional) if optional else int(snapshot.searcher.num_docs)


def _holding(snapshot: Snapshot, field: str, values: Iterable[Any]) -> int:
    wanted = list(values)
    if snapshot.schema.properties[field]["type"] != "keyword" or len(wanted) > MOST_TERMS_ONE_BY_ONE:
        return int(snapshot.searcher.num_docs)
    return sum(snapshot.searcher.doc_freq(field, value) for value in wanted)
