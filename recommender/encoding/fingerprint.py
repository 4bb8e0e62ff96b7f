"""Tells whether the files of a model are still the same, without reading gigabytes."""

import hashlib
from pathlib import Path

WEIGHTS = frozenset({".safetensors", ".bin", ".onnx", ".pt", ".npy"})
SETTINGS = frozenset({".json", ".txt", ".model"})

SAMPLES = 16
SAMPLE_BYTES = 65_536
"""Sixteen places of 64 KB: a model that was trained further differs in all its layers, so any of them shows it."""


def fingerprint(folder: Path) -> str:
    """Return 12 hexadecimal digits made from all settings, and from sizes and samples of the weights, of a model folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix in SETTINGS | WEIGHTS:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes() if path.suffix in SETTINGS else _samples(path))
    return digest.hexdigest()[:12]


def _samples(path: Path) -> bytes:
    size = path.stat().st_size
    parts = [str(size).encode()]
    with path.open("rb") as weights:
        for index in range(SAMPLES):
            weights.seek(max(size - SAMPLE_BYTES, 0) * index // (SAMPLES - 1))
            parts.append(weights.read(SAMPLE_BYTES))
    return b"".join(parts)
