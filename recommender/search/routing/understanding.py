"""The router: what a query says besides the words to look for, phrase by phrase."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from recommender.search.routing.ages import levels, readers
from recommender.search.routing.classes import classes
from recommender.search.routing.fields import fields
from recommender.search.routing.kinds import QueryKind, kind_of, language_of
from recommender.search.routing.negation import negations
from recommender.search.routing.people import people
from recommender.search.routing.quantities import quantities
from recommender.search.routing.values import (
    Catalogue,
    Found,
    Reader,
    Route,
    RouteCode,
    Typed,
    Understood,
    merged,
    merged_preferences,
)
from recommender.text.isbn import parse_isbn
from recommender.text.normalization import normalize

READERS: Sequence[Callable[[Typed], Iterator[Found]]] = (
    fields,
    negations,
    classes,
    quantities,
    readers,
    levels,
    people,
)
"""In this order: where two read the same place, the first has it."""

_LEFT_OVER = re.compile(
    r"^(?:[\s,.;!?]|(?:그리고|그런데|근데|단|다만|하지만|대신|좀|and|but)(?=\s|$))+|(?<=[가-힣])(?:인데|이면서)[\s,;]*$|[\s,;]+$|(?:[\s,]+(?:그리고|근데|단|and|but|with|that))+$",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_SIGNS = re.compile(r'[:"“”]|(?<!\S)-\w')
_ANY_BOOK = re.compile(
    r"(?:^|(?<=\s))(?:(?:읽을\s?만한|읽을|볼\s?만한|볼|재미있는|재밌는|좋은|다른|그냥|아무)\s)*(?:책|(?:추천|권장|필독)?\s?도서|필독서|추천서|읽을거리|것|거|걸로|걸|자료)(?:들)?(?:으로|로|을|를|은|는|이|만|요|중에|중에서|뭐)?(?:\s?(?:있나요|있어요|찾아요|찾아줘|줘|주세요|추천|추천해\s?줘|추천해\s?주세요|추천해줘|추천해주세요|보여\s?줘|없나요|없어요|좀))*[?.!]?$"
    r"|(?:^|(?<=\s))(?:추천해\s?(?:줘|주세요)|추천|보여\s?줘|찾아\s?줘)[?.!]?$"
    r"|^(?:any\s|some\s|good\s|the\s|a\s)*(?:books?|reads?|titles?|something|anything|everything)(?:\sto\sread)?[?.!]?$|(?<=\w)(?<!picture)(?<!comic)(?<!reference)(?<!exam)\sbooks?$",
    re.IGNORECASE,
)


def understand(text: str, reader: Reader, catalogue: Catalogue) -> Understood:
    """Take a query apart; one that is a title of the catalogue is never rewritten.

    Args:
        text: as typed.
        reader: takes Korean apart; asked only where a query may hold a refusal.
        catalogue: asked only where something would be rewritten.
    """
    text = normalize(text)
    isbn = parse_isbn(text)
    morphemes = reader.morphemes(text)
    kind = kind_of(text, morphemes, is_isbn=isbn is not None)
    whole = Understood(text, text, kind, language_of(text))
    if kind is QueryKind.IDENTIFIER and ":" not in text:
        return _with_routes(whole, (_identifier(text, isbn),))
    found = _without_overlaps(_all_found(Typed(text, kind, morphemes, catalogue)))
    if not found:
        return whole
    # Signs are typed on purpose: "우주 -만화" is not the beginning of 《우주 만화 탐험》.
    if catalogue.holds_title(text, whole=_SIGNS.search(text) is not None):
        return _with_routes(whole, (Route(RouteCode.TITLE, text, 0, len(text), text),))
    return Understood(
        text=text,
        words=_remaining(text, found),
        kind=kind,
        language=whole.language,
        limits=merged([each.limits for each in found]),
        preferred=merged_preferences([each.preferred for each in found]),
        people=tuple(each.person for each in found if each.person),
        routes=tuple(each.route for each in found),
    )


def as_typed(text: str, reader: Reader) -> Understood:
    """A query of which every word is looked for; only its kind is told."""
    text = normalize(text)
    kind = kind_of(text, reader.morphemes(text), is_isbn=parse_isbn(text) is not None)
    return Understood(text, text, kind, language_of(text))


def _all_found(typed: Typed) -> Iterator[Found]:
    for read in READERS:
        yield from read(typed)


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Of what was read at the same place only the first, all in the order of the text."""
    kept: list[Found] = []
    for each in found:
        if all(each.route.end <= other.route.start or other.route.end <= each.route.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.route.start)


def _remaining(text: str, found: Sequence[Found]) -> str:
    """What is left to look for once the understood phrases are out; "책" alone asks for any."""
    cut = [each for each in found if each.cut]
    if not cut:
        return text
    pieces, position = [], 0
    for each in cut:
        pieces += [text[position : each.route.start], each.kept]
        position = each.route.end
    left = " ".join(" ".join((*pieces, text[position:])).split())
    left = _LEFT_OVER.sub("", _EMPTY_BRACKETS.sub("", left))
    return _LEFT_OVER.sub("", _ANY_BOOK.sub("", left)).strip()


def _identifier(text: str, isbn: str | None) -> Route:
    if isbn:
        return Route(RouteCode.ISBN, text, 0, len(text), isbn)
    return Route(RouteCode.CALL_NUMBER, text, 0, len(text), text)


def _with_routes(understood: Understood, routes: tuple[Route, ...]) -> Understood:
    return Understood(understood.text, understood.words, understood.kind, understood.language, routes=routes)
