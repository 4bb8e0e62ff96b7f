from dataclasses import replace

import pytest

from recommender.models import (
    AgeGroup,
    AppealFacet,
    AppealSource,
    AppealTerm,
    Audience,
    Book,
    Depth,
    Effect,
    Form,
    HistoryEntry,
    Holding,
    HoldingStatus,
    Mood,
    Person,
    Preferences,
)
from recommender.readers.crowd import PopularWith
from recommender.recommend.asking import AskedWord
from recommender.recommend.candidates import Wanted
from recommender.recommend.companions import Neighbour
from recommender.recommend.evidence import gather
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EnrichedTerm, Evidence, EvidenceCode, TermSource, Trait, TraitKind
from recommender.search.results import LegRank

BLUES = Book(
    "thousand-blues", "천 개의 파랑", people=(Person("천선란"),), keywords=("로봇", "우정", "SF소설"),
    moods=(Mood.WARM, Mood.SAD), effects=(Effect.EMPATHY,), depth=Depth.IMMERSIVE, call_number="813.7 천54천",
    holdings=(Holding(HoldingStatus.AVAILABLE),),
)  # fmt: skip
SOURCE = {"title": "천 파랑", "subjects": "로봇 우정 sf 소설", "description": "경주마 타다 로봇 추리 소설 불안"}
LENT = Book("lent", "토지")
NINE = HistoryEntry("r1", "나인", "천선란", "nine", rating=5.0)
ALMOND = HistoryEntry("r1", "아몬드", "손원평", "almond", rating=4.5)
READER = ReaderContext(
    history=(NINE, ALMOND),
    relevant=(ALMOND, NINE),
    relevant_books=(
        Book("almond", "아몬드", people=(Person("손원평"),)),
        Book("nine", "나인", people=(Person("천선란"),)),
    ),
    preferences=Preferences("r1", authors=("천 선란",)),
)
NOBODY = ReaderContext()


def _guess(mood: Mood, confidence: float) -> AppealTerm:
    return AppealTerm(AppealFacet.MOOD, mood, confidence, AppealSource.ESTIMATED)


def word(text: str, *tokens: str, start: int = 0, is_subject: bool = True) -> AskedWord:
    return AskedWord(text, tokens or (text,), is_subject=is_subject, start=start)


def term(text: str, source: TermSource, detail: str = "") -> tuple[EnrichedTerm, tuple[str, ...]]:
    return EnrichedTerm(text, source, 0.5, detail), (text,)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(asked=(word("불안"), word("로봇"))), ("로봇", "불안")),  # a subject before a word of the description
        (Wanted(asked=(word("Anxieties", "anxieti"),)), ()),
        (Wanted(asked=(word("타요", "타다", is_subject=False),)), ()),  # a verb is no word to name
        (Wanted(asked=(word("추리", start=0), word("소설", start=2))), ("소설", "추리소설")),  # one word as it was written
        (Wanted(asked=(word("로봇"), AskedWord("소설", ("소설",), is_subject=True, is_form=True))), ("로봇",)),
        (Wanted(asked=(word("초등학생", "초등", "학생"),)), ()),  # not all of it is there
        (Wanted(terms=(term("우정", TermSource.INTAKE), term("불안", TermSource.QUESTION))), ("우정",)),
    ],
)  # fmt: skip
def test_words_are_told_as_they_were_asked(wanted: Wanted, words: tuple[str, ...]) -> None:
    evidence = gather(LENT, SOURCE, wanted=wanted, context=NOBODY, legs=())

    assert evidence == ((Evidence(EvidenceCode.MATCHES_WORDS, words),) if words else ())


def test_everything_that_speaks_for_a_book_the_strongest_first() -> None:
    traits = (
        Trait(TraitKind.MOOD, Mood.WARM, TermSource.INTAKE),
        Trait(TraitKind.EFFECT, Effect.EMPATHY, TermSource.INTAKE),
        Trait(TraitKind.DEPTH, Depth.IMMERSIVE, TermSource.INTAKE),
    )
    wanted = Wanted(
        asked=(word("로봇"),),
        terms=(
            term("우정", TermSource.PREFERENCES),
            term("SF", TermSource.PREFERENCES),
            term("만화", TermSource.PREFERENCES),
            term("우정", TermSource.HISTORY, detail="아몬드"),
            term("식물", TermSource.HISTORY, detail="나인"),
        ),
        traits=traits,
        authors=("천 선란",),
    )
    legs = (LegRank("lexical", 1, 9.0, 0.05), LegRank("dense", 2, 0.81, 0.04))

    assert gather(BLUES, SOURCE, wanted=wanted, context=READER, legs=legs) == (
        Evidence(EvidenceCode.MATCHES_WORDS, ("로봇",)),
        Evidence(EvidenceCode.SAME_AUTHOR, ("천선란", "나인")),
        Evidence(EvidenceCode.LIKE_READ_BOOK, ("아몬드", "우정")),
        Evidence(EvidenceCode.MATCHES_PREFERENCE, ("천선란", "우정", "SF")),
        Evidence(EvidenceCode.MATCHES_MOOD, ("empathy", "warm")),
        Evidence(EvidenceCode.FITS_DEPTH, ("immersive",)),
        Evidence(EvidenceCode.NEAR_IN_MEANING),
        Evidence(EvidenceCode.AVAILABLE, ("813.7 천54천",)),
    )


