"""The words by which candidates are looked for, as clauses that score: pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from recommender.bundle import CandidatesBundle
from recommender.recommend.asking import tokens_by_weight
from recommender.recommend.candidates.appeal import appeal_clauses
from recommender.recommend.candidates.values import ASKED_SOURCES, Wanted
from recommender.recommend.values import TermSource

Clause = dict[str, Any]


def word_query(wanted: Wanted, candidates: CandidatesBundle) -> Clause:
    """Books must hold something of what was asked; what the reader liked only moves them. Without a question, it finds."""
    asked = asked_clauses(wanted, candidates)
    likes = _terms_by_weight(wanted, [source for source in TermSource if source not in ASKED_SOURCES])
    personal = _clauses(likes, candidates) + _author_clauses(wanted.authors, candidates)
    leanings = appeal_clauses(wanted.liked_traits, candidates, times=candidates.leaning_boost)
    if asked:
        return {"must": [any_of(asked)], "should": personal + leanings}
    return {"must": [any_of(personal)], "should": leanings} if personal else {}


def asked_clauses(wanted: Wanted, candidates: CandidatesBundle, *, times: float = 1.0) -> list[Clause]:
    """The words of the question and what follows from its answers, each weight in a clause of its own for each field."""
    words = [*tokens_by_weight(wanted.asked).items(), *_terms_by_weight(wanted, ASKED_SOURCES)]
    return _clauses(words, candidates, times=times)


def any_of(clauses: Sequence[Clause]) -> Clause:
    """Books to which at least one clause applies, scored by all that do."""
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _terms_by_weight(wanted: Wanted, sources: Sequence[TermSource]) -> list[tuple[float, tuple[str, ...]]]:
    """Weight → the tokens of the terms that have it: one clause for many terms."""
    weighed: dict[float, dict[str, None]] = {}
    for term, tokens in wanted.terms:
        if term.source in sources and tokens:
            weighed.setdefault(term.weight, {}).update(dict.fromkeys(tokens))
    return [(weight, tuple(tokens)) for weight, tokens in weighed.items()]


def _clauses(
    weighed: Iterable[tuple[float, tuple[str, ...]]], candidates: CandidatesBundle, *, times: float = 1.0
) -> list[Clause]:
    return [
        {"match": {field: {"query": " ".join(tokens), "boost": round(weight * boost * times, 6)}}}
        for weight, tokens in weighed
        for field, boost in candidates.boosts.items()
    ]


def _author_clauses(authors: Sequence[str], candidates: CandidatesBundle) -> list[Clause]:
    if not authors:
        return []
    return [
        {
            "constant_score": {
                "filter": {"terms": {"author_names": list(authors)}},
                "boost": candidates.liked_author_boost,
            }
        }
    ]
