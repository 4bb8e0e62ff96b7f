"""The ways in which people type what they know of a book: one pure function a way.

Each takes a book and a source of chance and gives a query, or None for a book that cannot be asked for in that way.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise

from evaluation.known_items.catalogue import KnownCatalogue, isbns_of
from evaluation.known_items.hanja_readings import HANJA, read_hanja
from evaluation.known_items.letters import first_consonants, is_syllable, slips, typed_in_latin
from evaluation.known_items.romanising import romanised
from recommender.models import Book
from recommender.text.normalization import title_key

Maker = Callable[[Book, random.Random], str | None]
Accepts = Callable[[str, Book, KnownCatalogue], bool]

SHORTEST_HALF = 2
"""Letters: one syllable is nobody's memory of a title."""
SHORTEST_HALVED = 4
SHORTEST_MISSPELT = 4
"""Syllables: one wrong of three leaves too little to know the title by."""
SHORTEST_MISSPELT_LATIN = 6
SHORTEST_INITIALS = 5
"""Syllables: four first consonants fit dozens of titles."""
SHORTEST_ROMANISED = 4
SHORTEST_WORD = 2

_HANGUL_AND_DIGITS = re.compile(r"[가-힣0-9 ]*[가-힣][가-힣0-9 ]*")
_GLOSS = re.compile(rf"([가-힣]+)\s?\(({HANJA.pattern})\)")


class Answered(StrEnum):
    """What answers a query of a kind."""

    BY_TITLE = "title"  # any work with the book's title
    BY_ISBN = "isbn"  # any work under the number
    BY_SUGGESTION = "suggestion"  # any work with the title, among what is suggested while typing


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of asking."""

    name: str
    make: Maker
    wants: str  # which books can be asked for so; said where a catalogue has none
    accepts: Accepts = lambda _query, _book, _catalogue: True
    answered: Answered = Answered.BY_TITLE


def exact(book: Book, _rng: random.Random) -> str | None:
    """The title as the catalogue writes it."""
    return book.title or None


def unspaced(book: Book, _rng: random.Random) -> str | None:
    """The title in one go: `나의 라임 오렌지나무` → `나의라임오렌지나무`."""
    return book.title.replace(" ", "") if " " in book.title else None


def wrongly_spaced(book: Book, rng: random.Random) -> str | None:
    """As many spaces as the title has, at least one, each where none belongs: `나의라 임오렌 지나무`."""
    if sum(map(is_syllable, book.title)) < SHORTEST_HALVED:
        return None
    letters = book.title.replace(" ", "")
    right = {len(book.title[: space.start()].replace(" ", "")) for space in re.finditer(" ", book.title)}
    wrong = [
        at
        for at, (before, after) in enumerate(pairwise(letters), 1)
        if at not in right and is_syllable(before) and is_syllable(after)
    ]
    if not wrong:
        return None
    spaces = sorted(rng.sample(wrong, min(len(wrong), max(1, len(right)))))
    return " ".join(letters[start:end] for start, end in pairwise((0, *spaces, len(letters))))


def half(book: Book, rng: random.Random) -> str | None:
    """The first or the second half, cut at the space nearest the middle, or in the middle of a title without: `나의 라임`."""
    title = book.title.strip()
    if len(title_key(title)) < SHORTEST_HALVED:
        return None
    middle = len(title) / 2
    spaces = [found.start() for found in re.finditer(" ", title)]
    cut = min(spaces, key=lambda at: abs(at - middle), default=round(middle))
    part = rng.choice((title[:cut], title[cut:])).strip()
    return part if len(title_key(part)) >= SHORTEST_HALF else None


def author_and_word(book: Book, _rng: random.Random) -> str | None:
    """The first author and the longest word of the title: `바스콘셀로스 오렌지나무`."""
    words = [word for word in re.findall(r"[^\W_]+", book.title) if len(word) >= SHORTEST_WORD]
    return f"{book.authors[0]} {max(words, key=len)}" if words and book.authors else None


def misspelt(book: Book, rng: random.Random) -> str | None:
    """One syllable wrong by one letter, or one letter of a Latin word: `나의 라임 오랜지나무`, `The Graet Gatsby`."""
    syllables = [at for at, character in enumerate(book.title) if is_syllable(character)]
    if len(syllables) >= SHORTEST_MISSPELT:
        at = rng.choice(syllables)
        return book.title[:at] + rng.choice(slips(book.title[at])) + book.title[at + 1 :]
    return _misspelt_latin(book.title, rng) if not syllables else None


def qwerty(book: Book, _rng: random.Random) -> str | None:
    """The title's keystrokes with the keyboard left in Latin: 독서 → `ehrtj`."""
    return typed_in_latin(book.title) if _is_plain_hangul(book.title) else None


def isbn(book: Book, rng: random.Random) -> str | None:
    """One of the ways to write a number: 13 digits, 10, with hyphens, with spaces, behind "ISBN"."""
    from stdnum import isbn as standard

    numbers = isbns_of(book)
    if not numbers:
        return None
    number = rng.choice(numbers)
    hyphened = standard.format(number)
    forms = [number, hyphened, hyphened.replace("-", " "), f"ISBN {number}", f"ISBN {hyphened}"]
    if number.startswith("978"):
        forms += [standard.to_isbn10(number), standard.format(standard.to_isbn10(number))]
    return str(rng.choice(forms))


def initials(book: Book, _rng: random.Random) -> str | None:
    """The first consonant of every syllable: `ㄴㅇㄹㅇㅇㄹㅈㄴㅁ`."""
    if sum(map(is_syllable, book.title)) < SHORTEST_INITIALS or not _is_plain_hangul(book.title):
        return None
    return first_consonants(book.title.replace(" ", ""))


