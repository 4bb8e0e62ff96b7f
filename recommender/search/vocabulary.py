"""The catalogue's own words, for *did you mean*."""

import re
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic

from recommender.engine.base import Engine
from recommender.search.analysis import AnalysedQuery
from recommender.text.normalization import normalize
from recommender.text.sound_lexicon import LONGEST_WHOLE, SoundLexicon, spoken_words
from recommender.text.spelling import Speller

LONGEST_TITLE = 4
"""Words; a longer query is no misspelt title, so only its unknown words are put right, one by one."""

ASK_AGAIN_AFTER = 1.0
"""Seconds in which the live generation is not asked for again by every search."""

TOKEN_FIELDS = ("title", "people", "subjects", "description")


@dataclass(frozen=True, slots=True)
class _Words:
    """What one generation of the catalogue knows."""

    generation: str
    tokens: frozenset[str]
    speller: Speller
    sounds: SoundLexicon


class Vocabulary:
    """The words of the live generation.

    They are read at the first search, or before it by `warm_up`, and again after the catalogue changed.
    """

    def __init__(self, engine: Engine, index: str) -> None:
        self._engine = engine
        self._index = index
        self._lock = threading.Lock()
        self._words: _Words | None = None
        self._asked = 0.0

    def warm_up(self) -> None:
        """Read the words now, so that the first search does not wait a second for them."""
        self._current().sounds.warm_up()

    @property
    def sounds(self) -> SoundLexicon:
        """The names, titles and words by their sound."""
        return self._recent().sounds

    def knows(self, tokens: Iterable[str]) -> bool:
        """Whether every token is in some book."""
        return self._recent().tokens.issuperset(tokens)

    def suggest(self, query: AnalysedQuery) -> str | None:
        """The query with its unknown words put right; None where all are known or none is near.

        A word is unknown if the catalogue has none of its tokens: 친구와 is known wherever 친구 is.
        """
        words = self._current()
        unknown = query.as_typed(token for token in query.tokens.match if token not in words.tokens)
        if not unknown:
            return None
        typed = query.text.split()
        if len(typed) <= LONGEST_TITLE:
            return words.speller.suggest(query.text)
        mended = [
            words.speller.suggest(word) or word if any(part in word for part in unknown) else word for word in typed
        ]
        return " ".join(mended) if mended != typed else None

    def _recent(self) -> _Words:
        """The words, of a generation that was live a moment ago: on a cluster it takes a request to ask."""
        if self._words is not None and monotonic() - self._asked < ASK_AGAIN_AFTER:
            return self._words
        return self._current()

    def _current(self) -> _Words:
        with self._lock:
            live = self._engine.aliases().get(self._index, self._index)
            if self._words is None or self._words.generation != live:
                self._words = self._read(live)
            self._asked = monotonic()
            return self._words

    def _read(self, generation: str) -> _Words:
        tokens: set[str] = set()
        words: Counter[str] = Counter()
        spoken: Counter[str] = Counter()
        titles: list[str] = []
        names: set[str] = set()
        for document in self._engine.scan(generation, source=["record", *TOKEN_FIELDS]):
            record = document.source["record"]
            title = record["title"]
            titles.append(title)
            words.update(normalize(title).split())
            people = {person["name"] for person in record.get("people", ())}
            words.update(name for name in people for name in (name, *name.split()))
            names.update(people)
            spoken.update({*_spoken(title, document.source.get("title", "")), *people, *_words_of(people)})
            for field in TOKEN_FIELDS:
                tokens.update(document.source.get(field, "").split())
        sounds = SoundLexicon(spoken, names)
        # The first search does not wait for it, unless it is for a word in the other script.
        threading.Thread(target=sounds.warm_up, name="sounds", daemon=True).start()
        return _Words(generation, frozenset(tokens), Speller(words, titles), sounds)


def _spoken(title: str, tokens: str) -> Iterable[str]:
    """What of a title may be asked for by its sound: all of a short one, and its nouns and names."""
    if len(title) <= LONGEST_WHOLE:
        yield title
    yield from (token for token in tokens.split() if len(token) > 1 and _IS_NOUN.fullmatch(token))
    yield from (word for word in spoken_words(title) if not _IS_NOUN.match(word))


def _words_of(names: Iterable[str]) -> Iterable[str]:
    return (word for name in names for word in spoken_words(name))


# Verbs are tokens in the form of a dictionary, which ends in 다.
_IS_NOUN = re.compile("[가-힣]*[가-힣](?<!다)")
