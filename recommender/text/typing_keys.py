"""Search as you type: keys of which whatever has been typed so far is a prefix.

Hangul is typed letter by letter, so at most moments the last syllable is half there: 데미안 goes through ㄷ, 데, 뎀, 데미,
데밍, 데미아. Written as keystrokes, each of these is a prefix of the title. Initials alone (ㄷㅁㅇ) have keys of their own.
"""

import re
from collections.abc import Iterable, Iterator

from recommender.text.characters import LATIN_WORD, NUMBER, normalize
from recommender.text.hangul import CONSONANTS, initials, keystrokes
from recommender.text.normalization import title_key
from recommender.text.titles import parse_title

JAMO_TAG = "j"
INITIALS_TAG = "i"

# Nobody types 60 strokes and still needs a suggestion; what is longer is cut on both sides alike.
LONGEST_KEY = 60
MOST_KEYS = 12

_WORD = re.compile(r"[^\W_]+")
# Fingers that hit two consonants in a row leave a cluster behind: ㄱㅅ arrives as ㄳ.
_CLUSTERS = re.compile("[ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ]")


def jamo_key(text: str) -> str:
    """Give the title key in keystrokes: 데미안 → ㄷㅔㅁㅣㅇㅏㄴ, 닭 and 달ㄱ → ㄷㅏㄹㄱ."""
    return keystrokes(title_key(text))


def initials_key(text: str) -> str:
    """Give the title key in first consonants, Latin and digits kept: 해리포터 7 → ㅎㄹㅍㅌ7, ㄳ → ㄱㅅ."""
    return _CLUSTERS.sub(lambda cluster: keystrokes(cluster[0]), initials(title_key(text)))


def suggest_keys(titles: Iterable[str]) -> list[str]:
    """List what a document stores: keystrokes and initials from the start of each title and of its words, most useful first.

    At most `MOST_KEYS` keys of at most `LONGEST_KEY` characters, each led by a tag of one character for its kind.
    """
    starts = list(dict.fromkeys(_starts(list(titles))))
    keys = (
        key[:LONGEST_KEY]
        for start in starts
        for key in (JAMO_TAG + jamo_key(start), INITIALS_TAG + initials_key(start))
    )
    return [key for key in dict.fromkeys(keys) if len(key) > 1][:MOST_KEYS]


def typed_key(text: str) -> str | None:
    """Give the key of which stored keys have to start with what was typed; None where nothing was.

    Consonants alone are initials (ㄷㅁㅇ, ㄳ, "ㅎㄹㅍㅌ 7"), anything with a vowel in it is keystrokes.
    """
    key = title_key(text)
    if not _WORD.search(key):
        return None
    tag, strokes = (INITIALS_TAG, initials_key(text)) if _is_initials(key) else (JAMO_TAG, jamo_key(text))
    return (tag + strokes)[:LONGEST_KEY]


def _is_initials(key: str) -> bool:
    has_consonant = any(character in CONSONANTS for character in key)
    rest = "".join(character for character in key if character not in CONSONANTS)
    return has_consonant and not NUMBER.sub("", LATIN_WORD.sub("", rest))


def _starts(titles: list[str]) -> Iterator[str]:
    """Every place from which somebody may begin to type a title: its start first, then the start of each word."""
    proper = [parse_title(title) for title in titles]
    yield from (title.title for title in proper)
    yield from (title.parallel_title for title in proper if title.parallel_title)
    yield from titles
    for title in proper:
        words = [match.start() for match in _WORD.finditer(normalize(title.title))]
        yield from (title.title[start:] for start in words[1:])