def volume(book: Book, rng: random.Random) -> str | None:
    """The title and the number of one of its volumes: `토지 7`."""
    numbers = sorted({holding.volume for holding in book.holdings if holding.volume})
    return f"{book.title} {rng.choice(numbers)}" if numbers else None


def hanja_in_hangul(book: Book, _rng: random.Random) -> str | None:
    """A title that holds Hanja as it is read; Hanja that repeat the word before them go: `農舞` → `농무`."""
    title = _GLOSS.sub(
        lambda found: found[1] if found[1].endswith(read_hanja(found[2]) or "\0") else found[0], book.title
    )
    readings = [(run[0], read_hanja(run[0])) for run in HANJA.finditer(title)]
    if title == book.title and not readings:
        return None
    for written, reading in readings:
        if reading is None:
            return None
        title = title.replace(written, reading, 1)
    return re.sub(r"[()]", " ", title).strip()


def hangul_in_hanja(book: Book, _rng: random.Random) -> str | None:
    """The Hanja that a title gives for one of its words, with the rest of the title: `현혹(眩惑)` → `眩惑`."""
    found = _GLOSS.search(book.title)
    reading = found and read_hanja(found[2])
    if not found or not reading or not found[1].endswith(reading):
        return None
    return book.title[: found.end(1) - len(reading)] + found[2] + book.title[found.end() :]


def parallel_title(book: Book, _rng: random.Random) -> str | None:
    """The title in the other language, where the catalogue gives it: `데미안 = Demian` → `Demian`."""
    return book.parallel_title if re.search("[A-Za-z]", book.parallel_title) and _has_hangul(book.title) else None


def romanised_as_said(book: Book, _rng: random.Random) -> str | None:
    """The title in Latin letters by its sound: 채식주의자 → `chaesikjuuija`, 신라 → `silla`."""
    return romanised(book.title, as_said=True) if _is_romanisable(book.title) else None


def romanised_as_written(book: Book, _rng: random.Random) -> str | None:
    """The title in Latin letters syllable by syllable, as people do who do not know the rules: 신라 → `sinra`."""
    return romanised(book.title, as_said=False) if _is_romanisable(book.title) else None


def author_in_latin(book: Book, _rng: random.Random) -> str | None:
    """A foreign author's name as it is written abroad and the title in Latin letters: `Hermann Hesse demian`."""
    names = (_foreign_authors().get(title_key(author)) for author in book.authors[:1])
    name = next(filter(None, names), None)
    if name is None or not _is_plain_hangul(book.title):
        return None
    return f"{name} {romanised(book.title, as_said=True)}"


def _misspelt_latin(title: str, rng: random.Random) -> str | None:
    """Two neighbouring letters of a longer word swapped, or one of them left out or doubled."""
    words = list(re.finditer(r"[A-Za-z]{5,}", title))
    if len(title_key(title)) < SHORTEST_MISSPELT_LATIN or not words:
        return None
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    one, other = title[at], title[at + 1]
    wrong = [other, one + one + other, *([other + one] if one != other else [])]
    return title[:at] + rng.choice(wrong) + title[at + 2 :]


def _is_plain_hangul(title: str) -> bool:
    return _HANGUL_AND_DIGITS.fullmatch(title) is not None


def _is_romanisable(title: str) -> bool:
    return _is_plain_hangul(title) and sum(map(is_syllable, title)) >= SHORTEST_ROMANISED


def _has_hangul(text: str) -> bool:
    return any(map(is_syllable, text))


@cache
def _foreign_authors() -> dict[str, str]:
    """Title key of the name in Hangul → the name in Latin letters."""
    table = files("evaluation.known_items").joinpath("foreign_authors.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {title_key(hangul): latin for hangul, latin in rows}


def _is_one_title(query: str, _book: Book, catalogue: KnownCatalogue) -> bool:
    return catalogue.is_part_of_one_title(query)


def _stays_identifiable(query: str, book: Book, catalogue: KnownCatalogue) -> bool:
    return not catalogue.is_title(query) and catalogue.is_nearest(query, book)


KINDS: tuple[Kind, ...] = (
    Kind("exact", exact, "books with a title"),
    Kind("unspaced", unspaced, "titles of several words"),
    Kind("misspaced", wrongly_spaced, "titles of at least 4 Hangul syllables"),
    Kind("half", half, "titles of at least 4 letters with a half that no other title holds", _is_one_title),
    Kind("author-word", author_and_word, "books with an author"),
    Kind("misspelt", misspelt, "titles of at least 4 syllables or 6 Latin letters", _stays_identifiable),
    Kind("qwerty", qwerty, "titles of nothing but Hangul and digits"),
    Kind("isbn", isbn, "books with an ISBN", answered=Answered.BY_ISBN),
    Kind("initials", initials, "titles of at least 5 Hangul syllables", answered=Answered.BY_SUGGESTION),
    Kind("volume", volume, "works with numbered volumes"),
    Kind("hanja-in-hangul", hanja_in_hangul, "titles that hold common Hanja"),
    Kind("hangul-in-hanja", hangul_in_hanja, "titles that give the Hanja of a word in brackets"),
    Kind("parallel-title", parallel_title, "Korean titles with a title in Latin letters beside them"),
    Kind("romanised-as-said", romanised_as_said, "titles of nothing but Hangul, at least 4 syllables"),
    Kind("romanised-as-written", romanised_as_written, "titles of nothing but Hangul, at least 4 syllables"),
    Kind("author-in-latin", author_in_latin, "books by foreign authors of foreign_authors.tsv, titled in Hangul"),
)
