"""Finding the books to choose from: all legs in one round trip, what must not be suggested left out of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import Bundle, CandidatesBundle, LexicalBundle
from recommender.engine.base import Document, Engine, Search, SearchResult
from recommender.models import Form
from recommender.recommend.intake import Answer
from recommender.recommend.values import EnrichedTerm
from recommender.search.evidence import SOURCE_FIELDS
from recommender.search.fusion import Fused, Leg, fuse
from recommender.search.queries import SCORED_BY_TOKENS, filter_clauses, knn_body
from recommender.search.request import Filters
from recommender.search.service import BOOKS

Clause = dict[str, Any]

NEVER_ANSWERS = (Form.WORKBOOK, Form.REFERENCE, Form.PERIODICAL)
"""Forms that are no answer to a question for a book to read, unless the reader filters for one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates are looked for by. Tokens come from the analyser, vectors are `(dims,)` unit vectors.

    `question_tokens` is everything that scores, `subject_tokens` the part of it that says what the question is about.
    """

    question_tokens: tuple[str, ...]
    subject_tokens: tuple[str, ...]
    term_tokens: tuple[tuple[EnrichedTerm, tuple[str, ...]], ...]
    vector: NDArray[np.float32] | None
    taste: NDArray[np.float32] | None
    answers: tuple[Answer, ...]
    filters: Filters


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is never suggested: read books, disliked authors, topics to avoid (as tokens, one tuple a topic)."""

    book_ids: tuple[str, ...] = ()
    title_keys: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents to choose from, best first, and the legs that found them."""

    documents: tuple[Document, ...]
    fused: Fused


def find_candidates(engine: Engine, wanted: Wanted, excluded: Excluded, bundle: Bundle, *, count: int) -> Candidates:
    """At most `count` books, best first, not too many of one author."""
    bodies = candidate_bodies(wanted, excluded, bundle)
    if not bodies:
        return Candidates((), fuse([], rank_constant=bundle.search.fusion.rank_constant))
    answers = engine.msearch([Search(BOOKS, body) for body in bodies.values()])
    weights = _weights(bundle.recommend.candidates)
    legs = [_leg(name, answer, weights[name]) for name, answer in zip(bodies, answers, strict=True)]
    fused = fuse(legs, rank_constant=bundle.search.fusion.rank_constant)
    found = engine.mget(BOOKS, fused.ids, source=SOURCE_FIELDS) if fused.ids else ()
    documents = [document for document in found if document]
    return Candidates(tuple(_spread(documents, bundle.recommend.candidates.books_per_author)[:count]), fused)


def candidate_bodies(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Clause]:
    """Leg → body; a leg that has nothing to go by is left out."""
    depth = bundle.search.fusion.depth
    limits = restriction(wanted.filters, excluded)
    bodies: dict[str, Clause] = {}
    if words := _word_clauses(wanted, bundle.search.lexical):
        bodies["lexical"] = _body(words, limits, depth)
    if appeal := _appeal_clauses(wanted.answers):
        bodies["appeal"] = _body(appeal, limits, depth)
    for name, vector in (("dense", wanted.vector), ("taste", wanted.taste)):
        if vector is not None:
            bodies[name] = knn_body(vector, Filters(), bundle.search.dense, depth=depth)
            bodies[name]["knn"]["filter"] = [{"bool": limits}]
    return bodies


def restriction(filters: Filters, excluded: Excluded) -> Clause:
    """What every candidate must and must not be, as the inside of a `bool`."""
    banned: list[Clause] = []
    if not filters.forms:
        banned.append({"terms": {"form": [form.value for form in NEVER_ANSWERS]}})
    if excluded.book_ids:
        banned.append({"ids": {"values": list(excluded.book_ids)}})
    if excluded.title_keys:
        banned.append({"terms": {"title_keys": list(excluded.title_keys)}})
    if excluded.authors:
        banned.append({"terms": {"author_names": list(excluded.authors)}})
    banned += [
        {"match": {field: {"query": " ".join(topic), "operator": "and"}}}
        for topic in excluded.topics
        for field in ("title", "subjects")
    ]
    return {"filter": filter_clauses(filters) or [{"match_all": {}}], "must_not": banned}


def _body(should: Sequence[Clause], limits: Clause, depth: int) -> Clause:
    return {"query": {"bool": {"should": list(should), "minimum_should_match": 1, **limits}}, "size": depth}


def _word_clauses(wanted: Wanted, lexical: LexicalBundle) -> list[Clause]:
    """The question's words in full weight, and each added term in its own."""
    weighted = [(wanted.question_tokens, 1.0)] if wanted.question_tokens else []
    weighted += [(tokens, term.weight) for term, tokens in wanted.term_tokens if tokens]
    return [
        {"match": {field: {"query": " ".join(tokens), "boost": weight * lexical.boosts[field]}}}
        for tokens, weight in weighted
        for field in SCORED_BY_TOKENS
        if field not in ("people", "publisher")
    ]


def _appeal_clauses(answers: Iterable[Answer]) -> list[Clause]:
    """One point for each mood, effect and depth of the record that the intake asks for."""
    meanings = [answer.meaning for answer in answers if answer.meaning]
    wished = {
        "moods": [mood.value for meaning in meanings for mood in meaning.moods],
        "effects": [effect.value for meaning in meanings for effect in meaning.effects],
        "depth": [meaning.depth.value for meaning in meanings if meaning.depth],
    }
    return [
        {"constant_score": {"filter": {"term": {field: value}}, "boost": float(times)}}
        for field, values in wished.items()
        for value, times in Counter(values).items()
    ]


def _weights(candidates: CandidatesBundle) -> dict[str, float]:
    return {
        "lexical": candidates.lexical_weight,
        "dense": candidates.dense_weight,
        "appeal": candidates.appeal_weight,
        "taste": candidates.taste_weight,
    }


def _leg(name: str, answer: SearchResult, weight: float) -> Leg:
    return Leg(name, tuple(hit.id for hit in answer.hits), tuple(hit.score or 0.0 for hit in answer.hits), weight)


def _spread(documents: Sequence[Document], per_author: int) -> list[Document]:
    """The same order without an author's books past the first `per_author`."""
    seen: Counter[str] = Counter()
    kept = []
    for document in documents:
        people = document.source["record"].get("people", ())
        author = people[0]["name"] if people else document.id
        seen[author] += 1
        if seen[author] <= per_author:
            kept.append(document)
    return kept
