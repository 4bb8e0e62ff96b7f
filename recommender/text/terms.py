"""From morphemes to terms: what in a text can be found, and by which tokens.

Pure: everything that has to be looked up (compounds, stems) comes in with the `Lexicon`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from recommender.text.characters import HANJA_RUN, fold_latin
from recommender.text.english import plain_word
from recommender.text.kiwi import Morpheme
from recommender.text.names import name_length
from recommender.text.scripts import readable

# Elasticsearch splits tokens over 255 characters and refuses some; nobody searches with a hundred.
LONGEST_TOKEN = 100
# A longer run of letters without a space is a lost column or a scan, not a word somebody types.
LONGEST_WHOLE = 30

# Our own tag, beside Kiwi's: what is written without a space.
WHOLE_TAG = "WHOLE"
ROOT_TAG = "XR"
NAME_TAG = "NNP"
NOUN_TAGS = frozenset(("NNG", NAME_TAG, "NR", ROOT_TAG))
VERB_TAGS = frozenset(("VV", "VA", "VCN"))
# Pronouns, determiners, adverbs, exclamations: part of titles ("나는 나", "너무 한낮의 연애"), rarely what is asked for.
PRONOUN_TAG = "NP"
MINOR_TAGS = frozenset((PRONOUN_TAG, "MM", "MAG", "MAJ", "IC"))
_JOINING_TAGS = NOUN_TAGS | {"XPN", "XSN", "NNB", "SL", "SN", "SH"}
_OTHER_SCRIPT_TAGS = frozenset(("SL", "SN", "SH"))

# Suffixes that make no other word of a noun: 아이들 is found by 아이, 작가님 by 작가.
_INFLECTING_SUFFIXES = frozenset(("들", "님", "쯤", "씩", "께", "끼리", "마다", "네"))
# What Kiwi leaves on a word that it does not know: 코플랜드의 → 코플랜드.
_PARTICLES_ON_UNKNOWN = re.compile(r"(?<=..)(?:에서|에게|으로|의|은|는|을|를|과|와|에|로)$")

_WRITTEN_TOGETHER = re.compile(r"(?:[^\W_]|(?<=[0-9]),(?=[0-9]{3}))+")
# K-pop, COVID-19, 4·19: also found when typed in one go.
_BROKEN_WORD = re.compile(r"(?<![\w\-.·/])[A-Za-z0-9]+(?:[-.·/][A-Za-z0-9]+){1,2}(?![\-.·/]?[A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Term:
    """One findable thing at `text[start:end]`.

    `match` are the tokens that a query must find, so small that every spelling of a thing shares them; `extra` are
    tokens that only say how near a text comes: wholes of compounds, the form as written.
    """

    match: tuple[str, ...]
    extra: tuple[str, ...]
    tag: str
    start: int
    end: int

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every token, once."""
        return tuple(dict.fromkeys(self.match + self.extra))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What has to be looked up.

    The nouns in a compound noun of a tag (none if it is not one), the words in a long unknown one (likewise), and the
    stem of an English word.
    """

    compound_pieces: Callable[[str, str], tuple[str, ...]]
    unknown_pieces: Callable[[str], tuple[Morpheme, ...]]
    stem: Callable[[str], str]


def terms_of(surface_text: str, morphemes: Sequence[Morpheme], lexicon: Lexicon) -> list[Term]:
    """List everything findable in a text, in its order; a text of nothing but particles is findable as it is written."""
    view = readable(surface_text)
    words = list(_words(view, morphemes))
    parts = _with_names(words, _part_terms(view, morphemes, lexicon))
    found = [*parts, *_whole_terms(words, parts), *_broken_words(surface_text)]
    if not found:
        found = [
            Term((fold_latin(match[0])[:LONGEST_TOKEN],), (), WHOLE_TAG, *match.span())
            for match in _WRITTEN_TOGETHER.finditer(view)
        ]
    return sorted(found, key=lambda term: (term.start, term.end))


def _part_terms(view: str, morphemes: Sequence[Morpheme], lexicon: Lexicon) -> list[Term]:
    neighbours = zip((None, *morphemes[:-1]), morphemes, (*morphemes[1:], None), strict=True) if morphemes else ()
    terms = (_part_term(view, before, morpheme, after, lexicon) for before, morpheme, after in neighbours)
    return [term for term in terms if term is not None]


def _part_term(  # noqa: PLR0911 - one return a kind of morpheme
    view: str, before: Morpheme | None, morpheme: Morpheme, after: Morpheme | None, lexicon: Lexicon
) -> Term | None:
    if morpheme.tag in NOUN_TAGS:
        suffix = after.form if after and after.tag == "XSN" and after.start == morpheme.end else ""
        return _noun_term(morpheme, "" if suffix in _INFLECTING_SUFFIXES else suffix, lexicon)
    if morpheme.tag in VERB_TAGS or (morpheme.tag == "VX" and not _is_auxiliary(before)):
        # The dictionary form keeps 나다 apart from 나, and 사다 from 사.
        return _term(morpheme, (morpheme.form + "다",))
    if morpheme.tag in MINOR_TAGS:
        return _term(morpheme, (morpheme.form,))
    if morpheme.tag == "SL":
        return _letters_term(morpheme, lexicon)
    if morpheme.tag == "SN":
        return _number_term(morpheme)
    if morpheme.tag == "SH":
        return _hanja_term(view, morpheme)
    return None


def _is_auxiliary(before: Morpheme | None) -> bool:
    """Kiwi sometimes calls a main verb auxiliary (아이가 만드는); a real one follows another verb's ending (읽어 주는)."""
    return before is not None and before.tag[0] in "EVX"


