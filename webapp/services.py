"""What the web application needs of a library: verbs only, so that any library that can do them will serve."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from recommender.appeal.applying import Codes
from recommender.engine.base import Health
from recommender.generation.queueing import QueueState
from recommender.models import Book
from recommender.recommend.answering import KeptAnswer, LiveAnswer
from recommender.recommend.values import Question, Recommendations
from recommender.search.request import SearchRequest
from recommender.search.results import BookHit, SearchResults, Suggestion
from recommender.settings import Settings


class Searching(Protocol):
    """Finds books."""

    def search(self, request: SearchRequest) -> SearchResults:
        """One page of hits."""

    def similar(self, book_id: str, size: int) -> tuple[BookHit, ...]:
        """Books like one."""

    def suggest(self, typed: str, size: int) -> tuple[Suggestion, ...]:
        """Works whose title or author begins like what was typed so far."""

    def book(self, book_id: str) -> Book:
        """The book of an id, or of a former id; raises `NotFoundError`."""

    def book_count(self) -> int:
        """How many works are held."""


class Answering(Protocol):
    """Suggests books; raises `NotFoundError` for a reader that the library does not know."""

    def begin(self, question: Question) -> LiveAnswer:
        """The books at once; the reasons follow where a model writes them."""

    def answer(self, question: Question, *, seconds: float | None, has_left: Callable[[], bool]) -> Recommendations:
        """The whole answer, for which a model has so many seconds, and not longer than somebody waits for it."""

    def composed(self, question: Question, notice: str = "") -> Recommendations:
        """The whole answer without waiting for any model."""

    def keep(self, answer: LiveAnswer, form: Mapping[str, Sequence[str]]) -> str:
        """Keep an answer with the form that asked for it, for some minutes, under the name returned."""

    def find(self, token: str) -> KeptAnswer:
        """What was kept under a name; raises `NotFoundError`."""

    def state(self) -> QueueState:
        """What the model does, and how many wait for it."""


class Pulse(Protocol):
    """The part of an engine that says whether it answers."""

    name: str

    def health(self) -> Health:
        """Whether it answers; never raises."""


class Secrets(Protocol):
    """The library's key, kept in its data folder."""

    def secret_for(self, purpose: str) -> bytes:
        """A secret for one purpose, the same one every time."""


class Correcting(Protocol):
    """Takes a librarian's word."""

    def correct(self, book: Book, codes: Codes) -> None:
        """Say how a book feels; nothing at all takes an earlier correction back."""


class Library(Protocol):
    """An open library; what it holds may be built on first use, so reading an attribute may raise a `SeogaError`."""

    @property
    def settings(self) -> Settings:
        """As the operator set them."""

    @property
    def engine(self) -> Pulse:
        """Where documents are kept."""

    @property
    def search(self) -> Searching:
        """Finds books."""

    @property
    def pseudonyms(self) -> Secrets:
        """Where the library's secrets come from."""

    @property
    def appeal(self) -> Correcting:
        """What librarians say of how books feel."""

    @property
    def answers(self) -> Answering:
        """Suggests books."""
