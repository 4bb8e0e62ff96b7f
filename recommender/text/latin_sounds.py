"""How words in Latin letters may sound: English first, and what names of other languages bring along.

A letter that is read in several ways gives several readings, the usual one first: the g of Gilbert, George and Borges.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from heapq import nsmallest
from itertools import product
from operator import itemgetter

from recommender.text.characters import fold_latin
from recommender.text.hangul_sounds import hangul_phones
from recommender.text.sounds import PAUSE, VOWEL, Phone, Reading, reading

MOST_READINGS = 16
"""Of one word: four letters that may be read in two ways."""

_READINGS_OF_SEVERAL_WORDS = 48

_SURE = -0.01
"""The doubt of a strict reading, so that it is kept among many."""

# Letters (a pattern) → the ways to say them: sounds as `_CLASSES` spells them ("-" is none), and how doubtful each is.
# The first pattern that fits is taken, so longer ones stand before shorter ones.
_RULES = """
t?z?sch        ch 0, sh 0
tch            ch 0
sch(?=[aeiouy])  sh 0, s k .1
sh             sh 0
cz|cs$         ch 0
ts             ts 0, t s .1
tz|zz|dz|ds$   ts 0
ch(?=[rln])    k 0
ch             ch 0, k .1, sh .1, - .6
sc(?=[eiy])    s 0
ck|cq          k 0
cc(?=[eiy])    k s 0, ch .1
ci(?=[ao])     s i 0, s 0, ch .1
c(?=[eiy])     s 0, ch .1, t .6
c              c 0
qu?            q 0
^x             s 0, j 0
x              k s 0, - .3, sh .3
^kn            n 0, k n .1
kh             h 0, k .1
gne$           n 0
gh(?=t|$)      - 0, f .2, g .1
gh             g 0, - .2
gg|gu(?=[ei])  g 0, j .2
ge$            j e 0, g e 0
g(?=[eiy])     g 0, j 0, h .3
ng(?=[aeiouyrlw])  ng g 0, ng 0, n j .1
ng             ng 0
n(?=[kgcqx])   ng 0
ph             f 0
^ps            s 0, p s 0
mb(?=s?$)      m 0, m b .1
th             th 0, thin 0
ti(?=on|an$|a$)  sh 0, t i 0
j              j 0, - .1, h .2
wr             r 0
wh             w 0
w(?=[aeiouy])  w 0, v .1
w              w 0
^h             h 0, - .2
lh             l h 0, l .1
ill(?=[aeo])   i l 0, i .1
ll(?=[aeo])    l 0, - .4
ll|rr          l 0
h              h 0
"""

_CLASSES = {
    **dict.fromkeys(("k", "c", "q", "g"), "K"), **dict.fromkeys(("t", "d", "th"), "T"), **dict.fromkeys("pbfv", "P"),
    **dict.fromkeys(("s", "z", "j", "ch", "sh", "ts", "thin"), "S"), **dict.fromkeys(("n", "ng"), "N"), "m": "M",
    "l": "R", "r": "R", "h": "H", **dict.fromkeys("aeiouyw", VOWEL),
}  # fmt: skip

# How Korean family names are written although they do not sound so.
_FAMILY_NAMES = {
    "lee": "이", "yi": "이", "rhee": "이", "li": "이", "park": "박", "choi": "최", "lim": "임", "rim": "임", "noh": "노", "roh": "노",
    "ryu": "유", "lyu": "유", "yoo": "유", "you": "유", "woo": "우", "wu": "우", "paik": "백", "baik": "백", "back": "백", "huh": "허",
    "hur": "허", "suh": "서", "sur": "서", "kwak": "곽", "chun": "전", "jun": "전", "um": "엄", "chung": "정", "jung": "정", "yum": "염",
    "ra": "나", "rah": "나", "law": "나", "ryang": "양", "kook": "국", "youn": "윤",
}  # fmt: skip

# Korean in the Revised Romanisation says each letter in one way, but for the ng of 강아지 and of 한글.
_ROMANISED = re.compile(
    "(?:(?:kk|tt|pp|ss|jj|ch|[gndrmbsjktph])?"
    "(?:yae|yeo|wae|ae|eo|eu|oe|ya|ye|yo|yu|wa|wo|we|wi|ui|[aeiou])(?:ng|[gkndtlmbp])?)+"
)
_ROMANISED_PIECE = re.compile("ch|ng|.")

_NOT_A_LETTER = re.compile("[^a-z]")
# French leaves its last consonants unsaid: Camus, Dumas, Robert, Rimbaud, Foucault.
_SILENT_END = re.compile(r"(?<=[aeiouyrn])(?:l?[tdxzps]{1,2}|es|ent|ert?|c)$")
_LIQUID_AND_E = re.compile("[lr]e$")  # Honoré says its e, Sartre does not

_Sounds = tuple[str, ...]
_Way = tuple[tuple[Phone, ...], float]


@lru_cache(20_000)
def latin_readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of words said one after the other, the usual one first."""
    ways: list[_Way] = [((), 0.0)]
    for word in words:
        longer = (
            ((*said, *([PAUSE] if said else ()), *phones), doubt + more)
            for (said, doubt), (phones, more) in product(ways, _word_ways(word))
        )
        ways = nsmallest(_READINGS_OF_SEVERAL_WORDS, longer, key=itemgetter(1))
    distinct: dict[tuple[str, tuple[str, ...]], Reading] = {}
    for phones, doubt in ways:
        said = reading(phones, doubt)
        distinct.setdefault((said.key, said.vowels), said)
    return tuple(distinct.values())


