from collections.abc import Iterator
from dataclasses import replace

import pytest

from evaluation.judging.asking import System, answers_of, judged_question
from evaluation.judging.failures import Failure, failures_of
from evaluation.judging.figures import figures_of
from evaluation.judging.values import JudgedBook, Spent
from recommender.engine.embedded import EmbeddedEngine
from recommender.generation.base import Generator
from recommender.generation.composed import ComposedGenerator
from recommender.generation.openai import OpenAIGenerator
from recommender.recommend.cost import Prices
from recommender.recommend.values import Intake, Question
from recommender.text.morphemes import Analyzer
from tests.judged_answers import ANALECTS, ANSWERS, INVENTED, KITCHEN, STAGED, WORRY
from tests.small_library import BOOKS, READER, SmallLibrary

HELD = {book.id for book in BOOKS}
ANXIOUS = Question("불안해서 잠이 오지 않아요", Intake(mood="anxious"))


class Ticking:
    """A clock that goes on by a quarter of a second whenever it is read."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self) -> float:
        self.read += 1
        return self.read / 4


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("engine"))
    yield SmallLibrary(engine, Analyzer(num_workers=1))
    engine.close()


def system(library: SmallLibrary, generator: Generator | None = None, *, size: int = 3) -> System:
    service = library.service(generator or ComposedGenerator())
    return System("a", service, lambda question: replace(question, size=size), {"method": "staged"})


def test_an_answer_is_kept_as_a_judge_is_shown_it(library: SmallLibrary) -> None:
    clock = Ticking()
    (answer,) = answers_of(system(library), [ANXIOUS], library.readers, HELD, clock)
    first = answer.books[0]

    assert (first.book_id, first.title, first.authors) == ("anxiety", "나는 불안할 때 논어를 읽는다", "판덩")
    assert first.description.startswith("고전을 몰라도")
    assert first.why
    assert first.help
    assert answer.question.answers == {"mood": "anxious"}
    assert (answer.failures, answer.settings) == ((), {"method": "staged"})
    assert answer.spent.seconds == 0.25
    assert clock.read == 4  # the first question is asked once beforehand, and that answer is thrown away


def test_how_many_books_are_right_is_the_systems_own_business(library: SmallLibrary) -> None:
    (answer,) = answers_of(system(library, size=4), [Question("로봇과 우정")], library.readers, HELD)

    assert len(answer.books) == 4
    assert answer.failures == ()


def test_a_book_that_the_catalogue_does_not_hold_is_invented(library: SmallLibrary) -> None:
    (answer,) = answers_of(system(library), [ANXIOUS], library.readers, HELD - {"anxiety"})

    assert answer.failures == (Failure.INVENTED,)
    assert (answer.books[0].title, answer.books[0].is_held) == ("나는 불안할 때 논어를 읽는다", False)


def test_no_answer_is_an_error_with_its_reason(library: SmallLibrary) -> None:
    failing = System(
        "a", library.service(ComposedGenerator()), lambda question: replace(question, reader_id="없음"), {}
    )
    (answer,) = answers_of(failing, [ANXIOUS], library.readers, HELD)

    assert (answer.books, answer.failures) == ((), (Failure.ERROR,))
    assert answer.settings["error"].startswith("there is no reader '…'; load their history")
    assert "2026-9999" not in repr(answer)


def test_composed_reasons_that_stood_in_for_a_model_are_counted(library: SmallLibrary) -> None:
    dead = OpenAIGenerator("http://127.0.0.1:9/v1", model="dead")
    (answer,) = answers_of(system(library, dead), [ANXIOUS], library.readers, HELD)

    assert answer.failures == (Failure.UNAVAILABLE,)
    assert answer.books


def test_a_judge_is_told_what_was_read_but_not_by_whom(library: SmallLibrary) -> None:
    question = judged_question(Question("우정", reader_id=READER), library.readers)

    assert question.reader.read == ("아몬드 (5/5)", "토지 (4/5)", "작별인사 (2/5)")
    assert READER not in repr(question)
    assert judged_question(Question("우정"), library.readers).id != question.id


@pytest.mark.parametrize(
    ("books", "failures"),
    [
        ((ANALECTS, WORRY, KITCHEN), ()),
        ((ANALECTS, WORRY, KITCHEN, INVENTED), (Failure.MALFORMED, Failure.INVENTED)),  # one more than asked
        ((ANALECTS, ANALECTS), (Failure.MALFORMED,)),
        ((replace(ANALECTS, help=""),), (Failure.MALFORMED,)),
        ((JudgedBook("", "b1", why="w", help="h"),), (Failure.MALFORMED,)),
        ((), (Failure.EMPTY,)),
    ],
)
def test_failures_are_found_by_the_program(books: tuple[JudgedBook, ...], failures: tuple[Failure, ...]) -> None:
    assert failures_of(books, size=3) == failures


def test_figures_are_means_of_a_systems_answers() -> None:
    staged, direct = figures_of(ANSWERS, Prices(prompt=1.0, completion=10.0))

    assert (staged.prompt_tokens, staged.completion_tokens) == (800, 90)
    assert staged.cost == pytest.approx((800 * 1 + 90 * 10) / 1_000_000)
    assert (staged.p50_s, staged.p95_s) == (1.5, pytest.approx(1.95))
    assert dict(direct.failures) == {"malformed": 0, "invented": 1, "empty": 1, "error": 0, "unavailable": 0}
    assert figures_of(ANSWERS, Prices())[0].cost is None
    (imported,) = figures_of([replace(STAGED, spent=Spent())], Prices(prompt=1.0))
    assert (imported.prompt_tokens, imported.cost, imported.p50_s) == (None, None, None)  # nobody knows what it took
