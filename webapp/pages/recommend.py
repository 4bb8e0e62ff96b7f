"""The recommend page: a question, five about the mood, a reader; and the books, each with its reasons.

The form is posted and its answer rendered at once: what somebody asks, and who they are, never stands in an address.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recommender.clock import this_instant
from recommender.errors import InputError, NotFoundError, TooLargeError
from webapp.current import library
from webapp.labels.answering import model_text
from webapp.labels.help_lines import help_lines_for
from webapp.labels.intake import QUESTIONS
from webapp.languages import current_language
from webapp.pages.blueprint import blueprint
from webapp.pages.shown import ShownAnswer, shown_answer
from webapp.params.kinds import ParameterError
from webapp.params.recommend import READER_ID, question_from_form

SIZES = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of the form."""

    field: str
    text: str
    status: HTTPStatus


@blueprint.get("/recommend")
def recommend() -> str:
    """The empty form."""
    return render_recommend(MultiDict())


@blueprint.post("/recommend")
def recommended() -> tuple[str, int]:
    """The form again, with the books that answer it or with what is wrong beside the field."""
    try:
        question = question_from_form(request.form, language=current_language())
        answer = library().answers.begin(question)
    except (InputError, NotFoundError) as error:
        wrong = _field_error(error)
        return render_recommend(request.form, error=wrong), wrong.status
    token = "" if answer.is_finished else library().answers.keep(answer, _kept_form(request.form))
    return render_recommend(request.form, shown=shown_answer(answer, token)), HTTPStatus.OK


def _kept_form(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """The form without the reader: what somebody answers about their mood is never kept beside who they are."""
    return {field: form.getlist(field) for field in form if field != READER_ID.name}


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


def render_recommend(
    form: MultiDict[str, str],
    *,
    shown: ShownAnswer | None = None,
    error: FieldError | None = None,
    is_gone: bool = False,
    is_kept: bool = False,
) -> str:
    """The page: the answer, if there is one, above the form that asked for it.

    Args:
        form: as it was sent.
        shown: the answer as it stands.
        error: what is wrong with the form.
        is_gone: whether an answer was asked for that is not kept any more.
        is_kept: whether the form was kept, and so names no reader.
    """
    return render_template(
        "recommend.html",
        form=form,
        answer=shown.whole if shown else None,
        shown=shown,
        is_gone=is_gone,
        is_kept=is_kept,
        error=error,
        help_lines=help_lines_for(*_written(form)),
        questions=QUESTIONS,
        sizes=SIZES,
        model=library().answers.state(),
        model_text=model_text(library().answers.state(), this_instant()),
    )
