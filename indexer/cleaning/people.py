"""Statements of responsibility, taken apart into people and what each did.

`조던 피터슨 지음;김한영 옮김`, `지은이: 백희성`, `이영희,김동광 [공]옮김`, `재레드 다이아몬드 , 강주헌 (옮긴이)`, `by Louis Sachar`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from recommender.models import Person, Role
from recommender.text.normalization import normalize

ROLE_WORDS: dict[Role, str] = {
    Role.AUTHOR: "지음 지은이 지은 저 저자 저술 글 글쓴이 씀 씀글 글씀 원작 원저 원저자 원작자 집필 작 작가 시 극본 각본 소설 동화 만화 글그림 취재 "
    "author writer",
    Role.TRANSLATOR: "옮김 옮긴이 옮긴 역 역자 번역 편역 평역 역주 정역 역해 완역 초역 국역 주역 현대일본어로옮김 우리말옮김 translator",
    Role.ILLUSTRATOR: "그림 그린이 그린 일러스트 일러스트레이션 일러스트레이터 삽화 삽도 사진 극화 작화 illust illustrator photographer",
    Role.EDITOR: "엮음 엮은이 엮은 엮어씀 편 편집 편자 편저 편찬 책임편집 편집위원 editor",
    Role.CONTRIBUTOR: "감수 감수자 기획 해설 해제 각색 서문 제작 정리 구성 요리 추천 편곡 작곡 촬영 연출 감독 주석 주해 주 인터뷰 대담 "
    "풀어씀 풀어쓴이 다시씀 디자인 자문 연구 발행 원화 스토리 콘티 글씨 녹음 낭독 피전자 contributor",
}
"""What Korean title pages and shops write behind a name (or before it, with a colon), by what the person did."""

_ROLE_OF = {word: role for role, words in ROLE_WORDS.items() for word in words.split()}
_ROLE = "|".join(sorted(map(re.escape, _ROLE_OF), key=len, reverse=True))
_TOGETHER = r"(?:공동|공|같이|함께|외|등)"
_ROLES = rf"(?:{_ROLE}|쓰고|엮고|그리고|본문)(?:\s*[·.,&/]?\s*(?:{_ROLE}))*"

_PREFIXED = re.compile(rf"^[\[(]?({_ROLES})[\])]?\s*[::]\s*", re.IGNORECASE)
_SUFFIXED = re.compile(
    rf"(?:^|(?<=[\s\])…])|(?<=\.\.\.))(?P<together>(?:…|\.\.\.)?[\[(]?{_TOGETHER}[\])]?\s*)*[\[(]?(?P<joint>공)?(?P<roles>{_ROLES})[\])]?[.\]]*$",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(rf"\s*\(({_ROLES})\)$", re.IGNORECASE)
_ENGLISH = re.compile(
    r"^(?:(?P<translator>translated)|(?P<illustrator>illustrated|illustrations?|pictures?|photographs?|photos?)|(?P<editor>edited)|(?P<author>written|retold|text|story)|)\s*by\s+",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"(?:\.\.\.|…)?\s*\[?(?:외|등)(?:\s*[0-9]+\s*[인명])?\]?(?:\s*[0-9]+\s*[인명])?$|(?:\.\.\.|…)$"
)
_UNKNOWN_ROLE = re.compile(r"\s+\[[^\[\]]*\]?$")
_LIFESPAN = re.compile(r"\s*[(\[][0-9]{3,4}\s*[-~][^)\]]*[)\]]")
_NOBODY = frozenset({"", "미상", "저자미상", "작자미상", "편집부", "unknown", "anonymous", "n/a", "none", "-"})
_INVERTED_LATIN = re.compile(r"^(?:[Bb]y )?[A-Z][\w'’\-]+$")
_HANGUL_NAMES = re.compile(r"^[가-힣]{2,4}(?:·[가-힣]{2,4})+$")


@dataclass(slots=True)
class _Statement:
    """What has been read so far: people, names still waiting for their role, and a role announced before its names."""

    people: list[Person] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    announced: Role | None = None

    def give_waiting(self, role: Role) -> None:
        self.people += [Person(name, role) for name in self.waiting]
        self.waiting = []

    def settle(self) -> None:
        """Names that no role follows are those who wrote it, unless somebody is already said to have."""
        self.give_waiting(self.announced or (Role.CONTRIBUTOR if self._has_author() else Role.AUTHOR))

    def _has_author(self) -> bool:
        return any(person.role is Role.AUTHOR for person in self.people)


def parse_people(text: str) -> tuple[Person, ...]:
    """Read a statement of responsibility; everybody once, in the order of the statement."""
    statement = _Statement()
    for chunk, separator in _chunks(_prepared(normalize(text))):
        _read_chunk(statement, chunk, separator)
    statement.settle()
    return tuple({person.name: person for person in reversed(statement.people)}.values())[::-1]


def _prepared(text: str) -> str:
    """The statement with its brackets set apart: `[by]` says nothing, and behind `[피전자]` another person begins."""
    apart = re.sub(r"\[by\]\s*", "", text, flags=re.IGNORECASE)
    apart = re.sub(r"\[피전[자기]\]\s*;?", " [피전자];", apart)
    apart = re.sub(r"\[(?:공|같이)\]\s*;?\s*$", "", apart)
    return re.sub(r"(?<=[^\s\[;,])\[", " [", apart)


def _chunks(text: str) -> Iterator[tuple[str, str]]:
    """The pieces between separators, each with the separator before it; a comma inside one name does not separate."""
    pieces = re.split(r"\s*([;,/]|\s:\s|(?<=[가-힣]):(?=[가-힣]{2,4}(?::|$)))\s*", text)
    separators = ["", *pieces[1::2]]
    chunks = list(zip(pieces[::2], separators, strict=True))
    at = 0
    while at < len(chunks):
        chunk, separator = chunks[at]
        following, next_separator = chunks[at + 1] if at + 1 < len(chunks) else ("", "")
        between = separator == "," or (at + 2 < len(chunks) and chunks[at + 2][1] == ",")
        if next_separator == "," and _is_inverted(chunk, following, alone=not between):
            chunk, at = _turned(chunk, following), at + 1
        at += 1
        yield chunk, separator


def _is_inverted(family: str, given: str, *, alone: bool) -> bool:
    """`Kinney, Jeff` and `하야세, 준 [극화]` are one name each; `김현숙, 조봉현` are two."""
    if _INVERTED_LATIN.match(family):
        return alone and bool(re.match(r"^[A-Z][\w.'’\-]*(?: [A-Z][\w.]*)?(?: \([^)]*\))?$", given))
    return bool(re.match(r"^[가-힣]{2,4}$", family) and re.match(r"^[가-힣](?:\s|$)", given)) and given not in _ROLE_OF


def _turned(family: str, given: str) -> str:
    family = re.sub(r"^[Bb]y ", "", family)
    return f"{given} {family}" if _INVERTED_LATIN.match(family) else f"{family} {given}"


def _read_chunk(statement: _Statement, chunk: str, separator: str) -> None:
    chunk = _unbracketed(chunk)
    if prefixed := _PREFIXED.match(chunk):
        statement.settle()
        statement.announced = _first_role(prefixed[1])
        chunk = chunk[prefixed.end() :]
    if parenthesised := _IN_PARENTHESES.search(chunk):
        statement.give_waiting(Role.AUTHOR)
        _add(statement, chunk[: parenthesised.start()], _first_role(parenthesised[1]))
    elif suffixed := _SUFFIXED.search(chunk):
        _read_suffixed(statement, chunk, suffixed, separator)
    elif (english := _ENGLISH.match(chunk)) and english[0].strip():
        statement.settle()
        _add(statement, chunk[english.end() :], Role(english.lastgroup or Role.AUTHOR))
    else:
        _read_plain(statement, chunk)


def _read_plain(statement: _Statement, chunk: str) -> None:
    """A name waiting for its role, or with one in brackets that no list knows: `이어령 [콘텐츠 크리에이터]`."""
    if unknown := _UNKNOWN_ROLE.search(chunk):
        _add(statement, chunk[: unknown.start()], statement.announced or Role.CONTRIBUTOR)
    else:
        statement.waiting += _names(chunk)


def _read_suffixed(statement: _Statement, chunk: str, suffixed: re.Match[str], separator: str) -> None:
    """A role counts for the names waiting too; only `A;B 옮김`, with nothing saying "together", is an author and a translator."""
    role = _first_role(suffixed["roles"])
    together = bool(suffixed["together"] or suffixed["joint"])
    name = chunk[: suffixed.start()]
    if statement.waiting and role is not Role.AUTHOR and separator == ";" and not together and name.strip():
        statement.settle()
    statement.give_waiting(role)
    statement.announced = None
    _add(statement, name, role)


def _add(statement: _Statement, name: str, role: Role) -> None:
    statement.people += [Person(each, role) for each in _names(name)]


def _names(text: str) -> list[str]:
    name = _LIFESPAN.sub("", text).strip()
    name = _AND_OTHERS.sub("", name).strip(" .,*·\"'“”‘’[]")
    name = re.sub(r"^(?:by|글쓴이)\s+", "", name)
    name = re.sub(r"(?<=[가-힣]{2})(?:지음|옮김|엮음)$", "", name)  # typed without the space
    if name.count("(") != name.count(")"):
        name = name.strip("()").strip()
    if name.casefold().replace(" ", "") in _NOBODY or not re.search(r"[^\W\d_]", name):
        return []
    return name.split("·") if _HANGUL_NAMES.match(name) else [name]


def _unbracketed(chunk: str) -> str:
    """Take off brackets around the whole piece, and one that separating tore from its partner."""
    chunk = chunk.strip()
    if chunk.startswith("[") and (chunk.endswith("]") or "]" not in chunk) and chunk.count("[") == 1:
        return chunk.strip("[]").strip()
    if chunk.endswith("]") and "[" not in chunk:
        return chunk[:-1].strip()
    return chunk.replace(" [", " ") if chunk.count("[") > chunk.count("]") else chunk


def _first_role(words: str) -> Role:
    """The weightiest of several: whoever wrote and drew is the author."""
    found = {_ROLE_OF[word] for word in re.split(r"[\s·.,&/]+", words.casefold()) if word in _ROLE_OF}
    found |= {_ROLE_OF[word] for word in re.findall(_ROLE, words.casefold()) if not found}
    if "쓰고" in words:
        found.add(Role.AUTHOR)
    return next((role for role in Role if role in found), Role.AUTHOR)
