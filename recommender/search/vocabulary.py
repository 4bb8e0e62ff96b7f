"""The catalogue's own words, for *did you mean*."""

import threading
from collections import Counter
from dataclasses import dataclass

from recommender.engine.base import Engine
from recommender.search.analysis import AnalysedQuery
from recommender.text.normalization import normalize
from recommender.text.spelling import Speller

LONGEST_TITLE = 4
"""Words; a longer query is no misspelt title, so only its unknown words are put right, one by one."""

TOKEN_FIELDS = ("title", "people", "subjects", "description")


@dataclass(frozen=True, slots=True)
class _Words:
    """What one generation of the catalogue knows."""

    generation: str
    tokens: frozenset[str]
    speller: Speller


class Vocabulary:
    """The words of the live generation.

    They are read when the first search finds nothing, and again after the catalogue changed.
    """

    def __init__(self, engine: Engine, index: str) -> None:
        self._engine = engine
        self._index = index
        self._lock = threading.Lock()
        self._words: _Words | None = None

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

    def _current(self) -> _Words:
        with self._lock:
            live = self._engine.aliases().get(self._index, self._index)
            if self._words is None or self._words.generation != live:
                self._words = self._read(live)
            return self._words

    def _read(self, generation: str) -> _Words:
        tokens: set[str] = set()
        words: Counter[str] = Counter()
        titles: list[str] = []
        for document in self._engine.scan(generation, source=["record", *TOKEN_FIELDS]):
            record = document.source["record"]
            titles.append(record["title"])
            words.update(normalize(record["title"]).split())
            for person in record.get("people", ()):
                words.update((person["name"], *person["name"].split()))
            for field in TOKEN_FIELDS:
                tokens.update(document.source.get(field, "").split())
        return _Words(generation, frozenset(tokens), Speller(words, titles))
