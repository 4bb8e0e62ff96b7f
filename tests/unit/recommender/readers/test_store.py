from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from recommender.engine.base import Engine
from recommender.engine.embedded import EmbeddedEngine
from recommender.models import AgeGroup, HistoryEntry, Preferences, Weighted
from recommender.readers.pseudonyms import Pseudonyms
from recommender.readers.store import HISTORY, ReaderStore, history_search

PSEUDONYMS = Pseudonyms(b"key")


class Words:
    """Cuts texts at their spaces."""

    def document_tokens_many(self, texts: Sequence[str]) -> list[list[str]]:
        return [text.split() for text in texts]


@pytest.fixture
def embedded_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = EmbeddedEngine(tmp_path)
    yield engine
    engine.close()


@pytest.fixture
def store(embedded_engine: Engine) -> ReaderStore:
    return ReaderStore(embedded_engine, PSEUDONYMS, Words())


def read(reader: str, title: str, author: str = "", **more: object) -> HistoryEntry:
    return HistoryEntry(PSEUDONYMS.of(reader), title, author, **more)  # type: ignore[arg-type]


HISTORY_OF_HANEUL = (
    read("haneul", "아몬드", "손원평", rating=5.0, read_on="2025-03-04", genres=("청소년소설",), note="윤재가 웃는다"),
    read("haneul", "침묵을 배우는 시간", "코르넬리아 토프", rating=4.0, read_on="2025-01-20", book_id="b1"),
)


def test_nothing_is_known_of_anybody_at_first(store: ReaderStore) -> None:
    assert store.history("haneul") == ()
    assert store.preferences("haneul") is None
    assert not store.knows("haneul")
    assert store.histories(["haneul"]) == {"haneul": ()}
    assert store.preferences_of(["haneul"]) == {}
    assert store.age_groups() == {}
    assert list(store.everything()) == []
    assert store.erase("haneul") == 0
    assert store.counts() == (0, 0)


def test_a_history_comes_back_whole_the_latest_first(store: ReaderStore) -> None:
    store.write_history(HISTORY_OF_HANEUL[::-1])
    assert store.history("haneul") == HISTORY_OF_HANEUL
    assert store.knows("haneul")
    assert store.history("bada") == ()


def test_an_entry_written_twice_is_there_once_with_the_later_word(store: ReaderStore) -> None:
    store.write_history(HISTORY_OF_HANEUL)
    store.write_history([replace(HISTORY_OF_HANEUL[0], rating=3.0)])
    assert [entry.rating for entry in store.history("haneul")] == [3.0, 4.0]


def test_the_histories_of_several_readers_come_in_one_answer(store: ReaderStore) -> None:
    silent_spring = read("bada", "침묵의 봄", "레이첼 카슨")
    store.write_history([*HISTORY_OF_HANEUL, silent_spring])
    expected = {"haneul": HISTORY_OF_HANEUL, "bada": (silent_spring,), "nobody": ()}
    assert store.histories(["haneul", "bada", "nobody", "bada"]) == expected


def test_words_are_found_in_ones_own_history_alone(store: ReaderStore, embedded_engine: Engine) -> None:
    store.write_history([*HISTORY_OF_HANEUL, read("bada", "침묵의 봄", "레이첼 카슨")])
    search = history_search(PSEUDONYMS.of("haneul"), ["침묵을", "봄"], limit=3)
    (answer,) = embedded_engine.msearch([search])
    assert [hit.source["record"]["title"] for hit in answer.hits if hit.source] == ["침묵을 배우는 시간"]


def test_a_book_that_is_better_known_now_takes_its_own_place(store: ReaderStore) -> None:
    by_number = read("haneul", "", isbn="9788936434267")
    store.write_history([by_number, *HISTORY_OF_HANEUL[1:]])
    known = replace(by_number, title="아몬드", author="손원평", book_id="almond")
    store.replace([by_number], [known])
    assert set(store.history("haneul")) == {known, HISTORY_OF_HANEUL[1]}


def test_erasing_a_reader_leaves_the_others(store: ReaderStore) -> None:
    store.write_history([*HISTORY_OF_HANEUL, read("bada", "침묵의 봄")])
    store.write_preferences([Preferences(PSEUDONYMS.of("haneul")), Preferences(PSEUDONYMS.of("bada"))])
    assert store.erase("haneul") == 2
    assert not store.knows("haneul")
    assert len(store.history("bada")) == 1
    assert store.preferences("bada") is not None


def test_what_was_read_long_ago_expires_and_what_has_no_date_stays(store: ReaderStore) -> None:
    undated = read("bada", "침묵의 봄")
    store.write_history([*HISTORY_OF_HANEUL, undated])
    assert store.erase_read_before("2025-03-04") == 1
    assert store.history("haneul") == HISTORY_OF_HANEUL[:1]
    assert store.history("bada") == (undated,)


def test_an_age_stands_beside_whatever_else_was_said(store: ReaderStore) -> None:
    haneul, bada = PSEUDONYMS.of("haneul"), PSEUDONYMS.of("bada")
    store.write_preferences([Preferences(haneul, keywords=("우정",))])
    store.write_age_groups({haneul: AgeGroup.TEENS, bada: AgeGroup.SENIORS})
    assert store.preferences("haneul") == Preferences(haneul, keywords=("우정",), age_group=AgeGroup.TEENS)
    assert store.age_groups() == {haneul: AgeGroup.TEENS, bada: AgeGroup.SENIORS}


def test_keeping_only_some_entries_leaves_other_readers_alone(store: ReaderStore) -> None:
    store.write_history([*HISTORY_OF_HANEUL, read("bada", "침묵의 봄")])
    assert store.keep_only(HISTORY_OF_HANEUL[:1]) == 1
    assert store.history("haneul") == HISTORY_OF_HANEUL[:1]
    assert len(store.history("bada")) == 1


def test_preferences_replace_those_before(store: ReaderStore) -> None:
    first = Preferences(PSEUDONYMS.of("haneul"), genres=(Weighted("심리학", 0.8),), keywords=("위로",), tone="따뜻함")
    store.write_preferences([first])
    assert store.preferences("haneul") == first
    second = Preferences(PSEUDONYMS.of("haneul"), avoid_topics=("공포",))
    store.write_preferences([second])
    assert store.preferences("haneul") == second


def test_the_librarys_own_id_is_stored_nowhere(store: ReaderStore, embedded_engine: Engine) -> None:
    store.write_history(HISTORY_OF_HANEUL)
    stored = [repr((document.id, document.source)) for document in embedded_engine.scan(HISTORY)]
    assert len(stored) == 2
    assert not any("haneul" in text for text in stored)
