"""The page: a form a book, which works without JavaScript; with it, one key is one grade."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from evaluation.judging.items import Item
from evaluation.judging.page.showing import Wording, state
from evaluation.judging.page.sittings import LONGEST_NAME, Room, Sitting
from evaluation.judging.page.wording import LANGUAGES
from recommender.errors import InputError, NotFoundError

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

SKIP = "skip"
"""Sent instead of a grade."""

LANGUAGE = "language"
"""The parameter and the cookie that choose the page's language."""


def create_app(room: Room) -> Flask:
    """The application over a room."""
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(_refuse_foreign_forms)
    app.after_request(_finish)
    app.context_processor(lambda: {"wording": Wording(_language())})
    app.register_error_handler(InputError, lambda error: (str(error), HTTPStatus.BAD_REQUEST))
    app.register_error_handler(NotFoundError, lambda error: (str(error), HTTPStatus.NOT_FOUND))
    _add_routes(app, room)
    return app


def _add_routes(app: Flask, room: Room) -> None:
    @app.get("/")
    def start() -> str:
        return render_template("start.html", longest=LONGEST_NAME)

    @app.post("/judges")
    def sit_down() -> BaseResponse:
        sitting = room.sitting(request.form.get("judge", ""))
        return redirect(url_for("go_on", judge=sitting.judge), HTTPStatus.SEE_OTHER)

    @app.get("/judges/<judge>")
    def go_on(judge: str) -> BaseResponse:
        sitting = room.sitting(judge)
        place = sitting.first_open
        address = url_for("done", judge=judge) if place is None else url_for("question", judge=judge, number=place + 1)
        return redirect(address, HTTPStatus.SEE_OTHER)

    @app.get("/judges/<judge>/questions/<int:number>")
    def question(judge: str, number: int) -> str:
        sitting = room.sitting(judge)
        if not 1 <= number <= len(sitting.tasks):
            abort(HTTPStatus.NOT_FOUND)
        sitting.see()
        place = number - 1
        previous, following = (_numbered(sitting.next_with_books(place, step)) for step in (-1, 1))
        task = sitting.tasks[place]
        return render_template(
            "question.html", sitting=sitting, task=task, number=number, previous=previous, following=following
        )

    @app.post("/judges/<judge>/questions/<int:number>")
    def grade(judge: str, number: int) -> BaseResponse:
        sitting = room.sitting(judge)
        item_id, _, given = request.form.get("grade", "").partition(":")
        with room.lock:
            sitting.grade(item_id, _grade(given))
            return _answered(sitting, sitting.items[item_id], number)

    @app.post("/judges/<judge>/questions/<int:number>/undo")
    def undo(judge: str, number: int) -> BaseResponse:
        sitting = room.sitting(judge)
        with room.lock:
            item = sitting.undo()
            return _answered(sitting, item, sitting.place_of(item) + 1 if item else number)

    @app.get("/judges/<judge>/done")
    def done(judge: str) -> str:
        sitting = room.sitting(judge)
        first = _numbered(sitting.next_with_books(-1, 1))
        return render_template("done.html", sitting=sitting, first=first)


def _numbered(place: int | None) -> dict[str, int]:
    """The number of a question in its address, which begins with 1; nothing for none."""
    return {} if place is None else {"number": place + 1}


def _grade(given: str) -> int | None:
    if given == SKIP:
        return None
    if not given.isdecimal():
        raise InputError(f"the grade {given[:60]!r} is no number; press a key from 0 to 5")
    return int(given)


def _answered(sitting: Sitting, item: Item | None, number: int) -> BaseResponse:
    """For the page's script what has changed; without it, the page again."""
    address = url_for("question", judge=sitting.judge, number=number, _anchor=f"item-{item.id}" if item else None)
    if request.accept_mimetypes.best == "application/json":
        return jsonify({**state(sitting, item, Wording(_language())), "address": address})
    return redirect(address, HTTPStatus.SEE_OTHER)


def _language() -> str:
    wanted = request.args.get(LANGUAGE) or request.cookies.get(LANGUAGE)
    if wanted in LANGUAGES:
        return str(wanted)
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _refuse_foreign_forms() -> None:
    """A page elsewhere could send a form to this address and grade in a judge's name."""
    if request.method != "POST":
        return
    origin = request.headers.get("Origin")
    is_foreign = origin is not None and urlsplit(origin).netloc != request.host
    if is_foreign or request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        abort(HTTPStatus.FORBIDDEN)


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    chosen = request.args.get(LANGUAGE)
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE, str(chosen), samesite="Strict", httponly=True)
    return response
