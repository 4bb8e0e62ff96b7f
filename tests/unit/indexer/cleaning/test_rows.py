from typing import Any

import pytest

from indexer.cleaning.rows import Row, RowCleaner
from indexer.problems import Problem
from indexer.sources.records import RawRecord
from recommender.call_numbers import read_shelf_prefixes
from recommender.models import (
    Audience,
    Book,
    CallNumber,
    Depth,
    Effect,
    Form,
    Holding,
    HoldingStatus,
    Mood,
    Person,
    Role,
)


def cleaned(**values: Any) -> tuple[Row | None, list[Problem]]:
    cleaner = RowCleaner(read_shelf_prefixes(), this_year=2026)
    return cleaner.clean(RawRecord("list.csv", 7, values)), cleaner.problems


def row(**values: Any) -> Row:
    usable, problems = cleaned(**values)
    assert usable is not None
    assert problems == []
    return usable


def test_a_row_of_a_school_library() -> None:
    read = row(
        form="단행본",
        registration_number="EM0000003",
        title="(이윤기의)그리스 로마 신화. 2: 사랑의 테마로 읽는 신화의 12가지 열쇠",
        responsibility="이윤기 지음",
        publisher="웅진지식하우스 :웅진씽크빅",
        year="2015",
        call_number="219.21 이96그 v.2 c.3",
        registered_on="2015.03.02",
        status="대출중",
        location="종합자료실",
        isbn="9788901072401",
    )
    assert read.book == Book(
        id="",
        title="그리스 로마 신화",
        subtitle="이윤기의",
        people=(Person("이윤기", Role.AUTHOR),),
        publisher="웅진지식하우스",
        year=2015,
        language="ko",
        isbns=("9788901072401",),
        kdc="219.21",
    )
    assert read.holding == Holding(
        status=HoldingStatus.ON_LOAN,
        registration_number="EM0000003",
        call_number=CallNumber("219.21 이96그 v.2 c.3", "", "219.21", "이96그", "2", "3"),
        location="종합자료실",
        title="(이윤기의)그리스 로마 신화. 2: 사랑의 테마로 읽는 신화의 12가지 열쇠",
        volume="2",
        isbn="9788901072401",
        publisher="웅진지식하우스",
        year=2015,
        registered_on="2015-03-02",
    )
    assert read.is_holding


def test_a_record_that_only_describes() -> None:
    read = row(
        title="지식 e",
        responsibility="EBS 지식채널e 제작팀",
        isbn="9788956051796",
        description="짧은 방송 영상으로 만났던 이야기",
        keywords=["상식", "인권"],
        moods=["thoughtful", "honest"],
        effects=["empathy"],
        depth="light",
        audience="teens",
    )
    assert not read.is_holding
    assert read.book.keywords == ("상식", "인권")
    assert read.book.moods == (Mood.THOUGHTFUL, Mood.HONEST)
    assert (read.book.effects, read.book.depth, read.book.audience) == ((Effect.EMPATHY,), Depth.LIGHT, Audience.TEENS)


def test_a_title_may_come_with_its_subtitle_in_another_column() -> None:
    read = row(
        title="Spider's Web", full_title="Spider's Web: A Novel", categories="Detective and mystery stories", pages=247
    )
    assert (read.book.title, read.book.subtitle, read.book.language, read.book.pages) == (
        "Spider's Web",
        "A Novel",
        "en",
        247,
    )


def test_the_steps_of_a_category_path_are_categories() -> None:
    assert row(title="총 균 쇠", categories="국내도서 > 인문학 > 교양 인문학").book.categories == (
        "국내도서",
        "인문학",
        "교양 인문학",
    )


def test_a_call_number_is_put_together_from_its_columns() -> None:
    read = row(title="구름빵", shelf_prefix="아", classification="813.8", author_mark="백98ㄱ", volume="2", copy="3")
    assert read.holding.call_number == CallNumber("아 813.8 백98ㄱ v.2 c.3", "아", "813.8", "백98ㄱ", "2", "3")
    assert row(title="구름빵", shelf_prefix="C", call_number="657.1 박55ㄱ").book.form is Form.COMIC


def test_a_row_may_stand_for_several_copies() -> None:
    read = row(title="불편한 편의점", classification="813.7", copies="3", loans="120", isbn_addition="03810")
    assert (read.copies, read.book.loans, read.book.kdc) == (3, 120, "813.7")


def test_values_that_cannot_be_used_are_left_out_and_reported() -> None:
    read, problems = cleaned(title="데미안", year="19??", isbn="9788934804254", status="수선대기", pages="많음")
    assert read is not None
    assert (read.book.year, read.book.isbns, read.book.pages) == (None, (), None)
    assert read.holding.status is HoldingStatus.ON_LOAN  # rather than promise a copy that nobody finds
    assert {problem.field for problem in problems} == {"year", "isbn", "status", "pages"}
    assert {(problem.source, problem.row, problem.kept_out) for problem in problems} == {("list.csv", 7, False)}


@pytest.mark.parametrize("title", ["", "  ", "...", None])
def test_a_row_without_a_title_is_kept_out(title: str | None) -> None:
    read, (problem,) = cleaned(title=title, responsibility="헤르만 헤세")
    assert read is None
    assert (problem.field, problem.reason, problem.kept_out) == ("title", "the row has no title", True)


def test_a_cell_of_a_megabyte_is_kept_out_and_cut_in_the_report() -> None:
    read, (problem,) = cleaned(title="데미안", publisher="가" * 1_048_576)
    assert read is None
    assert "1,048,576 characters, the limit is 2,000" in problem.reason
    assert len(problem.sentence()) < 500
    assert cleaned(title="데미안", description="가" * 50_000)[1] == []
