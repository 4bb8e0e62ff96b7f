"""Real model classes with random weights: whatever such a model would like to say, its answer is well formed."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from recommender.errors import GeneratorError
from recommender.generation.base import ChoiceTask, GeneratorState, Piece, Prompt, WritingTask, Written, not_cancelled
from recommender.generation.chat import chat_text
from recommender.generation.local.loading import NumberFormat
from recommender.generation.transformers import TransformersGenerator
from tests import tiny_models

PROMPT = Prompt(system="당신은 사서입니다.", user="1. 데미안\n2. 어린 왕자\n번호만 쓰세요.")

READER = "이용자의 질문: 불안한 밤에 읽을 책\n"
REASONS = [
    Prompt(PROMPT.system, READER + rest)
    for rest in ("1. 데미안", "2. 어린 왕자는 왜 좋은가요? 한두 문장으로", "3. 코스모스 " * 5)
]


def exact(folder: Path, **how: Any) -> TransformersGenerator:
    """A generator that computes as exactly as plain `generate()` does."""
    return TransformersGenerator(str(folder), number_format=NumberFormat.FLOAT32, **how)


@pytest.fixture(scope="module", params=tiny_models.ARCHITECTURES)
def model_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    tiny_models.ARCHITECTURES[request.param](folder)
    return folder


@pytest.fixture(scope="module")
def generator(model_folder: Path) -> TransformersGenerator:
    return exact(model_folder)


@pytest.fixture
def llama(tmp_path: Path) -> Path:
    tiny_models.save_llama(tmp_path)
    return tmp_path


def choice_task(books: str, *, candidates: int) -> ChoiceTask:
    blank = "".join(f"{number}. -\n" for number in range(1, candidates + 1))
    return ChoiceTask(Prompt(PROMPT.system, books), Prompt(PROMPT.system, blank), candidates=candidates, size=3)


@pytest.mark.parametrize("candidates", [20, 3, 1, 50])
def test_a_random_model_scores_every_candidate(generator: TransformersGenerator, candidates: int) -> None:
    first, second = generator.choose(
        [choice_task(text, candidates=candidates) for text in ("1. 데미안", "1. 코스모스")]
    )

    assert len(first.scores) == len(second.scores) == candidates
    assert first.prompt_tokens > 10
    assert (first.scores != second.scores) is (candidates > 1)  # what is listed decides


def test_scores_are_the_log_probabilities_of_the_numbers_against_those_of_a_list_that_says_nothing(
    model_folder: Path, generator: TransformersGenerator
) -> None:
    """Taken again with one plain pass for each number, of which those from 10 on are two tokens."""
    task = choice_task("".join(f"{number}. 데미안 {number}\n" for number in range(1, 13)), candidates=12)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    model = AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32)

    def log_probabilities(prompt: Prompt) -> list[float]:
        start = tokenizer.encode(chat_text(tokenizer, prompt), add_special_tokens=False)
        comma = tokenizer.encode(",")
        labels = [tokenizer.encode(str(number)) + comma for number in range(1, 13)]
        likely = []
        for label in labels:
            with torch.no_grad():
                logits = model(torch.tensor([start + label])).logits[0, len(start) - 1 :]
            total = 0.0
            for place, token in enumerate(label):
                admitted = sorted({other[place] for other in labels if other[:place] == label[:place]})
                total += float(logits[place][token] - logits[place][admitted].logsumexp(0))
            likely.append(total)
        return likely

    (choice,) = generator.choose([task])

    expected = [a - b for a, b in zip(log_probabilities(task.prompt), log_probabilities(task.blank), strict=True)]
    assert choice.scores == pytest.approx(expected, abs=1e-4)


def plain_texts(folder: Path) -> list[str]:
    """What plain `generate()` writes, one prompt after the other."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    texts = []
    for prompt in REASONS:
        ids = tokenizer(chat_text(tokenizer, prompt), return_tensors="pt", add_special_tokens=False)
        output = model.generate(**ids, max_new_tokens=24, do_sample=False, pad_token_id=0)
        texts.append(tokenizer.decode(output[0, ids["input_ids"].shape[1] :], skip_special_tokens=True).strip())
    return texts


def test_a_batch_over_a_shared_beginning_writes_what_plain_generate_would(
    model_folder: Path, generator: TransformersGenerator
) -> None:
    generator.choose([ChoiceTask(REASONS[2], REASONS[0], candidates=12, size=3)])  # whose beginning is kept
    written = generator.write([WritingTask(prompt, "-") for prompt in REASONS], max_tokens=24, temperature=0.0)
    without = exact(model_folder, reuse=False)
    unshared = without.write([WritingTask(prompt, "-") for prompt in REASONS], max_tokens=24, temperature=0.0)

    assert [text.text for text in written] == plain_texts(model_folder)
    assert unshared == written


