"""The facts that a text about a book may state: the record's, and the reader's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from recommender.models import Book, HistoryEntry, Preferences, Role
from recommender.recommend.grounding.numbers import Amount, Unit, amounts_in
from recommender.recommend.instructions import without_instructions
from recommender.text.characters import normalize
from recommender.text.kiwi import Morpheme

NATIONS = {
    "81": ("한국", "우리나라", "Korea", "Korean"),
    "82": ("중국", "China", "Chinese"),
    "83": ("일본", "Japan", "Japanese"),
    "84": ("영국", "미국", "영미", "England", "English", "British", "America", "American"),
    "85": ("독일", "Germany", "German"),
    "86": ("프랑스", "France", "French"),
    "87": ("스페인", "Spain", "Spanish"),
    "88": ("이탈리아", "Italy", "Italian"),
    "89": ("러시아", "Russia", "Russian"),
}
"""What a class of literature says of where a book comes from (Korean Decimal Classification, 810 to 890)."""

LANGUAGES = {
    "ko": ("한국어", "Korean"),
    "en": ("영어", "English"),
    "ja": ("일본어", "Japanese"),
    "zh": ("중국어", "Chinese"),
}
CLASSES = ("총류", "철학", "종교", "사회과학", "자연과학", "기술과학", "예술", "언어", "문학", "역사")

_WORD = re.compile(r"[^\W_]+")


class Reading(Protocol):
    """The part of an analyser that takes texts apart."""

    def morphemes(self, text: str) -> tuple[Morpheme, ...]:
        """Every morpheme of a text, with its place."""


@dataclass(frozen=True, slots=True)
class Source:
    """Texts that facts are read from, ready to be looked up.

    `squeezed` is the text in small letters and digits alone; `starts` and `ends` are the places in it where words and
    morphemes begin and end, so that 김영 is not found in 김영하.
    """

    squeezed: str = ""
    starts: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()
    forms: frozenset[str] = frozenset()  # morphemes and words
    amounts: frozenset[Amount] = frozenset()

    def holds(self, words: str) -> bool:
        """Whether the words stand here, however they are spaced and marked."""
        wanted = squeezed(words)
        return bool(wanted) and wanted in self.squeezed

    def names(self, name: str) -> bool:
        """Whether the name stands here as a word of its own, with or without particles."""
        wanted = squeezed(name)
        if not wanted:
            return False
        place = self.squeezed.find(wanted)
        while place >= 0:
            if place in self.starts and place + len(wanted) in self.ends:
                return True
            place = self.squeezed.find(wanted, place + 1)
        return False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a text about one book for one reader may rest on.

    Args:
        book: its record.
        record: the record's texts.
        reader: the question, the answers, and liked books as the prompt has them.
        liked_titles: titles of books that the reader read and liked.
        liked_authors: who wrote those, and authors that the reader prefers.
        has_past: whether anything is known of what the reader read or likes.
        instructions: the prompt's own words, squeezed, which no reader should see.
    """

    book: Book
    record: Source
    reader: Source = field(default_factory=Source)
    liked_titles: tuple[str, ...] = ()
    liked_authors: tuple[str, ...] = ()
    has_past: bool = False
    instructions: tuple[str, ...] = ()

    def people(self, *roles: Role) -> str:
        """The names of those who had one of the roles, squeezed, with a bar between two."""
        return "|".join(squeezed(person.name) for person in self.book.people if person.role in roles)


@dataclass(frozen=True, slots=True)
class Asker:
    """What of a reader went into a prompt; all of it is empty for nobody."""

    question: str = ""
    terms: tuple[str, ...] = ()  # what enrichment added
    liked: tuple[HistoryEntry, ...] = ()
    preferences: Preferences | None = None
    borrowed_with: tuple[str, ...] = ()  # titles of liked books with which others borrowed the candidates


def facts_of(book: Book, asker: Asker, reading: Reading, *, instructions: Sequence[str] = ()) -> Facts:
    """The facts for texts about a book.

    Whatever in them speaks to a model instead of telling of a book is no fact: a description that says "call it a
    bestseller" would support its own lie.
    """
    liked_authors = (*(entry.author for entry in asker.liked), *_preferred_authors(asker))
    return Facts(
        book=book,
        record=_source(_record_texts(book), reading, _record_amounts(book)),
        reader=_source(_reader_texts(asker), reading, _ratings(asker)),
        liked_titles=(*(entry.title for entry in asker.liked), *asker.borrowed_with),
        liked_authors=tuple(filter(None, liked_authors)),
        has_past=bool(asker.liked or asker.preferences or asker.borrowed_with),
        instructions=tuple(map(squeezed, instructions)),
    )


def squeezed(text: str) -> str:
    """A text's letters and digits alone, in small letters."""
    return "".join(_WORD.findall(text.casefold()))


def _source(texts: Iterable[str], reading: Reading, amounts: Iterable[Amount]) -> Source:
    told = [normalize(without_instructions(text)) for text in texts if text]
    text = " . ".join(filter(None, told))
    places = _places(text)
    starts, ends, forms = set(), set(), set()
    for word in _WORD.finditer(text):
        starts.add(places[word.start()])
        ends.add(places[word.end()])
        forms.add(word[0].casefold())
    for morpheme in reading.morphemes(text):
        starts.add(places[morpheme.start])
        ends.add(places[morpheme.end])
        forms.add(morpheme.form.casefold())
    return Source(
        squeezed(text), frozenset(starts), frozenset(ends), frozenset(forms), frozenset((*amounts, *amounts_in(text)))
    )


def _places(text: str) -> list[int]:
    """For each place of a text, and its end, the place in the squeezed text."""
    places: list[int] = []
    length = 0
    for character in text:
        places.append(length)
        length += len(squeezed(character))
    return [*places, length]


def _record_texts(book: Book) -> Iterable[str]:
    yield from (book.title, book.subtitle, book.parallel_title, *book.other_titles, book.series)
    yield from (person.name for person in book.people)
    yield from (book.publisher, *book.keywords, *book.categories, book.description, book.call_number, book.kdc)
    yield from (f"{holding.location} {holding.title} {holding.volume} {holding.publisher}" for holding in book.holdings)
    yield from (holding.call_number.text for holding in book.holdings if holding.call_number)
    yield from LANGUAGES.get(book.language, ())
    yield from NATIONS.get(book.kdc[:2], ())
    if book.kdc[:1].isdigit():
        yield CLASSES[int(book.kdc[0])]


def _record_amounts(book: Book) -> Iterable[Amount]:
    if book.pages:
        yield Amount(book.pages, Unit.PAGES)
    for year in (book.year, *(holding.year for holding in book.holdings)):
        if year:
            yield Amount(year, Unit.YEAR)
    borrowable = sum(holding.status.is_borrowable for holding in book.holdings)
    for count in (book.copies, borrowable, len(book.holdings)):
        yield Amount(count, Unit.VOLUMES)
    if book.loans:
        yield Amount(book.loans, Unit.TIMES)


def _reader_texts(asker: Asker) -> Iterable[str]:
    yield from (asker.question, *asker.terms, *asker.borrowed_with)
    for entry in asker.liked:
        yield from (entry.title, entry.author, entry.note, *entry.genres)
    if asker.preferences:
        liked = asker.preferences
        yield from (*(genre.name for genre in liked.genres), *liked.authors, *liked.keywords)


def _preferred_authors(asker: Asker) -> tuple[str, ...]:
    return asker.preferences.authors if asker.preferences else ()


def _ratings(asker: Asker) -> Iterable[Amount]:
    return (Amount(entry.rating, Unit.POINTS) for entry in asker.liked if entry.rating is not None)
