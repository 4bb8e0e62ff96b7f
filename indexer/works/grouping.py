"""Which entries (rows of files, books already held) are of one work."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations, pairwise

from indexer.works.keys import WorkKey, makers_agree, same_name, titles_agree, work_keys
from recommender.models import Book
from recommender.text.normalization import title_key

MOST_SPELLINGS = 60
"""Under how many different makers one title is still compared name by name: nobody mistypes more."""

LONGEST_COMMON_TITLE = 5
"""A title key up to this long (지구, 한국사) is shared by different books; a longer one without an author is the book's."""


class _Groups:
    """Union-find over entries by position."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, entry: int) -> int:
        while self._parent[entry] != entry:
            self._parent[entry] = self._parent[self._parent[entry]]
            entry = self._parent[entry]
        return entry

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def members(self) -> list[list[int]]:
        grouped: dict[int, list[int]] = defaultdict(list)
        for entry in range(len(self._parent)):
            grouped[self.root(entry)].append(entry)
        return list(grouped.values())


def group(books: Sequence[Book], control_numbers: Sequence[str]) -> list[list[int]]:
    """Positions of the books that are one work, groups and members in the order given.

    Args:
        books: One book an entry, as its record alone describes it.
        control_numbers: For each, the catalogue's own number of the record, or an empty string.
    """
    groups = _Groups(len(books))
    keys = [work_keys(book) for book in books]
    _join_equal(groups, ((key, entry) for entry, entry_keys in enumerate(keys) for key in entry_keys))
    _join_equal(groups, ((number, entry) for entry, number in enumerate(control_numbers) if number))
    _join_isbns(groups, books, keys)
    _join_spellings(groups, keys)
    return groups.members()


def _join_equal(groups: _Groups, keyed: Iterable[tuple[Hashable, int]]) -> None:
    first: dict[Hashable, int] = {}
    for key, entry in keyed:
        groups.join(first.setdefault(key, entry), entry)


def _join_isbns(groups: _Groups, books: Sequence[Book], keys: Sequence[Sequence[WorkKey]]) -> None:
    """One ISBN is one work if the titles agree, or one translates the other for the same makers; numbers are also mistyped."""
    holders: dict[str, list[int]] = defaultdict(list)
    for entry, book in enumerate(books):
        for isbn in book.isbns:
            holders[isbn].append(entry)
    for entries in holders.values():
        distinct = list({keys[entry][0]: entry for entry in entries}.values())
        for one, other in combinations(distinct[:MOST_SPELLINGS], 2):
            if _same_under_isbn(books[one], books[other], keys[one], keys[other]):
                groups.join(one, other)


def _same_under_isbn(one: Book, other: Book, one_keys: Sequence[WorkKey], other_keys: Sequence[WorkKey]) -> bool:
    if one_keys[0].comic != other_keys[0].comic and one_keys[0].title != other_keys[0].title:
        return False
    if titles_agree(_whole_key(one), _whole_key(other)):
        return True
    if _is_latin(one_keys[0].title) is _is_latin(other_keys[0].title):
        return False
    named = [[key.maker for key in keys if key.maker and key.maker[0] != "@"] for keys in (one_keys, other_keys)]
    return makers_agree(*named)


def _is_latin(title: str) -> bool:
    return title.isascii()


def _whole_key(book: Book) -> str:
    return title_key(f"{book.title} {book.subtitle}")


def _join_spellings(groups: _Groups, keys: Sequence[Sequence[WorkKey]]) -> None:
    """Under one title, makers who are one person spelt twice; and records without a maker, if only one work has that title."""
    buckets: dict[tuple[str, bool], dict[str, int]] = defaultdict(dict)
    for entry, entry_keys in enumerate(keys):
        for key in entry_keys:
            buckets[key.bucket].setdefault(key.maker, entry)
    for (title, _comic), makers in buckets.items():
        if len(makers) == 1:
            continue
        named = {maker: entry for maker, entry in makers.items() if maker and maker[0] != "@"}
        _join_names(groups, named)
        _join_nameless(groups, title, named, [entry for maker, entry in makers.items() if maker not in named])


def _join_names(groups: _Groups, named: dict[str, int]) -> None:
    if len(named) > MOST_SPELLINGS:
        return
    for one, other in combinations(named, 2):
        if same_name(one, other):
            groups.join(named[one], named[other])


def _join_nameless(groups: _Groups, title: str, named: dict[str, int], nameless: Sequence[int]) -> None:
    works = {groups.root(entry) for entry in named.values()}
    if len(title) <= LONGEST_COMMON_TITLE or len(works) > 1:
        return
    for one, other in pairwise([*nameless, *works]):
        groups.join(one, other)
