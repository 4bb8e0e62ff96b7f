import json
import random

import pytest

from evaluation.known_items.catalogue import KnownCatalogue, titles_of
from evaluation.known_items.kinds import KINDS, Kind
from evaluation.known_items.measuring import Found, judge, kinds_named
from evaluation.known_items.results import Estimate, Judged, KindReport, KnownItemsReport, estimates, table
from evaluation.known_items.sampling import KnownItem, sample
from recommender.errors import InputError
from recommender.models import Book

SAMGUKJI = Book(id="b1", title="삼국지", parallel_title="三國志", other_titles=("삼국지연의",))
ANOTHER_SAMGUKJI = Book(id="b2", title="삼국지", isbns=("9788937460449",))
TOJI = Book(id="b3", title="토지")
BOOKS = (SAMGUKJI, ANOTHER_SAMGUKJI, TOJI)


def test_every_work_with_the_title_is_a_hit() -> None:
    known = KnownCatalogue.of(BOOKS)
    assert titles_of(SAMGUKJI) == ("삼국지", "三國志", "삼국지연의")
    assert known.with_title_of(ANOTHER_SAMGUKJI) == {"b1", "b2"}
    assert known.with_title_of(TOJI) == {"b3"}
    assert known.with_isbn("9788937460449") == {"b2"}
    assert known.with_isbn("9788937460000") == frozenset()


@pytest.mark.parametrize(
    ("found", "rank", "first"),
    [
        ([], None, ""),
        ([Found("b3", "토지"), Found("b2", "삼국지")], 2, "토지"),
        ([Found("b1", "삼국지"), Found("b2", "삼국지")], 1, "삼국지"),  # the first of several counts
        (
            [Found(f"x{number}", "다른 책") for number in range(10)] + [Found("b1", "삼국지")],
            None,
            "다른 책",
        ),  # eleventh
    ],
)
def test_the_place_of_the_first_expected_book(found: list[Found], rank: int | None, first: str) -> None:
    item = KnownItem("삼국지", SAMGUKJI)
    assert judge(item, {"b1", "b2"}, found) == Judged("삼국지", "삼국지", rank, first)


def test_figures_against_a_hand() -> None:
    judged = [Judged("a", "A", 1), Judged("b", "B", 2), Judged("c", "C", 4), Judged("d", "D", None)]
    mrr, success_at_1, success_at_10 = estimates(judged, seed=1)
    assert (mrr.mean, success_at_1.mean, success_at_10.mean) == (pytest.approx(1.75 / 4), 0.25, 0.75)
    assert 0 <= mrr.low < mrr.mean < mrr.high <= 1
    certain, _, _ = estimates([Judged("a", "A", 1)] * 5, seed=1)
    assert certain == Estimate(1.0, 1.0, 1.0)


def number_of(book: Book, rng: random.Random) -> str | None:
    return f"{book.title} {rng.randrange(1_000_000)}"


def test_a_sample_has_each_title_once_and_is_the_same_for_the_same_seed() -> None:
    kind = Kind("numbered", number_of, "books")
    known = KnownCatalogue.of(BOOKS)
    items = sample(kind, known, 10, seed=1)
    assert sorted(item.book.title for item in items) == ["삼국지", "토지"]
    assert sample(kind, KnownCatalogue.of(reversed(BOOKS)), 10, seed=1) == items  # whatever the order of the file
    assert sample(kind, known, 10, seed=2) != items
    assert len(sample(kind, known, 1, seed=1)) == 1


def test_kinds_are_chosen_by_name() -> None:
    assert [kind.name for kind in kinds_named(["isbn", "exact"])] == ["exact", "isbn"]
    assert kinds_named(()) == KINDS
    with pytest.raises(InputError, match=r"--kinds exakt: choose from exact, unspaced, misspaced"):
        kinds_named(["exakt"])


def report() -> KnownItemsReport:
    judged = (
        Judged("토지", "토지", 1, "토지"),
        Judged("삼국", "삼국지", None, ""),
        Judged("삼국지연", "삼국지", 2, "토지"),
    )
    mrr, success_at_1, success_at_10 = estimates(judged, seed=1)
    return KnownItemsReport(
        catalogue="library.csv",
        books=1_234,
        mode="hybrid",
        engine="embedded",
        encoder="seoga-static-1",
        bundle="2026-11-20",
        seed=1,
        per_kind=3,
        kinds=(
            KindReport("half", judged, mrr=mrr, success_at_1=success_at_1, success_at_10=success_at_10),
            KindReport("isbn", why_none="this catalogue has no books with an ISBN"),
        ),
    )


def test_the_table_hides_no_kind_and_shows_the_worst_first() -> None:
    lines = table(report(), worst=5).splitlines()
    assert lines[0].startswith("library.csv: 1,234 books; hybrid, embedded, seoga-static-1")
    assert lines[2].split()[:3] == ["half", "3", "0.500"]
    assert lines[3].split(maxsplit=2) == ["isbn", "0", "this catalogue has no books with an ISBN"]
    assert lines[-2:] == [
        "  삼국 → 삼국지 (not in the first 10); nothing was found",
        "  삼국지연 → 삼국지 (place 2); 토지",
    ]
    assert "삼국 →" not in table(report(), worst=0)


def test_the_report_is_json_query_by_query() -> None:
    written = json.loads(json.dumps(report().to_json(), ensure_ascii=False))
    assert [(kind["kind"], kind["n"]) for kind in written["kinds"]] == [("half", 3), ("isbn", 0)]
    assert written["kinds"][0]["judged"][1] == {"query": "삼국", "expected": "삼국지", "rank": None, "first": ""}
    assert report().kind("isbn").n == 0
