"""Why a hit is there, and what speaks for a recommendation: codes turned into sentences."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from recommender.recommend.values import Evidence, EvidenceCode, TraitKind
from recommender.search.results import Why, WhyCode
from webapp.labels.words import AUDIENCES, BOOK_EFFECTS, DEPTHS, FORMS, GENRES, LEGS, MOODS

SHOWN_REASONS = 2
"""A line has room for two; the endpoint tells all of them."""

_AHEAD = (WhyCode.BORROWABLE_NOW, WhyCode.OFTEN_BORROWED)
"""Why one of nearly equal books goes first: told besides what was found in it."""

_EXACT = (WhyCode.EXACT_TITLE, WhyCode.ISBN, WhyCode.CALL_NUMBER)


def why_text(reason: Why) -> str:
    """One reason for a hit as a short sentence."""
    return _WHY[reason.code](_quoted(reason.words))


def why_line(reasons: tuple[Why, ...]) -> list[str]:
    """The strongest reasons, as a reader sees them; an exact hit needs no other."""
    if reasons and reasons[0].code in _EXACT:
        return [why_text(reasons[0])]
    found = [reason for reason in reasons if reason.code not in _AHEAD][:SHOWN_REASONS]
    return [why_text(reason) for reason in (*found, *(reason for reason in reasons if reason.code in _AHEAD))]


def evidence_text(evidence: Evidence) -> str:
    """One fact that speaks for a book as a short sentence."""
    return _EVIDENCE[evidence.code](evidence.words)


def leg_name(leg: str) -> str:
    """What a leg looked at."""
    return str(LEGS.get(leg, leg))


_WHY: dict[WhyCode, Callable[[str], str]] = {
    WhyCode.EXACT_TITLE: lambda _words: _("This is exactly the title."),
    WhyCode.ISBN: lambda _words: _("This is the ISBN of one of its editions."),
    WhyCode.CALL_NUMBER: lambda _words: _("This is its call number."),
    WhyCode.TITLE: lambda words: _("The title has %(words)s.", words=words),
    WhyCode.TITLE_SPELLING: lambda _words: _("The title is spelt nearly like this."),
    WhyCode.SOUND: lambda words: _("Sounds like this: %(words)s.", words=words),
    WhyCode.VOLUME: lambda words: _("One of its volumes is %(words)s.", words=words),
    WhyCode.PEOPLE: lambda words: _("Among its people: %(words)s.", words=words),
    WhyCode.SUBJECTS: lambda words: _("Its subjects include %(words)s.", words=words),
    WhyCode.DESCRIPTION: lambda words: _("The description mentions %(words)s.", words=words),
    WhyCode.PUBLISHER: lambda words: _("The publisher is %(words)s.", words=words),
    WhyCode.MEANING: lambda _words: _("Close in meaning."),
    WhyCode.BORROWABLE_NOW: lambda _words: _("Ahead of nearly equal ones: it can be borrowed now."),
    WhyCode.OFTEN_BORROWED: lambda _words: _("Ahead of nearly equal ones: it is borrowed more often."),
    WhyCode.SIMILAR_TO: lambda words: _("Like %(words)s.", words=words),
}


def _matches_mood(words: tuple[str, ...]) -> str:
    names = [str(MOODS.get(word) or BOOK_EFFECTS.get(word) or word) for word in words]
    return _("Its mood fits: %(words)s.", words=", ".join(names)) if names else _("Its mood fits.")


def _seems_mood(words: tuple[str, ...]) -> str:
    names = [str(MOODS.get(word) or BOOK_EFFECTS.get(word) or word) for word in words]
    return _("Its mood seems to fit, as estimated from its text: %(words)s.", words=", ".join(names))


def _fits_depth(words: tuple[str, ...]) -> str:
    names = ", ".join(str(DEPTHS.get(word, word)) for word in words)
    return _("Reads the way you asked for: %(words)s.", words=names) if names else _("Reads the way you asked for.")


def _like_read_book(words: tuple[str, ...]) -> str:
    if not words:
        return _("Like a book you read.")
    title, *shared = words
    if not shared:
        return _("Like “%(title)s”, which you read.", title=title)
    return _("Like “%(title)s”, which you read: %(shared)s.", title=title, shared=", ".join(shared))


def _same_author(words: tuple[str, ...]) -> str:
    if len(words) < 2:  # noqa: PLR2004 (author, title)
        return _("By an author you read.")
    return _("By %(author)s, who wrote “%(title)s”.", author=words[0], title=words[1])


def _fits_reader(words: tuple[str, ...]) -> str:
    names = [_fitting(*word.split(":", 1)) for word in words if ":" in word]
    return _("As you prefer it: %(words)s.", words=", ".join(names))


def _fitting(kind: str, value: str) -> str:
    if kind == TraitKind.PAGES:
        return ngettext("%(num)s page", "%(num)s pages", int(value))
    return str((DEPTHS if kind == TraitKind.DEPTH else MOODS).get(value, value))


def _of_kind(words: tuple[str, ...]) -> str:
    names = [str(GENRES.get(word) or FORMS.get(word) or word) for word in words]
    return _("Of the kind asked for: %(words)s.", words=", ".join(names))


def _fits_audience(words: tuple[str, ...]) -> str:
    return _("For the readers asked for: %(words)s.", words=", ".join(str(AUDIENCES.get(word, word)) for word in words))


def _fits_length(words: tuple[str, ...]) -> str:
    pages = ", ".join(_fitting(TraitKind.PAGES, word) for word in words if word.isdecimal())
    return _("As long as asked for: %(words)s.", words=pages)


def _popular(words: tuple[str, ...]) -> str:
    first, last = (*words, "", "")[:2]
    if not first:
        return _("Often borrowed in this library.")
    if last:
        return _("Often borrowed by readers aged %(first)s to %(last)s.", first=first, last=last)
    return _("Often borrowed by readers of %(first)s and older.", first=first)


def _available(words: tuple[str, ...]) -> str:
    if not words:
        return _("A copy can be borrowed now.")
    return _("A copy can be borrowed now: %(call_number)s.", call_number=words[0])


_EVIDENCE: dict[EvidenceCode, Callable[[tuple[str, ...]], str]] = {
    EvidenceCode.MATCHES_WORDS: lambda words: _("The record has %(words)s.", words=_quoted(words)),
    EvidenceCode.OF_KIND: _of_kind,
    EvidenceCode.FITS_AUDIENCE: _fits_audience,
    EvidenceCode.FITS_LENGTH: _fits_length,
    EvidenceCode.MATCHES_MOOD: _matches_mood,
    EvidenceCode.SEEMS_MOOD: _seems_mood,
    EvidenceCode.MATCHES_PREFERENCE: lambda words: _("Matches a preference: %(words)s.", words=", ".join(words)),
    EvidenceCode.LIKE_READ_BOOK: _like_read_book,
    EvidenceCode.SAME_AUTHOR: _same_author,
    EvidenceCode.CO_BORROWED: lambda words: _(
        "Readers who borrowed “%(title)s”, which you read, also borrowed this.", title=" ".join(words[:1])
    ),
    EvidenceCode.FITS_READER: _fits_reader,
    EvidenceCode.POPULAR: _popular,
    EvidenceCode.NEAR_TASTE: lambda _words: _("Close to the books you liked."),
    EvidenceCode.SOMETHING_DIFFERENT: lambda _words: _("Something different from what you usually read."),
    EvidenceCode.NEAR_IN_MEANING: lambda _words: _("Close in meaning to the question."),
    EvidenceCode.FITS_DEPTH: _fits_depth,
    EvidenceCode.AVAILABLE: _available,
}


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
