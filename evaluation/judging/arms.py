"""The ways of answering that a comparison is between, as they are typed: `method=staged,num_candidates=20`."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.bundle import Bundle, Method, load_bundle
from recommender.errors import InputError
from recommender.recommend.values import MAX_CANDIDATES, MAX_RECOMMENDATIONS

WORDS = ("method", "num_candidates", "size", "bundle", "generator", "openai_url", "openai_model")


@dataclass(frozen=True, slots=True)
class Arm:
    """One way of answering; what is None is as the settings and the bundle have it."""

    name: str
    method: Method | None = None
    num_candidates: int | None = None
    size: int | None = None
    bundle: Path | None = None
    generator: str | None = None
    openai_url: str | None = None
    openai_model: str | None = None

    def bundle_or(self, default: Bundle) -> Bundle:
        """Its bundle.

        Raises:
            SettingsError: the file cannot be used.
        """
        return load_bundle(self.bundle) if self.bundle else default


def read_arms(letters: Mapping[str, str | None], named: Sequence[str]) -> tuple[Arm, ...]:
    """The arms of a command line: `--a TEXT --b TEXT`, and any number of `--arm NAME=TEXT`.

    Raises:
        InputError: a setting is unknown or its value does not fit, a name comes twice, or there is no arm.
    """
    texts = [(name, text) for name, text in letters.items() if text is not None]
    for text in named:
        name, found, settings = text.partition("=")
        if not (name.strip() and found) or name.strip() in WORDS:
            raise InputError(
                f'--arm "{text}": write a name before the settings: --arm wide=method=staged,num_candidates=50'
            )
        texts.append((name.strip(), settings))
    arms = tuple(read_arm(name, text) for name, text in texts)
    names = [arm.name for arm in arms]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise InputError(f'two arms are named "{twice}"; give one of them another name')
    if wrong := next((name for name in names if "/" in name), ""):
        raise InputError(f'"{wrong}" is no name for an arm: leave the / out')
    if not arms:
        raise InputError("there is nothing to compare; say for example --a method=staged --b method=direct")
    return arms


def read_arm(name: str, text: str) -> Arm:
    """One arm of `setting=value` pairs with commas between them; nothing at all is the product as it is set up.

    Raises:
        InputError: names the arm, the setting, and what would fit.
    """
    values: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        word, found, value = (part.strip() for part in pair.partition("="))
        if word not in WORDS or not found or not value:
            raise InputError(_no_setting(name, pair, word))
        if word in values:
            raise InputError(f'{name}: {word} is set twice, to "{values[word]}" and "{value}"; keep one')
        values[word] = value
    return Arm(
        name=name,
        method=_method(name, values.get("method")),
        num_candidates=_whole(name, "num_candidates", values.get("num_candidates"), MAX_CANDIDATES),
        size=_whole(name, "size", values.get("size"), MAX_RECOMMENDATIONS),
        bundle=Path(values["bundle"]) if "bundle" in values else None,
        generator=values.get("generator"),
        openai_url=values.get("openai_url"),
        openai_model=values.get("openai_model"),
    )


def _no_setting(name: str, pair: str, word: str) -> str:
    near = difflib.get_close_matches(word, WORDS, n=1)
    if near and near[0] != word:
        return f'{name}: there is no setting "{word}"; did you mean {near[0]}?'
    return f'{name}: "{pair}" is no setting; write setting=value with one of {", ".join(WORDS)}'


def _method(name: str, value: str | None) -> Method | None:
    if value is None or value in tuple(Method):
        return Method(value) if value else None
    raise InputError(f'{name}: method "{value}" is not known; choose {" or ".join(Method)}')


def _whole(name: str, word: str, value: str | None, highest: int) -> int | None:
    if value is None:
        return None
    if not value.isdecimal() or not 1 <= int(value) <= highest:
        raise InputError(f'{name}: {word} "{value}" does not fit; write a whole number from 1 to {highest}')
    return int(value)
