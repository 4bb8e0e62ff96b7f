"""Reasons without a model: sentences made from evidence alone, in Korean and English.

Nothing is said here that the record or the reader's own data does not hold. Several wordings of each sentence are
there so that three books on a page do not read like a form; which one a book gets depends on its id alone.
"""

import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

from recommender.models import Book, Depth, Effect, Mood
from recommender.recommend.values import Evidence, EvidenceCode, Reasons
from recommender.text.hangul import with_particle

Wordings = Sequence[str]

KOREAN_EFFECTS: Mapping[Effect, str] = {
    Effect.ESCAPE: "잠시 현실을 잊게 해 주는",
    Effect.EMPATHY: "마음을 알아주는",
    Effect.COMFORT: "위로가 되는",
    Effect.INSPIRATION: "다시 해 볼 힘을 주는",
    Effect.PERSPECTIVE: "새롭게 보게 해 주는",
}
ENGLISH_EFFECTS: Mapping[Effect, str] = {
    Effect.ESCAPE: "takes you away for a while",
    Effect.EMPATHY: "understands how one feels",
    Effect.COMFORT: "comforts",
    Effect.INSPIRATION: "gives courage to try again",
    Effect.PERSPECTIVE: "lets you see things anew",
}
KOREAN_MOODS: Mapping[Mood, str] = {
    Mood.WARM: "따뜻한", Mood.CHEERFUL: "유쾌한", Mood.CALM: "잔잔한", Mood.MELANCHOLY: "쓸쓸한", Mood.SAD: "슬픈",
    Mood.TENSE: "긴장감 있는", Mood.HOPEFUL: "희망찬", Mood.THOUGHTFUL: "생각하게 하는", Mood.MYSTERIOUS: "신비로운",
    Mood.ADVENTUROUS: "모험이 가득한", Mood.EXHILARATING: "가슴 뛰는", Mood.BEAUTIFUL: "아름다운", Mood.HONEST: "솔직한",
    Mood.WITTY: "재치 있는", Mood.COMFORTING: "다독여 주는", Mood.INSPIRING: "용기를 주는",
}  # fmt: skip
KOREAN_DEPTHS: Mapping[Depth, str] = {
    Depth.LIGHT: "가볍게 읽을 수 있습니다",
    Depth.DEEP: "천천히 생각하며 읽기 좋습니다",
    Depth.IMMERSIVE: "금세 빠져들어 읽게 됩니다",
}
ENGLISH_DEPTHS: Mapping[Depth, str] = {
    Depth.LIGHT: "It is light to read",
    Depth.DEEP: "It rewards slow, thoughtful reading",
    Depth.IMMERSIVE: "It draws you in quickly",
}


def compose_reasons(book: Book, evidence: Sequence[Evidence], *, language: str) -> Reasons:
    """Why this book, and how it can help: at most two sentences each."""
    language_of = _English if language == "en" else _Korean
    composer = language_of(book, {fact.code: fact.words for fact in evidence})
    return Reasons(why=composer.why(), help=composer.help())


def evidence_sentences(book: Book, evidence: Sequence[Evidence], *, language: str) -> tuple[str, ...]:
    """Every fact as a sentence, for a model's prompt and for the page."""
    language_of = _English if language == "en" else _Korean
    composer = language_of(book, {fact.code: fact.words for fact in evidence})
    return tuple(composer.sentence(fact.code) for fact in evidence)


class _Composer(ABC):
    """What both languages share: which facts are told first, and which wording a book gets."""

    ORDER = (
        EvidenceCode.SAME_AUTHOR,
        EvidenceCode.LIKE_READ_BOOK,
        EvidenceCode.MATCHES_WORDS,
        EvidenceCode.MATCHES_MOOD,
        EvidenceCode.MATCHES_PREFERENCE,
        EvidenceCode.NEAR_IN_MEANING,
    )

    def __init__(self, book: Book, facts: Mapping[EvidenceCode, tuple[str, ...]]) -> None:
        self.book = book
        self.facts = facts

    def why(self) -> str:
        told = [self.sentence(code) for code in self.ORDER if code in self.facts][:2]
        return " ".join(told) or self.from_record()

    def help(self) -> str:
        told = [text for text in (self.effect(), self.depth()) if text]
        return " ".join(told[:2]) or self.sentence(EvidenceCode.AVAILABLE)

    def pick(self, wordings: Wordings, **words: str) -> str:
        chosen = wordings[zlib.crc32(self.book.id.encode()) % len(wordings)]
        return chosen.format(**words)

    def words(self, code: EvidenceCode) -> tuple[str, ...]:
        return self.facts.get(code, ())

    def sentence(self, code: EvidenceCode) -> str:
        sentences: Mapping[EvidenceCode, Callable[[], str]] = {
            EvidenceCode.MATCHES_WORDS: self.matched,
            EvidenceCode.MATCHES_MOOD: self.mood,
            EvidenceCode.MATCHES_PREFERENCE: self.preference,
            EvidenceCode.LIKE_READ_BOOK: self.like_read_book,
            EvidenceCode.SAME_AUTHOR: self.same_author,
            EvidenceCode.NEAR_IN_MEANING: self.near,
            EvidenceCode.FITS_DEPTH: self.depth,
            EvidenceCode.AVAILABLE: self.shelf,
        }
        return sentences[code]()

    @abstractmethod
    def matched(self) -> str: ...

    @abstractmethod
    def mood(self) -> str: ...

    @abstractmethod
    def preference(self) -> str: ...

    @abstractmethod
    def like_read_book(self) -> str: ...

    @abstractmethod
    def same_author(self) -> str: ...

    @abstractmethod
    def near(self) -> str: ...

    @abstractmethod
    def effect(self) -> str: ...

    @abstractmethod
    def depth(self) -> str: ...

    @abstractmethod
    def shelf(self) -> str: ...

    @abstractmethod
    def from_record(self) -> str: ...


