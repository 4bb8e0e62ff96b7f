"""What the page says, in both languages."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"

LANGUAGES = ("ko", "en")


@lru_cache
def words(language: str) -> Mapping[str, Any]:
    """Name of a text → the text; some hold `{names}` that are filled in."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
