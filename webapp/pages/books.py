"""The page of one book: what it is, where its copies stand, and what is like it."""

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.current import library
from webapp.labels.appeal import appeal_groups, appeal_tags
from webapp.pages.blueprint import blueprint
from webapp.pages.links import link
from webapp.pages.staff import staff_form_token

SIMILAR_BOOKS = 6


@blueprint.get("/books/<path:book_id>")
def book(book_id: str) -> str | Response:
    """One book; a former id leads on to the book it became."""
    found = library().search.book(book_id)
    if found.id != book_id:
        return redirect(link("book", book_id=found.id))
    return render_template(
        "book.html",
        book=found,
        similar=library().search.similar(found.id, SIMILAR_BOOKS),
        appeal_tags=appeal_tags(found),
        appeal_groups=appeal_groups(found) if staff_form_token() else (),
        saved="saved" in request.args,
    )
