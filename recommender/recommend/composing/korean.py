"""Reasons in Korean."""

from collections.abc import Mapping, Sequence

from recommender.models import Depth, Effect, Mood
from recommender.recommend.composing.base import MOST_WORDS, Composer, Place, quoted
from recommender.recommend.values import EvidenceCode
from recommender.text.hangul import josa, with_particle

EFFECTS: Mapping[Effect, tuple[str, str, str]] = {
    Effect.ESCAPE: ("잠시 현실에서 벗어나고 싶을 때", "머리를 식히고 싶을 때", "다른 세계로 떠나고 싶을 때"),
    Effect.EMPATHY: ("내 마음을 알아주는 글이 그리울 때", "나만 그런 게 아니라는 말이 필요할 때", "공감이 필요할 때"),
    Effect.COMFORT: ("위로가 필요할 때", "마음을 다독이고 싶을 때", "지친 마음을 쉬게 하고 싶을 때"),
    Effect.INSPIRATION: ("다시 해 볼 힘이 필요할 때", "용기를 얻고 싶을 때", "새로 시작하고 싶을 때"),
    Effect.PERSPECTIVE: (
        "익숙한 것을 새로운 눈으로 보고 싶을 때",
        "생각의 폭을 넓히고 싶을 때",
        "다르게 보는 법을 찾을 때",
    ),
}
DEPTHS: Mapping[Depth, tuple[str, str, str]] = {
    Depth.LIGHT: ("부담 없이 펼치기 좋습니다", "가볍게 읽기 좋습니다", "짬짬이 읽어도 좋습니다"),
    Depth.DEEP: ("천천히 생각하며 읽기 좋습니다", "곱씹으며 읽을 만합니다", "시간을 두고 깊이 읽어 볼 만합니다"),
    Depth.IMMERSIVE: ("푹 빠져 읽기 좋습니다", "몰입해서 읽을 만합니다", "한번에 빠져들기 좋습니다"),
}
LEVELS: Mapping[Depth, str] = {
    Depth.LIGHT: "쉽게 읽히는",
    Depth.DEEP: "깊이 있는",
    Depth.IMMERSIVE: "몰입하게 되는",
}
TONES: Mapping[Mood, tuple[str, str]] = {
    Mood.WARM: ("따뜻하고", "따뜻한"),
    Mood.CHEERFUL: ("유쾌하고", "유쾌한"),
    Mood.CALM: ("잔잔하고", "잔잔한"),
    Mood.MELANCHOLY: ("쓸쓸하고", "쓸쓸한"),
    Mood.SAD: ("슬프고", "슬픈"),
    Mood.TENSE: ("팽팽하고", "긴장감 있는"),
    Mood.HOPEFUL: ("희망차고", "희망찬"),
    Mood.THOUGHTFUL: ("사려 깊고", "생각하게 하는"),
    Mood.MYSTERIOUS: ("신비롭고", "신비로운"),
    Mood.ADVENTUROUS: ("모험이 가득하고", "모험이 가득한"),
    Mood.EXHILARATING: ("가슴 뛰고", "가슴 뛰는"),
    Mood.BEAUTIFUL: ("아름답고", "아름다운"),
    Mood.HONEST: ("솔직하고", "솔직한"),
    Mood.WITTY: ("재치 있고", "재치 있는"),
    Mood.COMFORTING: ("다독여 주고", "다독여 주는"),
    Mood.INSPIRING: ("용기를 주고", "용기를 주는"),
}
"""Mood → how it stands before another, and before a noun."""


PARTICLES = {"object": "을/를", "subject": "이/가", "with": "과/와"}

MATCHED: Mapping[Place, tuple[str, ...]] = {
    Place.SUBJECTS: ("{object} 다룬 책입니다.", "{subject} 주제인 책입니다.", "{object} 이야기하는 책입니다."),
    Place.TITLE: (
        "제목에서부터 {object} 내건 책입니다.",
        "{subject} 제목에 들어 있는 책입니다.",
        "제목에 {object} 담은 책입니다.",
    ),
    Place.DESCRIPTION: ("소개에 {subject} 나오는 책입니다.", "책 소개에서 {object} 말하고 있습니다."),
    Place.RECORD: ("도서관 기록에 {subject} 나오는 책입니다.", "{with} 관련된 책입니다."),
}


CLASSES = ("총류", "철학", "종교", "사회과학", "자연과학", "기술과학", "예술", "언어", "문학", "역사")
"""The ten main classes of the Korean decimal classification, 0 to 9."""