@pytest.mark.parametrize(
    ("keywords", "wish", "is_about"),
    [
        (("가족소설",), "가족", True),
        (("심슨 가족",), "가족", True),
        (("Science Fiction",), "science fiction", True),
        (("한국가족사",), "가족", False),  # inside of a word it may be another one
        (("일제강점기",), "일", False),  # one syllable begins too many words
        (("일",), "일", True),
        ((), "가족", False),
    ],
)
def test_a_preference_is_met_by_a_subject_alone(keywords: tuple[str, ...], wish: str, *, is_about: bool) -> None:
    book = Book("b", "가족", keywords=keywords, description="가족 이야기")
    wanted = Wanted(terms=(term(wish, TermSource.PREFERENCES),))

    evidence = gather(book, {"title": "가족", "description": "가족"}, wanted=wanted, context=NOBODY, legs=())

    assert evidence == ((Evidence(EvidenceCode.MATCHES_PREFERENCE, (wish,)),) if is_about else ())


@pytest.mark.parametrize(
    ("wanted", "leg", "is_near"),
    [
        (Wanted(asked=(word("우주"),)), LegRank("dense", 10, 0.78, 0.01), True),
        (Wanted(asked=(word("우주"),)), LegRank("dense", 11, 0.90, 0.01), False),
        (Wanted(asked=(word("우주"),)), LegRank("dense", 1, 0.77, 0.01), False),  # the nearest of far books
        (Wanted(asked=(word("우주"),)), LegRank("taste", 1, 0.95, 0.01), False),
        (Wanted(), LegRank("dense", 1, 0.95, 0.01), False),  # nothing was asked to be near to
    ],
)
def test_only_what_is_near_to_a_question_is_called_so(wanted: Wanted, leg: LegRank, *, is_near: bool) -> None:
    evidence = gather(LENT, {}, wanted=wanted, context=NOBODY, legs=(leg,))

    assert (Evidence(EvidenceCode.NEAR_IN_MEANING) in evidence) is is_near


@pytest.mark.parametrize(
    ("book", "evidence"),
    [
        pytest.param(
            Book("b", "숲", estimated=(_guess(Mood.WARM, 0.7), _guess(Mood.SAD, 0.9), _guess(Mood.HOPEFUL, 0.45))),
            (Evidence(EvidenceCode.SEEMS_MOOD, ("warm",)),),
            id="only what is asked for, and likely",
        ),
        pytest.param(
            Book("b", "숲", moods=(Mood.HOPEFUL,), estimated=(_guess(Mood.WARM, 0.7),)),
            (Evidence(EvidenceCode.MATCHES_MOOD, ("hopeful",)),),
            id="a guess is not told beside what is certain",
        ),
        pytest.param(Book("b", "숲", estimated=(_guess(Mood.WARM, 0.59),)), (), id="a weak guess is not told at all"),
    ],
)
def test_an_estimate_is_told_as_one_and_never_as_a_fact(book: Book, evidence: tuple[Evidence, ...]) -> None:
    traits = tuple(Trait(TraitKind.MOOD, mood, TermSource.INTAKE) for mood in (Mood.WARM, Mood.HOPEFUL))
    assert gather(book, {}, wanted=Wanted(traits=traits), context=NOBODY, legs=()) == evidence


@pytest.mark.parametrize(
    ("leg", "rank", "evidence"),
    [
        ("co_borrowed", 1, (Evidence(EvidenceCode.CO_BORROWED, ("아몬드",)),)),
        ("co_borrowed", 31, ()),  # few of those who borrowed the one borrowed the other
        ("popular", 2, (Evidence(EvidenceCode.POPULAR, ("14", "19")),)),
        ("popular", 31, ()),
        ("taste", 1, ()),  # the nearest of its leg, and not near
    ],
)
def test_what_others_borrow_is_told_of_the_first_books(leg: str, rank: int, evidence: tuple[Evidence, ...]) -> None:
    context = ReaderContext(
        co_borrowed={LENT.id: Neighbour(0.5, "아몬드")},
        popular=PopularWith(((LENT.id, 0.1),), (AgeGroup.TEENS,)),
    )
    found = gather(LENT, {}, wanted=Wanted(), context=context, legs=[LegRank(leg, rank, 0.5, 0.1)])
    assert found == evidence


def test_what_everybody_borrows_is_no_reason() -> None:
    context = ReaderContext(popular=PopularWith(((LENT.id, 0.1),)))
    assert gather(LENT, {}, wanted=Wanted(), context=context, legs=[LegRank("popular", 1, 0.1, 0.1)]) == ()


def leaning(kind: TraitKind, value: str, source: TermSource = TermSource.PREFERENCES) -> Trait:
    return Trait(kind, value, source)


