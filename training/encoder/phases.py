"""The preparation, kept on disk in parts, so that an interrupted or repeated training does not pay for it twice."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.files import texts_digest, whole_file
from training.progress import Progress

Matrix = NDArray[np.float32]

TEXTS_AT_ONCE = 1024
"""Texts a part: what an interruption costs at most, about ten seconds of the teacher. A part is found again by its own texts,
so new pairs at the end of the corpus leave the parts before them as they are."""


@dataclass(frozen=True, slots=True)
class Phases:
    """Results of finished phases in one folder, each under a name made from everything that it was computed from."""

    folder: Path
    progress: Progress

    def array(self, name: str, inputs: Iterable[str], compute: Callable[[], Matrix]) -> Matrix:
        """Return the array of an earlier run with the same inputs, or compute and keep it."""
        path = self.path(name, inputs, ".npy")
        if path.is_file():
            self.progress.say(f"{name}: taken from {path.name}")
        else:
            self.progress.show(name, 0, 1)
            with whole_file(path) as unfinished:
                np.save(unfinished, compute())
            self.progress.show(name, 1, 1)
        kept: Matrix = np.load(path)
        return kept

    def vectors(
        self, name: str, maker: str, texts: Sequence[str], compute: Callable[[Sequence[str]], Matrix]
    ) -> Matrix:
        """Return the rows that `maker` (a fingerprint of the model) gives to the texts; only missing parts are computed."""
        parts = []
        for path, part in self._parts(name, maker, texts, ".npy"):
            if not path.is_file():
                with whole_file(path) as unfinished:
                    np.save(unfinished, compute(part))
            parts.append(np.load(path))
        rows: Matrix = np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)
        return rows

    def keys(
        self, name: str, maker: str, texts: Sequence[str], compute: Callable[[Sequence[str]], list[list[str]]]
    ) -> list[list[str]]:
        """Return the keys into which `maker` (the analyser's fingerprint) cuts each text; only missing parts are computed."""
        keys: list[list[str]] = []
        for path, part in self._parts(name, maker, texts, ".tsv"):
            if not path.is_file():
                lines = "".join("\t".join(found) + "\n" for found in compute(part))
                with whole_file(path) as unfinished:
                    unfinished.write_text(lines, encoding="utf-8", newline="\n")
            keys += [line.split("\t") if line else [] for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
        return keys

    def path(self, name: str, inputs: Iterable[str], suffix: str) -> Path:
        """Return where the result of a phase with these inputs lies, or will lie."""
        return self.folder / f"{name}-{texts_digest(inputs)}{suffix}"

    def _parts(self, name: str, maker: str, texts: Sequence[str], suffix: str) -> Iterator[tuple[Path, Sequence[str]]]:
        """Cut the texts into parts and tell how far it is after each."""
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            part = texts[start : start + TEXTS_AT_ONCE]
            yield self.folder / name / f"{texts_digest([maker, *part])}{suffix}", part
            self.progress.show(name, start + len(part), len(texts))


def digest_of(*arrays: NDArray[Any]) -> str:
    """Return a hash of the arrays' numbers."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
