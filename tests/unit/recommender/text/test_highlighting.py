import unicodedata

import pytest

from recommender.text.highlighting import Fragment, highlight, snippet
from recommender.text.morphemes import Analyzer


def _marked(fragments: tuple[Fragment, ...]) -> str:
    return "".join(f"[{fragment.text}]" if fragment.matched else fragment.text for fragment in fragments)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("나의 라임 오렌지나무를 읽고", "오렌지 나무", "나의 라임 [오렌지나무]를 읽고"),
        ("나의라임오렌지나무를 읽고", "오렌지", "나의라임[오렌지]나무를 읽고"),
        ("천천히 걸었다. 아름다운 길", "걷다 아름답다", "천천히 [걸었다]. [아름다운] 길"),
        ("힘든 하루, 노래를 불러", "힘들다 부르다", "[힘든] 하루, 노래를 [불러]"),
        ("글을 써서 이겨 냈다. 따뜻한 방", "쓰다 이기다 따뜻하다", "글을 [써서] [이겨] 냈다. [따뜻한] 방"),
        ("2,022년의 K-pop", "2022 kpop", "[2,022]년의 [K-pop]"),
        ("三國志 이야기", "삼국지", "[三國志] 이야기"),
        ("Gulliver's Travels", "traveling", "Gulliver's [Travels]"),
        ("조선왕조실록. 09", "9", "조선왕조실록. [09]"),
        ("회사과장의 사과", "사과", "회사과장의 [사과]"),  # 회사 + 과장 holds no apple
        ("데미안", "토지", "데미안"),
        ("", "토지", ""),
    ],
)
def test_found_words_are_marked(analyzer: Analyzer, text: str, query: str, expected: str) -> None:
    assert _marked(highlight(text, analyzer.query_tokens(query).score, analyzer)) == expected


@pytest.mark.parametrize(
    "text",
    ["  나의 라임\n오렌지나무 ", unicodedata.normalize("NFD", "라임 오렌지"), "ＬＩＭＥ 라임\u200b오렌지", "😀 라임"],
)
def test_fragments_join_to_the_text_as_it_was(analyzer: Analyzer, text: str) -> None:
    fragments = highlight(text, ["라임", "오렌지", "lime"], analyzer)
    assert "".join(fragment.text for fragment in fragments) == text
    assert any(fragment.matched for fragment in fragments)


LONG = (
    "어느 작은 마을에 한 소년이 살았다. 소년은 날마다 강가에 나가 낚시를 했고 저녁이면 할머니 곁에서 옛이야기를 들었다. "
    "그러던 어느 날 하늘에서 이상한 빛이 내려왔다. 그 빛은 우주에서 온 탐사선이었고, 소년은 별을 여행하는 꿈을 꾸기 시작한다. "
    "과학을 사랑하는 모든 이에게 보내는 따뜻한 편지 같은 소설이다. 작가는 이 책으로 여러 상을 받았다."
)


def test_a_snippet_shows_where_the_query_was_answered(analyzer: Analyzer) -> None:
    shown = _marked(snippet(LONG, analyzer.query_tokens("우주 여행").score, analyzer, length=70))
    assert shown.startswith("… ")
    assert "[우주]에서 온 탐사선" in shown
    assert "[여행]하는" in shown
    assert shown.endswith(" …")


def test_a_snippet_is_cut_between_words_and_within_its_length(analyzer: Analyzer) -> None:
    for length in (20, 45, 80, 160):
        inner = "".join(fragment.text for fragment in snippet(LONG, ["과학", "작가"], analyzer, length)).strip("… ")
        assert 0 < len(inner) <= length
        assert set(inner.split()) <= set(LONG.split())


def test_without_a_find_a_snippet_is_the_beginning(analyzer: Analyzer) -> None:
    shown = "".join(fragment.text for fragment in snippet(LONG, ["공룡"], analyzer, length=30))
    assert LONG.startswith(shown.removesuffix(" …"))


def test_a_short_text_is_its_own_snippet(analyzer: Analyzer) -> None:
    assert snippet("우주 여행", ["우주"], analyzer) == (
        Fragment("우주", matched=True),
        Fragment(" 여행", matched=False),
    )


def test_one_word_longer_than_a_snippet_is_cut_through(analyzer: Analyzer) -> None:
    fragments = snippet("가나다라" * 100, ["우주"], analyzer, length=40)
    assert fragments == (Fragment("가나다라" * 10, matched=False), Fragment(" …", matched=False))
