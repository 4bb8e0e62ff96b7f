"""Which column of a file is which field, in the words of Korean and English library systems.

Known exports: 독서로 DLS (리스트 반출), KOLAS, 정보나루, plain English CSV and JSON. A file with other words is loaded
with `--column`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recommender.errors import InputError

IGNORED = "ignored"
"""The field of columns that are understood and say nothing of a book, such as a row's number in its list."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The columns that one kind of file may have."""

    kind: str  # books, history, preferences, loans
    synonyms: Mapping[str, tuple[str, ...]]  # field → names of columns, best first
    required: tuple[str, ...]  # a file is of this kind only with one of these fields
    several: frozenset[str] = field(default_factory=frozenset)  # fields that several columns may feed

    def fields(self) -> tuple[str, ...]:
        """Names of all fields, for the manual and for `--column`."""
        return tuple(name for name in self.synonyms if name != IGNORED)


BOOKS = Vocabulary(
    kind="books",
    required=("title", "full_title"),
    several=frozenset({"isbn", "categories", "keywords"}),
    synonyms={
        "title": (
            "자료명",
            "서명",
            "본표제",
            "본서명",
            "도서명",
            "책제목",
            "책이름",
            "표제",
            "제목",
            "서명/저자",
            "title",
            "booktitle",
            "titleproper",
        ),
        "full_title": ("title_and_subtitles", "fulltitle"),
        "subtitle": ("부제", "부서명", "부표제", "표제관련정보", "subtitle"),
        "parallel_title": ("대등서명", "대등표제", "원제", "parallel_title", "originaltitle"),
        "other_titles": ("다른제목", "관제", "other_titles"),
        "responsibility": (
            "저자",
            "저작자",
            "지은이",
            "저자명",
            "저자사항",
            "책임표시",
            "글쓴이",
            "author",
            "authors",
            "creator",
            "people",
            "responsibility",
        ),
        "publisher": ("출판사", "발행자", "발행처", "출판사명", "출판자", "publisher"),
        "year": (
            "출판년도",
            "출판연도",
            "출판년",
            "발행년도",
            "발행연도",
            "발행년",
            "출판일",
            "발행일",
            "publication_year",
            "published_year",
            "publicationdate",
            "year",
            "pubyear",
        ),
        "isbn": ("ISBN", "isbn13", "isbn10", "isbns", "국제표준도서번호"),
        "set_isbn": ("세트ISBN", "set_isbn"),
        "call_number": ("청구기호", "청구번호", "call_number", "callno"),
        "shelf_prefix": ("별치기호", "별치", "shelf_prefix"),
        "classification": ("주제분류번호", "분류기호", "분류번호", "KDC", "classification", "class"),
        "author_mark": ("도서기호", "저자기호", "author_mark"),
        "volume": ("권", "권차", "권차기호", "volume", "vol"),
        "copy": ("복본기호", "복본", "copy"),
        "registration_number": ("등록번호", "바코드", "registration_number", "accession_number", "barcode"),
        "control_number": ("제어번호", "control_number", "종키"),
        "status": ("자료상태", "배가상태", "도서상태", "상태", "대출상태", "status"),
        "location": ("소장처", "자료실명", "자료실", "소장위치", "배가위치", "location"),
        "registered_on": ("등록일", "등록일자", "registered_on", "acquired_on"),
        "copies": ("도서권수", "복본수", "소장권수", "copies"),
        "loans": ("대출건수", "대출횟수", "loans", "loan_count"),
        "pages": ("쪽수", "페이지", "페이지수", "num_pages", "pages"),
        "language": ("언어", "본문언어", "language", "lang"),
        "series": ("총서명", "총서", "총서사항", "시리즈", "series"),
        "description": ("설명", "책소개", "소개", "초록", "요약", "description", "summary", "abstract"),
        "keywords": ("키워드", "주제어", "주제명", "태그", "keywords", "subjects", "tags"),
        "categories": ("분야", "카테고리", "장르", "category", "categories", "simple_categories", "genre", "genres"),
        "audience": ("이용대상", "독자대상", "대상", "audience"),
        "form": ("자료유형", "자료구분", "매체구분", "형태", "form", "type"),
        "moods": ("분위기", "mood", "moods"),
        "effects": ("효과", "effect", "effects"),
        "depth": ("깊이", "집중도", "depth", "focus"),
        "pace": ("속도", "속도감", "전개", "전개속도", "호흡", "pace"),
        "isbn_addition": ("부가기호", "isbn_addition"),
        IGNORED: ("NO", "번호", "연번", "순번", "도서번호", "no.", "source"),
    },
)

