"""The first hits read again, over the embedded engine and a real cross-encoder with random weights."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recommender.bundle import load_bundle
from recommender.engine.embedded import EmbeddedEngine
from recommender.errors import RerankerError
from recommender.reranking.cross_encoder import CrossEncoderReranker
from recommender.search.fusion import Fused, Leg, fuse_linear
from recommender.search.request import Mode, SearchRequest
from recommender.search.reranking import with_second_reading
from recommender.search.results import BookHit, LegRank
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer
from tests import tiny_models
from tests.small_library import SmallLibrary

FUSED = fuse_linear([Leg("lexical", ("a", "b", "c", "d"), (9.0, 7.0, 3.0, 1.0))])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("library"))
    yield SmallLibrary(engine, Analyzer())
    engine.close()


@pytest.fixture(scope="module")
def reranker(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoderReranker:
    folder = tmp_path_factory.mktemp("models") / "reranker"
    tiny_models.save_cross_encoder(folder)
    return CrossEncoderReranker(str(folder), device="cpu")


def service_of(library: SmallLibrary, reranker: CrossEncoderReranker | None, *, depth: int = 50) -> SearchService:
    search = load_bundle().search
    bundle = replace(search, rerank=replace(search.rerank, depth=depth, weight=1.0))
    return SearchService(library.engine, library.analyzer, library.encoder, bundle, reranker=reranker)


def test_the_reranker_s_scores_are_one_more_leg() -> None:
    ranked = with_second_reading(FUSED, ["a", "b", "c"], [-2.0, 3.0, 0.5], weight=1.0)

    # Shares of the way from -2 to 3, times the first score, which is 1.
    assert ranked.ids == ("b", "a", "c", "d")
    assert ranked.scores == (0.75 + 1.0, 1.0 + 0.0, 0.25 + 0.5, 0.0)
    assert ranked.explain("c") == (LegRank("lexical", 3, 3.0, 0.25), LegRank("reranker", 2, 0.5, 0.5))


@pytest.mark.parametrize("weight", [0.0, 0.4, 5.0])
def test_what_was_not_read_stays_behind_what_was(weight: float) -> None:
    ranked = with_second_reading(FUSED, ["a", "b"], [0.1, 0.9], weight=weight)

    assert set(ranked.ids[:2]) == {"a", "b"}
    assert ranked.ids[2:] == ("c", "d")


def test_nothing_found_is_nothing_to_read() -> None:
    assert with_second_reading(Fused(), [], [], weight=1.0) == Fused()


def test_a_search_reads_its_first_hits_again_and_says_what_that_added(
    library: SmallLibrary, reranker: CrossEncoderReranker
) -> None:
    request = SearchRequest("우정을 다룬 로봇 소설")
    plain, again = service_of(library, None).search(request), service_of(library, reranker).search(request)

    assert "reranking" in again.timings
    assert "reranking" not in plain.timings
    assert {hit.book.id for hit in again.hits} == {hit.book.id for hit in plain.hits}
    assert [hit.book.id for hit in again.hits] != [hit.book.id for hit in plain.hits]  # random weights mix them
    for hit in again.hits:
        assert {"reranker", "ties"} <= {leg.leg for leg in hit.legs}
        assert sum(leg.contribution for leg in hit.legs) == pytest.approx(hit.score)


def test_only_as_many_are_read_as_the_bundle_says(library: SmallLibrary, reranker: CrossEncoderReranker) -> None:
    hits = service_of(library, reranker, depth=2).search(SearchRequest("우정을 다룬 로봇 소설")).hits

    assert [_was_read(hit) for hit in hits] == [True, True, *[False] * (len(hits) - 2)]
    assert len(hits) > 2


def test_pages_of_a_reranked_search_follow_each_other(library: SmallLibrary, reranker: CrossEncoderReranker) -> None:
    service = service_of(library, reranker, depth=3)
    whole = [hit.book.id for hit in service.search(SearchRequest("우정을 다룬 로봇 소설", size=8)).hits]

    pages = [service.search(SearchRequest("우정을 다룬 로봇 소설", page=page, size=2)).hits for page in (1, 2, 3, 4)]

    assert [hit.book.id for page in pages for hit in page] == whole


@pytest.mark.parametrize(
    "request_", [SearchRequest("우정", Mode.LEXICAL), SearchRequest(), SearchRequest("813.7 천54천")]
)
def test_a_search_by_words_alone_is_not_read_again(
    library: SmallLibrary, reranker: CrossEncoderReranker, request_: SearchRequest
) -> None:
    results = service_of(library, reranker).search(request_)

    assert results.hits
    assert "reranking" not in results.timings
    assert not any(_was_read(hit) for hit in results.hits)


def test_an_exact_title_stays_in_front(library: SmallLibrary, reranker: CrossEncoderReranker) -> None:
    for title in ("아몬드", "천 개의 파랑", "작별인사"):
        assert service_of(library, reranker).search(SearchRequest(title)).hits[0].book.title == title


def test_a_reranker_that_cannot_be_loaded_is_no_silent_difference(library: SmallLibrary, tmp_path: Path) -> None:
    with pytest.raises(RerankerError, match="SEOGA_RERANKER="):
        service_of(library, CrossEncoderReranker(str(tmp_path))).search(SearchRequest("우정 소설"))


def _was_read(hit: BookHit) -> bool:
    return any(leg.leg == "reranker" for leg in hit.legs)
