"""Audience, form, mood, holding status and the answers of the mood questions, in a reader's words."""

from datetime import date

from babel import UnknownLocaleError
from flask_babel import LazyString, format_date, get_locale
from flask_babel import lazy_gettext as _

from recommender.bundle import Method
from recommender.models import Audience, Depth, Effect, Form, HoldingStatus, Mood, Pace, Role
from recommender.search.request import Mode, Sort
from recommender.search.results import Relaxation

AUDIENCES: dict[str, LazyString] = {
    Audience.PRESCHOOL: _("Preschool"),
    Audience.CHILDREN: _("Children"),
    Audience.TEENS: _("Teens"),
    Audience.ADULTS: _("Adults"),
}

FORMS: dict[str, LazyString] = {
    Form.BOOK: _("Book"),
    Form.COMIC: _("Comic"),
    Form.PICTURE_BOOK: _("Picture book"),
    Form.WORKBOOK: _("Workbook"),
    Form.REFERENCE: _("Reference work"),
    Form.PERIODICAL: _("Periodical"),
}

MOODS: dict[str, LazyString] = {
    Mood.WARM: _("warm"),
    Mood.CHEERFUL: _("cheerful"),
    Mood.CALM: _("calm"),
    Mood.MELANCHOLY: _("melancholy"),
    Mood.SAD: _("sad"),
    Mood.TENSE: _("tense"),
    Mood.HOPEFUL: _("hopeful"),
    Mood.THOUGHTFUL: _("thoughtful"),
    Mood.MYSTERIOUS: _("mysterious"),
    Mood.ADVENTUROUS: _("adventurous"),
    Mood.EXHILARATING: _("exhilarating"),
    Mood.BEAUTIFUL: _("beautiful"),
    Mood.HONEST: _("honest"),
    Mood.WITTY: _("witty"),
    Mood.COMFORTING: _("comforting"),
    Mood.INSPIRING: _("inspiring"),
}

EFFECTS: dict[str, LazyString] = {
    Effect.ESCAPE: _("Get away from it all"),
    Effect.EMPATHY: _("Feel understood"),
    Effect.COMFORT: _("Be comforted"),
    Effect.INSPIRATION: _("Find inspiration"),
    Effect.PERSPECTIVE: _("See things differently"),
}

BOOK_EFFECTS: dict[str, LazyString] = {
    Effect.ESCAPE: _("escape"),
    Effect.EMPATHY: _("empathy"),
    Effect.COMFORT: _("comfort"),
    Effect.INSPIRATION: _("inspiration"),
    Effect.PERSPECTIVE: _("a new view"),
}
"""What a book does, where `EFFECTS` says what a reader wants of one."""

DEPTHS: dict[str, LazyString] = {
    Depth.LIGHT: _("Light, a little at a time"),
    Depth.DEEP: _("Slow and thorough"),
    Depth.IMMERSIVE: _("Lost in it for hours"),
}

BOOK_DEPTHS: dict[str, LazyString] = {
    Depth.LIGHT: _("light"),
    Depth.DEEP: _("thorough"),
    Depth.IMMERSIVE: _("immersive"),
}
"""How a book asks to be read, where `DEPTHS` says how a reader wants to."""

PACES: dict[str, LazyString] = {
    Pace.SLOW: _("unhurried"),
    Pace.STEADY: _("steady"),
    Pace.FAST: _("fast-paced"),
}

GENRES: dict[str, LazyString] = {
    "novels": _("novels"),
    "korean_novels": _("Korean novels"),
    "chinese_novels": _("Chinese novels"),
    "japanese_novels": _("Japanese novels"),
    "english_novels": _("English and American novels"),
    "german_novels": _("German novels"),
    "french_novels": _("French novels"),
    "essays": _("essays"),
    "poetry": _("poetry"),
    "plays": _("plays"),
}

METHODS: dict[str, LazyString] = {
    Method.STAGED: _("With what is known of the reader in the question"),
    Method.DIRECT: _("For the bare question; the reader is told only to the model"),
}

