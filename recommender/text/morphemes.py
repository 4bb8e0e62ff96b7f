"""The analyser: one stream of tokens for documents and queries, Korean and English."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from recommender.text.characters import Surface, normalize, surface
from recommender.text.dictionary import BUNDLED_DICTIONARY, read_dictionary
from recommender.text.english import EnglishStemmer, english_fingerprint
from recommender.text.kiwi import KiwiTokenizer, Morpheme, kiwi_fingerprint
from recommender.text.requests import QueryTokens, query_tokens_of
from recommender.text.scripts import merged, other_scripts, readable
from recommender.text.terms import Lexicon, Term, terms_of

__all__ = ["Analyzer", "Morpheme", "QueryTokens"]

# Raised by whoever changes which tokens come out of a text, so that an index built before is known to be older.
TOKEN_RULES = 4

# Kiwi reads 100,000 characters in about a second, and no field of a catalogue is longer; what follows is not searchable.
LONGEST_TEXT = 100_000

ONE_WORKER_PER_CORE = -1

# Words of titles and descriptions come again and again on result pages; only short texts are remembered.
_REMEMBERED_TEXTS = 20_000
_LONGEST_REMEMBERED = 60
# A query is read for its terms and for its morphemes; a few readings are kept, so that Kiwi is asked once.
_REMEMBERED_READINGS = 64

_TYPED_WORD = re.compile(r"[^\W_](?:\S*[^\W_+#])?[+#]*")


class Analyzer:
    """Makes tokens of texts; safe for any number of threads, and never to be forked once it has read Korean.

    Args:
        user_dictionary: The library's words (see docs/text.md); None is the file that comes with the project.
        num_workers: Threads for batches.

    Raises:
        SettingsError: The user dictionary cannot be read; names the line.
    """

    def __init__(self, user_dictionary: Path | None = None, num_workers: int = ONE_WORKER_PER_CORE) -> None:
        dictionary = user_dictionary or BUNDLED_DICTIONARY
        user_words = read_dictionary(dictionary)
        self._dictionary_hash = hashlib.sha256(repr(user_words).encode()).hexdigest()[:16]
        self._kiwi = KiwiTokenizer(user_words, num_workers)
        self._lexicon = Lexicon(self._kiwi.compound_pieces, self._kiwi.unknown_pieces, EnglishStemmer().stem)
        self._remembered_terms = lru_cache(_REMEMBERED_TEXTS)(self._terms_now)
        self._remembered_reading = lru_cache(_REMEMBERED_READINGS)(self._read_now)

    @property
    def fingerprint(self) -> str:
        """What decides the tokens; two analysers with the same fingerprint give the same tokens."""
        return "; ".join(
            (
                kiwi_fingerprint(),
                english_fingerprint(),
                f"hanja {version('hanja')}",
                f"dictionary {self._dictionary_hash}",
                f"token rules {TOKEN_RULES}",
            )
        )

    def warm_up(self) -> None:
        """Load Kiwi and the table of Hanja now, so that the first question does not wait a second and a half for them."""
        self.document_tokens("서가 書架 shelf")

    def morphemes(self, text: str) -> tuple[Morpheme, ...]:
        """Every morpheme of a text, particles too; offsets are into the text as given."""
        written = _analysable(text)
        return _moved_to_original(self._read(written), written)

    def morphemes_many(self, texts: Sequence[str]) -> list[tuple[Morpheme, ...]]:
        """Take many texts apart like `morphemes`, on all workers; in the order given."""
        written = [_analysable(text) for text in texts]
        return [_moved_to_original(found, text) for found, text in zip(self._read_many(written), written, strict=True)]

    def sentence_spans(self, text: str) -> list[tuple[int, int]]:
        """Where each sentence of a Korean text begins and ends; offsets are into the text as given."""
        written = _analysable(text)
        return [written.original_span(start, end) for start, end in self._kiwi.sentence_spans(written.text)]

    def document_tokens(self, text: str) -> list[str]:
        """Every token by which a text can be found, in the order of the text, as often as it is there."""
        return [token for term in self.terms(text) for token in term.tokens]

    def document_tokens_many(self, texts: Sequence[str]) -> list[list[str]]:
        """Make tokens of many texts like `document_tokens`, on all workers, each distinct text once; in the order given."""
        distinct = list(dict.fromkeys(texts))
        written = [_analysable(text) for text in distinct]
        tokens = {
            text: [token for term in terms_of(surface_.text, found, self._lexicon) for token in term.tokens]
            for text, surface_, found in zip(distinct, written, self._read_many(written), strict=True)
        }
        return [list(tokens[text]) for text in texts]

    def query_tokens(self, text: str) -> QueryTokens:
        """Make tokens of a query: what must match, what scores, and the words as typed."""
        query = normalize(text)
        return query_tokens_of(query, self.terms(query), (match[0] for match in _TYPED_WORD.finditer(query)))

    def terms(self, text: str) -> Sequence[Term]:
        """List everything findable in a text with its place in the text as given, for tokens and highlights."""
        return self._remembered_terms(text) if len(text) <= _LONGEST_REMEMBERED else self._terms_now(text)

    def _terms_now(self, text: str) -> tuple[Term, ...]:
        written = _analysable(text)
        found = terms_of(written.text, self._read(written), self._lexicon)
        if written.offsets is None:
            return tuple(found)
        return tuple(
            Term(term.match, term.extra, term.tag, *written.original_span(term.start, term.end)) for term in found
        )

    def _read(self, written: Surface) -> Sequence[Morpheme]:
        if len(written.text) <= _LONGEST_REMEMBERED:
            return self._remembered_reading(written.text)
        return self._read_now(written.text)

    def _read_now(self, text: str) -> tuple[Morpheme, ...]:
        return tuple(merged(self._kiwi.tokenize(readable(text)), other_scripts(text)))

    def _read_many(self, written: Sequence[Surface]) -> Iterator[Sequence[Morpheme]]:
        korean = self._kiwi.tokenize_many([readable(text.text) for text in written])
        for found, text in zip(korean, written, strict=True):
            yield merged(found, other_scripts(text.text))


def _analysable(text: str) -> Surface:
    return surface(text[:LONGEST_TEXT])


def _moved_to_original(morphemes: Sequence[Morpheme], written: Surface) -> tuple[Morpheme, ...]:
    if written.offsets is None:
        return tuple(morphemes)
    return tuple(
        Morpheme(found.form, found.tag, *written.original_span(found.start, found.end), found.known)
        for found in morphemes
    )
