"""Small libraries without an engine: they keep books, find them by the letters of their titles, and forget nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from recommender.appeal.applying import Codes, appraised
from recommender.engine.base import MAX_RESULT_WINDOW, Health
from recommender.errors import EngineUnavailableError, IndexMissingError, InputError, NotFoundError
from recommender.generation.base import GeneratorState
from recommender.generation.queueing import QueueState
from recommender.models import Book
from recommender.readers.pseudonyms import Pseudonyms
from recommender.recommend.answering import AnswerStore, KeptAnswer, LiveAnswer
from recommender.recommend.values import (
    Cost,
    EnrichedQuestion,
    EnrichedTerm,
    Evidence,
    EvidenceCode,
    Question,
    Reasons,
    ReasonSource,
    Recommendation,
    Recommendations,
    ServedFrom,
    TermSource,
    Usage,
)
from recommender.search.request import Filters, SearchRequest, Sort
from recommender.search.results import (
    BookHit,
    Facet,
    FacetValue,
    LegRank,
    Relaxation,
    SearchResults,
    Suggestion,
    Why,
    WhyCode,
)
from recommender.search.routing.values import Understood
from recommender.settings import Settings
from recommender.text.highlighting import Fragment


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


@dataclass
class FakeSearch:
    """Finds the books whose title or description holds the query, whatever the spaces."""

    books: dict[str, Book]
    asked: list[SearchRequest] = field(default_factory=list)
    understood: Understood | None = None  # what every query is taken for

    def search(self, request: SearchRequest) -> SearchResults:
        self.asked.append(request)
        if request.page * request.size > MAX_RESULT_WINDOW:
            raise InputError("beyond the window")
        understood = self.understood if request.understand else None
        words = understood.words if understood else request.query
        matching = [book for book in self.books.values() if self._matches(book, words)]
        kept = [book for book in matching if _passes(book, request.filters)]
        relaxed: tuple[Relaxation, ...] = ()
        if matching and not kept:
            kept, relaxed = matching, (Relaxation.WITHOUT_FILTERS,)
        if request.sort is Sort.TITLE:
            kept.sort(key=lambda book: book.title)
        first = (request.page - 1) * request.size
        hits = [
            self._hit(book, rank, request.query)
            for rank, book in enumerate(kept[first : first + request.size], first + 1)
        ]
        return SearchResults(
            request=request,
            total=len(kept),
            hits=tuple(hits),
            facets=_facets(matching, request.filters),
            relaxed=relaxed,
            understood=understood,
            timings={"search": 0.1},
        )

    def similar(self, book_id: str, size: int) -> tuple[BookHit, ...]:
        like = self.book(book_id)
        others = [book for book in self.books.values() if book.id != like.id and book.kdc[:1] == like.kdc[:1]]
        why = (Why(WhyCode.SIMILAR_TO, (like.title,)),)
        return tuple(BookHit(book, rank, 1 / rank, why=why) for rank, book in enumerate(others[:size], 1))

    def suggest(self, typed: str, size: int) -> tuple[Suggestion, ...]:
        found = [book for book in self.books.values() if _key(book.title).startswith(_key(typed))]
        return tuple(
            Suggestion(book.id, book.title, next(iter(book.authors), ""), book.call_number, book.available)
            for book in found[:size]
        )

    def book(self, book_id: str) -> Book:
        for book in self.books.values():
            if book_id == book.id or book_id in book.former_ids:
                return book
        raise NotFoundError(f'there is no book "{book_id}"; search for it by its title')

    def book_count(self) -> int:
        return len(self.books)

    def _matches(self, book: Book, query: str) -> bool:
        return _key(query) in _key(book.title + book.description)

    def _hit(self, book: Book, rank: int, query: str) -> BookHit:
        in_title = bool(query) and query in book.title
        before, _found, after = book.title.partition(query) if in_title else (book.title, "", "")
        return BookHit(
            book,
            rank,
            score=1 / rank,
            legs=(LegRank("lexical", rank, 7.5, 1 / rank),),
            why=(Why(WhyCode.TITLE, (query,)),) if in_title else (Why(WhyCode.MEANING),),
            highlights={"title": (Fragment(before, False), Fragment(query, True), Fragment(after, False))}
            if in_title
            else {},
        )


@dataclass
class FakeRecommend:
    """Suggests the held books in order, but none that the reader has read."""

    search: FakeSearch
    readers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # reader → ids of the books read
    asked: list[Question] = field(default_factory=list)
    generated_by: str = "composed"
    notice: str = ""
    usage: Usage = field(default_factory=Usage)
    cost: Cost = field(default_factory=Cost)
    served_from: ServedFrom = ServedFrom.FRESH
    created_at: datetime | None = None

    def recommend(self, question: Question) -> Recommendations:
        self.asked.append(question)
        if question.reader_id and question.reader_id not in self.readers:
            raise NotFoundError(f'there is no reader "{question.reader_id}"')
        read = self.readers.get(question.reader_id, ())
        unread = [book for book in self.search.books.values() if book.id not in read]
        term = EnrichedTerm("위로", TermSource.INTAKE, 0.5, f"mood: {question.intake.mood}")
        return Recommendations(
            question=question,
            enriched=EnrichedQuestion(
                question.text,
                terms=(term,) if question.intake.mood else (),
                read_books=tuple(self.search.books[book_id].title for book_id in read),
                left_out=len(read),
            ),
            recommendations=tuple(_recommendation(book, self.generated_by) for book in unread[: question.size]),
            candidates=tuple(book.id for book in unread[: question.num_candidates]),
            timings={"choice": 0.2},
            bundle="default-1",
            notice=self.notice,
            usage=self.usage,
            cost=self.cost,
            served_from=self.served_from,
            created_at=self.created_at,
        )


@dataclass
class FakeAnswers:
    """Answers everything at once, and says of the model what it was told to."""

    recommend: FakeRecommend
    model: QueueState = field(default_factory=lambda: QueueState(GeneratorState.NO_MODEL))
    waits: list[float | None] = field(default_factory=list)  # how long each answer was waited for
    store: AnswerStore = field(default_factory=lambda: AnswerStore(new_token=lambda: "a-token"))
    unfinished: LiveAnswer | None = None  # what is begun, in the place of an answer that is finished at once

    def begin(self, question: Question) -> LiveAnswer:
        return self.unfinished or LiveAnswer.of(self.recommend.recommend(question))

    def answer(self, question: Question, *, seconds: float | None, has_left: Callable[[], bool]) -> Recommendations:
        assert not has_left()
        self.waits.append(seconds)
        return self.recommend.recommend(question)

    def composed(self, question: Question, notice: str = "") -> Recommendations:
        self.waits.append(0)
        return replace(self.recommend.recommend(question), notice=notice)

    def keep(self, answer: LiveAnswer, form: Mapping[str, Sequence[str]]) -> str:
        return self.store.keep(answer, form)

    def find(self, token: str) -> KeptAnswer:
        return self.store.find(token)

    def state(self) -> QueueState:
        return self.model


@dataclass
class FakeEngine:
    """Answers, or does not."""

    name: str = "embedded"
    ok: bool = True

    def health(self) -> Health:
        return Health(self.ok, self.name)


@dataclass
class FakeLibrary:
    """A library of the books given to it."""

    search: FakeSearch
    recommend: FakeRecommend
    answers: FakeAnswers
    engine: FakeEngine = field(default_factory=FakeEngine)
    settings: Settings = field(default_factory=Settings)
    pseudonyms: Pseudonyms = field(default_factory=lambda: Pseudonyms(b"a key"))

    @property
    def appeal(self) -> "FakeCorrector":
        return FakeCorrector(self.search)


@dataclass
class FakeCorrector:
    """Writes what a librarian says into the book."""

    search: FakeSearch

    def correct(self, book: Book, codes: Codes) -> None:
        self.search.books[book.id] = appraised(book, codes, book.estimated)


class ClosedSearch(FakeSearch):
    """A library whose engine does not answer."""

    def search(self, request: SearchRequest) -> SearchResults:  # noqa: ARG002 (it answers nothing)
        raise EngineUnavailableError("http://elastic.internal:9200 does not answer")

    def book_count(self) -> int:
        raise EngineUnavailableError("http://elastic.internal:9200 does not answer")

    def book(self, book_id: str) -> Book:  # noqa: ARG002 (it answers nothing)
        raise EngineUnavailableError("http://elastic.internal:9200 does not answer")


class EmptySearch(FakeSearch):
    """A library into which nothing was loaded yet."""

    def search(self, request: SearchRequest) -> SearchResults:  # noqa: ARG002 (it answers nothing)
        raise IndexMissingError('there is no index "books"; load a catalogue')

    def book_count(self) -> int:
        raise IndexMissingError('there is no index "books"; load a catalogue')


def fake_library(
    *books: Book,
    readers: dict[str, tuple[str, ...]] | None = None,
    settings: Settings | None = None,
    search: type[FakeSearch] = FakeSearch,
    ok: bool = True,
) -> FakeLibrary:
    """A library over these books."""
    shelf = search({book.id: book for book in books})
    settings = replace(settings or Settings(), time_zone="Asia/Seoul")
    recommend = FakeRecommend(shelf, readers or {})
    return FakeLibrary(shelf, recommend, FakeAnswers(recommend), FakeEngine(ok=ok), settings)


def _recommendation(book: Book, generated_by: str) -> Recommendation:
    source = ReasonSource.COMPOSED if generated_by == "composed" else ReasonSource.MODEL
    return Recommendation(
        book,
        Reasons(f"「{book.title}」은 조용히 마음을 살핍니다.", "하루를 마치며 읽기 좋습니다.", source, source),
        evidence=(Evidence(EvidenceCode.AVAILABLE, (book.call_number,)),),
        legs=(LegRank("dense", 1, 0.8, 0.01),),
        generated_by=generated_by,
    )


def _passes(book: Book, filters: Filters) -> bool:
    return all(
        (
            not filters.kdc or book.kdc.startswith(filters.kdc),
            not filters.languages or book.language in filters.languages,
            filters.year_from is None or (book.year or 0) >= filters.year_from,
            filters.year_to is None or (book.year or 9999) <= filters.year_to,
            filters.available is None or book.available is filters.available,
        )
    )


def _facets(books: list[Book], filters: Filters) -> tuple[Facet, ...]:
    classes = [book.kdc[:1] for book in books]
    states = [str(book.available).lower() for book in books]
    return (
        Facet(
            "kdc",
            tuple(
                FacetValue(kdc, classes.count(kdc), any(chosen.startswith(kdc) for chosen in filters.kdc))
                for kdc in sorted(set(classes))
            ),
        ),
        Facet(
            "available",
            tuple(
                FacetValue(state, states.count(state), str(filters.available).lower() == state)
                for state in sorted(set(states))
            ),
        ),
    )
