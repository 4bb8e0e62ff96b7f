"""Which books stand on a page: the query understood, looked for, and relaxed in stated steps where nothing matches."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import SearchBundle
from recommender.clock import Stopwatch
from recommender.encoding.base import Encoder
from recommender.engine.base import MAX_RESULT_WINDOW, Engine
from recommender.errors import InputError
from recommender.models import Form
from recommender.reranking.base import Reranker
from recommender.search.analysis import AnalysedQuery, analyse, in_tokens
from recommender.search.correcting import corrections, on_other_keyboard
from recommender.search.fusion import Fused
from recommender.search.known import LiveCatalogue
from recommender.search.relaxing import CORRECTIONS, Step, relaxations
from recommender.search.request import Filters, Mode, SearchRequest, Sort
from recommender.search.reranking import SecondReading
from recommender.search.results import Relaxation
from recommender.search.retrieval import Lookup, Rerank, Retrieval, beyond_window, retrieve, sorted_page
from recommender.search.routing.kinds import QueryKind
from recommender.search.routing.nouns import exclusion_of
from recommender.search.routing.understanding import as_typed, understand
from recommender.search.routing.values import Route, RouteCode, Understood, merged
from recommender.search.sounding import SoundReader
from recommender.search.vocabulary import Vocabulary
from recommender.text.morphemes import Analyzer


@dataclass(frozen=True, slots=True)
class Found:
    """The books of one page, and how they were looked for."""

    understood: Understood
    lookup: Lookup
    retrieval: Retrieval
    ids: tuple[str, ...]
    relaxed: tuple[Relaxation, ...] = ()

    @property
    def searched_as(self) -> str | None:
        """What was looked for in the place of the query, if that was put right."""
        return None if CORRECTIONS.isdisjoint(self.relaxed) else self.lookup.query.text


class Finder:
    """Finds the books of a page in one index."""

    def __init__(
        self,
        engine: Engine,
        index: str,
        analyzer: Analyzer,
        encoder: Encoder,
        bundle: SearchBundle,
        *,
        reranker: Reranker | None = None,
    ) -> None:
        self._engine = engine
        self._index = index
        self._analyzer = analyzer
        self._encoder = encoder
        self._bundle = bundle
        self._second_reading = SecondReading(engine, index, reranker, bundle.rerank) if reranker else None
        self._catalogue = LiveCatalogue(engine, index)
        self.vocabulary = Vocabulary(engine, index)
        self._sounds = SoundReader(engine, index, analyzer, self.vocabulary)

    def find(self, request: SearchRequest, watch: Stopwatch) -> Found:
        """The ids of a page; the stages of the work are timed.

        Raises:
            InputError: the page lies beyond the first 10,000 results.
        """
        start = first_result(request)
        understood, lookup = self._lookup(request, watch)
        with watch.stage("retrieval"):
            return self._page(request, understood, lookup, start, watch)

    def lookups(self, request: SearchRequest) -> Iterator[Lookup]:
        """What `find` tries until something matches: the search as asked, then relaxed; for replaying searches."""
        understood, lookup = self._lookup(request, Stopwatch())
        return (attempt for _, attempt in self._attempts(request, understood, lookup))

    def _lookup(self, request: SearchRequest, watch: Stopwatch) -> tuple[Understood, Lookup]:
        with watch.stage("analysis"):
            understood = self._understood(request)
            query = self._analysed(understood)
            filters = self._filters(request, understood, query)
        with watch.stage("encoding"):
            vector = self._query_vector(request, query)
        lexical = _wants_words(request, query)
        return understood, Lookup(query, filters, vector, lexical=lexical, facets=True, preferred=understood.preferred)

    def _understood(self, request: SearchRequest) -> Understood:
        if request.understand:
            return understand(request.query, self._analyzer, self._catalogue)
        return as_typed(request.query, self._analyzer)

    def _analysed(self, understood: Understood) -> AnalysedQuery:
        """The words that are left, of the kind that the whole query is."""
        query = analyse(understood.words, self._analyzer)
        kind = query.kind if query.kind is QueryKind.IDENTIFIER else understood.kind
        query = replace(query, kind=kind, language=understood.language, names=understood.people)
        if query.is_empty or query.is_identifier or query.is_worry or self._is_mistyped(query):
            return query
        heard = self._sounds.readings(query)
        return replace(query, sounds=heard) if heard else query

    def _is_mistyped(self, query: AnalysedQuery) -> bool:
        """Whether it makes sense on the other keyboard only, whatever it may sound like."""
        return on_other_keyboard(query, self._analyzer, self.vocabulary) is not None

    def _corrections(self, request: SearchRequest, lookup: Lookup) -> Iterator[Step]:
        for correction, text in corrections(lookup.query, self._analyzer, self.vocabulary):
            query = self._analysed(as_typed(text, self._analyzer))
            vector = self._query_vector(request, query)
            yield (correction,), replace(lookup, query=query, vector=vector)

    def _filters(self, request: SearchRequest, understood: Understood, query: AnalysedQuery) -> Filters:
        said = merged([understood.limits, exclusion_of(request.filters.without_words)])
        filters = replace(request.filters, also=None if said == Filters() else said)
        if query.is_worry and not (filters.forms or said.forms):
            filters = _without_workbooks(filters)
        return in_tokens(filters, self._analyzer)

    def _query_vector(self, request: SearchRequest, query: AnalysedQuery) -> NDArray[np.float32] | None:
        if request.mode is Mode.LEXICAL or request.sort is not Sort.RELEVANCE:
            return None
        if query.is_empty or query.is_identifier or query.names:
            return None
        vector: NDArray[np.float32] = self._encoder.encode_queries([query.text])[0]
        return vector

    def _page(
        self, request: SearchRequest, understood: Understood, lookup: Lookup, start: int, watch: Stopwatch
    ) -> Found:
        """The page; where nothing matched, that of the same search relaxed."""
        for relaxed, attempt in self._attempts(request, understood, lookup):
            retrieval, ids = self._attempt(request, attempt, start, watch)
            if retrieval.total or retrieval.pinned or not attempt.lexical:
                understood = _with_author(understood, retrieval)
                return Found(understood, attempt, retrieval, ids, relaxed)
        retrieval, ids = self._attempt(request, lookup, start, watch)
        return Found(understood, lookup, retrieval, ids)

    def _attempts(
        self, request: SearchRequest, understood: Understood, lookup: Lookup
    ) -> Iterator[tuple[tuple[Relaxation, ...], Lookup]]:
        """The search, its relaxations, and where the query was nothing but a restriction its words as they stand."""
        yield from relaxations(lookup, self._bundle.lexical, self._corrections(request, lookup))
        refuses = understood.limits.only_exclusions() != Filters()
        if lookup.query.is_empty and understood.text != understood.words and not refuses:
            plain = as_typed(understood.text, self._analyzer)
            yield (Relaxation.AS_TYPED,), replace(lookup, query=self._analysed(plain), filters=request.filters)

    def _attempt(
        self, request: SearchRequest, lookup: Lookup, start: int, watch: Stopwatch
    ) -> tuple[Retrieval, tuple[str, ...]]:
        if sort := _field_order(request, lookup):
            return sorted_page(
                self._engine, self._index, lookup, self._bundle, sort=sort, start=start, size=request.size
            )
        retrieval = retrieve(self._engine, self._index, lookup, self._bundle, self._rerank(lookup, watch))
        ids = retrieval.fused.ids[start : start + request.size]
        missing = request.size - len(ids)
        window = len(retrieval.fused.ids)
        if missing and retrieval.total + len(retrieval.by_meaning) > window:
            beyond = max(0, start - window)
            ids += beyond_window(
                self._engine, self._index, lookup, self._bundle, fused=retrieval.fused, start=beyond, size=missing
            )
        return retrieval, ids

    def read_again(self, query: str, fused: Fused) -> Fused:
        """A ranking whose first hits were read again together with the query; as it is without a reranker."""
        return self._second_reading.rerank(query, fused) if self._second_reading and query else fused

    def _rerank(self, lookup: Lookup, watch: Stopwatch) -> Rerank | None:
        """What reads the first hits again; a search by words alone is left to its words."""
        reading = self._second_reading
        if reading is None or lookup.vector is None:
            return None

        def rerank(fused: Fused) -> Fused:
            with watch.stage("reranking"):
                return reading.rerank(lookup.query.text, fused)

        return rerank


def first_result(request: SearchRequest) -> int:
    """How many results stand before the page.

    Raises:
        InputError: the page lies beyond the first 10,000 results.
    """
    start = (request.page - 1) * request.size
    if start + request.size > MAX_RESULT_WINDOW:
        raise InputError(
            f"page={request.page}: only the first {MAX_RESULT_WINDOW:,} results can be paged through; "
            "narrow the search by class, year or language"
        )
    return start


def _field_order(request: SearchRequest, lookup: Lookup) -> Sort | None:
    """The field to sort by; browsing is by year, unless something is preferred."""
    if request.sort is not Sort.RELEVANCE:
        return request.sort
    return Sort.NEWEST if lookup.query.is_empty and lookup.preferred.is_empty else None


def _wants_words(request: SearchRequest, query: AnalysedQuery) -> bool:
    """Only a dense search by relevance does without the lexical leg; browsing and sorting are lexical."""
    return request.mode is not Mode.DENSE or request.sort is not Sort.RELEVANCE or query.is_empty


def _without_workbooks(filters: Filters) -> Filters:
    """A worry told in a sentence is never answered with an exam workbook, unless workbooks are what is filtered for."""
    return replace(filters, without_forms=tuple(dict.fromkeys((*filters.without_forms, Form.WORKBOOK))))


def _with_author(understood: Understood, retrieval: Retrieval) -> Understood:
    """A query that turns out to be an author's name says so."""
    if not retrieval.by_author or understood.routes:
        return understood
    whole = Route(RouteCode.PERSON, understood.text, 0, len(understood.text), understood.text)
    return replace(understood, routes=(whole,))
