"""The catalogue's own words, for *did you mean*."""

import threading
from collections import Counter

from recommender.engine.base import Engine
from recommender.text.normalization import normalize
from recommender.text.spelling import Speller


class Vocabulary:
    """A speller over the titles and names of the live generation.

    It is built when the first search finds nothing, and again after the catalogue changed.
    """

    def __init__(self, engine: Engine, index: str) -> None:
        self._engine = engine
        self._index = index
        self._lock = threading.Lock()
        self._generation: str | None = None
        self._speller: Speller | None = None

    def suggest(self, query: str) -> str | None:
        """The query with its unknown words put right, or None where there is nothing better."""
        return self._current().suggest(query)

    def _current(self) -> Speller:
        with self._lock:
            live = self._engine.aliases().get(self._index, self._index)
            if self._speller is None or live != self._generation:
                self._speller = self._build()
                self._generation = live
            return self._speller

    def _build(self) -> Speller:
        words: Counter[str] = Counter()
        titles: list[str] = []
        for document in self._engine.scan(self._index, source=["record"]):
            record = document.source["record"]
            titles.append(record["title"])
            words.update(normalize(record["title"]).split())
            for person in record.get("people", ()):
                words.update((person["name"], *person["name"].split()))
        return Speller(words, titles)
