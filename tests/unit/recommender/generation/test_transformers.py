"""Real model classes with random weights: whatever such a model would like to say, its answer is well formed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recommender.errors import GeneratorError
from recommender.generation.base import GeneratorState, Prompt, WritingTask
from recommender.generation.chat import chat_text
from recommender.generation.transformers import TransformersGenerator
from tests import tiny_models

PROMPT = Prompt(system="당신은 사서입니다.", user="1. 데미안\n2. 어린 왕자\n번호만 쓰세요.")


@pytest.fixture(scope="module", params=tiny_models.ARCHITECTURES)
def model_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    tiny_models.ARCHITECTURES[request.param](folder)
    return folder


@pytest.fixture(scope="module")
def generator(model_folder: Path) -> TransformersGenerator:
    return TransformersGenerator(str(model_folder))


@pytest.mark.parametrize(("candidates", "size"), [(20, 3), (3, 3), (2, 5), (1, 1), (50, 10)])
def test_a_random_model_still_chooses_different_candidates(
    generator: TransformersGenerator, candidates: int, size: int
) -> None:
    choice = generator.choose(PROMPT, candidates=candidates, size=size)

    assert len(choice.numbers) == min(candidates, size) == len(set(choice.numbers))
    assert all(1 <= number <= candidates for number in choice.numbers)
    assert choice.prompt_tokens > 10
    assert choice.completion_tokens >= 2 * len(choice.numbers)  # numbers, separators and the end


def test_the_choice_depends_on_what_is_asked(generator: TransformersGenerator) -> None:
    questions = [Prompt(PROMPT.system, f"{number}. 코스모스 {'불안' * number}") for number in range(1, 13)]

    choices = {generator.choose(question, candidates=30, size=3).numbers for question in questions}

    assert len(choices) > 1


def test_texts_come_in_the_order_of_their_tasks_with_their_tokens_counted(
    generator: TransformersGenerator, model_folder: Path
) -> None:
    long = Prompt(system=PROMPT.system, user=PROMPT.user * 20)
    tasks = [WritingTask(PROMPT, fallback="composed"), WritingTask(long, fallback="composed")]

    short_text, long_text = generator.write(tasks, max_tokens=12, temperature=0.0)

    assert 0 <= short_text.completion_tokens <= 12
    assert long_text.prompt_tokens > 3 * short_text.prompt_tokens  # padding is not counted
    assert {short_text.by, long_text.by} <= {str(model_folder), "composed"}


def test_a_batch_writes_what_each_prompt_would_get_alone(generator: TransformersGenerator) -> None:
    other = Prompt(system="사서", user="어린 왕자는 왜 좋은가요? 한두 문장으로 쓰세요.")
    tasks = [WritingTask(PROMPT, fallback="-"), WritingTask(other, fallback="-")]

    together = generator.write(tasks, max_tokens=8, temperature=0.0)
    alone = [generator.write([task], max_tokens=8, temperature=0.0)[0] for task in tasks]

    assert [written.text for written in together] == [written.text for written in alone]


def test_a_temperature_lets_the_model_say_other_things(generator: TransformersGenerator) -> None:
    task = WritingTask(PROMPT, fallback="-")

    texts = {generator.write([task], max_tokens=12, temperature=5.0)[0].text for _ in range(5)}

    assert len(texts) > 1


def test_nothing_to_write_needs_no_model(tmp_path: Path) -> None:
    assert TransformersGenerator(str(tmp_path)).write([], max_tokens=9, temperature=0.0) == ()


def test_the_model_is_loaded_when_it_is_first_needed_and_only_once(
    model_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    generator = TransformersGenerator(str(model_folder))
    assert generator.state is GeneratorState.NOT_LOADED

    with ThreadPoolExecutor(4) as threads:
        choices = list(threads.map(lambda size: generator.choose(PROMPT, candidates=9, size=size), [1, 2, 3, 4]))

    assert [len(choice.numbers) for choice in choices] == [1, 2, 3, 4]
    assert generator.state is GeneratorState.READY
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""  # no progress bars, no warnings in the server's log


def test_a_prompt_beyond_the_window_is_refused_before_the_model_sees_it(generator: TransformersGenerator) -> None:
    endless = Prompt(PROMPT.system, "불안 " * tiny_models.WINDOW)

    with pytest.raises(GeneratorError, match=r"window of 8192; ask with a smaller num_candidates"):
        generator.choose(endless, candidates=3, size=1)


def test_a_folder_without_a_model_is_named_with_the_next_step(tmp_path: Path) -> None:
    generator = TransformersGenerator(str(tmp_path))

    with pytest.raises(GeneratorError, match=r"cannot be loaded .*make model"):
        generator.choose(PROMPT, candidates=2, size=1)
    assert generator.state is GeneratorState.UNAVAILABLE


def test_a_model_that_was_not_there_is_not_looked_for_at_every_question(tmp_path: Path) -> None:
    generator = TransformersGenerator(str(tmp_path))
    with pytest.raises(GeneratorError):
        generator.choose(PROMPT, candidates=2, size=1)
    tiny_models.save_llama(tmp_path)

    with pytest.raises(GeneratorError, match="start again"):
        generator.choose(PROMPT, candidates=2, size=1)


def test_a_model_that_knows_no_system_message_is_told_in_the_users(tmp_path: Path) -> None:
    tiny_models.save_llama(
        tmp_path,
        chat_template="{% for message in messages %}{% if message.role == 'system' %}"
        "{{ raise_exception('System role not supported') }}{% endif %}{{ message.content }}{% endfor %}",
    )
    generator = TransformersGenerator(str(tmp_path))

    choice = generator.choose(PROMPT, candidates=5, size=2)

    assert len(choice.numbers) == 2
    assert chat_text(generator._tokenizer, PROMPT) == f"{PROMPT.system}\n\n{PROMPT.user}"