def _noun_term(morpheme: Morpheme, suffix: str, lexicon: Lexicon) -> Term:
    form = fold_latin(morpheme.form) if not morpheme.form.isalpha() else morpheme.form.lower()
    extra = (form, form + suffix) if suffix else (form,)
    if not morpheme.known:
        return _unknown_term(morpheme, form, lexicon)
    if pieces := lexicon.compound_pieces(form, morpheme.tag):
        return _term(morpheme, pieces, extra)
    # 지적 is no 지: one syllable says too little without its suffix.
    return _term(morpheme, (form + suffix,) if len(form) == 1 else (form,), extra)


def _unknown_term(morpheme: Morpheme, form: str, lexicon: Lexicon) -> Term:
    """Several words, if the unknown one can be read so; else the word without what may be a particle."""
    words = tuple(
        piece.form + "다" if piece.tag in VERB_TAGS else piece.form
        for piece in lexicon.unknown_pieces(form)
        if piece.tag not in MINOR_TAGS
    )
    return _term(morpheme, words or (_PARTICLES_ON_UNKNOWN.sub("", form),), (form,))


def _letters_term(morpheme: Morpheme, lexicon: Lexicon) -> Term:
    word = plain_word(morpheme.form)
    numeral = [str(int(unicodedata.numeric(morpheme.form)))] if _is_roman_numeral(morpheme.form) else []
    within = [plain_word(part) for part in morpheme.form.split("'") if len(part) > 2]  # noqa: PLR2004 - d'Urbervilles, not don't
    return _term(morpheme, (lexicon.stem(word),), (word, *numeral, *map(lexicon.stem, within)))


def _is_roman_numeral(form: str) -> bool:
    return len(form) == 1 and "\u2160" <= form <= "\u217f"


def _number_term(morpheme: Morpheme) -> Term:
    digits = morpheme.form.replace(",", "")
    # Volume 09 is volume 9.
    return _term(morpheme, (digits.lstrip("0") or "0",), (digits,))


def _hanja_term(view: str, morpheme: Morpheme) -> Term:
    """Hanja are found by the words of their reading, so the characters themselves only score; unread ones must match."""
    is_read = HANJA_RUN.search(view[morpheme.start : morpheme.end]) is None
    return _term(morpheme, () if is_read else (morpheme.form,), (morpheme.form,))


@dataclass(frozen=True, slots=True)
class _Word:
    """What is written together, from `start` in the text on, and how it was read."""

    text: str
    start: int
    morphemes: Sequence[Morpheme]


