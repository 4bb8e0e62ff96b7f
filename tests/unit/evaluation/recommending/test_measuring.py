"""Measuring a real service over a small library."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pytest

from evaluation.recommending.judging import RecommendationJudge
from evaluation.recommending.measuring import ABLATIONS, Measurer, RememberingEncoder, against
from evaluation.recommending.values import RecommendationCase
from recommender.bundle import load_bundle
from recommender.encoding.base import Vectors
from recommender.engine.embedded import EmbeddedEngine
from recommender.errors import InputError
from recommender.generation.composed import ComposedGenerator
from recommender.recommend.values import Intake
from recommender.text.morphemes import Analyzer
from tests.small_library import BOOKS, READER, SmallLibrary

HELD = {book.id: book for book in BOOKS}

CASES = (
    RecommendationCase(2, "불안해서 잠이 안 와요", books={"나는 불안할 때 논어를 읽는다": 2, "걱정도 습관이다": 1}),
    RecommendationCase(3, "로봇과 우정", reader=READER, books={"천 개의 파랑": 2, "id:nine": 1}),
    RecommendationCase(4, intake=Intake(mood="depressed"), books={"키친": 2}),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("library"))
    yield SmallLibrary(engine, Analyzer(num_workers=1))
    engine.close()


@pytest.fixture
def measurer(library: SmallLibrary) -> Measurer:
    judge = RecommendationJudge(CASES, HELD, library.readers)
    return Measurer(judge, lambda bundle: library.service(ComposedGenerator(), bundle))


def test_figures_are_those_of_the_answers(library: SmallLibrary) -> None:
    judge = RecommendationJudge(CASES, HELD, library.readers)
    answers: Mapping[str, Sequence[str]] = {
        CASES[0].name: ("worry", "anxiety"),
        CASES[1].name: ("nine", "thousand-blues", "sky-blue", "holes"),
        CASES[2].name: (),
    }

    figures = judge.figures(answers)

    swapped = (1 + 2 / np.log2(3)) / (2 + 1 / np.log2(3))
    assert figures == pytest.approx(np.array([[swapped, 1.0, 1.0], [swapped, 1.0, 0.5], [0.0, 0.0, 0.0]]))
    assert judge.missing(CASES[2], (), grade=2) == ("키친",)
    assert judge.missing(CASES[0], ("anxiety",), grade=2) == ()


def test_only_the_first_ten_count(library: SmallLibrary) -> None:
    judge = RecommendationJudge(CASES[2:], HELD, library.readers)
    others = [book.id for book in BOOKS if book.id != "kitchen"][:10]

    assert judge.figures({CASES[2].name: [*others, "kitchen"]})[0, 0] == 0
    assert judge.figures({CASES[2].name: [*others[:9], "kitchen"]})[0, 0] > 0


def test_what_is_measured_is_what_the_service_gives(library: SmallLibrary, measurer: Measurer) -> None:
    measured = measurer.measure(load_bundle())

    service = library.service(ComposedGenerator())
    assert measured.answers == {case.name: service.recommend(case.question()).candidates for case in CASES}
    assert measured.figures[0, 0] > 0.9
    assert {name: len(values) for name, values in measurer.by_kind(measured.ndcg).items()} == {
        "question alone": 1,
        "with answers": 1,
        "for a reader": 1,
    }


def test_each_ablation_takes_something_away(library: SmallLibrary) -> None:
    reader_alone = RecommendationCase(5, reader=READER, books={"천 개의 파랑": 2})
    judge = RecommendationJudge((*CASES, reader_alone), HELD, library.readers)
    measurer = Measurer(judge, lambda bundle: library.service(ComposedGenerator(), bundle))
    whole = measurer.measure(load_bundle())

    without = measurer.ablations(load_bundle())

    assert [measured.name for measured in without] == list(ABLATIONS)
    assert [measured.name for measured in without if measured.answers == whole.answers] == []
    assert against(whole, whole, seed=1).mean == 0


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (RecommendationCase(7, "로봇", books={"로봇 공화국": 2}), 'line 7: the library holds no book "로봇 공화국"'),
        (RecommendationCase(8, "우정", reader=READER, books={"아몬드": 2}), f'line 8: {READER} has read "아몬드"'),
        (
            RecommendationCase(9, "우정", reader="nobody", books={"아몬드": 2}),
            'nothing is known of the reader "nobody"',
        ),
    ],
)
def test_a_case_that_cannot_be_met_is_an_error(library: SmallLibrary, case: RecommendationCase, message: str) -> None:
    with pytest.raises(InputError, match=message):
        RecommendationJudge([case], HELD, library.readers)


class CountingEncoder:
    """Encodes a text as its length, and remembers what it was asked."""

    name, dims = "counting", 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text)] for text in texts], np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return -self.encode_documents(texts)


def test_no_text_is_encoded_twice_and_queries_are_no_documents() -> None:
    counting = CountingEncoder()
    encoder = RememberingEncoder(counting)

    encoder.encode_queries(["우주"])

    assert encoder.encode_queries(["우주", "로봇 개", "우주"]).tolist() == [[-2], [-4], [-2]]
    assert encoder.encode_documents(["우주"]).tolist() == [[2]]
    assert counting.asked == ["우주", "로봇 개", "우주"]
