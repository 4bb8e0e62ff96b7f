"""The values that cross the project's rooms: what a library holds, and who reads it."""

from recommender.models.appeal import (
    APPEAL_CODES,
    SINGLE_FACETS,
    AppealCode,
    AppealFacet,
    AppealSource,
    AppealTerm,
    Depth,
    Effect,
    Mood,
    Pace,
    appeal_code,
)
from recommender.models.books import Audience, Book, CallNumber, Form, Holding, HoldingStatus, Person, Role
from recommender.models.readers import AgeGroup, HistoryEntry, Preferences, Weighted

__all__ = [
    "APPEAL_CODES",
    "SINGLE_FACETS",
    "AgeGroup",
    "AppealCode",
    "AppealFacet",
    "AppealSource",
    "AppealTerm",
    "Audience",
    "Book",
    "CallNumber",
    "Depth",
    "Effect",
    "Form",
    "HistoryEntry",
    "Holding",
    "HoldingStatus",
    "Mood",
    "Pace",
    "Person",
    "Preferences",
    "Role",
    "Weighted",
    "appeal_code",
]
