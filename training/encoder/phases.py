"""The slow parts of the preparation, kept on disk so that an interrupted or repeated training does not pay for them twice."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.encoder.teacher import Progress

LINES_AT_ONCE = 4096
"""Texts between two writes: what an interruption costs at most."""


@dataclass(frozen=True, slots=True)
class Phases:
    """Results of finished phases in one folder, each under a name made from everything that it was computed from."""

    folder: Path
    report: Callable[[str], None]

    def array(
        self, name: str, inputs: Iterable[str], compute: Callable[[Progress], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        """Return the array of an earlier run with the same inputs, or compute and keep it."""
        path = self.folder / f"{name}-{_digest(inputs)}.npy"
        if path.is_file():
            self.report(f"{name}: taken from {path.name}")
            return np.load(path)  # type: ignore[no-any-return]
        computed = compute(self._progress(name))
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, computed)
        unfinished.replace(path)
        return computed

    def keys(
        self, name: str, texts: Sequence[str], compute: Callable[[Sequence[str]], list[list[str]]]
    ) -> list[list[str]]:
        """Return the keys of each text; goes on where an interrupted run stopped."""
        path = self.folder / f"{name}-{_digest(texts)}.tsv"
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = _whole_lines(path)
        progress = self._progress(name)
        with path.open("a", encoding="utf-8", newline="\n") as lines:
            for start in range(len(kept), len(texts), LINES_AT_ONCE):
                found = compute(texts[start : start + LINES_AT_ONCE])
                lines.writelines("\t".join(keys) + "\n" for keys in found)
                kept += found
                progress(len(kept), len(texts))
        return kept

    def _progress(self, name: str) -> Progress:
        told = [-1]

        def tell(done: int, total: int) -> None:
            tenth = 10 * done // max(total, 1)
            if tenth != told[0]:
                told[0] = tenth
                self.report(f"{name}: {done:,} of {total:,}")

        return tell


def _whole_lines(path: Path) -> list[list[str]]:
    """Read the finished lines and cut off one that was being written when the last run was stopped."""
    if not path.is_file():
        return []
    written = path.read_bytes()
    whole = written[: written.rfind(b"\n") + 1]
    if len(whole) != len(written):
        path.write_bytes(whole)
    return [line.split("\t") if line else [] for line in whole.decode("utf-8").split("\n")[:-1]]


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8") + b"\0")
    return digest.hexdigest()[:16]
