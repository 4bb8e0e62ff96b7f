"""Adding to the question what it hints at and what is known of the reader, each part with its source: pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from recommender.bundle import EnrichmentBundle
from recommender.models import Book, HistoryEntry
from recommender.recommend.hints import QUESTION
from recommender.recommend.intake import Answer
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import (
    AS_IT_IS,
    EditedQuestion,
    EnrichedQuestion,
    EnrichedTerm,
    TermSource,
    Trait,
)


def enrich(
    text: str,
    answers: Sequence[Answer],
    context: ReaderContext,
    limits: EnrichmentBundle,
    *,
    language: str,
    edited: EditedQuestion = AS_IT_IS,
    restrictions: Iterable[Trait] = (),
) -> EnrichedQuestion:
    """The question with the terms and traits of its hints, of the intake, of liked books and of preferences, none twice.

    What the bundle gives no weight is not added, nor what the reader has removed. What the question itself restricts
    stands among the traits, so that it can be removed, too; what was removed is told, so that it can be put back.
    """
    terms = _new(
        text,
        (
            *_own_terms(edited, limits),
            *_answer_terms(answers, limits, language),
            *_preference_terms(context, limits),
            *_history_terms(context, limits),
        ),
    )
    asked = tuple(_answer_traits(answers, limits))
    traits = (*restrictions, *asked, *_leaning_traits(context, asked, limits))
    parts: tuple[EnrichedTerm | Trait, ...] = (*traits, *terms)
    return EnrichedQuestion(
        text=text,
        terms=tuple(term for term in terms if _stays(term, edited)),
        traits=tuple(trait for trait in traits if _stays(trait, edited)),
        removed=tuple(part for part in parts if not _stays(part, edited)),
        read_books=tuple(entry.title for entry in context.relevant),
        left_out=len(context.history),
    )


def _stays(part: EnrichedTerm | Trait, edited: EditedQuestion) -> bool:
    """Whether the reader left it in; what they add themselves always counts."""
    return part.source is TermSource.OWN or edited.keeps(part.id)


def _new(text: str, terms: Iterable[EnrichedTerm]) -> tuple[EnrichedTerm, ...]:
    """The terms that say something besides the text, none twice."""
    kept: dict[str, EnrichedTerm] = {}
    for term in terms:
        if term.weight and term.text.casefold() not in text.casefold():
            kept.setdefault(term.id, term)
    return tuple(kept.values())


def _own_terms(edited: EditedQuestion, limits: EnrichmentBundle) -> Iterator[EnrichedTerm]:
    return (EnrichedTerm(text, TermSource.OWN, limits.own_weight) for text in edited.added)


def _answer_terms(answers: Iterable[Answer], limits: EnrichmentBundle, language: str) -> Iterator[EnrichedTerm]:
    for answer in answers:
        words = (*answer.words, *(answer.meaning.terms(language) if answer.meaning else ()))
        weight = limits.hint_weight if answer.field == QUESTION else limits.intake_weight
        for word in words:
            yield EnrichedTerm(word, _source(answer), weight, detail=_detail(answer))


def _answer_traits(answers: Sequence[Answer], limits: EnrichmentBundle) -> Iterator[Trait]:
    """Each trait once, under the first answer that asks for it, with the weight of all that do."""
    asked = [(trait, answer) for answer in answers if answer.meaning for trait in answer.meaning.traits()]
    times = Counter(trait for trait, _ in asked)
    first = dict(reversed(asked))
    for (kind, value), count in times.items():
        answer = first[kind, value]
        if weight := limits.trait_weights.get(kind, 0.0):
            yield Trait(kind, value, _source(answer), weight * count, _detail(answer))


def _leaning_traits(context: ReaderContext, asked: Sequence[Trait], limits: EnrichmentBundle) -> Iterator[Trait]:
    """The length, level and tone that the reader prefers, but for what is asked of them today."""
    today = {trait.kind for trait in asked}
    for answer in context.leanings:
        for kind, value in answer.meaning.traits() if answer.meaning else ():
            weight = limits.trait_weights.get(kind, 0.0)
            if weight and kind not in today:
                yield Trait(kind, value, TermSource.PREFERENCES, weight, answer.said)


def _source(answer: Answer) -> TermSource:
    return TermSource.QUESTION if answer.field == QUESTION else TermSource.INTAKE


def _detail(answer: Answer) -> str:
    return answer.said if answer.field == QUESTION else f"{answer.field}: {answer.said}"


def _preference_terms(context: ReaderContext, limits: EnrichmentBundle) -> Iterator[EnrichedTerm]:
    for wish in context.wishes:
        weight = limits.preference_weight * wish.weight
        yield EnrichedTerm(wish.name, TermSource.PREFERENCES, weight, detail=wish.name, given=wish.weight)
    for answer in context.leanings:
        for word in answer.words:
            yield EnrichedTerm(word, TermSource.PREFERENCES, limits.preference_weight, detail=answer.said)


def _history_terms(context: ReaderContext, limits: EnrichmentBundle) -> Iterator[EnrichedTerm]:
    for entry, book in zip(context.relevant, context.relevant_books, strict=True):
        for word in _subjects(entry, book)[: limits.terms_per_book]:
            yield EnrichedTerm(word, TermSource.HISTORY, limits.history_weight, detail=entry.title, given=entry.rating)


def _subjects(entry: HistoryEntry, book: Book | None) -> list[str]:
    """What a read book is about: the record's keywords, and the genres the reader's history names."""
    return list(dict.fromkeys((*(book.keywords if book else ()), *entry.genres)))
