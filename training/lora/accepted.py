"""Pairs from recommendations that were accepted: the product's own answers, and answers that judges graded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from evaluation.judging.values import Judgement
from recommender.bundle import EnrichmentBundle
from recommender.models import Book
from recommender.recommend.composing import evidence_sentences
from recommender.recommend.values import EnrichedQuestion, Evidence, EvidenceCode, Intake
from training.lora.pairs import json_lines, terms_of, traits_of
from training.lora.questions import enriched_question, language_of
from training.lora.values import Example, Found, Place

LEAST_GRADE = 4.0
"""Of 0 to 5: what judges call a good fit."""

Records = Callable[[Sequence[str]], Mapping[str, Book]]
"""Ids of books → their records, as far as the library holds them."""

Grades = Mapping[tuple[str, str], float]
"""(answer, book) → the mean grade that judges gave it."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What counts as accepted.

    Args:
        least_grade: of what judges gave, or of `grade` beside a book.
        grades: what judges gave.
    """

    least_grade: float
    grades: Grades


def grades_of(judgements: Sequence[Judgement]) -> Grades:
    """The mean of all judges' grades of each book of each answer."""
    given: dict[tuple[str, str], list[float]] = {}
    for judgement in judgements:
        if judgement.grade is not None:
            given.setdefault((judgement.answer, judgement.book), []).append(judgement.grade)
    return {book: fmean(grades) for book, grades in given.items()}


def read_accepted(path: Path, acceptance: Acceptance, records: Records, limits: EnrichmentBundle) -> Found:
    """The accepted recommendations of a file with an answer a line.

    A line is an answer of the endpoint `/api/v1/recommendations`, each accepted recommendation of it (or the whole answer) marked by
    `"accepted": true` or a `"grade"`, or an answer that `python -m evaluation compare` or `judge answer` kept.

    Raises:
        InputError: the file cannot be read.
    """
    found = Found()
    for place, line in json_lines(path):
        if isinstance(line, ValueError):
            found.reject(place, "", str(line), "is no JSON object; write one answer a line")
            continue
        try:
            wishes = list(_wishes(line, acceptance, limits))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"is neither an answer of the endpoint nor one kept by `python -m evaluation` ({error!r})"
            found.reject(place, "", "", f"{reason}; write answers as they came")
            continue
        _take(wishes, place, records, found)
    return found


@dataclass(frozen=True, slots=True)
class _Wish:
    """One recommended book of an answer, before its record is looked up."""

    enriched: EnrichedQuestion
    book_id: str
    title: str
    why: str
    help: str
    evidence: tuple[Evidence, ...]
    language: str
    is_accepted: bool


def _take(wishes: Sequence[_Wish], place: Place, records: Records, found: Found) -> None:
    """Make pairs of what was accepted and is held; the rest is told."""
    wanted = [wish for wish in wishes if wish.is_accepted]
    books = records([wish.book_id for wish in wanted if wish.book_id])
    shelf = frozenset(wish.title for wish in wishes)
    for wish in wishes:
        if not wish.is_accepted:
            found.reject(place, "book", wish.title, "was not accepted; mark it, or have it judged, to learn from it")
        elif wish.book_id not in books:
            found.reject(
                place, "book", wish.title, f"the library holds no book {wish.book_id!r}; load the catalogue it is from"
            )
        else:
            book = books[wish.book_id]
            facts = evidence_sentences(book, wish.evidence, language=wish.language)
            found.examples.append(
                Example(wish.enriched, book, wish.why, wish.help, wish.language, place, facts=facts, shelf=shelf)
            )


def _wishes(line: Mapping[str, Any], acceptance: Acceptance, limits: EnrichmentBundle) -> Iterator[_Wish]:
    return _of_endpoint(line, acceptance) if "recommendations" in line else _of_evaluation(line, acceptance, limits)


def _of_endpoint(line: Mapping[str, Any], acceptance: Acceptance) -> Iterator[_Wish]:
    enriched = line["enriched"]
    question = EnrichedQuestion(
        str(enriched["text"]),
        terms=terms_of(enriched["terms"]),
        traits=traits_of(enriched.get("traits", ())),
        read_books=tuple(map(str, enriched["read_books"])),
    )
    for one in line["recommendations"]:
        why, help_ = str(one["reasons"]["why"]), str(one["reasons"]["help"])
        yield _Wish(
            question,
            book_id=str(one["book"]["id"]),
            title=str(one["book"]["title"]),
            why=why,
            help=help_,
            evidence=tuple(Evidence(EvidenceCode(fact["code"]), tuple(fact["words"])) for fact in one["evidence"]),
            language=language_of((why, help_)),
            is_accepted=_is_marked(one, acceptance) or _is_marked(line, acceptance),
        )


def _is_marked(marked: Mapping[str, Any], acceptance: Acceptance) -> bool:
    grade = marked.get("grade")
    if grade is None:
        return marked.get("accepted") is True
    return float(grade) >= acceptance.least_grade


def _of_evaluation(line: Mapping[str, Any], acceptance: Acceptance, limits: EnrichmentBundle) -> Iterator[_Wish]:
    from evaluation.judging.values import JudgedQuestion, ReaderFacts

    asked = line["question"]
    facts = {name: tuple(values) for name, values in asked["reader"].items()}
    judged = JudgedQuestion(asked["text"], asked["answers"], asked["language"], ReaderFacts(**facts))
    intake = Intake(**asked["answers"])
    for book in line["books"]:
        grade = acceptance.grades.get((f"{line['system']}/{judged.id}", book["book_id"]), float("-inf"))
        yield _Wish(
            enriched_question(judged.text, intake, limits, language=judged.language),
            book_id=str(book["book_id"]),
            title=str(book["title"]),
            why=str(book["why"]),
            help=str(book["help"]),
            evidence=(),
            language=judged.language,
            is_accepted=grade >= acceptance.least_grade,
        )
