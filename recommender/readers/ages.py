"""How old readers are, as far as it decides what is popular with them: pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from recommender.models import AgeGroup, Audience

_FIRST_YEARS = {group: int(group.value.partition("-")[0]) for group in AgeGroup}

GROUPS_OF: Mapping[Audience, tuple[AgeGroup, ...]] = {
    Audience.PRESCHOOL: (AgeGroup.INFANTS, AgeGroup.PRESCHOOL),
    Audience.CHILDREN: (AgeGroup.CHILDREN,),
    Audience.TEENS: (AgeGroup.TEENS,),
    Audience.ADULTS: (
        AgeGroup.TWENTIES,
        AgeGroup.THIRTIES,
        AgeGroup.FORTIES,
        AgeGroup.FIFTIES,
        AgeGroup.SENIORS,
    ),
}
"""For whom books are made → the age groups of those who read them; 중학생 are among the teens."""

OLDEST = 120
"""Years: whoever is said to be older is a typing error."""


def group_of_age(years: int) -> AgeGroup | None:
    """The age group of somebody so many years old; None for what is no age."""
    if not 0 <= years <= OLDEST:
        return None
    groups = list(AgeGroup)
    return next((group for group, later in pairwise(groups) if years < _FIRST_YEARS[later]), groups[-1])


def years_of(groups: Sequence[AgeGroup]) -> tuple[int, int | None]:
    """The first and the last year of some groups together; None where they have no last.

    Args:
        groups: at least one, the youngest first.
    """
    last = groups[-1].value.partition("-")[2]
    return _FIRST_YEARS[groups[0]], int(last) if last else None
