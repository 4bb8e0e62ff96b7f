import pytest

from recommender.recommend.grounding.numbers import Amount, Unit, amounts_in


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("320쪽", {Amount(320, Unit.PAGES)}),
        ("삼백이십 쪽", {Amount(320, Unit.PAGES)}),
        ("열두 살", {Amount(12, Unit.AGE)}),
        ("스무 살", {Amount(20, Unit.AGE)}),
        ("2017년에 나온", {Amount(2017, Unit.YEAR)}),
        ("십 년 동안", {Amount(10, Unit.YEARS)}),
        ("2만 5천 부", {Amount(20_000, Unit.NONE), Amount(5_000, Unit.COPIES_SOLD)}),
        ("이만 오천 부", {Amount(25_000, Unit.COPIES_SOLD)}),
        ("세 권", {Amount(3, Unit.VOLUMES)}),
        ("48,701명", {Amount(48_701, Unit.PEOPLE)}),
        ("twelve-year-old", {Amount(12, Unit.AGE)}),
        ("three hundred pages", {Amount(300, Unit.PAGES)}),
        ("twenty-five minutes", {Amount(25, Unit.MINUTES)}),
        ("ten million copies", {Amount(10_000_000, Unit.VOLUMES)}),
        ("이 마음만 부디 살펴 주세요", set()),  # 만 and 부 are no number here
        ("세상에 하나뿐인", set()),
        ("A4 종이", set()),
    ],
)
def test_numbers_are_read_with_what_they_count(text: str, amounts: set[Amount]) -> None:
    assert amounts_in(text) == amounts
