"""Any causal language model in this process, by name or folder, through the transformers library."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from recommender.errors import GeneratorError
from recommender.generation.base import COMPOSED, Choice, GeneratorState, Prompt, WritingTask, Written
from recommender.generation.chat import chat_text
from recommender.generation.grammar import NumberGrammar

GREEDY: Mapping[str, Any] = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
"""Always the likeliest token; a model's own sampling settings would only draw warnings."""

SEPARATORS = (",", "\n", ";", "/", "-", ".")
"""Tried in this order; the first that the tokenizer writes as one token of its own divides the numbers."""


class TransformersGenerator:
    """A model that is loaded when it is first needed and then kept.

    Args:
        model: a name on the model hub, or a folder with the weights and a tokenizer.
    """

    def __init__(self, model: str) -> None:
        self.name = model
        self._lock = threading.Lock()  # one generation at a time: two would only share the same cores
        self._model: Any = None
        self._tokenizer: Any = None
        self._failure = ""

    @property
    def state(self) -> GeneratorState:
        """Whether the model is in memory."""
        if self._failure:
            return GeneratorState.UNAVAILABLE
        return GeneratorState.READY if self._model is not None else GeneratorState.NOT_LOADED

    def choose(self, prompt: Prompt, *, candidates: int, size: int) -> Choice:
        """Greedy decoding in which only tokens that go on towards an open candidate number may follow."""
        with self._lock:
            self._load()
            grammar = self._grammar(candidates, size)
            inputs = self._encode([prompt])
            start = inputs["input_ids"].shape[1]
            output = self._generate(
                inputs,
                max_new_tokens=sum(len(label) for label in grammar.labels.values()) + size,
                prefix_allowed_tokens_fn=lambda _batch, ids: grammar.allowed(ids[start:].tolist()),
                eos_token_id=grammar.end,
                **GREEDY,
            )
            generated = output[0, start:].tolist()
        return Choice(grammar.parse(generated), prompt_tokens=start, completion_tokens=len(generated))

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        """All texts as one padded batch."""
        if not tasks:
            return ()
        with self._lock:
            self._load()
            inputs = self._encode([task.prompt for task in tasks])
            start = inputs["input_ids"].shape[1]
            sampling = {"do_sample": True, "temperature": temperature} if temperature > 0 else GREEDY
            output = self._generate(inputs, max_new_tokens=max_tokens, **sampling)
            return tuple(
                self._written(task, prompt_tokens=int(mask.sum()), generated=row[start:].tolist())
                for task, mask, row in zip(tasks, inputs["attention_mask"], output, strict=True)
            )

    def _generate(self, inputs: Any, *, max_new_tokens: int, **how: Any) -> Any:
        """Token ids `(n_prompts, prompt + new)`.

        Raises:
            GeneratorError: the prompts do not fit into the model's window, or it ran out of memory.
        """
        length = inputs["input_ids"].shape[1]
        window = getattr(self._model.config, "max_position_embeddings", None)
        if window and length + max_new_tokens > window:
            raise GeneratorError(
                f"generator {self.name}: {length} tokens of prompt and {max_new_tokens} of answer do not fit into its "
                f"window of {window}; ask with a smaller num_candidates, or choose a model with a larger window"
            )
        try:
            return self._model.generate(
                **inputs, max_new_tokens=max_new_tokens, pad_token_id=self._tokenizer.pad_token_id, **how
            )
        except RuntimeError as error:  # what torch raises, for want of memory above all
            reason = str(error).strip().partition("\n")[0]
            raise GeneratorError(f"generator {self.name}: {reason}; choose a smaller model") from error

    def _written(self, task: WritingTask, *, prompt_tokens: int, generated: list[int]) -> Written:
        stop = {self._tokenizer.eos_token_id, self._tokenizer.pad_token_id}
        length = next((position for position, token in enumerate(generated) if token in stop), len(generated))
        text = self._tokenizer.decode(generated[:length], skip_special_tokens=True).strip()
        by = self.name if text else COMPOSED
        return Written(text or task.fallback, by, prompt_tokens=prompt_tokens, completion_tokens=length)

    def _load(self) -> None:
        if self._model is not None:
            return
        if self._failure:  # a model that is not there would be looked for again at every question
            raise GeneratorError(f"generator {self.name}: {self._failure}, and start again")
        try:
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer
            from transformers.utils import logging
        except ImportError as error:
            self._failure = "transformers and torch are not installed; run `make model`"
            raise GeneratorError(f"generator {self.name}: {self._failure}") from error
        logging.disable_progress_bar()  # nobody watches a server's terminal; its log would hold half-drawn bars
        try:
            tokenizer = AutoTokenizer.from_pretrained(self.name, padding_side="left")
            model = AutoModelForCausalLM.from_pretrained(self.name, dtype="auto")
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            self._failure = f"the model cannot be loaded ({reason}); check SEOGA_GENERATOR, or run `make model`"
            raise GeneratorError(f"generator {self.name}: {self._failure}") from error
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._tokenizer, self._model = tokenizer, model.eval().to(device)

    def _encode(self, prompts: Sequence[Prompt]) -> Any:
        texts = [chat_text(self._tokenizer, prompt) for prompt in prompts]
        inputs = self._tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
        return {name: inputs[name].to(self._model.device) for name in ("input_ids", "attention_mask")}

    def _grammar(self, candidates: int, size: int) -> NumberGrammar:
        labels = {number: self._tokens(str(number)) for number in range(1, candidates + 1)}
        used = {token for label in labels.values() for token in label}
        end = self._tokenizer.eos_token_id
        for separator in SEPARATORS:
            tokens = self._tokens(separator)
            if len(tokens) == 1 and tokens[0] not in used and tokens[0] != end:
                return NumberGrammar(labels, separator=tokens[0], end=end, size=min(size, candidates))
        raise GeneratorError(
            f"generator {self.name}: its tokenizer has no separator of one token; choose another model"
        )

    def _tokens(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False))
