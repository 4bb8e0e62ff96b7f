"""What of a model's texts is shown: whole sentences that the facts support, else the composed text, labelled."""

from collections.abc import Sequence
from dataclasses import dataclass

from recommender.generation.base import COMPOSED, Written
from recommender.recommend.grounding import Asker, Checked, ClaimKind, Facts, check
from recommender.recommend.grounding.sentences import Reader
from recommender.recommend.intake import Answer
from recommender.recommend.prose import is_worth_showing, tidy
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EnrichedQuestion, Reasons, ReasonSource


@dataclass(frozen=True, slots=True)
class Checking:
    """How the texts of one answer are checked.

    Args:
        asker: what of the reader went into the prompts.
        instructions: the prompts' own words, which must not come back.
        reader: takes sentences apart.
        language: of the texts, ko or en.
    """

    asker: Asker
    instructions: Sequence[str]
    reader: Reader
    language: str


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    source: ReasonSource
    dropped: tuple[ClaimKind, ...] = ()


def asker_of(enriched: EnrichedQuestion, context: ReaderContext, answers: Sequence[Answer]) -> Asker:
    """The reader's own data, as far as prompts have it."""
    return Asker(
        question=enriched.text,
        terms=(*(term.text for term in enriched.terms), *(answer.said for answer in answers), *enriched.read_books),
        liked=context.relevant,
        preferences=context.preferences,
        borrowed_with=tuple(dict.fromkeys(each.because for each in context.co_borrowed.values() if each.because)),
    )


def shown_reasons(written: tuple[Written, Written], composed: Reasons, checking: Checking, facts: Facts) -> Reasons:
    """Why and help, each the model's as far as it is supported, else composed."""
    why, help_ = (
        _shown(text, fallback, checking, facts)
        for text, fallback in zip(written, (composed.why, composed.help), strict=True)
    )
    return Reasons(
        why=why.text,
        help=help_.text,
        why_source=why.source,
        help_source=help_.source,
        dropped=(*why.dropped, *help_.dropped),
    )


def checked_text(text: str, checking: Checking, facts: Facts) -> Checked:
    """What of a model's text, finished or not, may be shown: whole sentences that the facts support; perhaps none."""
    tidied = tidy(text, title=facts.book.title, language=checking.language)
    checked = check(tidied, facts, checking.reader) if tidied else Checked()
    return checked if is_worth_showing(checked.text, checking.language) else Checked((), checked.dropped)


def _shown(written: Written, fallback: str, checking: Checking, facts: Facts) -> _Shown:
    if written.by == COMPOSED:
        return _Shown(fallback, ReasonSource.COMPOSED)
    checked = checked_text(written.text, checking, facts)
    if checked.kept:
        return _Shown(checked.text, ReasonSource.MODEL, checked.kinds)
    return _Shown(fallback, ReasonSource.COMPOSED, checked.kinds)
