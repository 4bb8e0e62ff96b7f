"""The names, titles and words of a catalogue by how they sound, to be asked for in the other script."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from recommender.text.characters import fold_latin, hanja_read, normalize
from recommender.text.hangul_sounds import hangul_keys, hangul_readings
from recommender.text.latin_sounds import latin_readings
from recommender.text.names import korean_name_words
from recommender.text.requests import ENGLISH_STOP_WORDS
from recommender.text.sounds import Reading, likeness

MOST_SPELLINGS = 4
"""도스토옙스키, 도스토예프스키 and 도스또예프스끼 stand on one shelf."""

MOST_SPELLINGS_AMONG_OTHERS = 10
"""Of a word that has to stand in one book with the others, more may be tried: 해리, 하리 and 헨리 for Harry."""

LONGEST_SPAN = 5
"""Words; the longest names and titles that are looked up whole."""

LONGEST_WHOLE = 40
"""Letters of a title that is known whole; of a longer one each word is."""

_LEAST_LIKENESS = (1.0, 0.95, 0.86, 0.87, 0.84)
"""By the number of consonants: the fewer there are, the better the vowels have to agree."""

_LEAST_OF_ONE_SYLLABLE = 0.95
_LEAST_OF_DIVIDED = 0.9
_LEAST_OF_LATIN = 0.88
"""For one word in Hangul, which is a slip for another more often than it is English: 트러그트 is no Twilight."""
_MORE_FOR_A_WORD = 0.04
_MORE_IF_KNOWN = 0.05
"""Of a word that the catalogue has as it is: love is love, and 로브 something else."""
_NEVER = 2.0

_NEARLY_AS_GOOD = 0.06
_NEARLY_AS_GOOD_AMONG_OTHERS = 0.08

_NAME_BONUS = 0.03
"""Of two words that sound alike, beside others a name is meant: 조앤, not 좋은, by Joanne Rowling."""

MOST_RUN_TOGETHER = 3
"""Words of a name or title that people type as one."""

MOST_WORDS = 6
"""Of a query; a longer one is a sentence or a whole title."""
_TURNED_PENALTY = 0.01
_RUN_TOGETHER_PENALTY = 0.08

_PHRASE_WORDS = ENGLISH_STOP_WORDS - {"the"}

_HAS_LATIN = re.compile("[A-Za-zÀ-ÿ]")
_HANGUL_WORD = re.compile("[가-힣]+")
_LATIN_WORD = re.compile(r"[^\W\d_가-힣\u3040-\u30ff\u3400-\u9fff]+")
_SEPARATOR = re.compile(r"[\s\-·.,:;/&!?()\[\]\"“”=~]+")


Part = tuple[tuple[str, float], ...]
"""Some words of a query as the catalogue may write them, and how alike that sounds, the likeliest spelling first."""


@dataclass(frozen=True, slots=True)
class _Entry:
    form: str
    words: tuple[str, ...]
    is_divided: bool = False  # otherwise than it is written, so that more likeness is asked of it


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a whole query bears on each of its words."""

    is_alone: bool
    is_known: bool
    may_be_in_words: bool = True  # "history of Korea" is a phrase in English, and in no title word by word
    is_word: bool = False  # of one part: one word, and no name or title of several


