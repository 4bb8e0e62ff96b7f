"""Finding the books to choose from: legs as bodies, one round trip for all legs of all questions, rankings as candidates."""

from recommender.recommend.candidates.finding import find_all
from recommender.recommend.candidates.values import ASKED_SOURCES, Candidates, Excluded, Hunt, Usual, Wanted

__all__ = ["ASKED_SOURCES", "Candidates", "Excluded", "Hunt", "Usual", "Wanted", "find_all"]
