"""Queries in the other script, on the other keyboard and in Hanja find the same books on both engines."""

from collections.abc import Iterator

import pytest

from recommender.library import Library, open_library
from recommender.search.request import Mode, SearchRequest
from recommender.settings import Settings
from tests.integration.conftest import Variables

QUERIES = (
    "george orwell",
    "Orwell George",
    "demian",
    "alain de botton",
    "taebaeksanmaek",
    "jo jung-rae",
    "제인 오스틴",
    "월든",
    "맥베스",
    "ehdanfshdwkd",
    "ㅈ미ㅇ두",
    "農舞",
    "농무",
    "東物農場",
    "조지 오윌",
    "데미얀",
)


@pytest.fixture(scope="module")
def libraries(embedded_sample: Variables, elasticsearch_sample: Variables) -> Iterator[tuple[Library, Library]]:
    opened = tuple(open_library(Settings.from_environment(each)) for each in (embedded_sample, elasticsearch_sample))
    yield opened[0], opened[1]
    for library in opened:
        library.close()


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_books_for_the_same_reasons(libraries: tuple[Library, Library], query: str) -> None:
    embedded, elasticsearch = (library.search.search(SearchRequest(query, Mode.LEXICAL)) for library in libraries)

    assert embedded.total
    assert [(hit.book.id, hit.why) for hit in embedded.hits] == [(hit.book.id, hit.why) for hit in elasticsearch.hits]
    assert (embedded.total, embedded.relaxed, embedded.searched_as, embedded.suggestion) == (
        elasticsearch.total,
        elasticsearch.relaxed,
        elasticsearch.searched_as,
        elasticsearch.suggestion,
    )


@pytest.mark.parametrize("typed", ["ehdanf", "epald", "ㅗㅁㄱ", "農"])
def test_typing_on_the_other_keyboard_suggests_the_same(libraries: tuple[Library, Library], typed: str) -> None:
    embedded, elasticsearch = (library.search.suggest(typed) for library in libraries)

    assert embedded
    assert embedded == elasticsearch
