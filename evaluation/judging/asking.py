"""What the product answers to questions, kept for judges."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from evaluation.judging.failures import Failure, failures_of
from evaluation.judging.values import JudgedBook, JudgedQuestion, ReaderFacts, Spent, StoredAnswer
from recommender.errors import SeogaError
from recommender.models import Book, HistoryEntry, Preferences
from recommender.recommend.intake import FIELDS
from recommender.recommend.updates import GENERATOR_UNAVAILABLE
from recommender.recommend.values import Question, Recommendation, Recommendations

MOST_READ = 30
"""Books of a history that a judge is shown: the best rated; a judge who has to read more reads none."""

LONGEST_DESCRIPTION = 700
"""Characters of a record's description that a judge is shown."""


class Recommender(Protocol):
    """The part of the recommendation service that is judged."""

    def recommend(self, question: Question) -> Recommendations:
        """The whole answer."""


class Readers(Protocol):
    """The part of the reader store that tells judges of a reader."""

    def history(self, reader_id: str) -> Sequence[HistoryEntry]:
        """What was read."""

    def preferences(self, reader_id: str) -> Preferences | None:
        """What the reader says they like."""


@dataclass(frozen=True, slots=True)
class System:
    """One way of answering that is judged.

    Args:
        name: in tables; no judge sees it.
        recommender: answers.
        question: what it makes of a question: another method, another number of candidates.
        settings: what tells it from others.
    """

    name: str
    recommender: Recommender
    question: Callable[[Question], Question]
    settings: Mapping[str, str]


def answers_of(
    system: System,
    questions: Sequence[Question],
    readers: Readers,
    held: Collection[str],
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[StoredAnswer]:
    """The system's answer to each question, in their order.

    The first question is asked once beforehand, so that no answer's seconds hold the loading of a model.

    Args:
        system: answers.
        questions: what is asked.
        readers: tells judges of readers.
        held: ids of the catalogue's books.
        clock: seconds.
    """
    for question in questions[:1]:
        _asked(system, question, readers, held, clock)
    for question in questions:
        yield _asked(system, question, readers, held, clock)


def judged_question(question: Question, readers: Readers) -> JudgedQuestion:
    """A question as a judge is told of it: with what is known of the reader, without who it is."""
    answers = {name: value for name in FIELDS if (value := getattr(question.intake, name))}
    facts = reader_facts(question.reader_id, readers) if question.reader_id else ReaderFacts()
    return JudgedQuestion(question.text, answers, question.language, facts)


def reader_facts(reader_id: str, readers: Readers) -> ReaderFacts:
    """What a judge is told of a reader."""
    history = sorted(readers.history(reader_id), key=lambda entry: -(entry.rating or 0.0))
    preferences = readers.preferences(reader_id) or Preferences(reader_id)
    style = (preferences.preferred_length, preferences.complexity, preferences.tone)
    return ReaderFacts(
        read=tuple(_read(entry) for entry in history[:MOST_READ]),
        genres=tuple(genre.name for genre in preferences.genres),
        keywords=preferences.keywords,
        authors=preferences.authors,
        avoid_topics=preferences.avoid_topics,
        disliked_authors=preferences.disliked_authors,
        style=tuple(filter(None, style)),
    )


def judged_book(book: Book, *, why: str = "", help_text: str = "") -> JudgedBook:
    """A record as a judge is shown it."""
    published = ", ".join(filter(None, (book.publisher, str(book.year or ""))))
    return JudgedBook(
        title=f"{book.title} : {book.subtitle}" if book.subtitle else book.title,
        book_id=book.id,
        authors=", ".join(book.authors),
        published=published,
        keywords=book.keywords,
        description=book.description[:LONGEST_DESCRIPTION],
        why=why,
        help=help_text,
    )


def _asked(
    system: System, question: Question, readers: Readers, held: Collection[str], clock: Callable[[], float]
) -> StoredAnswer:
    asked, put = judged_question(question, readers), system.question(question)
    began = clock()
    try:
        answer = system.recommender.recommend(put)
    except SeogaError as error:
        spent = Spent(seconds=clock() - began)
        return StoredAnswer(
            system.name,
            asked,
            settings={**system.settings, "error": _without_reader(error, put)},
            spent=spent,
            failures=(Failure.ERROR,),
        )
    seconds = clock() - began
    books = tuple(_judged(one, held) for one in answer.recommendations)
    unavailable = (Failure.UNAVAILABLE,) if answer.notice == GENERATOR_UNAVAILABLE else ()
    return StoredAnswer(
        system=system.name,
        question=asked,
        books=books,
        settings=system.settings,
        spent=Spent(answer.usage.prompt_tokens, answer.usage.completion_tokens, seconds),
        failures=(*failures_of(books, size=put.size), *unavailable),
    )


def _without_reader(error: SeogaError, question: Question) -> str:
    """What went wrong, without who asked: answers are kept, readers' numbers are not."""
    return str(error).replace(question.reader_id, "…") if question.reader_id else str(error)


def _judged(recommendation: Recommendation, held: Collection[str]) -> JudgedBook:
    """A recommended book; one that is not among the catalogue's is none of it, whatever the answer says."""
    book = recommendation.book
    reasons = recommendation.reasons
    judged = judged_book(book, why=reasons.why, help_text=reasons.help)
    return (
        judged
        if book.id in held
        else JudgedBook(judged.title, authors=judged.authors, why=judged.why, help=judged.help)
    )


def _read(entry: HistoryEntry) -> str:
    return entry.title if entry.rating is None else f"{entry.title} ({entry.rating:g}/5)"
