"""The books that answer a question while a model writes about them: the page, and the words as they come.

An answer has an address of its own for some minutes; it is a random name that says nothing of the question.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from http import HTTPStatus

from flask import Response, abort, render_template
from werkzeug.datastructures import MultiDict

from recommender.errors import NotFoundError
from recommender.recommend.answering import KeptAnswer, LiveAnswer
from recommender.recommend.updates import Explained, Finished, SentenceWritten, Update
from recommender.recommend.values import Recommendation
from webapp.current import library
from webapp.pages.blueprint import blueprint
from webapp.pages.recommend import render_recommend
from webapp.pages.shown import ShownAnswer, shown_answer
from webapp.streaming import PULSE_SECONDS, Event, HeldConnections, event_stream, held_connections, last_number


@blueprint.get("/recommend/answers/<token>")
def answer(token: str) -> tuple[str, int, dict[str, str]]:
    """The answer as it stands, which asks for itself again until it is finished where there is no script."""
    try:
        kept = library().answers.find(token)
    except NotFoundError:
        return render_recommend(MultiDict(), is_gone=True), HTTPStatus.NOT_FOUND, {}
    form = MultiDict((field, value) for field, values in kept.form.items() for value in values)
    page = render_recommend(form, shown=shown_answer(kept.answer, token), is_kept=True)
    return page, HTTPStatus.OK, {"Cache-Control": "no-store"}


@blueprint.get("/recommend/answers/<token>/events")
def answer_events(token: str) -> Response:
    """The sentences of an answer as they are written; a browser asks for those that it lacks, again and again if need be."""
    try:
        kept = library().answers.find(token)
    except NotFoundError:
        abort(HTTPStatus.NOT_FOUND)
    return event_stream(_events(kept, held_connections(), after=last_number()))


def _events(kept: KeptAnswer, held: HeldConnections, *, after: int) -> Generator[Event | None]:
    with held.hold() as may_wait:
        if not may_wait:  # the browser asks again in a moment for what has come until then
            for number, update in kept.answer.so_far(after=after):
                yield from _event(kept.answer, number, update)
            return
        with closing(kept.answer.follow(after=after, pulse=PULSE_SECONDS)) as news:
            for numbered in news:
                yield from _event(kept.answer, *numbered) if numbered else (None,)


def _event(answer: LiveAnswer, number: int, update: Update) -> Iterator[Event]:
    if isinstance(update, SentenceWritten):
        yield Event("sentence", {"book": update.book_id, "part": update.part, "text": update.text}, number)
    elif isinstance(update, Explained):
        yield Event("book", {"book": update.recommendation.book.id, "html": _reasons(update.recommendation)}, number)
    elif isinstance(update, Finished):
        whole = answer.snapshot()
        data = {
            "books": {each.book.id: _reasons(each) for each in whole.recommendations},
            "state": render_template("_writing.html", shown=ShownAnswer(whole)),
            "timings": render_template("_timings.html", answer=whole),
        }
        yield Event("done", data, number)


def _reasons(recommendation: Recommendation) -> str:
    return render_template("_reasons.html", recommendation=recommendation, is_final=True)
