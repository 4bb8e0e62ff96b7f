"""Searching a small real library: what is found, why, and what is said where nothing is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recommender.bundle import load_bundle
from recommender.encoding.live import LiveEncoder
from recommender.engine.embedded import EmbeddedEngine
from recommender.errors import IndexMissingError, InputError, NotFoundError, SchemaMismatchError
from recommender.models import CallNumber, Form, Holding
from recommender.search.request import Filters, Mode, SearchRequest, Sort
from recommender.search.results import BookHit, Relaxation, SearchResults, WhyCode
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer
from tests.small_library import BOOKS, SmallLibrary, book

MORE_BOOKS = (
    replace(
        book("demian", "데미안", "헤르만 헤세", "싱클레어가 자기 자신에게 이르는 길을 찾습니다.", keywords="성장 자아", call_number="853 헤54ㄷ"),
        isbns=("9788937460449",),
        year=2009,
        kdc="853",
        former_ids=("demian-of-another-publisher",),
        holdings=(Holding(isbn="9788937460449", title="데미안", call_number=CallNumber("853 헤54ㄷ")), Holding(title="데미안 (양장)")),
    ),
    replace(
        book("zoya", "조야의 데미안", "김하늘", "데미안을 읽는 밤의 이야기입니다.", call_number="813.7 김92ㅈ"), year=2021, kdc="813.7"
    ),
    replace(
        book("lime", "나의 라임오렌지나무", "바스콘셀로스", "제제와 밍기뉴의 우정을 그립니다.", keywords="우정 나무 성장"), year=1999, kdc="879"
    ),
    replace(book("potter", "Harry Potter and the Goblet of Fire", "J. K. Rowling", language="en"), year=2000, kdc="843"),
    replace(
        book("nine-lives", "나인 라이브스", "김솔"),
        holdings=(Holding(registration_number="EM1"), Holding(registration_number="EM2")),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("library"))
    yield SmallLibrary(engine, Analyzer(), (*BOOKS, *MORE_BOOKS))
    engine.close()


@pytest.fixture(scope="module")
def service(library: SmallLibrary) -> SearchService:
    return SearchService(library.engine, library.analyzer, library.encoder, load_bundle().search)


def ids(results: SearchResults) -> list[str]:
    return [hit.book.id for hit in results.hits]


def codes(hit: BookHit) -> list[WhyCode]:
    return [why.code for why in hit.why]


@pytest.mark.parametrize(
    ("query", "first", "code"),
    [
        ("데미안", "demian", WhyCode.EXACT_TITLE),
        ("데 미 안", "demian", WhyCode.EXACT_TITLE),
        ("89-374-6044-0", "demian", WhyCode.ISBN),  # its ISBN-10, with hyphens
        ("9788937460449", "demian", WhyCode.ISBN),
        ("853 헤54ㄷ", "demian", WhyCode.CALL_NUMBER),
    ],
)
def test_an_exact_title_isbn_or_call_number_comes_first(
    service: SearchService, query: str, first: str, code: WhyCode
) -> None:
    results = service.search(SearchRequest(query))

    assert ids(results)[0] == first
    assert results.hits[0].pinned
    assert code in codes(results.hits[0])


@pytest.mark.parametrize("query", ["9788937460449", "853 헤54ㄷ"])
def test_an_identifier_has_no_meaning_to_be_near_to(service: SearchService, query: str) -> None:
    results = service.search(SearchRequest(query))

    assert (ids(results), results.total, results.total_by_meaning) == (["demian"], 1, 0)


@pytest.mark.parametrize("query", ["978-89-546-5150-2", "9788954651502", "853 헤54ㅋ"])
def test_no_other_book_stands_in_for_a_number_that_is_not_held(service: SearchService, query: str) -> None:
    results = service.search(SearchRequest(query))

    assert (results.hits, results.total, results.relaxed) == ((), 0, ())


@pytest.mark.parametrize("query", ["나의라임오렌지나무", "나의 라임 오렌지 나무", "나의라임오랜지나무", "라임오렌지"])
def test_a_title_is_found_however_it_is_spaced_or_nearly_spelt(service: SearchService, query: str) -> None:
    assert ids(service.search(SearchRequest(query, Mode.LEXICAL)))[0] == "lime"


@pytest.mark.parametrize("query", ["데미얀", "대미안"])
def test_a_title_with_one_slip_is_found_as_it_is_and_the_right_one_proposed(service: SearchService, query: str) -> None:
    results = service.search(SearchRequest(query, Mode.LEXICAL))

    assert (ids(results)[0], results.total, results.relaxed) == ("demian", 1, ())
    assert WhyCode.TITLE_SPELLING in [why.code for why in results.hits[0].why]
    assert results.suggestion == "데미안"


def test_a_title_with_several_slips_is_found_roughly_and_that_is_said(service: SearchService) -> None:
    results = service.search(SearchRequest("라임 오랜지나므", Mode.LEXICAL))

    assert ids(results)[0] == "lime"
    assert results.relaxed == (Relaxation.MISSPELT_TITLE,)


def test_words_known_in_another_form_are_not_doubted(service: SearchService) -> None:
    results = service.search(SearchRequest("할머니와 로봇이 나오는 영화를 보았어요"))

    assert results.relaxed == (Relaxation.ANY_WORD,)
    assert results.suggestion is None


def test_filters_are_lifted_last_and_that_is_said(service: SearchService) -> None:
    results = service.search(SearchRequest("데미안", Mode.LEXICAL, Filters(languages=("en",))))

    assert ids(results)[0] == "demian"
    assert results.relaxed == (Relaxation.WITHOUT_FILTERS,)


def test_nothing_near_gives_nothing(service: SearchService) -> None:
    results = service.search(SearchRequest("ㅋㅋㅋㅋ", Mode.LEXICAL))

    assert (results.hits, results.total, results.pages) == ((), 0, 1)


def test_a_worry_is_never_answered_with_a_workbook(service: SearchService) -> None:
    worry = service.search(SearchRequest("시험이 불안해서 잠이 안 와요"))
    wanted = service.search(SearchRequest("불안 극복 문제집"))

    assert "anxiety" in ids(worry)
    assert Form.WORKBOOK not in {hit.book.form for hit in worry.hits}
    assert ids(wanted)[0] == "anxiety-workbook"


def test_reasons_speak_in_the_words_that_were_typed(service: SearchService) -> None:
    (hit,) = service.search(SearchRequest("harry potter", Mode.LEXICAL)).hits

    assert [(why.code, why.words) for why in hit.why] == [(WhyCode.TITLE, ("harry", "potter"))]
    assert [fragment.text for fragment in hit.highlights["title"] if fragment.matched] == ["Harry", "Potter"]


def test_a_hit_by_meaning_alone_is_labelled_and_counted_apart(service: SearchService) -> None:
    results = service.search(SearchRequest("rowling", Mode.HYBRID))
    alone = [hit for hit in results.hits if hit.by_meaning]

    assert results.total == 1
    assert len(alone) == results.total_by_meaning
    assert all(codes(hit) == [WhyCode.MEANING] for hit in alone)


def test_modes_run_their_legs(service: SearchService) -> None:
    def legs(mode: Mode) -> set[str]:
        return {leg.leg for hit in service.search(SearchRequest("우정", mode)).hits for leg in hit.legs}

    assert legs(Mode.LEXICAL) == {"lexical", "ties"}
    assert legs(Mode.DENSE) == {"dense", "ties"}
    assert legs(Mode.HYBRID) == {"lexical", "dense", "ties"}


@pytest.mark.parametrize("mode", [Mode.LEXICAL, Mode.HYBRID])
@pytest.mark.parametrize("depth", [3, 100])
def test_pages_cover_everything_once_within_and_beyond_the_fused_window(
    library: SmallLibrary, mode: Mode, depth: int
) -> None:
    search = load_bundle().search
    bundle = replace(search, fusion=replace(search.fusion, depth=depth))
    service = SearchService(library.engine, library.analyzer, library.encoder, bundle)
    first = service.search(SearchRequest("우정", mode, size=2))
    whole = first.total + first.total_by_meaning

    pages = [service.search(SearchRequest("우정", mode, page=page, size=2)) for page in range(1, first.pages + 2)]
    found = [book_id for page in pages for book_id in ids(page)]

    assert first.total >= 5
    assert len(found) == len(set(found)) == whole
    assert [hit.rank for page in pages for hit in page.hits] == list(range(1, whole + 1))
    assert {page.total for page in pages} == {first.total}


def test_browsing_shows_everything_newest_first(service: SearchService) -> None:
    results = service.search(SearchRequest())

    assert results.total == len(BOOKS) + len(MORE_BOOKS)
    assert ids(results)[:4] == ["zoya", "demian", "potter", "lime"]  # books without a year come last


@pytest.mark.parametrize(
    ("sort", "order"),
    [(Sort.NEWEST, ["zoya", "demian"]), (Sort.OLDEST, ["demian", "zoya"]), (Sort.TITLE, ["demian", "zoya"])],
)
def test_sorting_orders_the_matches_by_a_field(service: SearchService, sort: Sort, order: list[str]) -> None:
    results = service.search(SearchRequest("데미안", sort=sort))

    assert ids(results) == order
    assert results.total_by_meaning == 0


def test_a_facet_counts_as_if_its_own_selection_were_lifted(service: SearchService) -> None:
    results = service.search(SearchRequest(filters=Filters(languages=("en",))))
    languages = {
        value.value: (value.count, value.selected)
        for facet in results.facets
        if facet.name == "language"
        for value in facet.values
    }

    assert results.total == languages["en"][0] == 3
    assert languages == {"ko": (len(BOOKS) + len(MORE_BOOKS) - 3, False), "en": (3, True)}


def test_similar_books_leave_the_book_itself_out(service: SearchService) -> None:
    similar = service.similar("anxiety", size=3)

    assert len(similar) == 3
    assert "worry" in [hit.book.id for hit in similar]
    assert "anxiety" not in [hit.book.id for hit in similar]
    assert similar[0].why[0].words == ("나는 불안할 때 논어를 읽는다",)


def test_a_merged_work_is_found_by_its_former_id(service: SearchService) -> None:
    assert service.book("demian-of-another-publisher").id == "demian"


def test_an_unknown_book_is_named(service: SearchService) -> None:
    with pytest.raises(NotFoundError, match=r"there is no book 'nowhere'"):
        service.book("nowhere")
    with pytest.raises(NotFoundError, match=r"there is no book 'nowhere'"):
        service.similar("nowhere")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ㄷㅁㅇ", "데미안"),
        ("데밍", "데미안"),
        ("데미ㅇ", "데미안"),
        ("라임오", "나의 라임오렌지나무"),
        ("gobl", "Harry Potter and the Goblet of Fire"),
    ],
)
def test_half_typed_titles_are_suggested(service: SearchService, typed: str, title: str) -> None:
    assert title in [suggestion.title for suggestion in service.suggest(typed)]


def test_a_title_typed_whole_comes_before_longer_ones_with_more_copies(service: SearchService) -> None:
    longer = "nine-lives"  # 나인 라이브스, of which the library has more copies than of 나인
    assert [suggestion.book_id for suggestion in service.suggest("ㄴㅇ")][:2] == ["nine", longer]
    assert [suggestion.book_id for suggestion in service.suggest("나인", size=1)] == ["nine"]


def test_nothing_typed_suggests_nothing(service: SearchService) -> None:
    assert service.suggest(" ") == ()


def test_results_past_the_window_of_ten_thousand_are_refused(service: SearchService) -> None:
    with pytest.raises(InputError, match=r"page=10000: only the first 10,000 results"):
        service.search(SearchRequest("데미안", page=10_000))


def test_an_index_of_another_encoder_is_refused_and_not_searched(library: SmallLibrary) -> None:
    class Renamed:
        name = "another-encoder"
        dims = library.encoder.dims
        encode_documents = library.encoder.encode_documents
        encode_queries = library.encoder.encode_queries

    service = SearchService(
        library.engine, library.analyzer, LiveEncoder(Renamed(), library.engine), load_bundle().search
    )

    with pytest.raises(SchemaMismatchError, match=r"encoder.*another-encoder.*python -m indexer reindex"):
        service.search(SearchRequest("데미안"))


def test_before_anything_is_loaded_that_is_said(library: SmallLibrary, tmp_path: Path) -> None:
    empty = EmbeddedEngine(tmp_path)
    encoder = LiveEncoder(library.encoder.encoder, empty)
    service = SearchService(empty, library.analyzer, encoder, load_bundle().search)

    with pytest.raises(IndexMissingError):
        service.search(SearchRequest("데미안"))
    empty.close()