class _Korean(_Composer):
    def matched(self) -> str:
        words = _quoted(self.words(EvidenceCode.MATCHES_WORDS))
        return self.pick(
            (
                "말씀하신 {object} 다루는 책입니다.",
                "질문에 나온 {subject} 이 책의 제목이나 소개에 들어 있습니다.",
                "찾으시는 {object} 이 책에서 만날 수 있습니다.",
            ),
            object=with_particle(words, "을", "를"),
            subject=with_particle(words, "이", "가"),
        )

    def mood(self) -> str:
        tones = [KOREAN_MOODS[mood] for mood in self.book.moods if mood.value in self.words(EvidenceCode.MATCHES_MOOD)]
        if not tones:
            return self.effect()
        return self.pick(
            ("{tone} 분위기가 지금 마음에 어울립니다.", "지금 찾으시는 {tone} 느낌의 책입니다."), tone=tones[0]
        )

    def preference(self) -> str:
        words = _quoted(self.words(EvidenceCode.MATCHES_PREFERENCE))
        return self.pick(
            ("평소 좋아하시는 {object} 담고 있습니다.", "관심사로 꼽으신 {subject} 이 책과 이어집니다."),
            object=with_particle(words, "을", "를"),
            subject=with_particle(words, "이", "가"),
        )

    def like_read_book(self) -> str:
        title, *shared = self.words(EvidenceCode.LIKE_READ_BOOK)
        read = f"『{title}』"
        if not shared:
            return f"좋게 읽으신 {with_particle(read, '과', '와')} 가까운 책입니다."
        return self.pick(
            (
                "좋게 읽으신 {read}처럼 {object} 이야기합니다.",
                "{read}에서 만난 {object} 이 책에서도 만날 수 있습니다.",
            ),
            read=read,
            object=with_particle(_quoted(shared), "을", "를"),
        )

    def same_author(self) -> str:
        author, title = self.words(EvidenceCode.SAME_AUTHOR)[:2]
        return f"좋게 읽으신 『{title}』의 저자 {with_particle(author, '이', '가')} 쓴 책입니다."

    def near(self) -> str:
        return self.pick(("질문의 뜻과 가까운 책입니다.", "같은 낱말은 없어도 질문과 뜻이 통하는 책입니다."))

    def effect(self) -> str:
        effects = [KOREAN_EFFECTS[effect] for effect in self.book.effects]
        return (
            self.pick(("{effect} 책으로 분류되어 있습니다.", "{effect} 책입니다."), effect=effects[0])
            if effects
            else ""
        )

    def depth(self) -> str:
        return f"{KOREAN_DEPTHS[self.book.depth]}." if self.book.depth else ""

    def shelf(self) -> str:
        number = self.book.call_number
        where = f"청구기호 {number}에서" if number else "서가에서"
        return (
            f"{where} 찾으실 수 있고, 지금 빌릴 수 있습니다." if self.book.available else f"{where} 찾으실 수 있습니다."
        )

    def from_record(self) -> str:
        about = ", ".join(self.book.keywords[:3])
        return f"{with_particle(about, '을', '를')} 다루는 책입니다." if about else "이 도서관이 갖고 있는 책입니다."


class _English(_Composer):
    def matched(self) -> str:
        words = _quoted(self.words(EvidenceCode.MATCHES_WORDS), marks="“”")
        return self.pick(
            ("Its record speaks of {words}, which you asked about.", "You asked about {words}: this book has it."),
            words=words,
        )

    def mood(self) -> str:
        tones = [mood.value for mood in self.book.moods if mood.value in self.words(EvidenceCode.MATCHES_MOOD)]
        if not tones:
            return self.effect()
        return self.pick(("Its {tone} tone suits how you feel.", "It is a {tone} book, as you wished."), tone=tones[0])

    def preference(self) -> str:
        words = _quoted(self.words(EvidenceCode.MATCHES_PREFERENCE), marks="“”")
        return self.pick(("It touches on {words}, which you like.", "{words} is among your interests."), words=words)

    def like_read_book(self) -> str:
        title, *shared = self.words(EvidenceCode.LIKE_READ_BOOK)
        if not shared:
            return f"It is close to {title}, which you liked."
        return f"Like {title}, which you liked, it is about {_quoted(shared, marks='“”')}."

    def same_author(self) -> str:
        author, title = self.words(EvidenceCode.SAME_AUTHOR)[:2]
        return f"It is by {author}, who wrote {title}, which you liked."

    def near(self) -> str:
        return self.pick(("It is close in meaning to your question.", "It means much the same as what you asked."))

    def effect(self) -> str:
        effects = [ENGLISH_EFFECTS[effect] for effect in self.book.effects]
        return f"It is catalogued as a book that {effects[0]}." if effects else ""

    def depth(self) -> str:
        return f"{ENGLISH_DEPTHS[self.book.depth]}." if self.book.depth else ""

    def shelf(self) -> str:
        number = self.book.call_number
        where = f"It stands at {number}" if number else "It is in the library"
        return f"{where} and can be borrowed now." if self.book.available else f"{where}."

    def from_record(self) -> str:
        about = ", ".join(self.book.keywords[:3])
        return f"It is about {about}." if about else "It is among the books of this library."


def _quoted(words: Sequence[str], *, marks: str = "‘’") -> str:
    return ", ".join(f"{marks[0]}{word}{marks[1]}" for word in words[:3])
