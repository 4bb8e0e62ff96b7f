"""The fields of a question for recommendations, from a JSON body or from the page's form."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from recommender.bundle import Method
from recommender.recommend.values import AS_IT_IS, MAX_CANDIDATES, MAX_RECOMMENDATIONS, Intake, Question
from recommender.search.request import MAX_QUERY_LENGTH, Filters
from webapp.params import search
from webapp.params.edited import edited_from_form, edited_from_json
from webapp.params.kinds import Arguments, Flag, ParameterError, Text, Whole, refusal
from webapp.params.objects import checked_object
from webapp.params.waiting import WAITING_FIELDS

DEFAULT_SIZE = 3
MAX_ANSWER_LENGTH = 200
MAX_READER_ID_LENGTH = 100


class ReasonLanguage(StrEnum):
    """The languages that reasons can be written in."""

    KOREAN = "ko"
    ENGLISH = "en"


QUESTION = Text("question", "What the reader looks for, in their own words.", MAX_QUERY_LENGTH)
MOOD = Text("mood", "How the reader feels: happy, tired, anxious, … or own words.", MAX_ANSWER_LENGTH)
EFFECT = Text("effect", "What the book should do: escape, comfort, … or own words.", MAX_ANSWER_LENGTH)
OCCUPATION = Text("occupation", "What the reader does: student, employee, … or own words.", MAX_ANSWER_LENGTH)
SITUATION = Text("situation", "When it will be read: before_sleep, weekend, … or own words.", MAX_ANSWER_LENGTH)
FOCUS = Text("focus", "How attentively: light, deep, immersive, or own words.", MAX_ANSWER_LENGTH)
READER_ID = Text("reader_id", "The reader, as the library knows them; optional.", MAX_READER_ID_LENGTH)
SIZE = Whole("size", "How many books.", minimum=1, maximum=MAX_RECOMMENDATIONS, default=DEFAULT_SIZE)
CANDIDATES = Whole(
    "num_candidates",
    "From how many books they are chosen, at least `size`; without it as many as the bundle says.",
    minimum=1,
    maximum=MAX_CANDIDATES,
)
ANEW = Flag("anew", "true: make the answer now, even where one is kept.")

QUESTIONS = (MOOD, EFFECT, OCCUPATION, SITUATION, FOCUS)
OWN_WORDS = tuple(
    Text(f"{answer.name}_text", f"Own words beside the answer to `{answer.name}`; both count.", MAX_ANSWER_LENGTH)
    for answer in QUESTIONS
)
INTAKE = (*QUESTIONS, *OWN_WORDS)
INTAKE_FIELDS = tuple(answer.name for answer in INTAKE)
FIELDS = (
    "question",
    "intake",
    "reader_id",
    "size",
    "num_candidates",
    "method",
    "enriched",
    "filters",
    "language",
    ANEW.name,
    *WAITING_FIELDS,
)
FILTER_FIELDS = tuple(parameter.name for parameter in search.FILTERS)


def question_from_json(body: object, *, language: str) -> Question:
    """The question that a JSON body asks; reasons come in `language` unless the body names another.

    Raises:
        ParameterError: the body is no object, a field is unknown, or its value is wrong.
        TooLargeError: a text is too long.
    """
    fields = _object("body", body, FIELDS)
    intake = _object("intake", fields.get("intake"), INTAKE_FIELDS)
    return _checked(
        Question(
            text=QUESTION.accept(fields.get("question")),
            intake=Intake(**{answer.name: answer.accept(intake.get(answer.name)) for answer in INTAKE}),
            reader_id=READER_ID.accept(fields.get("reader_id")),
            size=SIZE.accept(fields.get("size")) or DEFAULT_SIZE,
            num_candidates=CANDIDATES.accept(fields.get("num_candidates")) or 0,
            method=_method(fields.get("method")),
            edited=edited_from_json(fields.get("enriched")),
            filters=_json_filters(_object("filters", fields.get("filters"), FILTER_FIELDS)),
            language=_language(fields.get("language"), language),
            anew=bool(ANEW.accept(fields.get(ANEW.name))),
        )
    )


def question_from_form(form: Arguments, *, language: str) -> Question:
    """The question that the page's form asks; what its chips say counts where the button beside them sent it.

    Raises:
        ParameterError: a value is wrong, or nothing is asked.
        TooLargeError: a text is too long.
    """
    return _checked(
        Question(
            text=QUESTION.read(form),
            intake=Intake(**{answer.name: answer.read(form) for answer in INTAKE}),
            reader_id=READER_ID.read(form),
            size=SIZE.read(form) or DEFAULT_SIZE,
            num_candidates=CANDIDATES.read(form) or 0,
            method=_method(form.get("method") or None),
            edited=edited_from_form(form) if "edited" in form else AS_IT_IS,
            filters=search.filters(form),
            language=language,
            anew=bool(ANEW.read(form)),
        )
    )


def _checked(question: Question) -> Question:
    if question.is_empty:
        message = _("Nothing is asked yet: write a question, answer one of the five, or name a reader.")
        raise ParameterError("question", message)
    if 0 < question.num_candidates < question.size:
        right = _("at least the number of books wanted, %(size)s", size=question.size)
        raise refusal("num_candidates", str(question.num_candidates), right)
    return question


def _object(name: str, value: object, known: Collection[str]) -> Mapping[str, Any]:
    return {} if value is None and name != "body" else checked_object(name, value, known)


def _json_filters(fields: Mapping[str, Any]) -> Filters:
    return search.checked_filters(
        Filters(
            kdc=search.KDC.accept(fields.get("kdc")),
            year_from=search.YEAR_FROM.accept(fields.get("year_from")),
            year_to=search.YEAR_TO.accept(fields.get("year_to")),
            languages=search.LANGUAGE.accept(fields.get("language")),
            audiences=search.AUDIENCE.accept(fields.get("audience")),
            forms=search.FORM.accept(fields.get("form")),
            available=search.AVAILABLE.accept(fields.get("available")),
            copies_from=search.COPIES_FROM.accept(fields.get("copies_from")),
            pages_from=search.PAGES_FROM.accept(fields.get("pages_from")),
            pages_to=search.PAGES_TO.accept(fields.get("pages_to")),
            people=search.AUTHOR.accept(fields.get("author")),
            title_words=search.TITLE.accept(fields.get("title")),
            publishers=search.PUBLISHER.accept(fields.get("publisher")),
            subjects=search.SUBJECT.accept(fields.get("subject")),
            without_words=search.WITHOUT.accept(fields.get("without")),
        )
    )


def _method(value: object) -> Method | None:
    """The method named; None: as the bundle says."""
    if value is None:
        return None
    if not isinstance(value, str) or value not in tuple(Method):
        raise refusal("method", str(value), _("one of %(codes)s", codes=", ".join(Method)))
    return Method(value)


def _language(value: object, default: str) -> str:
    if value is None:
        return default
    if not isinstance(value, str) or value not in tuple(ReasonLanguage):
        raise refusal("language", str(value), _("ko or en"))
    return value
