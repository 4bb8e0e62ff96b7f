from evaluation.bench.comparison import Comparison, Quality
from evaluation.bench.processes import Usage
from evaluation.bench.report import as_json, machine, serving_report, table
from evaluation.bench.serving import ServingFigures
from evaluation.bench.timing import Latency

ROW = Comparison(
    engine="embedded",
    shape="legs",
    books=100_000,
    filtered=True,
    product=Latency(p50=1.5, p95=3.0, samples=600),
    floor=Latency(p50=1.0, p95=1.5, samples=600),
    quality=Quality(product_recall=0.99, floor_recall=0.93, lexical_overlap=1.0),
)

SERVING = ServingFigures(
    catalogue="library.csv",
    books=17_131,
    load_seconds=31.25,
    load_usage=Usage(cpu_seconds=24.5, peak_bytes=812_000_000),
    start_seconds=4.0,
    first_request_ms=12.3,
    server_bytes=None,
    request=Latency(p50=6.5, p95=9.0, samples=200),
    by_kind={"half title": Latency(p50=6.0, p95=8.0, samples=50)},
    by_stage={"retrieval": Latency(p50=2.0, p95=4.0, samples=200)},
)


def test_a_row_shows_both_times_and_their_ratio() -> None:
    header, row = table([ROW]).splitlines()
    assert header.split()[:4] == ["engine", "search", "books", "class"]
    assert row.split() == [
        *("embedded", "legs", "100,000", "yes"),
        *("1.500", "3.000", "1.000", "1.500", "1.50x", "2.00x"),
        *("0.990", "0.930", "1.00"),
    ]


def test_json_has_every_figure_and_the_ratios() -> None:
    (row,) = as_json([ROW])
    assert row["product"] == {"p50": 1.5, "p95": 3.0, "samples": 600}
    assert (row["ratio_p50"], row["ratio_p95"]) == (1.5, 2.0)


def test_what_the_figures_were_taken_on_is_named() -> None:
    assert all(machine().values())


def test_a_serving_report_names_every_stage() -> None:
    assert serving_report(SERVING).splitlines() == [
        "library.csv: 17,131 books",
        "  loaded in 31.2 s, 24.5 s of processors, at most 812 MB of memory",
        "  served after 4.0 s, using an unknown amount of memory",
        "  first request 12.3 ms",
        "GET /api/v1/search, ms          p50      p95  requests",
        "whole request                  6.50     9.00       200",
        "  half title                   6.00     8.00        50",
        "stage",
        "  retrieval                    2.00     4.00       200",
    ]
