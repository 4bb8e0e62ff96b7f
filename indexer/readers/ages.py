"""How a file tells how old a reader is."""

import re
from collections.abc import Mapping

from indexer.cleaning.values import UnusableValueError
from recommender.models import AgeGroup
from recommender.readers.ages import group_of_age

EARLIEST_BIRTH = 1880

_NAMES: Mapping[AgeGroup, str] = {
    AgeGroup.INFANTS: "영유아|영아|infants?|toddlers?",
    AgeGroup.PRESCHOOL: "유아|유치원생?|미취학|preschool(?:ers?)?",
    AgeGroup.CHILDREN: "초등.*|어린이|아동|child(?:ren)?|elementary.*",
    AgeGroup.TEENS: "중학.*|고등.*|중[1-3]|고[1-3]|청소년|십대|10대|teen(?:s|ager)?|middle school.*|high school.*|10s",
    AgeGroup.TWENTIES: "20대|이십대|대학생|20s|twenties",
    AgeGroup.THIRTIES: "30대|삼십대|30s|thirties",
    AgeGroup.FORTIES: "40대|사십대|40s|forties",
    AgeGroup.FIFTIES: "50대|오십대|50s|fifties",
    AgeGroup.SENIORS: "(?:[6-9]0|[육칠팔구]십)대?(?:이상)?|노년|어르신|60s|[6-9]0[+s]|seniors?",
}
_SPELT = {group: re.compile(names.replace(" ", ""), re.IGNORECASE) for group, names in _NAMES.items()}


def read_age_group(text: str, *, this_year: int) -> AgeGroup | None:
    """`2009`, `16`, `16세`, `14.0`, `14-19`, `중학생`, `30대` → the age group; None for an empty text.

    Only the group is kept: when somebody was born is nobody's business.

    Raises:
        UnusableValueError: anything else.
    """
    word = re.sub(r"[\s_]", "", text).removesuffix(".0")
    if not word:
        return None
    found = _by_name(word) or _by_number(word, this_year)
    if found is None:
        raise UnusableValueError("this is no age; write the year of birth, the years, or a group such as 14-19 or 30대")
    return found


def _by_name(word: str) -> AgeGroup | None:
    named = next((group for group, spelt in _SPELT.items() if spelt.fullmatch(word)), None)
    return named or next((group for group in AgeGroup if group.value == word), None)


def _by_number(word: str, this_year: int) -> AgeGroup | None:
    number = re.fullmatch(r"(?:만)?(\d{1,4})(?:세|살|년생?|~\d+|-\d*)?(?:[./-]\d{1,2}){0,2}", word)
    if number is None:
        return None
    years = int(number[1])
    return group_of_age(this_year - years if years >= EARLIEST_BIRTH else years)
