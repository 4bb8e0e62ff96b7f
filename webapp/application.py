"""The application factory: everything the pages and the endpoint need is given to it, and nothing is global."""

from flask import Flask

from recommender.settings import Settings
from webapp import errors, languages, security
from webapp.api.views import blueprint as api_blueprint
from webapp.pages import blueprint as pages_blueprint
from webapp.pages import rendering, staff
from webapp.services import Library
from webapp.streaming import HeldConnections

MAX_BODY_BYTES = 64 * 1024
"""A question has 2,000 characters at most; whatever is much larger than that is no question."""


def create_app(library: Library | Settings) -> Flask:
    """Make the WSGI application over an open library, or over the one that settings describe."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["library"] = _opened(library) if isinstance(library, Settings) else library
    app.extensions["held_connections"] = HeldConnections()
    languages.register(app)
    security.register(app)
    errors.register(app)
    rendering.register(app)
    staff.register(app)
    app.register_blueprint(pages_blueprint)
    app.register_blueprint(api_blueprint)
    return app


def _opened(settings: Settings) -> Library:
    from recommender.library import open_library

    return open_library(settings)
