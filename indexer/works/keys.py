"""By what two records are seen to be of one work."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recommender.models import Book, Form, Person, Role
from recommender.text.normalization import title_key

ID_BYTES = 8
"""Of a hash: with a million works the chance that two share an id is one in thirty million."""


@dataclass(frozen=True, slots=True)
class WorkKey:
    """Title proper, who made it, and whether it is the comic of it; equal keys are one work.

    A record that names nobody is known by its publisher instead, so that two anonymous handbooks stay two.
    """

    title: str
    maker: str
    comic: bool = False

    @property
    def bucket(self) -> tuple[str, bool]:
        """What records must share to be compared more closely."""
        return (self.title, self.comic)

    def book_id(self) -> str:
        """The id of a work known by this key: the same for every order of the file and any number of copies."""
        return book_id("key", self.title, self.maker, "comic" if self.comic else "")


def book_id(*parts: str) -> str:
    """A short stable id made of what identifies a work."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=ID_BYTES)
    return f"b{digest.hexdigest()}"


def work_keys(book: Book) -> tuple[WorkKey, ...]:
    """A key for each of the first makers of a book, the first named first; a record without any gives one for its publisher."""
    title, comic = title_key(book.title), book.form is Form.COMIC
    makers = maker_names(book.people)
    if not makers:
        return (WorkKey(title, f"@{title_key(book.publisher)}" if book.publisher else "", comic),)
    return tuple(WorkKey(title, name_key(name), comic) for name in makers)


COMPARED_MAKERS = 3
"""A statement may name twenty people; the first ones identify the work."""


def maker_names(people: Sequence[Person]) -> tuple[str, ...]:
    """The authors; where nobody wrote it, whoever edited, drew or translated it."""
    for roles in ({Role.AUTHOR}, {Role.EDITOR, Role.CONTRIBUTOR, Role.ILLUSTRATOR}, {Role.TRANSLATOR}):
        names = tuple(person.name for person in people if person.role in roles)
        if names:
            return names[:COMPARED_MAKERS]
    return ()


def name_key(name: str) -> str:
    """A name without what catalogues vary in: spaces, dots, capitals, accents, what stands in brackets."""
    bare = re.sub(r"\([^)]*\)", "", name) or name
    folded = unicodedata.normalize("NFKD", bare.casefold())
    letters = "".join(letter for letter in folded if letter.isalnum())
    return unicodedata.normalize("NFC", letters)


SAME_NAME_FROM = 75.0
"""Similarity (0 to 100) from which two makers of books with one title are one: 토머스 홉스 and 토마스 홉스."""

SHORTEST_SURNAME = 2


def same_name(one: str, other: str) -> bool:
    """Whether two name keys under one title name one person, spelt differently or only by the surname (니체)."""
    from rapidfuzz import fuzz

    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= SHORTEST_SURNAME and (longer.endswith(shorter) or longer.startswith(shorter)):
        return True
    # Korean names of three syllables differ by one syllable between strangers; only longer ones are compared loosely.
    return len(shorter) > 3 and fuzz.ratio(one, other) >= SAME_NAME_FROM  # noqa: PLR2004


SAME_TITLE_FROM = 80.0
"""Similarity (0 to 100) from which two titles under one ISBN are one."""


def titles_agree(one: str, other: str) -> bool:
    """Whether two title keys under one ISBN can be the same book; publishers have reused numbers, typists mistyped them."""
    from rapidfuzz import fuzz

    shorter, longer = sorted((one, other), key=len)
    return shorter in longer or fuzz.partial_ratio(shorter, longer) >= SAME_TITLE_FROM


def makers_agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether any maker of one is a maker of the other."""
    others = list(other)
    return any(same_name(name, each) for name in one for each in others)
