"""Hanja as Korean reads them, by the dictionary of the National Institute of Korean Language."""

import pytest

from recommender.text.hanja_readings import read_hanja


@pytest.mark.parametrize(
    ("hanja", "reading"),
    [
        ("論語", "논어"),  # the law of initial sounds
        ("女人", "여인"),
        ("少女", "소녀"),
        ("老子", "노자"),
        ("敬老", "경로"),
        ("李殷相", "이은상"),
        ("朝鮮女人", "조선여인"),  # two words, each with its own initial
        ("中國歷史", "중국역사"),
        ("男女老少", "남녀노소"),
        ("萬里長城", "만리장성"),
        ("三國志", "삼국지"),
        ("不動産", "부동산"),
        ("不安", "불안"),
        ("不正", "부정"),
        ("確率", "확률"),
        ("比率", "비율"),
        ("音樂", "음악"),
        ("樂園", "낙원"),
        ("六月", "유월"),
        ("復活", "부활"),
        ("金英夏", "김영하"),
        ("金九", "김구"),
        ("金剛經", "금강경"),
        ("金閣寺", "금각사"),
        ("沈從文", "심종문"),
        ("沈淸傳", "심청전"),
        ("沈默", "침묵"),
        ("洪吉童傳", "홍길동전"),
        ("柳寬順", "유관순"),
        ("", ""),
    ],
)
def test_reading(hanja: str, reading: str) -> None:
    assert read_hanja(hanja) == reading
