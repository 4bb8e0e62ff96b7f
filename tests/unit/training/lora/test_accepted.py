"""Accepted answers of the endpoint and of the evaluation become pairs; everything else is told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from evaluation.judging.values import JudgedBook, JudgedQuestion, Judgement, StoredAnswer
from recommender.bundle import load_bundle
from recommender.models import Book, Person
from recommender.recommend.values import TermSource
from recommender.text.morphemes import Analyzer
from training.lora.accepted import Acceptance, grades_of, read_accepted
from training.lora.support import Support
from training.lora.values import Found

BUNDLE = load_bundle()
FOREST = Book(
    id="b1", title="숲의 시간", people=(Person("김나무"),), keywords=("숲", "휴식"), description="숲을 걷는 에세이."
)
SEA = Book(id="b2", title="바다 일기", people=(Person("박파도"),))


def records(ids: Sequence[str]) -> Mapping[str, Book]:
    return {book.id: book for book in (FOREST, SEA) if book.id in ids}


def recommendation(book: Book, why: str, **marks: Any) -> dict[str, Any]:
    return {
        "book": {"id": book.id, "title": book.title},
        "reasons": {"why": why, "help": "천천히 쉬는 데 도움이 됩니다."},
        "evidence": [{"code": "matches_words", "words": ["휴식"], "text": ""}],
        **marks,
    }


def answer(*recommendations: dict[str, Any], **marks: Any) -> dict[str, Any]:
    term = {"text": "휴식", "source": "intake", "weight": 0.8, "detail": "mood: 지침"}
    enriched = {"text": "쉬고 싶어요", "terms": [term], "read_books": ["데미안"]}
    return {"enriched": enriched, "recommendations": list(recommendations), **marks}


def read(tmp_path: Path, *lines: object, grades: Mapping[tuple[str, str], float] | None = None) -> Found:
    path = tmp_path / "answers.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return read_accepted(path, Acceptance(4.0, grades or {}), records, BUNDLE.recommend.enrichment)


def test_an_accepted_recommendation_brings_its_question_its_record_and_its_facts(tmp_path: Path) -> None:
    found = read(tmp_path, answer(recommendation(FOREST, "숲 이야기가 고요합니다.", accepted=True)))

    (example,) = found.examples
    assert example.book == FOREST
    assert example.enriched.terms[0].source is TermSource.INTAKE
    assert example.enriched.read_books == ("데미안",)
    assert "휴식" in example.facts[0]
    assert (example.why, example.help) == ("숲 이야기가 고요합니다.", "천천히 쉬는 데 도움이 됩니다.")


@pytest.mark.parametrize(
    ("marks", "accepted"),
    [({"accepted": True}, 1), ({"grade": 4}, 1), ({"grade": 3.9}, 0), ({"accepted": "yes"}, 0), ({}, 0)],
)
def test_only_what_is_marked_or_graded_high_enough_counts(marks: dict[str, Any], accepted: int, tmp_path: Path) -> None:
    found = read(tmp_path, answer(recommendation(SEA, "파도 소리가 들립니다.", **marks)))

    assert len(found.examples) == accepted
    assert len(found.problems) == 1 - accepted


def test_a_whole_answer_can_be_accepted_and_a_book_that_is_not_held_is_told(tmp_path: Path) -> None:
    gone = Book(id="b9", title="없는 책")

    found = read(tmp_path, answer(recommendation(SEA, "잔잔합니다."), recommendation(gone, "좋습니다."), accepted=True))

    assert [example.book for example in found.examples] == [SEA]
    assert found.problems[0].sentence() == (
        "answers.jsonl, row 1: book \"없는 책\": the library holds no book 'b9'; load the catalogue it is from; "
        "this row was kept out"
    )


def test_what_judges_graded_is_taken_by_their_mean(tmp_path: Path) -> None:
    question = JudgedQuestion("쉬고 싶어요", {"mood": "tired"})
    books = (
        JudgedBook("숲의 시간", "b1", why="숲 이야기가 고요합니다.", help="쉬는 데 도움이 됩니다."),
        JudgedBook("바다 일기", "b2", why="잔잔합니다.", help="쉬게 합니다."),
    )
    stored = StoredAnswer("seoga", question, books)
    grades = [("anna", "b1", 5.0), ("bora", "b1", 3.5), ("anna", "b2", 4.0), ("bora", "b2", 3.0), ("cho", "b2", None)]
    given = grades_of([Judgement(judge, stored.id, "-", book, grade) for judge, book, grade in grades])

    found = read(tmp_path, asdict(stored), grades=given)

    assert [example.book for example in found.examples] == [FOREST]
    assert {"휴식", "위로", "번아웃"} <= {term.text for term in found.examples[0].enriched.terms}
    assert found.problems[0].value == "바다 일기"


@pytest.mark.parametrize("line", ["{", "[1]", '{"recommendations": 3}', '{"books": [], "question": {}}'])
def test_a_line_that_is_no_answer_is_told_with_its_row(line: str, tmp_path: Path) -> None:
    found = read(tmp_path, line, answer(recommendation(SEA, "잔잔합니다.", accepted=True)))

    assert [problem.row for problem in found.problems] == [1]
    assert len(found.examples) == 1


def test_only_sentences_that_the_record_supports_are_learned(tmp_path: Path) -> None:
    accepted = read(
        tmp_path,
        answer(
            recommendation(FOREST, "숲을 걷는 에세이라 고요합니다. 노벨문학상을 받은 책입니다.", accepted=True),
            recommendation(SEA, "한강이 쓴 베스트셀러입니다.", accepted=True),
        ),
    )

    found = Support(Analyzer(num_workers=1), BUNDLE.recommend.generation.prompt).supported(accepted.examples)

    assert [example.why for example in found.examples] == ["숲을 걷는 에세이라 고요합니다."]
    assert [(problem.value, problem.kept_out) for problem in found.problems] == [
        ("노벨문학상을 받은 책입니다.", False),
        ("한강이 쓴 베스트셀러입니다.", True),
    ]
