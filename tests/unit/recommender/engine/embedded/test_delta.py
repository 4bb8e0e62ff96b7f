import numpy as np
import pytest

from recommender.engine.embedded.delta import Delta
from recommender.engine.embedded.deriving import Change, StoredDocument

BASE_IDS = ["b-demian", "b-plants", "b-wheel"]


def _written(row: int, id_: str, year: int = 2026) -> Change:
    return Change(row, id_, StoredDocument(id_, {"year": year, "title": "제목"}, {"vector": np.ones(1, np.float32)}))


def _removed(row: int, id_: str) -> Change:
    return Change(row, id_, None)


@pytest.mark.parametrize(
    ("changes", "dead"),
    [
        ([_written(3, "b-new")], []),
        ([_written(3, "b-wheel")], [2]),  # written again: the base's row is old
        ([_removed(3, "b-demian")], [0, 3]),
        ([_written(3, "b-new"), _written(4, "b-new")], [3]),  # written twice since: the first row is old too
        ([_written(3, "b-new"), _removed(4, "b-new")], [3, 4]),
        ([_removed(3, "b-plants"), _written(4, "b-plants")], [1, 3]),  # removed and there again
        ([_removed(3, "b-never")], [3]),
    ],
)
def test_rows_of_what_was_written_again_or_removed_are_dead(changes: list[Change], dead: list[int]) -> None:
    assert sorted(Delta().extended(changes, {"year"}).dead_rows(BASE_IDS)) == dead


def test_changes_that_come_later_are_as_if_they_had_come_together() -> None:
    changes = [_written(3, "b-new"), _removed(4, "b-wheel"), _written(5, "b-new")]

    bit_by_bit = Delta().extended(changes[:1], {"year"}).extended(changes[1:], {"year"})

    assert bit_by_bit == Delta().extended(changes, {"year"})


def test_only_fields_with_a_column_are_kept() -> None:
    (row,) = Delta().extended([_written(3, "b-new", year=1919)], {"year"}).rows

    assert row.columns == {"year": 1919}


def test_ranks_are_the_order_of_ids() -> None:
    later = [_written(3, "b-new"), _written(4, "a-first"), _written(5, "z-last"), _written(6, "b-e")]
    ids = [*BASE_IDS, "b-new", "a-first", "z-last", "b-e"]

    ranks = Delta().extended(later, {"year"}).ranks(BASE_IDS)

    assert [ids[row] for row in np.argsort(ranks)] == sorted(ids)


def test_all_of_its_vectors_are_compared_unless_their_row_is_not_allowed() -> None:
    delta = Delta().extended([_written(3, "b-new"), _removed(4, "b-wheel"), _written(5, "b-other")], {"year"})
    query = np.ones(1, np.float32)

    assert delta.nearest("vector", query, None).rows.tolist() == [3, 5]
    assert delta.nearest("vector", query, np.array([True] * 5 + [False])).rows.tolist() == [3]
    assert delta.nearest("cover", query, None).rows.tolist() == []
