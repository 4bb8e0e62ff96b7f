"""A query put right where nothing matched it as typed: the wrong keyboard, and misspelt words."""

from collections.abc import Iterator

from recommender.search.analysis import AnalysedQuery
from recommender.search.results import Relaxation
from recommender.search.vocabulary import Vocabulary
from recommender.text.keyboard import as_hangul, as_latin, is_gibberish
from recommender.text.morphemes import Analyzer


def corrections(query: AnalysedQuery, analyzer: Analyzer, vocabulary: Vocabulary) -> Iterator[tuple[Relaxation, str]]:
    """What may have been meant, the likeliest first, and what is corrected by it."""
    if typed := on_other_keyboard(query, analyzer, vocabulary):
        yield Relaxation.KEYBOARD, typed
    if not query.is_worry and (spelt := vocabulary.suggest(query)):  # a sentence is no misspelt title
        yield Relaxation.SPELLING, spelt


def on_other_keyboard(query: AnalysedQuery, analyzer: Analyzer, vocabulary: Vocabulary) -> str | None:
    """The query as it would be on the other keyboard, if the catalogue knows those words and not the ones typed."""
    typed = as_hangul(query.text) or as_latin(query.text)
    if typed is None or (vocabulary.knows(query.tokens.match) and not is_gibberish(query.text)):
        return None
    return typed if vocabulary.knows(analyzer.query_tokens(typed).match) else None
