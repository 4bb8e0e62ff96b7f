"""The facts that speak for one candidate: read from its record and from the reader, never guessed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from recommender.appeal.keys import is_likely
from recommender.models import AppealFacet, AppealTerm, Audience, Book
from recommender.readers.ages import years_of
from recommender.recommend.asking import AskedWord
from recommender.recommend.candidates import ASKED_SOURCES, Wanted
from recommender.recommend.candidates.appeal import page_bounds
from recommender.recommend.genres import is_of_genre
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import Evidence, EvidenceCode, TermSource, Trait, TraitKind
from recommender.search.results import LegRank
from recommender.text.normalization import title_key

NEAR_AT_RANK = 10
"""A book is called near in meaning only among the first ten of its leg: every leg has a last."""

NEAR_FROM = 0.78
"""… and only from this score, (1 + cosine) / 2: the nearest book to a question about lattice gauge theory is no answer."""

TELLING_RANK = 30
"""What others borrow is told of the first books of its leg: of the last ones, few borrowed them."""

TELLING_FIELDS = ("subjects", "title", "description")
"""Where a word says what a book is about, the surest first."""


def gather(
    book: Book,
    source: Mapping[str, Any],
    *,
    wanted: Wanted,
    context: ReaderContext,
    legs: Sequence[LegRank],
    is_different: bool = False,
) -> tuple[Evidence, ...]:
    """Everything that speaks for a book, the strongest first.

    Args:
        book: the candidate.
        source: its document, with the token fields.
        wanted: what candidates were looked for by.
        context: what is known of the reader.
        legs: the candidate's place in every leg.
        is_different: whether it was chosen because it is outside of what the reader always reads.
    """
    return (
        *_words(source, wanted),
        *_kind(book, wanted),
        *_authors(book, context),
        *_liked_books(book, wanted, context),
        *_co_borrowed(book, context, legs),
        *_preferences(book, wanted),
        *_appeal(book, wanted),
        *_measures(book, wanted),
        *_leanings(book, wanted),
        *_popular(wanted, context, legs),
        *_taste(legs),
        *((Evidence(EvidenceCode.SOMETHING_DIFFERENT),) if is_different else ()),
        *_meaning(wanted, legs),
        *_availability(book),
    )


def _words(source: Mapping[str, Any], wanted: Wanted) -> Iterator[Evidence]:
    """The words asked for that the record holds, as they were asked; those of its subjects first."""
    asked = [word for word in wanted.asked if word.is_subject and not word.is_form]
    found = [word for field in TELLING_FIELDS for word in _written_together(_held(source, field, asked))]
    # What only an answer or a hint brought in has to stand in front: nobody said the word.
    added = [
        AskedWord(term.text, tokens, is_subject=True) for term, tokens in wanted.terms if term.source in ASKED_SOURCES
    ]
    found += [word.word for field in ("subjects", "title") for word in _held(source, field, added)]
    if words := _unique(found):
        yield Evidence(EvidenceCode.MATCHES_WORDS, words)


def _kind(book: Book, wanted: Wanted) -> Iterator[Evidence]:
    """The kind of book that was asked for, where the record says that it is one: no book is *about* 소설."""
    for trait in wanted.asked_traits:
        is_form = trait.kind is TraitKind.FORM and book.form == trait.value
        if is_form or (trait.kind is TraitKind.GENRE and is_of_genre(book, trait.value)):
            yield Evidence(EvidenceCode.OF_KIND, (trait.value,))
            return


def _measures(book: Book, wanted: Wanted) -> Iterator[Evidence]:
    """For whom and how long, as it was asked for."""
    asked = {(trait.kind, trait.value) for trait in wanted.asked_traits}
    is_telling = book.audience and book.audience is not Audience.ADULTS  # most books are for adults
    if is_telling and (TraitKind.LEVEL, book.audience) in asked:
        yield Evidence(EvidenceCode.FITS_AUDIENCE, (str(book.audience),))
    lengths = [page_bounds(value) for kind, value in asked if kind is TraitKind.PAGES]
    if book.pages and any(_is_between(book.pages, *bounds) for bounds in lengths):
        yield Evidence(EvidenceCode.FITS_LENGTH, (str(book.pages),))


def _authors(book: Book, context: ReaderContext) -> Iterator[Evidence]:
    for entry, liked in zip(context.relevant, context.relevant_books, strict=True):
        for author in book.authors:
            if liked and author in liked.authors:
                yield Evidence(EvidenceCode.SAME_AUTHOR, (author, entry.title))
                return


def _liked_books(book: Book, wanted: Wanted, context: ReaderContext) -> Iterator[Evidence]:
    """The liked book with which this one shares most subjects, and the subjects."""
    best: tuple[str, ...] = ()
    for entry in context.relevant:
        terms = [
            term.text
            for term, _ in wanted.terms
            if term.source is TermSource.HISTORY and term.detail == entry.title and _is_about(book, term.text)
        ]
        if len(terms) >= max(1, len(best)):
            best = (entry.title, *terms)
    if best and best[0] != book.title:
        yield Evidence(EvidenceCode.LIKE_READ_BOOK, best)


def _co_borrowed(book: Book, context: ReaderContext, legs: Sequence[LegRank]) -> Iterator[Evidence]:
    """The liked book with which others borrowed this one."""
    neighbour = context.co_borrowed.get(book.id)
    if neighbour and neighbour.because and _is_among_first(legs, "co_borrowed"):
        yield Evidence(EvidenceCode.CO_BORROWED, (neighbour.because,))


def _popular(wanted: Wanted, context: ReaderContext, legs: Sequence[LegRank]) -> Iterator[Evidence]:
    """That readers of the same age borrow it; what everybody borrows is a reason only for who asks for that."""
    if not _is_among_first(legs, "popular"):
        return
    if context.popular.groups:
        first, last = years_of(context.popular.groups)
        yield Evidence(EvidenceCode.POPULAR, (str(first), str(last) if last else ""))
    elif wanted.wants_popular:
        yield Evidence(EvidenceCode.POPULAR)


def _is_among_first(legs: Sequence[LegRank], name: str) -> bool:
    return any(leg.leg == name and leg.rank <= TELLING_RANK for leg in legs)


def _leanings(book: Book, wanted: Wanted) -> Iterator[Evidence]:
    """The length, level and tone that the reader prefers, as far as the record is certain of them."""
    fitting = (_fitting(book, trait) for trait in wanted.liked_traits)
    if words := tuple(filter(None, fitting)):
        yield Evidence(EvidenceCode.FITS_READER, words)


def _fitting(book: Book, trait: Trait) -> str:
    """What of the book fits a trait, as `kind:value`; nothing where it does not, or the record does not say."""
    if trait.kind is TraitKind.PAGES:
        fits = book.pages and _is_between(book.pages, *page_bounds(trait.value))
        return f"{trait.kind}:{book.pages}" if fits else ""
    certain = {TraitKind.DEPTH: [book.depth], TraitKind.MOOD: book.moods}.get(trait.kind, ())
    return trait.id if trait.value in certain else ""


def _is_between(pages: int, least: int | None, most: int | None) -> bool:
    return (least is None or pages >= least) and (most is None or pages <= most)


def _preferences(book: Book, wanted: Wanted) -> Iterator[Evidence]:
    liked = {title_key(author) for author in wanted.authors}
    authors = [author for author in book.authors if title_key(author) in liked]
    wishes = [term.text for term, _ in wanted.terms if term.source is TermSource.PREFERENCES]
    if held := (*authors, *(wish for wish in wishes if _is_about(book, wish))):
        yield Evidence(EvidenceCode.MATCHES_PREFERENCE, held)


def _appeal(book: Book, wanted: Wanted) -> Iterator[Evidence]:
    """How the book feels, as far as that is asked for; what is only preferred is told by `_leanings`, or here as a guess."""
    wished = {(trait.kind, trait.value) for trait in wanted.traits}
    asked = wished - {(trait.kind, trait.value) for trait in wanted.liked_traits}
    effects = [effect for effect in book.effects if (TraitKind.EFFECT, effect) in asked]
    moods = [mood for mood in book.moods if (TraitKind.MOOD, mood) in asked]
    if effects or moods:
        yield Evidence(EvidenceCode.MATCHES_MOOD, tuple(code.value for code in (*effects, *moods)))
    elif guesses := [term.code for term in book.estimated if is_likely(term) and _is_wished(term, wished)]:
        yield Evidence(EvidenceCode.SEEMS_MOOD, tuple(code.value for code in guesses))
    if book.depth and (TraitKind.DEPTH, book.depth) in asked:
        yield Evidence(EvidenceCode.FITS_DEPTH, (book.depth.value,))


def _is_wished(term: AppealTerm, wished: Collection[tuple[TraitKind, str]]) -> bool:
    """Whether a mood or an effect is asked for."""
    return term.facet in (AppealFacet.MOOD, AppealFacet.EFFECT) and (TraitKind(term.facet), term.code) in wished


def _taste(legs: Sequence[LegRank]) -> Iterator[Evidence]:
    if any(_is_near(leg) for leg in legs if leg.leg == "taste"):
        yield Evidence(EvidenceCode.NEAR_TASTE)


def _is_near(leg: LegRank) -> bool:
    return leg.rank <= NEAR_AT_RANK and leg.score >= NEAR_FROM


def _meaning(wanted: Wanted, legs: Sequence[LegRank]) -> Iterator[Evidence]:
    if wanted.is_asked and any(_is_near(leg) for leg in legs if leg.leg == "dense"):
        yield Evidence(EvidenceCode.NEAR_IN_MEANING)


def _availability(book: Book) -> Iterator[Evidence]:
    if book.available:
        yield Evidence(EvidenceCode.AVAILABLE, (book.call_number,) if book.call_number else ())


def _held(source: Mapping[str, Any], field: str, words: Sequence[AskedWord]) -> list[AskedWord]:
    """The words all of whose tokens one field holds."""
    held = set(source.get(field, "").split())
    return [word for word in words if word.tokens and held.issuperset(word.tokens)]


def _written_together(words: Sequence[AskedWord]) -> list[str]:
    """Words as they were written: 추리 and 소설 of "추리소설" are one."""
    whole: list[tuple[str, int]] = []  # word and where it ends
    for word in words:
        end = word.start + len(word.word)
        if whole and whole[-1][1] == word.start:
            whole[-1] = (whole[-1][0] + word.word, end)
        else:
            whole.append((word.word, end))
    return [word for word, _ in whole]


def _is_about(book: Book, term: str) -> bool:
    """Whether the term is a subject of the record, or begins or ends one: 가족 in 가족소설, not 일 in 일제강점기."""
    wanted = _squeezed(term)
    subjects = [_squeezed(subject) for subject in (*book.keywords, *book.categories)]
    if len(wanted) == 1:
        return wanted in subjects
    return any(subject.startswith(wanted) or subject.endswith(wanted) for subject in subjects)


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())


def _unique(words: Sequence[str]) -> tuple[str, ...]:
    """Each word once, and none that is a part of one before it."""
    kept: list[str] = []
    for word in words:
        if not any(word.casefold() in other.casefold() for other in kept):
            kept.append(word)
    return tuple(kept)
