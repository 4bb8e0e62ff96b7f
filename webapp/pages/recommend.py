"""The recommend page: a question, five about the mood, a reader; and the books, each with its reasons.

The form is posted and its answer rendered at once: what somebody asks, and who they are, never stands in an address.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recommender.errors import InputError, NotFoundError, TooLargeError
from recommender.recommend.explaining import GENERATOR_UNAVAILABLE
from recommender.recommend.values import Recommendations
from webapp.current import library
from webapp.labels.help_lines import help_lines_for
from webapp.labels.intake import QUESTIONS
from webapp.languages import current_language
from webapp.pages.blueprint import blueprint
from webapp.params.kinds import ParameterError
from webapp.params.recommend import question_from_form

SIZES = (1, 3, 5, 10)
NO_MODEL = "composed"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of the form."""

    field: str
    text: str
    status: HTTPStatus


@blueprint.get("/recommend")
def recommend() -> str:
    """The empty form."""
    return _render(MultiDict())


@blueprint.post("/recommend")
def recommended() -> tuple[str, int]:
    """The form again, with the books that answer it or with what is wrong beside the field."""
    try:
        question = question_from_form(request.form, language=current_language())
        answer = library().recommend.recommend(question)
    except (InputError, NotFoundError) as error:
        wrong = _field_error(error)
        return _render(request.form, error=wrong), wrong.status
    return _render(request.form, answer=answer), HTTPStatus.OK


def _written(form: MultiDict[str, str]) -> list[str]:
    """What somebody wrote in their own words."""
    fields = ("question", *(f"{question.field}_text" for question in QUESTIONS))
    return [form.get(field, "") for field in fields]


def _field_error(error: InputError | NotFoundError) -> FieldError:
    if isinstance(error, NotFoundError):
        text = _("The library knows no reader by this name. Correct it, or leave it empty: it works without, too.")
        return FieldError("reader_id", text, HTTPStatus.NOT_FOUND)
    field = error.parameter if isinstance(error, ParameterError) else "question"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if isinstance(error, TooLargeError) else HTTPStatus.BAD_REQUEST
    return FieldError(field, str(error), status)


def _render(
    form: MultiDict[str, str], *, answer: Recommendations | None = None, error: FieldError | None = None
) -> str:
    return render_template(
        "recommend.html",
        form=form,
        answer=answer,
        error=error,
        help_lines=help_lines_for(*_written(form)),
        questions=QUESTIONS,
        sizes=SIZES,
        GENERATOR_UNAVAILABLE=GENERATOR_UNAVAILABLE,
        has_model=library().settings.generator != NO_MODEL,
    )
