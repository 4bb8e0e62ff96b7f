"""What a reader changed of the enriched question that an answer showed: sent back in JSON, or with the page's form."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from recommender.recommend.values import AS_IT_IS, EditedQuestion, TermSource, TraitKind
from webapp.params.kinds import Arguments, ParameterError, Text, refusal, wrong_type
from webapp.params.objects import checked_object

MAX_PARTS = 100
"""Terms and traits; an answer adds about twenty."""

MAX_OWN_TERMS = 10
OWN_TERM_LENGTH = 60

TERM_KIND = "term"
KINDS = (TERM_KIND, *TraitKind)

ENRICHED = "enriched"
OWN_TERMS = Text("own_terms", "Words of the reader's own, with commas between them.", 300)
OWN_TERM = Text("text", "A word of the reader's own.", OWN_TERM_LENGTH)
PART_ID = Text("id", "The id that an answer gave to a term or trait.", 300)

ANSWERED = ("text", "read_books", "left_out")
"""Fields of an answer's `enriched` that may come back, and of which nothing is read."""

TERM_FIELDS = ("id", "text", "source", "weight", "detail", "reason")
TRAIT_FIELDS = ("id", "kind", "value", "text", "source", "weight", "detail", "reason")
LISTS: Mapping[str, tuple[str, ...]] = {"terms": TERM_FIELDS, "traits": TRAIT_FIELDS, "removed": TRAIT_FIELDS}


def edited_from_json(value: object) -> EditedQuestion:
    """The edit in the `enriched` that an answer gave, with entries taken out, moved to `removed`, or added to `terms`.

    Raises:
        ParameterError: it is none; names the entry and what would be right.
        TooLargeError: a term is too long.
    """
    if value is None:
        return AS_IT_IS
    fields = checked_object(ENRICHED, value, (*LISTS, *ANSWERED))
    if ("terms" in fields) != ("traits" in fields):
        message = _("“enriched” needs both of “terms” and “traits” as the answer gave them, or “removed” alone.")
        raise ParameterError(ENRICHED, message)
    parts = {name: list(_entries(name, fields.get(name))) for name in LISTS}
    own = [entry for entry in parts["terms"] if _is_own(entry)]
    if len(own) > MAX_OWN_TERMS:
        raise refusal("enriched.terms", str(len(own)), _("at most %(count)s words of one's own", count=MAX_OWN_TERMS))
    left = [entry for entry in (*parts["terms"], *parts["traits"]) if not _is_own(entry)]
    return EditedQuestion(
        removed=frozenset(_id(entry, "removed") for entry in parts["removed"]),
        kept=frozenset(_id(entry, "terms") for entry in left) if "terms" in fields else None,
        added=tuple(dict.fromkeys(_own(entry) for entry in own)),
    )


def edited_from_form(form: Arguments) -> EditedQuestion:
    """The edit that the page's chips make: `shown` without `keep` is removed, `own` and `own_terms` are added.

    Raises:
        ParameterError: there are more words of one's own than are looked for.
        TooLargeError: a word is too long.
    """
    shown = dict.fromkeys(form.getlist("shown")[:MAX_PARTS])
    written = (*form.getlist("own"), *OWN_TERMS.read(form).split(","))
    own = tuple(dict.fromkeys(filter(None, (OWN_TERM.accept(word) for word in written))))
    if len(own) > MAX_OWN_TERMS:
        raise refusal(OWN_TERMS.name, ", ".join(own), _("at most %(count)s words of one's own", count=MAX_OWN_TERMS))
    kept = frozenset(form.getlist("keep"))
    return EditedQuestion(
        removed=frozenset(_checked_id(part, "shown") for part in shown if part not in kept), added=own
    )


def _entries(name: str, value: object) -> Iterator[Mapping[str, Any]]:
    """The entries of a list; a bare id stands for the entry that has it."""
    if value is None:
        return
    if not isinstance(value, list) or len(value) > MAX_PARTS:
        raise wrong_type(f"enriched.{name}", value, _("a list of at most %(count)s entries", count=MAX_PARTS))
    for place, entry in enumerate(value):
        where = f"enriched.{name}[{place}]"
        yield {"id": entry} if isinstance(entry, str) else checked_object(where, entry, LISTS[name])


def _is_own(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is a word that the reader added: it says so, or no answer has given it an id yet."""
    return entry.get("source") == TermSource.OWN or ("id" not in entry and "kind" not in entry)


def _own(entry: Mapping[str, Any]) -> str:
    text = OWN_TERM.accept(entry.get("text"))
    if not text:
        raise refusal(
            "enriched.terms", str(dict(entry)), _("entries with the “id” of the answer, or a “text” of your own")
        )
    return text


def _id(entry: Mapping[str, Any], name: str) -> str:
    return _checked_id(PART_ID.accept(entry.get("id")), f"enriched.{name}")


def _checked_id(part_id: str, place: str) -> str:
    """An id as answers give them; one of a term that this question no longer has changes nothing."""
    kind, _colon, value = part_id.partition(":")
    if kind not in KINDS or not value:
        raise refusal(
            place, part_id, _("ids as the answer gave them, such as %(examples)s", examples="term:위로, mood:calm")
        )
    return part_id
