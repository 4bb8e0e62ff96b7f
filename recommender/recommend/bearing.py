"""Which of the books that somebody read bear on a question: by words, and by meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recommender.bundle import Bundle
from recommender.encoding.base import Encoder
from recommender.engine.base import Engine, Search, SearchResult
from recommender.models import HistoryEntry
from recommender.readers.records import entry_from_record
from recommender.readers.store import ReaderStore, history_search
from recommender.search.fusion import Leg, fuse
from recommender.search.queries import knn_body
from recommender.search.request import Filters
from recommender.search.service import BOOKS


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to somebody's past."""

    reader_id: str
    text: str = ""  # the reader's words; empty where nothing is asked
    tokens: tuple[str, ...] = ()  # the same as tokens

    @property
    def asks(self) -> bool:
        """Whether there is anything that a book could bear on."""
        return bool(self.text or self.tokens)


class Bearing:
    """Finds the read books that bear on questions, for many questions in one round trip."""

    def __init__(self, engine: Engine, readers: ReaderStore, encoder: Encoder, bundle: Bundle) -> None:
        self._engine = engine
        self._readers = readers
        self._encoder = encoder
        self._bundle = bundle

    def ranked(
        self, askings: Sequence[Asking], histories: Mapping[str, Sequence[HistoryEntry]]
    ) -> tuple[tuple[HistoryEntry, ...], ...]:
        """For each question the read books that bear on it, best first; none for one that asks nothing.

        Args:
            askings: the questions.
            histories: reader → what they read.
        """
        asked = [asking for asking in askings if asking.asks and histories.get(asking.reader_id)]
        bodies = [self._bodies(asking, histories[asking.reader_id]) for asking in asked]
        searches = [search for each in bodies for search in each.values()]
        answers = iter(self._engine.msearch(searches) if searches else ())
        found = {
            asking: self._fused({name: next(answers) for name in each}, histories[asking.reader_id])
            for asking, each in zip(asked, bodies, strict=True)
        }
        return tuple(found.get(asking, ()) for asking in askings)

    def _bodies(self, asking: Asking, history: Sequence[HistoryEntry]) -> dict[str, Search]:
        bodies: dict[str, Search] = {}
        depth = self._bundle.recommend.taste.books
        if asking.tokens:
            bodies["words"] = history_search(self._readers.pseudonym(asking.reader_id), asking.tokens, limit=depth)
        held = [entry.book_id for entry in history if entry.book_id]
        if asking.text and held:
            vector = self._encoder.encode_queries([asking.text])[0]
            body = knn_body(vector, Filters(), self._bundle.search.dense, depth=depth)
            body["knn"]["filter"] = [{"ids": {"values": held}}]
            bodies["meaning"] = Search(BOOKS, body)
        return bodies

    def _fused(self, answers: Mapping[str, SearchResult], history: Sequence[HistoryEntry]) -> tuple[HistoryEntry, ...]:
        """Entries by both rankings together: what holds the words and is near in meaning comes first."""
        place = {entry: number for number, entry in enumerate(history)}
        by_book = {entry.book_id: number for entry, number in place.items() if entry.book_id}
        legs = []
        if words := answers.get("words"):
            entries = [entry_from_record(hit.source["record"]) for hit in words.hits if hit.source]
            legs.append(_leg("words", [(place[entry], 0.0) for entry in entries if entry in place]))
        if meaning := answers.get("meaning"):
            near = self._near_enough(meaning)
            legs.append(_leg("meaning", [(by_book[book_id], score) for book_id, score in near if book_id in by_book]))
        fused = fuse(legs, rank_constant=self._bundle.search.fusion.rrf.rank_constant)
        return tuple(history[int(number)] for number in fused.ids)

    def _near_enough(self, answer: SearchResult) -> list[tuple[str, float]]:
        lowest = (1 + self._bundle.recommend.taste.near_question) / 2
        return [pair for pair in zip(answer.ids, answer.scores or (), strict=True) if pair[1] >= lowest]


def _leg(name: str, places: Sequence[tuple[int, float]]) -> Leg:
    return Leg(name, tuple(str(place) for place, _ in places), tuple(score for _, score in places))
