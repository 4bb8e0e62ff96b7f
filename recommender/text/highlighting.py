"""Showing readers which words of a hit answered their query."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recommender.text.characters import HANGUL, hanja_read, surface
from recommender.text.hangul import initial_of, is_syllable
from recommender.text.morphemes import Analyzer

ELLIPSIS = "…"
# Three lines on a phone: enough to see why a book was found, little enough to read twenty of them.
USUAL_SNIPPET = 160

_WORD = re.compile(r"\S+")
_VERB_ENDING = "다"
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
    may_hold = _WordFilter(tokens)
    found = [
        (word.start() + term.start, word.start() + term.end)
        for word in _WORD.finditer(text)
        if may_hold(word[0])
        for term in analyzer.terms(word[0])
        if not tokens.isdisjoint(term.tokens)
    ]
    return _united(found)


class _WordFilter:
    """Tells cheaply which words cannot hold any of the tokens."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self._tokens = tuple(tokens)
        # A verb changes its stem (걷다, 걸었다; 아름답다, 아름다운) but not the consonant it begins with.
        self._verb_initials = frozenset(
            initial_of(token[0]) for token in self._tokens if token.endswith(_VERB_ENDING) and is_syllable(token[0])
        )

    def __call__(self, word: str) -> bool:
        if HANGUL.search(word) is None:
            return True
        read = hanja_read(surface(word).text).lower()
        if any(token in read for token in self._tokens):
            return True
        return any(is_syllable(character) and initial_of(character) in self._verb_initials for character in read) or (
            not read.isalpha()
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
