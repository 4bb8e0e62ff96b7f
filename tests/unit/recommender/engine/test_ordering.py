import pytest

from recommender.engine.ordering import near_tie_order


@pytest.mark.parametrize(
    ("ids", "scores", "order"),
    [
        ("abc", [9.5, 7.25, 7.24], None),  # apart by more than an engine's arithmetic
        ("abc", [7.25, 7.25, 3.0], None),  # equal, and by id already
        ("", [], None),
        ("a", [1.0], None),
        ("ba", [65.39996337890625, 65.39995574951172], [1, 0]),  # one bit of float32 apart
        ("dcba", [80.0, 65.39996337890625, 65.39995574951172, 12.0], [0, 2, 1, 3]),
    ],
)
def test_nearly_equal_scores_are_in_the_order_of_ids(ids: str, scores: list[float], order: list[int] | None) -> None:
    assert near_tie_order(list(ids), scores) == order
