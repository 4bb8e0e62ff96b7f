"""Finding the books to choose from: all legs in one round trip, what must not be suggested left out of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import Bundle, CandidatesBundle
from recommender.engine.base import Document, Engine, Search, SearchResult
from recommender.models import Form
from recommender.recommend.asking import AskedWord, tokens_by_weight
from recommender.recommend.intake import Answer
from recommender.recommend.safety import could_hurt
from recommender.recommend.values import EnrichedTerm, TermSource
from recommender.records import book_from_record
from recommender.search.evidence import SOURCE_FIELDS
from recommender.search.filtering import filter_clauses
from recommender.search.fusion import Fused, Leg, fuse
from recommender.search.queries import knn_body
from recommender.search.request import Filters
from recommender.search.service import BOOKS
from recommender.text.normalization import title_key

Clause = dict[str, Any]

NEVER_ANSWERS = (Form.WORKBOOK, Form.REFERENCE, Form.PERIODICAL)
"""Forms that are no answer to a question for a book to read, unless the reader filters for one."""

ASKED_SOURCES = (TermSource.QUESTION, TermSource.INTAKE)
"""Terms from these say what is wanted; those of the reader's past only say which of the wanted is liked."""

READ_AHEAD = 2
"""Times as many records are read as books are wanted: enough unless many are by one author, disliked or in another language.
All that the legs find are some 150; reading those took longer than finding them."""

TIE_BREAK = 0.02
"""Many books have the same moods: among them the question's words decide, too lightly to outweigh one mood."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates are looked for by. Tokens come from the analyser, vectors are `(dims,)` unit vectors."""

    asked: tuple[AskedWord, ...] = ()
    terms: tuple[tuple[EnrichedTerm, tuple[str, ...]], ...] = ()  # each added term with its tokens
    vector: NDArray[np.float32] | None = None
    taste: NDArray[np.float32] | None = None
    answers: tuple[Answer, ...] = ()
    filters: Filters = field(default_factory=Filters)
    authors: tuple[str, ...] = ()  # whose books the reader likes
    language: str = ""  # books in this language come before all others; empty for no preference

    @property
    def is_asked(self) -> bool:
        """Whether there is a question or an answer, not only a reader."""
        return bool(self.asked or self.answers)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is never suggested: read books, disliked authors, topics to avoid (as tokens, one tuple a topic)."""

    book_ids: tuple[str, ...] = ()
    title_keys: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, ...], ...] = ()
    gentle_only: bool = False  # and whatever could hurt somebody in danger


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents to choose from, best first, and the legs that found them."""

    documents: tuple[Document, ...]
    fused: Fused


def find_candidates(engine: Engine, wanted: Wanted, excluded: Excluded, bundle: Bundle, *, count: int) -> Candidates:
    """At most `count` books, best first, not too many of one author in front; a leg without weight finds none."""
    weights = leg_weights(wanted, bundle.recommend.candidates)
    bodies = {name: body for name, body in candidate_bodies(wanted, excluded, bundle).items() if weights[name]}
    answers = engine.msearch([Search(BOOKS, body) for body in bodies.values()]) if bodies else ()
    legs = [_leg(name, answer, weights[name], bundle) for name, answer in zip(bodies, answers, strict=True)]
    fused = fuse(legs, rank_constant=bundle.search.fusion.rrf.rank_constant)
    return Candidates(_first_documents(engine, fused.ids, wanted, excluded, bundle, count=count), fused)


def _first_documents(
    engine: Engine, ids: Sequence[str], wanted: Wanted, excluded: Excluded, bundle: Bundle, *, count: int
) -> tuple[Document, ...]:
    """The first `count` in the order in which they are suggested; the later ids are read only where they can matter."""
    per_author = bundle.recommend.candidates.books_per_author
    documents: list[Document] = []
    for part in (ids[: READ_AHEAD * count], ids[READ_AHEAD * count :]):
        found = engine.mget(BOOKS, part, source=SOURCE_FIELDS) if part else ()
        documents += _allowed([document for document in found if document], excluded)
        front, later = in_front(documents, per_author)
        if sum(_is_in(document, wanted.language) for document in front) >= count:
            break
    return tuple(language_first(front + later, wanted.language)[:count])


def _allowed(documents: Sequence[Document], excluded: Excluded) -> list[Document]:
    """Those that neither the reader's dislikes nor the reader's danger rule out, as far as an engine could not see it."""
    allowed = without_authors(documents, excluded.authors)
    if not excluded.gentle_only:
        return allowed
    return [document for document in allowed if not could_hurt(book_from_record(document.source["record"]))]


