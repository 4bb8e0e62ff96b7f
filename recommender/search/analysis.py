"""Taking a query apart once, for all the bodies that are built from it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from recommender.call_numbers import call_number_key
from recommender.search.request import Filters
from recommender.search.routing.kinds import SENTENCES, QueryKind, QueryLanguage, kind_of, language_of
from recommender.search.sounds import SoundReading
from recommender.text.isbn import isbn_forms, parse_isbn
from recommender.text.morphemes import Analyzer, QueryTokens
from recommender.text.normalization import normalize, title_bigrams, title_key
from recommender.text.slips import slip_keys
from recommender.text.terms import Term

VERB_TAGS = ("VV", "VA", "VX", "XSV", "XSA")

MOST_NAME_SPACES = 4
LONGEST_NAME = 40
"""Letters; Gabriel José de la Concordia García Márquez has 38."""

_WORKBOOKS = re.compile(r"문제집|기출|모의고사|참고서|자습서|교재|워크북|workbook|textbook|past papers?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """A query in every form in which the index may hold it; all empty for an empty query."""

    text: str
    tokens: QueryTokens
    bigrams: tuple[str, ...]
    title_key: str
    call_number: str
    isbns: tuple[str, ...]
    kind: QueryKind = QueryKind.KEYWORDS
    language: QueryLanguage = QueryLanguage.KOREAN
    slips: tuple[str, ...] = ()  # keys that it shares with a title from which it differs by one letter
    names: tuple[str, ...] = ()  # of authors whose books come first
    sounds: tuple[SoundReading, ...] = ()  # what it may be in the other script
    spoken: Mapping[str, str] = field(default_factory=dict)  # token → the word of the query it was made from

    @property
    def is_identifier(self) -> bool:
        """Whether it is an ISBN or a call number, which have no meaning that another book could be near to."""
        return self.kind is QueryKind.IDENTIFIER

    @property
    def is_worry(self) -> bool:
        """Whether it is a sentence somebody says, and not about workbooks."""
        return self.kind in SENTENCES and not _WORKBOOKS.search(self.text)

    @property
    def may_be_a_name(self) -> bool:
        """Whether the whole query may be what an author is called."""
        few_words = self.text.count(" ") <= MOST_NAME_SPACES and 1 < len(self.title_key) <= LONGEST_NAME
        return few_words and self.kind is QueryKind.KEYWORDS and not any(map(str.isdigit, self.title_key))

    def as_typed(self, tokens: Iterable[str]) -> tuple[str, ...]:
        """Tokens as the words that were typed: a reader asked for "Harry", not for "harri"."""
        return tuple(dict.fromkeys(self.spoken.get(token, token) for token in tokens))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for, so that a search browses."""
        return not self.text


def analyse(text: str, analyzer: Analyzer) -> AnalysedQuery:
    """Take a query apart."""
    text = normalize(text)
    isbn = parse_isbn(text)
    return AnalysedQuery(
        text=text,
        tokens=analyzer.query_tokens(text),
        bigrams=tuple(title_bigrams(text)),
        title_key=title_key(text),
        call_number=call_number_key(text),
        isbns=isbn_forms(isbn) if isbn else (),
        slips=tuple(slip_keys(text)) if isbn is None else (),
        kind=kind_of(text, analyzer.morphemes(text), is_isbn=isbn is not None),
        language=language_of(text),
        spoken={token: _said(term, text) for term in analyzer.terms(text) for token in term.tokens},
    )


def in_tokens(filters: Filters, analyzer: Analyzer) -> Filters:
    """The same filters with the tokens of their words, and of what the query itself says."""
    if not filters.words and filters.also is None:
        return filters
    tokens = {words: analyzer.query_tokens(words).match for words in filters.words}
    return replace(filters, tokens=tokens, also=in_tokens(filters.also, analyzer) if filters.also else None)


def _said(term: Term, text: str) -> str:
    """A term as people would name it: verbs in their dictionary form, because 읽 alone is no word."""
    if term.match and term.tag.startswith(VERB_TAGS):
        return term.match[0]
    return text[term.start : term.end]
