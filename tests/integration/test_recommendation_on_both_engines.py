"""The same library, reader and questions on both engines: the same books, for the same reasons."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from recommender.generation.composed import ComposedGenerator
from recommender.recommend.values import Intake, Question
from recommender.search.request import Filters
from recommender.text.morphemes import Analyzer
from tests.conftest import ENGINES, empty_engine
from tests.small_library import READER, SmallLibrary

QUESTIONS = (
    Question("불안해서 잠이 안 올 때 읽을 책"),
    Question("할머니가 돌아가셔서 슬퍼요"),
    Question("로봇이 나오는 우정 이야기", reader_id=READER),
    Question("", reader_id=READER),
    Question("", intake=Intake(mood="anxious", effect="comfort", focus="light")),
    Question("friendship at a new school", language="en"),
    Question("우정", filters=Filters(languages=("ko",), available=True), size=5, num_candidates=5),
    Question("태백산맥"),
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(num_workers=1)


def test_both_engines_recommend_alike(elasticsearch_url: str, tmp_path: Path, analyzer: Analyzer) -> None:
    with ExitStack() as stack:
        services = [
            SmallLibrary(
                stack.enter_context(empty_engine(name, folder=tmp_path, url=elasticsearch_url)), analyzer
            ).service(ComposedGenerator())
            for name in ENGINES
        ]
        answers = [[service.recommend(question) for service in services] for question in QUESTIONS]

    for embedded, cluster in answers:
        assert embedded.recommendations, embedded.question
        assert [item.book.id for item in cluster.recommendations] == [item.book.id for item in embedded.recommendations]
        assert [item.reasons for item in cluster.recommendations] == [item.reasons for item in embedded.recommendations]
        assert cluster.enriched == embedded.enriched