def test_a_model_that_cannot_go_back_to_a_beginning_reads_every_prompt_whole(tmp_path: Path) -> None:
    tiny_models.save_mamba(tmp_path)
    generator = exact(tmp_path)

    generator.choose([ChoiceTask(REASONS[2], REASONS[0], candidates=12, size=3)])
    written = generator.write([WritingTask(prompt, "-") for prompt in REASONS], max_tokens=24, temperature=0.0)

    assert [text.text for text in written] == plain_texts(tmp_path)


def test_what_a_question_left_behind_is_forgotten(llama: Path) -> None:
    generator = exact(llama)
    generator.choose([ChoiceTask(REASONS[2], REASONS[0], candidates=12, size=3)])
    generator.write([WritingTask(prompt, "-") for prompt in REASONS], max_tokens=4, temperature=0.0)

    assert generator._decoder is not None
    kept = AutoTokenizer.from_pretrained(llama).decode(generator._decoder._kept_tokens)
    assert PROMPT.system in kept
    assert "질문" not in kept


def test_words_come_as_they_are_written_and_each_text_whole_at_its_end(generator: TransformersGenerator) -> None:
    tasks = [WritingTask(prompt, "-") for prompt in REASONS]

    said = list(generator.stream(tasks, max_tokens=12, temperature=0.0, cancelled=not_cancelled))

    whole = {each.task: each for each in said if isinstance(each, Written)}
    assert sorted(whole) == [0, 1, 2]
    for task, written in whole.items():
        pieces = "".join(each.text for each in said if isinstance(each, Piece) and each.task == task)
        assert written.text.startswith(pieces.strip())
    assert [whole[task] for task in range(3)] == list(generator.write(tasks, max_tokens=12, temperature=0.0))


def test_a_text_that_says_enough_ends_while_the_others_go_on(llama: Path) -> None:
    generator = exact(llama)
    short = WritingTask(REASONS[0], "-", is_done=lambda text: len(text) > 3)

    texts = generator.write([short, WritingTask(REASONS[1], "-")], max_tokens=24, temperature=0.0)
    alone = generator.write([WritingTask(REASONS[1], "-")], max_tokens=24, temperature=0.0)

    assert texts[0].completion_tokens < 24
    assert texts[1].completion_tokens == 24
    assert texts[1].text == alone[0].text  # that a row was dropped changes nothing


@pytest.mark.parametrize("save", [tiny_models.save_llama, tiny_models.save_mamba])
def test_nothing_is_written_after_everybody_left(save: Callable[[Path], None], tmp_path: Path) -> None:
    save(tmp_path)
    generator = exact(tmp_path)
    heard: list[Piece | Written] = []
    tasks = [WritingTask(prompt, "-") for prompt in REASONS]

    said = generator.stream(tasks, max_tokens=500, temperature=0.0, cancelled=lambda: len(heard) >= 3)
    heard.extend(said)

    assert 3 <= len(heard) < 3 + len(tasks)  # the token under way is the last
    assert not [each for each in heard if isinstance(each, Written)]


def test_a_closed_stream_lets_others_in(llama: Path) -> None:
    generator = exact(llama)
    said = generator.stream([WritingTask(PROMPT, "-")], max_tokens=500, temperature=0.0, cancelled=not_cancelled)
    next(said)
    del said

    assert generator.write([WritingTask(PROMPT, "-")], max_tokens=2, temperature=0.0)[0].completion_tokens == 2


def test_more_texts_than_a_batch_holds_are_written_all(llama: Path) -> None:
    generator = exact(llama)
    tasks = [WritingTask(Prompt(PROMPT.system, f"{number}. 데미안"), "-") for number in range(50)]

    texts = generator.write(tasks, max_tokens=3, temperature=0.0)

    assert [text.task for text in texts] == list(range(50))
    assert texts[40] == Written(
        generator.write([tasks[40]], max_tokens=3, temperature=0.0)[0].text,
        by=generator.name,
        prompt_tokens=texts[40].prompt_tokens,
        completion_tokens=3,
        task=40,
    )


