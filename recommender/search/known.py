"""What the router asks of the live catalogue before it rewrites a query."""

from recommender.engine.base import Engine
from recommender.search.filtering import person_clause, title_clause


class LiveCatalogue:
    """Answers by counting; asked only for queries in which the router understood something."""

    def __init__(self, engine: Engine, index: str) -> None:
        self._engine = engine
        self._index = index

    def holds_title(self, text: str, *, whole: bool) -> bool:
        """Whether the text is a title, or unless it has to be the whole, the beginning of one."""
        return self._engine.count(self._index, title_clause(text, whole=whole)) > 0

    def holds_author(self, name: str, *, whole: bool) -> bool:
        """Whether a book has somebody of this name, or unless it has to be the whole, of whose name this is a part."""
        return self._engine.count(self._index, person_clause(name, whole=whole)) > 0
