"""What the product answers to every query of a collection, mode by mode."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.search.request import MAX_QUERY_LENGTH, Mode, SearchRequest

if TYPE_CHECKING:
    from recommender.search.service import SearchService

DEPTH = 100
"""Books of each answer that are measured: recall@100 needs so many."""

Rankings = Mapping[str, tuple[str, ...]]
"""Query id → ids of the books found, best first."""


@dataclass(frozen=True, slots=True)
class ModeRankings:
    """The answers in one mode."""

    mode: Mode
    rankings: Rankings


def search_all(
    service: "SearchService",
    queries: Mapping[str, str],
    modes: Sequence[Mode],
    *,
    advance: Callable[[int], None] = lambda _parts: None,
) -> tuple[ModeRankings, ...]:
    """Ask every query in every mode as a visitor would; a query longer than the product takes is cut to its length.

    Args:
        service: over the library to ask.
        queries: id → text.
        modes: the legs to run.
        advance: told after each answer.
    """

    def ask(text: str, mode: Mode) -> tuple[str, ...]:
        ids = service.ids(SearchRequest(text[:MAX_QUERY_LENGTH], mode=mode, size=DEPTH))
        advance(1)
        return ids

    return tuple(
        ModeRankings(mode, {query_id: ask(text, mode) for query_id, text in queries.items()}) for mode in modes
    )
