"""The product's own ways from a reader to books, as the recommendation service goes them when a reader asks nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evaluation.readers.splitting import Case
from recommender.engine.base import Search
from recommender.recommend.candidates import Excluded, Wanted
from recommender.recommend.candidates.legs import candidate_searches
from recommender.recommend.reader import read_context, taste_vector
from recommender.recommend.values import MAX_CANDIDATES, Question
from recommender.search.service import BOOKS

if TYPE_CHECKING:
    from recommender.library import Library


def remember(library: "Library", cases: Sequence[Case]) -> None:
    """Store what is left of each reader's history, under pseudonyms, as the indexer does."""
    library.readers.write_history(
        [
            replace(entry, reader_id=library.readers.pseudonym(case.reader_id))
            for case in cases
            for entry in case.history
        ]
    )


class Taste:
    """The leg by taste alone: books near the weighted mean of those that the reader liked."""

    name = "taste"

    def __init__(self, library: "Library") -> None:
        """`library` has the catalogue and remembers the readers."""
        self._library = library

    def recommend(self, case: Case, count: int) -> Sequence[str]:
        """The unread books nearest to the taste vector, however far; none for a reader who liked nothing."""
        library = self._library
        context = read_context(
            case.reader_id,
            "",
            (),
            readers=library.readers,
            search=library.search,
            encoder=library.encoder,
            limits=library.bundle.recommend.enrichment,
        )
        taste = taste_vector(context, library.encoder)
        if taste is None:
            return ()
        bodies = candidate_searches(Wanted(taste=taste), Excluded(book_ids=case.items), library.bundle)
        (answer,) = library.engine.msearch([Search(BOOKS, bodies["taste"])])
        return answer.ids[:count]


class WholeService:
    """All legs together: taste, words and meaning of what the reader read, fused and spread over authors."""

    name = "all legs"

    def __init__(self, library: "Library") -> None:
        """`library` has the catalogue and remembers the readers."""
        self._library = library

    def recommend(self, case: Case, count: int) -> Sequence[str]:
        """The candidates in their order, as the service gives them to the generator."""
        question = Question(reader_id=case.reader_id, size=1, num_candidates=min(count, MAX_CANDIDATES))
        return self._library.recommend.recommend(question).candidates
