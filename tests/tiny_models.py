"""Models with random weights, small enough to be made in a test: real classes, real files, no download."""

from collections.abc import Callable, Mapping
from pathlib import Path

from peft import LoraConfig, get_peft_model
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    AutoModelForCausalLM,
    BertConfig,
    BertForSequenceClassification,
    BertTokenizer,
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    MambaConfig,
    MambaForCausalLM,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
    set_seed,
)
from transformers.pytorch_utils import Conv1D

from recommender.generation.weights import peft_as_it_is

TEXTS = (
    "이용자의 질문: 불안한 밤에 읽을 책",
    "1. 데미안 2. 어린 왕자 3. 코스모스",
    "번호를 쉼표로 나누어 쓰세요: 4, 5, 6, 7, 8, 9, 0",
)
VOCABULARY = 400
WINDOW = 8192
"""Tokens: bytes of Hangul make twenty candidates long."""

CHAT_TEMPLATE = "{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}<assistant>"


def save_llama(folder: Path, *, chat_template: str = CHAT_TEMPLATE) -> None:
    """A Llama with a chat template."""
    set_seed(7)
    size = _save_tokenizer(folder, chat_template)
    config = LlamaConfig(
        vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=WINDOW, bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)


def save_gpt2(folder: Path) -> None:
    """A GPT-2, which knows no chats."""
    set_seed(7)
    size = _save_tokenizer(folder, None)
    config = GPT2Config(
        vocab_size=size, n_embd=32, n_layer=2, n_head=4, n_positions=WINDOW, bos_token_id=0, eos_token_id=0
    )
    GPT2LMHeadModel(config).save_pretrained(folder)


def save_qwen3(folder: Path) -> None:
    """A Qwen3, whose heads normalise what they compare."""
    set_seed(7)
    size = _save_tokenizer(folder, CHAT_TEMPLATE)
    config = Qwen3Config(
        vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=8, max_position_embeddings=WINDOW, bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    Qwen3ForCausalLM(config).save_pretrained(folder)


def save_gemma3(folder: Path) -> None:
    """A Gemma 3, most of whose layers see the last 64 tokens alone."""
    set_seed(7)
    size = _save_tokenizer(folder, CHAT_TEMPLATE)
    config = Gemma3TextConfig(
        vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=8, max_position_embeddings=WINDOW, sliding_window=64,
        layer_types=["sliding_attention", "full_attention"], bos_token_id=0, eos_token_id=0, pad_token_id=0,
    )  # fmt: skip
    Gemma3ForCausalLM(config).save_pretrained(folder)


def save_mamba(folder: Path) -> None:
    """A Mamba, which keeps one state where others keep every token: it cannot go back to a beginning."""
    set_seed(7)
    size = _save_tokenizer(folder, CHAT_TEMPLATE)
    config = MambaConfig(
        vocab_size=size, hidden_size=32, state_size=8, num_hidden_layers=2, bos_token_id=0, eos_token_id=0,
        pad_token_id=0,
    )  # fmt: skip
    MambaForCausalLM(config).save_pretrained(folder)


ARCHITECTURES: Mapping[str, Callable[[Path], None]] = {
    "llama with a chat template": save_llama,
    "gpt2 without": save_gpt2,
    "qwen3": save_qwen3,
    "gemma3 with a sliding window": save_gemma3,
}


def _save_tokenizer(folder: Path, chat_template: str | None) -> int:
    """A byte-level tokenizer of a few hundred tokens; returns how many."""
    bytes_and_merges = Tokenizer(models.BPE())
    bytes_and_merges.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_and_merges.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=["<end>"], initial_alphabet=alphabet, show_progress=False
    )
    bytes_and_merges.train_from_iterator(TEXTS, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=bytes_and_merges, eos_token="<end>")  # noqa: S106 (a token of text)
    if chat_template:
        fast.chat_template = chat_template
    fast.save_pretrained(folder)
    return len(fast)


def save_cross_encoder(folder: Path, *, labels: int = 1, window: int = 512) -> None:
    """A cross-encoder of one layer; with several labels it sorts pairs into classes and ranks none."""
    set_seed(7)
    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *sorted({letter for text in TEXTS for letter in text if letter != " "}),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    words = folder / "words.txt"
    words.write_text("\n".join([*pieces, *(f"##{piece}" for piece in pieces[5:])]), encoding="utf-8")
    tokenizer = BertTokenizer(str(words), model_max_length=window)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=window, num_labels=labels, initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def save_adapter(model: Path, folder: Path) -> None:
    """An adapter for a model of this file, with random weights large enough to be heard."""
    set_seed(11)
    base = AutoModelForCausalLM.from_pretrained(model)
    layers = {name.rpartition(".")[2] for name, layer in base.named_modules() if isinstance(layer, Conv1D)}
    config = LoraConfig(
        r=4, lora_alpha=64, init_lora_weights=False, target_modules=sorted(layers or {"q_proj", "v_proj", "down_proj"}),
        fan_in_fan_out=bool(layers), task_type="CAUSAL_LM",
    )  # fmt: skip
    with peft_as_it_is():
        get_peft_model(base, config).save_pretrained(folder)
