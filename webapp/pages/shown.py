"""An answer as a page shows it: as it stands at one moment."""

from dataclasses import dataclass

from recommender.recommend.answering import LiveAnswer
from recommender.recommend.values import Recommendations


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """The whole, and where the rest of it comes from while a model is writing."""

    whole: Recommendations
    token: str = ""  # empty when nothing more comes
    explained: frozenset[str] = frozenset()  # ids of the books whose reasons stay as they are

    @property
    def is_being_written(self) -> bool:
        """Whether a model is still writing."""
        return bool(self.token)

    def is_final(self, book_id: str) -> bool:
        """Whether the reasons of a book stay as they are."""
        return not self.token or book_id in self.explained


def shown_answer(answer: LiveAnswer, token: str = "") -> ShownAnswer:
    """An answer as it stands."""
    is_finished = answer.is_finished  # asked first: what is finished a moment later is shown once more
    whole = answer.snapshot()
    ids = (each.book.id for each in whole.recommendations)
    return ShownAnswer(whole, "" if is_finished else token, frozenset(filter(answer.is_explained, ids)))
