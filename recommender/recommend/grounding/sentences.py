"""Cutting a text into sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from recommender.recommend.grounding.facts import Reading
from recommender.text.characters import HANGUL
from recommender.text.kiwi import Morpheme

_END = re.compile(r"(?<=[.!?。…])[\"'”’」』)\]]*\s+(?=\S)")
_SHORTENED = re.compile(r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|No|no|vol|e\.g|i\.e|etc|ca|cf|p|pp)\.)$")


class Reader(Reading, Protocol):
    """The part of an analyser that checking needs."""

    def sentence_spans(self, text: str) -> list[tuple[int, int]]:
        """Where each sentence of a Korean text begins and ends."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, where it stands in its text, and its morphemes with their places in the sentence."""

    text: str
    start: int
    morphemes: tuple[Morpheme, ...] = ()

    @property
    def is_korean(self) -> bool:
        """Whether it holds Hangul."""
        return HANGUL.search(self.text) is not None


def sentences_of(text: str, reader: Reader) -> Iterator[Sentence]:
    """The sentences of a text: as Kiwi sees them in Korean, by stops in English."""
    spans = reader.sentence_spans(text) if HANGUL.search(text) else english_spans(text)
    for start, end in spans:
        words = text[start:end].strip()
        if words:
            begin = text.index(words, start)
            yield Sentence(words, begin, reader.morphemes(words))


def english_spans(text: str) -> list[tuple[int, int]]:
    """Where sentences begin and end: after a stop and a space, but not after initials and the common short forms."""
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _END.finditer(text):
        if not _SHORTENED.search(text[start : stop.start()]):
            spans.append((start, stop.end()))
            start = stop.end()
    return [*spans, (start, len(text))]
