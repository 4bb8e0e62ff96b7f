"""Any model that the sentence-transformers library can load, from a folder or from the Hugging Face hub."""

import re
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from recommender.encoding.base import Vectors, unit_rows
from recommender.encoding.fingerprint import fingerprint
from recommender.encoding.prompts import Prompts, choose_prompts
from recommender.errors import EncoderError

TEXTS_PER_BATCH = 32
"""Large enough for a processor's caches, small enough that a batch of long descriptions fits into memory with bge-m3."""


class Backend(StrEnum):
    """What computes the model."""

    TORCH = "torch"
    ONNX = "onnx"
    ONNX_INT8 = "onnx-int8"


class SentenceTransformersEncoder:
    """Encodes with a transformer; texts of like length share a batch, so that little is computed on padding.

    A model's own prompts are used, else those that its family asks for (`prompts.py`), else none. A different revision, prompt,
    backend or number type changes `name`, so that an index built with another one is noticed.

    Args:
        model: a folder, or a name on the hub such as `intfloat/multilingual-e5-small`.
        backend: `torch`, `onnx`, or `onnx-int8` (weights rounded to eight bits: several times faster on a processor).
        dtype: number type of the weights, such as `bfloat16`; the vectors are float32 whatever it is. None: as the model is stored.
        device: `cpu`, `cuda`, …; None: the fastest there is.
        query_prompt: put before every query; None: what the model wants.
        document_prompt: put before every document; None: what the model wants.
        batch_size: texts computed at once.
        onnx_folder: where the ONNX form is kept between runs; None makes it anew in a temporary folder.

    Raises:
        EncoderError: a package is missing or the model cannot be found or loaded; the message says what to do.
    """

    def __init__(
        self,
        model: str,
        *,
        backend: Backend | str = Backend.TORCH,
        dtype: str | None = None,
        device: str | None = None,
        query_prompt: str | None = None,
        document_prompt: str | None = None,
        batch_size: int = TEXTS_PER_BATCH,
        onnx_folder: Path | None = None,
    ) -> None:
        self._backend = known_backend(backend)
        self._model = _load(model, dtype, _device_of(self._backend, device))
        self._batch_size = batch_size
        self._prompts = self._chosen_prompts(model, query_prompt, document_prompt)
        self._dims = int(self._model.get_embedding_dimension())
        title = self._title(model)
        self._name = self._identity(title, dtype)
        if self._backend is not Backend.TORCH:
            _use_onnx(self._model, title, onnx_folder, eight_bits=self._backend is Backend.ONNX_INT8)

    @property
    def name(self) -> str:
        """Model, revision, and every option that changes its vectors."""
        return self._name

    @property
    def dims(self) -> int:
        """Number of components of a vector."""
        return self._dims

    @property
    def prompts(self) -> Prompts:
        """What is put before queries and documents."""
        return self._prompts

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self._encode(texts, self._prompts.document)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self._encode(texts, self._prompts.query)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Encode; the library itself sorts the texts by length before it cuts batches."""
        if not texts:
            return np.empty((0, self._dims), np.float32)
        rows = self._model.encode(
            list(texts), prompt=prompt, batch_size=self._batch_size, show_progress_bar=False, convert_to_tensor=True
        )
        return unit_rows(rows.float().cpu().numpy(), fallback=_first_axis(self._dims))

    def _chosen_prompts(self, model: str, query: str | None, document: str | None) -> Prompts:
        config = _config(self._model)
        names = [model, str(getattr(config, "_name_or_path", ""))]
        wanted = choose_prompts(names, self._model.prompts or {})
        return Prompts(
            query=wanted.query if query is None else query,
            document=wanted.document if document is None else document,
        )

    def _title(self, model: str) -> str:
        """Return the model's name with its revision: the hub's commit, or a fingerprint of a folder's files."""
        folder = Path(model)
        if folder.is_dir():
            return f"{folder.resolve().name}@{fingerprint(folder)}"
        commit = getattr(_config(self._model), "_commit_hash", None)
        return f"{model}@{str(commit)[:12]}"

    def _identity(self, title: str, dtype: str | None) -> str:
        backend = "" if self._backend is Backend.TORCH else str(self._backend)
        prompts = "" if self._prompts == Prompts() else f"{self._prompts.query!r} {self._prompts.document!r}"
        return " ".join(part for part in (title, backend, dtype or "", prompts) if part)


def _device_of(backend: Backend, device: str | None) -> str | None:
    return device if backend is Backend.TORCH else "cpu"


def known_backend(backend: str) -> Backend:
    """The backend of that name.

    Raises:
        EncoderError: there is none; the message lists them.
    """
    try:
        return Backend(backend)
    except ValueError as error:
        raise EncoderError(f"encoder backend {backend!r} is unknown; choose one of {', '.join(Backend)}") from error


def _load(model: str, dtype: str | None, device: str | None) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(
            f"encoder {model!r} needs the package {error.name}, which is not installed: run `make model`, "
            "or set SEOGA_ENCODER=bundled"
        ) from error
    _silence_progress()
    options: dict[str, Any] = {"device": device, "model_kwargs": {"dtype": dtype} if dtype else {}}
    try:
        return _local_or_fetched(SentenceTransformer, model, options)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise EncoderError(
            f"encoder {model!r} cannot be loaded ({_first_line(error)}): name a folder with a model, or a model of the "
            "Hugging Face hub that this machine can reach or has downloaded before"
        ) from error


def _silence_progress() -> None:
    """Loading draws bars of its own, which would end up between the lines of a command or in a server's log."""
    from transformers.utils import logging

    logging.disable_progress_bar()


def _local_or_fetched(library: Any, model: str, options: dict[str, Any]) -> Any:
    """Load what lies here before asking the hub: without a network each question to it takes minutes to fail."""
    try:
        return library(model, local_files_only=True, **options)
    except OSError:
        if Path(model).is_dir():
            raise
        return library(model, **options)


def _use_onnx(model: Any, title: str, folder: Path | None, *, eight_bits: bool) -> None:
    from recommender.encoding.onnx import run_by_onnx

    kind = "int8" if eight_bits else "float32"
    place = (folder or Path(tempfile.mkdtemp())) / f"{re.sub('[^A-Za-z0-9.@-]+', '-', title)}-{kind}"
    try:
        run_by_onnx(model, place, eight_bits=eight_bits)
    except ImportError as error:
        raise EncoderError(
            f"the ONNX backend needs the package {error.name}, which is not installed: run "
            "`pip install onnx onnxruntime onnxscript`, or leave `?backend=` out"
        ) from error


def _config(model: Any) -> Any:
    return getattr(getattr(model[0], "auto_model", None), "config", None)


def _first_axis(dims: int) -> Vectors:
    axis = np.zeros(dims, np.float32)
    axis[0] = 1.0
    return axis


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
