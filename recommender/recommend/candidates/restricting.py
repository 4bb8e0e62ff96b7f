"""What no candidate may be, as clauses of a search and as a check of what was found: pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from recommender.engine.base import Document
from recommender.models import Form
from recommender.recommend.candidates.values import Excluded
from recommender.recommend.safety import could_hurt
from recommender.records import book_from_record
from recommender.search.filtering import filter_clauses
from recommender.search.request import Filters
from recommender.text.normalization import title_key

Clause = dict[str, Any]

NEVER_ANSWERS = (Form.WORKBOOK, Form.REFERENCE, Form.PERIODICAL)
"""Forms that are no answer to a question for a book to read, unless the reader filters for one."""


def restriction(filters: Filters, excluded: Excluded) -> Clause:
    """What every candidate must and must not be, as the inside of a `bool`."""
    banned: list[Clause] = []
    if not (filters.forms or (filters.also and filters.also.forms)):
        banned.append({"terms": {"form": [form.value for form in NEVER_ANSWERS]}})
    if excluded.book_ids:
        banned.append({"ids": {"values": list(excluded.book_ids)}})
        # A work that others were merged into since is the same book under another id.
        banned.append({"terms": {"former_ids": list(excluded.book_ids)}})
    if excluded.title_keys:
        banned.append({"terms": {"title_keys": list(excluded.title_keys)}})
    if excluded.authors:
        banned.append({"terms": {"author_names": list(excluded.authors)}})
    banned += [
        {"match": {field: {"query": " ".join(topic), "operator": "and"}}}
        for topic in excluded.topics
        for field in ("title", "subjects")
    ]
    return {"filter": filter_clauses(filters) or [{"match_all": {}}], "must_not": banned}


def allowed(documents: Sequence[Document], excluded: Excluded) -> list[Document]:
    """Those that neither the reader's dislikes nor the reader's danger rule out, as far as an engine could not see it."""
    liked = without_authors(documents, excluded.authors)
    if not excluded.gentle_only:
        return liked
    return [document for document in liked if not could_hurt(book_from_record(document.source["record"]))]


def without_authors(documents: Iterable[Document], authors: Sequence[str]) -> list[Document]:
    """The documents whose authors are none of these, however their names are spaced and capitalised."""
    keys = {title_key(author) for author in authors}
    return [
        document
        for document in documents
        if keys.isdisjoint(title_key(person["name"]) for person in document.source["record"].get("people", ()))
    ]
