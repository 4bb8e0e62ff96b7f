import json
from pathlib import Path
from typing import Any

import pytest

from indexer.problems import Problem
from indexer.sources.columns import BOOKS, HISTORY, ColumnRecogniser, Vocabulary
from indexer.sources.opening import open_table
from indexer.sources.records import RawRecord, Table
from recommender.errors import InputError

DEMIAN = {"title": "데미안", "responsibility": "헤르만 헤세 지음;전영애 옮김", "isbn": "9788937460449"}


def opened(path: Path, vocabulary: Vocabulary = BOOKS) -> Table:
    return open_table(path, ColumnRecogniser(vocabulary))


def written(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def values(path: Path, vocabulary: Vocabulary = BOOKS) -> list[dict[str, Any]]:
    return [dict(record.values) for record in opened(path, vocabulary).records if isinstance(record, RawRecord)]


def problems(path: Path) -> list[Problem]:
    return [record for record in opened(path).records if isinstance(record, Problem)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["서명", "저자", "ISBN"], ["데미안", '"헤르만 헤세 지음;전영애 옮김"', "9788937460449"]]
    content = "".join(delimiter.join(row) + "\r\n" for row in rows)
    assert values(written(tmp_path, "list.csv", content, encoding)) == [DEMIAN]


def test_korean_words_that_only_cp949_has_are_read(tmp_path: Path) -> None:
    assert values(written(tmp_path, "list.csv", "서명\n똠방각하\n", "cp949")) == [{"title": "똠방각하"}]


def test_the_header_may_stand_below_a_title(tmp_path: Path) -> None:
    content = "한빛고등학교 도서관 소장목록,,\n출력일: 2026-11-20,,\n,,\n자료명,저자,ISBN\n데미안,헤르만 헤세,\n"
    (record,) = opened(written(tmp_path, "list.csv", content)).records
    assert isinstance(record, RawRecord)
    assert (record.row, record.values["title"]) == (5, "데미안")


def test_a_row_names_the_line_it_begins_on(tmp_path: Path) -> None:
    content = '서명,설명\n데미안,"첫 줄\n둘째 줄"\n\n싯다르타,\n'
    assert [record.row for record in opened(written(tmp_path, "list.csv", content)).records] == [2, 5]


def test_short_rows_are_filled_and_long_rows_are_problems(tmp_path: Path) -> None:
    content = "서명,저자,출판사\n데미안,헤세\n수레바퀴 아래서,헤세,민음사,,\n셰프, 어때,유재덕,토크쇼\n"
    path = written(tmp_path, "list.csv", content)
    assert [value["title"] for value in values(path)] == ["데미안", "수레바퀴 아래서"]
    (problem,) = problems(path)
    assert problem.row == 4
    assert "4 cells under 3 columns" in problem.reason


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    rest = "".join(f"책 {number},저자\n" for number in range(300))
    path = written(tmp_path, "list.csv", f'서명,저자\n데미안,헤세\n"싯다르타,헤세\n{rest}')
    assert [value["title"] for value in values(path)] == ["데미안", *(f"책 {number}" for number in range(300))]
    assert [problem.row for problem in problems(path)] == [3]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("array.json", json.dumps([{"title": "데미안"}, {"title": "싯다르타", "publisher": "민음사"}])),
        ("wrapped.json", json.dumps({"books": [{"title": "데미안"}, {"title": "싯다르타", "publisher": "민음사"}]})),
        ("lines.jsonl", '{"title": "데미안"}\n\n{"title": "싯다르타", "publisher": "민음사"}\n'),
        ("lines.json", '{"title": "데미안"}\n{"title": "싯다르타", "publisher": "민음사"}'),  # whatever it is called
    ],
)
def test_json_is_read_in_every_shape(tmp_path: Path, name: str, content: str) -> None:
    assert values(written(tmp_path, name, content)) == [
        {"title": "데미안"},
        {"title": "싯다르타", "publisher": "민음사"},
    ]


def test_a_single_json_object_is_one_record(tmp_path: Path) -> None:
    history = {"reader_id": "haneul", "read_books": [{"title": "데미안"}]}
    assert values(written(tmp_path, "one.json", json.dumps(history)), HISTORY) == [history]


def test_broken_json_lines_are_problems_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, "lines.jsonl", '{"title": "데미안"}\n{"title":\n[1, 2]\n{"title": "싯다르타"}\n')
    assert [value["title"] for value in values(path)] == ["데미안", "싯다르타"]
    assert [problem.row for problem in problems(path)] == [2, 3]


def test_two_columns_of_one_field_are_both_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", "title,categories,simple_categories\nGilead,Fiction / Family,Fiction\n")
    assert values(path) == [{"title": "Gilead", "categories": ["Fiction / Family", "Fiction"]}]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty.csv: the file is empty"),
        ("mark.csv", b"\xef\xbb\xbf\n", "mark.csv: the file is empty"),
        ("binary.csv", b"\x00\x01\x02\x9f" * 100, "binary.csv: this is a binary file"),
        ("noise.csv", bytes(range(1, 256)) * 20, "noise.csv: this is a binary file"),
        ("paper.csv", b"%PDF-1.4 ...", "paper.csv: this is a PDF document"),
        ("page.xls", "<html><table><tr><td>서명".encode(), "page.xls: this is a web page"),
        ("cut.xlsx", b"PK\x03\x04 no workbook", "cut.xlsx: the workbook cannot be read"),
        ("mixed.csv", "서명\n데미안\n".encode() + b"\xff\xfe\x80", r"mixed\.csv, line 3: the bytes ff fe 80 are neither UTF-8 nor CP949"),
        ("names.csv", "이름,작가\n데미안,헤세\n".encode(), "names.csv: no title column; the columns seen are: 이름, 작가"),
        ("broken.json", b'[{"title": "a"}, {"title":}]', "broken.json, line 1, character 27"),
        ("other.json", b'[{"name": "a"}]', "other.json: no title column; the columns seen are: name"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used_say_why_and_what_to_do(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        list(opened(path).records)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        opened(tmp_path / "missing.csv")
    with pytest.raises(InputError, match="cannot be read"):
        opened(tmp_path)
