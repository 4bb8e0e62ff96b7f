import pytest

from indexer.sources.columns import BOOKS, HISTORY, ColumnRecogniser, missing_columns
from recommender.errors import InputError

DLS = [
    "NO",
    "자료유형",
    "등록번호",
    "자료명",
    "저자",
    "출판사",
    "출판년도",
    "청구기호",
    "등록일",
    "자료상태",
    "소장처",
    "ISBN",
]
KOLAS = ["등록번호", "본표제", "저작자", "발행자", "발행년", "청구기호", "별치기호", "자료실명", "배가상태", "ISBN"]
NARU = [
    "번호",
    "도서명",
    "저자",
    "출판사",
    "발행년도",
    "ISBN",
    "세트 ISBN",
    "부가기호",
    "권",
    "주제분류번호",
    "도서권수",
    "대출건수",
    "등록일자",
]
ENGLISH = [
    "isbn13",
    "title",
    "title_and_subtitles",
    "authors",
    "categories",
    "description",
    "published_year",
    "num_pages",
    "simple_categories",
]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            DLS,
            [
                "ignored",
                "form",
                "registration_number",
                "title",
                "responsibility",
                "publisher",
                "year",
                "call_number",
                "registered_on",
                "status",
                "location",
                "isbn",
            ],
        ),
        (
            KOLAS,
            [
                "registration_number",
                "title",
                "responsibility",
                "publisher",
                "year",
                "call_number",
                "shelf_prefix",
                "location",
                "status",
                "isbn",
            ],
        ),
        (
            NARU,
            [
                "ignored",
                "title",
                "responsibility",
                "publisher",
                "year",
                "isbn",
                "set_isbn",
                "isbn_addition",
                "volume",
                "classification",
                "copies",
                "loans",
                "registered_on",
            ],
        ),
        (
            ENGLISH,
            [
                "isbn",
                "title",
                "full_title",
                "responsibility",
                "categories",
                "description",
                "year",
                "pages",
                "categories",
            ],
        ),
        # case, spaces, underscores and brackets do not matter
        (["TITLE", "Publication Year", "I S B N", "call-number"], ["title", "year", "isbn", "call_number"]),
    ],
)
def test_known_exports_are_recognised(header: list[str], fields: list[str]) -> None:
    recognised = ColumnRecogniser(BOOKS).map(header)
    assert list(recognised.fields.values()) == fields
    assert recognised.unused == ()


def test_columns_that_mean_nothing_here_are_named() -> None:
    assert ColumnRecogniser(BOOKS).map(["서명", "가격", "average_rating", ""]).unused == ("가격", "average_rating")


def test_of_two_columns_for_one_field_the_better_known_is_taken() -> None:
    recognised = ColumnRecogniser(BOOKS).map(["표제", "서명"])
    assert recognised.fields == {1: "title"}
    assert recognised.unused == ("표제",)


def test_the_operator_names_a_column_and_overrules_the_known_one() -> None:
    recognised = ColumnRecogniser(BOOKS, {"title": "책 이름(국문)"}).map(["제목", "책 이름(국문)"])
    assert recognised.fields == {1: "title"}


def test_an_unknown_field_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"titel is no field; choose from title, .*isbn"):
        ColumnRecogniser(BOOKS, {"titel": "서명"})


def test_a_file_without_a_title_column_is_told_what_was_seen_and_what_to_do() -> None:
    message = str(missing_columns("loans.csv", ["이름", " 작가 ", ""], BOOKS))
    assert message == (
        "loans.csv: no title column; the columns seen are: 이름, 작가; "
        'name the right one with --column, for example --column title="이름"'
    )


def test_a_history_is_recognised_by_its_own_words() -> None:
    recogniser = ColumnRecogniser(HISTORY)
    recognised = recogniser.map(["회원번호", "도서명", "대출일자", "별점"])
    assert list(recognised.fields.values()) == ["reader_id", "title", "read_on", "rating"]
    assert recogniser.is_header(recognised)
    assert not recogniser.is_header(recogniser.map(["회원번호", "대출일자"]))
