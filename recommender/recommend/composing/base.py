"""What composing in any language shares: which facts are told first, and which wording a book gets."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import partial

from recommender.models import Book, Effect
from recommender.recommend.composing.quoting import telling_sentence
from recommender.recommend.values import EvidenceCode

MOST_FACTS = 2
"""Facts in one reason; a third makes it a list."""

MOST_WORDS = 3
"""Words named in one sentence."""


class Place(IntEnum):
    """Where in a record a word stands, the surest to tell of its subject first."""

    SUBJECTS = 0
    TITLE = 1
    DESCRIPTION = 2
    RECORD = 3


class Composer(ABC):
    """Sentences about one book.

    Args:
        book: its record.
        facts: what speaks for it, code → words.
        position: its place in the answer, from 0.
    """

    TOLD_FIRST = (
        EvidenceCode.SOMETHING_DIFFERENT,
        EvidenceCode.MATCHES_WORDS,
        EvidenceCode.OF_KIND,
        EvidenceCode.SAME_AUTHOR,
        EvidenceCode.LIKE_READ_BOOK,
        EvidenceCode.CO_BORROWED,
        EvidenceCode.MATCHES_PREFERENCE,
        EvidenceCode.MATCHES_MOOD,
        EvidenceCode.SEEMS_MOOD,
        EvidenceCode.FITS_AUDIENCE,
        EvidenceCode.FITS_LENGTH,
        EvidenceCode.FITS_READER,
        EvidenceCode.POPULAR,
        EvidenceCode.NEAR_TASTE,
        EvidenceCode.NEAR_IN_MEANING,
    )
    MODIFYING = (EvidenceCode.MATCHES_MOOD, EvidenceCode.FITS_AUDIENCE, EvidenceCode.FITS_LENGTH)
    """Facts that can stand before the noun of another's sentence: "‘우정’을 다룬 청소년을 위한 소설입니다"."""
    language: str

    def __init__(self, book: Book, facts: Mapping[EvidenceCode, tuple[str, ...]], position: int) -> None:
        self.book = book
        self.facts = facts
        self.position = position
        self.modifying: EvidenceCode | None = None  # the fact that the noun of the first sentence takes in
        self.turn = 0  # the place of the sentence that is made, so that the sentences of one reason differ, too

    def why(self) -> str:
        """Why this book: the strongest facts, then what its record says."""
        codes = self._worth_telling()
        if codes and codes[0] in (EvidenceCode.MATCHES_WORDS, EvidenceCode.OF_KIND):
            self.modifying = next((code for code in self.MODIFYING if code in codes and self.modifier(code)), None)
        codes = [code for code in codes if code is not self.modifying]
        told: list[str] = []
        tellers: list[Callable[[], str]] = [partial(self.sentence, code) for code in codes[:MOST_FACTS]]
        for tell in (*tellers, self.from_record):
            self.turn = len(told)
            if sentence := tell():
                told.append(sentence)
                self.modifying = None
        self.turn = 0
        return " ".join(told) or self.held()

    def _worth_telling(self) -> list[EvidenceCode]:
        """The facts that a reason may tell, the strongest first, none that another tells with it."""
        codes = [code for code in self.TOLD_FIRST if code in self.facts]
        left_out = set()
        if not any(self.preferred()):
            left_out.add(EvidenceCode.MATCHES_PREFERENCE)
        if len(codes) > 1:  # nearness is what a reader sees least: it is told where nothing else is
            left_out.add(EvidenceCode.NEAR_IN_MEANING)
        if self._is_told_by_quote():
            left_out.add(EvidenceCode.MATCHES_WORDS)
        elif EvidenceCode.MATCHES_WORDS in codes:  # "‘우주’를 다룬 소설입니다" tells the kind, too
            left_out.add(EvidenceCode.OF_KIND)
        return [code for code in codes if code not in left_out]

    def help(self) -> str:
        """What reading it can do: its effect and how it reads, else where it stands."""
        return self.use() or self.sentence(EvidenceCode.AVAILABLE)

    def sentence(self, code: EvidenceCode) -> str:
        """One fact as a sentence; empty where there is nothing to say of it."""
        sentences: Mapping[EvidenceCode, Callable[[], str]] = {
            EvidenceCode.MATCHES_WORDS: self.matched,
            EvidenceCode.OF_KIND: self.of_kind,
            EvidenceCode.FITS_AUDIENCE: self.fits_audience,
            EvidenceCode.FITS_LENGTH: self.fits_length,
            EvidenceCode.MATCHES_MOOD: self.mood,
            EvidenceCode.SEEMS_MOOD: self.likely_mood,
            EvidenceCode.MATCHES_PREFERENCE: self.preference,
            EvidenceCode.LIKE_READ_BOOK: self.like_read_book,
            EvidenceCode.SAME_AUTHOR: self.same_author,
            EvidenceCode.CO_BORROWED: self.co_borrowed,
            EvidenceCode.FITS_READER: self.fits_reader,
            EvidenceCode.POPULAR: self.popular,
            EvidenceCode.NEAR_TASTE: self.near_taste,
            EvidenceCode.SOMETHING_DIFFERENT: self.different,
            EvidenceCode.NEAR_IN_MEANING: self.near,
            EvidenceCode.FITS_DEPTH: self.depth,
            EvidenceCode.AVAILABLE: self.shelf,
        }
        return sentences[code]()

    def kind(self) -> str:
        """The code of the genre or form that was asked for and that the book has; empty for a mere book."""
        return next(iter(self.words(EvidenceCode.OF_KIND)), "")

    def pages(self) -> int:
        """Its length, where that was asked for; else 0."""
        return int(next(iter(self.words(EvidenceCode.FITS_LENGTH)), 0))

    def pick(self, *wordings: str, **words: str) -> str:
        """The wording whose turn it is, filled in."""
        chosen = wordings[(self.position + self.turn) % len(wordings)]
        return chosen.format(**words)

    def words(self, code: EvidenceCode) -> tuple[str, ...]:
        """The words that a fact rests on."""
        return self.facts.get(code, ())

    def from_record(self) -> str:
        """The sentence of the description that says most of what was asked for, else subjects not yet named, else its class."""
        if quoted := telling_sentence(self.book.description, self._named(), language=self.language):
            return self.quote(quoted)
        named = {word.casefold() for word in self._named()}
        subjects = [word for word in self.book.keywords if word.casefold() not in named and self.can_name(word)]
        if subjects:
            return self.subjects(subjects[:MOST_WORDS])
        return self.classed(self.book.kdc[0]) if self.book.kdc[:1].isdigit() else ""

    def wished_effect(self) -> Effect | None:
        """The effect that was asked for, else the first that the record names."""
        asked = self.words(EvidenceCode.MATCHES_MOOD)
        return next(
            (effect for effect in self.book.effects if effect.value in asked), next(iter(self.book.effects), None)
        )

    def matched_words(self) -> tuple[Place, tuple[str, ...]]:
        """The surest place of the record in which words of the question stand, and those words.

        A word is found in the record as another form of itself too (lonely, loneliness): then only `Place.RECORD` is sure.
        """
        words = self.words(EvidenceCode.MATCHES_WORDS)
        places = [(self._place(word), word) for word in words]
        surest = min(place for place, _ in places)
        return surest, tuple(word for place, word in places if place is surest)

    def preferred(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The liked authors of the book, and the interests that it meets."""
        words = self.words(EvidenceCode.MATCHES_PREFERENCE)
        told = self.words(EvidenceCode.SAME_AUTHOR)[:1]  # the author of a book that was liked: said there already
        authors = tuple(word for word in words if word in self.book.authors)
        interests = tuple(word for word in words if word not in authors)
        return tuple(author for author in authors if author not in told), interests

    def fitting(self) -> dict[str, list[str]]:
        """What of the length, level and tone that the reader prefers the book has, kind → values."""
        kinds: dict[str, list[str]] = {}
        for word in self.words(EvidenceCode.FITS_READER):
            kind, _, value = word.partition(":")
            kinds.setdefault(kind, []).append(value)
        return kinds

    def _is_told_by_quote(self) -> bool:
        """Whether the sentence quoted holds the words anyway that stand in the description alone."""
        if EvidenceCode.MATCHES_WORDS not in self.facts:
            return False
        place, words = self.matched_words()
        sentence = telling_sentence(self.book.description, self._named(), language=self.language).casefold()
        return place is Place.DESCRIPTION and any(word.casefold() in sentence for word in words)

    def _place(self, word: str) -> Place:
        wanted = word.casefold()
        subjects = [subject.casefold() for subject in (*self.book.keywords, *self.book.categories)]
        # One syllable is a part of too many words: 글 of "글 없는 만화" is not its subject.
        if any(wanted == subject or (len(wanted) > 1 and wanted in subject) for subject in subjects):
            return Place.SUBJECTS
        if wanted in f"{self.book.title} {self.book.subtitle}".casefold():
            return Place.TITLE
        return Place.DESCRIPTION if wanted in self.book.description.casefold() else Place.RECORD

    def _named(self) -> tuple[str, ...]:
        return (
            *self.words(EvidenceCode.MATCHES_WORDS),
            *self.words(EvidenceCode.MATCHES_PREFERENCE),
            *self.words(EvidenceCode.LIKE_READ_BOOK)[1:],
        )

    @abstractmethod
    def can_name(self, word: str) -> bool:
        """Whether a reader of this language can read the word."""

    @abstractmethod
    def matched(self) -> str:
        """What of the question the record holds."""

    @abstractmethod
    def modifier(self, code: EvidenceCode) -> str:
        """One of the facts `MODIFYING` as it stands beside a noun; empty where there is nothing to say of it."""

    @abstractmethod
    def of_kind(self) -> str:
        """That it is of the kind that was asked for."""

    @abstractmethod
    def fits_audience(self) -> str:
        """That it is for the readers for whom a book was asked for."""

    @abstractmethod
    def fits_length(self) -> str:
        """That it is as long as was asked for."""

    @abstractmethod
    def mood(self) -> str:
        """Which tone that was asked for the book has."""

    @abstractmethod
    def likely_mood(self) -> str:
        """Which tone that was asked for the book may have, told as the guess that it is."""

    @abstractmethod
    def different(self) -> str:
        """That it is from outside of what the reader always reads."""

    @abstractmethod
    def preference(self) -> str:
        """Which of the reader's interests it meets."""

    @abstractmethod
    def like_read_book(self) -> str:
        """What it shares with a book the reader liked."""

    @abstractmethod
    def same_author(self) -> str:
        """That its author wrote a book the reader liked."""

    @abstractmethod
    def co_borrowed(self) -> str:
        """That readers of a book that was liked borrowed this one, too."""

    @abstractmethod
    def fits_reader(self) -> str:
        """That it is as long, as hard and of such a tone as the reader prefers."""

    @abstractmethod
    def popular(self) -> str:
        """That readers of an age borrow it."""

    @abstractmethod
    def near_taste(self) -> str:
        """That it is near in meaning to what the reader liked."""

    @abstractmethod
    def near(self) -> str:
        """That it is near in meaning."""

    @abstractmethod
    def use(self) -> str:
        """For what, and how, it is read, as the record says; empty if it does not."""

    @abstractmethod
    def depth(self) -> str:
        """How it reads; empty if the record does not say."""

    @abstractmethod
    def shelf(self) -> str:
        """Where it stands, and whether it is in."""

    @abstractmethod
    def quote(self, sentence: str) -> str:
        """A sentence of the description, marked as such."""

    @abstractmethod
    def subjects(self, words: Sequence[str]) -> str:
        """What the record lists as subjects."""

    @abstractmethod
    def classed(self, main_class: str) -> str:
        """In which of the ten main classes of the Korean decimal classification it stands."""

    @abstractmethod
    def held(self) -> str:
        """What is true of every book: that the library holds it, and by whom it is."""


def quoted(words: Sequence[str], *, marks: str) -> list[str]:
    """The first words in quotation marks."""
    return [f"{marks[0]}{word}{marks[1]}" for word in words[:MOST_WORDS]]
