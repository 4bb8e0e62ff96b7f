"""What a record shows of a book without saying it: its language, its form, and for whom it was made.

Only real evidence counts (a shelf, a room, a word of the title, a code of the ISBN agency); without any the form is a
book and the audience stays unknown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from recommender.call_numbers import FOREIGN, ShelfPrefix
from recommender.models import Audience, Form

Choice = TypeVar("Choice", Form, Audience)

# A book about the exam (수능 해킹, 수능이 끝나면 그네를 타라) is none for it: a subject or a kind of exercise has to follow.
EXAM_BOOKS = r"수능(?:\s?(?:국어|영어|수학|한국사|탐구|사탐|과탐|문학|비문학|고전|어휘|독해|문법|완성|특강|대비|실전|만점|연계|필수|개념)|\))"

WORKBOOK_WORDS = (
    EXAM_BOOKS
    + r"|문제집|기출|모의고사|중간고사|기말고사|EBS\s?(?:수능|중학|고교|올림포스|뉴런)|자습서(?=$|[\s.]\d)|평가문제|학력평가|검정고시|모의\s?토익|문제풀이|"
    r"워크북(?!\s?포함)|수험서|참고서|학습지|TOEIC\s?(?:RC|LC)|실전\s?문제|단원평가|\bworkbook\b|\btest\s?prep\b"
)

TAUGHT_FOR_EXAMS = ("37", "41", "7", "802")
"""Classes in which exam words name an exam book: school, mathematics, languages, composition. 나의 토익 만점 수기 is a novel."""

EXAM_WORDS = (
    r"토익|토플|텝스|\b(?:TOEIC|TOEFL|TEPS|IELTS|JLPT|HSK|DELF)\b|능력\s?(?:검정)?\s?시험|\d{2,4}\s?제\b|고난도|1등급|일등급"
    r"|수학의\s?정석|개념원리|자이스토리|논술\s?(?:특강|고사|모의)"
)

STATED_FORMS: tuple[tuple[Form, str], ...] = (
    (Form.WORKBOOK, WORKBOOK_WORDS),
    (Form.PICTURE_BOOK, r"그림책|그림\s?동화|\bpicture\s?books?\b"),
    (Form.COMIC, r"만화|코믹|웹툰|\bcomics?\b|\bgraphic\s?novels?\b|\bmanga\b"),
    (Form.REFERENCE, r"사전|참고도서|\breference\b|\bdictionar(?:y|ies)\b|\bencyclop[a]?edias?\b"),
    (Form.PERIODICAL, r"간행물|잡지|\bperiodicals?\b|\bmagazines?\b"),
)
"""Words of a stated form (자료유형) or a category, the strongest first: a comic for the exam is a workbook."""

TITLED_FORMS: tuple[tuple[Form, str], ...] = (
    (Form.PICTURE_BOOK, r"(?<!읽는)(?<!하는)\s그림책$|\bpicture book(?: edition)?\)?$"),
    (Form.COMIC, r"만화로|^\(만화|만화\)|(?<!읽는)\s만화$|^\(코믹|코믹스|\bgraphic novel\b|\bmanga\b"),
    (
        Form.REFERENCE,
        r"(?:[한영일국중불독]{2}|백과|용어|어휘|인명|국어|일본어|중국어|영어)\s?사전$|옥편$|연감$|\bdictionary$|\bencyclop[a]?edia$",
    ),
)
"""Words by which a title proper names its own form; `그림책의 힘` and `만화가의 길` are about a form, not of it."""

AUDIENCE_WORDS: tuple[tuple[Audience, str], ...] = (
    (Audience.PRESCHOOL, r"유아(?!교육|기|심리|용품)|0~[3-7]세|[3-6]~[5-7]세|미취학"),
    (
        Audience.CHILDREN,
        r"어린이(?!집|날|책)|초등(?!\s?교사|교육)|아동문고|저학년|고학년|\bjuvenile\b|\bchildren['’]?s\b|\bfor kids\b",
    ),
    (
        Audience.TEENS,
        r"청소년(?!\s?(?:심리|상담|지도|복지|학))|(?:10|십)대(?:를|들|의|가|에게|와|라면|여|도|는)|중학생|고등학생|중고생|\byoung adult\b|\bteens?\b",
    ),
)
"""Words of a room, a category or a title that say for whom."""

ABOUT_AUDIENCE = r"(?:부모|교사|엄마|아빠)(?:를|가|들|의)|육아|양육|훈육|교육학|지도사"
"""A book about children is not for them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of a record from which something can be seen."""

    title: str  # with everything beside it
    title_proper: str = ""
    people: str = ""
    publisher: str = ""
    location: str = ""
    given_form: str = ""  # 자료유형
    categories: tuple[str, ...] = ()
    classification: str = ""
    isbn_addition: str = ""  # 부가기호, five digits: reader, form, subject
    shelf: ShelfPrefix | None = None


LANGUAGE_CLASSES = {"1": "ko", "2": "zh", "3": "ja", "4": "en", "5": "de", "6": "fr", "7": "es", "8": "it"}
"""Second digit of the class 700, languages, of the Korean decimal classification."""


FUNCTION_WORDS = {
    "en": "the of and a to in for with on my your 's is who wasn't",
    "fr": "le la les du des et une un aux dans pour avec est l'",
    "de": "der das und ein eine im den für mit von seit",
    "es": "el los las y del una con por para",
    "it": "il gli della delle di che",
}
"""Small words that tell a Latin title's language better than the class it is shelved under: A Doll's House is Norwegian there."""


def language_of(evidence: Evidence) -> str:
    """ISO 639-1 code of the language a book is most likely in; empty where nothing shows it."""
    if re.search(r"[가-힣]", evidence.title):
        return "ko"
    if re.search(r"[ぁ-ゖァ-ヺ]", evidence.title):
        return "ja"
    if evidence.shelf and evidence.shelf.language not in ("", FOREIGN):
        return evidence.shelf.language
    if evidence.shelf and evidence.shelf.language == FOREIGN:
        return _foreign_language(evidence)
    if not re.search(r"[A-Za-z]", evidence.title):
        return "ko" if re.search(r"[가-힣]", evidence.people + evidence.publisher) else ""
    # A Latin title over a Korean name is a Korean book with an English name.
    return "ko" if re.search(r"[가-힣]", evidence.people) else _latin_language(evidence.title) or "en"


def _foreign_language(evidence: Evidence) -> str:
    """By its small words; else a book of the class of a language is in it; else English."""
    taught = LANGUAGE_CLASSES.get(evidence.classification[1:2], "") if evidence.classification.startswith("7") else ""
    return _latin_language(evidence.title) or (taught if taught not in ("", "ko") else "en")


def _latin_language(title: str) -> str:
    words = re.findall(r"\b[^\W\d]+(?:'[^\W\d]+)?\b", title.lower().replace("’", "'"))
    counts = {code: sum(word in known.split() for word in words) for code, known in FUNCTION_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > counts["en"] or (counts["en"] and best == "en") else ""


def form_of(evidence: Evidence) -> Form:
    """What kind of thing a book is."""
    if _is_workbook(evidence):
        return Form.WORKBOOK
    if evidence.shelf and evidence.shelf.form:
        return evidence.shelf.form
    return (
        _first(STATED_FORMS, (evidence.given_form, *evidence.categories))
        or _first(TITLED_FORMS, (evidence.title, evidence.title_proper))
        or _form_of_addition(evidence.isbn_addition)
    )


def _is_workbook(evidence: Evidence) -> bool:
    if evidence.isbn_addition[:1] in ("5", "6") or re.search(WORKBOOK_WORDS, evidence.title, re.IGNORECASE):
        return True
    is_taught = evidence.classification.startswith(TAUGHT_FOR_EXAMS)
    return is_taught and re.search(EXAM_WORDS, evidence.title, re.IGNORECASE) is not None


def _form_of_addition(isbn_addition: str) -> Form:
    reader, form = isbn_addition[:1], isbn_addition[1:2]
    if form == "1":
        return Form.REFERENCE
    if form == "7":
        return Form.PICTURE_BOOK if reader == "7" else Form.COMIC
    return Form.BOOK


def audience_of(evidence: Evidence) -> Audience | None:
    """For whom a book was made; None where nothing shows it."""
    shelf_name = evidence.shelf.name_ko if evidence.shelf else ""
    categories = () if re.search(r"부모|육아|교육학", " ".join(evidence.categories)) else evidence.categories
    by_place = _first(AUDIENCE_WORDS, (evidence.location, *categories, shelf_name))
    if by_place:
        return by_place
    by_addition = {"4": Audience.TEENS, "5": Audience.TEENS, "6": Audience.CHILDREN, "7": Audience.CHILDREN}
    if evidence.isbn_addition[:1] in by_addition:
        return by_addition[evidence.isbn_addition[:1]]
    if re.search(ABOUT_AUDIENCE, evidence.title):
        return None
    return _first(AUDIENCE_WORDS, (evidence.title,))


def _first(words: Iterable[tuple[Choice, str]], texts: Iterable[str]) -> Choice | None:
    filled = [text for text in texts if text]
    return next(
        (choice for choice, pattern in words for text in filled if re.search(pattern, text, re.IGNORECASE)), None
    )
