"""Corpora as people really write them: numbered books, labels of many kinds, and rows that cannot be used."""

import json
from pathlib import Path

import pytest

from recommender.bundle import load_bundle
from recommender.errors import InputError
from recommender.models import Person, Role
from recommender.recommend.values import Intake
from training.lora.corpus import read_book, read_item
from training.lora.questions import read_intake
from training.lora.reading import read_files
from training.lora.values import Found, Place

LIMITS = load_bundle().recommend.enrichment
PLACE = Place("corpus.json", 3)

KOREAN = {
    "instruction": "불안한 직장인에게 권할 책 두 권을 골라 줘.",
    "input": "감정: 불안함 / 직업: 직장인 / 상황: 잠들기 전",
    "output": "1. 숲의 시간 : 나무에게 배우다 - 김나무 지음 ; 이잎새 옮김\n"
    "   - 추천 이유: 나무의 느린 하루가 불안을 가라앉힙니다.\n"
    "   - 이 책이 도움이 될 수 있는 이유: 천천히 숨 쉬는 법을\n     배울 수 있습니다.\n"
    "2. 바다 일기 - 박파도\n\n* **추천 이유:** 바다의 문장이 잔잔합니다.\n* **도움**: 하루를 편안히 닫을 수 있습니다.",
}
ENGLISH = {
    "instruction": "Two books for a tired student.",
    "output": "1) The Quiet Garden - by Iris Green\n- Reason: It is calm and kind.\n- How it helps: You may rest while you read.",
}


def read(item: object) -> Found:
    return read_item(item, PLACE, LIMITS)


def test_each_numbered_book_becomes_a_pair_with_both_texts() -> None:
    found = read(KOREAN)

    forest, sea = found.examples
    assert found.problems == []
    assert (forest.book.title, forest.book.subtitle) == ("숲의 시간", "나무에게 배우다")
    assert forest.book.people == (Person("김나무"), Person("이잎새", Role.TRANSLATOR))
    assert (forest.why, forest.help) == (
        "나무의 느린 하루가 불안을 가라앉힙니다.",
        "천천히 숨 쉬는 법을 배울 수 있습니다.",
    )
    assert (sea.book.title, sea.why, sea.help) == (
        "바다 일기",
        "바다의 문장이 잔잔합니다.",
        "하루를 편안히 닫을 수 있습니다.",
    )
    assert forest.shelf == sea.shelf == {"숲의시간", "바다일기"}
    assert forest.language == "ko"


def test_the_question_is_enriched_as_the_product_does_it() -> None:
    enriched = read(KOREAN).examples[0].enriched

    assert enriched.text == KOREAN["instruction"]
    assert {"걱정", "잠", "휴식"} <= {term.text for term in enriched.terms}
    assert "직업: 직장인" not in enriched.text


def test_an_english_item_without_input_is_read() -> None:
    (example,) = read(ENGLISH).examples

    assert (example.language, example.book.title) == ("en", "The Quiet Garden")
    assert example.help == "You may rest while you read."


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ("no object", "this is no item of a corpus"),
        ({"instruction": "책 추천", "output": 3}, "this is no item of a corpus"),
        ({"instruction": " ", "output": "1. 책"}, "this is no item of a corpus"),
        ({"instruction": "책 추천", "output": "좋은 책이 많습니다."}, "no numbered book is in it"),
        (
            {"instruction": "책 추천", "output": "1. 바다 일기 - 박파도\n- 추천 이유: 잔잔합니다."},
            "`도움이 될 수 있는 이유: …` (or `how it helps: …`) missing",
        ),
        ({"instruction": "책 추천", "output": "1. 바다 일기"}, "(or `reason: …`) and "),
        (
            {"instruction": "책 추천", "output": "1. 바다 일기\n최고예요\n- 이유: 잔잔합니다.\n- 도움: 쉽니다."},
            "the line '최고예요' stands before any label",
        ),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row_and_the_next_step(item: object, problem: str) -> None:
    found = read(item)

    assert found.examples == []
    (told,) = found.problems
    assert told.sentence().startswith("corpus.json, row 3")
    assert problem in told.sentence()


def test_a_bad_book_does_not_take_the_good_one_with_it() -> None:
    item = dict(KOREAN, output=KOREAN["output"] + "\n3. 이유 없는 책")

    found = read(item)

    assert [example.book.title for example in found.examples] == ["숲의 시간", "바다 일기"]
    assert [problem.value for problem in found.problems] == ["이유 없는 책"]


@pytest.mark.parametrize(
    ("text", "intake", "rest"),
    [
        ("감정: 불안함\n직업: 학생", Intake(mood="불안함", occupation="학생"), ""),
        ("원하는 효과: 위로 / 집중도: 가볍게", Intake(effect="위로", focus="가볍게"), ""),
        ("Mood: tired\nage: 20s", Intake(mood="tired"), "age: 20s"),
        ("감정: 불안\n기분: 지침", Intake(mood="불안, 지침"), ""),
        ("", Intake(), ""),
    ],
)
def test_labelled_answers_are_found_and_nothing_else_is_lost(text: str, intake: Intake, rest: str) -> None:
    assert read_intake(text) == (intake, rest)


def test_a_title_keeps_its_own_hyphen() -> None:
    assert read_book("《생각-하기》 - 이하나").title == "생각-하기"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("pairs.txt", "[]", r"pairs.txt: what it holds is told by its name"),
        ("corpus.json", "[{", r"corpus.json: cannot be read as JSON"),
        ("corpus.json", "{}", r"corpus.json: a corpus is a JSON array"),
    ],
)
def test_a_file_that_is_no_corpus_is_named(name: str, content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=message):
        read_files([tmp_path / name], {}, LIMITS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.json: no such file"):
        read_files([tmp_path / "gone.json"], {}, LIMITS)


def test_rows_are_counted_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "corpus.json"
    path.write_text(json.dumps([KOREAN, {}, ENGLISH], ensure_ascii=False), encoding="utf-8")

    found = read_files([path], {}, LIMITS)

    assert [example.place.row for example in found.examples] == [1, 1, 3]
    assert [problem.row for problem in found.problems] == [2]
