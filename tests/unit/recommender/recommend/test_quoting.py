import pytest

from recommender.recommend.composing.quoting import is_in_language, telling_sentence

FIRST = "데미안은 싱클레어가 자기를 찾아 가는 이야기입니다."
SECOND = "불안한 시절을 지나는 청소년에게 알맞은 소설입니다."


@pytest.mark.parametrize(
    ("description", "words", "language", "sentence"),
    [
        (f"{FIRST} {SECOND}", ["불안"], "ko", SECOND),
        (f"{FIRST} {SECOND}", [], "ko", FIRST),
        (f"{FIRST}\n\n{SECOND}", ["없는 말"], "ko", FIRST),
        ("", ["불안"], "ko", ""),
        ("좋은 책. 읽자!", [], "ko", ""),  # too short to say anything
        ("가" * 200 + ".", [], "ko", ""),  # too long to be a reason
        ("한 소년이 자기를 찾아 가는 이야기를 그린", [], "ko", ""),  # cut off by whoever made the record
        ("<b>세계적인 베스트셀러를 지금 만나 보세요!</b> 정말로요.", [], "ko", ""),  # a scrap of a web page
        (f"주문은 https://example.com 에서 하시면 됩니다. {FIRST}", [], "ko", FIRST),
        (FIRST, [], "en", ""),  # who asks in English may not read Korean
        ("A boy with an unusual face finds friends. 원더입니다.", ["Friends"], "en", "A boy with an unusual face finds friends."),
        ("A boy with an unusual face finds friends.", [], "ko", ""),
    ],
)  # fmt: skip
def test_the_sentence_that_says_most_of_what_was_asked(
    description: str, words: list[str], language: str, sentence: str
) -> None:
    assert telling_sentence(description, words, language=language) == sentence


@pytest.mark.parametrize(
    ("text", "korean", "english"),
    [
        ("파이썬으로 배우는 알고리즘", True, False),
        ("Python과 PyTorch로 배우는 딥러닝 입문", True, False),
        ("Learning Python", False, True),
        ("人間失格", False, True),  # a script of neither: not Korean
        ("123 !?", False, False),
        ("", False, False),
    ],
)
def test_the_script_tells_the_language(text: str, *, korean: bool, english: bool) -> None:
    assert (is_in_language(text, "ko"), is_in_language(text, "en")) == (korean, english)
