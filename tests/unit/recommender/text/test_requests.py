import pytest

from recommender.text.morphemes import Analyzer
from recommender.text.requests import QueryTokens


@pytest.mark.parametrize(
    ("query", "match"),
    [
        # Words of a request go, what it is about stays.
        ("힘들 때 읽을 만한 따뜻한 소설 추천해줘", ("힘들다", "따뜻", "소설")),
        ("우주에 관한 책 있나요?", ("우주",)),
        ("친구와 싸웠을 때 보면 좋은 책 알려줘", ("친구", "싸우다")),
        ("What should I read about the French Revolution?", ("french", "revolut")),
        ("please recommend some good books about cats", ("cat",)),
        ("중학생이 읽기 좋은 과학책", ("중학", "과학")),
        ("파이썬 처음 배우는 사람을 위한 책", ("파이썬", "처음", "배우다")),
        ("엄마와의 관계가 힘든 사람에게 권할 만한 책", ("엄마", "관계", "힘들다")),
        # One word alone would match far too much.
        ("나는 나로 살기로 했다", ("나", "살다")),
        ("어떻게 살 것인가", ("어떻다", "살다")),
        # The same words in a title stay.
        ("책은 도끼다", ("책", "도끼")),
        ("책 먹는 여우", ("책", "먹다", "여우")),
        ("The Book Thief", ("book", "thief")),
        ("나의라임오렌지나무", ("라임", "오렌지", "나무")),
        ("있다는 것의 의미", ("의미",)),
        ("The Giver", ("giver",)),
        # Unless nothing else was said.
        ("좋은 책 추천해줘", ("좋다", "책", "추천")),
        ("나", ("나",)),
        ("있다", ("있다",)),
        ("the of", ("the", "of")),
        ("것", ("것",)),
        ("C++ 입문", ("c++", "입문")),
        ("?!", ()),
        ("", ()),
    ],
)
def test_what_must_be_found(analyzer: Analyzer, query: str, match: tuple[str, ...]) -> None:
    assert analyzer.query_tokens(query).match == match


def test_wholes_only_score(analyzer: Analyzer) -> None:
    assert analyzer.query_tokens("독서교육 채식주의자") == QueryTokens(
        match=("독서", "교육", "채식", "주의자"),
        score=("독서", "독서교육", "교육", "채식", "주의자", "채식주의자"),
        words=("독서교육", "채식주의자"),
    )


def test_small_korean_words_of_a_title_still_score_and_english_ones_only_by_themselves(analyzer: Analyzer) -> None:
    assert "나" in analyzer.query_tokens("나의 라임 오렌지나무").score
    assert analyzer.query_tokens("The Giver").score == ("giver",)
    assert analyzer.query_tokens("It").score == ("it",)


def test_a_request_leaves_no_trace_in_what_scores(analyzer: Analyzer) -> None:
    score = analyzer.query_tokens("따뜻한 소설 추천해줘").score
    assert score == ("따뜻", "따뜻한", "소설")


def test_words_are_as_typed_without_signs_around_them(analyzer: Analyzer) -> None:
    assert analyzer.query_tokens("「데미안」, Gulliver’s  C++!").words == ("데미안", "Gulliver's", "C++")