HISTORY = Vocabulary(
    kind="history",
    required=("title", "isbn", "read_books"),
    synonyms={
        "reader_id": (
            "reader_id",
            "reader",
            "user_id",
            "user",
            "이용자",
            "이용자번호",
            "회원번호",
            "대출자번호",
            "학번",
            "독자",
        ),
        "read_books": ("read_books", "history", "books"),
        "title": BOOKS.synonyms["title"],
        "author": BOOKS.synonyms["responsibility"],
        "isbn": BOOKS.synonyms["isbn"],
        "rating": ("rating", "score", "평점", "별점"),
        "note": ("review", "note", "comment", "감상", "서평", "메모"),
        "read_on": ("read_date", "read_on", "date", "loaned_on", "읽은날", "대출일", "대출일자", "반납일"),
        "genres": ("genre", "genres", "장르", "분야"),
        "age": ("age_group", "연령대", "birth_year", "출생연도", "출생년도", "생년", "age", "나이", "연령"),
        IGNORED: ("NO", "번호", "연번"),
    },
)

PREFERENCES = Vocabulary(
    kind="preferences",
    required=("preferences", "genres", "keywords", "authors"),
    synonyms={
        "reader_id": HISTORY.synonyms["reader_id"],
        "preferences": ("preferences", "선호"),
        "genres": ("genres", "genre", "장르", "분야"),
        "authors": ("authors", "favorite_authors", "좋아하는작가", "저자"),
        "keywords": ("keywords", "키워드"),
        "avoid_topics": ("avoid_topics", "피하는주제"),
        "disliked_authors": ("disliked_authors", "싫어하는작가"),
        "reading_style": ("reading_style", "독서성향"),
        "preferred_length": ("preferred_length", "길이"),
        "complexity": ("complexity_level", "complexity", "난이도"),
        "tone": ("tone", "분위기"),
        "age": HISTORY.synonyms["age"],
        IGNORED: ("NO", "번호"),
    },
)


LOANS = Vocabulary(
    kind="loans",
    required=("title", "isbn"),
    synonyms={
        "title": BOOKS.synonyms["title"],
        "author": BOOKS.synonyms["responsibility"],
        "isbn": BOOKS.synonyms["isbn"],
        "loans": (*BOOKS.synonyms["loans"], "대출수", "대출권수", "book_num"),
        "rank": ("rank", "rnk", "순위", "대출순위"),
        "age": HISTORY.synonyms["age"],
        "year": ("YY", "year", "연도", "년도", "대출연도", "대출년도"),
        "month": ("MM", "month", "월", "대출월"),
        IGNORED: ("NO", "번호", "연번"),
    },
)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which position of a row feeds which field."""

    fields: Mapping[int, str]
    unused: tuple[str, ...]


def column_key(name: str) -> str:
    """A column's name without what exports vary in: case, spaces, underscores, brackets, a byte order mark."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s_*·.()\[\]\-﻿]+", "", composed)


class ColumnRecogniser:
    """Recognises columns by a vocabulary and by what the operator said with `--column FIELD=COLUMN`."""

    def __init__(self, vocabulary: Vocabulary, overrides: Mapping[str, str] | None = None) -> None:
        """Take `overrides` as field → column.

        Raises:
            InputError: an override names a field that is none.
        """
        self.vocabulary = vocabulary
        self._fields = {
            column_key(name): (field_name, rank)
            for field_name, names in vocabulary.synonyms.items()
            for rank, name in enumerate(names)
        }
        self._overrides = {column_key(column): name for name, column in (overrides or {}).items()}
        for name in overrides or {}:
            if name not in vocabulary.synonyms:
                raise InputError(f"--column {name}=…: {name} is no field; choose from {', '.join(vocabulary.fields())}")

    def map(self, header: Sequence[str]) -> ColumnMap:
        """Assign each position its field; where two columns claim one field, the better known name gets it."""
        claims = [(self._claim(name), position) for position, name in enumerate(header)]
        fields: dict[int, str] = {}
        for claim, position in sorted((claim, position) for claim, position in claims if claim is not None):
            _rank, field_name = claim
            if field_name in fields.values() and field_name not in self.vocabulary.several | {IGNORED}:
                continue
            fields[position] = field_name
        unused = tuple(name for position, name in enumerate(header) if name.strip() and position not in fields)
        return ColumnMap(fields=dict(sorted(fields.items())), unused=unused)

    def is_header(self, columns: ColumnMap) -> bool:
        """Whether a row with these columns can be the header of such a file."""
        return any(name in columns.fields.values() for name in self.vocabulary.required)

    def _claim(self, name: str) -> tuple[int, str] | None:
        key = column_key(name)
        if key in self._overrides:
            return -1, self._overrides[key]
        if key not in self._fields:
            return None
        field_name, rank = self._fields[key]
        if field_name in self._overrides.values():
            return None
        return rank, field_name


def missing_columns(source: str, header: Sequence[str], vocabulary: Vocabulary) -> InputError:
    """The error for a file in which no column is known that it needs."""
    seen = ", ".join(name.strip() for name in header if name.strip()) or "none"
    needed = vocabulary.required[0]
    return InputError(
        f"{source}: no {needed} column; the columns seen are: {seen}; "
        f'name the right one with --column, for example --column {needed}="{_example(header)}"'
    )


def _example(header: Sequence[str]) -> str:
    return next((name.strip() for name in header if name.strip()), "제목")
