"""What a question restricts besides asking: "만화 말고 우주 이야기 추천해 줘" wants no comic, "수학 문제집 추천해 줘" a workbook."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from recommender.models import Audience, Depth, Form
from recommender.recommend.candidates.restricting import NEVER_ANSWERS
from recommender.recommend.hints import QUESTION
from recommender.recommend.intake import Answer, Meaning
from recommender.recommend.values import AS_IT_IS, EditedQuestion, TermSource, Trait, TraitKind
from recommender.search.analysis import in_tokens
from recommender.search.request import Filters
from recommender.search.routing.nouns import KINDS, exclusion_of
from recommender.search.routing.quantities import LONG_PAGES, SHORT_PAGES
from recommender.search.routing.understanding import understand
from recommender.search.routing.values import Catalogue, Route, RouteCode, Understood, merged
from recommender.text.morphemes import Analyzer

ONLY_PREFERRED = (RouteCode.READER, RouteCode.LEVEL, RouteCode.LENGTH, RouteCode.PERSON, RouteCode.TITLE)
"""What these say stays in the question: it is looked for, or hinted at (`recommender.recommend.hints`)."""

TOLD_BY_TRAITS = (RouteCode.READER, RouteCode.LEVEL, RouteCode.LENGTH)
"""What these say is asked of a book's audience, depth and pages; as words they would find whatever has 초등 among its subjects."""

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

    text: str  # phrases that restrict are blank, so that places stay the same
    filters: Filters
    routes: tuple[Route, ...] = ()  # what restricts
    others: tuple[Route, ...] = ()  # what is only preferred: for whom, by whom, how long
    taken_back: tuple[Route, ...] = ()  # what would restrict, had the reader left it in


def read_question(
    text: str, filters: Filters, analyzer: Analyzer, catalogue: Catalogue, *, edited: EditedQuestion = AS_IT_IS
) -> Asked:
    """Take the restrictions out of a normalised question.

    Args:
        text: the question, normalised.
        filters: what was chosen besides; they hold as well.
        analyzer: takes the question apart.
        catalogue: knows which texts are titles.
        edited: the restrictions that the reader took back; their phrases are not looked for either.
    """
    understood = understand(text, analyzer, catalogue)
    restrictions, others = _divided(understood)
    if refused := [route for route in restrictions if not edited.keeps(restriction_trait(route).id)]:
        read = read_question(blanked(understood.text, refused), filters, analyzer, catalogue, edited=edited)
        return replace(read, taken_back=(*refused, *read.taken_back))
    rest = blanked(understood.text, restrictions)
    limits = merged([understood.limits, exclusion_of(filters.without_words)])
    if not (filters.forms or limits.forms):
        limits = replace(limits, forms=asked_forms(rest))
    also = None if limits == Filters() else limits
    return Asked(rest, in_tokens(replace(filters, also=also), analyzer), restrictions, others)


def preferences_of(routes: Iterable[Route]) -> Iterator[Answer]:
    """What phrases prefer, as answers: "초등학교 3학년이 읽을", "짧은", "쉬운"."""
    for route in routes:
        for meaning in _meanings(route):
            yield Answer(QUESTION, route.phrase, meaning)


def _meanings(route: Route) -> Iterator[Meaning]:
    if route.code is RouteCode.READER:
        yield from (Meaning(audience=Audience(value)) for value in route.value.split(","))
    elif route.code is RouteCode.LENGTH:
        yield Meaning(pages=f"-{SHORT_PAGES}" if route.value == "short" else f"{LONG_PAGES}-")
    elif route.code is RouteCode.PAGES:
        yield Meaning(pages=route.value)  # known to keep within them, where others are only not known to break them
    elif route.code is RouteCode.LEVEL:
        yield Meaning(depth=Depth.LIGHT if route.value == "easy" else Depth.DEEP)


def restriction_trait(route: Route) -> Trait:
    """What a phrase of the question restricts, as a part of the enriched question."""
    return Trait(TraitKind.LIMIT, f"{route.code}:{route.value}", TermSource.QUESTION, detail=route.phrase)


def _divided(understood: Understood) -> tuple[tuple[Route, ...], tuple[Route, ...]]:
    """What restricts, and what is only preferred."""
    restricts = {route: route.code not in ONLY_PREFERRED for route in understood.routes}
    return tuple(filter(restricts.get, restricts)), tuple(route for route in restricts if not restricts[route])


def blanked(text: str, routes: Iterable[Route], codes: Container[str] = tuple(RouteCode)) -> str:
    """A text of the same length without the phrases of some routes."""
    for route in routes:
        if route.code in codes:
            text = text[: route.start] + " " * (route.end - route.start) + text[route.end :]
    return text


def asked_forms(text: str) -> tuple[Form, ...]:
    """The forms that a question asks for, of those that otherwise never answer one."""
    return tuple(form for form, asked in _ASKED_FOR.items() if asked.search(text))
