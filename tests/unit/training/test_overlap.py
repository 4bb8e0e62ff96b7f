from training.encoder.overlap import comparable, near_repeats

HELD_OUT = ["A man is playing a guitar.", "한 남자가 기타를 치고 있다.", "책"]


def near(*texts: str) -> frozenset[str]:
    return near_repeats(map(comparable, texts), map(comparable, HELD_OUT))


def test_a_sentence_with_a_word_more_or_less_is_near() -> None:
    assert near("A man is playing on a guitar.", "남자가 기타를 치고 있다.", "책") == {
        "amanisplayingonaguitar", "남자가기타를치고있다", "책",
    }  # fmt: skip


def test_a_sentence_of_the_same_pattern_is_not() -> None:
    assert (
        near("A dog is running in the snow.", "한 여자가 양파를 썰고 있다.", "책상", "A woman is playing a flute.")
        == frozenset()
    )


def test_nothing_is_near_where_nothing_is_held_out() -> None:
    assert near_repeats(["책"], []) == near_repeats([], ["책"]) == frozenset()
