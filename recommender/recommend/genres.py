"""The literary genre that a question names: "퇴근하고 읽을 잔잔한 소설" wants a novel, not a record that says 소설. Pure."""

import re
from collections.abc import Iterator, Mapping

from recommender.models import Book, Form
from recommender.search.routing.nouns import KINDS

GENRES = (
    "korean_novels", "chinese_novels", "japanese_novels", "english_novels", "german_novels", "french_novels", "novels",
    "essays", "poetry", "plays",
)  # fmt: skip
"""Names of kinds of books that classes tell, the narrower first: of 일본 소설 the wider is no second one."""

CLASSES: Mapping[str, tuple[str, ...]] = {kind.name: kind.kdc for kind in KINDS if kind.name in GENRES}
"""Genre → the classes of its books."""

SHORTEST_NAME = 2
"""Letters: 시 is a poem, an hour and a city."""

_NAMES: Mapping[str, re.Pattern[str]] = {
    kind.name: re.compile(
        "|".join(
            rf"\b{re.escape(name)}\b" if name.isascii() else rf"{re.escape(name)}(?!가)"  # 소설가 writes them
            for name in kind.spoken
            if len(name) >= SHORTEST_NAME
        ),
        re.IGNORECASE,
    )
    for kind in KINDS
    if kind.name in GENRES
}

GENRE_TOKENS = frozenset(
    [
        "소설",
        "소설책",
        "소설집",
        "장편소설",
        "에세이",
        "에세이집",
        "수필",
        "수필집",
        "산문집",
        "시집",
        "희곡",
        "희곡집",
        "그림책",
        "만화책",
        "novel",
        "fiction",
        "essay",
        "poem",
        "poetri",
    ]
)
"""The tokens by which such words are found. A record that holds one is hardly more what was asked for."""


_SAID_BY: Mapping[str, tuple[str, ...]] = {
    "novels": ("소설", "novel", "novels"),
    "essays": ("에세이", "수필", "essay", "essays"),
    "poetry": ("시집", "poetry", "poems"),
    "plays": ("희곡", "plays"),
}
"""Genre → how a subject that says as much ends: 장편소설, 여행 에세이."""

_PICTURED = (Form.COMIC, Form.PICTURE_BOOK)
_FOR_CHILDREN = re.compile(r"8\d3\.8")
"""The class of stories for children, which nobody calls novels."""


def is_of_genre(book: Book, genre: str) -> bool:
    """Whether a record says that a book is of a genre: its class, else its subjects."""
    if book.form in _PICTURED:
        return False
    if book.kdc:
        is_told = book.kdc.startswith(CLASSES[genre])
        return is_told and not (genre.endswith("novels") and _FOR_CHILDREN.match(book.kdc) is not None)
    endings = _SAID_BY.get(genre, ())
    return any(subject.casefold().endswith(endings) for subject in (*book.keywords, *book.categories))


_FORMS = re.compile(
    r"(?:학습\s?)?만화책?(?!가[의는가를와로])|웹툰|그래픽\s?노블|그림책|동화책?|단편집"
    r"|\b(?:picture books?|comics?(?: books?)?|graphic novels?|short stories|fairy tales|poetry collections?)\b",
    re.IGNORECASE,
)
"""What else books are called by their form, not by what they tell of."""


def form_spans(text: str) -> list[range]:
    """Where a text names what kind of book is wanted: no record is about 소설 because somebody asks for one."""
    spans = [range(*found.span()) for found in _FORMS.finditer(text)]
    for _, word in genres_in(text):
        start = text.index(word)
        spans.append(range(start, start + len(word)))
    return spans


ONLY_WORDS = frozenset(["동화", "단편집", "fairi", "tale", "short"])
"""The tokens of kinds that neither a class nor a form tells: their word is all there is to find them by."""


def genres_in(text: str) -> Iterator[tuple[str, str]]:
    """Each genre that a text names, with the word that does; none within the words of another."""
    for genre in GENRES:
        if found := _NAMES[genre].search(text):
            text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
            yield genre, found[0]
