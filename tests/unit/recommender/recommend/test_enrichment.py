from dataclasses import replace

import pytest

from recommender.bundle import EnrichmentBundle
from recommender.models import Book, HistoryEntry, Preferences, Weighted
from recommender.recommend.enrichment import enrich
from recommender.recommend.hints import hints
from recommender.recommend.intake import Answer, answers
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import (
    EditedQuestion,
    EnrichedQuestion,
    EnrichedTerm,
    Intake,
    TermSource,
    Trait,
    TraitKind,
)

LIMITS = EnrichmentBundle(
    history_limit=3, terms_per_book=2, preference_limit=5, history_weight=0.2, preference_weight=0.5,
    intake_weight=0.8, hint_weight=0.6, own_weight=1.0, trait_weights={"mood": 1.0, "effect": 0.5},
    liked_from=3.5,
)  # fmt: skip
ALMOND = HistoryEntry("r1", "아몬드", "손원평", "almond", rating=5.0, genres=("청소년소설",))
COSMOS = HistoryEntry("r1", "코스모스", "칼 세이건", rating=4.0, genres=("과학", "우주", "교양"))
READER = ReaderContext(
    history=(ALMOND, COSMOS, HistoryEntry("r1", "작별인사", rating=1.0)),
    relevant=(ALMOND, COSMOS),
    relevant_books=(Book("almond", "아몬드", keywords=("감정", "우정", "성장")), None),
    preferences=Preferences("r1"),
    wishes=(Weighted("우정", 0.8), Weighted("SF", 1.0)),
)


def term(text: str, source: TermSource, weight: float, detail: str, given: float | None = None) -> EnrichedTerm:
    return EnrichedTerm(text, source, pytest.approx(weight), detail, given)  # type: ignore[arg-type]


def test_each_term_comes_once_with_its_source_and_weight() -> None:
    answered = (
        *hints("친구와 싸워서 속이 상해요"),
        *answers(Intake(mood="anxious")),
        Answer("situation", "한라산에서", None, words=("한라산",)),
    )

    assert enrich("친구와 싸워서 속이 상해요", answered, READER, LIMITS, language="ko") == EnrichedQuestion(
        text="친구와 싸워서 속이 상해요",
        terms=(
            term("갈등", TermSource.QUESTION, 0.6, "싸워"),
            term("관계", TermSource.QUESTION, 0.6, "싸워"),
            term("대화", TermSource.QUESTION, 0.6, "싸워"),
            term("불안", TermSource.INTAKE, 0.8, "mood: anxious"),
            term("걱정", TermSource.INTAKE, 0.8, "mood: anxious"),
            term("한라산", TermSource.INTAKE, 0.8, "situation: 한라산에서"),  # own words stand for themselves
            term("우정", TermSource.PREFERENCES, 0.4, "우정", 0.8),
            term("SF", TermSource.PREFERENCES, 0.5, "SF", 1.0),
            term("감정", TermSource.HISTORY, 0.2, "아몬드", 5.0),  # 우정 is there already; two terms a book
            term("과학", TermSource.HISTORY, 0.2, "코스모스", 4.0),  # not held: what the history itself says
            term("우주", TermSource.HISTORY, 0.2, "코스모스", 4.0),
        ),
        traits=(
            Trait(TraitKind.MOOD, "honest", TermSource.QUESTION, 1.0, "싸워"),
            Trait(TraitKind.EFFECT, "empathy", TermSource.QUESTION, 0.5, "싸워"),
            Trait(TraitKind.EFFECT, "perspective", TermSource.QUESTION, 0.5, "싸워"),
            Trait(TraitKind.MOOD, "calm", TermSource.INTAKE, 1.0, "mood: anxious"),
            Trait(TraitKind.MOOD, "comforting", TermSource.INTAKE, 1.0, "mood: anxious"),
            Trait(TraitKind.EFFECT, "comfort", TermSource.INTAKE, 0.5, "mood: anxious"),
        ),
        read_books=("아몬드", "코스모스"),
        left_out=3,
    )


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("불안을 다룬 책", "ko", ["걱정"]),  # 불안 was said
        ("about ANXIETY", "en", ["worry"]),
        ("", "en", ["anxiety", "worry"]),
    ],
)
def test_what_was_said_is_not_added(text: str, language: str, terms: list[str]) -> None:
    enriched = enrich(text, answers(Intake(mood="anxious")), ReaderContext(), LIMITS, language=language)

    assert [added.text for added in enriched.terms] == terms


def test_a_question_alone_stays_as_it_is() -> None:
    no_answers: tuple[Answer, ...] = ()

    assert enrich("우주", no_answers, ReaderContext(), LIMITS, language="ko") == EnrichedQuestion("우주")


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("history_weight", {TermSource.QUESTION, TermSource.PREFERENCES}),
        ("preference_weight", {TermSource.QUESTION, TermSource.HISTORY}),
        ("hint_weight", {TermSource.PREFERENCES, TermSource.HISTORY}),
    ],
)
def test_what_has_no_weight_is_not_added(part: str, left: set[TermSource]) -> None:
    limits = replace(LIMITS, **{part: 0.0})  # type: ignore[arg-type]
    text = "친구와 싸워서 속이 상해요"

    enriched = enrich(text, hints(text), READER, limits, language="ko")

    assert {added.source for added in enriched.terms} == left


NO_COMICS = Trait(TraitKind.LIMIT, "without:만화", TermSource.QUESTION, detail="만화 말고")


def test_what_the_reader_took_out_is_told_apart_and_their_own_words_come_first() -> None:
    edited = EditedQuestion(removed=frozenset({"term:걱정", "mood:calm", "limit:without:만화"}), added=("바다", "걱정"))

    enriched = enrich(
        "시험이 다가와요",
        answers(Intake(mood="anxious")),
        ReaderContext(),
        LIMITS,
        language="ko",
        edited=edited,
        restrictions=[NO_COMICS],
    )

    assert [added.id for added in enriched.terms] == ["term:바다", "term:걱정", "term:불안"]  # 걱정 is their own now
    assert [trait.id for trait in enriched.traits] == ["mood:comforting", "effect:comfort"]
    assert [part.id for part in enriched.removed] == ["limit:without:만화", "mood:calm"]


def test_only_what_was_kept_stays() -> None:
    edited = EditedQuestion(kept=frozenset({"term:불안"}))

    enriched = enrich("", answers(Intake(mood="anxious")), READER, LIMITS, language="ko", edited=edited)

    assert ([added.id for added in enriched.terms], enriched.traits) == (["term:불안"], ())


def test_a_trait_that_two_answers_ask_for_weighs_twice_under_the_first() -> None:
    enriched = enrich("", answers(Intake(mood="tired", effect="comfort")), ReaderContext(), LIMITS, language="ko")

    assert enriched.traits[1:3] == (
        Trait(TraitKind.MOOD, "warm", TermSource.INTAKE, 2.0, "mood: tired"),
        Trait(TraitKind.MOOD, "comforting", TermSource.INTAKE, 2.0, "mood: tired"),
    )