STATUSES: dict[str, LazyString] = {
    HoldingStatus.AVAILABLE: _("On the shelf"),
    HoldingStatus.ON_LOAN: _("On loan"),
    HoldingStatus.REFERENCE: _("For use in the library"),
    HoldingStatus.LOST: _("Lost"),
    HoldingStatus.DAMAGED: _("Damaged"),
    HoldingStatus.MISSING: _("Not found on the shelf"),
    HoldingStatus.WITHDRAWN: _("Withdrawn"),
    HoldingStatus.UNKNOWN: _("Held"),
}

ROLES: dict[str, LazyString] = {
    Role.AUTHOR: _("author"),
    Role.TRANSLATOR: _("translator"),
    Role.ILLUSTRATOR: _("illustrator"),
    Role.EDITOR: _("editor"),
    Role.CONTRIBUTOR: _("contributor"),
}

SORTS: dict[str, LazyString] = {
    Sort.RELEVANCE: _("Best match"),
    Sort.NEWEST: _("Newest first"),
    Sort.OLDEST: _("Oldest first"),
    Sort.TITLE: _("By title"),
}

MODES: dict[str, LazyString] = {
    Mode.HYBRID: _("Words and meaning"),
    Mode.LEXICAL: _("Words only"),
    Mode.DENSE: _("Meaning only"),
}

FACETS: dict[str, LazyString] = {
    "available": _("Availability"),
    "kdc": _("Class"),
    "audience": _("For whom"),
    "form": _("Kind"),
    "language": _("Language"),
    "decade": _("Published"),
}

AVAILABILITY: dict[str, LazyString] = {"true": _("Can be borrowed now"), "false": _("Not at the moment")}

LEGS: dict[str, LazyString] = {
    "lexical": _("words"),
    "dense": _("meaning"),
    "taste": _("books liked"),
    "co_borrowed": _("borrowed together"),
    "popular": _("borrowed often"),
    "appeal": _("mood"),
    "reranker": _("second reading"),
    "ties": _("availability and loans"),
}
"""What each leg of a search looks at."""

STAGES: dict[str, LazyString] = {
    "analysis": _("understanding the words"),
    "encoding": _("understanding the meaning"),
    "reader": _("looking up the reader"),
    "retrieval": _("searching"),
    "reranking": _("reading the first books again"),
    "candidates": _("searching"),
    "documents": _("fetching the books"),
    "evidence": _("finding the reasons"),
    "suggestion": _("looking for other spellings"),
    "choice": _("choosing"),
    "reasons": _("writing the reasons"),
    "checking": _("checking the reasons"),
}
"""What takes time."""

RELAXATIONS: dict[str, LazyString] = {
    Relaxation.KEYBOARD: _("The text seems to have been typed on the keyboard of the other script."),
    Relaxation.SPELLING: _("No book has the words as they were typed; these are the nearest that there are."),
    Relaxation.MISSPELT_TITLE: _("No title is spelt like this; these are spelt nearly so."),
    Relaxation.ANY_WORD: _("No book has all of these words; these have some of them."),
    Relaxation.WITHOUT_LIMITS: _("No book fits what else was asked for; these were found by the words alone."),
    Relaxation.AS_TYPED: _("Nothing fits what was understood; these were found by the text as it was typed."),
    Relaxation.WITHOUT_FILTERS: _("Nothing fits these filters; these books were found without them."),
}


def language_name(code: str) -> str:
    """The name of a language in the reader's own: 한국어, Korean."""
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale else code


def decade_name(first_year: str) -> str:
    """The ten years that begin with one."""
    return str(_("%(decade)ss", decade=first_year))


def local_day(iso_date: str) -> str:
    """A day as the reader writes it; what is no ISO date stays as it is."""
    try:
        return str(format_date(date.fromisoformat(iso_date), "medium"))
    except (ValueError, UnknownLocaleError):
        return iso_date
