"""What English reasons call things, and the wordings that depend on where a word stands."""

from collections.abc import Mapping

from recommender.models import Audience, Depth, Effect, Form
from recommender.recommend.composing.base import Place

EFFECTS: Mapping[Effect, tuple[str, str]] = {
    Effect.ESCAPE: ("when you want to get away from it all for a while", "for a break from everyday life"),
    Effect.EMPATHY: ("when you want a book that understands how you feel", "for company in what you feel"),
    Effect.COMFORT: ("when you need some comfort", "for a day that calls for kindness"),
    Effect.INSPIRATION: ("when you need the courage to try again", "for a new start"),
    Effect.PERSPECTIVE: ("when you want to see familiar things anew", "for another way of looking at things"),
}
DEPTHS: Mapping[Depth, tuple[str, str, str]] = {
    Depth.LIGHT: ("A light read", "Easy to pick up", "Good for a few pages at a time"),
    Depth.DEEP: ("A book to read slowly", "One to think over", "Worth taking time for"),
    Depth.IMMERSIVE: ("A book to get lost in", "An absorbing read", "One to sink into"),
}

LEVELS: Mapping[Depth, str] = {Depth.LIGHT: "easy to read", Depth.DEEP: "thorough", Depth.IMMERSIVE: "absorbing"}


MATCHED: Mapping[Place, tuple[str, ...]] = {
    Place.SUBJECTS: (
        "It is {a_noun} about {words}.",
        "This {noun} has {words} among its subjects.",
        "Among the subjects of this {noun}: {words}.",
    ),
    Place.TITLE: (
        "Its title names {words}.",
        "This {noun} carries {words} in its title.",
        "You will find {words} in the title of this {noun}.",
    ),
    Place.DESCRIPTION: (
        "Its description speaks of {words}.",
        "This {noun} mentions {words} in its description.",
        "By its description, this {noun} speaks of {words}.",
    ),
    Place.RECORD: (
        "It has to do with {words}.",
        "This {noun} fits {words}, by its record.",
        "By its record, this {noun} has to do with {words}.",
    ),
}

KINDS: Mapping[str, str] = {
    "novels": "novel",
    "korean_novels": "Korean novel",
    "chinese_novels": "Chinese novel",
    "japanese_novels": "Japanese novel",
    "english_novels": "English or American novel",
    "german_novels": "German novel",
    "french_novels": "French novel",
    "essays": "book of essays",
    "poetry": "book of poetry",
    "plays": "play",
    Form.COMIC: "comic",
    Form.PICTURE_BOOK: "picture book",
    Form.WORKBOOK: "workbook",
    Form.REFERENCE: "reference work",
    Form.PERIODICAL: "magazine",
}
"""The genre or form of a book → what it is called."""

AUDIENCES: Mapping[str, str] = {
    Audience.PRESCHOOL: "small children",
    Audience.CHILDREN: "children",
    Audience.TEENS: "teenagers",
    Audience.ADULTS: "adults",
}


CLASSES = (
    "general works", "philosophy", "religion", "social sciences", "natural sciences", "technology", "the arts",
    "language", "literature", "history",
)  # fmt: skip
"""The ten main classes of the Korean decimal classification, 0 to 9."""
