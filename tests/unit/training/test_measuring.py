import numpy as np
import pytest

from training.encoder.measuring import mean_reciprocal_rank

EYE = np.eye(3, dtype=np.float32)


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (EYE, 1.0),
        (EYE[[1, 0, 2]], (1 / 3 + 1 / 3 + 1) / 3),  # two are swapped; ties with the third count against them
        (np.ones((3, 3), np.float32), 1 / 3),  # all alike: the worst rank, not the best
    ],
)
def test_the_rank_of_the_row_that_belongs_to_the_query(documents: np.ndarray, expected: float) -> None:
    assert mean_reciprocal_rank(EYE, documents) == pytest.approx(expected)
