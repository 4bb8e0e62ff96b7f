from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.training.conftest import Heard
from training.encoder.phases import TEXTS_AT_ONCE, Phases

TEXTS = [f"{number} 번째 문장" for number in range(2 * TEXTS_AT_ONCE + 10)]


def cut(texts: Sequence[str]) -> list[list[str]]:
    return [text.split() for text in texts]


def numbers(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[len(text), text.count("1")] for text in texts], np.float32)


def refuse(texts: Sequence[str]) -> list[list[str]]:
    raise AssertionError(texts)


def test_finished_keys_are_not_computed_again(tmp_path: Path) -> None:
    heard = Heard()
    first = Phases(tmp_path, heard).keys("korean", "kiwi 1", TEXTS, cut)

    assert Phases(tmp_path, heard).keys("korean", "kiwi 1", TEXTS, refuse) == first == cut(TEXTS)
    assert heard.shown[-3:] == [("korean", 1024, 2058), ("korean", 2048, 2058), ("korean", 2058, 2058)]


def test_an_interrupted_phase_goes_on_where_it_stopped(tmp_path: Path) -> None:
    asked: list[str] = []

    def interrupted(texts: Sequence[str]) -> NDArray[np.float32]:
        if asked:
            raise KeyboardInterrupt
        asked.extend(texts)
        return numbers(texts)

    phases = Phases(tmp_path, Heard())
    with pytest.raises(KeyboardInterrupt):
        phases.vectors("teacher", "mini", TEXTS, interrupted)
    for unfinished in (tmp_path / "teacher").glob("unfinished-*"):  # what was being written
        unfinished.write_bytes(b"half")

    def rest(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return numbers(texts)

    np.testing.assert_array_equal(phases.vectors("teacher", "mini", TEXTS, rest), numbers(TEXTS))
    assert asked == TEXTS


def test_new_texts_leave_the_parts_before_them_as_they_are(tmp_path: Path) -> None:
    phases = Phases(tmp_path, Heard())
    phases.vectors("teacher", "mini", TEXTS, numbers)
    asked: list[str] = []

    phases.vectors("teacher", "mini", [*TEXTS, "새 문장"], lambda texts: asked.extend(texts) or numbers(texts))

    assert asked == [*TEXTS[2 * TEXTS_AT_ONCE :], "새 문장"]


def test_what_another_model_made_is_not_taken(tmp_path: Path) -> None:
    phases = Phases(tmp_path, Heard())
    phases.keys("korean", "kiwi 1", TEXTS[:3], cut)

    assert phases.keys("korean", "kiwi 2", TEXTS[:3], lambda texts: [["x"]] * len(texts)) == [["x"]] * 3


def test_texts_without_keys_keep_their_place(tmp_path: Path) -> None:
    phases = Phases(tmp_path, Heard())
    keys = [["a"], [], ["b", "c"]]

    assert phases.keys("mixed", "kiwi 1", ["a", "!", "b c"], lambda _: keys) == keys
    assert phases.keys("mixed", "kiwi 1", ["a", "!", "b c"], refuse) == keys


def test_arrays_are_kept_by_their_inputs(tmp_path: Path) -> None:
    phases = Phases(tmp_path, Heard())
    ones, twos = np.ones((2, 2), np.float32), np.full((2, 2), 2, np.float32)

    phases.array("company", ["a", "b"], lambda: ones)

    np.testing.assert_array_equal(phases.array("company", ["a", "b"], lambda: twos), ones)
    np.testing.assert_array_equal(phases.array("company", ["a", "c"], lambda: twos), twos)


def test_a_half_written_array_is_none(tmp_path: Path) -> None:
    def stopped() -> NDArray[np.float32]:
        raise KeyboardInterrupt

    phases = Phases(tmp_path, Heard())
    with pytest.raises(KeyboardInterrupt):
        phases.array("company", ["a"], stopped)

    np.testing.assert_array_equal(phases.array("company", ["a"], lambda: np.ones((1, 1), np.float32)), [[1]])
