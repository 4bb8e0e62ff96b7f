import re

import pytest

from recommender.models import Book, Depth, Effect, Holding, HoldingStatus, Mood, Person
from recommender.recommend.composing import compose_reasons, evidence_sentences
from recommender.recommend.composing.english_words import DEPTHS as ENGLISH_DEPTHS
from recommender.recommend.composing.english_words import EFFECTS as ENGLISH_EFFECTS
from recommender.recommend.composing.korean_words import DEPTHS, EFFECTS, TONES
from recommender.recommend.values import Evidence, EvidenceCode, Reasons

ON_SHELF = (Holding(HoldingStatus.AVAILABLE),)
BARE = Book("bare", "토지", people=(Person("박경리"),), call_number="813.6 박14토", holdings=ON_SHELF)
DEMIAN = Book(
    "demian", "데미안", people=(Person("헤르만 헤세"),), keywords=("성장", "자아", "DVD"),
    description="싱클레어가 자기를 찾아 갑니다. 불안한 시절을 지나는 청소년에게 알맞은 소설입니다.",
    moods=(Mood.THOUGHTFUL, Mood.HONEST), effects=(Effect.PERSPECTIVE, Effect.COMFORT), depth=Depth.DEEP,
    holdings=ON_SHELF,
)  # fmt: skip


def fact(code: EvidenceCode, *words: str) -> Evidence:
    return Evidence(code, words)


def test_every_effect_depth_and_mood_has_its_words() -> None:
    assert set(EFFECTS) == set(ENGLISH_EFFECTS) == set(Effect)
    assert set(DEPTHS) == set(ENGLISH_DEPTHS) == set(Depth)
    assert set(TONES) == set(Mood)


def test_a_rich_record_gives_a_rich_reason() -> None:
    evidence = [
        fact(EvidenceCode.MATCHES_WORDS, "성장"),
        fact(EvidenceCode.MATCHES_MOOD, "comfort", "honest"),
        fact(EvidenceCode.NEAR_IN_MEANING),
    ]

    assert compose_reasons(DEMIAN, evidence, language="ko") == Reasons(
        why="‘성장’을 다룬 솔직한 책입니다. 책 소개를 옮기면 이렇습니다. “싱클레어가 자기를 찾아 갑니다.”",
        help="위로가 필요할 때 천천히 생각하며 읽기 좋습니다.",  # the effect that was asked for, not the first
    )
    assert compose_reasons(DEMIAN, [], language="en") == Reasons(
        why="Its record lists “DVD”.",  # whoever asks in English may not read Korean
        help="A book to read slowly when you want to see familiar things anew.",
    )


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("불안", "‘불안’을 다룬 책입니다."),
        ("우주", "‘우주’를 다룬 책입니다."),
        ("3", "‘3’을 다룬 책입니다."),
        ("2", "‘2’를 다룬 책입니다."),
        ("AI", "‘AI’를 다룬 책입니다."),
        ("Python", "‘Python’을 다룬 책입니다."),
        ("SF", "‘SF’를 다룬 책입니다."),
        ("마음(心)", "‘마음(心)’을 다룬 책입니다."),  # the remark is not said
    ],
)
def test_particles_agree_with_what_is_said(word: str, sentence: str) -> None:
    book = Book("b", "책", keywords=(word,))

    assert evidence_sentences(book, [fact(EvidenceCode.MATCHES_WORDS, word)], language="ko") == (sentence,)


@pytest.mark.parametrize(
    ("book", "words", "sentence"),
    [
        (Book("b", "책", keywords=("불안",), description="죽음도 나옵니다."), ("죽음", "불안"), "‘불안’을 다룬 책입니다."),
        (Book("b", "죽음의 수용소에서"), ("죽음",), "‘죽음’을 제목에 담은 책입니다."),
        (Book("b", "책", description="죽음을 앞둔 사람"), ("죽음",), "‘죽음’이 소개에 나오는 책입니다."),
        # 글 of "글 없는 만화" is not its subject
        (Book("b", "책", keywords=("글 없는 만화",), description="글 없이 그렸다"), ("글",), "‘글’이 소개에 나오는 책입니다."),
        (Book("b", "책"), ("죽음",), "‘죽음’과 관련된 책입니다."),
        (Book("b", "책", keywords=("가", "나", "다", "라")), ("가", "나", "다", "라"), "‘가’, ‘나’, ‘다’를 다룬 책입니다."),
    ],
)  # fmt: skip
def test_no_more_is_said_of_a_word_than_where_it_stands(book: Book, words: tuple[str, ...], sentence: str) -> None:
    assert evidence_sentences(book, [fact(EvidenceCode.MATCHES_WORDS, *words)], language="ko") == (sentence,)