class SoundLexicon:
    """Finds what a catalogue writes in the other script; each script is put in order when it is first asked for.

    Args:
        forms: Names, titles and words as they are written, and in how many books each is.
        names: Those of them that are people's: 김영하 is also looked up as 김 and 영하.
    """

    def __init__(self, forms: Mapping[str, int], names: Iterable[str] = ()) -> None:
        self._counts = forms
        self._names = tuple(names)
        self._name_words = frozenset((*self._names, *(word for name in self._names for word in name.split())))

    def warm_up(self) -> None:
        """Put both scripts in order now: a second for a hundred thousand words."""
        _ = self._hangul, self._latin

    def heard(self, query: str, *, is_known: bool = False) -> tuple[tuple[Part, ...], ...]:
        """The ways to divide a query into parts that the catalogue writes in the other script.

        Names and titles that are known whole come first, then the query word by word. Empty where less than half of the
        words are known so. Whether one book holds all parts is not known here.

        Args:
            query: as typed.
            is_known: whether the catalogue holds its words as they are, so that it is less likely to mean others.
        """
        words = query.split()
        telling = sum(word.lower() not in ENGLISH_STOP_WORDS for word in words)
        if not telling:
            return ()
        is_phrase = not _PHRASE_WORDS.isdisjoint(map(str.lower, words))
        asked = _Asked(is_alone=telling == 1, is_known=is_known, may_be_in_words=not is_phrase)
        if len(words) > MOST_WORDS:
            whole = self._part(words, asked=asked)
            return ((whole,),) if whole else ()
        heard, parts = self._longest_first(words, asked)
        if len(parts) == 1 and heard >= telling:
            return (parts,)
        divisions = dict.fromkeys(((heard, parts), self._word_by_word(words, asked)))
        return tuple(parts for heard, parts in divisions if parts and self._is_enough(heard, telling, parts, asked))

    def _is_enough(self, heard: int, telling: int, parts: Sequence[Part], asked: _Asked) -> bool:
        """All of the words, or half of Latin ones, because the others may be translated: The Great Gatsby is 위대한 개츠비.

        Korean ones are not (찬가 in 보노보 찬가 is no Change), nor is what the catalogue has as it is, nor one syllable.
        """
        if heard >= telling:
            return True
        likeliest = [part[0][0] for part in parts]
        is_telling = all(_HANGUL_WORD.match(form) and len(form) > 1 for form in likeliest)
        return is_telling and not asked.is_known and heard * 2 >= telling

    def _longest_first(self, words: Sequence[str], asked: _Asked) -> tuple[int, tuple[Part, ...]]:
        parts: list[Part] = []
        heard = start = 0
        while start < len(words):
            for end in range(min(len(words), start + LONGEST_SPAN), start, -1):
                if part := self._part(words[start:end], asked=asked):
                    parts.append(part)
                    heard += end - start
                    break
            start = end if part else start + 1
        return heard, tuple(parts)

    def _word_by_word(self, words: Sequence[str], asked: _Asked) -> tuple[int, tuple[Part, ...]]:
        parts = tuple(part for word in words if (part := self._part([word], asked=asked)))
        return len(parts), parts

    def _part(self, typed: Sequence[str], *, asked: _Asked) -> Part:
        likely: dict[str, float] = {}
        is_phrase = not ENGLISH_STOP_WORDS.isdisjoint(map(str.lower, typed))
        spoken = _without_initials(tuple(piece for word in typed for piece in spoken_words(word)))
        asked = replace(asked, is_word=len(spoken) == 1)
        if asked.is_word and not asked.may_be_in_words:
            return ()
        for order, penalty in _orders(spoken, is_phrase=is_phrase):
            for form, score in self._alike(order, asked=asked):
                likely[form] = max(score - penalty, likely.get(form, 0.0))
        if not likely:
            return ()
        bonus = 0.0 if asked.is_alone else _NAME_BONUS
        scores = {form: score + bonus * (form in self._name_words) for form, score in likely.items()}
        least = max(scores.values()) - (_NEARLY_AS_GOOD if asked.is_alone else _NEARLY_AS_GOOD_AMONG_OTHERS)
        near = [form for form, score in scores.items() if score >= least]
        near.sort(key=lambda form: (-scores[form], -self._counts[form], form))
        most = MOST_SPELLINGS if asked.is_alone else MOST_SPELLINGS_AMONG_OTHERS
        return tuple((form, scores[form]) for form in near[:most])

    @cached_property
    def _hangul(self) -> Mapping[str, Sequence[_Entry]]:
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for form in self._counts:
            if _is_hangul(words := spoken_words(form)):
                _add(entries, _Entry(form, words))
                if 1 < len(words) <= MOST_RUN_TOGETHER:
                    _add(entries, _Entry(form, ("".join(words),), is_divided=True))
        for name in self._names:
            if divided := korean_name_words(name):
                _add(entries, _Entry(name, divided, is_divided=True))
        return entries

    @cached_property
    def _latin(self) -> Mapping[str, Sequence[_Entry]]:
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for form in self._counts:
            if _HAS_LATIN.search(form) and _is_latin(words := spoken_words(form)) and max(map(len, words)) > 1:
                for key in dict.fromkeys(said.key for said in latin_readings(words)):
                    entries[key].append(_Entry(form, words))
        return entries

    def _alike(self, words: tuple[str, ...], *, asked: _Asked) -> Iterator[tuple[str, float]]:
        """What of the other script sounds enough like the words, and how alike."""
        if _is_latin(words):
            for key, said in _by_key(latin_readings(words)).items():
                for entry in self._hangul.get(key, ()):
                    least = _least(entry, entry.words, key, asked=asked)
                    if score := _likeness(said, hangul_readings(entry.words), least):
                        yield entry.form, score
        elif _is_hangul(words) and sum(map(len, words)) > 1:
            if self._latin.keys().isdisjoint(hangul_keys(words)):
                return  # nearly always; the keys alone cost a tenth of the readings
            for key, said in _by_key(hangul_readings(words)).items():
                for entry in self._latin.get(key, ()):
                    least = _least(entry, words, key, asked=asked)
                    if score := _likeness(latin_readings(entry.words), said, least):
                        yield entry.form, score


