"""Searching by what a query says: what is left out, what goes first, and what is given up where nothing fits."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from recommender.bundle import load_bundle
from recommender.engine.embedded import EmbeddedEngine
from recommender.models import Audience, Form, Holding, Person, Role
from recommender.search.request import Filters, SearchRequest, Sort
from recommender.search.results import Relaxation, SearchResults
from recommender.search.routing.kinds import QueryKind
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer
from tests.small_library import BOOKS, SmallLibrary, book

MORE_BOOKS = (
    replace(
        book("demian", "데미안", "헤르만 헤세", keywords="성장"),
        kdc="853", pages=240, year=2009, publisher="민음사", holdings=tuple(Holding() for _ in range(30)),
    ),
    replace(book("space-comic", "우주 만화 탐험", "김만화", keywords="우주 만화", form=Form.COMIC), kdc="443", year=2020),
    replace(book("space", "우주의 역사", "칼 세이건", keywords="우주 과학"), kdc="443", pages=500, year=2015),
    replace(book("space-kids", "처음 만나는 우주", "박과학", keywords="우주", audience=Audience.CHILDREN), kdc="443", pages=80),
    book("no-exams", "시험은 빼고", "정하섭"),
    book("class", "813의 비밀", "모리스 르블랑"),
    book("vegetarian", "채식주의자", "한강"),
    book("boy", "소년이 온다", "한강"),
    book("han-river", "한강", "조정래"),
    book("about-han", "한강을 읽는 밤", "이한강"),
    replace(
        book("wind-up", "태엽 감는 새", "무라카미 하루키"),
        people=(Person("무라카미 하루키"), Person("윤성원", Role.TRANSLATOR)),
    ),
    book("haruki", "하루키 읽는 법", "양자오"),
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("library"))
    yield SmallLibrary(engine, Analyzer(num_workers=1), (*BOOKS, *MORE_BOOKS))
    engine.close()


@pytest.fixture(scope="module")
def service(library: SmallLibrary) -> SearchService:
    return SearchService(library.engine, library.analyzer, library.encoder, load_bundle().search)


def ids(results: SearchResults) -> list[str]:
    return [hit.book.id for hit in results.hits]


def said(results: SearchResults) -> list[tuple[str, str]]:
    return [(route.code.value, route.value) for route in results.routes]


@pytest.mark.parametrize("query", ["만화 말고 우주", "우주, 만화는 빼고", "우주 -만화", "우주 without comics"])
def test_what_is_refused_is_not_found(service: SearchService, query: str) -> None:
    results = service.search(SearchRequest(query))

    assert set(ids(results)) == {"space", "space-kids"}
    assert results.total == 2
    (form,) = [facet for facet in results.facets if facet.name == "form"]
    assert {value.value: value.count for value in form.values} == {"book": 2}


def test_a_refusal_alone_browses_without(service: SearchService) -> None:
    results = service.search(SearchRequest("만화 말고", size=100))

    assert results.total == len(BOOKS) + len(MORE_BOOKS) - 1
    assert "space-comic" not in ids(results)
    assert said(results) == [("without", "만화")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("30권 있는 데미안", {"demian"}),
        ("우주 100쪽 이하", {"space-kids"}),
        ("우주 100쪽 이상", {"space"}),  # what tells no pages is left out by a number
        ("kdc:443 저자:세이건", {"space"}),
        ("443", {"space", "space-kids", "space-comic"}),
        ("KDC 443", {"space", "space-kids", "space-comic"}),
        ("저자:하루키", {"wind-up", "norwegian-wood"}),
        ("옮긴이:윤성원", {"wind-up"}),
        ("저자:한강", {"vegetarian", "boy"}),  # two letters are a whole name: not 이한강
        ("우주 -저자:세이건", {"space-kids", "space-comic"}),
        ("제목:데미안", {"demian"}),
        ("출판사:민음사", {"demian"}),
        ("주제:우정 -저자:천선란", {"almond", "farewell"}),
        ("청구기호:833.6", {"kitchen", "norwegian-wood"}),
        ("연도:2015-2020 우주", {"space", "space-comic"}),
        ("형태:만화", {"space-comic"}),
        ("대상:어린이 우주", {"space-kids"}),
    ],
)
def test_restrictions_that_a_query_says(service: SearchService, query: str, found: set[str]) -> None:
    results = service.search(SearchRequest(query))

    assert {hit.book.id for hit in results.hits if not hit.by_meaning} == found
    assert results.relaxed == ()


def test_a_phrase_has_all_its_words(service: SearchService) -> None:
    loose = service.search(SearchRequest("로봇 경주마 우정 외계인 인간"))
    quoted = service.search(SearchRequest('로봇 "경주마 우정"'))

    assert len(ids(loose)) > 1
    assert ids(quoted) == ["thousand-blues"]


def test_preferences_keep_nothing_out(service: SearchService) -> None:
    preferred = service.search(SearchRequest("초등학생이 읽을 우주 책"))
    short = service.search(SearchRequest("짧은 우주 책"))

    assert ids(preferred)[0] == ids(short)[0] == "space-kids"
    assert set(ids(preferred)) >= {"space", "space-kids", "space-comic"}
    assert said(preferred) == [("reader", "children")]


def test_nothing_but_a_preference_browses_what_is_preferred_first(service: SearchService) -> None:
    results = service.search(SearchRequest("초등학생이 읽을 책"))

    assert ids(results)[0] == "space-kids"
    assert results.total == len(BOOKS) + len(MORE_BOOKS) - 1  # a sentence is never answered with a workbook


@pytest.mark.parametrize("query", ["시험은 빼고", "시험은빼고"])
def test_a_title_is_found_as_it_is(service: SearchService, query: str) -> None:
    results = service.search(SearchRequest(query))

    assert ids(results)[0] == "no-exams"
    assert results.hits[0].pinned
    assert said(results) in ([("title", query)], [])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("한강", ["han-river", "boy", "vegetarian"]),  # the title, then the author's books, then whatever names it
        ("한강 소설", ["boy", "vegetarian"]),
        ("한강의 책", ["boy", "vegetarian"]),
        ("무라카미하루키", ["norwegian-wood", "wind-up"]),
        ("하루키 작가", ["norwegian-wood", "wind-up"]),
        ("하루키의 책", ["norwegian-wood", "wind-up"]),
        ("books by Louis Sachar", ["holes"]),
        ("윤성원", ["wind-up"]),
    ],
)
def test_the_books_of_a_named_author_come_first(service: SearchService, query: str, first: list[str]) -> None:
    results = service.search(SearchRequest(query))
    authors = [book_id for book_id in ids(results)[: len(first)] if book_id != "han-river"]

    assert sorted(authors) == sorted(book_id for book_id in first if book_id != "han-river")
    assert ids(results)[0] == "han-river" or "han-river" not in first
    assert [code for code, _name in said(results)] == ["person"]


def test_a_name_that_is_no_authors_states_nothing(service: SearchService) -> None:
    assert said(service.search(SearchRequest("하루키"))) == []
    assert said(service.search(SearchRequest("바다의 책"))) == []


def test_where_no_book_fits_a_restriction_it_is_lifted_and_that_is_said(service: SearchService) -> None:
    results = service.search(SearchRequest("우주 30권 이상"))

    assert {"space", "space-kids", "space-comic"} <= set(ids(results))
    assert results.relaxed == (Relaxation.WITHOUT_LIMITS,)


def test_a_refusal_is_never_lifted(service: SearchService) -> None:
    results = service.search(SearchRequest("만화 말고 우주 30권 이상"))

    assert "space" in ids(results)
    assert "space-comic" not in ids(results)
    assert results.relaxed == (Relaxation.WITHOUT_LIMITS,)


def test_a_number_that_is_no_class_here_is_looked_for_as_typed(service: SearchService) -> None:
    results = service.search(SearchRequest("813의 비밀"))
    bare = service.search(SearchRequest("813"))

    assert ids(results)[0] == ids(bare)[0] == "class"


def test_as_typed_understands_nothing(service: SearchService) -> None:
    results = service.search(SearchRequest("만화 말고 우주", understand=False))

    assert said(results) == []
    assert "space-comic" in ids(results)


def test_chosen_filters_hold_beside_what_the_query_says(service: SearchService) -> None:
    results = service.search(SearchRequest("만화 말고 우주", filters=Filters(audiences=("children",))))
    refused = service.search(SearchRequest("우주", filters=Filters(without_words=("만화",), copies_from=1)))

    assert ids(results) == ["space-kids"]
    assert set(ids(refused)) == {"space", "space-kids"}


def test_what_is_understood_holds_under_a_sort_and_on_every_page(service: SearchService) -> None:
    pages = [service.search(SearchRequest("만화 말고 우주", sort=Sort.OLDEST, page=page, size=1)) for page in (1, 2)]

    assert [ids(page) for page in pages] == [["space"], ["space-kids"]]
    assert {page.total for page in pages} == {2}


def test_a_question_keeps_its_kind_when_a_phrase_is_taken_out(service: SearchService) -> None:
    results = service.search(SearchRequest("만화 말고 우주 이야기 추천해 줘"))

    assert results.understood is not None
    assert (results.understood.kind, results.understood.words) == (QueryKind.QUESTION, "우주 이야기")