@pytest.mark.parametrize(
    ("evidence", "korean", "english"),
    [
        (
            fact(EvidenceCode.SAME_AUTHOR, "헤르만 헤세", "수레바퀴 아래서"),
            "좋게 읽으신 『수레바퀴 아래서』의 저자 헤르만 헤세가 쓴 책입니다.",
            "It is by 헤르만 헤세, who wrote 수레바퀴 아래서, which you liked.",
        ),
        (
            fact(EvidenceCode.LIKE_READ_BOOK, "아몬드", "성장"),
            "좋게 읽으신 『아몬드』처럼 ‘성장’을 이야기합니다.",
            "It shares “성장” with 아몬드, which you liked.",
        ),
        (
            fact(EvidenceCode.LIKE_READ_BOOK, "인간실격"),
            "좋게 읽으신 『인간실격』과 가까운 책입니다.",
            "It is close to 인간실격, which you liked.",
        ),
        (
            fact(EvidenceCode.MATCHES_PREFERENCE, "성장", "자아"),
            "‘성장’, ‘자아’를 담고 있어 관심사와 맞닿아 있습니다.",
            "It touches on “성장” and “자아”, which you say you like.",
        ),
        (
            fact(EvidenceCode.MATCHES_PREFERENCE, "헤르만 헤세", "성장"),
            "헤르만 헤세가 쓴 책입니다. 좋아하는 작가로 꼽으셨지요.",
            "It is by 헤르만 헤세, an author you like.",
        ),
        (
            fact(EvidenceCode.MATCHES_MOOD, "thoughtful", "honest"),
            "사려 깊고 솔직한 느낌이 나는 책입니다.",
            "Its tone is thoughtful and honest, which suits what you are looking for.",
        ),
        (
            fact(EvidenceCode.CO_BORROWED, "아몬드"),
            "좋게 읽으신 『아몬드』를 빌린 분들이 함께 빌린 책입니다.",
            "It was borrowed by readers of 아몬드, which you liked.",
        ),
        (
            fact(EvidenceCode.CO_BORROWED, "인간실격"),
            "좋게 읽으신 『인간실격』을 빌린 분들이 함께 빌린 책입니다.",
            "It was borrowed by readers of 인간실격, which you liked.",
        ),
        (
            fact(EvidenceCode.FITS_READER, "depth:light", "mood:warm", "pages:212"),
            "쉽게 읽히는 따뜻한 212쪽짜리 책이라 읽으시는 취향에 맞습니다.",
            "It is warm, easy to read and 212 pages long, as you prefer.",
        ),
        (
            fact(EvidenceCode.FITS_READER, "pages:212"),
            "212쪽짜리 책이라 읽으시는 취향에 맞습니다.",
            "It is 212 pages long, as you prefer.",
        ),
        (
            fact(EvidenceCode.POPULAR, "14", "19"),
            "14~19세 독자들이 많이 빌리는 책입니다.",
            "It is often borrowed by readers aged 14 to 19.",
        ),
        (
            fact(EvidenceCode.POPULAR, "60", ""),
            "60세 이상 독자들이 많이 빌리는 책입니다.",
            "It is often borrowed by readers of 60 and older.",
        ),
        (
            fact(EvidenceCode.NEAR_TASTE),
            "지금까지 좋게 읽으신 책들과 결이 비슷한 책입니다.",
            "It is close to the books you have liked.",
        ),
        (
            fact(EvidenceCode.POPULAR),
            "이용자들이 많이 빌리는 책입니다.",
            "It is often borrowed by readers of this library.",
        ),
        (
            fact(EvidenceCode.OF_KIND, "korean_novels"),
            "한국 소설을 찾으셔서 고른 책입니다.",
            "It is a Korean novel, as you asked.",
        ),
        (
            fact(EvidenceCode.OF_KIND, "essays"),
            "에세이를 찾으셔서 고른 책입니다.",
            "It is a book of essays, as you asked.",
        ),
        (fact(EvidenceCode.FITS_AUDIENCE, "teens"), "청소년을 위한 책입니다.", "It is a book for teenagers."),
        (fact(EvidenceCode.FITS_LENGTH, "184"), "184쪽 분량의 책입니다.", "It has 184 pages, the length you wanted."),
        (fact(EvidenceCode.FITS_DEPTH, "deep"), "천천히 생각하며 읽기 좋습니다.", "A book to read slowly."),
        (fact(EvidenceCode.NEAR_IN_MEANING), "말씀하신 것과 뜻이 통하는 책입니다.", "It is close in meaning to what you asked."),
        (
            fact(EvidenceCode.AVAILABLE),
            "이 도서관 서가에서 찾아 지금 빌리실 수 있습니다.",
            "It is in the library and can be borrowed now.",
        ),
    ],
)  # fmt: skip
def test_each_fact_as_a_sentence(evidence: Evidence, korean: str, english: str) -> None:
    assert evidence_sentences(DEMIAN, [evidence], language="ko") == (korean,)
    assert evidence_sentences(DEMIAN, [evidence], language="en") == (english,)


