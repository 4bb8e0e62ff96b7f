"""Real model classes with random weights: whatever such a model would like to say, its answer is well formed."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, set_seed

from recommender.errors import GeneratorError
from recommender.generation.base import GeneratorState, Prompt, WritingTask
from recommender.generation.transformers import TransformersGenerator

TEXTS = [
    "이용자의 질문: 불안한 밤에 읽을 책",
    "1. 데미안 2. 어린 왕자 3. 코스모스",
    "번호를 쉼표로 나누어 쓰세요: 4, 5, 6, 7, 8, 9, 0",
]
PROMPT = Prompt(system="당신은 사서입니다.", user="1. 데미안\n2. 어린 왕자\n번호만 쓰세요.")


def tokenizer(folder: Path, *, chat: bool) -> PreTrainedTokenizerFast:
    bytes_and_merges = Tokenizer(models.BPE())
    bytes_and_merges.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_and_merges.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=["<end>"], initial_alphabet=alphabet, show_progress=False
    )
    bytes_and_merges.train_from_iterator(TEXTS, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=bytes_and_merges, eos_token="<end>")  # noqa: S106 (a token of text)
    if chat:
        fast.chat_template = (
            "{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}<assistant>"
        )
    fast.save_pretrained(folder)
    return fast


@pytest.fixture(scope="module", params=["llama with a chat template", "gpt2 without"])
def model_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    set_seed(7)
    is_llama = request.param.startswith("llama")
    size = len(tokenizer(folder, chat=is_llama))
    if is_llama:
        config = LlamaConfig(
            vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
            num_key_value_heads=2, max_position_embeddings=2048, bos_token_id=0, eos_token_id=0,
        )  # fmt: skip
        LlamaForCausalLM(config).save_pretrained(folder)
    else:
        config = GPT2Config(
            vocab_size=size, n_embd=32, n_layer=2, n_head=4, n_positions=2048, bos_token_id=0, eos_token_id=0
        )
        GPT2LMHeadModel(config).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(("candidates", "size"), [(20, 3), (3, 3), (2, 5), (1, 1), (50, 10)])
def test_a_random_model_still_chooses_different_candidates(model_folder: Path, candidates: int, size: int) -> None:
    choice = TransformersGenerator(str(model_folder)).choose(PROMPT, candidates=candidates, size=size)

    assert len(choice.numbers) == min(candidates, size) == len(set(choice.numbers))
    assert all(1 <= number <= candidates for number in choice.numbers)
    assert choice.prompt_tokens > 10
    assert choice.completion_tokens >= 2 * len(choice.numbers)  # numbers, separators and the end


def test_texts_come_in_the_order_of_their_tasks_with_their_tokens_counted(model_folder: Path) -> None:
    long = Prompt(system=PROMPT.system, user=PROMPT.user * 9)
    tasks = [WritingTask(PROMPT, fallback="composed"), WritingTask(long, fallback="composed")]

    short_text, long_text = TransformersGenerator(str(model_folder)).write(tasks, max_tokens=12, temperature=0.0)

    assert 0 <= short_text.completion_tokens <= 12
    assert long_text.prompt_tokens > 2 * short_text.prompt_tokens  # padding is not counted
    assert {short_text.by, long_text.by} <= {str(model_folder), "composed"}


def test_a_batch_writes_what_each_prompt_would_get_alone(model_folder: Path) -> None:
    generator = TransformersGenerator(str(model_folder))
    other = Prompt(system="사서", user="어린 왕자는 왜 좋은가요? 한두 문장으로 쓰세요.")
    tasks = [WritingTask(PROMPT, fallback="-"), WritingTask(other, fallback="-")]

    together = generator.write(tasks, max_tokens=8, temperature=0.0)
    alone = [generator.write([task], max_tokens=8, temperature=0.0)[0] for task in tasks]

    assert [written.text for written in together] == [written.text for written in alone]


def test_the_model_is_loaded_when_it_is_first_needed(model_folder: Path) -> None:
    generator = TransformersGenerator(str(model_folder))
    assert generator.state is GeneratorState.NOT_LOADED

    generator.choose(PROMPT, candidates=2, size=1)

    assert generator.state is GeneratorState.READY


def test_a_folder_without_a_model_is_named_with_the_next_step(tmp_path: Path) -> None:
    generator = TransformersGenerator(str(tmp_path))

    with pytest.raises(GeneratorError, match=r"cannot be loaded .*make model"):
        generator.choose(PROMPT, candidates=2, size=1)
    assert generator.state is GeneratorState.UNAVAILABLE
