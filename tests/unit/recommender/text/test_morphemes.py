import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recommender.errors import SettingsError
from recommender.text.morphemes import LONGEST_TEXT, Analyzer, Morpheme

TITLES = [
    "나의 라임 오렌지나무",
    "(만화로 보는)맨큐의 경제학. 06: 화폐와 환율의 작동원리",
    "The Curious Incident of the Dog in the Night-time",
    "",
    "시황제(始皇帝)의 천하통일",
    "나의 라임 오렌지나무",
    "K-pop과 C언어, MBTI철학",
]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("나의 라임 오렌지나무", ["나", "라임", "오렌지", "오렌지나무", "나무"]),
        ("나의라임오렌지나무", ["나", "나의라임오렌지나무", "라임", "라임오렌지나무", "오렌지", "나무"]),
        ("(만화로 보는)맨큐의 경제학. 06", ["만화", "보다", "보는", "맨큐", "경제학", "6", "06"]),
        ("채식주의자들이 걸었다", ["채식", "주의자", "채식주의자", "채식주의자들", "걷다", "걸었다"]),
        ("C++과 A4용지", ["c++", "a4", "a4용지", "용지"]),
        ("C언어와 K팝", ["c", "c언어", "언어", "k", "k팝", "팝"]),
        ("관상의 神, 三國志", ["관상", "신", "神", "삼국지", "三國志"]),
        ("Les Misérables", ["les", "miser", "miserables"]),
        ("신라·가야", ["신라", "가야"]),
        ("82년생 김지영", ["82", "82년생", "김지영"]),
        ("크리스마스", ["크리스마스"]),  # two names make no common noun
        ("그리고", ["그리고"]),
        ("!!!", []),
        ("", []),
    ],
)
def test_document_tokens(analyzer: Analyzer, text: str, tokens: list[str]) -> None:
    assert analyzer.document_tokens(text) == tokens


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("나의 라임 오렌지나무", "나의라임오렌지나무"),
        ("나의라임오렌지나무", "나의 라임 오렌지 나무"),
        ("채식주의자", "채식 주의자"),
        ("해리 포터와 비밀의 방", "해리포터 비밀의방"),
        ("닥터 프로스트", "닥터프로스트"),
        ("독서교육의 실제", "독서 교육"),
        ("三國志", "삼국지"),
        ("삼국지", "三國志"),
        ("조선왕조실록. 09", "조선왕조실록 9"),
        ("Gulliver's Travels", "gullivers travel"),
        ("Les Misérables", "les miserables"),
        ("K-pop의 역사", "kpop"),
        ("4·19 혁명", "419혁명"),
        ("아스테릭스와 오벨릭스", "아스테릭스"),
        ("걸어서 지구를 만나다", "걷다"),
    ],
)
def test_spellings_meet(analyzer: Analyzer, title: str, query: str) -> None:
    assert set(analyzer.query_tokens(query).match) <= set(analyzer.document_tokens(title))


def test_homonyms_are_kept_apart_by_the_dictionary_form(analyzer: Analyzer) -> None:
    assert "사다" in analyzer.document_tokens("꽃을 사는 사람")
    assert "사" not in analyzer.document_tokens("꽃을 사는 사람")


def test_many_texts_give_what_single_texts_give(analyzer: Analyzer) -> None:
    assert analyzer.document_tokens_many(TITLES) == [analyzer.document_tokens(title) for title in TITLES]
    assert analyzer.morphemes_many(TITLES) == [analyzer.morphemes(title) for title in TITLES]
    assert analyzer.document_tokens_many([]) == []


def test_many_texts_share_no_list(analyzer: Analyzer) -> None:
    first, second = analyzer.document_tokens_many(["데미안", "데미안"])
    first.append("x")
    assert second == ["데미안"]


def test_morphemes_stand_where_they_say(analyzer: Analyzer) -> None:
    assert analyzer.morphemes("책을 읽었다. C++") == (
        Morpheme("책", "NNG", 0, 1),
        Morpheme("을", "JKO", 1, 2),
        Morpheme("읽", "VV", 3, 4),
        Morpheme("었", "EP", 4, 5),
        Morpheme("다", "EF", 5, 6),
        Morpheme("C++", "SL", 8, 11),
    )