def _words(view: str, morphemes: Sequence[Morpheme]) -> Iterator[_Word]:
    position = 0
    for match in _WRITTEN_TOGETHER.finditer(view):
        start, end = match.span()
        first = position
        while position < len(morphemes) and morphemes[position].start < end:
            position += 1
        yield _Word(match[0], start, [morpheme for morpheme in morphemes[first:position] if morpheme.start >= start])


def _with_names(words: Iterable[_Word], parts: Sequence[Term]) -> list[Term]:
    """Put one term in the place of the pieces that a person's name was read as; the pieces only score."""
    joined = list(parts)
    for word in words:
        if length := name_length(word.text, word.morphemes):
            end = word.start + length
            pieces = [term for term in joined if word.start <= term.start < end]
            tokens = dict.fromkeys(token for term in pieces for token in term.tokens)
            joined = [term for term in joined if term not in pieces]
            joined.append(Term((word.text[:length],), tuple(tokens), NAME_TAG, word.start, end))
    return joined


def _whole_terms(words: Iterable[_Word], parts: Sequence[Term]) -> Iterator[Term]:
    """What is written without a space: each run of nouns, and each word without its particles."""
    by_start = {(term.start, token) for term in parts for token in term.tokens}
    for word in words:
        for start, end in dict.fromkeys([*_noun_runs(word.morphemes), *_without_particles(word.morphemes, word.start)]):
            whole = fold_latin(word.text[start - word.start : end - word.start].replace(",", ""))
            if 1 < len(whole) <= LONGEST_WHOLE and (start, whole) not in by_start:
                yield Term((), (whole,), WHOLE_TAG, start, end)


def _noun_runs(morphemes: Sequence[Morpheme]) -> Iterator[tuple[int, int]]:
    run: list[Morpheme] = []
    for morpheme in [*morphemes, None]:
        if morpheme and morpheme.tag in _JOINING_TAGS and (not run or morpheme.start == run[-1].end):
            run.append(morpheme)
            continue
        if len(run) > 1:
            yield run[0].start, run[-1].end
        run = [morpheme] if morpheme and morpheme.tag in _JOINING_TAGS else []


def _without_particles(morphemes: Sequence[Morpheme], word_start: int) -> Iterator[tuple[int, int]]:
    kept = _length_without_particles(morphemes)
    if not kept:
        return
    end = max(morpheme.end for morpheme in morphemes[:kept])
    is_contracted = kept < len(morphemes) and morphemes[kept].start < end  # 난 is 나 + ㄴ: nothing to cut at
    if not is_contracted and any(morpheme.tag not in _OTHER_SCRIPT_TAGS for morpheme in morphemes[:kept]):
        yield word_start, end


def _length_without_particles(morphemes: Sequence[Morpheme]) -> int:
    """Number of morphemes before the particles, or before "is" with its endings: 짓+이다 → 1, 책+에서+는 → 1."""
    kept = len(morphemes)
    copula = next((index for index, morpheme in enumerate(morphemes) if morpheme.tag == "VCP"), kept)
    if all(morpheme.tag[0] in "EJV" for morpheme in morphemes[copula:]):
        kept = copula
    while kept and morphemes[kept - 1].tag[0] == "J":
        kept -= 1
    return kept


def _broken_words(surface_text: str) -> Iterator[Term]:
    for match in _BROKEN_WORD.finditer(surface_text):
        joined = re.sub(r"[-.·/]", "", match[0]).lower()
        if len(joined) <= LONGEST_WHOLE:
            yield Term((), (joined,), WHOLE_TAG, *match.span())


def _term(morpheme: Morpheme, match: tuple[str, ...], extra: tuple[str, ...] = ()) -> Term:
    matched = tuple(dict.fromkeys(token[:LONGEST_TOKEN] for token in match if token))
    others = dict.fromkeys(token[:LONGEST_TOKEN] for token in extra if token)
    return Term(
        matched, tuple(token for token in others if token not in matched), morpheme.tag, morpheme.start, morpheme.end
    )
