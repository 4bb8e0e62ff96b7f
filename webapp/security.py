"""What every answer says about what a browser may do with it, and whose forms are read."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

STATIC_AGE = 31_536_000
"""Seconds; the address of a static file changes with its content, so it may be kept for a year."""


def register(app: Flask) -> None:
    """Add the headers, and turn away forms that another site sends."""
    app.before_request(_refuse_foreign_forms)
    app.after_request(_add_headers)


def _refuse_foreign_forms() -> None:
    """A form on another site could ask in a visitor's name; JSON needs no such check, browsers ask first for it."""
    if request.method == "POST" and not request.is_json and _is_foreign():
        abort(403)


def _is_foreign() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={STATIC_AGE}, immutable"
    elif request.method not in ("GET", "HEAD") or response.status_code >= 400:  # noqa: PLR2004 (an error)
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
