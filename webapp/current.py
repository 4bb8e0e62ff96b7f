"""The library that the application at hand was made over."""

from typing import cast

from flask import current_app

from webapp.services import Library


def library() -> Library:
    """The library given to `create_app`."""
    return cast("Library", current_app.extensions["library"])
