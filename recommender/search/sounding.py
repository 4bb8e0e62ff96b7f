"""Names and titles that a query gives in the other script: demian is 데미안, and 해리 포터 is Harry Potter."""

from collections.abc import Iterable, Iterator

from recommender.engine.base import Engine, Search
from recommender.search.analysis import AnalysedQuery
from recommender.search.sounds import SoundReading, Spelling, sound_clause
from recommender.search.vocabulary import Vocabulary
from recommender.text.morphemes import Analyzer
from recommender.text.normalization import title_key
from recommender.text.sound_lexicon import Part
from recommender.text.terms import NAME_TAG

_STEEPNESS = 5.0
_LEAST_WEIGHT = 0.1
"""A spelling that is a tenth less alike than the likeliest counts half: 월든 for Walden goes before 웰던."""


class SoundReader:
    """Reads queries by their sound, as the live catalogue allows.

    Args:
        engine: where the catalogue is.
        index: its name.
        analyzer: for the tokens of what was read.
        vocabulary: the catalogue's names, titles and words.
    """

    def __init__(self, engine: Engine, index: str, analyzer: Analyzer, vocabulary: Vocabulary) -> None:
        self._engine = engine
        self._index = index
        self._analyzer = analyzer
        self._vocabulary = vocabulary

    def readings(self, query: AnalysedQuery) -> tuple[SoundReading, ...]:
        """The readings of a query that some book holds; none for most queries."""
        divisions = self._vocabulary.sounds.heard(query.text)
        if divisions and self._is_known(query):
            divisions = self._vocabulary.sounds.heard(query.text, is_known=True)
        if not divisions:
            return ()
        readings = [self._reading(parts) for parts in divisions]
        bodies = [{"query": {"bool": {"filter": [sound_clause(reading)]}}, "size": 0} for reading in readings]
        answers = self._engine.msearch([Search(self._index, body) for body in bodies])
        return tuple(reading for reading, answer in zip(readings, answers, strict=True) if answer.total)

    def _is_known(self, query: AnalysedQuery) -> bool:
        """Whether the catalogue has its words as they are, and none is a name or in no dictionary."""
        if not self._vocabulary.knows(query.tokens.match):
            return False
        return all(found.tag != NAME_TAG and found.known for found in self._analyzer.morphemes(query.text))

    def _reading(self, parts: Iterable[Part]) -> SoundReading:
        return SoundReading(tuple(tuple(self._spellings(part)) for part in parts))

    def _spellings(self, part: Part) -> Iterator[Spelling]:
        best = part[0][1]
        for text, alike in part:
            weight = max(_LEAST_WEIGHT, 1 - _STEEPNESS * (best - alike))
            yield Spelling(text, self._analyzer.query_tokens(text).match, title_key(text), weight)