def candidate_bodies(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Clause]:
    """Leg → body; a leg that has nothing to go by is left out."""
    depth = bundle.search.fusion.depth
    limits = restriction(wanted.filters, excluded)
    words = _word_query(wanted, bundle.recommend.candidates)
    bodies: dict[str, Clause] = {}
    if words:
        bodies["lexical"] = {"query": {"bool": {**words, **limits}}, "size": depth}
    if appeal := _appeal_clauses(wanted.answers):
        ties = _asked_clauses(wanted, bundle.recommend.candidates, times=TIE_BREAK)
        bodies["appeal"] = {
            "query": {"bool": {"must": [_any_of(appeal)], "should": ties, **limits}},
            "size": depth,
        }
    for name, vector in (("dense", wanted.vector), ("taste", wanted.taste)):
        if vector is not None:
            bodies[name] = knn_body(vector, Filters(), bundle.search.dense, depth=depth)
            bodies[name]["knn"]["filter"] = [{"bool": limits}]
    return bodies


def restriction(filters: Filters, excluded: Excluded) -> Clause:
    """What every candidate must and must not be, as the inside of a `bool`."""
    banned: list[Clause] = []
    if not (filters.forms or (filters.also and filters.also.forms)):
        banned.append({"terms": {"form": [form.value for form in NEVER_ANSWERS]}})
    if excluded.book_ids:
        banned.append({"ids": {"values": list(excluded.book_ids)}})
        # A work that others were merged into since is the same book under another id.
        banned.append({"terms": {"former_ids": list(excluded.book_ids)}})
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


def without_authors(documents: Iterable[Document], authors: Sequence[str]) -> list[Document]:
    """The documents whose authors are none of these, however their names are spaced and capitalised."""
    keys = {title_key(author) for author in authors}
    return [
        document
        for document in documents
        if keys.isdisjoint(title_key(person["name"]) for person in document.source["record"].get("people", ()))
    ]


def in_front(documents: Iterable[Document], per_author: int) -> tuple[list[Document], list[Document]]:
    """The first `per_author` books of each author, and the others, which come after all of those."""
    seen: Counter[str] = Counter()
    front: list[Document] = []
    later: list[Document] = []
    for document in documents:
        people = document.source["record"].get("people", ())
        author = people[0]["name"] if people else document.id
        seen[author] += 1
        (front if seen[author] <= per_author else later).append(document)
    return front, later


def language_first(documents: Sequence[Document], language: str) -> list[Document]:
    """Books in the language before all others, each part in its order; unchanged without a language."""
    if not language:
        return list(documents)
    return sorted(documents, key=lambda document: not _is_in(document, language))


def _is_in(document: Document, language: str) -> bool:
    return not language or document.source["record"].get("language", "") == language


def _word_query(wanted: Wanted, candidates: CandidatesBundle) -> Clause:
    """Books must hold something of what was asked; what the reader liked only moves them. Without a question, it finds."""
    asked = _asked_clauses(wanted, candidates)
    likes = _terms_by_weight(wanted, [source for source in TermSource if source not in ASKED_SOURCES])
    personal = _clauses(likes, candidates) + _author_clauses(wanted.authors, candidates)
    if asked:
        return {"must": [_any_of(asked)], "should": personal}
    return {"must": [_any_of(personal)], "should": []} if personal else {}


def _asked_clauses(wanted: Wanted, candidates: CandidatesBundle, *, times: float = 1.0) -> list[Clause]:
    words = [*tokens_by_weight(wanted.asked).items(), *_terms_by_weight(wanted, ASKED_SOURCES)]
    return _clauses(words, candidates, times=times)


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


def _any_of(clauses: Sequence[Clause]) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _appeal_clauses(answers: Iterable[Answer]) -> list[Clause]:
    """One point for each mood, effect, depth, audience and form of the record that the answers ask for."""
    meanings = [answer.meaning for answer in answers if answer.meaning]
    wished = {
        "moods": [mood.value for meaning in meanings for mood in meaning.moods],
        "effects": [effect.value for meaning in meanings for effect in meaning.effects],
        "depth": [meaning.depth.value for meaning in meanings if meaning.depth],
        "audience": [meaning.audience.value for meaning in meanings if meaning.audience],
        "form": [meaning.form.value for meaning in meanings if meaning.form],
    }
    return [
        {"constant_score": {"filter": {"term": {field: value}}, "boost": float(times)}}
        for field, values in wished.items()
        for value, times in Counter(values).items()
    ]


def leg_weights(wanted: Wanted, candidates: CandidatesBundle) -> dict[str, float]:
    """Leg → weight; without a question, words taken from what was read are only guesses, and taste leads."""
    return {
        "lexical": candidates.lexical_weight * (1.0 if wanted.is_asked else candidates.unasked_share),
        "dense": candidates.dense_weight * (1.0 if wanted.is_asked else candidates.unasked_share),
        "appeal": candidates.appeal_weight,
        "taste": candidates.taste_weight,
    }


def _leg(name: str, answer: SearchResult, weight: float, bundle: Bundle) -> Leg:
    """A leg's ranking; what is not near enough in meaning is no find, however few there are."""
    lowest = (1 + bundle.search.dense.minimum_similarity) / 2 if name in ("dense", "taste") else 0.0
    return Leg(name, answer.ids, answer.scores or (), weight).down_to(lowest)
