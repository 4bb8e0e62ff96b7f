"""Signing in as staff, and saying how a book feels."""

import time
from typing import cast

from flask import Flask, abort, current_app, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.current import library
from webapp.pages.blueprint import blueprint
from webapp.pages.links import link
from webapp.params.appeal import correction_from_form
from webapp.staff import SESSION_SECONDS, Staff

COOKIE = "staff"


def register(app: Flask) -> None:
    """Let staff sign in, if the library's settings have a password for them."""
    opened = app.extensions["library"]
    app.extensions["staff"] = Staff(
        opened.settings.staff_password, opened.pseudonyms.secret_for("staff"), now=time.time
    )
    app.jinja_env.globals.update(staff_form_token=staff_form_token, staff_can_sign_in=staff_can_sign_in)


def staff_can_sign_in() -> bool:
    """Whether signing in is offered at all."""
    return _staff().can_sign_in


def staff_form_token() -> str:
    """What the forms of a signed-in librarian carry; empty for everybody else."""
    session = request.cookies.get(COOKIE, "")
    return _staff().form_token(session) if _staff().knows(session) else ""


@blueprint.get("/staff")
def staff() -> str:
    """The door for staff."""
    return _door()


@blueprint.post("/staff")
def sign_in() -> str | Response | tuple[str, int, dict[str, str]]:
    """Sign in with the library's password for staff, and go on to the book from which one came."""
    address = request.remote_addr or ""
    if wait := _staff().tries.wait(address):
        minutes = max(1, round(wait / 60))
        told = _("There were too many wrong passwords from here. Try again in %(minutes)s minutes.", minutes=minutes)
        return _door(told), 429, {"Retry-After": str(wait)}
    session = _staff().session(request.form.get("password", ""))
    if session is None:
        _staff().tries.failed(address)
        return _door(_("This is not the password.")), 403, {}
    _staff().tries.forget(address)
    response = _go_on()
    response.set_cookie(
        COOKIE, session, max_age=SESSION_SECONDS, httponly=True, samesite="Strict", secure=request.is_secure
    )
    return response


@blueprint.post("/staff/leave")
def sign_out() -> Response:
    """Forget the session in this browser."""
    _require_staff()
    response = _go_on()
    response.delete_cookie(COOKIE, httponly=True, samesite="Strict", secure=request.is_secure)
    return response


@blueprint.post("/staff/appeal/<path:book_id>")
def correct_appeal(book_id: str) -> Response:
    """Say how a book feels, or take back what was said; it takes effect at once."""
    _require_staff()
    book = library().search.book(book_id)
    codes = {} if "clear" in request.form else correction_from_form(request.form, book)
    library().appeal.correct(book, codes)
    return redirect(link("book", book_id=book.id, saved="1", _anchor="appeal"), code=303)


def _door(problem: str = "") -> str:
    return render_template("staff.html", problem=problem, book_id=request.values.get("book", ""))


def _go_on() -> Response:
    book_id = request.form.get("book", "")
    return redirect(link("book", book_id=book_id, _anchor="appeal") if book_id else link("staff"), code=303)


def _require_staff() -> None:
    session = request.cookies.get(COOKIE, "")
    if not _staff().knows(session) or not _staff().sent(session, request.form.get("form_token", "")):
        abort(403)


def _staff() -> Staff:
    return cast("Staff", current_app.extensions["staff"])