@pytest.mark.parametrize(
    ("traits", "words"),
    [
        ((leaning(TraitKind.PAGES, "-250"), leaning(TraitKind.MOOD, "warm")), ("pages:212", "mood:warm")),
        ((leaning(TraitKind.PAGES, "200-400"),), ("pages:212",)),
        ((leaning(TraitKind.PAGES, "400-"), leaning(TraitKind.DEPTH, "light")), ()),
        ((leaning(TraitKind.DEPTH, "immersive"),), ("depth:immersive",)),
        ((leaning(TraitKind.MOOD, "tense"),), ()),  # only estimated
        ((leaning(TraitKind.PAGES, "-250", TermSource.QUESTION),), ()),  # asked for today, no habit
    ],
)
def test_length_level_and_tone_are_told_as_the_record_has_them(
    traits: tuple[Trait, ...], words: tuple[str, ...]
) -> None:
    book = Book("b", "책", pages=212, moods=(Mood.WARM,), depth=Depth.IMMERSIVE, estimated=(_guess(Mood.TENSE, 0.9),))
    found = gather(book, {}, wanted=Wanted(traits=traits), context=NOBODY, legs=[])
    assert [each.words for each in found if each.code is EvidenceCode.FITS_READER] == ([words] if words else [])


def test_what_is_only_preferred_is_not_told_as_asked_for_too() -> None:
    book = Book("b", "책", moods=(Mood.WARM,), depth=Depth.LIGHT)
    preferred = (leaning(TraitKind.MOOD, "warm"), leaning(TraitKind.DEPTH, "light"))
    asked = tuple(replace(trait, source=TermSource.INTAKE) for trait in preferred)

    codes = [
        [each.code for each in gather(book, {}, wanted=Wanted(traits=traits), context=NOBODY, legs=[])]
        for traits in (preferred, asked)
    ]

    assert codes == [[EvidenceCode.FITS_READER], [EvidenceCode.MATCHES_MOOD, EvidenceCode.FITS_DEPTH]]


@pytest.mark.parametrize(
    ("rank", "score", "near"), [(1, 0.9, True), (10, 0.78, True), (11, 0.9, False), (1, 0.7, False)]
)
def test_only_what_is_near_to_what_was_liked_is_called_so(rank: int, score: float, near: bool) -> None:  # noqa: FBT001
    found = gather(LENT, {}, wanted=Wanted(), context=NOBODY, legs=[LegRank("taste", rank, score, 0.1)])
    assert found == ((Evidence(EvidenceCode.NEAR_TASTE),) if near else ())


NOVELS = Trait(TraitKind.GENRE, "novels", TermSource.QUESTION)
KOREAN = Trait(TraitKind.GENRE, "korean_novels", TermSource.QUESTION)
ESSAYS = Trait(TraitKind.GENRE, "essays", TermSource.QUESTION)
COMIC = Trait(TraitKind.FORM, Form.COMIC, TermSource.QUESTION)


@pytest.mark.parametrize(
    ("book", "trait", "kinds"),
    [
        (Book("b", "책", kdc="813.7"), NOVELS, ("novels",)),
        (Book("b", "책", kdc="813.7"), KOREAN, ("korean_novels",)),
        (Book("b", "책", kdc="833.6"), KOREAN, ()),
        (Book("b", "책", kdc="813.8"), NOVELS, ()),  # a story for children
        (Book("b", "책", kdc="813.6", form=Form.PICTURE_BOOK), NOVELS, ()),
        (Book("b", "책", kdc="911", keywords=("역사소설",)), NOVELS, ()),  # about novels
        (Book("b", "책", keywords=("장편소설",)), NOVELS, ("novels",)),
        (Book("b", "책", keywords=("소설가",)), NOVELS, ()),
        (Book("b", "책", kdc="814.7"), ESSAYS, ("essays",)),
        (Book("b", "책", form=Form.COMIC), COMIC, ("comic",)),
        (Book("b", "책", keywords=("만화",)), COMIC, ()),
    ],
)
def test_a_kind_of_book_is_told_only_where_the_record_says_so(book: Book, trait: Trait, kinds: tuple[str, ...]) -> None:
    evidence = gather(book, {}, wanted=Wanted(traits=(trait,)), context=NOBODY, legs=())

    assert evidence == ((Evidence(EvidenceCode.OF_KIND, kinds),) if kinds else ())


@pytest.mark.parametrize(
    ("book", "told"),
    [
        (Book("b", "책", audience=Audience.TEENS, pages=184), ((EvidenceCode.FITS_AUDIENCE, "teens"), (EvidenceCode.FITS_LENGTH, "184"))),
        (Book("b", "책", audience=Audience.ADULTS, pages=251), ()),
        (Book("b", "책"), ()),
    ],
)  # fmt: skip
def test_audience_and_length_are_told_where_they_were_asked_for(
    book: Book, told: tuple[tuple[EvidenceCode, str], ...]
) -> None:
    traits = (
        Trait(TraitKind.LEVEL, Audience.TEENS, TermSource.QUESTION),
        Trait(TraitKind.PAGES, "-250", TermSource.QUESTION),
    )
    evidence = gather(book, {}, wanted=Wanted(traits=traits), context=NOBODY, legs=())

    assert tuple((each.code, each.words[0]) for each in evidence) == told
