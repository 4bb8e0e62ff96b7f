"""Searching the catalogue: the one door for pages, the endpoint and the command line."""

from collections.abc import Mapping, Sequence
from typing import Any

from recommender.bundle import SearchBundle
from recommender.clock import Stopwatch
from recommender.encoding.live import LiveEncoder
from recommender.engine.base import Document, Engine, Search
from recommender.engine.schema import check_meta
from recommender.errors import NotFoundError
from recommender.models import Book
from recommender.records import book_from_record, content_text
from recommender.reranking.base import Reranker
from recommender.search import evidence
from recommender.search.analysis import AnalysedQuery
from recommender.search.finding import Finder, first_result
from recommender.search.fusion import Fused, Leg, fuse
from recommender.search.queries import knn_body, suggestion_bodies
from recommender.search.request import Filters, SearchRequest
from recommender.search.results import BookHit, SearchResults, Suggestion, Why, WhyCode
from recommender.search.retrieval import Retrieval
from recommender.text.keyboard import as_latin, hangul_so_far
from recommender.text.morphemes import Analyzer
from recommender.text.typing_keys import typed_key

BOOKS = "books"
"""The alias of the live generation."""


class SearchService:
    """Search, similar books, suggestions and single books over the live generation."""

    def __init__(
        self,
        engine: Engine,
        analyzer: Analyzer,
        encoder: LiveEncoder,
        bundle: SearchBundle,
        *,
        reranker: Reranker | None = None,
    ) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._encoder = encoder
        self._bundle = bundle
        self._finder = Finder(engine, BOOKS, analyzer, encoder, bundle, reranker=reranker)
        self._vocabulary = self._finder.vocabulary
        self._checked: str | None = None

    def read_again(self, query: str, fused: Fused) -> Fused:
        """A ranking of books whose first were read again together with a query, where a reranker is set.

        Raises:
            RerankerError: the model cannot be loaded or used.
        """
        return self._finder.read_again(query, fused)

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of books.

        Raises:
            InputError: the page lies beyond the first 10,000 results.
            SchemaMismatchError: the index was built with another mapping, encoder or analyser.
            IndexMissingError: nothing was loaded yet.
        """
        self.check_index()
        watch = Stopwatch()
        found = self._finder.find(request, watch)
        query, retrieval = found.lookup.query, found.retrieval
        with watch.stage("documents"):
            documents = self._documents(found.ids)
        with watch.stage("evidence"):
            hits = self._hits(documents, query, retrieval, first_result(request))
        with watch.stage("suggestion"):
            missed = found.relaxed or (retrieval.total == 0 and found.lookup.lexical) or _is_spelt_otherwise(hits)
            suggestion = self._vocabulary.suggest(query) if missed and not query.is_empty else None
        return SearchResults(
            request=request,
            total=retrieval.total,
            total_by_meaning=len(retrieval.by_meaning),
            hits=hits,
            facets=retrieval.facets,
            suggestion=suggestion,
            searched_as=found.searched_as,
            relaxed=found.relaxed,
            understood=found.understood,
            timings=watch.timings,
        )

    def ids(self, request: SearchRequest) -> tuple[str, ...]:
        """The books of the page that `search` answers, without reading them: for measuring thousands of searches.

        Raises:
            InputError, SchemaMismatchError, IndexMissingError: as `search`.
        """
        self.check_index()
        return self._finder.find(request, Stopwatch()).ids

    def similar(self, book_id: str, size: int = 6) -> tuple[BookHit, ...]:
        """The books nearest in meaning to one book, itself left out.

        Raises:
            NotFoundError: there is no such book.
        """
        book = self.book(book_id)
        vector = self._encoder.encode_documents([content_text(book)])[0]
        body = knn_body(vector, Filters(), self._bundle.dense, depth=size + 1)
        (answer,) = self._engine.msearch([Search(BOOKS, body)])
        near = [hit for hit in answer.hits if hit.id != book.id][:size]
        leg = Leg("dense", tuple(hit.id for hit in near), tuple(hit.score or 0.0 for hit in near), 1.0)
        fused = fuse([leg], rank_constant=self._bundle.fusion.rrf.rank_constant)
        books = self.books(leg.ids)
        return tuple(
            BookHit(
                book=books[book_id],
                rank=rank,
                score=score,
                legs=fused.explain(book_id),
                why=(Why(WhyCode.SIMILAR_TO, (book.title,)),),
                by_meaning=True,
            )
            for rank, (book_id, score) in enumerate(zip(fused.ids, fused.scores, strict=True), 1)
            if book_id in books
        )

    def suggest(self, typed: str, size: int = 8) -> tuple[Suggestion, ...]:
        """Works whose title, or a word of it, begins with what was typed so far; also by initial consonants.

        Titles that end with it come first: who has typed a short title whole must not see only the longer ones.
        Where none does, what was typed is read on the other keyboard: ehrt is 독ㅅ, on the way to 독서.
        """
        for text in (typed, hangul_so_far(typed) or as_latin(typed)):
            if text and (books := self._begin_with(text, size)):
                return tuple(map(_suggestion, books))
        return ()

    def _begin_with(self, typed: str, size: int) -> Sequence[Book]:
        key = typed_key(typed)
        if key is None:
            return ()
        bodies = suggestion_bodies(key, size=size)
        answers = self._engine.msearch([Search(BOOKS, body) for body in bodies])
        ids = dict.fromkeys(book_id for answer in answers for book_id in answer.ids)
        return tuple(self.books(list(ids)[:size]).values())

    def book(self, book_id: str) -> Book:
        """One book by its id, or by the id of a work that was merged into it.

        Raises:
            NotFoundError: there is no such book.
        """
        (document,) = self._engine.mget(BOOKS, [book_id], source=["record"])
        if document:
            return book_from_record(document.source["record"])
        body = {"query": {"bool": {"filter": [{"term": {"former_ids": book_id}}]}}, "size": 1, "_source": ["record"]}
        (answer,) = self._engine.msearch([Search(BOOKS, body)])
        for hit in answer.hits:
            return book_from_record((hit.source or {})["record"])
        raise NotFoundError(f"there is no book {book_id!r}; search for its title instead")

    def books(self, ids: Sequence[str]) -> dict[str, Book]:
        """Books by id, in the order asked; ids that are not there are left out."""
        documents = self._engine.mget(BOOKS, ids, source=["record"]) if ids else ()
        return {document.id: book_from_record(document.source["record"]) for document in documents if document}

    def book_count(self) -> int:
        """How many works the live generation holds."""
        return self._engine.count(BOOKS)

    def check_index(self) -> str:
        """Compare the live generation with what runs, and encode as it was from now on; once a generation.

        Returns:
            The name of the live generation.

        Raises:
            SchemaMismatchError: it was built with another mapping, encoder or analyser.
            IndexMissingError: nothing was loaded yet.
        """
        live = self._engine.aliases().get(BOOKS, BOOKS)
        if live == self._checked:
            return live
        self._encoder.follow(live)
        expected = {
            "encoder": self._encoder.name,
            "dims": self._encoder.dims,
            "analyzer": self._analyzer.fingerprint,
        }
        check_meta(self._engine, live, expected)
        self._checked = live
        return live

    def _documents(self, ids: Sequence[str]) -> list[Document]:
        found = self._engine.mget(BOOKS, ids, source=evidence.SOURCE_FIELDS) if ids else ()
        return [document for document in found if document]

    def _hits(
        self, documents: Sequence[Document], query: AnalysedQuery, retrieval: Retrieval, start: int
    ) -> tuple[BookHit, ...]:
        scores = dict(zip(retrieval.fused.ids, retrieval.fused.scores, strict=True))
        return tuple(
            self._hit(document, query, retrieval, rank=rank, score=scores.get(document.id, 0.0))
            for rank, document in enumerate(documents, start + 1)
        )

    def _hit(
        self, document: Document, query: AnalysedQuery, retrieval: Retrieval, *, rank: int, score: float
    ) -> BookHit:
        source: Mapping[str, Any] = document.source
        book = book_from_record(source["record"])
        words = evidence.matched_words(source, query.tokens.score)
        legs = retrieval.fused.explain(document.id)
        return BookHit(
            book=book,
            rank=rank,
            score=score,
            legs=legs,
            why=evidence.why(book, source, query, words, legs, ahead=retrieval.ahead.get(document.id)),
            pinned=document.id in retrieval.pinned,
            by_meaning=document.id in retrieval.by_meaning,
            highlights=evidence.highlights(book, evidence.with_heard(words, source, query), self._analyzer),
        )


def _is_spelt_otherwise(hits: Sequence[BookHit]) -> bool:
    """Whether the best book holds no word as it was typed, only a title that is spelt nearly so."""
    return bool(hits) and any(why.code is WhyCode.TITLE_SPELLING for why in hits[0].why)


def _suggestion(book: Book) -> Suggestion:
    return Suggestion(
        book_id=book.id,
        title=evidence.full_title(book),
        author=", ".join(book.authors[:2]),
        call_number=book.call_number,
        available=book.available,
    )
