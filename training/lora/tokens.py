"""Examples as token ids: the prompt exactly as the product asks it, then the answer, of which alone the loss is taken."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recommender.bundle import Method
from recommender.errors import GeneratorError
from recommender.generation.base import Prompt
from recommender.generation.chat import chat_text
from recommender.models import HistoryEntry
from recommender.recommend.profile import profile_lines
from recommender.recommend.prompting import Prompts
from recommender.recommend.reader import ReaderContext
from training.lora.values import Example, Found, Part

if TYPE_CHECKING:
    from torch import Tensor

IGNORED = -100
"""The label of a token whose loss is not taken; PyTorch's own default."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text to learn: the prompt's tokens and the answer's, which end with the model's mark of the end."""

    prompt: tuple[int, ...]
    answer: tuple[int, ...]

    @property
    def length(self) -> int:
        """Tokens of both."""
        return len(self.prompt) + len(self.answer)


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples of one forward pass, padded on the left as they are when the product generates.

    `ids`, `mask`, `positions` are `(n_samples, longest)`; `labels` is `(n_samples, n_kept)`: the tokens that follow the last
    `n_kept` of each row but the very last, `IGNORED` where they belong to the prompt.
    """

    ids: "Tensor"
    mask: "Tensor"
    positions: "Tensor"
    labels: "Tensor"


def prompt_of(example: Example, part: Part, version: str) -> Prompt:
    """What the product asks a model for this text."""
    known = profile_lines(example.enriched, reader_of(example), method=Method.STAGED, language=example.language)
    prompts = Prompts(version, example.language, known)
    ask = prompts.why if part is Part.WHY else prompts.help
    return ask(example.enriched, example.book, example.facts)


def reader_of(example: Example) -> ReaderContext:
    """The reader as far as a pair remembers: titles that bear on the question, without ratings and notes."""
    read = (HistoryEntry(reader_id="", title=title) for title in example.enriched.read_books)
    return ReaderContext(relevant=tuple(read))


def samples_of(
    examples: Sequence[Example], tokenizer: Any, version: str, *, max_tokens: int
) -> tuple[list[Sample], Found]:
    """Two texts an example; those that are too long are told as problems.

    Args:
        examples: what to learn.
        tokenizer: of the model.
        version: of the prompts.
        max_tokens: of a prompt with its answer.

    Raises:
        GeneratorError: the tokenizer has no mark of the end, so the model could never stop.
    """
    if tokenizer.eos_token_id is None:
        raise GeneratorError("its tokenizer has no end-of-sequence token, so it would never stop; choose another model")
    samples, found = [], Found()
    for example in examples:
        for part in Part:
            sample = _sample(chat_text(tokenizer, prompt_of(example, part, version)), example.text(part), tokenizer)
            if sample.length > max_tokens:
                reason = f"{sample.length} tokens with its prompt, at most {max_tokens} are learned; raise --set max_tokens as far as the model reads"
                found.leave_out(example.place, part, example.text(part), reason)
            else:
                samples.append(sample)
    return samples, found


def _sample(prompt: str, answer: str, tokenizer: Any) -> Sample:
    """Cut apart where generation begins: there, too, the prompt is cut into tokens alone."""
    return Sample(
        tuple(tokenizer.encode(prompt, add_special_tokens=False)),
        (*tokenizer.encode(answer, add_special_tokens=False), tokenizer.eos_token_id),
    )


def batch_of(samples: Sequence[Sample], *, padding: int) -> Batch:
    """Pad samples to one length; `padding` is any token, it is never attended to."""
    import torch

    longest = max(sample.length for sample in samples)
    kept = max(len(sample.answer) for sample in samples)
    gaps = [longest - sample.length for sample in samples]
    ids = [[padding] * gap + [*sample.prompt, *sample.answer] for gap, sample in zip(gaps, samples, strict=True)]
    mask = [[0] * gap + [1] * sample.length for gap, sample in zip(gaps, samples, strict=True)]
    positions = [[0] * gap + list(range(sample.length)) for gap, sample in zip(gaps, samples, strict=True)]
    labels = [[IGNORED] * (kept - len(sample.answer)) + list(sample.answer) for sample in samples]
    return Batch(*(torch.tensor(rows) for rows in (ids, mask, positions, labels)))


def in_order(number: int, *, seed: int, epoch: int) -> list[int]:
    """The numbers below `number` as this epoch goes through them: every training with the seed goes the same way."""
    order = list(range(number))
    random.Random(f"{seed}/{epoch}").shuffle(order)
    return order


def parts_of(samples: Sequence[Sample], size: int) -> Iterator[Sequence[Sample]]:
    """Parts of at most `size`, alike in length, so that little is padded."""
    by_length = sorted(samples, key=lambda sample: sample.length)
    for start in range(0, len(by_length), size):
        yield by_length[start : start + size]
