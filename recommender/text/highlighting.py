"""Showing readers which words of a hit answered their query."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from recommender.text.characters import hanja_read, surface
from recommender.text.hangul import FINALS, compose, is_syllable, letters_of
from recommender.text.morphemes import Analyzer
from recommender.text.terms import ROOT_TAG, VERB_TAGS, WHOLE_TAG, Term

ELLIPSIS = "…"
# Three lines on a phone: enough to see why a book was found, little enough to read twenty of them.
USUAL_SNIPPET = 160

_WORD = re.compile(r"\S+")
_VERB_ENDING = "다"
# What becomes of a stem's vowel before 어 and 아: 쓰다 써, 두다 둬, 보다 봐, 되다 돼, 이기다 이겨, 하다 해.
_MERGED_VOWELS = {"ㅡ": "ㅓㅏ", "ㅜ": "ㅝㅓ", "ㅗ": "ㅘ", "ㅚ": "ㅙ", "ㅣ": "ㅕ", "ㅏ": "ㅐ"}
_OTHER_LETTERS = re.compile(r"[^\W가-힣]")
_NOTHING = r"(?!)"
_SENTENCE_END = re.compile(r"(?<=[.!?…。])[\"'”’)\]]*\s+")
# A window that begins a sentence reads better; worth as much as one more word found.
_SENTENCE_BONUS = 1


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text, and whether the query found it."""

    text: str
    matched: bool


def highlight(text: str, tokens: Collection[str], analyzer: Analyzer) -> tuple[Fragment, ...]:
    """Cut a text into found and other fragments; joined they are the text, character for character."""
    return _fragments(text, _found_spans(text, frozenset(tokens), analyzer))


def snippet(
    text: str, tokens: Collection[str], analyzer: Analyzer, length: int = USUAL_SNIPPET
) -> tuple[Fragment, ...]:
    """Choose the part of a text that holds the most of what was asked, at most `length` characters, cut between words.

    Where something was left out stands an ellipsis, which is not counted.
    """
    spans = _found_spans(text, frozenset(tokens), analyzer)
    start, end = _best_window(text, spans, length)
    inside = [(max(start, left), min(end, right)) for left, right in spans if left < end and right > start]
    shown = _fragments(text[start:end], [(left - start, right - start) for left, right in inside])
    before = (Fragment(ELLIPSIS + " ", matched=False),) if text[:start].strip() else ()
    after = (Fragment(" " + ELLIPSIS, matched=False),) if text[end:].strip() else ()
    return before + shown + after


def _found_spans(text: str, tokens: frozenset[str], analyzer: Analyzer) -> list[tuple[int, int]]:
    """Places of the tokens, in order and apart from each other.

    Only words that may hold a token are taken apart, each for itself: a page of twenty hits has thousands of words, and
    the analyser remembers the common ones.
    """
    return _united(
        (start + left, start + right)
        for start, end in _words_that_may_hold(tokens, text)
        for left, right in _spans_in_word(tokens, analyzer.terms(text[start:end]))
    )


def _spans_in_word(tokens: frozenset[str], terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Give the place of each found term; a verb is marked to its end, for half a verb ([걸]었다) reads like a mistake."""
    ends_of_wholes = {term.start: term.end for term in terms if term.tag == WHOLE_TAG}
    for term in terms:
        if not tokens.isdisjoint(term.tokens):
            is_verb = term.tag in VERB_TAGS or term.tag == ROOT_TAG
            yield term.start, max(term.end, ends_of_wholes.get(term.start, 0)) if is_verb else term.end


def _words_that_may_hold(tokens: frozenset[str], text: str) -> Iterator[tuple[int, int]]:
    """Tell cheaply which words are worth taking apart; the others cannot hold any of the tokens."""
    written = surface(text)
    pattern = _candidate_pattern(tokens)
    if written.offsets is not None:  # characters typed in pieces: rare enough to look at every word
        yield from (word.span() for word in _WORD.finditer(text))
        return
    read = hanja_read(written.text)
    if pattern.search(read):
        yield from (word.span() for word in _WORD.finditer(text) if pattern.search(read, word.start(), word.end()))


@lru_cache(256)  # one query is looked for in every title and text of its page
def _candidate_pattern(tokens: frozenset[str]) -> re.Pattern[str]:
    hangul = [token for token in tokens if not _OTHER_LETTERS.search(token)]
    stems = [token.removesuffix(_VERB_ENDING) for token in hangul if len(token) > 1 and token.endswith(_VERB_ENDING)]
    # Letters and numbers are written in more ways than Hangul (stories for stori, 1,000 for 1000).
    others = [_OTHER_LETTERS.pattern] if len(hangul) < len(tokens) else []
    return re.compile("|".join([*map(re.escape, hangul), *map(_stem_pattern, stems), *others]) or _NOTHING)


def _stem_pattern(stem: str) -> str:
    """Match what may be left of a verb's stem: 걷 in 걸어, 쓰 in 써서, 아름답 in 아름다운, 부르 in 불러."""
    head, last = stem[:-1], stem[-1]
    if not is_syllable(last):
        return re.escape(stem)
    if head:
        with_r = compose(*letters_of(head[-1])[:2], "ㄹ") if is_syllable(head[-1]) else head[-1]
        return re.escape(head[:-1]) + f"[{re.escape(head[-1])}{with_r}]"
    initial, vowel, _ = letters_of(last)
    return (
        "["
        + "".join(compose(initial, kept, final) for kept in vowel + _MERGED_VOWELS.get(vowel, "") for final in FINALS)
        + "]"
    )


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _fragments(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Fragment, ...]:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return tuple(
        Fragment(text[start:end], matched=index % 2 == 1)
        for index, (start, end) in enumerate(pairwise(edges))
        if start < end
    )


def _best_window(text: str, spans: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    sentence_starts = {0, *(match.end() for match in _SENTENCE_END.finditer(text))}
    windows = [
        (_worth(text, spans, start, end) + _SENTENCE_BONUS * (start in sentence_starts), -start, end)
        for start in _window_starts(text, spans, length, sentence_starts)
        for end in [_window_end(text, start, length)]
    ]
    _, negative_start, end = max(windows)
    return -negative_start, end


def _window_starts(
    text: str, spans: Sequence[tuple[int, int]], length: int, sentences: Collection[int]
) -> Iterator[int]:
    """Begin at the text's start, at sentences, and a little before each found word."""
    yield 0
    yield from sentences
    for start, _ in spans:
        words = [match.start() for match in _WORD.finditer(text, max(0, start - length // 4), start + 1)]
        yield words[1] if len(words) > 1 else start


def _window_end(text: str, start: int, length: int) -> int:
    if start + length >= len(text):
        return len(text)
    space = max(text.rfind(sign, start, start + length + 1) for sign in " \n\t")
    return space if space > start else start + length


def _worth(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """How many different things are found in a window; the same word again adds nothing."""
    return 2 * len({text[left:right].lower() for left, right in spans if start <= left and right <= end})
