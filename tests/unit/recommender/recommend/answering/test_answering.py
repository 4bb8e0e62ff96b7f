"""Answers in the making, over a real engine: what is known when, who may follow, and what happens when nobody does."""

import gc
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from recommender.bundle import Bundle, load_bundle
from recommender.errors import NotFoundError
from recommender.generation.base import GeneratorState
from recommender.generation.composed import ComposedGenerator
from recommender.generation.queueing import QueueState
from recommender.recommend.answering import GENERATOR_BUSY, GENERATOR_LATE, Answers, LiveAnswer
from recommender.recommend.answering.live import LEFT_SECONDS
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.safety import HELP_LINES
from recommender.recommend.updates import (
    GENERATOR_LOADING,
    GENERATOR_UNAVAILABLE,
    Chosen,
    Explained,
    Finished,
    SentenceWritten,
    Update,
)
from recommender.recommend.values import Intake, Question, Recommendations
from tests.small_library import READER, SmallLibrary
from tests.writers import SENTENCES, GatedGenerator

QUESTION = Question(text="로봇과 친구가 되는 이야기", size=2)
PULSE = 0.02

Ask = Callable[..., Answers]


class Clock:
    """The real time, which can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def generator() -> Iterator[GatedGenerator]:
    """Waits before its first sentence; let go at the end."""
    made = GatedGenerator(may_write=threading.Event())
    yield made
    made.may_choose.set()
    made.may_write.set()


def with_queue(**fields: float) -> Bundle:
    bundle = load_bundle()
    tuned = replace(bundle.recommend.queue, **{"choice_seconds": 10.0, **fields})  # type: ignore[arg-type]
    return replace(bundle, recommend=replace(bundle.recommend, queue=tuned))


@pytest.fixture
def answers(library: SmallLibrary, generator: GatedGenerator, clock: Clock) -> Ask:
    def ask(**fields: float) -> Answers:
        bundle = with_queue(**fields)
        return Answers(library.service(generator, bundle), generator, library.analyzer, bundle, clock=clock)

    return ask


def retrieved(library: SmallLibrary) -> list[str]:
    return ids(library.service(ComposedGenerator()).recommend(QUESTION))


def ids(answer: Recommendations) -> list[str]:
    return [each.book.id for each in answer.recommendations]


def written_by(answer: Recommendations) -> list[str]:
    return [each.generated_by for each in answer.recommendations]


def updates(answer: LiveAnswer, after: int = 0) -> list[Update]:
    return [numbered[1] for numbered in answer.follow(after=after, pulse=PULSE) if numbered]


def eventually(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()


def test_the_books_are_there_before_a_word_is_written(answers: Ask, generator: GatedGenerator) -> None:
    answer = answers().begin(QUESTION)
    assert not answer.is_finished
    assert written_by(answer.snapshot()) == ["composed", "composed"]
    assert all(each.reasons.why for each in answer.snapshot().recommendations)
    assert generator.sentences == 0


def test_followers_get_everything_in_order_however_late_they_come(answers: Ask, generator: GatedGenerator) -> None:
    answer = answers().begin(QUESTION)
    with ThreadPoolExecutor() as pool:
        early = pool.submit(updates, answer)
        generator.may_write.set()
        told = early.result()
    first, second = ids(answer.snapshot())
    kinds = [type(update) for update in told]
    sentences = [update for update in told if isinstance(update, SentenceWritten)]
    assert kinds[0] is Chosen
    assert kinds[-1] is Finished
    assert [update.recommendation.book.id for update in told if isinstance(update, Explained)] == [first, second]
    assert [(each.book_id, each.part, each.text) for each in sentences[:4]] == [
        (first, "why", SENTENCES[0]),
        (first, "why", SENTENCES[1]),
        (first, "help", SENTENCES[0]),
        (first, "help", SENTENCES[1]),
    ]
    assert updates(answer) == told == [update for _number, update in answer.so_far()]
    assert updates(answer, after=len(told) - 1) == told[-1:]
    assert written_by(answer.snapshot()) == ["gated", "gated"]


def test_the_model_chooses_the_books_where_it_does_so_in_time(
    answers: Ask, generator: GatedGenerator, library: SmallLibrary
) -> None:
    generator.may_write.set()
    assert ids(answers().begin(QUESTION).snapshot()) != retrieved(library)
    assert generator.chosen == 1


def test_books_that_are_shown_do_not_change_when_the_choice_comes_later(
    answers: Ask, generator: GatedGenerator, library: SmallLibrary
) -> None:
    generator.may_choose.clear()
    generator.may_write.set()
    asked = answers(choice_seconds=0.05)
    answer = asked.begin(QUESTION)
    assert ids(answer.snapshot()) == retrieved(library)
    time.sleep(0.1)
    generator.may_choose.set()
    finished = updates(answer)[-1]
    assert isinstance(finished, Finished)
    assert [each.book.id for each in finished.explanation.recommendations] == retrieved(library)
    assert written_by(answer.snapshot()) == ["gated", "gated"]


def test_a_model_that_chose_too_slowly_is_not_asked_to_choose_for_a_while(
    answers: Ask, generator: GatedGenerator, clock: Clock
) -> None:
    generator.may_write.set()
    generator.may_choose.clear()
    asked = answers(choice_seconds=0.05, choice_rest_seconds=600.0)
    slow = asked.begin(QUESTION)
    time.sleep(0.1)
    generator.may_choose.set()
    updates(slow)
    updates(asked.begin(QUESTION))
    assert generator.chosen == 1
    clock.ahead += 601.0
    updates(asked.begin(QUESTION))
    assert generator.chosen == 2


def test_one_who_waits_gets_the_models_choice_and_words(
    answers: Ask, generator: GatedGenerator, library: SmallLibrary
) -> None:
    generator.may_write.set()
    whole = answers(choice_seconds=0.0).answer(QUESTION, seconds=20.0)
    assert written_by(whole) == ["gated", "gated"]
    assert ids(whole) != retrieved(library)
    assert whole.notice == ""


def test_one_who_waits_no_longer_gets_what_is_composed_and_ends_the_writing(
    answers: Ask, generator: GatedGenerator
) -> None:
    asked = answers()
    whole = asked.answer(QUESTION, seconds=0.1)
    assert (written_by(whole), whole.notice) == (["composed", "composed"], GENERATOR_LATE)
    assert eventually(lambda: asked.state().writing == 0)
    assert generator.sentences == 0


def test_one_who_leaves_is_not_answered_to_the_end(answers: Ask) -> None:
    asked = answers()
    whole = asked.answer(QUESTION, seconds=60.0, has_left=lambda: True)
    assert whole.notice == GENERATOR_LATE
    assert eventually(lambda: asked.state().writing == 0)


def test_composed_reasons_wait_for_nothing(answers: Ask, generator: GatedGenerator) -> None:
    whole = answers().composed(QUESTION)
    assert (written_by(whole), whole.notice, generator.chosen) == (["composed", "composed"], "", 0)


def test_where_too_many_wait_the_next_gets_composed_reasons_at_once(answers: Ask) -> None:
    asked = answers(waiting=1, choice_seconds=0.0)
    writing, waiting, turned_away = (asked.begin(QUESTION) for _ in range(3))
    assert [each.is_finished for each in (writing, waiting, turned_away)] == [False, False, True]
    assert turned_away.snapshot().notice == GENERATOR_BUSY
    assert len(turned_away.snapshot().recommendations) == QUESTION.size
    assert asked.state() == QueueState(GeneratorState.READY, writing=1, waiting=1)


def test_behind_another_answer_the_models_choice_is_not_waited_for(
    answers: Ask, generator: GatedGenerator, library: SmallLibrary
) -> None:
    asked = answers(choice_seconds=20.0)
    first, second = asked.begin(QUESTION), asked.begin(QUESTION)
    assert (ids(first.snapshot()) == retrieved(library), ids(second.snapshot()) == retrieved(library)) == (False, True)
    generator.may_write.set()
    assert ids(answers().answer(QUESTION, seconds=20.0)) == ids(first.snapshot())
    assert isinstance(updates(second)[-1], Finished)
    assert ids(second.snapshot()) == retrieved(library)


def test_an_answer_that_everybody_left_is_not_written_to_the_end(
    answers: Ask, generator: GatedGenerator, clock: Clock
) -> None:
    asked = answers()
    answer = asked.begin(QUESTION)
    with ThreadPoolExecutor() as pool:
        follower = pool.submit(lambda: next(answer.follow(pulse=PULSE)))
        assert follower.result() is not None
    clock.ahead += LEFT_SECONDS - 1
    assert not answer.is_left()
    answer.snapshot()  # somebody asked how it stands
    clock.ahead += LEFT_SECONDS - 1
    assert not answer.is_left()
    clock.ahead += 2
    assert eventually(lambda: asked.state().writing == 0)
    assert answer.snapshot().notice == GENERATOR_LATE
    assert generator.sentences == 0


def test_a_follower_keeps_it_going(answers: Ask, clock: Clock) -> None:
    answer = answers().begin(QUESTION)
    following = answer.follow(pulse=PULSE)
    next(following)
    clock.ahead += 10 * LEFT_SECONDS
    assert not answer.is_left()
    following.close()
    clock.ahead += 2 * LEFT_SECONDS
    assert answer.is_left()


def test_a_model_that_breaks_off_leaves_the_books_and_composed_reasons(answers: Ask, generator: GatedGenerator) -> None:
    generator.fails = True
    generator.may_write.set()
    answer = answers().begin(QUESTION)
    told = updates(answer)
    whole = answer.snapshot()
    assert isinstance(told[-1], Finished)
    assert (len(whole.recommendations), whole.notice) == (2, GENERATOR_UNAVAILABLE)


def test_a_model_that_falls_silent_is_not_waited_for(answers: Ask, generator: GatedGenerator, clock: Clock) -> None:
    generator.may_choose.clear()
    asked = answers(choice_seconds=0.05, silence_seconds=45.0)
    answer = asked.begin(QUESTION)
    clock.ahead += 46.0
    assert isinstance(updates(answer)[-1], Finished)
    assert answer.snapshot().notice == GENERATOR_UNAVAILABLE
    assert asked.state().generator is GeneratorState.UNAVAILABLE
    at_once = asked.begin(QUESTION)
    assert (at_once.is_finished, at_once.snapshot().notice) == (True, GENERATOR_UNAVAILABLE)


@pytest.mark.parametrize("state", [GeneratorState.NOT_LOADED, GeneratorState.LOADING])
def test_a_model_that_is_being_loaded_is_not_waited_for(
    answers: Ask, generator: GatedGenerator, state: GeneratorState
) -> None:
    generator.state = state
    generator.may_write.set()
    answer = answers().begin(QUESTION)
    if state is GeneratorState.LOADING:
        assert (answer.is_finished, answer.snapshot().notice) == (True, GENERATOR_LOADING)
    assert generator.loads == (state is GeneratorState.NOT_LOADED)


def test_somebody_in_danger_is_not_answered_by_a_model(answers: Ask, generator: GatedGenerator) -> None:
    generator.may_write.set()
    answer = answers().begin(Question(text="죽고 싶어요", size=2))
    assert (answer.is_finished, answer.snapshot().notice) == (True, HELP_LINES)
    assert (generator.chosen, generator.sentences) == (0, 0)


def test_a_question_that_finds_nothing_waits_for_no_model(answers: Ask, generator: GatedGenerator) -> None:
    answer = answers().begin(replace(QUESTION, filters=replace(QUESTION.filters, year_from=2999)))
    assert (answer.is_finished, answer.snapshot().recommendations, generator.chosen) == (True, (), 0)


def test_what_is_wrong_with_a_question_is_said_at_once(answers: Ask) -> None:
    with pytest.raises(NotFoundError):
        answers().begin(replace(QUESTION, reader_id="nobody"))


def test_an_answer_is_kept_under_a_name_that_nobody_can_guess(answers: Ask, clock: Clock) -> None:
    asked = answers()
    answer = asked.begin(QUESTION)
    form = {"question": ["로봇과 친구가 되는 이야기"]}
    tokens = {asked.keep(answer, form) for _ in range(3)}
    assert len(tokens) == 3
    assert min(map(len, tokens)) >= 32
    kept = asked.find(min(tokens))
    assert (kept.answer, kept.form) == (answer, form)
    with pytest.raises(NotFoundError):
        asked.find("guessed")
    clock.ahead += 601.0
    with pytest.raises(NotFoundError):
        asked.find(min(tokens))


MOODY = replace(QUESTION, reader_id=READER, intake=Intake(mood="tired", mood_text="요즘 너무 지쳐요"))


def asker(answer: LiveAnswer) -> tuple[str, Intake]:
    question = answer.snapshot().question
    return question.reader_id, question.intake


@pytest.mark.parametrize("is_kept_first", [True, False])
def test_an_answer_that_is_kept_does_not_hold_who_asked_it(
    answers: Ask, generator: GatedGenerator, *, is_kept_first: bool
) -> None:
    asked = answers()
    answer = asked.begin(MOODY)
    if is_kept_first:
        asked.keep(answer, {})
    generator.may_write.set()
    updates(answer)
    if not is_kept_first:
        assert asker(answer) == (READER, MOODY.intake)  # what a request is answered with repeats it
        asked.keep(answer, {})
    assert asker(answer) == ("", Intake())
    assert written_by(answer.snapshot()) == ["gated", "gated"]


def test_a_finished_answer_lets_go_of_all_that_it_was_made_of(answers: Ask, generator: GatedGenerator) -> None:
    asked = answers()
    answer = asked.begin(MOODY)
    generator.may_write.set()
    updates(answer)
    assert eventually(lambda: asked.state().writing == 0)
    gc.collect()
    # By type(), because isinstance() asks lazy modules, of which libraries have some, for what they warn about.
    held = [each for each in gc.get_objects() if type(each) is Inquiry]
    assert [inquiry for inquiry in held if inquiry.question.reader_id] == []
    assert answer.snapshot().recommendations


def test_closing_ends_what_is_being_written(answers: Ask) -> None:
    asked = answers()
    answer = asked.begin(QUESTION)
    asked.keep(answer, {})
    asked.close()
    assert eventually(lambda: asked.state().writing == 0)


def test_only_so_many_answers_are_kept() -> None:
    from recommender.recommend.answering.store import MAX_KEPT, AnswerStore

    store = AnswerStore(new_token=map(str, itertools.count()).__next__)
    whole = Recommendations(QUESTION, enriched=None)  # type: ignore[arg-type]
    for _ in range(MAX_KEPT + 5):
        store.keep(LiveAnswer.of(whole), {})
    assert len(store) == MAX_KEPT
    with pytest.raises(NotFoundError):
        store.find("4")
    assert store.find("5").answer.snapshot() == whole
