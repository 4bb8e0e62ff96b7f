import pytest

from indexer.cleaning.values import UnusableValueError
from indexer.readers.ages import read_age_group
from recommender.models import AgeGroup
from recommender.readers.ages import group_of_age, years_of


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("", None),
        ("14.0", AgeGroup.TEENS),  # as loan statistics have it
        ("14-19", AgeGroup.TEENS),
        ("16세", AgeGroup.TEENS),
        ("만 16 세", AgeGroup.TEENS),
        ("2010", AgeGroup.TEENS),
        ("2010년생", AgeGroup.TEENS),
        ("1990-05-17", AgeGroup.THIRTIES),
        ("중학생", AgeGroup.TEENS),
        ("고등학교 2학년", AgeGroup.TEENS),
        ("10대", AgeGroup.TEENS),
        ("초등학생", AgeGroup.CHILDREN),
        ("유아", AgeGroup.PRESCHOOL),
        ("영유아", AgeGroup.INFANTS),
        ("0", AgeGroup.INFANTS),
        ("20대", AgeGroup.TWENTIES),
        ("30s", AgeGroup.THIRTIES),
        ("40", AgeGroup.FORTIES),
        ("60대 이상", AgeGroup.SENIORS),
        ("60-", AgeGroup.SENIORS),
        ("70", AgeGroup.SENIORS),
        ("Teens", AgeGroup.TEENS),
    ],
)
def test_an_age_is_told_in_many_ways(text: str, group: AgeGroup | None) -> None:
    assert read_age_group(text, this_year=2026) == group


@pytest.mark.parametrize("text", ["성별", "-3", "300", "1700", "아무나", "14세 미만 아님"])
def test_what_is_no_age_is_an_error_with_the_way_out(text: str) -> None:
    with pytest.raises(UnusableValueError, match="write the year of birth, the years, or a group such as"):
        read_age_group(text, this_year=2026)


def test_every_year_has_a_group_and_every_group_its_years() -> None:
    assert [group_of_age(years) for years in (0, 5, 6, 8, 13, 14, 19, 20, 59, 60, 120, 121, -1)] == [
        AgeGroup.INFANTS, AgeGroup.INFANTS, AgeGroup.PRESCHOOL, AgeGroup.CHILDREN, AgeGroup.CHILDREN, AgeGroup.TEENS,
        AgeGroup.TEENS, AgeGroup.TWENTIES, AgeGroup.FIFTIES, AgeGroup.SENIORS, AgeGroup.SENIORS, None, None,
    ]  # fmt: skip
    assert years_of([AgeGroup.TEENS]) == (14, 19)
    assert years_of([AgeGroup.TWENTIES, AgeGroup.FORTIES]) == (20, 49)
    assert years_of([AgeGroup.SENIORS]) == (60, None)