class KoreanComposer(Composer):
    """Sentences in the polite form that libraries use."""

    language = "ko"

    def can_name(self, word: str) -> bool:  # noqa: ARG002 (Korean readers know the Latin letters)
        """Any word."""
        return True

    def matched(self) -> str:
        """What of the question the record holds."""
        place, words = self.matched_words()
        return self.pick(*MATCHED[place], **_marked(words))

    def mood(self) -> str:
        """Which tone that was asked for the book has."""
        wished = self.words(EvidenceCode.MATCHES_MOOD)
        tones = [TONES[mood] for mood in self.book.moods if mood.value in wished][:2]
        if not tones:
            return ""
        return self.pick(
            "찾으시는 마음에 어울리는 {tone} 책입니다.",
            "{tone} 분위기의 책이라 골랐습니다.",
            "{tone} 느낌이 나는 책입니다.",
            tone=" ".join((*(before for before, _ in tones[:-1]), tones[-1][1])),
        )

    def likely_mood(self) -> str:
        """Which tone that was asked for the book may have, told as the guess that it is."""
        tones = [TONES[Mood(code)] for code in self.words(EvidenceCode.SEEMS_MOOD) if code in set(Mood)][:2]
        if not tones:
            return ""
        return self.pick(
            "소개글로 미루어 {tone} 분위기로 짐작되는 책입니다.",
            "{tone} 책으로 보입니다. 소개글에서 짐작한 것입니다.",
            tone=" ".join((*(before for before, _ in tones[:-1]), tones[-1][1])),
        )

    def preference(self) -> str:
        """Which of the reader's interests it meets."""
        authors, interests = self.preferred()
        if not (authors or interests):
            return ""
        if authors:
            return self.pick(
                "좋아하시는 작가 {author} 쓴 책입니다.",
                "{author} 쓴 책입니다. 좋아하는 작가로 꼽으셨지요.",
                author=with_particle(", ".join(authors), "이", "가"),
            )
        return self.pick(
            "관심사로 꼽으신 {object} 담고 있습니다.",
            "평소 좋아하신다는 {subject} 이 책에도 있습니다.",
            "좋아하는 것으로 적어 두신 {object} 다룹니다.",
            **_marked(interests),
        )

    def like_read_book(self) -> str:
        """What it shares with a book the reader liked."""
        title, *shared = self.words(EvidenceCode.LIKE_READ_BOOK)
        read = f"『{title}』"
        if not shared:
            return f"좋게 읽으신 {read}{josa(title, '과/와')} 가까운 책입니다."
        return self.pick(
            "좋게 읽으신 {read}처럼 {object} 이야기합니다.",
            "{read}에서 만나신 {subject} 이 책에도 있습니다.",
            "{read_and} 나란히 {object} 다룹니다.",
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
            title=title,
            author=with_particle(author, "이", "가"),
        )

    def co_borrowed(self) -> str:
        """That readers of a book that was liked borrowed this one, too."""
        (title,) = self.words(EvidenceCode.CO_BORROWED)[:1]
        return self.pick(
            "좋게 읽으신 {read} 빌린 분들이 함께 빌린 책입니다.",
            "{read} 읽은 다른 독자들도 찾은 책입니다.",
            "{read} 빌려 간 독자들이 이 책도 빌렸습니다.",
            read=f"『{title}』{josa(title, '을/를')}",
        )

    def fits_reader(self) -> str:
        """That it is as long, as hard and of such a tone as the reader prefers."""
        fitting = self.fitting()
        said = [LEVELS[Depth(depth)] for depth in fitting.get("depth", ())]
        said += [TONES[Mood(mood)][1] for mood in fitting.get("mood", ())][:1]
        said += [f"{pages}쪽짜리" for pages in fitting.get("pages", ())][:1]
        return self.pick(
            "평소 좋아하시는 대로 {said} 책입니다.",
            "{said} 책이라 읽으시는 취향에 맞습니다.",
            said=" ".join(said),
        )

    def popular(self) -> str:
        """That readers of an age borrow it."""
        first, last = self.words(EvidenceCode.POPULAR)[:2]
        ages = f"{first}~{last}세" if last else f"{first}세 이상"
        return self.pick("{ages} 독자들이 많이 빌리는 책입니다.", "{ages} 독자들이 즐겨 찾는 책입니다.", ages=ages)

    def different(self) -> str:
        """That it is from outside of what the reader always reads."""
        return self.pick(
            "늘 읽으시던 분야 밖에서 골라 본 책입니다.",
            "평소와는 조금 다른 책을 한 권 골라 보았습니다.",
            "자주 찾지 않으시던 분야에서 고른 책입니다.",
        )

    def near_taste(self) -> str:
        """That it is near in meaning to what the reader liked."""
        return self.pick(
            "지금까지 좋게 읽으신 책들과 결이 비슷한 책입니다.",
            "좋게 읽으신 책들에 가까운 내용입니다.",
            "읽어 오신 책들과 이어지는 책입니다.",
        )

    def near(self) -> str:
        """That it is near in meaning."""
        return self.pick(
            "말씀하신 것과 뜻이 통하는 책입니다.",
            "찾으시는 내용에 가까운 책입니다.",
            "말씀하신 이야기와 결이 비슷한 책입니다.",
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
            "주제어로 {words} 달려 있습니다.",
            "주제어에 {words} 있습니다.",
            words=_marked(words)["subject"],
        )

    def classed(self, main_class: str) -> str:
        """In which of the ten main classes of the Korean decimal classification it stands."""
        return self.pick(
            "{name} 분야로 분류된 책입니다.",
            "{name} 서가의 책입니다.",
            "분류로는 {name}에 듭니다.",
            name=CLASSES[int(main_class)],
        )

    def held(self) -> str:
        """What is true of every book: that the library holds it, and by whom it is."""
        authors = ", ".join(self.book.authors[:2])
        return (
            f"{with_particle(authors, '이', '가')} 쓴, 이 도서관이 갖고 있는 책입니다."
            if authors
            else "이 도서관이 갖고 있는 책입니다."
        )

    def _depth_words(self) -> str:
        return self.pick(*DEPTHS[self.book.depth]) if self.book.depth else ""


def _marked(words: Sequence[str]) -> dict[str, str]:
    """The words in quotation marks as an object and as a subject of a sentence, and after "with"."""
    shown = words[:MOST_WORDS]
    listed = ", ".join(quoted(shown, marks="‘’"))
    # Particles agree with the last word as it is said, so without its quotation mark.
    return {name: listed + josa(shown[-1], pair) for name, pair in PARTICLES.items()}
