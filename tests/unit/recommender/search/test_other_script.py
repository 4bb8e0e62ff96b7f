"""Queries in the other script, typed on the other keyboard, or misspelt: what is found, and what is said of it."""

from collections.abc import Iterator

import pytest

from recommender.bundle import load_bundle
from recommender.engine.embedded import EmbeddedEngine
from recommender.search.request import Filters, SearchRequest
from recommender.search.results import Relaxation, Why, WhyCode
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer
from tests.small_library import BOOKS, SmallLibrary, book

MORE_BOOKS = (
    book("demian", "데미안", "헤르만 헤세"),
    book("potter", "해리 포터와 마법사의 돌", "조앤 K. 롤링"),
    book("potter-en", "Harry Potter and the Goblet of Fire", "J. K. Rowling", language="en"),
    book("gatsby", "The Great Gatsby", "F. Scott Fitzgerald", language="en"),
    book("vegetarian", "채식주의자", "한강"),
    book("solitude", "백년 동안의 고독", "가브리엘 가르시아 마르케스"),
    book("analects", "論語", "孔子"),
    book("history", "韓國史 이야기", "이이화"),
    book("women", "조선의 女人들", "李殷相"),
    book("reading", "독서의 기술", "모티머 애들러"),
    book("moon", "문", "나쓰메 소세키"),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("library"))
    library = SmallLibrary(engine, Analyzer(), (*BOOKS, *MORE_BOOKS))
    yield SearchService(engine, library.analyzer, library.encoder, load_bundle().search)
    engine.close()


@pytest.mark.parametrize(
    ("query", "book_id", "heard"),
    [
        ("demian", "demian", ("데미안",)),
        ("DEMIAN", "demian", ("데미안",)),
        ("chaesikjuuija", "vegetarian", ("채식주의자",)),
        ("Murakami Haruki", "norwegian-wood", ("무라카미 하루키",)),
        ("Haruki Murakami", "norwegian-wood", ("무라카미 하루키",)),
        ("han kang", "vegetarian", ("한강",)),
        ("Kang Han", "vegetarian", ("한강",)),
        ("Gabriel García Márquez", "solitude", ("가브리엘 가르시아 마르케스",)),
        ("Kim Young-ha", "farewell", ("김영하",)),
        ("개츠비", "gatsby", ("gatsby",)),
        ("루이스 새커", "holes", ("Louis Sachar",)),
        ("kongja", "analects", ("孔子",)),
    ],
)
def test_a_name_or_title_is_found_by_its_sound(
    service: SearchService, query: str, book_id: str, heard: tuple[str, ...]
) -> None:
    results = service.search(SearchRequest(query))

    assert results.hits[0].book.id == book_id
    assert Why(WhyCode.SOUND, heard) in results.hits[0].why
    assert results.relaxed == ()
    assert results.total >= 1


def test_books_in_the_script_of_the_query_come_before_those_that_sound_alike(service: SearchService) -> None:
    english, korean = (service.search(SearchRequest(query)) for query in ("Harry Potter", "해리 포터"))

    assert [hit.book.id for hit in english.hits[:2]] == ["potter-en", "potter"]
    assert [hit.book.id for hit in korean.hits[:2]] == ["potter", "potter-en"]
    assert english.total == korean.total == 2


def test_a_heard_title_is_marked(service: SearchService) -> None:
    (hit, *_) = service.search(SearchRequest("demian")).hits

    assert [fragment.text for fragment in hit.highlights["title"] if fragment.matched] == ["데미안"]


@pytest.mark.parametrize("query", ["moon", "로봇", "친구", "how do I find a friend at school", "9788937460449"])
def test_other_queries_are_not_heard(service: SearchService, query: str) -> None:
    hits = service.search(SearchRequest(query)).hits

    assert not [hit.book.id for hit in hits for why in hit.why if why.code is WhyCode.SOUND]


@pytest.mark.parametrize(
    ("typed", "meant", "book_id"),
    [
        ("ehrtj", "독서", "reading"),
        ("EHRTJ", "독서", "reading"),
        ("epaldks", "데미안", "demian"),
        ("gksrkd", "한강", "vegetarian"),
        ("ㅗㅁㄱ교 ㅔㅐㅅㅅㄷㄱ", "harry potter", "potter-en"),
        ("ㅎㅁㅅㄴㅠㅛ", "gatsby", "gatsby"),
    ],
)
def test_what_was_typed_on_the_other_keyboard_is_read_and_said(
    service: SearchService, typed: str, meant: str, book_id: str
) -> None:
    results = service.search(SearchRequest(typed))

    assert results.hits[0].book.id == book_id
    assert (results.relaxed, results.searched_as) == ((Relaxation.KEYBOARD,), meant)


def test_the_other_keyboard_keeps_the_filters(service: SearchService) -> None:
    results = service.search(SearchRequest("ehrtj", filters=Filters(languages=("en",))))

    assert Relaxation.KEYBOARD not in results.relaxed


@pytest.mark.parametrize(
    ("typed", "meant", "book_id"),
    [("무라까미 하루끼", "무라카미 하루키", "norwegian-wood"), ("마르께스", "마르케스", "solitude")],
)
def test_a_misspelt_name_that_finds_nothing_is_put_right_and_said(
    service: SearchService, typed: str, meant: str, book_id: str
) -> None:
    results = service.search(SearchRequest(typed))

    assert results.hits[0].book.id == book_id
    assert (results.relaxed, results.searched_as) == ((Relaxation.SPELLING,), meant)


@pytest.mark.parametrize(
    ("query", "book_id"),
    [
        ("논어", "analects"),
        ("論語", "analects"),
        ("공자", "analects"),
        ("孔子", "analects"),
        ("한국사이야기", "history"),
        ("韓國史 이야기", "history"),
        ("여인", "women"),
        ("女人", "women"),
        ("이은상", "women"),
        ("李殷相", "women"),
        ("金英夏", "farewell"),
    ],
)
def test_hanja_and_hangul_meet(service: SearchService, query: str, book_id: str) -> None:
    results = service.search(SearchRequest(query))

    assert results.hits[0].book.id == book_id
    assert results.relaxed == ()


@pytest.mark.parametrize(
    ("query", "book_id"), [("논어", "analects"), ("論語", "analects"), ("한국사 이야기", "history")]
)
def test_a_title_in_hanja_is_pinned_by_its_reading(service: SearchService, query: str, book_id: str) -> None:
    (first, *_) = service.search(SearchRequest(query)).hits

    assert (first.book.id, first.pinned) == (book_id, True)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ehrt", "독서의 기술"),
        ("epal", "데미안"),
        ("ㅗㅁㄱ", "Harry Potter and the Goblet of Fire"),
        ("논", "論語"),
        ("論", "論語"),
    ],
)
def test_suggestions_read_the_other_keyboard_and_hanja(service: SearchService, typed: str, title: str) -> None:
    assert title in [suggestion.title for suggestion in service.suggest(typed)]


def test_suggestions_take_what_begins_with_the_text_as_typed_first(service: SearchService) -> None:
    assert [suggestion.title for suggestion in service.suggest("hol")] == ["Holes"]
