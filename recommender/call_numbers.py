"""Call numbers as Korean libraries write them: read, compared, and put in the order of the shelf.

`C 863 에296틴 v.5 c.2` is shelf prefix (별치기호), class, author mark, volume and copy. KOLAS writes the same book
`C863-에296틴-5=2`. Typing errors that do not change what is meant (`320,911`, `199..1`) are understood.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from recommender.errors import SettingsError
from recommender.models import CallNumber, Form
from recommender.text.normalization import normalize

DEFAULT_PREFIXES = Path(__file__).with_name("shelf_prefixes.tsv")

FOREIGN = "foreign"
"""What the prefix file says of a shelf that holds every language but Korean."""

_PREFIX = re.compile(r"^([A-Za-z가-힣]{1,5})[\s.\-]*(?=\d)")
_CLASS = re.compile(r"^(\d{1,3}(?!\d))(?:[.,]+(\d+))?[.,]*[가-힣]?(?=[\s\-]|$|[^\d\s.,])")
_COPY = re.compile(r"(?:(?<=[\s\])])(?:[cC]\.\s?|c)|=)(\d{1,3})$")
_VOLUME = re.compile(r"(?:(?:^|(?<=[\s\-]))[vVlL]\.(?:l\.)?\s?(\S+)|(?:^|(?<=\s))제?(\d+)권)$")
_BRACKETS = str.maketrans("", "", "()[]")
_MARK_AND_VOLUME = re.compile(r"^([가-힣ㄱ-ㅎ]+\d+[가-힣ㄱ-ㅎa-zA-Z]*\d*)-(\d+(?:-\d+)*)$")

Letters = tuple[tuple[int, int, int], ...]
Natural = tuple[tuple[int, int, str], ...]
ShelfOrder = tuple[bool, str, str, str, tuple[tuple[Letters, str], ...], Natural, Natural, str]


@dataclass(frozen=True, slots=True)
class ShelfPrefix:
    """One shelf of its own, as the library names it."""

    prefix: str
    name_ko: str
    name_en: str
    form: Form | None = None
    language: str = ""  # ISO 639-1, or FOREIGN


@dataclass(frozen=True, slots=True)
class ShelfPrefixes:
    """The prefixes that a library names."""

    by_prefix: Mapping[str, ShelfPrefix] = field(default_factory=dict)

    def named(self, prefix: str) -> ShelfPrefix | None:
        """The shelf of that prefix, None where the library does not name it."""
        return self.by_prefix.get(prefix.upper())


def read_shelf_prefixes(path: Path | None = None) -> ShelfPrefixes:
    """Read a prefix file; None is the one that comes with the project.

    Raises:
        SettingsError: the file cannot be read; names the line.
    """
    source = path or DEFAULT_PREFIXES
    try:
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{source}: the shelf prefixes cannot be read ({error}); save the file as UTF-8 text"
        ) from error
    named = [
        _shelf_prefix(line, f"{source}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    ]
    return ShelfPrefixes({shelf.prefix.upper(): shelf for shelf in named})


def _shelf_prefix(line: str, place: str) -> ShelfPrefix:
    prefix, name_ko, name_en, form, language = (cell.strip() for cell in (line + "\t" * 4).split("\t")[:5])
    if not prefix or not name_ko:
        raise SettingsError(f"{place}: give at least a prefix and its Korean name, separated by a tab")
    if form and form not in set(Form):
        raise SettingsError(f'{place}: form "{form}" is none of {", ".join(Form)}')
    return ShelfPrefix(prefix, name_ko, name_en or name_ko, Form(form) if form else None, language.lower())


def parse_call_number(text: str, prefixes: ShelfPrefixes | None = None) -> CallNumber:
    """Take a call number apart; what cannot be read as one keeps its text and has no parts.

    A prefix that `prefixes` names is also recognised where it touches the class (`W843`); any other letters before
    the class are a prefix too, only nobody has named it.
    """
    whole = normalize(text)
    shelf_prefix, rest = _split_prefix(whole, prefixes)
    found = _CLASS.match(rest)
    if found is None:
        return CallNumber(text=whole)
    classification = f"{found[1]}.{found[2]}" if found[2] else found[1]
    mark, copy = _cut(rest[found.end() :].strip(" -"), _COPY)
    mark, volume = _cut(mark, _VOLUME)
    if not volume and (joined := _MARK_AND_VOLUME.match(mark)):
        mark, volume = joined[1], joined[2]
    return CallNumber(
        text=whole,
        shelf_prefix=shelf_prefix,
        classification=classification,
        author_mark=mark.replace(" ", ""),
        volume=volume.translate(_BRACKETS),
        copy=copy,
    )


def _split_prefix(whole: str, prefixes: ShelfPrefixes | None) -> tuple[str, str]:
    found = _PREFIX.match(whole)
    if found is None:
        return "", whole
    named = prefixes.named(found[1]) if prefixes else None
    return (named.prefix if named else found[1]), whole[found.end() :]


def _cut(text: str, ending: re.Pattern[str]) -> tuple[str, str]:
    found = ending.search(text)
    return (text[: found.start()].strip(" -"), next(filter(None, found.groups()))) if found else (text, "")


def call_number_key(text: str) -> str:
    """The form in which call numbers are compared: without spaces, in small letters."""
    return normalize(text).replace(" ", "").casefold()


def call_number_keys(call_number: CallNumber) -> tuple[str, ...]:
    """Every form under which a copy may be looked up, the most exact first: whole, without copy, volume, prefix."""
    work = f"{call_number.classification} {call_number.author_mark}".strip()
    shelved = f"{call_number.shelf_prefix} {work}".strip()
    volume = f"{shelved} v.{call_number.volume}" if call_number.volume else shelved
    return tuple(dict.fromkeys(call_number_key(form) for form in (call_number.text, volume, shelved, work) if form))


def shelf_order(call_number: CallNumber | None) -> ShelfOrder:
    """Where a copy stands among others: prefix, class by its decimals, author mark (가나다, then number), volume, copy.

    Copies without a call number come last. The digits of an author mark are decimals, as in Cutter's and Lee Jai-chul's
    tables: 김192 stands before 김2.
    """
    if call_number is None or not call_number.classification:
        return (True, "", "", "", (), (), (), call_number.text if call_number else "\uffff")
    whole, _, decimals = call_number.classification.partition(".")
    return (
        False,
        call_number.shelf_prefix,
        whole.zfill(3),
        decimals,
        _mark_order(call_number.author_mark),
        natural_order(call_number.volume),
        natural_order(call_number.copy),
        call_number.text,
    )


def _mark_order(mark: str) -> tuple[tuple[Letters, str], ...]:
    """Letters and digits in turn, so that two marks are compared part by part."""
    return tuple(
        (tuple(map(_letter_order, letters)), digits) for letters, digits in re.findall(r"(\D*)(\d*)", mark)[:-1]
    )


_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_SYLLABLES_AN_INITIAL = 588
_FIRST_SYLLABLE = ord("가")


def _letter_order(letter: str) -> tuple[int, int, int]:
    """Hangul before Latin; a bare consonant before every syllable that begins with it."""
    if letter in _INITIALS:
        return (0, _INITIALS.index(letter), 0)
    if "가" <= letter <= "힣":
        position = ord(letter) - _FIRST_SYLLABLE
        return (0, position // _SYLLABLES_AN_INITIAL, position % _SYLLABLES_AN_INITIAL + 1)
    return (1, ord(letter.lower()), 0)


_PARTS = {"상": 1, "上": 1, "중": 2, "中": 2, "하": 3, "下": 3}


def natural_order(text: str) -> Natural:
    """A volume or copy as people count: 2 before 10, 상 before 하, II after I; nothing before anything."""
    parts = re.findall(r"\d+|[^\d\s.\-()\[\]]+", unicodedata.normalize("NFKC", text))
    return tuple(_natural_part(part) for part in parts)


def _natural_part(part: str) -> tuple[int, int, str]:
    if part.isdecimal():
        return (0, int(part), "")
    if part in _PARTS:
        return (0, _PARTS[part], "")
    return (1, 0, part.casefold())
