import pytest

from recommender.recommend.choosing import chosen

UNDECIDED = (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("scores", "size", "weight", "places"),
    [
        (UNDECIDED, 3, 0.6, (0, 1, 2)),  # who knows nothing leaves the order
        (UNDECIDED, 9, 0.6, (0, 1, 2, 3)),
        ((0.0, 0.0, 0.0, 3.0), 2, 0.6, (3, 0)),  # a sure model moves the last to the front
        ((0.0, 0.0, 0.0, 0.2), 2, 0.6, (0, 1)),  # one that is hardly surer does not
        ((0.0, 0.0, 0.0, 9.0), 2, 0.0, (0, 1)),  # retrieval alone
        ((0.0, 0.1, 0.2, 0.3), 2, 1.0, (3, 2)),  # the model alone
        ((), 3, 0.6, ()),
    ],
)
def test_books_are_chosen_by_retrieval_and_model_together(
    scores: tuple[float, ...], size: int, weight: float, places: tuple[int, ...]
) -> None:
    assert chosen(scores, size=size, weight=weight) == places
