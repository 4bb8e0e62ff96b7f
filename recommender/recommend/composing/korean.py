"""Reasons in Korean."""

from collections.abc import Sequence

from recommender.models import Depth, Mood
from recommender.recommend.composing.base import MOST_WORDS, Composer, quoted
from recommender.recommend.composing.korean_words import (
    AUDIENCES,
    CLASSES,
    DEPTHS,
    EFFECTS,
    KINDS,
    LEVELS,
    MATCHED,
    NEARLY,
    PARTICLES,
    ROUND_PAGES,
    TONES,
)
from recommender.recommend.values import EvidenceCode
from recommender.text.hangul import josa, with_particle


class KoreanComposer(Composer):
    """Sentences in the polite form that libraries use."""

    language = "ko"

    def can_name(self, word: str) -> bool:  # noqa: ARG002 (Korean readers know the Latin letters)
        """Any word."""
        return True

    def matched(self) -> str:
        """What of the question the record holds."""
        place, words = self.matched_words()
        return self.pick(*MATCHED[place], noun=self._noun(), **_marked(words))

    def modifier(self, code: EvidenceCode) -> str:
        """The fact before a noun: 따뜻한, 청소년을 위한, 200쪽이 안 되는."""
        if code is EvidenceCode.MATCHES_MOOD:
            return self._tone(EvidenceCode.MATCHES_MOOD)
        if code is EvidenceCode.FITS_AUDIENCE:
            return f"{self._audience()} 위한"
        return self._length()

    def of_kind(self) -> str:
        """That it is of the kind that was asked for."""
        return self.pick(
            "{kind_object} 찾으셔서 고른 {book}입니다.",  # nobody asked for 200쪽이 안 되는 소설, only for a short one
            "원하신 대로 {noun}입니다.",
            "이 책은 찾으시던 {noun}입니다.",
            kind_object=with_particle(KINDS.get(self.kind(), "책"), "을", "를"),
            book=self._modified("책"),
            noun=self._noun(),
        )

    def fits_audience(self) -> str:
        """That it is for the readers for whom a book was asked for."""
        return self.pick(
            "{who} 위한 {noun}입니다.",
            "읽을 사람에 맞추어 {who} 위한 책 가운데서 골랐습니다.",
            "이 책은 {who} 위한 책으로 올라 있습니다.",
            who=self._audience(),
            noun=self._noun(),
        )

    def fits_length(self) -> str:
        """That it is as long as was asked for."""
        return self.pick(
            "{pages}쪽 분량의 {noun}입니다.",
            "분량은 {pages}쪽으로 알맞습니다.",
            "이 책은 모두 {pages}쪽이라 길이가 맞습니다.",
            pages=str(self.pages()),
            noun=self._noun(),
        )

    def mood(self) -> str:
        """Which tone that was asked for the book has."""
        tone = self._tone(EvidenceCode.MATCHES_MOOD)
        return tone and self.pick(
            "{tone} 느낌이 나는 {noun}입니다.",
            "찾으시는 마음에 어울리는 {tone} {noun}입니다.",
            "이 책을 고른 것은 {tone} 분위기 때문입니다.",
            tone=tone,
            noun=self._noun(),
        )

    def likely_mood(self) -> str:
        """Which tone that was asked for the book may have, told as the guess that it is."""
        tone = self._tone(EvidenceCode.SEEMS_MOOD)
        return tone and self.pick(
            "소개글로 미루어 {tone} 분위기로 짐작되는 {noun}입니다.",
            "아마도 {tone} {noun}일 듯합니다. 소개글에서 짐작한 것입니다.",
            "이 책은 소개글로 보아 {tone} 분위기일 것 같습니다.",
            tone=tone,
            noun=self._noun(),
        )

    def preference(self) -> str:
        """Which of the reader's interests it meets."""
        authors, interests = self.preferred()
        if not (authors or interests):
            return ""
        if authors:
            return self.pick(
                "{author} 쓴 책입니다. 좋아하는 작가로 꼽으셨지요.",
                "좋아하시는 작가 {author} 쓴 책입니다.",
                "이 책은 좋아하신다는 {author} 썼습니다.",
                author=with_particle(", ".join(authors), "이", "가"),
            )
        return self.pick(
            "{object} 담고 있어 관심사와 맞닿아 있습니다.",
            "관심사로 꼽으신 {object} 담고 있습니다.",
            "평소 좋아하신다는 {subject} 이 책에도 있습니다.",
            **_marked(interests),
        )

    def like_read_book(self) -> str:
        """What it shares with a book the reader liked."""
        title, *shared = self.words(EvidenceCode.LIKE_READ_BOOK)
        read = f"『{title}』"
        if not shared:
            return self.pick(
                "좋게 읽으신 {read_and} 가까운 책입니다.",
                "{read_object} 좋게 읽으셨기에 골라 본 책입니다.",
                "이 책은 좋게 읽으신 {read_and} 가깝습니다.",
                read_and=read + josa(title, "과/와"),
                read_object=read + josa(title, "을/를"),
            )
        return self.pick(
            "좋게 읽으신 {read}처럼 {object} 이야기합니다.",
            "{read}에서 만나신 {subject} 이 책에도 있습니다.",
            "이 책은 {read_and} 나란히 {object} 다룹니다.",
            read=read,
            read_and=read + josa(title, "과/와"),
            **_marked(shared),
        )

    def same_author(self) -> str:
        """That its author wrote a book the reader liked."""
        author, title = self.words(EvidenceCode.SAME_AUTHOR)[:2]
        return self.pick(
            "좋게 읽으신 『{title}』의 저자 {author} 쓴 책입니다.",
            "『{title}』에 이어 {author} 쓴 다른 책입니다.",
            "이 책도 『{title}』의 저자 {author} 썼습니다.",
            title=title,
            author=with_particle(author, "이", "가"),
        )

    def co_borrowed(self) -> str:
        """That readers of a book that was liked borrowed this one, too."""
        (title,) = self.words(EvidenceCode.CO_BORROWED)[:1]
        return self.pick(
            "좋게 읽으신 {read} 빌린 분들이 함께 빌린 책입니다.",
            "{read} 빌린 다른 독자들도 찾은 책입니다.",
            "이 책은 {read} 빌려 간 독자들이 함께 빌렸습니다.",
            read=f"『{title}』{josa(title, '을/를')}",
        )

    def fits_reader(self) -> str:
        """That it is as long, as hard and of such a tone as the reader prefers."""
        fitting = self.fitting()
        said = [LEVELS[Depth(depth)] for depth in fitting.get("depth", ())]
        said += [TONES[Mood(mood)][1] for mood in fitting.get("mood", ())][:1]
        said += [f"{pages}쪽짜리" for pages in fitting.get("pages", ())][:1]
        return self.pick(
            "{said} 책이라 읽으시는 취향에 맞습니다.",
            "즐겨 읽으시는 대로 {said} 책입니다.",
            "평소 좋아하시는 대로 {said} 책입니다.",
            said=" ".join(said),
        )

    def popular(self) -> str:
        """That readers of an age, or of all ages, borrow it."""
        first, last = (*self.words(EvidenceCode.POPULAR), "", "")[:2]
        ages = f"{first}~{last}세 독자들이" if last else f"{first}세 이상 독자들이"
        return self.pick(
            "{who} 많이 빌리는 책입니다.",
            "도서관에서 {who} 즐겨 찾는 책입니다.",
            "이 책은 {who} 자주 빌려 갑니다.",
            who=ages if first else "이용자들이",
        )

    def different(self) -> str:
        """That it is from outside of what the reader always reads."""
        return self.pick(
            "늘 읽으시던 분야 밖에서 골라 본 책입니다.",
            "자주 찾지 않으시던 분야에서 고른 책입니다.",
            "평소와는 조금 다른 책을 한 권 골라 보았습니다.",
        )

    def near_taste(self) -> str:
        """That it is near in meaning to what the reader liked."""
        return self.pick(
            "지금까지 좋게 읽으신 책들과 결이 비슷한 책입니다.",
            "읽어 오신 책들과 이어지는 책입니다.",
            "이 책은 좋게 읽으신 책들에 가깝습니다.",
        )

    def near(self) -> str:
        """That it is near in meaning."""
        return self.pick(
            "말씀하신 것과 뜻이 통하는 책입니다.",
            "찾으시는 내용에 가까운 책입니다.",
            "이 책은 말씀하신 이야기와 결이 비슷합니다.",
        )

    def use(self) -> str:
        """For what, and how, it is read, as the record says; empty if it does not."""
        effect = self.wished_effect()
        if not effect:
            return self.depth()
        ending = self._depth_words() or self.pick("펼쳐 볼 만합니다", "곁에 둘 만합니다", "찾아 읽을 만합니다")
        return f"{self.pick(*EFFECTS[effect])} {ending}."

    def depth(self) -> str:
        """How it reads; empty if the record does not say."""
        words = self._depth_words()
        return f"{words}." if words else ""

    def shelf(self) -> str:
        """Where it stands, and whether it is in."""
        number = self.book.call_number
        where = f"청구기호 {number} 자리에서" if number else "이 도서관 서가에서"
        if not self.book.available:
            return f"{where} 찾으실 수 있는 책인데, 지금은 빌릴 수 있는 책이 없습니다."
        return self.pick(
            "{where} 찾아 지금 빌리실 수 있습니다.",
            "지금 빌리실 수 있습니다. {where} 찾아보세요.",
            "{where} 기다리고 있고, 지금 빌리실 수 있습니다.",
            where=where,
        )

    def quote(self, sentence: str) -> str:
        """A sentence of the description, marked as such."""
        return self.pick(
            "소개에는 “{sentence}”라고 적혀 있습니다.",
            "책 소개를 옮기면 이렇습니다. “{sentence}”",
            "소개글은 “{sentence}”라고 말합니다.",
            sentence=sentence,
        )

    def subjects(self, words: Sequence[str]) -> str:
        """What the record lists as subjects."""
        return self.pick(
            "주제어로 {subject} 달려 있습니다.",
            "기록된 주제어에 {subject} 있습니다.",
            "이 책에는 {subject} 주제어로 달려 있습니다.",
            **_marked(words),
        )

    def classed(self, main_class: str) -> str:
        """In which of the ten main classes of the Korean decimal classification it stands."""
        return self.pick(
            "{name} 분야로 분류된 책입니다.",
            "서가로는 {name} 자리의 책입니다.",
            "분류로는 {name}에 듭니다.",
            name=CLASSES[int(main_class)],
        )

    def held(self) -> str:
        """What is true of every book: that the library holds it, and by whom it is."""
        authors = ", ".join(self.book.authors[:2])
        if not authors:
            return self.pick(
                "이 도서관이 갖고 있는 책입니다.", "도서관 서가에 있는 책입니다.", "소장 목록에 올라 있는 책입니다."
            )
        return self.pick(
            "{author} 쓴, 이 도서관이 갖고 있는 책입니다.",
            "도서관에 있는 책으로, {author} 썼습니다.",
            "이 도서관에서 빌려 볼 수 있는, {author} 쓴 책입니다.",
            author=with_particle(authors, "이", "가"),
        )

    def _noun(self) -> str:
        """The book by its kind, with the fact that the sentence takes in: 청소년을 위한 소설."""
        return self._modified(KINDS.get(self.kind(), "책"))

    def _modified(self, noun: str) -> str:
        return f"{self.modifier(self.modifying)} {noun}" if self.modifying else noun

    def _tone(self, code: EvidenceCode) -> str:
        """Two of the moods that a fact names, before a noun; empty where it names none."""
        wished = self.words(code)
        moods = (Mood(word) for word in wished if word in set(Mood))
        tones = [TONES[mood] for mood in moods][:2]
        return " ".join((*(before for before, _ in tones[:-1]), *(last for _, last in tones[-1:])))

    def _audience(self) -> str:
        return with_particle(AUDIENCES[self.words(EvidenceCode.FITS_AUDIENCE)[0]], "을", "를")

    def _length(self) -> str:
        """A round number of pages where it is just not reached, else the pages."""
        pages = self.pages()
        rounded = -(-pages // ROUND_PAGES) * ROUND_PAGES
        return f"{rounded}쪽이 안 되는" if 0 < rounded - pages <= NEARLY else f"{pages}쪽짜리"

    def _depth_words(self) -> str:
        return self.pick(*DEPTHS[self.book.depth]) if self.book.depth else ""


def _marked(words: Sequence[str]) -> dict[str, str]:
    """The words in quotation marks as an object and as a subject of a sentence, and after "with"."""
    shown = words[:MOST_WORDS]
    listed = ", ".join(quoted(shown, marks="‘’"))
    # Particles agree with the last word as it is said, so without its quotation mark.
    return {name: listed + josa(shown[-1], pair) for name, pair in PARTICLES.items()}
