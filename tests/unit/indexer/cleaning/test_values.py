import pytest

from indexer.cleaning.values import (
    AUDIENCE_WORDS,
    MOOD_WORDS,
    UnusableValueError,
    as_text,
    as_texts,
    read_choice,
    read_choices,
    read_classification,
    read_count,
    read_day,
    read_isbns,
    read_language,
    read_status,
    read_year,
)
from recommender.models import Audience, HoldingStatus, Mood


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (float("nan"), ""), (2004.0, "2004"), (3.85, "3.85"), (True, "True"), (["한국", None, "역사"], "한국; 역사"), (" KBS &lt명견만리&gt \n", "KBS <명견만리>")],
)  # fmt: skip
def test_any_value_becomes_one_clean_line(value: object, text: str) -> None:
    assert as_text(value) == text


def test_lists_are_split_each_part_once() -> None:
    assert as_texts("심리; 위로|심리") == ("심리", "위로")
    assert as_texts(["심리", "위로; 불안"]) == ("심리", "위로", "불안")
    assert as_texts(None) == ()


@pytest.mark.parametrize(
    ("text", "year"),
    [("2011", 2011), ("2012.", 2012), ("[2009], c2004", 2009), ("2004년", 2004), ("2024 cm", 2024), ("c2001", 2001), ("2024-01-05", 2024), ("20240105", 2024), ("1907.0", 1907), ("", None)],
)  # fmt: skip
def test_years_are_read(text: str, year: int | None) -> None:
    assert read_year(text, this_year=2026) == year


@pytest.mark.parametrize("text", ["19??", "20006", "0000", "2106", "돋을새김", "발행년불명"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(UnusableValueError, match="no year from 1400 to 2028"):
        read_year(text, this_year=2026)


@pytest.mark.parametrize(("text", "count"), [("312 p.", 312), ("1,204", 1204), ("247", 247), ("", None)])
def test_counts_are_read(text: str, count: int | None) -> None:
    assert read_count(text) == count


def test_isbns_of_both_lengths_become_thirteen_digits() -> None:
    assert read_isbns(["89-374-6044-2", "9788937460449 (세트)"]) == ("9788937460449",)
    assert read_isbns(["", "0"]) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9788934804254", "check digit is wrong"),
        ("43811", "it has 5 digits instead of 10 or 13"),
        ("9.78894E+12", "a spreadsheet has rounded this ISBN"),
        ("K592935565", "it has 9 digits"),
    ],
)
def test_what_is_no_isbn_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(UnusableValueError, match=reason.replace("+", r"\+")):
        read_isbns([text])


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024-01-05", "2024-01-05"), ("2024.1.5", "2024-01-05"), ("20240105", "2024-01-05"), ("2024년 1월 5일", "2024-01-05"), ("2010-03-02 00:00:00", "2010-03-02"), ("2005.01.04", "2005-01-04"), ("", "")],
)  # fmt: skip
def test_days_are_read(text: str, day: str) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["어제", "2024-02-30", "2024", "2024-13-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UnusableValueError, match="no day"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # the seven states of 독서로 DLS
        ("대출가능", HoldingStatus.AVAILABLE),
        ("대출중", HoldingStatus.ON_LOAN),
        ("비치도서", HoldingStatus.REFERENCE),
        ("분실", HoldingStatus.LOST),
        ("파손", HoldingStatus.DAMAGED),
        ("소재불명", HoldingStatus.MISSING),
        ("가치상실", HoldingStatus.WITHDRAWN),
        # others
        ("대출 중(예약 1)", HoldingStatus.ON_LOAN),
        ("비치중", HoldingStatus.AVAILABLE),
        ("제적", HoldingStatus.WITHDRAWN),
        ("Checked out", HoldingStatus.ON_LOAN),
        ("", HoldingStatus.UNKNOWN),
    ],
)
def test_states_of_copies_are_read(text: str, status: HoldingStatus) -> None:
    assert read_status(text) is status


def test_a_state_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnusableValueError, match="not on the shelf"):
        read_status("수선대기")


@pytest.mark.parametrize(("text", "code"), [("kor", "ko"), ("한국어", "ko"), ("EN", "en"), ("it", "it"), ("", "")])
def test_languages_become_codes(text: str, code: str) -> None:
    assert read_language(text) == code


@pytest.mark.parametrize(
    ("text", "number"), [("813.6", "813.6"), ("813,6", "813.6"), ("8", "8"), ("004.73", "004.73"), ("", "")]
)
def test_class_numbers_are_read(text: str, number: str) -> None:
    assert read_classification(text) == number


def test_choices_are_read_by_code_and_in_korean() -> None:
    assert read_choice("Teens", AUDIENCE_WORDS) is Audience.TEENS
    assert read_choice("어린이", AUDIENCE_WORDS) is Audience.CHILDREN
    assert read_choices(["warm", "쓸쓸한", "warm"], MOOD_WORDS) == (Mood.WARM, Mood.MELANCHOLY)
    assert read_choice("", AUDIENCE_WORDS) is None
    with pytest.raises(UnusableValueError, match="none of preschool, children, teens, adults"):
        read_choice("외계인", AUDIENCE_WORDS)
