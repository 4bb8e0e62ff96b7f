"""`minimum_should_match`: how many of the optional clauses have to match."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from recommender.errors import UnsupportedClauseError

MINIMUMS_KEPT = 1024
"""Answers kept: a bundle has a handful of specifications, and queries have one to some hundred words."""

MINIMUM = re.compile(r"\s*(?:-?\d+%?|\d+<-?\d+%?(?:\s+\d+<-?\d+%?)*)\s*")


@lru_cache(MINIMUMS_KEPT)
def minimum_matches(specification: str | int, optional: int) -> int:
    """How many of the optional clauses have to match, by the rules of `minimum_should_match`.

    Args:
        specification: `2`, `-1`, `"75%"`, `"-25%"`, or conditions as in `"2<75% 9<-3"`.
        optional: how many optional clauses there are.

    Returns:
        0 or more, as in Elasticsearch: a query of nothing but optional clauses needs at least one of them in any case,
        and where more are needed than there are, nothing matches.
    """
    text = str(specification).strip()
    if "<" not in text:
        return _simple_minimum(text, optional)
    needed = optional
    for condition in text.split():
        above, _, rule = condition.partition("<")
        if optional <= int(above):
            break
        needed = _simple_minimum(rule, optional)
    return needed


def validate_minimum(options: Mapping[str, Any], where: str) -> None:
    """Check the `minimum_should_match` of a clause, if it has one."""
    minimum = options.get("minimum_should_match", 0)
    if type(minimum) is int or (isinstance(minimum, str) and MINIMUM.fullmatch(minimum)):
        return
    raise UnsupportedClauseError(f"{where}: minimum_should_match {minimum!r} is none of 2, '75%', '-25%', '2<75% 9<-3'")


def _simple_minimum(rule: str, optional: int) -> int:
    if rule.endswith("%"):
        percent = int(rule[:-1])
        share = abs(percent) * optional // 100
        needed = share if percent >= 0 else optional - share
    else:
        number = int(rule)
        needed = number if number >= 0 else optional + number
    return max(0, needed)
