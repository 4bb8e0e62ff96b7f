from recommender.models import HistoryEntry
from recommender.recommend.companions import Neighbour, co_borrowed_with, keys_of

ALMOND = HistoryEntry("r1", "아몬드", book_id="almond")
PAINT = HistoryEntry("r1", "페인트", book_id="paint")
DULL = HistoryEntry("r1", "지루한 책", book_id="dull")
COUNTED = {ALMOND: 1.0, PAINT: 0.5, DULL: -1.0}
COMPANIONS = {
    "almond": (("wandeugi", 0.4), ("paint", 0.3), ("cosmos", 0.1)),
    "paint": (("wandeugi", 0.4), ("earth", 0.6)),
    "dull": (("dust", 0.9),),
}


def test_a_book_counts_by_all_that_bring_it_and_names_the_one_that_brings_it_most() -> None:
    assert co_borrowed_with(COUNTED, COMPANIONS) == {
        "wandeugi": Neighbour(0.6, "아몬드"),
        "earth": Neighbour(0.3, "페인트"),
        "cosmos": Neighbour(0.1, "아몬드"),
    }
    assert list(co_borrowed_with(COUNTED, COMPANIONS)) == ["wandeugi", "earth", "cosmos"]


def test_what_was_not_liked_brings_nothing_and_what_was_read_is_not_brought() -> None:
    found = co_borrowed_with(COUNTED, COMPANIONS)
    assert "dust" not in found
    assert "paint" not in found
    assert keys_of(COUNTED) == ["almond", "paint"]


def test_a_book_that_is_not_held_brings_companions_by_what_it_is_called() -> None:
    unheld = HistoryEntry("r1", "침묵의 봄", "레이첼 카슨")
    (key,) = keys_of({unheld: 1.0})
    assert co_borrowed_with({unheld: 1.0}, {key: (("cosmos", 0.2),)}) == {"cosmos": Neighbour(0.2, "침묵의 봄")}
    assert keys_of({HistoryEntry("r2", "침묵의 봄", "레이첼 카슨"): 1.0}) == [key]