def test_offsets_are_into_the_text_as_given(analyzer: Analyzer) -> None:
    text = unicodedata.normalize("NFD", "😀 라임 ") + "오렌지　ＣＡＴ"
    found = {
        morpheme.form: unicodedata.normalize("NFC", text[morpheme.start : morpheme.end])
        for morpheme in analyzer.morphemes(text)
    }
    assert found == {"라임": "라임", "오렌지": "오렌지", "CAT": "ＣＡＴ"}


def test_long_texts_are_read_in_pieces_without_losing_their_place(analyzer: Analyzer) -> None:
    text = "도서관에서 소설을 읽었다. " * 400
    found = [morpheme for morpheme in analyzer.morphemes(text) if morpheme.form == "소설"]
    assert len(found) == 400
    assert {text[morpheme.start : morpheme.end] for morpheme in found} == {"소설"}


@pytest.mark.parametrize(
    "text",
    [
        "가" * 200_000,
        "ㅋ" * 1_000_000,
        "a" * 1_000_000,
        "國" * 200_000,
        "7" * 1_000_000,
        "나의라임오렌지나무" * 2_000,
        "の國" * 5_000,
    ],
)
def test_no_text_is_too_much_and_no_token_too_long(analyzer: Analyzer, text: str) -> None:
    tokens = analyzer.document_tokens(text)
    assert 0 < len(tokens) < LONGEST_TEXT
    assert all(token and len(token) <= 100 and not any(map(str.isspace, token)) for token in tokens)


def test_tokens_have_no_separator_of_either_engine(analyzer: Analyzer) -> None:
    text = "라임\u3000오렌지\u001c나무\u00a0책\u2028글\u200b꽃\x00별 half\ud800"
    tokens = analyzer.document_tokens(text)
    assert {"라임", "오렌지", "나무", "책", "글", "꽃", "별", "half"} <= set(tokens)
    assert all(unicodedata.is_normalized("NFC", token) and token.isprintable() and " " not in token for token in tokens)


def test_many_threads_get_the_same_answers() -> None:
    analyzer = Analyzer(num_workers=1)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(analyzer.document_tokens, TITLES * 8))
    assert answers == analyzer.document_tokens_many(TITLES * 8)


def test_user_words_are_read_as_one(tmp_path: Path) -> None:
    dictionary = tmp_path / "words.tsv"
    dictionary.write_text("라임오렌\tNNP\t5\n", encoding="utf-8")
    with_word = Analyzer(dictionary, num_workers=1)
    assert with_word.document_tokens("라임오렌") == ["라임오렌"]
    assert with_word.fingerprint != Analyzer(num_workers=1).fingerprint


def test_the_fingerprint_is_of_contents_not_of_files(tmp_path: Path) -> None:
    plain, commented = tmp_path / "a.tsv", tmp_path / "b.tsv"
    plain.write_text("꾸뻬\tNNP\n", encoding="utf-8")
    commented.write_text("# 이름\n꾸뻬\tNNP\t0\n", encoding="utf-8")
    assert Analyzer(plain).fingerprint == Analyzer(commented).fingerprint


def test_a_wrong_dictionary_is_told_at_once(tmp_path: Path) -> None:
    wrong = tmp_path / "words.tsv"
    wrong.write_text("꾸뻬\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 1"):
        Analyzer(wrong)


def test_nothing_heavy_is_loaded_before_the_first_korean_text() -> None:
    program = (
        "import sys; from recommender.text.morphemes import Analyzer; import recommender.text.spelling, recommender.text.highlighting, recommender.text.isbn\n"
        "analyzer = Analyzer(); analyzer.fingerprint; analyzer.query_tokens('The Giver 1984')\n"
        "print([name for name in ('kiwipiepy', 'rapidfuzz', 'yaml') if name in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout == "[]\n"


def test_warming_up_loads_what_the_first_question_needs() -> None:
    program = (
        "import sys; from recommender.text.morphemes import Analyzer\n"
        "Analyzer(num_workers=1).warm_up(); print({'kiwipiepy', 'hanja.table'} <= set(sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout == "True\n"