def test_loading_in_the_background_makes_nobody_wait(llama: Path) -> None:
    generator = TransformersGenerator(str(llama))
    with generator._lock:  # as long as somebody holds it, loading does not end
        generator.start_loading()
        generator.start_loading()
        assert generator.state is GeneratorState.LOADING
        assert [thread.name for thread in threading.enumerate()].count("load-model") == 1

    generator.choose([choice_task("1. 데미안", candidates=2)])
    assert generator.state is GeneratorState.READY
    generator.start_loading()
    assert generator.state is GeneratorState.READY


def test_a_model_that_cannot_be_loaded_in_the_background_is_told_to_whoever_asks(tmp_path: Path) -> None:
    generator = TransformersGenerator(str(tmp_path))

    generator.start_loading()
    with pytest.raises(GeneratorError, match="cannot be loaded"):
        generator.choose([choice_task("1. 데미안", candidates=2)])
    assert generator.state is GeneratorState.UNAVAILABLE


@pytest.mark.parametrize(
    ("number_format", "share"), [(NumberFormat.FLOAT32, 1.0), (NumberFormat.BFLOAT16, 0.5), (NumberFormat.INT8, 0.5)]
)
def test_smaller_numbers_take_less_memory_and_choose_alike(
    llama: Path, number_format: NumberFormat, share: float
) -> None:
    task = choice_task("".join(f"{number}. 데미안 {number}\n" for number in range(1, 13)), candidates=12)
    reference = exact(llama)
    (expected,) = reference.choose([task])
    generator = TransformersGenerator(str(llama), number_format=number_format)

    (choice,) = generator.choose([task])

    assert choice.scores == pytest.approx(expected.scores, abs=0.05)
    assert generator.info.memory_bytes <= 1.2 * share * reference.info.memory_bytes  # scales are kept too
    assert (generator.info.name, generator.info.dtype) == (str(llama), number_format.value)


def test_texts_come_in_the_order_of_their_tasks_with_their_tokens_counted(
    generator: TransformersGenerator, model_folder: Path
) -> None:
    long = Prompt(system=PROMPT.system, user=PROMPT.user * 20)
    tasks = [WritingTask(PROMPT, fallback="composed"), WritingTask(long, fallback="composed")]

    short_text, long_text = generator.write(tasks, max_tokens=12, temperature=0.0)

    assert 0 <= short_text.completion_tokens <= 12
    assert long_text.prompt_tokens > 3 * short_text.prompt_tokens  # padding is not counted
    assert {short_text.by, long_text.by} <= {str(model_folder), "composed"}


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
        choices = list(threads.map(lambda count: generator.choose([choice_task("1.", candidates=count)]), range(1, 5)))

    assert [len(choice.scores) for (choice,) in choices] == [1, 2, 3, 4]
    assert generator.state is GeneratorState.READY
    printed = capfd.readouterr()
    assert printed.out + printed.err == ""  # no progress bars, no warnings in the server's log


def test_a_prompt_beyond_the_window_is_refused_before_the_model_sees_it(generator: TransformersGenerator) -> None:
    endless = Prompt(PROMPT.system, "불안 " * tiny_models.WINDOW)

    with pytest.raises(GeneratorError, match=r"window of 8192; ask with a smaller num_candidates"):
        generator.choose([ChoiceTask(endless, PROMPT, candidates=3, size=1)])


def test_a_folder_without_a_model_is_named_with_the_next_step(tmp_path: Path) -> None:
    generator = TransformersGenerator(str(tmp_path))

    with pytest.raises(GeneratorError, match=r"cannot be loaded .*make model"):
        generator.choose([choice_task("1. 데미안", candidates=2)])
    assert generator.state is GeneratorState.UNAVAILABLE


def test_a_model_that_was_not_there_is_not_looked_for_at_every_question(tmp_path: Path) -> None:
    generator = TransformersGenerator(str(tmp_path))
    with pytest.raises(GeneratorError):
        generator.choose([choice_task("1. 데미안", candidates=2)])
    tiny_models.save_llama(tmp_path)

    with pytest.raises(GeneratorError, match="start again"):
        generator.choose([choice_task("1. 데미안", candidates=2)])


def test_a_model_that_knows_no_system_message_is_told_in_the_users(tmp_path: Path) -> None:
    tiny_models.save_llama(
        tmp_path,
        chat_template="{% for message in messages %}{% if message.role == 'system' %}"
        "{{ raise_exception('System role not supported') }}{% endif %}{{ message.content }}{% endfor %}",
    )
    generator = TransformersGenerator(str(tmp_path))

    (choice,) = generator.choose([choice_task("1. 데미안", candidates=5)])

    assert len(choice.scores) == 5
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    assert chat_text(tokenizer, PROMPT) == f"{PROMPT.system}\n\n{PROMPT.user}"
