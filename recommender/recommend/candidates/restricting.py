"""What no candidate may be, as clauses of a search and as a check of what was found: pure."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
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
    banned: list[Clause] = [
        {"terms": {field: codes}} for field, codes in _unsuitable(filters, excluded).items() if codes
    ]
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
    if filters.also and (beyond := _beyond(filters.also)):
        banned += beyond
        filters = replace(filters, also=replace(filters.also, pages_from=None, pages_to=None))
    return {"filter": filter_clauses(filters) or [{"match_all": {}}], "must_not": banned}


def _beyond(said: Filters) -> list[Clause]:
    """Books known to be longer or shorter than the question says: most records tell no pages, and may be what is wanted."""
    bounds = {"gt": said.pages_to, "lt": said.pages_from}
    return [{"range": {"pages": {bound: pages}}} for bound, pages in bounds.items() if pages is not None]


def _unsuitable(filters: Filters, excluded: Excluded) -> dict[str, list[str]]:
    """Field → the codes that no candidate has; whoever filters by a field has chosen for themselves."""
    chosen = (filters, filters.also or Filters())
    unsuitable: dict[str, list[str]] = {}
    if not any(each.forms for each in chosen):
        unsuitable["form"] = [form.value for form in (*NEVER_ANSWERS, *excluded.forms)]
    if not any(each.audiences for each in chosen):
        unsuitable["audience"] = [audience.value for audience in excluded.audiences]
    return unsuitable


def allowed(documents: Sequence[Document], excluded: Excluded) -> list[Document]:
    """Those that neither the reader's dislikes nor the reader's danger rule out, as far as an engine could not see it."""
    kept = without_works(without_authors(documents, excluded.authors), excluded.works)
    if not excluded.gentle_only:
        return kept
    return [document for document in kept if not could_hurt(book_from_record(document.source["record"]))]


def without_works(documents: Sequence[Document], works: AbstractSet[tuple[str, str]]) -> list[Document]:
    """The documents that are none of these works, in whatever edition: title and author, however they are spaced."""
    if not works:
        return list(documents)
    return [
        document
        for document in documents
        if works.isdisjoint(
            (_record_key(document.source["record"]["title"]), _record_key(person["name"]))
            for person in document.source["record"].get("people", ())
        )
    ]


def without_authors(documents: Iterable[Document], authors: Sequence[str]) -> list[Document]:
    """The documents whose authors are none of these, however their names are spaced and capitalised."""
    keys = {title_key(author) for author in authors}
    return [
        document
        for document in documents
        if keys.isdisjoint(_record_key(person["name"]) for person in document.source["record"].get("people", ()))
    ]


@lru_cache(maxsize=50_000)
def _record_key(text: str) -> str:
    """The key of a title or name of the catalogue, remembered: every question compares those of some hundred books."""
    return title_key(text)
