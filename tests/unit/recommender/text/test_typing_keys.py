import pytest

from recommender.text.typing_keys import LONGEST_KEY, MOST_KEYS, initials_key, jamo_key, suggest_keys, typed_key

DEMIAN = suggest_keys(["데미안 = Demian : 소설"])
LIME = suggest_keys(["(청소년을 위한)나의 라임 오렌지나무"])


def _finds(keys: list[str], typed: str) -> bool:
    prefix = typed_key(typed)
    return prefix is not None and any(key.startswith(prefix) for key in keys)


@pytest.mark.parametrize(
    "typed", ["ㄷ", "데", "뎀", "데미", "데미ㅇ", "데밍", "데미아", "데미안", "ㄷㅁ", "ㄷㅁㅇ", "dem", "Demian"]
)
def test_every_moment_of_typing_finds_the_title(typed: str) -> None:
    assert _finds(DEMIAN, typed)


@pytest.mark.parametrize("typed", ["나의라", "나의 라이", "라임", "오렍", "ㄴㅇㄹㅇ", "ㅇㄹㅈ", "청소년을"])
def test_titles_are_found_from_the_start_of_each_word_and_of_the_remark(typed: str) -> None:
    assert _finds(LIME, typed)


@pytest.mark.parametrize("typed", ["미안", "데민", "ㄷㅇ", "의 라임", "안"])
def test_what_does_not_begin_a_word_finds_nothing(typed: str) -> None:
    assert not _finds(DEMIAN + LIME, typed)


def test_keys_are_few_short_and_tagged() -> None:
    long_title = "지적 대화를 위한 넓고 얕은 지식 그리고 아주 오래된 농담과 책 한 권이 들려주는 이야기"
    keys = suggest_keys([long_title, "부제가 있는 다른 제목"])
    assert len(keys) == MOST_KEYS == len(set(keys))
    assert max(map(len, keys)) == LONGEST_KEY
    assert {key[0] for key in keys} == {"j", "i"}
    assert len(typed_key(long_title) or "") == LONGEST_KEY
    assert _finds(keys, long_title)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ㄷㅁㅇ", "iㄷㅁㅇ"),
        ("ㄳ", "iㄱㅅ"),  # two initials in a row arrive as a cluster
        ("ㅎㄹㅍㅌ 7", "iㅎㄹㅍㅌ7"),
        ("닭", "jㄷㅏㄹㄱ"),
        ("달ㄱ", "jㄷㅏㄹㄱ"),
        ("harry", "jharry"),
        ("1984", "j1984"),
        ("ㅏ", "jㅏ"),
        ("  ", None),
        ("!?", None),
    ],
)
def test_what_was_typed_is_initials_or_keystrokes(typed: str, key: str | None) -> None:
    assert typed_key(typed) == key


def test_keys_ignore_spacing_and_signs() -> None:
    assert jamo_key("총, 균, 쇠") == jamo_key("총균쇠") == "ㅊㅗㅇㄱㅠㄴㅅㅗㅣ"
    assert initials_key("총, 균, 쇠 2") == "ㅊㄱㅅ2"


def test_titles_of_nothing_but_signs_have_no_keys_of_letters() -> None:
    assert suggest_keys([""]) == []
