"""Files that are there whole or not at all, and names made of what they were computed from."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a place to write to, so that `path` is there whole or not at all, whenever the program is stopped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"unfinished-{path.name}")
    yield unfinished
    unfinished.replace(path)


def texts_digest(parts: Iterable[str]) -> str:
    """Return 16 hexadecimal digits that stand for these texts in this order."""
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(part.encode("utf-8") + b"\0")
    return hashed.hexdigest()[:16]