@lru_cache(20_000)
def _word_ways(word: str) -> tuple[_Way, ...]:
    letters = _NOT_A_LETTER.sub("", fold_latin(word.replace("ç", "s").replace("Ç", "s")))
    ways = [*_romanised_ways(letters), *_letters_ways(letters)]
    if (shorter := _SILENT_END.sub("", letters)) != letters and len(shorter) > 1:
        ways += [(phones, doubt + 0.3) for phones, doubt in _letters_ways(shorter)[:4]]
    if name := _FAMILY_NAMES.get(letters):
        ways.insert(0, (hangul_phones(name), 0.0))
    return tuple(nsmallest(MOST_READINGS, ways, key=itemgetter(1)))


def _romanised_ways(letters: str) -> Iterator[_Way]:
    """The strict ways to read romanised Korean, before all others: in a long title doubtful letters are too many."""
    if not _ROMANISED.fullmatch(letters):
        return
    pieces = _ROMANISED_PIECE.findall(letters)
    yield _phones(tuple(pieces), is_e_silent=False), _SURE
    if "ng" in pieces[:-1]:
        divided = (sound for piece in pieces for sound in (("n", "g") if piece == "ng" else (piece,)))
        yield _phones(tuple(divided), is_e_silent=False), _SURE


def _letters_ways(letters: str) -> list[_Way]:
    ways: list[tuple[_Sounds, float]] = [((), 0.0)]
    for piece in _pieces(letters):
        longer = ((so_far + sounds, doubt + more) for (so_far, doubt), (sounds, more) in product(ways, piece))
        ways = nsmallest(MOST_READINGS, longer, key=itemgetter(1))
    said = [(_phones(sounds, is_e_silent=True), doubt) for sounds, doubt in ways]
    if _LIQUID_AND_E.search(letters):
        said += [(_phones(sounds, is_e_silent=False), doubt + 0.1) for sounds, doubt in ways]
    return said


def _pieces(letters: str) -> Iterator[tuple[tuple[_Sounds, float], ...]]:
    place = 0
    while place < len(letters):
        pattern = _pattern()
        found = pattern.match(letters, place)
        if found and found.lastindex is not None:
            yield _ways()[found.lastindex - 1]
            place = found.end()
        else:
            yield (((letters[place],), 0.0),)
            place += 1


def _phones(sounds: _Sounds, *, is_e_silent: bool) -> tuple[Phone, ...]:
    """Mark the liquids that end a syllable: before a consonant, a w, a silent e, or nothing."""
    phones: list[Phone] = []
    is_open = False
    for place in range(len(sounds) - 1, -1, -1):
        written = sounds[place]
        sound = _CLASSES[written]
        phones.append(Phone(sound, written, is_coda=not is_open))
        if sound == VOWEL:
            is_silent = written == "w" or (written == "e" and is_e_silent and sounds[place + 1 :] in ((), ("s",)))
            is_open = not is_silent
        else:
            is_open = is_open and sound == "R"
    return tuple(reversed(phones))


@cache
def _pattern() -> re.Pattern[str]:
    """One alternative, in a group of its own, a rule."""
    return re.compile("|".join(f"({rule.split()[0]})" for rule in _RULES.strip().splitlines()))


@cache
def _ways() -> tuple[tuple[tuple[_Sounds, float], ...], ...]:
    return tuple(tuple(map(_way, rule.split(maxsplit=1)[1].split(","))) for rule in _RULES.strip().splitlines())


def _way(written: str) -> tuple[_Sounds, float]:
    *sounds, doubt = written.split()
    return (() if sounds == ["-"] else tuple(sounds)), float(doubt)
