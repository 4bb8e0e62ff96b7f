"""Did you mean: the catalogue's own words and titles, compared letter by letter as they are typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from recommender.text.characters import normalize
from recommender.text.hangul import keystrokes
from recommender.text.normalization import title_key

# Slips allowed by the number of letters: two of 뎨미안's seven would make it another name, one of 토지's four another word.
_SLIPS = ((5, 0), (8, 1), (15, 2), (30, 3))
_MOST_SLIPS = 4
# Known words are not doubted before they make a title this long that is nearly another one: 불편한 편의정.
_SHORTEST_DOUBTED = 10
# As many neighbours as are weighed by sound and frequency.
_NEIGHBOURS = 30

# Vowels that sound alike today are confused most: 오랜지 for 오렌지, 왠지 for 웬지.
_SIGNS_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_ALIKE = str.maketrans({"ㅐ": "ㅔ", "ㅒ": "ㅖ", "ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"})


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Written forms and, in the same order, their letters and how often they occur."""

    forms: Sequence[str]
    letters: Sequence[str]
    counts: Sequence[int]


class Speller:
    """Proposes what a query without hits may have meant.

    Args:
        words: The catalogue's words as they are written, and in how many books each is.
        titles: The catalogue's titles; a whole title is proposed before single words are.
    """

    def __init__(self, words: Mapping[str, int], titles: Iterable[str] = ()) -> None:
        known = {bare: count for word, count in words.items() if (bare := _bare(word))}
        self._known = known
        self._words = _Vocabulary(list(known), [keystrokes(word) for word in known], list(known.values()))
        by_key: dict[str, str] = {}
        for title in titles:
            by_key.setdefault(title_key(title), title)
        self._titles_by_key = by_key
        self._titles = _Vocabulary(list(by_key.values()), [keystrokes(key) for key in by_key], [1] * len(by_key))

    def suggest(self, query: str) -> str | None:
        """Give the nearest title or the query with its unknown words mended; None where nothing near enough is known."""
        typed = normalize(query)
        key = title_key(typed)
        if not key or key in self._titles_by_key:
            return None
        letters = keystrokes(key)
        words = [_bare(word) for word in typed.split()]
        if len(letters) < _SHORTEST_DOUBTED and all(word in self._known for word in words):
            return None
        if (title := _nearest(letters, self._titles)) is not None:
            return title
        mended = " ".join(
            word if word in self._known else _nearest(keystrokes(word), self._words) or word for word in words
        )
        return mended if mended != " ".join(words) else None


def _bare(word: str) -> str:
    return _SIGNS_AROUND.sub("", word).lower()


def _nearest(letters: str, vocabulary: _Vocabulary) -> str | None:
    """Find the written form with the fewest slips; of equal ones that which sounds nearer, then the more frequent."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    allowed = next((slips for length, slips in _SLIPS if len(letters) < length), _MOST_SLIPS)
    if not allowed:
        return None
    near = extract(letters, vocabulary.letters, scorer=OSA.distance, score_cutoff=allowed, limit=_NEIGHBOURS)
    if not near:
        return None
    heard = letters.translate(_ALIKE)
    best = min(
        near,
        key=lambda found: (
            found[1],
            OSA.distance(heard, found[0].translate(_ALIKE)),
            -vocabulary.counts[found[2]],
            vocabulary.forms[found[2]],
        ),
    )
    return vocabulary.forms[best[2]]
