"""Any cross-encoder that the sentence-transformers library can load, from a folder or from the Hugging Face hub."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.errors import RerankerError

PAIRS_PER_BATCH = 16
"""Pairs computed at once: on a processor larger batches are no faster and take more memory."""

LONGEST_PAIR = 256
"""Tokens of query and text together that are read: a title, its subjects and some sentences of a description. The time grows
faster than the length."""


class CrossEncoderReranker:
    """Reads query and text together with a transformer, which is loaded when it is first used.

    Safe to use from several threads: one pair is computed at a time, because every computation uses all cores.

    Args:
        model: a folder, or a name on the hub such as `BAAI/bge-reranker-v2-m3`.
        device: `cpu`, `cuda`, …; None: the fastest there is.
        dtype: number type of the weights, such as `bfloat16`; None: as the model is stored.
    """

    def __init__(self, model: str, *, device: str | None = None, dtype: str | None = None) -> None:
        self._name = model
        self._device = device
        self._dtype = dtype
        self._lock = threading.Lock()
        self._model: Any = None

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return `(len(texts),) float32`, the higher the better.

        Raises:
            RerankerError: a package is missing, or the model cannot be loaded or is no reranker; says what to do.
        """
        if not texts:
            return np.empty(0, np.float32)
        with self._lock:
            if self._model is None:
                self._model = _load(self._name, self._device, self._dtype)
            found = self._model.predict(
                [(query, text) for text in texts], batch_size=PAIRS_PER_BATCH, show_progress_bar=False
            )
        return np.asarray(found, dtype=np.float32)


def _load(model: str, device: str | None, dtype: str | None) -> Any:
    try:
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging
    except ImportError as error:
        raise RerankerError(
            f"SEOGA_RERANKER={model} needs the package {error.name}, which is not installed: run `make model`, "
            "or set SEOGA_RERANKER=off"
        ) from error
    logging.disable_progress_bar()  # or bars end up between the lines of a server's log
    options: dict[str, Any] = {"device": device, "model_kwargs": {"dtype": dtype} if dtype else {}}
    try:
        loaded = _local_or_fetched(CrossEncoder, model, options)
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        raise RerankerError(
            f"SEOGA_RERANKER={model} cannot be loaded ({_first_line(error)}): name a folder with a cross-encoder, or one of "
            "the Hugging Face hub that this machine can reach or has downloaded before, or set SEOGA_RERANKER=off"
        ) from error
    if loaded.num_labels != 1:
        raise RerankerError(
            f"SEOGA_RERANKER={model} gives {loaded.num_labels} numbers for a pair, and a reranker gives one: "
            "name a model made for reranking, such as BAAI/bge-reranker-v2-m3"
        )
    loaded.max_seq_length = min(loaded.max_seq_length or LONGEST_PAIR, LONGEST_PAIR)
    return loaded


def _local_or_fetched(library: Any, model: str, options: dict[str, Any]) -> Any:
    """Load what lies here before asking the hub: without a network each question to it takes minutes to fail."""
    try:
        return library(model, local_files_only=True, **options)
    except OSError:
        if Path(model).is_dir():
            raise
        return library(model, **options)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
