"""Reasons in Korean."""

from collections.abc import Mapping, Sequence

from recommender.models import Audience, Depth, Effect, Form, Mood
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


ROUND_PAGES, NEARLY = 100, 40
"""From so many pages below a hundred, a book "has not quite" that hundred."""

PARTICLES = {"object": "을/를", "subject": "이/가", "with": "과/와"}

MATCHED: Mapping[Place, tuple[str, ...]] = {
    Place.SUBJECTS: (
        "{object} 다룬 {noun}입니다.",
        "주제 가운데 {subject} 들어 있는 {noun}입니다.",
        "이 {noun}의 주제어에는 {subject} 있습니다.",
    ),
    Place.TITLE: (
        "{object} 제목에 담은 {noun}입니다.",
        "제목에서부터 {object} 내건 {noun}입니다.",
        "이 {noun}의 제목에는 {subject} 들어 있습니다.",
    ),
    Place.DESCRIPTION: (
        "{subject} 소개에 나오는 {noun}입니다.",
        "책 소개에서 {object} 말하고 있습니다.",
        "이 {noun}의 소개에는 {subject} 나옵니다.",
    ),
    Place.RECORD: (
        "{with} 관련된 {noun}입니다.",
        "도서관 기록에 {subject} 나오는 {noun}입니다.",
        "이 {noun}의 도서관 기록에는 {subject} 나옵니다.",
    ),
}

KINDS: Mapping[str, str] = {
    "novels": "소설",
    "korean_novels": "한국 소설",
    "chinese_novels": "중국 소설",
    "japanese_novels": "일본 소설",
    "english_novels": "영미 소설",
    "german_novels": "독일 소설",
    "french_novels": "프랑스 소설",
    "essays": "에세이",
    "poetry": "시집",
    "plays": "희곡",
    Form.COMIC: "만화",
    Form.PICTURE_BOOK: "그림책",
    Form.WORKBOOK: "문제집",
    Form.REFERENCE: "참고 도서",
    Form.PERIODICAL: "잡지",
}
"""The genre or form of a book → what it is called."""

AUDIENCES: Mapping[str, str] = {
    Audience.PRESCHOOL: "유아",
    Audience.CHILDREN: "어린이",
    Audience.TEENS: "청소년",
    Audience.ADULTS: "성인",
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
