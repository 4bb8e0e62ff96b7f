"""What a question restricts besides asking: "만화 말고 우주 이야기 추천해 줘" wants no comic, "수학 문제집 추천해 줘" a workbook."""

import re
from dataclasses import dataclass, replace

from recommender.models import Form
from recommender.recommend.candidates.restricting import NEVER_ANSWERS
from recommender.search.analysis import in_tokens
from recommender.search.request import Filters
from recommender.search.routing.nouns import KINDS, exclusion_of
from recommender.search.routing.understanding import understand
from recommender.search.routing.values import Catalogue, Route, RouteCode, merged
from recommender.text.morphemes import Analyzer

ONLY_PREFERRED = (RouteCode.READER, RouteCode.LEVEL, RouteCode.LENGTH, RouteCode.PERSON, RouteCode.TITLE)
"""What these say stays in the question: it is looked for, or hinted at (`recommender.recommend.hints`)."""

_NAMES = {
    form: "|".join(re.escape(name) for kind in KINDS if form in kind.forms for name in kind.spoken)
    for form in NEVER_ANSWERS
}
_ASKED_FOR = {
    form: re.compile(
        rf"(?:{names})(?:들)?(?:을|를|이|은|는|도|만|좀|\s)*(?:추천|찾|골라|알려|권해|소개|있|없|필요|부탁|주세요|줘)"
        rf"|\b(?:recommend|suggest|need|want|find|looking for)\s(?:me\s)?(?:(?:an?|some|any|the|good)\s)*(?:(?!about|of|on)\w+\s){{0,2}}?(?:{names})\b",
        re.IGNORECASE,
    )
    for form, names in _NAMES.items()
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without what it only restricts, and the restrictions."""

    text: str  # as long as the question: phrases that restrict are blank, so that places stay the same
    filters: Filters
    routes: tuple[Route, ...] = ()


def read_question(text: str, filters: Filters, analyzer: Analyzer, catalogue: Catalogue) -> Asked:
    """Take the restrictions out of a normalised question.

    Args:
        text: the question, normalised.
        filters: what was chosen besides; they hold as well.
        analyzer: takes the question apart.
        catalogue: knows which texts are titles.
    """
    understood = understand(text, analyzer, catalogue)
    routes = tuple(route for route in understood.routes if route.code not in ONLY_PREFERRED)
    rest = understood.text
    for route in routes:
        rest = rest[: route.start] + " " * (route.end - route.start) + rest[route.end :]
    limits = merged([understood.limits, exclusion_of(filters.without_words)])
    if not (filters.forms or limits.forms):
        limits = replace(limits, forms=asked_forms(rest))
    also = None if limits == Filters() else limits
    return Asked(rest, in_tokens(replace(filters, also=also), analyzer), routes)


def asked_forms(text: str) -> tuple[Form, ...]:
    """The forms that a question asks for, of those that otherwise never answer one."""
    return tuple(form for form, asked in _ASKED_FOR.items() if asked.search(text))
