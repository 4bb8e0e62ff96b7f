"""What the nouns mean by which people name kinds of books: in a catalogue a kind is a form, a class, a reader or a word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from recommender.models import Audience, Form
from recommender.search.request import Filters
from recommender.text.requests import is_asking


@dataclass(frozen=True, slots=True)
class KindOfBook:
    """One kind of book: how it is called, and by what its records are told."""

    name: str
    spoken: tuple[str, ...]
    forms: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    kdc: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def exclusion(self) -> Filters:
        """What leaves books of this kind out."""
        return Filters(
            without_forms=self.forms,
            without_audiences=self.audiences,
            without_kdc=self.kdc,
            without_words=self.words,
        )


def _kind(
    name: str, spoken: str, *, words: str = "", forms: str = "", audiences: str = "", kdc: str = ""
) -> KindOfBook:
    spellings = tuple(spelling.strip() for spelling in spoken.split(","))
    return KindOfBook(
        name,
        spellings,
        forms=tuple(forms.split()),
        audiences=tuple(audiences.split()),
        kdc=tuple(kdc.split()),
        words=tuple(word.strip() for word in words.split(",") if word.strip()),
    )


def _genre(digit: int) -> str:
    """The class of one literary genre in every literature: 3 is 813, 823, … 893."""
    return " ".join(f"8{language}{digit}" for language in range(1, 10))


KINDS = (
    _kind(
        "comic",
        "만화, 만화책, 학습만화, 웹툰, 코믹스, comic, comics, comic book, comic books, cartoons, manga, graphic novel, graphic novels",
        forms=Form.COMIC,
        words="만화, 웹툰, comic, manga",
    ),
    _kind(
        "workbook",
        "문제집, 기출문제집, 기출문제, 수험서, 참고서, 자습서, 모의고사, 학습지, 교재, 워크북, workbook, workbooks, textbook, textbooks, "
        "exam book, exam books, study guide, study guides",
        forms=Form.WORKBOOK,
        words="문제집, 기출, 수험서, 참고서, 자습서, 교재, workbook, textbook",
    ),
    _kind("textbook", "교과서", forms=Form.WORKBOOK, words="교과서"),
    _kind(
        "reference",
        "사전, 백과사전, dictionary, dictionaries, encyclopedia, encyclopedias, reference book, reference books",
        forms=Form.REFERENCE,
        words="사전, 백과사전, dictionary, encyclopedia",
    ),
    _kind(
        "periodical", "잡지, 간행물, 정기간행물, magazine, magazines, periodicals", forms=Form.PERIODICAL, words="잡지"
    ),
    _kind("picture_book", "그림책, picture book, picture books", forms=Form.PICTURE_BOOK, words="그림책"),
    _kind("poetry", "시집, 시, poetry, poems, poetry books", kdc=_genre(1), words="시집, poem"),
    _kind("plays", "희곡, 희곡집, plays", kdc=_genre(2), words="희곡"),
    _kind("korean_novels", "한국 소설, 한국소설", kdc="813"),
    _kind("chinese_novels", "중국 소설, 중국소설", kdc="823"),
    _kind("japanese_novels", "일본 소설, 일본소설, japanese novels", kdc="833"),
    _kind("english_novels", "영미 소설, 영미소설", kdc="843"),
    _kind("german_novels", "독일 소설, 독일소설", kdc="853"),
    _kind("french_novels", "프랑스 소설, 프랑스소설", kdc="863"),
    _kind("novels", "소설, 소설책, 소설류, novel, novels, fiction", kdc=_genre(3), words="소설"),
    _kind("essays", "에세이, 에세이집, 수필, 수필집, essay, essays", kdc=_genre(4), words="에세이, 수필"),
    _kind("tales", "동화, 동화책, 전래동화, fairy tale, fairy tales", words="동화, fairy tale"),
    _kind(
        "children",
        "어린이책, 어린이 책, 어린이 도서, 아동 도서, 아동도서, 아동서, children's book, children's books, kids books, kids' books",
        audiences=f"{Audience.CHILDREN} {Audience.PRESCHOOL}",
    ),
    _kind("preschool", "유아책, 유아 책, 유아 도서, 유아도서", audiences=Audience.PRESCHOOL),
    _kind(
        "teens", "청소년책, 청소년 책, 청소년 도서, 청소년도서, teen books, young adult books", audiences=Audience.TEENS
    ),
    _kind(
        "romance", "로맨스, 로맨스물, 연애, 연애물, romance, love story, love stories", words="로맨스, 연애, romance"
    ),
    _kind("love", "사랑", words="사랑"),
    _kind("horror", "공포, 공포물, 호러, 호러물, horror", words="공포, 호러, horror"),
    _kind("fantasy", "판타지, 판타지물, 환타지, fantasy", words="판타지, fantasy"),
    _kind(
        "mystery",
        "추리, 추리물, 미스터리, 탐정, mystery, mysteries, detective stories",
        words="추리, 미스터리, mystery",
    ),
    _kind("thriller", "스릴러, 스릴러물, thriller, thrillers", words="스릴러, thriller"),
    _kind("science_fiction", "SF, 공상과학, science fiction, sci-fi", words="SF, 공상과학, science fiction"),
    _kind("martial_arts", "무협, 무협지", words="무협"),
    _kind("violence", "폭력, violence", words="폭력, violence"),
    _kind("war", "전쟁, war", words="전쟁, war"),
    _kind("death", "죽음, death", words="죽음, death"),
    _kind("self_help", "자기계발, 자기 계발, 자기계발서, self-help", words="자기계발"),
    _kind("biography", "위인전, 전기, biography, biographies", words="위인전, 전기, biography"),
    _kind("exams", "시험, 수능", words="시험, 수능"),
    _kind("history", "역사, history", kdc="9", words="역사, history"),
    _kind("science", "과학, science", kdc="4", words="과학, science"),
    _kind("religion", "종교, religion", kdc="2", words="종교, religion"),
    _kind("politics", "정치, politics", words="정치, politics"),
    _kind("sports", "스포츠, sports", words="스포츠, sport"),
)
"""A row a kind; what is left out by words is left out wherever its title or subjects hold one of them."""

BY_SPOKEN: Mapping[str, KindOfBook] = {
    " ".join(spoken.casefold().split()): kind for kind in KINDS for spoken in kind.spoken
}

_HEADS = "소설 이야기 얘기 책 도서 동화 물 류 영화 내용 장면 요소 묘사 소재 같은 관련 분야 쪽"
HEADS = frozenset(_HEADS.split())
"""What stands behind the noun that says which: 추리 *소설*, 연애 *이야기*."""

_TELLING_HEADS = "이야기 얘기 내용 장면 요소 묘사 소재"
TELLING_HEADS = frozenset(_TELLING_HEADS.split())
"""Behind these a noun is what a story is about, so that "… 없는" says what it should not hold."""

_QUALIFIERS = "시험 수능 입시 학습 학교 자격증 어린이 유아 청소년 아동 공무원 토익"
QUALIFIERS = frozenset(_QUALIFIERS.split())
"""What stands before a kind and names nothing else: 시험 문제집."""

BOOK_NOUNS = (
    r"(?:(?:과학|역사|수학|공룡|우주|경제|철학|요리|여행|어린이|위인|영어|인문|예술|미술|음악|심리|환경|동물|자연|세계사|한국사|코딩)?책|도서|서적"
    r"|소설|소설책|이야기|동화|동화책|에세이|수필|시집|그림책|만화책?|작품|읽을거리|필독서|추천서|입문서|고전|판타지|로맨스|추리|스릴러|SF)"
)
"""Korean nouns that ask for a book, particles aside."""

ENGLISH_BOOK_NOUNS = r"(?:books?|novels?|reads?|stories|story|titles?|fiction|non-fiction|comics?|guides?)"

_ASKED_FOR = re.compile(
    rf"{BOOK_NOUNS}(?:들|을|를|은|는|이|가|도|류|만|중에서?)*(?=$|[\s,.!?])|\b{ENGLISH_BOOK_NOUNS}\b", re.IGNORECASE
)


def kind_named(noun: str) -> KindOfBook | None:
    """The kind of book that a noun names."""
    return BY_SPOKEN.get(" ".join(noun.casefold().split()))


def names_books(text: str) -> bool:
    """Whether a text has a noun for books in it, or asks for a recommendation in that word."""
    return "추천" in text or _ASKED_FOR.search(text) is not None


def asks_for_books(text: str) -> bool:
    """Whether a text names what it wants: "… 소설", "… 추천해 줘", "books …"; a half-typed title does not."""
    return bool(text) and (is_asking(text) or _ASKED_FOR.search(text) is not None)


def exclusion_of(names: Sequence[str]) -> Filters:
    """What leaves out the things of these names: the records of a kind of book, else whatever holds the word."""
    kinds = [(name, kind_named(name)) for name in names]
    limits = [kind.exclusion if kind else Filters(without_words=(name,)) for name, kind in kinds]
    return Filters(
        without_forms=_each(limit.without_forms for limit in limits),
        without_audiences=_each(limit.without_audiences for limit in limits),
        without_kdc=_each(limit.without_kdc for limit in limits),
        without_words=_each(limit.without_words for limit in limits),
    )


def _each(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(values)))
