"""Checking that a text says of a book and a reader only what their data says: pure, over facts."""

from recommender.recommend.grounding.checking import check
from recommender.recommend.grounding.facts import Asker, Facts, facts_of
from recommender.recommend.grounding.values import Checked, Claim, ClaimKind, Dropped

__all__ = ["Asker", "Checked", "Claim", "ClaimKind", "Dropped", "Facts", "check", "facts_of"]
