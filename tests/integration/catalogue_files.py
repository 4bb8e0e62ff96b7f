"""Files as libraries export them, for the tests of loading."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl

DLS_HEADER = [
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
DLS_ROWS: list[list[Any]] = [
    [1, "단행본", "EM0000001", "데미안", "헤르만 헤세 지음;전영애 옮김", "민음사", 2009, "808 세18민 v.44", "2010.03.02", "대출가능", "종합자료실", "9788937460449"],
    [2, "단행본", "EM0000002", "데미안", "헤르만 헤세 지음;전영애 옮김", "민음사", 2009, "808 세18민 v.44 c.2", "2010.03.02", "대출중", "종합자료실", "9788937460449"],
    [3, "단행본", "EM0000003", "삼국지. 1: 도원에 피는 의", "나관중 지음;이문열 평역", "민음사", 2002, "823.5 나18삼 v.1", "2003.05.06", "분실", "종합자료실", ""],
    [4, "단행본", "EM0000004", "삼국지. 10: 오장원에 지는 별", "나관중 지음;이문열 평역", "민음사", 2002, "823.5 나18삼 v.10", "2003.05.06", "비치도서", "종합자료실", ""],
    [5, "단행본", "EM0000005", "강아지똥", "권정생 글;정승각 그림", "길벗어린이", 1996, "유 813.8 권73ㄱ", "2003.05.06", "대출가능", "유아자료실", "9788986621136"],
    [6, "단행본", "EM0000006", "궁. 1", "박소희 글·그림", "서울문화사", 2002, "C 657.1 박55ㄱ v.1", "2003.05.06", "소재불명", "만화방", ""],
    [7, "단행본", "EM0000007", "침묵을 배우는 시간 : 말이 넘쳐나는 세상 속, 더욱 빛을 발하는 침묵의 품격", "코르넬리아 토프 지음 ;장혜경 옮김", "서교책방", 2024, "199.1 토897ㅊ", "2024.05.06", "대출가능", "종합자료실", ""],
]  # fmt: skip

KOLAS = """등록번호,본표제,저작자,발행자,발행년,별치기호,청구기호,자료실명,배가상태,ISBN
EMC1,채식주의자 : 한강 연작소설,한강 지음,창비,2007,,813.7-한12채=2,종합자료실,비치중,9788936433598
EMC2,구름빵,백희나 글·그림,한솔수북,2004,아,813.8-백98ㄱ,어린이자료실,대출중,
"""

NARU = """번호,도서명,저자,출판사,발행년도,ISBN,세트 ISBN,부가기호,권,주제분류번호,도서권수,대출건수,등록일자
1,불편한 편의점 :김호연 장편소설,지은이: 김호연,나무옆의자,2021,9791161571188,,03810,,813.7,3,120,2021-05-01
2,해리 포터와 마법사의 돌,지은이: J.K. 롤링 ;옮긴이: 강동혁,문학수첩,2019,9788983927620,9788983927613,04840,1,843.6,2,45,2021-05-01
"""

DESCRIPTIONS = [
    {"title": "데미안", "author": "헤르만 헤세", "isbn": "9788937460449", "description": "알을 깨고 나오려는 소년의 이야기입니다.", "keywords": ["성장", "자아"], "moods": ["thoughtful"], "audience": "teens"},
    {"title": "강아지똥", "author": "권정생", "description": "쓸모없다던 것이 꽃을 피웁니다.", "moods": ["warm"], "audience": "children"},
]  # fmt: skip

HISTORY = {
    "read_books": [
        {
            "title": "침묵을 배우는 시간 : 말이 넘쳐나는 세상 속, 더욱 빛을 발하는 침묵의 품격",
            "author": "코르넬리아 토프 지음 ;장혜경 옮김",
            "rating": 4.0,
            "review": "따뜻한 위로가 되는 에세이",
            "read_date": "2024-01-20",
            "genre": ["에세이", "자기계발"],
        },
        {
            "title": "완벽이라는 중독",
            "author": "토머스 커런 지음 ;김문주 옮김",
            "rating": 4.5,
            "read_date": "2024-01-05",
            "genre": ["심리학"],
        },
    ]
}

PREFERENCES = {
    "preferences": {
        "genres": [{"name": "심리학", "weight": 0.8}, {"name": "에세이", "weight": 0.6}],
        "reading_style": {"preferred_length": "중간", "complexity_level": "쉬움", "tone": "따뜻함"},
        "keywords": ["불안", "위로"],
        "avoid_topics": ["공포"],
    }
}


def write_dls_workbook(path: Path) -> Path:
    """A workbook as 독서로 DLS exports it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "리스트 반출"
    for row in (DLS_HEADER, *DLS_ROWS):
        sheet.append(row)
    workbook.save(path)
    return path


def write_csv(path: Path, *, encoding: str = "utf-8-sig") -> Path:
    """The same list as CSV."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows([DLS_HEADER, *DLS_ROWS])
    return path


def write_json(path: Path, document: Any) -> Path:
    """A JSON document."""
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def write_jsonl(path: Path, records: list[dict[str, Any]]) -> Path:
    """A JSON document a line."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def write_large_csv(path: Path, books: int) -> Path:
    """So many different books: enough rows that a load can be killed in the middle of them."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["등록번호", "서명", "저자", "출판사", "발행년", "청구기호"])
        for number in range(books):
            writer.writerow(
                [
                    f"L{number:06d}",
                    f"마을 도서관 이야기 {number:05d}호",
                    f"지은이{number % 97}",
                    "서가출판",
                    1990 + number % 35,
                    f"{number % 1000:03d} 이{number % 99:02d}ㅁ",
                ]
            )
    return path
