import random
from pathlib import Path

import pytest

from recommender.call_numbers import (
    call_number_keys,
    natural_order,
    parse_call_number,
    read_shelf_prefixes,
    shelf_order,
)
from recommender.errors import SettingsError
from recommender.models import CallNumber, Form

PREFIXES = read_shelf_prefixes()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # prefix, class, author mark, volume, copy
        ("C 863 에296틴 v.5 c.2", ("C", "863", "에296틴", "5", "2")),
        ("813.6 김294가 c.4", ("", "813.6", "김294가", "", "4")),
        ("808 세18민 v.5 c.4", ("", "808", "세18민", "5", "4")),
        ("W 843 S111h c.12", ("W", "843", "S111h", "", "12")),
        # KOLAS: hyphens between the parts, = before the copy, the prefix touching the class
        ("C863-에296틴-5=2", ("C", "863", "에296틴", "5", "2")),
        ("유 813.8-ㄱ123ㄴ-2", ("유", "813.8", "ㄱ123ㄴ", "2", "")),
        ("R031.2-ㄷ79ㄷ-v.2", ("R", "031.2", "ㄷ79ㄷ", "2", "")),
        # typing errors that do not change what is meant
        ("320,911 김192ㅌ v.5", ("", "320.911", "김192ㅌ", "5", "")),
        ("199..1 서57공", ("", "199.1", "서57공", "", "")),
        ("373.7경 경18ㄱ c.43", ("", "373.7", "경18ㄱ", "", "43")),
        ("598.1 ㅍ36 ㅁ", ("", "598.1", "ㅍ36ㅁ", "", "")),
        ("372.68 진295 v.l.6 c.2", ("", "372.68", "진295", "6", "2")),
        ("004.73이16ㅇ", ("", "004.73", "이16ㅇ", "", "")),
        ("Ｗ８４３　Ｋ55d", ("W", "843", "K55d", "", "")),
        # volumes that are no plain number
        ("480.25 ㅇ899ㄷ v.(하) c.2", ("", "480.25", "ㅇ899ㄷ", "하", "2")),
        ("029.8 디27다 v.C-5-1", ("", "029.8", "디27다", "C-5-1", "")),
        ("843 롤297해 v.5-4", ("", "843", "롤297해", "5-4", "")),
        ("813.5 한12 제3권", ("", "813.5", "한12", "3", "")),
        # an author mark that looks like another part
        ("327.856 제97ㅇ", ("", "327.856", "제97ㅇ", "", "")),
        ("W 843 C555", ("W", "843", "C555", "", "")),
        ("657.1 이195ㅅ2 v.7", ("", "657.1", "이195ㅅ2", "7", "")),
        # no call number at all
        ("미정", ("", "", "", "", "")),
        ("", ("", "", "", "", "")),
    ],
)
def test_call_numbers_are_taken_apart(text: str, parts: tuple[str, str, str, str, str]) -> None:
    read = parse_call_number(text, PREFIXES)
    assert (read.shelf_prefix, read.classification, read.author_mark, read.volume, read.copy) == parts


def test_a_call_number_keeps_its_text() -> None:
    assert parse_call_number(" C  863 에296틴 ", PREFIXES).text == "C 863 에296틴"


SHELF = [
    "004.73 이16ㅇ",
    "199.1 인58 v.2",
    "199.1 인58 v.10",
    "320 김12",
    "320.1 맨676ㅁ",
    "320.11 맨676ㅁ",
    "320.2 가12",
    "598.1 ㅍ36ㅁ",  # a bare consonant stands before its syllables
    "598.1 파12ㅁ",
    "813.6 김192가",  # 김192 before 김2: the digits are decimals
    "813.6 김2가",
    "813.6 김294가",
    "813.6 김294가 c.2",
    "813.6 김294가 c.10",
    "813.6 나12",
    "843 K55d",  # Latin marks behind Korean ones
    "C 657.1 박55ㄱ v.1",
    "C 657.1 박55ㄱ v.2",
    "W 843 K55d v.1",
]


def test_books_stand_in_the_order_of_a_korean_shelf() -> None:
    shuffled = random.Random(813).sample(SHELF, len(SHELF))
    ordered = sorted(shuffled, key=lambda text: shelf_order(parse_call_number(text, PREFIXES)))
    assert ordered == SHELF


def test_copies_without_a_call_number_come_last() -> None:
    numbers = [None, CallNumber("미정"), parse_call_number("W 999 Z99")]
    assert min(numbers, key=shelf_order) == parse_call_number("W 999 Z99")


@pytest.mark.parametrize(
    "volumes", [["1", "2", "10"], ["상", "중", "하"], ["1-1", "1-2", "2-1"], ["Ⅰ", "Ⅱ", "Ⅲ"], ["", "1"]]
)
def test_volumes_are_ordered_as_people_count(volumes: list[str]) -> None:
    shuffled = [*volumes[1:], volumes[0]]
    assert sorted(shuffled, key=natural_order) == volumes


def test_a_copy_is_looked_up_by_every_form_of_its_number() -> None:
    assert call_number_keys(parse_call_number("C 863 에296틴 v.5 c.2", PREFIXES)) == (
        "c863에296틴v.5c.2",
        "c863에296틴v.5",
        "c863에296틴",
        "863에296틴",
    )


def test_a_library_names_its_own_prefixes(tmp_path: Path) -> None:
    file = tmp_path / "prefixes.tsv"
    file.write_text("# 우리 도서관\n진\t진로 도서\tCareers\n만\t만화방\tComics\tcomic\n", encoding="utf-8")
    prefixes = read_shelf_prefixes(file)
    careers, comics = prefixes.named("진"), prefixes.named("만")
    assert careers is not None
    assert (careers.name_ko, careers.name_en, careers.form) == ("진로 도서", "Careers", None)
    assert comics is not None
    assert comics.form is Form.COMIC
    assert prefixes.named("C") is None


@pytest.mark.parametrize(("line", "said"), [("C", "line 1"), ("C\t만화\tComics\tcartoon", '"cartoon"')])
def test_a_broken_prefix_file_names_its_line(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "prefixes.tsv"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        read_shelf_prefixes(file)
