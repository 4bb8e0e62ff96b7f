"""Reasons in English."""

import re
from collections.abc import Mapping, Sequence

from recommender.models import Depth, Effect, Mood
from recommender.recommend.composing.base import Composer, Place, quoted
from recommender.recommend.values import EvidenceCode

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

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")


MATCHED: Mapping[Place, tuple[str, ...]] = {
    Place.SUBJECTS: (
        "Its subjects include {words}.",
        "Among its themes: {words}.",
        "Its record lists {words} as subjects.",
    ),
    Place.TITLE: ("Its title names {words}.", "You will find {words} in its very title."),
    Place.DESCRIPTION: ("Its description speaks of {words}.", "Its description mentions {words}."),
    Place.RECORD: ("Its record fits {words}.", "It has to do with {words}."),
}


CLASSES = (
    "general works", "philosophy", "religion", "social sciences", "natural sciences", "technology", "the arts",
    "language", "literature", "history",
)  # fmt: skip
"""The ten main classes of the Korean decimal classification, 0 to 9."""


class EnglishComposer(Composer):
    """Plain sentences that speak to the reader."""

    language = "en"

    def can_name(self, word: str) -> bool:
        """Words in Hangul are left out: whoever asks in English may not read them."""
        return not _HANGUL.search(word)

    def matched(self) -> str:
        """What of the question the record holds."""
        place, words = self.matched_words()
        return self.pick(*MATCHED[place], words=_listed(words))

    def mood(self) -> str:
        """Which tone that was asked for the book has."""
        wished = self.words(EvidenceCode.MATCHES_MOOD)
        tones = [mood.value for mood in self.book.moods if mood.value in wished][:2]
        if not tones:
            return ""
        return self.pick(
            "Its tone is {tone}, which suits what you are looking for.",
            "It was picked for its tone: {tone}.",
            "Expect a book that is {tone}.",
            tone=" and ".join(tones),
        )

    def likely_mood(self) -> str:
        """Which tone that was asked for the book may have, told as the guess that it is."""
        tones = [code for code in self.words(EvidenceCode.SEEMS_MOOD) if code in set(Mood)][:2]
        if not tones:
            return ""
        return self.pick(
            "Going by its description, it seems to be {tone}.",
            "Its tone may be {tone}: that is a guess from its description.",
            tone=" and ".join(tones),
        )

    def preference(self) -> str:
        """Which of the reader's interests it meets."""
        authors, interests = self.preferred()
        if not (authors or interests):
            return ""
        if authors:
            return f"It is by {' and '.join(authors)}, an author you like."
        return self.pick(
            "It touches on {words}, which you say you like.",
            "Among your interests, it meets {words}.",
            words=_listed(interests),
        )

    def like_read_book(self) -> str:
        """What it shares with a book the reader liked."""
        title, *shared = self.words(EvidenceCode.LIKE_READ_BOOK)
        if not shared:
            return f"It is close to {title}, which you liked."
        return self.pick(
            "Like {title}, which you liked, it is about {words}.",
            "It shares {words} with {title}, which you liked.",
            title=title,
            words=_listed(shared),
        )

    def same_author(self) -> str:
        """That its author wrote a book the reader liked."""
        author, title = self.words(EvidenceCode.SAME_AUTHOR)[:2]
        return self.pick(
            "It is by {author}, who wrote {title}, which you liked.",
            "You liked {title}: this is another book by {author}.",
            author=author,
            title=title,
        )

    def co_borrowed(self) -> str:
        """That readers of a book that was liked borrowed this one, too."""
        (title,) = self.words(EvidenceCode.CO_BORROWED)[:1]
        return self.pick(
            "Readers who borrowed {title}, which you liked, also borrowed this one.",
            "It was borrowed by readers of {title}, which you liked.",
            title=title,
        )

    def fits_reader(self) -> str:
        """That it is as long, as hard and of such a tone as the reader prefers."""
        fitting = self.fitting()
        said = [*fitting.get("mood", ())[:1], *(LEVELS[Depth(depth)] for depth in fitting.get("depth", ()))]
        said += [f"{pages} pages long" for pages in fitting.get("pages", ())][:1]
        *others, last = said
        listed = f"{', '.join(others)} and {last}" if others else last
        return self.pick("It is {said}, as you prefer.", "It is the kind of book you prefer: {said}.", said=listed)

    def popular(self) -> str:
        """That readers of an age borrow it."""
        first, last = self.words(EvidenceCode.POPULAR)[:2]
        ages = f"aged {first} to {last}" if last else f"of {first} and older"
        return self.pick("Readers {ages} often borrow it.", "It is often borrowed by readers {ages}.", ages=ages)

    def different(self) -> str:
        """That it is from outside of what the reader always reads."""
        return self.pick(
            "Something different: it lies outside of what you usually read.",
            "It comes from a part of the shelves that you have not read from much.",
        )

    def near_taste(self) -> str:
        """That it is near in meaning to what the reader liked."""
        return self.pick("It is close to the books you have liked.", "It is much in the line of what you liked before.")

    def near(self) -> str:
        """That it is near in meaning."""
        return self.pick("It is close in meaning to what you asked.", "It speaks of much the same things as you do.")

    def use(self) -> str:
        """For what, and how, it is read, as the record says; empty if it does not."""
        effect = self.wished_effect()
        if not effect:
            return self.depth()
        start = self._depth_words() or self.pick("One to open", "One to keep at hand", "Worth a try")
        return f"{start} {self.pick(*EFFECTS[effect])}."

    def depth(self) -> str:
        """How it reads; empty if the record does not say."""
        words = self._depth_words()
        return f"{words}." if words else ""

    def shelf(self) -> str:
        """Where it stands, and whether it is in."""
        number = self.book.call_number
        where = f"It stands at {number}" if number else "It is in the library"
        return (
            f"{where} and can be borrowed now." if self.book.available else f"{where}, but no copy can be borrowed now."
        )

    def quote(self, sentence: str) -> str:
        """A sentence of the description, marked as such."""
        return self.pick(
            "Its description says: “{sentence}”",
            "In the words of the catalogue: “{sentence}”",
            "The catalogue puts it like this: “{sentence}”",
            sentence=sentence,
        )

    def subjects(self, words: Sequence[str]) -> str:
        """What the record lists as subjects."""
        return self.pick("Its record lists {words}.", "Its subjects: {words}.", words=_listed(words))

    def classed(self, main_class: str) -> str:
        """In which of the ten main classes of the Korean decimal classification it stands."""
        return self.pick("It is classed under {name}.", "You will find it under {name}.", name=CLASSES[int(main_class)])

    def held(self) -> str:
        """What is true of every book: that the library holds it, and by whom it is."""
        authors = " and ".join(self.book.authors[:2])
        return (
            f"It is a book by {authors} that this library holds."
            if authors
            else "It is a book that this library holds."
        )

    def _depth_words(self) -> str:
        return self.pick(*DEPTHS[self.book.depth]) if self.book.depth else ""


def _listed(words: Sequence[str]) -> str:
    """“one”, “two” and “three”."""
    *others, last = quoted(words, marks="“”")
    return f"{', '.join(others)} and {last}" if others else last
