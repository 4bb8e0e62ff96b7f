"""Answers given again: to the same question of the same reader only, and only while all that they say is still so."""

import json
from dataclasses import replace

import pytest

from recommender.bundle import Method
from recommender.engine.base import Action, Operation
from recommender.models import HistoryEntry, Preferences
from recommender.recommend.safety import HELP_LINES
from recommender.recommend.values import Intake, Question, ServedFrom
from recommender.search.request import Filters
from tests.keeping import Desk, Storyteller, add_reader, change_record
from tests.small_library import HISTORY, READER

OTHER = "2026-0999"

FRESH, CACHE, PRECOMPUTED = ServedFrom.FRESH, ServedFrom.CACHE, ServedFrom.PRECOMPUTED


def served(desk: Desk, question: Question) -> ServedFrom:
    return desk.service().recommend(question).served_from


def test_the_same_question_is_answered_the_same_with_nothing_made_again(desk: Desk) -> None:
    first = desk.service().recommend(Question("불안해서 잠이 안 와요"))
    again = desk.service().recommend(Question("  불안해서 잠이  안 와요 "))

    assert (first.served_from, again.served_from) == (FRESH, CACHE)
    assert again.recommendations == first.recommendations
    assert again.enriched == first.enriched
    assert (again.candidates, again.usage, again.cost) == (first.candidates, first.usage, first.cost)
    assert again.created_at == first.created_at
    assert "choice" not in again.timings


ASKED = Question("우정", reader_id=READER)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, text="로봇"),
        replace(ASKED, reader_id=""),
        replace(ASKED, reader_id=OTHER),
        replace(ASKED, size=2),
        replace(ASKED, num_candidates=7),
        replace(ASKED, language="en"),
        replace(ASKED, filters=Filters(available=True)),
        replace(ASKED, method=Method.DIRECT),
        replace(ASKED, anew=True),
    ],
    ids=str,
)
def test_another_question_is_another_answer(desk: Desk, other: Question) -> None:
    add_reader(desk, OTHER, HISTORY[0])
    served(desk, ASKED)

    assert served(desk, other) is FRESH
    assert served(desk, ASKED) is CACHE


def test_a_reader_never_gets_what_was_made_for_another(desk: Desk) -> None:
    """Not even where two readers have read the same."""
    add_reader(desk, OTHER, *HISTORY)
    desk.library.readers.write_preferences([])
    served(desk, Question("우정", reader_id=OTHER))
    add_reader(desk, "twin", *HISTORY)

    assert served(desk, Question("우정", reader_id="twin")) is FRESH
    assert len(desk.private) == 2


@pytest.mark.parametrize("change", ["parameters", "model", "history", "preferences", "record", "removed"])
def test_what_an_answer_rests_on_has_changed(desk: Desk, change: str) -> None:
    first = desk.service().recommend(ASKED)
    assert served(desk, ASKED) is CACHE
    shown = first.recommendations[0].book.id

    if change == "parameters":
        generation = replace(desk.bundle.recommend.generation, max_tokens=11)
        desk.bundle = replace(desk.bundle, recommend=replace(desk.bundle.recommend, generation=generation))
    elif change == "model":
        desk.generator = Storyteller()
    elif change == "history":
        add_reader(desk, READER, HistoryEntry(READER, first.recommendations[0].book.title, book_id=shown, rating=5.0))
    elif change == "preferences":
        desk.library.readers.write_preferences([Preferences(desk.library.readers.pseudonym(READER), keywords=("숲",))])
    elif change == "record":
        change_record(desk, shown, description="전혀 다른 책 이야기입니다.")
    else:
        desk.library.engine.bulk(
            desk.library.engine.aliases()["books"], [Operation(Action.DELETE, shown)], refresh=True
        )
    answer = desk.service().recommend(ASKED)

    assert answer.served_from is FRESH
    assert (shown in answer.candidates) is (change not in ("history", "removed"))


def test_loading_the_same_history_again_changes_nothing(desk: Desk) -> None:
    served(desk, ASKED)
    add_reader(desk, READER, *HISTORY)

    assert served(desk, ASKED) is CACHE


def test_a_question_asked_anew_replaces_what_was_kept(desk: Desk) -> None:
    first = desk.service().recommend(ASKED)
    anew = desk.service().recommend(replace(ASKED, anew=True))
    again = desk.service().recommend(ASKED)

    assert first.created_at != anew.created_at
    assert (again.served_from, again.created_at) == (CACHE, anew.created_at)


@pytest.mark.parametrize(
    ("question", "kept_in"),
    [
        (Question("우정"), "shared"),
        (Question("우정", reader_id=READER), "private"),
        (Question(reader_id=READER), "private"),
        (Question(intake=Intake(mood="anxious")), "private"),
        (Question("우정", intake=Intake(mood="anxious"), reader_id=READER), "nowhere"),
        (Question("죽고 싶어요"), "nowhere"),
        (Question("자살을 다룬 사회학 책"), "nowhere"),
        (Question("죽고 싶어요", reader_id=READER), "nowhere"),
    ],
    ids=str,
)
def test_what_speaks_of_a_person_stays_here_and_moods_with_a_reader_nowhere(
    desk: Desk, question: Question, kept_in: str
) -> None:
    desk.service().recommend(question)

    assert {"shared": len(desk.shared), "private": len(desk.private)} == {
        "shared": int(kept_in == "shared"),
        "private": int(kept_in == "private"),
    }
    assert served(desk, question) is (FRESH if kept_in == "nowhere" else CACHE)


def test_danger_is_answered_anew_although_somebody_put_an_answer_there(desk: Desk) -> None:
    answer = desk.service().recommend(Question("죽고 싶어요"))

    assert answer.notice == HELP_LINES
    assert desk.service().recommend(Question("죽고 싶어요")).served_from is FRESH


def test_an_answer_in_which_the_model_had_no_part_is_not_kept(desk: Desk) -> None:
    desk.generator = Storyteller(is_silent=True)
    served(desk, ASKED)

    assert served(desk, ASKED) is FRESH
    desk.generator = Storyteller()
    assert [served(desk, ASKED), served(desk, ASKED)] == [FRESH, CACHE]


def test_what_is_kept_names_neither_reader_nor_question(desk: Desk) -> None:
    desk.service().recommend(Question("로봇과 나누는 우정", reader_id=READER))
    ((_, value),) = desk.private._entries.values()

    kept = json.loads(value)
    assert set(kept) == {"created_at", "books", "candidates", "usage", "cost"}
    assert READER not in value.decode()
    assert desk.library.readers.pseudonym(READER) not in value.decode()
    assert "로봇과 나누는 우정" not in value.decode()
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in desk.private._entries)


@pytest.mark.parametrize("value", [b"", b"{}", b"null", b"\xff\xfe", b'{"created_at": "soon"}'])
def test_what_somebody_else_put_into_a_cache_is_passed_over(desk: Desk, value: bytes) -> None:
    served(desk, Question("우정"))
    (key,) = desk.shared._entries
    desk.shared.put(key, value)

    assert served(desk, Question("우정")) is FRESH


def test_a_kept_answer_of_which_some_books_are_gone_is_made_anew(desk: Desk) -> None:
    """All books that were asked for, or a new answer: no shorter one."""
    first = desk.service().recommend(Question("우정", size=3))
    change_record(desk, first.recommendations[2].book.id, publisher="다른 출판사")

    again = desk.service().recommend(Question("우정", size=3))

    assert again.served_from is FRESH
    assert again.recommendations[2].book.publisher in ("다른 출판사", "")
