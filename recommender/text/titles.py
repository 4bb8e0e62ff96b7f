"""Title statements as library systems write them, taken apart.

`(만화로 보는)맨큐의 경제학. 6: 화폐와 환율의 작동원리` is a remark, a title, a volume and the volume's own title.
"""

import re
from dataclasses import dataclass

from recommender.text.characters import hanja_read, normalize

# Leading articles are set apart for sorting, but belong to the title: (The)Giver.
_ARTICLES = frozenset(
    (
        "the",
        "a",
        "an",
        "le",
        "la",
        "les",
        "un",
        "une",
        "l'",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "el",
        "los",
        "las",
        "il",
    )
)

_REMARK = re.compile(r"^[(\[]([^()\[\]]+(?:\([^()]*\)[^()\[\]]*)*)[)\]]\s*(?=\S)")
_EDITION = re.compile(
    r"\s*\(((?:개정|증보|양장|보급|특별|큰글|전면|최신|무삭제|완역|리커버|스페셜|paperback|hardcover|mass market)[^()]*)\)$",
    re.IGNORECASE,
)
_ENGLISH_SERIES = re.compile(r"\s*\(([^()#]+?)\s*,?\s*#\s?([0-9.]+(?:-[0-9.]+)?)\)$")

_ORDINALS = {
    "첫": "1", "둘": "2", "두": "2", "셋": "3", "세": "3", "넷": "4", "네": "4", "다섯": "5", "여섯": "6",
    "일곱": "7", "여덟": "8", "아홉": "9", "열": "10",
}  # fmt: skip
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_PART = "[상중하전후上中下前後]"
_PARTS_OF_TWO_OR_THREE = rf"{_PART}(?:[·,~-]{_PART}){{0,2}}"
_NUMBERED = r"[0-9]{1,4}(?:[-~·,.][0-9]{1,4}){0,3}"

# What may stand alone behind the full stop of a title: 6, [3], 7-1, 상, (하), 제6권, 첫째 권, Vol.25, C-8, II.
_MARK = (
    rf"(?:{_NUMBERED}|{_PARTS_OF_TWO_OR_THREE}권?|제?\s?[0-9]{{1,4}}\s?[권집부편화회호책]|(?:{_ORDINAL})\s?번?째\s?권?"
    rf"|(?:v|vol|no|bk|book|part|episode)\.?\s?[0-9]{{1,4}}|[A-Z]-[0-9]{{1,3}}|[IVX]{{1,5}}|[Ⅰ-Ⅻ])"
)
_VOLUME = re.compile(
    rf"(?:(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bNo)(?<!\bVol)\.\s+\.?|(?<=[가-힣])\.(?={_PART}$))(?:\[\s?({_MARK})\s?\]|\(({_MARK})\)|({_MARK}))(?:\s*\([0-9]{{4}}\))?\s*(?::\s*(.+)|,\s+(?=\S)(.+)|$)",
    re.IGNORECASE,
)
# Without a full stop only what nothing but a volume is written like; a bare number may belong to the title (1984, 트렌드 코리아 2022).
_VOLUME_AT_END = re.compile(
    rf"(?:\s*[,;]?\s+|(?<=[가-힣])\s*(?=\())(?:(제\s?[0-9]{{1,4}}\s?권|[0-9]{{1,3}}\s?권|{_PARTS_OF_TWO_OR_THREE}권|(?:{_ORDINAL})째\s?권"
    rf"|(?:v|vol)\.\s?[0-9]{{1,4}})|\(({_PART})\)|\[({_PART}|[0-9]{{1,3}})\])$",
    re.IGNORECASE,
)
# "여성의 삶을 바꾼 책 50권", "전 3권": so many volumes, not the volume of that number.
_COUNTED = re.compile(r"(?:책|전|총|모두|명작|고전|그림책|도서|소설|만화|[0-9]부)\s*$")

_RESPONSIBILITY = re.compile(
    r"\s+/\s+[^/]*(?:지음|옮김|지은이|옮긴이|엮음|엮은이|그림|글|저|역|편|편저|공저|편역|원작|감수|만화|글씀|씀|쓰고 그림|[;,]\s.*(?:옮김|그림|역))\s*$|\s+/\s+(?:by|edited by|written by|translated by)\s.+$"
)
_PARALLEL = re.compile(r"\s+=\s*,?\s*(.+)$")
_SUBTITLE = re.compile(r"\s+:\s*|(?<=[^\s0-9]):\s+|(?<=\S)\s+[-–—]\s+")
_CLOSING = " ,;:/="


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """A title statement's parts; what is not there is None.

    `volume` is written one way for all spellings of it: `09`, `[9]`, `제9권` → `9`, 上 → 상, 첫째 권 → 1, Vol.6 → 6.
    `subtitle` holds the volume's own title where there is a volume; `remark` what stands in brackets: whom a book is
    for, its edition, an English series.
    """

    title: str
    subtitle: str | None = None
    remark: str | None = None
    parallel_title: str | None = None
    volume: str | None = None


