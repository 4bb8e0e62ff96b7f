from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from indexer.sources.columns import BOOKS, ColumnRecogniser
from indexer.sources.opening import open_table
from indexer.sources.records import RawRecord
from recommender.errors import InputError

HEADER = [
    "NO",
    "자료유형",
    "등록번호",
    "자료명",
    "저자",
    "출판사",
    "출판년도",
    "청구기호",
    "등록일",
    "자료상태",
    "소장처",
    "ISBN",
]
ROW = [
    1,
    "단행본",
    "EM0000012",
    "데미안",
    "헤르만 헤세 지음",
    "민음사",
    2009,
    "808 세18민 v.44",
    date(2010, 3, 2),
    "대출가능",
    "종합자료실",
    9788937460449,
]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def records(path: Path) -> list[RawRecord]:
    return [record for record in open_table(path, ColumnRecogniser(BOOKS)).records if isinstance(record, RawRecord)]


def test_an_export_of_dls_is_read_as_text(tmp_path: Path) -> None:
    (record,) = records(workbook(tmp_path / "리스트.xlsx", {"리스트 반출": [HEADER, ROW]}))
    assert record == RawRecord(
        source="리스트.xlsx",
        row=2,
        values={
            "form": "단행본",
            "registration_number": "EM0000012",
            "title": "데미안",
            "responsibility": "헤르만 헤세 지음",
            "publisher": "민음사",
            "year": "2009",
            "call_number": "808 세18민 v.44",
            "registered_on": "2010-03-02",
            "status": "대출가능",
            "location": "종합자료실",
            "isbn": "9788937460449",  # a number in the sheet, all of its digits here
        },
    )


def test_the_sheet_with_the_list_is_found_among_others(tmp_path: Path) -> None:
    title_rows: list[list[Any]] = [["한빛고등학교 소장자료"], [], HEADER, ROW, [None] * 12, ROW]
    path = workbook(
        tmp_path / "list.xlsx", {"안내": [["이 파일은 독서로에서 받았습니다"]] * 9, "리스트 반출": title_rows}
    )
    assert [(record.source, record.row) for record in records(path)] == [
        ("list.xlsx [리스트 반출]", 4),
        ("list.xlsx [리스트 반출]", 6),
    ]


def test_a_workbook_without_the_columns_names_those_it_has(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the columns seen are: 이름, 반"):
        records(workbook(tmp_path / "list.xlsx", {"명단": [["이름", "반"], ["김하늘", "1-2"]]}))


def test_an_empty_workbook_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sheet with rows"):
        records(workbook(tmp_path / "list.xlsx", {"리스트 반출": []}))
