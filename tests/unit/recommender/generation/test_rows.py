import pytest

from recommender.generation.local.rows import GrowingText, shared_length


@pytest.mark.parametrize(
    ("rows", "length"),
    [
        ([[1, 2, 3, 4], [1, 2, 5]], 2),
        ([[1, 2], [1, 2, 3]], 1),  # each keeps a token of its own
        ([[1, 2], [1, 2]], 1),
        ([[1], [2]], 0),
        ([[1, 2, 3]], 2),
        ([], 0),
    ],
)
def test_what_rows_share(rows: list[list[int]], length: int) -> None:
    assert shared_length(rows) == length


def test_half_a_letter_is_not_said() -> None:
    letters = "책".encode()
    text = GrowingText(lambda tokens: bytes(tokens).decode(errors="replace"), is_done=lambda text: text == "책.")

    said = [text.add(byte) for byte in (*letters, ord("."))]

    assert said == ["", "", "책", "."]
    assert text.says_enough()
