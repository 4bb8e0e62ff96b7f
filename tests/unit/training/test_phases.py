from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from training.encoder.phases import LINES_AT_ONCE, Phases

TEXTS = [f"{number} 번째 문장" for number in range(2 * LINES_AT_ONCE + 10)]


def cut(texts: Sequence[str]) -> list[list[str]]:
    return [text.split() for text in texts]


def test_finished_keys_are_not_computed_again(tmp_path: Path) -> None:
    said: list[str] = []
    first = Phases(tmp_path, said.append).keys("korean", TEXTS, cut)

    def refuse(texts: Sequence[str]) -> list[list[str]]:
        raise AssertionError(texts)

    assert Phases(tmp_path, said.append).keys("korean", TEXTS, refuse) == first == cut(TEXTS)
    assert said[-1].startswith("korean: 8,202 of 8,202")


def test_an_interrupted_phase_goes_on_where_it_stopped(tmp_path: Path) -> None:
    asked: list[int] = []

    def interrupted(texts: Sequence[str]) -> list[list[str]]:
        if asked:
            raise KeyboardInterrupt
        asked.append(len(texts))
        return cut(texts)

    phases = Phases(tmp_path, lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        phases.keys("korean", TEXTS, interrupted)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes() + "반쯤 쓰".encode())  # the line that was being written

    rest: list[str] = []
    keys = phases.keys("korean", TEXTS, lambda texts: rest.extend(texts) or cut(texts))

    assert keys == cut(TEXTS)
    assert rest == TEXTS[LINES_AT_ONCE:]


def test_texts_without_keys_keep_their_place(tmp_path: Path) -> None:
    phases = Phases(tmp_path, lambda _: None)
    keys = [["a"], [], ["b", "c"]]

    assert phases.keys("mixed", ["a", "!", "b c"], lambda _: keys) == keys
    assert phases.keys("mixed", ["a", "!", "b c"], lambda _: []) == keys


def test_arrays_are_kept_by_their_inputs(tmp_path: Path) -> None:
    phases = Phases(tmp_path, lambda _: None)
    ones, twos = np.ones((2, 2), np.float32), np.full((2, 2), 2, np.float32)

    phases.array("teacher", ["a", "b"], lambda _: ones)

    np.testing.assert_array_equal(phases.array("teacher", ["a", "b"], lambda _: twos), ones)
    np.testing.assert_array_equal(phases.array("teacher", ["a", "c"], lambda _: twos), twos)
