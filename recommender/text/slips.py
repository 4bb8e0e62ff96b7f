"""Keys by which a title meets its misspelling: each is the title with one letter left out.

Two words that differ in one letter are the same once that letter is gone from both (as in the deletion neighbourhoods of
Mor and Fraenkel 1982, "A hash code method for detecting and correcting spelling errors"). A letter is that of a keyboard:
of 과학 and 화학 only the first consonant differs, of 과학 and 문학 more, which is another word and no slip.
"""

import hashlib
from collections.abc import Iterable, Iterator

from recommender.text.hangul import is_syllable, letters_of
from recommender.text.normalization import title_key

SHORTEST_TITLE = 3
"""Letters: in titles of two, one slip makes another title (논어, 농어)."""

SHORTEST_LATIN_TITLE = 6
"""Letters of a title without Hangul, which are a third of a syllable each."""

LONGEST_TITLE = 40
"""Letters: who types more is found by the words that are right."""

KEY_BYTES = 5
"""Of a hash, ten characters: of a million titles with thirty keys each, one in forty thousand titles meets a stranger."""


def slip_keys(title: str) -> list[str]:
    """Every key of a title, each once; none for a title too short or too long for slips.

    A Hangul syllable loses its first consonant, its vowel or its last consonant, any other letter goes altogether.
    """
    key = title_key(title)
    shortest = SHORTEST_TITLE if any(map(is_syllable, key)) else SHORTEST_LATIN_TITLE
    if not shortest <= len(key) <= LONGEST_TITLE:
        return []
    return [_hashed(form) for form in dict.fromkeys((key, *_with_one_letter_less(key)))]


def _with_one_letter_less(key: str) -> Iterator[str]:
    for at, letter in enumerate(key):
        for rest in _rests(letter):
            yield f"{key[:at]}{rest}{key[at + 1 :]}"


def _rests(letter: str) -> Iterable[str]:
    """What a letter leaves; a dot stands for the part that is gone, so that 가 without ㄱ is not 아 without ㅇ's place."""
    if not is_syllable(letter):
        return ("",)
    initial, vowel, final = letters_of(letter)
    return (f".{vowel}{final}", f"{initial}.{final}", f"{initial}{vowel}.")


def _hashed(form: str) -> str:
    return hashlib.blake2b(form.encode(), digest_size=KEY_BYTES).hexdigest()
