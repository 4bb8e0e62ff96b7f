"""The fields of a question for recommendations, from a JSON body or from the page's form."""

import difflib
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from recommender.recommend.values import MAX_CANDIDATES, MAX_RECOMMENDATIONS, Intake, Question
from recommender.search.request import MAX_QUERY_LENGTH, Filters
from webapp.params import search
from webapp.params.kinds import Arguments, ParameterError, Text, Whole, refusal, wrong_type

DEFAULT_SIZE = 3
DEFAULT_CANDIDATES = 20
MAX_ANSWER_LENGTH = 200
MAX_READER_ID_LENGTH = 100

INTAKE_FIELDS = ("mood", "effect", "occupation", "situation", "focus")


class ReasonLanguage(StrEnum):
    """The languages that reasons can be written in."""

    KOREAN = "ko"
    ENGLISH = "en"


QUESTION = Text("question", "What the reader looks for, in their own words.", MAX_QUERY_LENGTH)
MOOD = Text("mood", "How the reader feels: happy, tired, anxious, … or free text.", MAX_ANSWER_LENGTH)
EFFECT = Text("effect", "What the book should do: escape, comfort, … or free text.", MAX_ANSWER_LENGTH)
OCCUPATION = Text("occupation", "What the reader does: student, employee, … or free text.", MAX_ANSWER_LENGTH)
SITUATION = Text("situation", "When it will be read: before_sleep, weekend, … or free text.", MAX_ANSWER_LENGTH)
FOCUS = Text("focus", "How attentively: light, deep, immersive, or free text.", MAX_ANSWER_LENGTH)
READER_ID = Text("reader_id", "The reader, as the library knows them; optional.", MAX_READER_ID_LENGTH)
SIZE = Whole("size", "How many books.", minimum=1, maximum=MAX_RECOMMENDATIONS, default=DEFAULT_SIZE)
CANDIDATES = Whole(
    "num_candidates",
    "From how many books they are chosen; at least `size`.",
    minimum=1,
    maximum=MAX_CANDIDATES,
    default=DEFAULT_CANDIDATES,
)

INTAKE = (MOOD, EFFECT, OCCUPATION, SITUATION, FOCUS)
FIELDS = ("question", "intake", "reader_id", "size", "num_candidates", "filters", "language")
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
            num_candidates=CANDIDATES.accept(fields.get("num_candidates")) or DEFAULT_CANDIDATES,
            filters=_json_filters(_object("filters", fields.get("filters"), FILTER_FIELDS)),
            language=_language(fields.get("language"), language),
        )
    )


def question_from_form(form: Arguments, *, language: str) -> Question:
    """The question that the page's form asks: an answer in the reader's own words goes before the one chosen.

    Raises:
        ParameterError: a value is wrong, or nothing is asked.
        TooLargeError: a text is too long.
    """
    return _checked(
        Question(
            text=QUESTION.read(form),
            intake=Intake(**{answer.name: _own_words(form, answer) or answer.read(form) for answer in INTAKE}),
            reader_id=READER_ID.read(form),
            size=SIZE.read(form) or DEFAULT_SIZE,
            num_candidates=CANDIDATES.read(form) or DEFAULT_CANDIDATES,
            filters=search.filters(form),
            language=language,
        )
    )


def _own_words(form: Arguments, answer: Text) -> str:
    return Text(f"{answer.name}_text", answer.about, answer.max_length).read(form)


def _checked(question: Question) -> Question:
    if not question.text and question.intake.is_empty() and not question.reader_id:
        message = _("Nothing is asked yet: write a question, answer one of the five, or name a reader.")
        raise ParameterError("question", message)
    if question.num_candidates < question.size:
        right = _("at least the number of books wanted, %(size)s", size=question.size)
        raise refusal("num_candidates", str(question.num_candidates), right)
    return question


def _object(name: str, value: object, known: Collection[str]) -> Mapping[str, Any]:
    if value is None and name != "body":
        return {}
    if not isinstance(value, dict):
        raise wrong_type(name, value, _("a JSON object"))
    for field in value:
        if field not in known:
            raise ParameterError(field[:100], _unknown_field(field, known))
    return value


def _unknown_field(field: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(field, known, n=1)
    if near:
        return _("There is no field “%(field)s”: did you mean “%(near)s”?", field=field[:100], near=near[0])
    return _("There is no field “%(field)s”: give some of %(known)s.", field=field[:100], known=", ".join(known))


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


def _language(value: object, default: str) -> str:
    if value is None:
        return default
    if not isinstance(value, str) or value not in tuple(ReasonLanguage):
        raise refusal("language", str(value), _("ko or en"))
    return value
