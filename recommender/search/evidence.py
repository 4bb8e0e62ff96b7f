"""Why a hit is there: made from what matched, never invented."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from recommender.models import Book
from recommender.search.analysis import AnalysedQuery
from recommender.search.results import LegRank, Why, WhyCode
from recommender.search.sounds import SOUND_FIELDS, Spelling
from recommender.text.highlighting import Fragment, highlight, snippet
from recommender.text.morphemes import Analyzer

TOKEN_FIELDS: Mapping[str, WhyCode] = {
    "title": WhyCode.TITLE,
    "people": WhyCode.PEOPLE,
    "subjects": WhyCode.SUBJECTS,
    "description": WhyCode.DESCRIPTION,
    "publisher": WhyCode.PUBLISHER,
}

SOURCE_FIELDS = ("record", "title_keys", "call_number", "isbn", *TOKEN_FIELDS)
"""What of a document has to be read to show a hit and say why it is there."""


def matched_words(source: Mapping[str, Any], tokens: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Field → the query's tokens that it holds, in the query's order; only fields that hold any."""
    found: dict[str, tuple[str, ...]] = {}
    for field in TOKEN_FIELDS:
        held = set(source.get(field, "").split())
        if words := tuple(token for token in tokens if token in held):
            found[field] = words
    return found


def heard_words(source: Mapping[str, Any], query: AnalysedQuery) -> tuple[Spelling, ...]:
    """What of a book's title and names sounds like the query in the other script, in the query's order."""
    held = [*(source.get(field, "").split() for field in SOUND_FIELDS), source.get("title_keys", ())]
    for reading in query.sounds:
        found = (next((each for each in part if _holds(held, each)), None) for part in reading.parts)
        heard = tuple(filter(None, found))
        if len(heard) >= reading.least_parts:
            return heard
    return ()


def _holds(fields: Iterable[Collection[str]], spelling: Spelling) -> bool:
    return any(set(spelling.tokens) <= set(tokens) or spelling.title_key in tokens for tokens in fields)


def why(
    book: Book,
    source: Mapping[str, Any],
    query: AnalysedQuery,
    words: Mapping[str, tuple[str, ...]],
    legs: tuple[LegRank, ...],
    *,
    ahead: WhyCode | None = None,
) -> tuple[Why, ...]:
    """All reasons for a hit, the strongest first.

    Args:
        book: the hit.
        source: its document.
        query: what was looked for.
        words: the query's words that each of its fields holds (`matched_words`).
        legs: its place in every leg.
        ahead: why it stands before nearly equal books, if it was put there.
    """
    reasons = _exact(source, query)
    if heard := heard_words(source, query):
        reasons.append(Why(WhyCode.SOUND, tuple(spelling.text for spelling in heard)))
    reasons += [Why(code, _spoken(query, words[field])) for field, code in TOKEN_FIELDS.items() if field in words]
    names = {leg.leg for leg in legs}
    if "lexical" in names and not reasons:
        reasons.append(_volume(book, query) or Why(WhyCode.TITLE_SPELLING))
    if "dense" in names:
        reasons.append(Why(WhyCode.MEANING))
    if ahead:
        reasons.append(Why(ahead))
    return tuple(reasons)


def _spoken(query: AnalysedQuery, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Tokens as the words that were typed; of 불안 and 불안해서 only what the word is about."""
    telling = tuple(token for token in tokens if token in query.tokens.match)
    return query.as_typed(telling or tokens)


def _volume(book: Book, query: AnalysedQuery) -> Why | None:
    """The first volume whose own title holds a word of the query; the work's title holds none."""
    words = query.as_typed(query.tokens.match)
    titles = (holding.title for holding in book.holdings if any(word in holding.title for word in words))
    return next((Why(WhyCode.VOLUME, (title,)) for title in titles), None)


def _exact(source: Mapping[str, Any], query: AnalysedQuery) -> list[Why]:
    if query.isbns and set(query.isbns) & set(source.get("isbn", ())):
        return [Why(WhyCode.ISBN, (query.isbns[0],))]
    if query.title_key and query.title_key in source.get("title_keys", ()):
        return [Why(WhyCode.EXACT_TITLE)]
    if query.call_number and query.call_number in source.get("call_number", ()):
        return [Why(WhyCode.CALL_NUMBER)]
    return []


def with_heard(
    words: Mapping[str, tuple[str, ...]], source: Mapping[str, Any], query: AnalysedQuery
) -> dict[str, tuple[str, ...]]:
    """The same words of each field, and in titles and names those that sound like the query."""
    marked = dict(words)
    tokens = [token for spelling in heard_words(source, query) for token in spelling.tokens]
    for field in SOUND_FIELDS:
        if here := [token for token in tokens if token in source.get(field, "").split()]:
            marked[field] = tuple(dict.fromkeys((*words.get(field, ()), *here)))
    return marked


def highlights(book: Book, words: Mapping[str, tuple[str, ...]], analyzer: Analyzer) -> dict[str, tuple[Fragment, ...]]:
    """The shown texts with what matched marked; only texts in which something did are analysed."""
    marked: dict[str, tuple[Fragment, ...]] = {}
    if "title" in words:
        marked["title"] = highlight(full_title(book), words["title"], analyzer)
    if "people" in words:
        marked["people"] = highlight(", ".join(person.name for person in book.people), words["people"], analyzer)
    if "description" in words:
        marked["description"] = snippet(book.description, words["description"], analyzer)
    return marked


def full_title(book: Book) -> str:
    """The title with its subtitle, as pages show it."""
    return f"{book.title} : {book.subtitle}" if book.subtitle else book.title
