from pathlib import Path

import pytest

from indexer.appeal.tables import read_table, write_table
from recommender.appeal.applying import Codes, appraised
from recommender.errors import InputError, NotFoundError
from recommender.models import AppealFacet, AppealSource, AppealTerm, Book, Depth, Effect, Mood, Pace, Person

MOOD, EFFECT, PACE, DEPTH = AppealFacet.MOOD, AppealFacet.EFFECT, AppealFacet.PACE, AppealFacet.DEPTH

SAID: Codes = {MOOD: (Mood.WARM, Mood.COMFORTING), PACE: (Pace.SLOW,), DEPTH: ()}
SHOP = appraised(
    Book(id="b1", title="불편한 편의점", people=(Person("김호연"),), moods=(Mood.WITTY,)),
    SAID,
    (AppealTerm(EFFECT, Effect.COMFORT, 0.62, AppealSource.ESTIMATED),),
)
FORMULA = Book(id="b2", title="=1+1은 귀요미", people=(Person("@작가"),))
BOOKS = {"b1": SHOP, "b2": FORMULA, "old": SHOP}


def find(book_id: str) -> Book:
    if book_id not in BOOKS:
        raise NotFoundError(f"there is no book {book_id!r}")
    return BOOKS[book_id]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "ko",
            [
                "책번호,제목,저자,분위기,효과,속도,깊이,기록과 추정",
                'b1,불편한 편의점,김호연,따뜻한; 위로가되는,,느린,없음,"재치있는, 위로? 62%"',
                "b2,'=1+1은 귀요미,'@작가,,,,,",
            ],
        ),
        (
            "en",
            [
                "book_id,title,author,mood,effect,pace,depth,record and estimates",
                'b1,불편한 편의점,김호연,warm; comforting,,slow,none,"witty, comfort? 62%"',
                "b2,'=1+1은 귀요미,'@작가,,,,,",
            ],
        ),
    ],
)
def test_a_table_that_is_read_back_says_what_it_said(tmp_path: Path, language: str, lines: list[str]) -> None:
    path = tmp_path / "appeal.csv"
    assert write_table(path, [(SHOP, SAID), (FORMULA, {})], language) == 2
    assert path.read_bytes().decode("utf-8-sig").splitlines() == lines
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # or Excel shows Korean as letters of Latin
    assert read_table(path, find) == [(SHOP, SAID), (FORMULA, {})]


def test_a_table_as_excel_saves_it_in_korea_is_read(tmp_path: Path) -> None:
    path = tmp_path / "분위기.csv"
    path.write_bytes('책번호,분위기,깊이\r\nold,"따뜻한, 희망찬",깊이\r\n'.encode("cp949"))
    assert read_table(path, find) == [(SHOP, {MOOD: (Mood.WARM, Mood.HOPEFUL), DEPTH: (Depth.DEEP,)})]


def test_every_mistake_is_named_with_its_row_and_what_could_stand_there(tmp_path: Path) -> None:
    path = tmp_path / "appeal.csv"
    path.write_text(
        "book_id,mood,pace\nb1,어두운,slow\nb9,warm,\nb2,,slow; fast\nb1,warm,\nold,sad,\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as raised:
        read_table(path, find)
    assert str(raised.value).splitlines() == [
        "appeal.csv: nothing was changed, because of",
        f'  row 2: mood "어두운": this is none of {", ".join(Mood)}',
        '  row 3: book_id "b9": the catalogue has no book with this id',
        '  row 4: pace "slow; fast": a book has one pace only; keep one of them',
        '  row 6: book_id "old": an earlier row says otherwise of the same book',
    ]


def test_a_table_without_ids_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "appeal.csv"
    path.write_text("제목,분위기\n아몬드,슬픈\n", encoding="utf-8")
    with pytest.raises(InputError, match="no book_id column"):
        read_table(path, find)