@pytest.mark.parametrize(
    ("kdc", "korean", "english"),
    [
        ("813.6", "문학 분야로 분류된 책입니다.", "It is classed under literature."),
        ("004.73", "총류 분야로 분류된 책입니다.", "It is classed under general works."),
        ("9", "역사 분야로 분류된 책입니다.", "It is classed under history."),
        ("", "이 도서관이 갖고 있는 책입니다.", "It is a book that this library holds."),
        ("청소년", "이 도서관이 갖고 있는 책입니다.", "It is a book that this library holds."),
    ],
)
def test_a_record_without_words_is_told_by_its_class(kdc: str, korean: str, english: str) -> None:
    book = Book("b", "책", kdc=kdc)

    assert compose_reasons(book, [], language="ko").why == korean
    assert compose_reasons(book, [], language="en").why == english


SAID_WITH_A_NOUN = [
    (
        [fact(EvidenceCode.MATCHES_WORDS, "성장"), fact(EvidenceCode.OF_KIND, "novels")],
        "‘성장’을 다룬 소설입니다.",
        "It is a novel about “성장”.",
    ),
    (
        [fact(EvidenceCode.MATCHES_WORDS, "성장"), fact(EvidenceCode.MATCHES_MOOD, "comfort", "honest")],
        "‘성장’을 다룬 솔직한 책입니다.",
        "It is an honest book about “성장”.",
    ),
    (
        [
            fact(EvidenceCode.MATCHES_WORDS, "성장"),
            fact(EvidenceCode.OF_KIND, "essays"),
            fact(EvidenceCode.FITS_AUDIENCE, "teens"),
        ],
        "‘성장’을 다룬 청소년을 위한 에세이입니다.",
        "It is a book of essays for teenagers about “성장”.",
    ),
    (
        [fact(EvidenceCode.OF_KIND, "novels"), fact(EvidenceCode.FITS_LENGTH, "184")],
        "소설을 찾으셔서 고른 200쪽이 안 되는 책입니다.",
        "It is a novel of 184 pages, as you asked.",
    ),
    (
        [fact(EvidenceCode.OF_KIND, "poetry"), fact(EvidenceCode.FITS_LENGTH, "112")],
        "시집을 찾으셔서 고른 112쪽짜리 책입니다.",
        "It is a book of poetry of 112 pages, as you asked.",
    ),
]


@pytest.mark.parametrize(("evidence", "korean", "english"), SAID_WITH_A_NOUN)
def test_two_facts_make_one_sentence_where_grammar_allows(evidence: list[Evidence], korean: str, english: str) -> None:
    book = Book("b", "책", categories=("성장",))

    assert compose_reasons(book, evidence, language="ko").why == korean
    assert compose_reasons(book, evidence, language="en").why == english


FACTS = [
    fact(EvidenceCode.MATCHES_WORDS, "성장"),
    fact(EvidenceCode.MATCHES_WORDS, "제목"),
    fact(EvidenceCode.MATCHES_WORDS, "소개"),
    fact(EvidenceCode.MATCHES_WORDS, "없음"),
    fact(EvidenceCode.OF_KIND, "novels"),
    fact(EvidenceCode.SAME_AUTHOR, "헤르만 헤세", "싯다르타"),
    fact(EvidenceCode.LIKE_READ_BOOK, "아몬드", "자아"),
    fact(EvidenceCode.LIKE_READ_BOOK, "아몬드"),
    fact(EvidenceCode.CO_BORROWED, "아몬드"),
    fact(EvidenceCode.MATCHES_PREFERENCE, "자아"),
    fact(EvidenceCode.MATCHES_MOOD, "warm"),
    fact(EvidenceCode.SEEMS_MOOD, "warm"),
    fact(EvidenceCode.FITS_AUDIENCE, "teens"),
    fact(EvidenceCode.FITS_LENGTH, "184"),
    fact(EvidenceCode.FITS_READER, "depth:light"),
    fact(EvidenceCode.POPULAR, "14", "19"),
    fact(EvidenceCode.SOMETHING_DIFFERENT),
    fact(EvidenceCode.NEAR_TASTE),
    fact(EvidenceCode.NEAR_IN_MEANING),
]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_two_of_three_books_begin_alike_whatever_speaks_for_them(language: str) -> None:
    book = Book("b", "제목", people=(Person("헤르만 헤세"),), keywords=("성장",), description="소개")
    openings = [
        {compose_reasons(book, [each], language=language, position=position).why.split()[0] for each in FACTS}
        for position in range(3)
    ]

    assert not openings[0] & openings[1]
    assert not openings[0] & openings[2]
    assert not openings[1] & openings[2]


