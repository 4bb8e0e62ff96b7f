"""The same library on both engines answers the same questions alike."""

import csv
import random
from collections.abc import Iterator
from statistics import mean

import pytest

from recommender.library import Library, open_library
from recommender.search.request import Filters, Mode, SearchRequest
from recommender.settings import Settings
from tests import serving
from tests.integration.conftest import Variables

QUERIES = 300


@pytest.fixture(scope="module")
def libraries(embedded_sample: Variables, elasticsearch_sample: Variables) -> Iterator[tuple[Library, Library]]:
    opened = tuple(open_library(Settings.from_environment(each)) for each in (embedded_sample, elasticsearch_sample))
    yield opened[0], opened[1]
    for library in opened:
        library.close()


@pytest.fixture(scope="module")
def requests() -> list[SearchRequest]:
    """What people type: titles whole, halved and unspaced, an author with a word, a class, and a sentence."""
    with (serving.ROOT / "sample" / "catalogue.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = random.Random(20261120).sample(list(csv.DictReader(file)), QUERIES)
    return [_request(number, row) for number, row in enumerate(rows)]


def _request(number: int, row: dict[str, str]) -> SearchRequest:
    title = row["자료명"].partition(".")[0]
    author = row["저자"].split()[0]
    queries = (
        title,
        title.replace(" ", ""),
        title[: max(2, len(title) // 2)],
        f"{author} {title.split()[0]}",
        f"{title.split()[-1]}에 대한 책 추천해 주세요",
        row["ISBN"] or title,
    )
    filters = Filters(available=True) if number % 5 == 0 else Filters()
    return SearchRequest(queries[number % len(queries)], filters=filters)


def test_words_give_the_same_first_page_totals_and_facets(
    libraries: tuple[Library, Library], requests: list[SearchRequest]
) -> None:
    for request in requests:
        lexical = SearchRequest(request.query, Mode.LEXICAL, request.filters)
        embedded, elasticsearch = (library.search.search(lexical) for library in libraries)

        assert [hit.book.id for hit in embedded.hits] == [hit.book.id for hit in elasticsearch.hits], request
        assert (embedded.total, embedded.relaxed) == (elasticsearch.total, elasticsearch.relaxed), request
        assert embedded.facets == elasticsearch.facets, request


UNDERSTOOD = (
    "만화 말고 우주",
    "문제집은 빼고 과학 책 추천해 줘",
    "중학생이 읽을 짧은 소설",
    "2권 이상 있는 소설",
    "저자:한강",
    "-저자:한강 소설",
    "한강",
    "무라카미하루키",
    "kdc:813 사랑",
    "800번대 사랑",
    '"어린 왕자"',
    "제목:사랑 출판사:창비",
    "청구기호:813",
    "연도:2010-2015 역사",
    "300쪽 이상",
    "novels without romance",
    "books by J. K. Rowling",
    "만화 말고",
)
"""Queries whose phrases restrict, refuse and prefer: every kind of clause that they make."""


@pytest.mark.parametrize("query", UNDERSTOOD)
def test_what_a_query_says_holds_alike(libraries: tuple[Library, Library], query: str) -> None:
    embedded, elasticsearch = (library.search.search(SearchRequest(query, Mode.LEXICAL)) for library in libraries)

    assert [hit.book.id for hit in embedded.hits] == [hit.book.id for hit in elasticsearch.hits]
    assert (embedded.total, embedded.relaxed, embedded.routes) == (
        elasticsearch.total,
        elasticsearch.relaxed,
        elasticsearch.routes,
    )
    assert embedded.facets == elasticsearch.facets


def test_words_and_meaning_together_give_nearly_the_same_first_page(
    libraries: tuple[Library, Library], requests: list[SearchRequest]
) -> None:
    shared = []
    for request in requests:
        pages = [{hit.book.id for hit in library.search.search(request).hits[:10]} for library in libraries]
        if wanted := max(map(len, pages)):
            shared.append(len(pages[0] & pages[1]) / wanted)

    assert mean(shared) >= 0.95
    assert mean(share >= 0.9 for share in shared) >= 0.95


def test_sorted_pages_are_the_same(libraries: tuple[Library, Library]) -> None:
    from recommender.search.request import Sort

    for sort in (Sort.NEWEST, Sort.OLDEST, Sort.TITLE):
        request = SearchRequest(filters=Filters(kdc=("8",)), sort=sort, page=2, size=50)
        embedded, elasticsearch = (library.search.search(request) for library in libraries)
        assert [hit.book.id for hit in embedded.hits] == [hit.book.id for hit in elasticsearch.hits]


def test_typing_suggests_the_same_works(libraries: tuple[Library, Library]) -> None:
    for typed in ("ㄷㅁㅇ", "데미", "어린왕ㅈ", "해리", "harr", "토"):
        embedded, elasticsearch = (library.search.suggest(typed) for library in libraries)
        assert embedded
        assert embedded == elasticsearch
