import pytest

from recommender.engine.language import minimum_matches


@pytest.mark.parametrize(
    ("specification", "optional", "expected"),
    [
        (2, 5, 2),
        ("2", 5, 2),
        (9, 5, 9),  # more than there are: nothing matches, as in Elasticsearch
        (0, 5, 0),
        (-1, 5, 4),
        (-9, 5, 0),
        ("75%", 4, 3),
        ("75%", 5, 3),  # 3.75 is rounded down
        ("67%", 3, 2),
        ("66%", 3, 1),
        ("100%", 7, 7),
        ("0%", 7, 0),
        ("-25%", 4, 3),
        ("-25%", 5, 4),  # one in four may be missing: 1.25 is rounded down to 1
        ("-100%", 5, 0),
        ("2<75%", 2, 2),  # up to the bound all are needed
        ("2<75%", 4, 3),
        ("2<-1 9<75%", 2, 2),
        ("2<-1 9<75%", 9, 8),
        ("2<-1 9<75%", 12, 9),
        (" 3<90%  6<-2 ", 5, 4),
    ],
)
def test_minimum_matches(specification: str | int, optional: int, expected: int) -> None:
    assert minimum_matches(specification, optional) == expected
