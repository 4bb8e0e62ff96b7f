"""The user dictionary: one file of words that the analyser would otherwise take apart or misread."""

from dataclasses import dataclass
from pathlib import Path

from recommender.errors import SettingsError

# Authors, characters and series that the libraries' own titles showed to be missing.
BUNDLED_DICTIONARY = Path(__file__).with_name("user_dictionary.tsv")

TAGS = {
    "NNG": "common noun",
    "NNP": "name",
    "VV": "verb stem",
    "VA": "adjective stem",
    "MAG": "adverb",
    "XR": "root",
}


@dataclass(frozen=True, slots=True)
class UserWord:
    """One line of the dictionary. The higher the score, the more readily the word is seen (0 is usual)."""

    form: str
    tag: str
    score: float = 0.0


def read_dictionary(path: Path) -> tuple[UserWord, ...]:
    """Read `word<TAB>tag[<TAB>score]` lines; empty lines and lines that start with # say nothing.

    Raises:
        SettingsError: The file cannot be read, or a line is not of that form; names the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"the user dictionary {path} cannot be read as UTF-8 text ({error}); correct the setting or the file"
        raise SettingsError(message) from error
    return tuple(
        _user_word(line, f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.lstrip().startswith("#")
    )


def _user_word(line: str, place: str) -> UserWord:
    form, *rest = (field.strip() for field in line.split("\t"))
    if not form or any(character.isspace() for character in form):
        raise SettingsError(f'{place}: "{form}" is not one word; write it without spaces, a tab and its tag')
    if not 1 <= len(rest) <= 2:  # noqa: PLR2004 - tag, and perhaps a score
        raise SettingsError(
            f'{place}: "{line}" has {len(rest) + 1} fields; write word, tab, tag and perhaps tab, score'
        )
    if rest[0] not in TAGS:
        raise SettingsError(f'{place}: "{rest[0]}" is no tag of the user dictionary; use one of {", ".join(TAGS)}')
    return UserWord(form, rest[0], _score(rest[1], place) if len(rest) > 1 else 0.0)


def _score(text: str, place: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(f'{place}: the score "{text}" is not a number; write for example 0 or 3.5') from None
