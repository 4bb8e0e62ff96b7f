"""The reader as a prompt tells them: a few short lines, bounded, in the language of the answer. Pure.

With staged retrieval the reader has shaped the candidates already, and only what bears on the question is told. With the
direct prompt nothing has been: history with ratings and notes, and what the reader said they like, are all that a model has.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from recommender.bundle import Method
from recommender.models import HistoryEntry, Preferences
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EnrichedQuestion, TermSource

MOST_TERMS = 12
"""Words of a line: a small model takes a list of forty for the question."""

MOST_BOOKS = 10
"""Read books in a direct prompt, the latest first: some 40 tokens each with their notes."""

MAX_NOTE = 80
"""Characters of a reader's note on a book."""

_WORDS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "liked": "좋게 읽은 책",
        "read": "읽은 책",
        "wishes": "좋아하는 것",
        "answers": "지금 바라는 것",
        "authors": "좋아하는 작가",
        "avoid": "피하고 싶은 것",
        "disliked": "좋아하지 않는 작가",
        "length": "좋아하는 길이",
        "complexity": "좋아하는 난이도",
        "tone": "좋아하는 분위기",
    },
    "en": {
        "liked": "liked",
        "read": "read",
        "wishes": "likes",
        "answers": "wishes now",
        "authors": "favourite authors",
        "avoid": "wants to avoid",
        "disliked": "dislikes the authors",
        "length": "preferred length",
        "complexity": "preferred difficulty",
        "tone": "preferred tone",
    },
}


def profile_lines(
    enriched: EnrichedQuestion, context: ReaderContext, *, method: Method, language: str
) -> tuple[str, ...]:
    """What a model is told of the reader, one fact a line; nothing for a question without answers and without a reader.

    Args:
        enriched: the question as it was looked for; what the reader took out of it is not told either.
        context: what is known of the reader.
        method: staged retrieval or direct prompt.
        language: ko or en.
    """
    facts = _direct_facts(enriched, context) if method is Method.DIRECT else _staged_facts(enriched, context)
    words = _WORDS[language]
    return tuple(f"{words[name]}: {', '.join(values)}" for name, values in facts if values)


def _staged_facts(enriched: EnrichedQuestion, context: ReaderContext) -> Iterator[tuple[str, Sequence[str]]]:
    yield "answers", _terms(enriched, TermSource.OWN, TermSource.INTAKE)
    yield "liked", [_told(entry) for entry in context.relevant]
    yield "wishes", _terms(enriched, TermSource.PREFERENCES, TermSource.HISTORY)


def _direct_facts(enriched: EnrichedQuestion, context: ReaderContext) -> Iterator[tuple[str, Sequence[str]]]:
    yield "answers", _terms(enriched, TermSource.OWN, TermSource.INTAKE)
    latest = sorted(context.history, key=lambda entry: entry.read_on, reverse=True)[:MOST_BOOKS]
    yield "read", [_told(entry, with_note=True) for entry in latest]
    if context.preferences:
        yield from _preference_facts(context.preferences)


def _preference_facts(preferences: Preferences) -> Iterator[tuple[str, Sequence[str]]]:
    genres = sorted(preferences.genres, key=lambda genre: -genre.weight)
    yield "wishes", _some([*(genre.name for genre in genres), *preferences.keywords])
    yield "authors", _some(preferences.authors)
    yield "avoid", _some(preferences.avoid_topics)
    yield "disliked", _some(preferences.disliked_authors)
    yield "length", _some([preferences.preferred_length])
    yield "complexity", _some([preferences.complexity])
    yield "tone", _some([preferences.tone])


def _terms(enriched: EnrichedQuestion, *sources: TermSource) -> list[str]:
    return _some(term.text for term in enriched.terms if term.source in sources)


def _some(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))[:MOST_TERMS]


def _told(entry: HistoryEntry, *, with_note: bool = False) -> str:
    """A read book: `아몬드 (5/5, “윤재가 웃는 장면…”)`."""
    rating = "" if entry.rating is None else f"{entry.rating:g}/5"
    note = f"“{entry.note[:MAX_NOTE]}”" if with_note and entry.note else ""
    about = ", ".join(part for part in (rating, note) if part)
    return f"{entry.title} ({about})" if about else entry.title
