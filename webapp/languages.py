"""Which language a visitor reads, and how pages follow it."""

from datetime import timedelta

from flask import Flask, Response, request
from flask_babel import Babel, get_locale

from webapp.current import library

LANGUAGES = {"ko": "한국어", "en": "English"}
COOKIE = "lang"
COOKIE_AGE = timedelta(days=365)


def register(app: Flask) -> None:
    """Make the application speak the visitor's language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    settings = app.extensions["library"].settings
    Babel(app, locale_selector=choose_language, default_locale="en", default_timezone=settings.time_zone)
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, current_language=current_language)
    app.after_request(_remember)


def choose_language() -> str:
    """What the address asks for, else what was chosen before, else what the browser prefers, else the library's own."""
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return request.accept_languages.best_match(LANGUAGES) or library().settings.language


def current_language() -> str:
    """The language of this answer: ko or en."""
    return str(get_locale() or choose_language())


def _remember(response: Response) -> Response:
    wanted = request.args.get("lang")
    if wanted in LANGUAGES and request.cookies.get(COOKIE) != wanted:
        response.set_cookie(COOKIE, wanted, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=request.is_secure)
    response.headers.setdefault("Content-Language", current_language())
    response.vary.update(("Accept-Language", "Cookie"))
    return response