def parse_title(raw: str) -> ParsedTitle:
    """Take a library's title statement apart; what is no known punctuation stays in the title."""
    whole = normalize(raw)
    statement, remark = _split_remark(_RESPONSIBILITY.sub("", whole))
    statement, series, number = _split_series(statement)
    statement, volume, volume_title = _split_volume(statement)
    statement, edition = _split_edition(statement)
    statement, parallel_title, parallel_subtitle = _split_parallel(statement)
    statement, subtitle = _split_subtitle(statement)
    title, edition_of_title = _split_edition(statement)
    volume = number or volume
    return ParsedTitle(
        title=_without_repeated_volume(title.strip(_CLOSING), volume) or whole,
        subtitle=" : ".join(filter(None, (subtitle, parallel_subtitle, volume_title))) or None,
        remark=remark or series or edition or edition_of_title,
        parallel_title=parallel_title,
        volume=volume,
    )


def _split_remark(statement: str) -> tuple[str, str | None]:
    found = _REMARK.match(statement)
    if found is None:
        return statement, None
    remark, rest = found[1].strip(), statement[found.end() :]
    if remark.lower() in _ARTICLES:
        return f"{remark}{'' if remark.endswith(chr(39)) else ' '}{rest}", None
    return rest, remark


def _split_series(statement: str) -> tuple[str, str | None, str | None]:
    """Cut off an English series and the number in it: "Catching Fire (The Hunger Games, #2)"."""
    found = _ENGLISH_SERIES.search(statement)
    return (statement[: found.start()], found[1], found[2]) if found and found.start() else (statement, None, None)


def _split_volume(statement: str) -> tuple[str, str | None, str | None]:
    """Cut off the volume and its own title."""
    if (found := _VOLUME.search(statement)) and found.start() and not _is_date(statement, found):
        return statement[: found.start()], _volume_number(found[1] or found[2] or found[3]), found[4] or found[5]
    found = _VOLUME_AT_END.search(statement)
    if found and found.start() and not _COUNTED.search(statement[: found.start()]):
        return statement[: found.start()], _volume_number(found[1] or found[2] or found[3]), None
    return statement, None, None


def _is_date(statement: str, found: re.Match[str]) -> bool:
    """일기 1895. 1. 1 ends in a day, not in a volume."""
    return re.search(r"[0-9]{4}\.\s[0-9]{1,2}$", statement[: found.start()]) is not None


def _volume_number(mark: str) -> str:
    read = hanja_read(mark.strip())
    if ordinal := re.match(rf"({_ORDINAL})\s?번?째", read):
        return _ORDINALS[ordinal[1]]
    if parts := re.fullmatch(rf"({_PARTS_OF_TWO_OR_THREE})권?", read):
        return parts[1]
    if numbered := re.fullmatch(r"\D{0,8}?([0-9]+)\s?[권집부편화회호책]?", read):
        letters = read[:2] if re.match(r"[A-Z]-", read) else ""
        return letters + (numbered[1].lstrip("0") or "0")
    return read


def _split_edition(statement: str) -> tuple[str, str | None]:
    found = _EDITION.search(statement)
    return (statement[: found.start()], found[1]) if found and found.start() else (statement, None)


def _split_parallel(statement: str) -> tuple[str, str | None, str | None]:
    found = _PARALLEL.search(statement)
    if found is None or not found.start():
        return statement, None, None
    parallel, subtitle = _split_subtitle(found[1])
    return statement[: found.start()], parallel.strip(_CLOSING) or None, subtitle


def _split_subtitle(statement: str) -> tuple[str, str | None]:
    found = _SUBTITLE.search(statement)
    if found is None or not found.start():
        return statement, None
    return statement[: found.start()], statement[found.end() :].strip(_CLOSING) or None


def _without_repeated_volume(title: str, volume: str | None) -> str:
    """우리 역사 이야기 3 : 부제. 3 says its volume twice."""
    shorter = title.removesuffix(f" {volume}") if volume and len(volume) < 3 else title  # noqa: PLR2004 - 2045 is a year
    return shorter or title