def _by_key(readings: Iterable[Reading]) -> Mapping[str, Sequence[Reading]]:
    found: dict[str, list[Reading]] = defaultdict(list)
    for said in readings:
        found[said.key].append(said)
    return found


def _add(entries: dict[str, list[_Entry]], entry: _Entry) -> None:
    for key in hangul_keys(entry.words):
        entries[key].append(entry)


def _likeness(latin: Iterable[Reading], hangul: Iterable[Reading], least: float) -> float:
    pairs = ((one, other) for one in latin for other in hangul if one.key == other.key)
    return max((likeness(one, other, least) for one, other in pairs), default=0.0)


def _least(entry: _Entry, hangul: Sequence[str], key: str, *, asked: _Asked) -> float:
    """How alike they must sound: a word more than a name or title of several, and a known one still more."""
    if sum(map(len, hangul)) == 1:
        return _NEVER if asked.is_alone else _LEAST_OF_ONE_SYLLABLE
    least = _LEAST_LIKENESS[min(len(key), len(_LEAST_LIKENESS) - 1)]
    if asked.is_word:
        least += _MORE_FOR_A_WORD + _MORE_IF_KNOWN * asked.is_known
    if entry.is_divided:
        least = max(least, _LEAST_OF_DIVIDED)
    return max(least, _LEAST_OF_LATIN) if asked.is_alone and _is_latin(entry.words) else least


@lru_cache(20_000)
def spoken_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are looked up: Latin ones in lower case, Hanja read; hyphens and dots separate."""
    written = fold_latin(hanja_read(normalize(text))).replace("'", "")
    return tuple(word for word in _SEPARATOR.split(written) if word)


def _is_hangul(words: Sequence[str]) -> bool:
    return bool(words) and all(map(_HANGUL_WORD.fullmatch, words))


def _is_latin(words: Sequence[str]) -> bool:
    return bool(words) and all(map(_LATIN_WORD.fullmatch, words))


def _without_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """J. K. Rowling is Rowling on most shelves."""
    longer = tuple(word for word in words if len(word) > 1 or not _is_latin((word,)))
    return longer or words


def _orders(words: tuple[str, ...], *, is_phrase: bool) -> Iterator[tuple[tuple[str, ...], float]]:
    """What may be meant by words, and what speaks against it.

    Words as typed; a name with its family name in front or behind (Young Ha Kim is Kim Youngha); one word. A phrase with
    small words in it ("the sea") is only looked for as it is typed.
    """
    if words and not ENGLISH_STOP_WORDS.issuperset(words):
        yield words, 0.0
    if len(words) in (2, 3) and _is_latin(words):
        for turn in range(1 if is_phrase else len(words)):
            family, *given = words[turn:] + words[:turn]
            for order in dict.fromkeys(((family, *given), (family, "".join(given)))):
                yield order, _TURNED_PENALTY if turn else 0.0
    if 1 < len(words) <= MOST_RUN_TOGETHER and not is_phrase:
        yield ("".join(words),), _RUN_TOGETHER_PENALTY
