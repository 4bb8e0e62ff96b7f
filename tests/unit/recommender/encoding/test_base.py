import numpy as np

from recommender.encoding.base import unit_rows


def test_rows_without_a_direction_become_the_fallback() -> None:
    rows = np.array([[3, 4], [0, 0], [np.nan, 1], [np.inf, 0], [1e-42, 0]], np.float32)

    scaled = unit_rows(rows, fallback=np.array([0, 1], np.float32))

    np.testing.assert_allclose(scaled, [[0.6, 0.8], [0, 1], [0, 1], [0, 1], [0, 1]], atol=1e-7)
