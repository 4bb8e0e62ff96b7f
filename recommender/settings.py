"""What the operator can set: read once from the environment, at the edge, and passed in from there."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from recommender.errors import SettingsError

PREFIX = "SEOGA_"

ENGINES = ("embedded", "elasticsearch")
GENERATOR_FORMATS = ("auto", "float32", "bfloat16", "int8")

CACHES = ("memory", "off")
REDIS_SCHEMES = ("redis://", "rediss://", "unix://")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; `SEOGA_DATA_DIR` sets `data_dir`, and so on."""

    data_dir: Path = Path("data")
    """The one folder that holds all state."""
    library_name: str = "서가"
    """The library's name, shown at the top of every page."""
    language: str = "ko"
    """The pages' language where a browser asks for none that we have: ko or en."""
    time_zone: str = "Asia/Seoul"
    """Where the library is: days and dates are its local ones."""
    engine: str = "embedded"
    """embedded or elasticsearch."""
    elasticsearch_url: str = "http://127.0.0.1:9200"
    elasticsearch_api_key: str = ""
    elasticsearch_username: str = ""
    elasticsearch_password: str = ""
    elasticsearch_ca_certs: Path | None = None
    """A file with the certificate authority's certificate, for https with a certificate of one's own."""
    elasticsearch_timeout: float = 10.0
    """Seconds that one request may take."""
    elasticsearch_prefix: str = "seoga-"
    """Put before the name of every index, so that several applications can share a cluster."""
    encoder: str = "bundled"
    """bundled, or sentence-transformers:<model name or folder>."""
    reranker: str = "off"
    """off, or a cross-encoder's name or folder, which reads the first results again (docs/reranking.md)."""
    generator: str = "composed"
    """composed (no model), transformers:<model name or folder>, or openai (any compatible server)."""
    generator_format: str = "auto"
    """What a transformers model's weights are kept as: auto, float32, bfloat16 or int8 (docs/models.md)."""
    openai_url: str = "http://127.0.0.1:8080/v1"
    openai_model: str = ""
    openai_api_key: str = ""
    bundle: Path | None = None
    """A file of search and recommendation parameters; without it, the one in the repository."""
    user_dictionary: Path | None = None
    """A file of words the Korean analyser should keep whole (docs/text.md)."""
    shelf_prefixes: Path | None = None
    """A file naming the library's shelf prefixes, 별치기호 (docs/operator.md)."""
    cache: str = "memory"
    """Where answers are kept for a question asked again: memory, off, or a Redis such as redis://127.0.0.1:6379/0."""
    cache_seconds: float = 900.0
    """How long an answer is kept there."""
    cache_megabytes: int = 32
    """How much memory the cache of this process may take."""
    power_watts: float | None = None
    """What the machine draws while a model writes; without it, measured where the machine tells, else taken for 65."""
    price_prompt: float = 0.0
    """What a million tokens read would cost elsewhere: answers then say what they would have cost."""
    price_completion: float = 0.0
    """What a million tokens written would cost elsewhere."""
    price_currency: str = "USD"
    """The currency of both prices."""
    staff_password: str = ""
    """With which librarians sign in to correct how books feel; without it nothing can be edited on the pages."""
    reader_key: str = ""
    """Secret from which readers' pseudonyms are made; without it, one is made and kept in the data folder."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the `SEOGA_*` variables.

        Raises:
            SettingsError: an unknown name, or a value that does not fit, named with what would.
        """
        readers = _readers()
        values: dict[str, Any] = {}
        for variable, text in environment.items():
            if not variable.startswith(PREFIX) or not text:
                continue
            name = variable.removeprefix(PREFIX).lower()
            if name not in readers:
                raise SettingsError(_unknown(variable, readers))
            values[name] = readers[name](variable, text)
        return cls(**values)


def _readers() -> dict[str, Callable[[str, str], Any]]:
    """Setting name → how its text is read; a plain text unless said otherwise."""
    special: dict[str, Callable[[str, str], Any]] = {
        "data_dir": _folder,
        "language": _one_of("ko", "en"),
        "time_zone": _time_zone,
        "engine": _one_of(*ENGINES),
        "generator_format": _one_of(*GENERATOR_FORMATS),
        "elasticsearch_ca_certs": _file,
        "elasticsearch_timeout": _seconds,
        "bundle": _file,
        "user_dictionary": _file,
        "shelf_prefixes": _file,
        "cache": _cache,
        "cache_seconds": _seconds,
        "cache_megabytes": _megabytes,
        "power_watts": _watts,
        "price_prompt": _price,
        "price_completion": _price,
    }
    return {field.name: special.get(field.name, _text) for field in fields(Settings)}


def _unknown(variable: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(variable.removeprefix(PREFIX).lower(), known, n=1)
    hint = f"did you mean {PREFIX}{near[0].upper()}?" if near else "see the table of settings in docs/operator.md"
    return f"{variable} is no setting; {hint}"


def _text(_variable: str, text: str) -> str:
    return text.strip()


def _folder(_variable: str, text: str) -> Path:
    return Path(text).expanduser()


def _file(variable: str, text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_file():
        raise SettingsError(f"{variable}={text}: there is no such file; correct the path or leave the setting out")
    return path


def _one_of(*choices: str) -> Callable[[str, str], str]:
    def read(variable: str, text: str) -> str:
        if text not in choices:
            raise SettingsError(f"{variable}={text}: choose one of {', '.join(choices)}")
        return text

    return read


def _cache(variable: str, text: str) -> str:
    if text not in CACHES and not text.startswith(REDIS_SCHEMES):
        raise SettingsError(
            f"{variable}={text}: choose {', '.join(CACHES)} or an address like redis://127.0.0.1:6379/0"
        )
    return text


def _seconds(variable: str, text: str) -> float:
    seconds = _number(text)
    if seconds is None or seconds == 0:
        raise SettingsError(f"{variable}={text}: give a number of seconds above 0, such as 10")
    return seconds


def _megabytes(variable: str, text: str) -> int:
    if not (text.strip().isdecimal() and int(text) > 0):
        raise SettingsError(f"{variable}={text}: give a whole number of megabytes above 0, such as 32")
    return int(text)


def _watts(variable: str, text: str) -> float:
    watts = _number(text)
    if watts is None:
        raise SettingsError(f"{variable}={text}: give a number of watts, such as 65")
    return watts


def _price(variable: str, text: str) -> float:
    price = _number(text)
    if price is None:
        raise SettingsError(f"{variable}={text}: give the price of a million tokens, such as 0.15")
    return price


def _number(text: str) -> float | None:
    """A number from 0 on; None where the text is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _time_zone(variable: str, text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(f"{variable}={text}: give a time zone's name, such as Asia/Seoul") from error
    return text
