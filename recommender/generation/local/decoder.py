"""Running a causal model of the transformers library over rows of tokens, each common beginning once.

What a model computes of a prompt's beginning (its keys and values) depends on nothing that follows. A question's prompts
begin alike: with the system's words, the question and the reader. That is run once, kept, and handed to every row.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from recommender.generation.labels import Tokens
from recommender.generation.local.rows import shared_length

Pick = Callable[[Any], Any]
"""Logits `(rows, vocabulary)` → the next token of each row."""

PLAIN_ATTENTION = {"full_attention", "sliding_attention"}
"""Layers of which only keys and values are kept; others (convolutions, recurrent states) cannot be cut back to a beginning."""


STRIDE = 128
"""Tokens of a prompt that are read at a time. After a common beginning, attention is worked out over the whole rectangle of
tokens read and tokens seen; in strides little of it lies in the future, which would be worked out for nothing."""


class Decoder:
    """A loaded model. One thread at a time.

    Args:
        model: in evaluation mode, on its device.
        pad: a token to fill rows up with; what it is does not matter, because nothing attends to it.
        reuse: whether common beginnings are run once; without it, every row is run whole (to measure what reuse gains).
    """

    def __init__(self, model: Any, *, pad: int, reuse: bool = True) -> None:
        self._model = model
        self._pad = pad
        self._config = model.config.get_text_config()
        self._accepts = frozenset(inspect.signature(model.forward).parameters)
        self._cache_name = "past_key_values" if "past_key_values" in self._accepts else "cache_params"
        self.can_reuse = reuse and _keeps_keys_and_values_alone(model)
        self._kept: Any = None  # the cache of one row, of `_kept_tokens`
        self._kept_tokens: list[int] = []

    @property
    def window(self) -> int:
        """How many tokens the model can take in at once; 0 where it does not say."""
        return int(getattr(self._config, "max_position_embeddings", 0) or 0)

    def scores_after(self, prompt: Sequence[int], beginnings: Sequence[Tokens]) -> list[list[float]]:
        """The logits `(vocabulary)` of what follows the prompt and each beginning of an answer."""
        if not self.can_reuse:
            return [self._run_whole([*prompt, *beginning])[0] for beginning in beginnings]
        self._keep([*prompt[:-1]])
        return [self._after_kept([prompt[-1], *beginning]) for beginning in beginnings]

    def begin(self, prompts: Sequence[Sequence[int]], *, max_tokens: int) -> "Batch":
        """Read the prompts, to be continued together by at most `max_tokens`."""
        shared = shared_length(prompts) if self.can_reuse and self._fits_sliding_window(prompts, max_tokens) else 0
        cache = None
        if shared:
            self._keep(prompts[0][:shared])
            cache = self._repeated(len(prompts))
        return Batch(self, [prompt[shared:] for prompt in prompts], shared, cache)

    def forget(self, beginning: Sequence[int] = ()) -> None:
        """Keep nothing of earlier prompts but what they have in common with a beginning."""
        length = shared_length([[*beginning, 0], [*self._kept_tokens, 1]]) if self._kept is not None else 0
        if length:
            self._cut_to(length)
        else:
            self._kept, self._kept_tokens = None, []

    def forward(self, tokens: Any, *, mask: Any, positions: Any, cache: Any) -> Any:
        """One pass: logits of each row's last token, and the cache with the new tokens in it."""
        import torch

        extra: dict[str, Any] = {"position_ids": positions} if "position_ids" in self._accepts else {}
        if "logits_to_keep" in self._accepts:  # the vocabulary is a quarter of a small model: not for every token
            extra["logits_to_keep"] = 1
        with torch.inference_mode():
            extra[self._cache_name] = cache
            answer = self._model(input_ids=tokens, attention_mask=mask, use_cache=True, return_dict=True, **extra)
        return answer.logits[:, -1], answer[self._cache_name]

    def tensor(self, numbers: Sequence[int] | Sequence[Sequence[int]]) -> Any:
        """Whole numbers on the model's device."""
        import torch

        return torch.tensor(numbers, dtype=torch.long, device=self._model.device)

    def padded(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        """Rows `(n_rows, longest)`, filled up on the left, and which of their tokens count."""
        longest = max(len(row) for row in rows)
        tokens = [[self._pad] * (longest - len(row)) + list(row) for row in rows]
        counts = [[0] * (longest - len(row)) + [1] * len(row) for row in rows]
        return self.tensor(tokens), self.tensor(counts)

    def _fits_sliding_window(self, prompts: Sequence[Sequence[int]], max_tokens: int) -> bool:
        """Whether rows stay within a model's sliding window, if it has one.

        Beyond it, the padding between a common beginning and the rest would push tokens out of the window's sight.
        """
        window = getattr(self._config, "sliding_window", None)
        slides = "sliding_attention" in (getattr(self._config, "layer_types", None) or ["sliding_attention"])
        return not (window and slides) or max(map(len, prompts)) + max_tokens <= int(window)

    def _keep(self, tokens: Sequence[int]) -> None:
        """Have the cache of exactly these tokens, running only those that the kept one has not."""
        length = shared_length([[*tokens, 0], [*self._kept_tokens, 1]]) if self._kept is not None else 0
        if length:
            self._cut_to(length)
        else:
            self._kept, self._kept_tokens = _empty_cache(), []
        if rest := list(tokens[length:]):
            self._extend(rest)
            self._kept_tokens += rest

    def _repeated(self, rows: int) -> Any:
        import torch

        from recommender.generation.local.cache import repeated

        with torch.inference_mode():
            return repeated(self._kept, rows)

    def _after_kept(self, tokens: Sequence[int]) -> list[float]:
        logits = self._extend(tokens)
        self._kept.crop(-len(tokens))
        return _numbers(logits[0])

    def _extend(self, tokens: Sequence[int]) -> Any:
        """Logits after these tokens, which are in the kept cache then."""
        logits: Any = None
        seen = len(self._kept_tokens)
        for start in range(0, len(tokens), STRIDE):
            part = tokens[start : start + STRIDE]
            end = seen + start + len(part)
            positions = self.tensor([list(range(seen + start, end))])
            logits, self._kept = self.forward(
                self.tensor([part]), mask=self.tensor([[1] * end]), positions=positions, cache=self._kept
            )
        return logits

    def _cut_to(self, length: int) -> None:
        self._kept.crop(length - len(self._kept_tokens))
        self._kept_tokens = self._kept_tokens[:length]

    def _run_whole(self, tokens: Sequence[int]) -> list[list[float]]:
        ids, mask = self.padded([tokens])
        logits, _ = self.forward(ids, mask=mask, positions=mask.cumsum(1) - 1, cache=None)
        return [_numbers(row) for row in logits]


class Batch:
    """Rows that are continued together; a row that is dropped costs nothing any more.

    Args:
        decoder: of the model.
        rests: of each prompt, what is its own.
        shared: how many tokens come before that in all of them.
        cache: of those, for as many rows; None where there are none.
    """

    def __init__(self, decoder: Decoder, rests: Sequence[Sequence[int]], shared: int, cache: Any) -> None:
        import torch

        self.rows = list(range(len(rests)))
        """The places of the prompts that are still continued."""
        self._run = list(self.rows)  # the places of the rows that are run: where a cache cannot be cut, all to the end
        self._decoder = decoder
        tokens, counts = decoder.padded(rests)
        self._mask = torch.cat([torch.ones_like(counts[:, :1]).expand(-1, shared), counts], dim=1)
        positions = (self._mask.cumsum(1) - 1).clamp(min=0)[:, shared:]
        self._next_positions = self._mask.sum(1, keepdim=True)
        self._logits, self._cache = decoder.forward(tokens, mask=self._mask, positions=positions, cache=cache)
        self._tokens: Any = None

    def next_tokens(self, pick: Pick) -> list[tuple[int, int]]:
        """The next token of each row, with the row's place."""
        if self._tokens is not None:
            self._advance()
        self._tokens = pick(self._logits)
        following = zip(self._run, self._tokens.tolist(), strict=True)
        return [(row, token) for row, token in following if row in self.rows]

    def drop(self, finished: set[int]) -> None:
        """Go on without these rows."""
        self.rows = [row for row in self.rows if row not in finished]
        if finished and self.rows and self._decoder.can_reuse:
            left = self._decoder.tensor([index for index, row in enumerate(self._run) if row not in finished])
            self._run = list(self.rows)
            self._cache.batch_select_indices(left)
            self._mask, self._tokens = self._mask[left], self._tokens[left]
            self._next_positions, self._logits = self._next_positions[left], self._logits[left]

    def _advance(self) -> None:
        import torch

        self._mask = torch.cat([self._mask, torch.ones_like(self._mask[:, :1])], dim=1)
        self._logits, self._cache = self._decoder.forward(
            self._tokens[:, None], mask=self._mask, positions=self._next_positions, cache=self._cache
        )
        self._next_positions = self._next_positions + 1


def _empty_cache() -> Any:
    from recommender.generation.local.cache import empty_cache

    return empty_cache()


def greedy(logits: Any) -> Any:
    """Always the likeliest token."""
    return logits.argmax(-1)


def sampling(temperature: float) -> Pick:
    """Draw by probability; the higher the temperature, the more unlikely tokens are drawn."""

    def pick(logits: Any) -> Any:
        import torch

        return torch.multinomial(torch.softmax(logits.float() / temperature, dim=-1), 1)[:, 0]

    return pick


def _keeps_keys_and_values_alone(model: Any) -> bool:
    config = model.config.get_text_config()
    layers = set(getattr(config, "layer_types", None) or PLAIN_ATTENTION)
    shares_layers = getattr(config, "num_kv_shared_layers", 0)
    return layers <= PLAIN_ATTENTION and not shares_layers and not getattr(model, "_is_stateful", False)


def _numbers(logits: Any) -> list[float]:
    numbers: list[float] = logits.float().tolist()
    return numbers
