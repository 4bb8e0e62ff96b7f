import pytest

from recommender.recommend.prose import tidy

GOOD = "불안한 밤에 몇 쪽씩 읽으며 마음을 가라앉힐 수 있습니다."
MORE = "고전을 몰라도 어렵지 않습니다."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (GOOD, GOOD),
        (f"{GOOD} {MORE}", f"{GOOD} {MORE}"),
        (f"{GOOD} {MORE} 그리고 이 책은", f"{GOOD} {MORE}"),  # cut off at the token limit
        (f"<think>사용자는 불안하다. 1번이 좋겠다.</think>\n\n{GOOD}", GOOD),
        (f"사용자는 불안하다.</think>{GOOD}", GOOD),  # the template opened the thought
        ("<think>사용자는 불안하다. 그래서 나는", ""),  # thought until its tokens were gone
        (f'"{GOOD}"', GOOD),
        (f"“{GOOD}”", GOOD),
        (f"추천 이유: {GOOD}", GOOD),
        (f"**이유**: {GOOD}", GOOD),
        (f"- {GOOD}\n- {MORE}", f"{GOOD} {MORE}"),
        (f"1. {GOOD}\n2) {MORE}", f"{GOOD} {MORE}"),
        (f"『데미안』: {GOOD}", GOOD),
        (f"데미안 - {GOOD}", GOOD),
        (f"데미안은 {GOOD}", f"데미안은 {GOOD}"),  # a subject is no heading
        (f"```text\n{GOOD}\n```", GOOD),
        (f"{GOOD}<|im_end|><|endoftext|>", GOOD),
        (f"{GOOD} {GOOD} {GOOD}", GOOD),  # a small model in a loop
        (f"{GOOD} {MORE} 셋째로 좋은 문장입니다. 넷째로 좋은 문장입니다.", f"{GOOD} {MORE} 셋째로 좋은 문장입니다."),
        ("공자는 ‘논어’에서 이렇게 말했습니다. 3.5점을 받은 책입니다.", "공자는 ‘논어’에서 이렇게 말했습니다. 3.5점을 받은 책입니다."),
        ("좋습니다.", ""),  # says nothing
        ("", ""),
        ("불안한 밤에 읽기 좋은", ""),  # no sentence at all
        ("Sure! Here is why you should read this book.", ""),  # not the reader's language
        ("这本书可以帮助你平静下来。非常适合你。", ""),
        ("불안\ufffd한 밤에 몇 쪽씩 읽으며 쉴 수 있습니다.", ""),  # half a letter
        ("가나다라마바사아자차카타파하 " * 60 + "끝입니다.", ""),  # no reason but a text
    ],
)  # fmt: skip
def test_only_whole_sentences_in_the_readers_language_are_shown(written: str, shown: str) -> None:
    assert tidy(written, title="데미안", language="ko") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Why: It is a calm book for anxious nights. It also", "It is a calm book for anxious nights."),
        ("Holes: A clever tale of luck, e.g. of treasure.", "A clever tale of luck, e.g. of treasure."),
        ("이 책은 한국어로 쓰인 추천입니다.", ""),
    ],
)
def test_english_is_tidied_alike(written: str, shown: str) -> None:
    assert tidy(written, title="Holes", language="en") == shown


def test_a_title_with_signs_of_its_own_is_taken_as_it_is() -> None:
    assert tidy(f"(만화)토지? [1]: {GOOD}", title="(만화)토지? [1]", language="ko") == GOOD
    assert tidy(GOOD, title="", language="ko") == GOOD