def test_an_author_is_named_once() -> None:
    evidence = [
        fact(EvidenceCode.SAME_AUTHOR, "헤르만 헤세", "싯다르타"),
        fact(EvidenceCode.MATCHES_PREFERENCE, "헤르만 헤세"),
    ]

    assert compose_reasons(DEMIAN, evidence, language="ko").why.count("헤르만 헤세") == 1
    assert compose_reasons(DEMIAN, evidence, language="en").why.count("헤르만 헤세") == 1


def test_an_effect_alone_is_no_tone() -> None:
    comfort = fact(EvidenceCode.MATCHES_MOOD, "comfort")

    assert evidence_sentences(DEMIAN, [comfort], language="ko") == ()
    assert compose_reasons(DEMIAN, [comfort], language="ko").help.startswith("위로가 필요할 때")


@pytest.mark.parametrize(
    ("language", "position", "sentence"),
    [
        ("ko", 0, "소개글로 미루어 따뜻하고 잔잔한 분위기로 짐작되는 책입니다."),
        ("ko", 1, "아마도 따뜻하고 잔잔한 책일 듯합니다. 소개글에서 짐작한 것입니다."),
        ("en", 0, "Its tone may be warm and calm: that is a guess from its description."),
        ("en", 1, "This one may well be warm and calm, to guess from its description."),
    ],
)
def test_an_estimated_tone_is_told_as_a_guess(language: str, position: int, sentence: str) -> None:
    seems = fact(EvidenceCode.SEEMS_MOOD, "comfort", "warm", "calm")
    assert compose_reasons(DEMIAN, [seems], language=language, position=position).why.startswith(sentence)


def test_what_the_quotation_says_is_not_said_before() -> None:
    reasons = compose_reasons(DEMIAN, [fact(EvidenceCode.MATCHES_WORDS, "불안")], language="ko")

    assert reasons.why == "소개에는 “불안한 시절을 지나는 청소년에게 알맞은 소설입니다.”라고 적혀 있습니다."


@pytest.mark.parametrize("language", ["ko", "en"])
def test_books_in_one_answer_do_not_read_alike(language: str) -> None:
    evidence = [fact(EvidenceCode.MATCHES_WORDS, "성장"), fact(EvidenceCode.MATCHES_MOOD, "comfort", "honest")]
    three = [compose_reasons(DEMIAN, evidence, language=language, position=position) for position in range(3)]

    assert len({reasons.why for reasons in three}) == 3
    assert len({reasons.help for reasons in three}) == 3


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("position", range(6))
@pytest.mark.parametrize("number", ["", "813.6 박14토"])
@pytest.mark.parametrize("status", [HoldingStatus.AVAILABLE, HoldingStatus.ON_LOAN, HoldingStatus.LOST])
def test_a_record_of_nothing_but_a_title_gets_whole_true_sentences(
    language: str, position: int, number: str, status: HoldingStatus
) -> None:
    book = Book("bare", "토지", call_number=number, holdings=(Holding(status),))

    reasons = compose_reasons(book, [], language=language, position=position)

    assert re.fullmatch(r"[^{}]+[.]", reasons.why)
    assert re.fullmatch(r"[^{}]+[.]", reasons.help)
    assert number in reasons.help
    can_borrow = "지금 빌리실 수 있습니다" in reasons.help or "and can be borrowed now" in reasons.help
    assert can_borrow is (status is HoldingStatus.AVAILABLE)


def test_a_bare_record_says_who_wrote_it() -> None:
    assert compose_reasons(BARE, [], language="ko").why == "박경리가 쓴, 이 도서관이 갖고 있는 책입니다."
    assert compose_reasons(BARE, [], language="en").why == "It is a book by 박경리 that this library holds."
