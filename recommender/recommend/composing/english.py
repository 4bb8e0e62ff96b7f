"""Reasons in English."""

import re
from collections.abc import Sequence

from recommender.models import Depth, Mood
from recommender.recommend.composing.base import Composer, quoted
from recommender.recommend.composing.english_words import (
    AUDIENCES,
    CLASSES,
    DEPTHS,
    EFFECTS,
    KINDS,
    LEVELS,
    MATCHED,
)
from recommender.recommend.values import EvidenceCode

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_BEFORE_VOWEL = re.compile(r"(?:[aeio]|hon)", re.IGNORECASE)
"""Of the words that stand before a book here: an absorbing, an honest one."""


class EnglishComposer(Composer):
    """Plain sentences that speak to the reader."""

    language = "en"

    def can_name(self, word: str) -> bool:
        """Words in Hangul are left out: whoever asks in English may not read them."""
        return not _HANGUL.search(word)

    def matched(self) -> str:
        """What of the question the record holds."""
        place, words = self.matched_words()
        noun = self._noun()
        return self.pick(*MATCHED[place], words=_listed(words), noun=noun, a_noun=_one(noun))

    def modifier(self, code: EvidenceCode) -> str:
        """The fact beside a noun: warm before it; for teenagers, of 180 pages after it."""
        if code is EvidenceCode.MATCHES_MOOD:
            return self._tone(EvidenceCode.MATCHES_MOOD)
        return f"for {self._audience()}" if code is EvidenceCode.FITS_AUDIENCE else f"of {self.pages()} pages"

    def of_kind(self) -> str:
        """That it is of the kind that was asked for."""
        return self.pick(
            "It is {a_noun}, as you asked.",
            "This is the kind of book you asked for: {a_noun}.",
            "You asked for {a_noun}, and here is one.",
            a_noun=_one(self._noun()),
        )

    def fits_audience(self) -> str:
        """That it is for the readers for whom a book was asked for."""
        noun = self._noun()
        return self.pick(
            "It is {a_noun} for {who}.",
            "This {noun} is for {who}.",
            "The record names it as {a_noun} for {who}.",
            noun=noun,
            a_noun=_one(noun),
            who=self._audience(),
        )

    def fits_length(self) -> str:
        """That it is as long as was asked for."""
        return self.pick(
            "It has {pages} pages, the length you wanted.",
            "This {noun} has {pages} pages.",
            "With {pages} pages, it is as long as you wanted.",
            pages=str(self.pages()),
            noun=self._noun(),
        )

    def mood(self) -> str:
        """Which tone that was asked for the book has."""
        tone = self._tone(EvidenceCode.MATCHES_MOOD)
        return tone and self.pick(
            "Its tone is {tone}, which suits what you are looking for.",
            "This one was picked for its tone: {tone}.",
            "Expect a book that is {tone}.",
            tone=tone,
        )

    def likely_mood(self) -> str:
        """Which tone that was asked for the book may have, told as the guess that it is."""
        tone = self._tone(EvidenceCode.SEEMS_MOOD)
        return tone and self.pick(
            "Its tone may be {tone}: that is a guess from its description.",
            "This one may well be {tone}, to guess from its description.",
            "Going by its description, it seems to be {tone}.",
            tone=tone,
        )

    def preference(self) -> str:
        """Which of the reader's interests it meets."""
        authors, interests = self.preferred()
        if not (authors or interests):
            return ""
        if authors:
            return self.pick(
                "It is by {authors}, an author you like.",
                "This one is by {authors}, whom you named among the authors you like.",
                "You like {authors}, who wrote it.",
                authors=" and ".join(authors),
            )
        return self.pick(
            "It touches on {words}, which you say you like.",
            "This one touches on your interest in {words}.",
            "Among your interests, it meets {words}.",
            words=_listed(interests),
        )

    def like_read_book(self) -> str:
        """What it shares with a book the reader liked."""
        title, *shared = self.words(EvidenceCode.LIKE_READ_BOOK)
        if not shared:
            return self.pick(
                "It is close to {title}, which you liked.",
                "This one is close to {title}, which you liked.",
                "You liked {title}, and this is close to it.",
                title=title,
            )
        return self.pick(
            "It shares {words} with {title}, which you liked.",
            "This one is about {words}, as is {title}, which you liked.",
            "Like {title}, which you liked, it is about {words}.",
            title=title,
            words=_listed(shared),
        )

    def same_author(self) -> str:
        """That its author wrote a book the reader liked."""
        author, title = self.words(EvidenceCode.SAME_AUTHOR)[:2]
        return self.pick(
            "It is by {author}, who wrote {title}, which you liked.",
            "This is another book by {author}, whose {title} you liked.",
            "You liked {title}: this is another book by {author}.",
            author=author,
            title=title,
        )

    def co_borrowed(self) -> str:
        """That readers of a book that was liked borrowed this one, too."""
        (title,) = self.words(EvidenceCode.CO_BORROWED)[:1]
        return self.pick(
            "It was borrowed by readers of {title}, which you liked.",
            "This one was borrowed along with {title}, which you liked.",
            "Readers who borrowed {title}, which you liked, also borrowed this one.",
            title=title,
        )

    def fits_reader(self) -> str:
        """That it is as long, as hard and of such a tone as the reader prefers."""
        fitting = self.fitting()
        said = [*fitting.get("mood", ())[:1], *(LEVELS[Depth(depth)] for depth in fitting.get("depth", ()))]
        said += [f"{pages} pages long" for pages in fitting.get("pages", ())][:1]
        *others, last = said
        listed = f"{', '.join(others)} and {last}" if others else last
        return self.pick(
            "It is {said}, as you prefer.",
            "This is the kind of book you prefer: {said}.",
            "As you prefer, it is {said}.",
            said=listed,
        )

    def popular(self) -> str:
        """That readers of an age, or of all ages, borrow it."""
        first, last = (*self.words(EvidenceCode.POPULAR), "", "")[:2]
        ages = f"readers aged {first} to {last}" if last else f"readers of {first} and older"
        who = ages if first else "readers of this library"
        return self.pick(
            "It is often borrowed by {who}.",
            "This one is often borrowed by {who}.",
            "{Who} often borrow it.",
            who=who,
            Who=who.capitalize(),
        )

    def different(self) -> str:
        """That it is from outside of what the reader always reads."""
        return self.pick(
            "It comes from a part of the shelves that you have not read from much.",
            "This one lies outside of what you usually read.",
            "Something different: it lies outside of what you usually read.",
        )

    def near_taste(self) -> str:
        """That it is near in meaning to what the reader liked."""
        return self.pick(
            "It is close to the books you have liked.",
            "This one is much in the line of what you liked before.",
            "You have liked books close to this one.",
        )

    def near(self) -> str:
        """That it is near in meaning."""
        return self.pick(
            "It is close in meaning to what you asked.",
            "This one speaks of much the same things as you do.",
            "In meaning, it comes close to what you asked.",
        )

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
            "This is how the catalogue puts it: “{sentence}”",
            "In the words of the catalogue: “{sentence}”",
            sentence=sentence,
        )

    def subjects(self, words: Sequence[str]) -> str:
        """What the record lists as subjects."""
        return self.pick(
            "Its record lists {words}.",
            "This one is listed under {words}.",
            "Listed among its subjects: {words}.",
            words=_listed(words),
        )

    def classed(self, main_class: str) -> str:
        """In which of the ten main classes of the Korean decimal classification it stands."""
        return self.pick(
            "It is classed under {name}.",
            "This one is classed under {name}.",
            "You will find it under {name}.",
            name=CLASSES[int(main_class)],
        )

    def held(self) -> str:
        """What is true of every book: that the library holds it, and by whom it is."""
        authors = " and ".join(self.book.authors[:2])
        book = f"a book by {authors}" if authors else "a book"
        return self.pick(
            "It is {book} that this library holds.",
            "This is {book} from the shelves of this library.",
            "You will find it in this library: {book}.",
            book=book,
        )

    def _noun(self) -> str:
        """The book by its kind, with the fact that the sentence takes in: warm novel, novel for teenagers."""
        kind = KINDS.get(self.kind(), "book")
        if not self.modifying:
            return kind
        modifier = self.modifier(self.modifying)
        is_before = self.modifying is EvidenceCode.MATCHES_MOOD
        return f"{modifier} {kind}" if is_before else f"{kind} {modifier}"

    def _tone(self, code: EvidenceCode) -> str:
        """Two of the moods that a fact names; empty where it names none."""
        return " and ".join([word for word in self.words(code) if word in set(Mood)][:2])

    def _audience(self) -> str:
        return AUDIENCES[self.words(EvidenceCode.FITS_AUDIENCE)[0]]

    def _depth_words(self) -> str:
        return self.pick(*DEPTHS[self.book.depth]) if self.book.depth else ""


def _one(noun: str) -> str:
    """A noun with its article."""
    return f"{'an' if _BEFORE_VOWEL.match(noun) else 'a'} {noun}"


def _listed(words: Sequence[str]) -> str:
    """“one”, “two” and “three”."""
    *others, last = quoted(words, marks="“”")
    return f"{', '.join(others)} and {last}" if others else last
