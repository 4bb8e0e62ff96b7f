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
    openai_url: str = "http://127.0.0.1:8080/v1"
    openai_model: str = ""
    openai_api_key: str = ""
    bundle: Path | None = None
    """A file of search and recommendation parameters; without it, the one in the repository."""
    user_dictionary: Path | None = None
    """A file of words the Korean analyser should keep whole (docs/text.md)."""
    shelf_prefixes: Path | None = None
    """A file naming the library's shelf prefixes, 별치기호 (docs/operator.md)."""
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
        "elasticsearch_ca_certs": _file,
        "elasticsearch_timeout": _seconds,
        "bundle": _file,
        "user_dictionary": _file,
        "shelf_prefixes": _file,
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


def _seconds(variable: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise SettingsError(f"{variable}={text}: give a number of seconds above 0, such as 10")
    return seconds


def _time_zone(variable: str, text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(f"{variable}={text}: give a time zone's name, such as Asia/Seoul") from error
    return text
