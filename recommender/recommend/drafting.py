"""One chosen book on its way to a recommendation, and what of the model's texts may be shown before they are finished."""

from dataclasses import dataclass, replace

from recommender.generation.base import COMPOSED, Written
from recommender.models import Book
from recommender.recommend.grounding import Facts
from recommender.recommend.prose import ended_sentences
from recommender.recommend.reasons import Checking, checked_text, shown_reasons
from recommender.recommend.values import Evidence, Reasons, ReasonSource, Recommendation
from recommender.search.results import LegRank


@dataclass(frozen=True, slots=True)
class Pick:
    """One chosen book with what is known without a model."""

    book: Book
    evidence: tuple[Evidence, ...]
    composed: Reasons
    legs: tuple[LegRank, ...]

    def recommendation(self) -> Recommendation:
        """With the composed reasons."""
        return Recommendation(self.book, self.composed, self.evidence, self.legs)

    def explained(self, written: tuple[Written, Written], checking: Checking, facts: Facts) -> Recommendation:
        """With what the model wrote, why and help, as far as the facts support it."""
        reasons = shown_reasons(written, self.composed, checking, facts)
        by_model = ReasonSource.MODEL in (reasons.why_source, reasons.help_source)
        name = next((text.by for text in written if text.by != COMPOSED), COMPOSED)
        return replace(self.recommendation(), reasons=reasons, generated_by=name if by_model else COMPOSED)


class Draft:
    """A text while it is being written.

    Args:
        checking: how it is checked.
        facts: what may be said of its book.
    """

    def __init__(self, checking: Checking, facts: Facts) -> None:
        self._checking = checking
        self.facts = facts
        self._text = ""
        self._ended = 0
        self._shown: tuple[str, ...] = ()

    def add(self, words: str) -> tuple[str, ...]:
        """Take the next words, and return the sentences that may be shown now and could not before."""
        self._text += words
        ended = ended_sentences(self._text)
        if ended == self._ended:
            return ()
        self._ended = ended
        return self._new(checked_text(self._text, self._checking, self.facts).kept)

    def rest(self, written: Written) -> tuple[str, ...]:
        """The sentences of the finished text that were not shown yet."""
        if written.by == COMPOSED:
            return ()
        return self._new(checked_text(written.text, self._checking, self.facts).kept)

    def _new(self, kept: tuple[str, ...]) -> tuple[str, ...]:
        """What follows the sentences shown already; nothing where the beginning reads otherwise now."""
        if kept[: len(self._shown)] != self._shown:
            return ()
        new = kept[len(self._shown) :]
        self._shown = kept
        return new
