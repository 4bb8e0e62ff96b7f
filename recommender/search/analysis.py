"""Taking a query apart once, for all the bodies that are built from it."""

from dataclasses import dataclass

from recommender.call_numbers import call_number_key
from recommender.text.isbn import isbn_forms, parse_isbn
from recommender.text.morphemes import Analyzer, QueryTokens
from recommender.text.normalization import normalize, title_bigrams, title_key


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """A query in every form in which the index may hold it; all empty for an empty query."""

    text: str
    tokens: QueryTokens
    bigrams: tuple[str, ...]
    title_key: str
    call_number: str
    isbns: tuple[str, ...]

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
    )
