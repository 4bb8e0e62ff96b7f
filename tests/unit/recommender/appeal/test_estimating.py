from collections.abc import Sequence

import numpy as np
import pytest

from recommender.appeal.calibration import Calibration, read_calibrations
from recommender.appeal.cues import read_cues
from recommender.appeal.estimating import LEAST_CONFIDENCE, AppealEstimator
from recommender.appeal.lessons import read_lessons
from recommender.appeal.scoring import TERMS, AppealScores
from recommender.encoding.base import Vectors
from recommender.encoding.static import StaticEncoder
from recommender.models import AppealCode, AppealFacet, AppealTerm, Book, Depth, Effect, Form, Mood, Pace
from recommender.records import content_text
from recommender.text.morphemes import Analyzer

CHASE = Book(
    id="b1",
    title="마지막 목격자",
    language="ko",
    description="연쇄 살인범이 남긴 단서를 쫓아 형사는 밤의 도시를 달린다. 숨 막히는 추격과 반전이 이어지는 스릴러.",
)
CONSOLATION = Book(
    id="b2",
    title="Letters for Tired People",
    language="en",
    description="Gentle, heartwarming letters of comfort for readers who are tired and sad, to be opened at night before sleep.",
)
PHILOSOPHY = Book(
    id="b3",
    title="정의란 무엇인가",
    language="ko",
    description="정의와 자유, 도덕에 관한 철학자들의 논쟁을 따라가며 우리 사회가 무엇을 옳다고 여기는지 다시 묻는다.",
)


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder.bundled(Analyzer(num_workers=1))


@pytest.fixture(scope="module")
def estimator(encoder: StaticEncoder) -> AppealEstimator:
    return AppealEstimator.for_encoder(encoder)


class Noise:
    """An encoder that has learnt nothing: every text somewhere, at random."""

    name = "noise"
    dims = 64

    def __init__(self) -> None:
        self._random = np.random.default_rng(5)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        rows = self._random.standard_normal((len(texts), self.dims)).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_documents(texts)


def _estimated(
    book: Book, estimator: AppealEstimator, encoder: StaticEncoder
) -> dict[tuple[AppealFacet, AppealCode], AppealTerm]:
    (terms,) = estimator.estimate([book], encoder.encode_documents([content_text(book)]))
    return {(term.facet, term.code): term for term in terms}


@pytest.mark.parametrize(
    ("book", "said", "not_said"),
    [
        (CHASE, {Mood.TENSE, Effect.ESCAPE, Depth.IMMERSIVE}, {Mood.CALM, Effect.COMFORT, Depth.LIGHT}),
        (CONSOLATION, {Mood.WARM, Effect.COMFORT}, {Mood.TENSE, Effect.ESCAPE, Pace.FAST}),
        (PHILOSOPHY, {Mood.THOUGHTFUL, Effect.PERSPECTIVE, Depth.DEEP}, {Mood.CHEERFUL, Effect.ESCAPE, Depth.LIGHT}),
    ],
)
def test_a_description_shows_how_its_book_feels(
    book: Book,
    said: set[AppealCode],
    not_said: set[AppealCode],
    estimator: AppealEstimator,
    encoder: StaticEncoder,
) -> None:
    codes = {code for _, code in _estimated(book, estimator, encoder)}
    assert said <= codes
    assert not not_said & codes


@pytest.mark.parametrize(
    "book",
    [
        Book(id="b4", title="한국사 능력 검정 시험 기출문제집", form=Form.WORKBOOK, description=CHASE.description),
        Book(id="b5", title="Le Petit Prince", language="fr", description=CONSOLATION.description),
        Book(id="b6", title="개미", language="ko"),
        Book(id="b7", title="토지", language="ko", description="개정판."),
    ],
)
def test_what_says_too_little_or_is_no_reading_is_not_estimated(
    book: Book, estimator: AppealEstimator, encoder: StaticEncoder
) -> None:
    assert not _estimated(book, estimator, encoder)


def test_a_word_of_the_title_is_enough_to_call_a_mood_possible(
    estimator: AppealEstimator, encoder: StaticEncoder
) -> None:
    terms = _estimated(Book(id="b8", title="유쾌한 이웃집 탐정", language="ko"), estimator, encoder)
    assert set(terms) == {(AppealFacet.MOOD, Mood.CHEERFUL)}
    assert LEAST_CONFIDENCE <= terms[AppealFacet.MOOD, Mood.CHEERFUL].confidence < 0.6


def test_a_book_is_never_both_slow_and_fast_nor_both_light_and_deep(
    estimator: AppealEstimator, encoder: StaticEncoder
) -> None:
    both = Book(
        id="b9",
        title="역사 한 권",
        language="ko",
        description="방대한 연구를 누구나 쉽게 읽도록 짧은 글로 풀었다. 천천히 음미할 수도, 단숨에 읽을 수도 있는 역사 교양서.",
    )
    facets = [facet for facet, _ in _estimated(both, estimator, encoder)]
    assert facets.count(AppealFacet.PACE) == 1
    assert facets.count(AppealFacet.DEPTH) == 1


def test_an_encoder_that_learnt_nothing_has_no_say() -> None:
    scores = AppealScores.learnt(read_lessons(), Noise())
    assert scores.scored.mean() < 0.2
    estimator = AppealEstimator(scores, {}, read_calibrations())
    (terms,) = estimator.estimate([CHASE], Noise().encode_documents([content_text(CHASE)]))
    assert len(terms) <= scores.scored.sum()


def test_the_bundled_encoder_can_tell_nearly_all_terms_apart(encoder: StaticEncoder) -> None:
    scores = AppealScores.learnt(read_lessons(), encoder)
    assert scores.scored.sum() >= len(TERMS) - 3


def test_every_term_that_is_estimated_has_cues_and_a_curve_that_rises() -> None:
    curves = read_calibrations()
    assert set(curves) <= set(read_cues())
    assert all(curve.slope > 0 and curve.cue > 0 for curve in curves.values())


@pytest.mark.parametrize(
    ("score", "has_cue", "confidence"), [(0.0, False, 0.119), (0.0, True, 0.378), (2.0, False, 0.5), (2.0, True, 0.818)]
)
def test_confidence_follows_a_logistic_curve(score: float, *, has_cue: bool, confidence: float) -> None:
    assert Calibration(-2.0, 1.0, 1.5).confidence(score, has_cue=has_cue) == pytest.approx(confidence, abs=0.001)
