"""Kiwi behind the few calls that the analyser needs."""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from recommender.text.characters import HANGUL
from recommender.text.dictionary import UserWord

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

# Kiwi's time grows faster than the text where there is no space to cut at: 1,000 characters take 10 ms, 100,000 take 2.5 s.
LONGEST_CALL = 1_000
# A word is worth taking apart from four syllables on: 채식주의자 is 채식 + 주의자, but 도서관 is not 도서 + 관.
SHORTEST_COMPOUND = 4
SHORTEST_PIECE = 2
# An unknown word this long is rather several words without a space (닥터프로스트) than one name.
SHORTEST_UNKNOWN_RUN = 5
_REMEMBERED_COMPOUNDS = 50_000

_NOUN_TAGS = frozenset(("NNG", "NNP"))
_CONTENT_TAGS = _NOUN_TAGS | {"NP", "NR", "XR", "VV", "VA", "MM", "MAG"}
_WORD_END = re.compile(r"\s\S*$")


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme, as Kiwi names it (Sejong tags), and where it stands: `text[start:end]`.

    The form may differ from what is written there: 걸었다 holds 걷. `known` is False for a word that no dictionary has.
    """

    form: str
    tag: str
    start: int
    end: int
    known: bool = True


def kiwi_fingerprint() -> str:
    """Name what decides Kiwi's answers, without loading it."""
    return (
        f"kiwipiepy {version('kiwipiepy')}, kiwipiepy-model {version('kiwipiepy_model')}, cong, no multi-word entries"
    )


class KiwiTokenizer:
    """Kiwi, loaded at the first Korean text, once for all threads.

    Args:
        user_words: What to add to Kiwi's dictionary.
        num_workers: Threads for batches; -1 is one a core (Kiwi counts so since 0.21).
    """

    def __init__(self, user_words: Iterable[UserWord], num_workers: int) -> None:
        self._user_words = tuple(user_words)
        self._num_workers = num_workers
        self._kiwi: Kiwi | None = None
        self._loading = threading.Lock()
        self.compound_pieces = lru_cache(_REMEMBERED_COMPOUNDS)(self._compound_pieces)
        self.unknown_pieces = lru_cache(_REMEMBERED_COMPOUNDS)(self._unknown_pieces)

    def tokenize(self, text: str) -> list[Morpheme]:
        """Take one text apart."""
        if HANGUL.search(text) is None:
            return []
        kiwi = self._loaded()
        return [
            morpheme
            for offset, piece in _callable_pieces(text)
            for morpheme in _morphemes(kiwi.tokenize(piece, match_options=0), offset)
        ]

    def tokenize_many(self, texts: Sequence[str]) -> Iterator[list[Morpheme]]:
        """Take many texts apart on Kiwi's own threads; one list a text, in order."""
        pieces = [list(_callable_pieces(text)) if HANGUL.search(text) else [] for text in texts]
        flat = [piece for of_text in pieces for _, piece in of_text]
        answers = iter(self._loaded().tokenize(flat, match_options=0)) if flat else iter(())
        for of_text in pieces:
            found: list[Morpheme] = []
            for offset, _ in of_text:
                found.extend(_morphemes(next(answers), offset))
            yield found

    def sentence_spans(self, text: str) -> list[tuple[int, int]]:
        """Where each sentence of a text begins and ends."""
        kiwi = self._loaded()
        return [
            (offset + sentence.start, offset + sentence.end)
            for offset, piece in _callable_pieces(text)
            for sentence in kiwi.split_into_sents(piece)
        ]

    def _compound_pieces(self, noun: str, tag: str) -> tuple[str, ...]:
        """Split a noun that Kiwi knows as one word into the nouns it is made of; empty where it is not made of any.

        Kiwi is asked to do without the word: 채식주의자 → 채식, 주의자, so that "채식 주의자" meets it.
        """
        if len(noun) < SHORTEST_COMPOUND:
            return ()
        pieces = self._loaded().tokenize(noun, match_options=0, blocklist=[(noun, tag) for tag in _NOUN_TAGS])
        are_nouns = all(
            piece.tag in _NOUN_TAGS and not piece.oov and len(piece.form) >= SHORTEST_PIECE for piece in pieces
        )
        # Two names make no common noun: 크리스마스 is not 크리스 and 마스.
        is_compound = len(pieces) > 1 and are_nouns and (tag == "NNP" or any(piece.tag == "NNG" for piece in pieces))
        return tuple(piece.form for piece in pieces) if is_compound else ()

    def _unknown_pieces(self, word: str) -> tuple[Morpheme, ...]:
        """Read a long unknown word as several known ones, if it can be: 나는말랄라 stays, 닥터프로스트 does not.

        Kiwi's character model keeps unknown words whole, which is right for names; its rules take them apart.
        """
        if len(word) < SHORTEST_UNKNOWN_RUN:
            return ()
        pieces = self._loaded().tokenize(word, match_options=0, oov_handling="rule")
        known_nouns = [piece for piece in pieces if piece.tag in _NOUN_TAGS and not piece.oov]
        if len(pieces) == 1 or not any(len(noun.form) >= SHORTEST_PIECE for noun in known_nouns):
            return ()
        return tuple(piece for piece in _morphemes(pieces, 0) if piece.tag in _CONTENT_TAGS)

    def _loaded(self) -> "Kiwi":
        with self._loading:
            if self._kiwi is None:
                self._kiwi = _load(self._user_words, self._num_workers)
            return self._kiwi


def _load(user_words: Iterable[UserWord], num_workers: int) -> "Kiwi":
    from kiwipiepy import Kiwi

    # Entries of several words ("나미야 잡화점의 기적" as one name) would make spacing matter, and cost 190 MB and a second.
    kiwi = Kiwi(num_workers=num_workers, load_multi_dict=False)
    for word in user_words:
        kiwi.add_user_word(word.form, word.tag, word.score)
    return kiwi


def _morphemes(tokens: Iterable[Any], offset: int) -> Iterator[Morpheme]:
    for token in tokens:
        start = offset + token.start
        # VV-I and VV-R say how a verb is inflected, which does not matter for finding it.
        yield Morpheme(token.form, token.tag.partition("-")[0], start, start + token.len, not token.oov)


def _callable_pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into pieces that Kiwi takes quickly, at spaces where there are any."""
    start = 0
    while len(text) - start > LONGEST_CALL:
        piece = text[start : start + LONGEST_CALL]
        word_end = _WORD_END.search(piece)
        length = word_end.start() + 1 if word_end else LONGEST_CALL
        yield start, piece[:length]
        start += length
    yield start, text[start:]
