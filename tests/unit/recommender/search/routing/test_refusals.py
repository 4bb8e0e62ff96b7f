"""What people refuse in natural words, and what is left to look for."""

from collections.abc import Callable

import pytest

from recommender.search.request import Filters
from recommender.search.routing.values import Understood

ROWS = [
    ("만화 말고", "", "without=만화"),
    ("만화 말고 우주", "우주", "without=만화"),
    ("만화 말고 우주 이야기 추천해 줘", "우주 이야기", "without=만화"),
    ("우주 만화 말고 소설", "우주 소설", "without=만화"),
    ("시험 문제집은 빼고 수학", "수학", "without=문제집"),
    ("과학책 추천해 주세요 만화는 빼고요", "과학책", "without=만화"),
    ("판타지 아닌 소설", "소설", "without=판타지"),
    ("공포 제외", "", "without=공포"),
    ("공포 제외하고 추리소설", "추리소설", "without=공포"),
    ("연애 이야기 없는 판타지", "판타지", "without=연애"),
    ("로맨스 없는 판타지 소설", "판타지 소설", "without=로맨스"),
    ("추리 소설 말고 로맨스 소설", "로맨스 소설", "without=추리"),
    ("추리소설 말고 다른 책", "", "without=추리"),
    ("만화나 그림책은 빼고 공룡", "공룡", "without=만화, 그림책"),
    ("만화, 그림책 제외 공룡", "공룡", "without=만화, 그림책"),
    ("어린이책 빼고 우주", "우주", "without=어린이책"),
    ("만화는 싫고 재미있는 역사책", "재미있는 역사책", "without=만화"),
    ("연애가 안 나오는 소설", "소설", "without=연애"),
    ("주식 말고 부동산 책", "부동산", "without=주식"),
    ("not a textbook", "", "without=textbook"),
    ("space books not comics", "space", "without=comics"),
    ("chemistry but not a textbook", "chemistry", "without=textbook"),
    ("no comics", "", "without=comics"),
    ("no comics or manga dinosaurs", "dinosaurs", "without=comics, manga"),
    ("stories without romance", "stories", "without=romance"),
    ("books about dinosaurs except manga", "books about dinosaurs", "without=manga"),
    ("japanese books other than manga", "japanese", "without=manga"),
    ("만화책 말고 공룡책", "공룡책", "without=만화책"),
    ("웹툰 빼고", "", "without=웹툰"),
    ("그림책 제외하고 7살이 볼 책", "", "without=그림책; reader=preschool,children"),
    ("문제집 말고 수학 이야기", "수학 이야기", "without=문제집"),
    ("수험서 제외", "", "without=수험서"),
    ("소설 말고 에세이", "에세이", "without=소설"),
    ("시집 말고 소설 추천해 줘", "소설", "without=시집"),
    ("역사책인데 만화는 아닌 책", "역사책", "without=만화"),
    ("공룡 책 (만화 제외)", "공룡", "without=만화"),
    ("잡지 빼고 과학", "과학", "without=잡지"),
    ("사전 말고", "", "without=사전"),
    ("공포 이야기는 싫어요 재밌는 책", "", "without=공포"),
    ("전쟁 이야기 없는 역사책", "역사책", "without=전쟁"),
    ("일본 소설 말고 한국 소설", "한국 소설", "without=일본 소설"),
    ("자기계발서 말고 소설", "소설", "without=자기계발서"),
    ("추리소설 빼고 스릴러", "스릴러", "without=추리"),
    ("판타지 말고 현실적인 청소년 소설", "현실적인 소설", "without=판타지; reader=teens"),
    ("어린이책 제외", "", "without=어린이책"),
    ("학습만화 빼고 역사", "역사", "without=학습만화"),
    ("로맨스물 빼 주세요 판타지 소설로", "판타지 소설로", "without=로맨스물"),
    ("사랑 이야기가 아닌 시집", "시집", "without=사랑"),
    ("dinosaurs, no picture books", "dinosaurs", "without=picture books"),
    ("fantasy without romance", "fantasy", "without=romance"),
    ("mystery novels excluding horror", "mystery novels", "without=horror"),
    ("history books apart from war", "history", "without=war"),
    ("anything but fantasy", "", "without=fantasy"),
    ("cookbooks except baking", "cookbooks", "without=baking"),
    ("non-fiction", "", "without=fiction"),
]


@pytest.mark.parametrize(("query", "words", "said"), ROWS)
def test_what_is_refused_is_left_out(says: Callable[[str], tuple[str, str]], query: str, words: str, said: str) -> None:
    assert says(query) == (words, said)


def test_a_kind_is_left_out_by_every_way_a_record_tells_it(read: Callable[[str], Understood]) -> None:
    limits = read("만화나 소설 말고 어린이책도 빼고 우주").limits

    assert limits.without_forms == ("comic",)
    assert limits.without_audiences == ("children", "preschool")
    assert {"813", "833", "843"} <= set(limits.without_kdc)
    assert {"만화", "소설"} <= set(limits.without_words)


def test_what_is_no_kind_of_book_is_left_out_by_its_word(read: Callable[[str], Understood]) -> None:
    assert read("주식 말고 부동산 책").limits == Filters(without_words=("주식",))
