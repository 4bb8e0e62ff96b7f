"""Any causal language model in this process, by name or folder, through the transformers library."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from recommender.errors import GeneratorError
from recommender.generation.base import (
    COMPOSED,
    Cancelled,
    Choice,
    ChoiceTask,
    GeneratorState,
    ModelInfo,
    Piece,
    Prompt,
    WritingTask,
    Written,
)
from recommender.generation.chat import chat_text
from recommender.generation.labels import Labels
from recommender.generation.weights import Weights, with_adapter

GREEDY: Mapping[str, Any] = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
"""Always the likeliest token; a model's own sampling settings would only draw warnings."""


class TransformersGenerator:
    """A model that is loaded when it is first needed and then kept.

    Args:
        model: a name on the model hub (`NAME` or, at one commit, `NAME@REVISION`), or a folder with the weights and a
            tokenizer; `MODEL+ADAPTER` adds what `python -m training lora` learned.
    """

    at_once = 1
    """Two generations would only share the same cores."""

    def __init__(self, model: str) -> None:
        self.name = model
        self._weights = Weights.of(model)
        self._lock = threading.Lock()  # one generation at a time: two would only share the same cores
        self._model: Any = None
        self._tokenizer: Any = None
        self._failure = ""
        self._loading = False

    @property
    def state(self) -> GeneratorState:
        """Whether the model is in memory."""
        if self._failure:
            return GeneratorState.UNAVAILABLE
        if self._model is not None:
            return GeneratorState.READY
        return GeneratorState.LOADING if self._loading else GeneratorState.NOT_LOADED

    @property
    def info(self) -> ModelInfo:
        """What is in memory."""
        if self._model is None:
            return ModelInfo(self.name)
        size = sum(weight.numel() * weight.element_size() for weight in self._model.parameters())
        return ModelInfo(
            self.name, str(self._model.dtype).removeprefix("torch."), str(self._model.device), memory_bytes=size
        )

    def start_loading(self) -> None:
        """Load in a thread of its own."""
        if self.state is GeneratorState.NOT_LOADED:
            self._loading = True
            threading.Thread(target=self._load_quietly, name="load-model", daemon=True).start()

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """How likely the model holds each number, against how likely it holds it where no candidate says anything."""
        with self._lock:
            self._load()
            return tuple(self._choose(task) for task in tasks)

    def _choose(self, task: ChoiceTask) -> Choice:
        labels = Labels([self._tokens(str(number)) for number in range(1, task.candidates + 1)], self._end_of_label())
        likely, length = self._label_scores(task.prompt, labels)
        expected, blank_length = self._label_scores(task.blank, labels)
        scores = tuple(score - prior for score, prior in zip(likely, expected, strict=True))
        return Choice(scores, prompt_tokens=length + blank_length, completion_tokens=1)

    def _label_scores(self, prompt: Prompt, labels: Labels) -> tuple[tuple[float, ...], int]:
        import torch

        inputs = self._encode([prompt])
        scores = {}
        for beginning in labels.beginnings():
            ids = torch.cat([inputs["input_ids"], torch.tensor([beginning], dtype=torch.long)], dim=1)
            with torch.inference_mode():
                logits = self._model(ids).logits[0, -1].tolist()
            scores[beginning] = {token: logits[token] for token in labels.admitted(beginning)}
        return labels.log_probabilities(scores), inputs["input_ids"].shape[1]

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
                replace(self._written(task, prompt_tokens=int(mask.sum()), generated=row[start:].tolist()), task=place)
                for place, (task, mask, row) in enumerate(zip(tasks, inputs["attention_mask"], output, strict=True))
            )

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        """Each text whole."""
        for written in self.write(tasks, max_tokens=max_tokens, temperature=temperature):
            if cancelled():
                return
            yield written

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

    def _load_quietly(self) -> None:
        """A failure is kept in the state, and told to whoever asks."""
        with self._lock, suppress(GeneratorError):
            self._load()

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
            source, adapter = self._weights.model, self._weights.adapter
            tokenizer = AutoTokenizer.from_pretrained(source.name, padding_side="left", **source.pinned)
            model = AutoModelForCausalLM.from_pretrained(source.name, dtype="auto", **source.pinned)
            if adapter:
                model = with_adapter(model, adapter)
        except (OSError, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            self._failure = f"the model cannot be loaded ({reason}); check SEOGA_GENERATOR, or run `make model`"
            raise GeneratorError(f"generator {self.name}: {self._failure}") from error
        except GeneratorError as error:
            self._failure = str(error)
            raise GeneratorError(f"generator {self.name}: {self._failure}") from error
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._tokenizer, self._model = tokenizer, model.eval().to(device)

    def _encode(self, prompts: Sequence[Prompt]) -> Any:
        texts = [chat_text(self._tokenizer, prompt) for prompt in prompts]
        inputs = self._tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
        return {name: inputs[name].to(self._model.device) for name in ("input_ids", "attention_mask")}

    def _end_of_label(self) -> int:
        """What follows a number: the end of the answer."""
        return int(self._tokenizer.eos_token_id)

    def _tokens(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False))
