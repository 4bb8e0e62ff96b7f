"""The figures as a table for people and as JSON for programs."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evaluation.bench.comparison import Comparison
from evaluation.bench.processes import Usage
from evaluation.bench.serving import ServingFigures
from evaluation.bench.timing import Latency

HEADER = (
    f"{'engine':14}{'search':11}{'books':>9}  {'class':7}"
    f"{'product p50':>12}{'p95':>8}{'floor p50':>11}{'p95':>8}{'ratio p50':>11}{'p95':>7}{'recall':>8}{'floor':>7}{'same':>6}"
)


def table(rows: Sequence[Comparison]) -> str:
    """One line a comparison; times in milliseconds."""
    return "\n".join((HEADER, *map(_line, rows)))


def serving_report(figures: ServingFigures) -> str:
    """Loading, starting, and the latencies of whole requests by kind and by stage."""
    return "\n".join(
        (
            f"{figures.catalogue}: {figures.books:,} books",
            f"  loaded in {figures.load_seconds:.1f} s{_used(figures.load_usage)}",
            f"  served after {figures.start_seconds:.1f} s, using {_megabytes(figures.server_bytes)} of memory",
            f"  first request {figures.first_request_ms:.1f} ms",
            f"{'GET /api/v1/search, ms':26}{'p50':>9}{'p95':>9}{'requests':>10}",
            _latency_line("whole request", figures.request),
            *(_latency_line(f"  {kind}", one) for kind, one in figures.by_kind.items()),
            "stage",
            *(_latency_line(f"  {stage}", one) for stage, one in figures.by_stage.items()),
        )
    )


def as_json(rows: Sequence[Comparison]) -> list[dict[str, Any]]:
    """The same with every figure, ratios included."""
    return [{**asdict(row), "ratio_p50": row.ratio_p50, "ratio_p95": row.ratio_p95} for row in rows]


def machine() -> Mapping[str, Any]:
    """What the figures were taken on."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": platform.python_version(),
    }


def _line(row: Comparison) -> str:
    product, floor, quality = row.product, row.floor, row.quality
    return (
        f"{row.engine:14}{row.shape:11}{row.books:>9,}  {'yes' if row.filtered else 'no':7}"
        f"{product.p50:>12.3f}{product.p95:>8.3f}{floor.p50:>11.3f}{floor.p95:>8.3f}"
        f"{row.ratio_p50:>10.2f}x{row.ratio_p95:>6.2f}x"
        f"{quality.product_recall:>8.3f}{quality.floor_recall:>7.3f}{quality.lexical_overlap:>6.2f}"
    )


def _latency_line(name: str, one: Latency) -> str:
    return f"{name:26}{one.p50:>9.2f}{one.p95:>9.2f}{one.samples:>10}"


def _used(usage: Usage | None) -> str:
    if usage is None:
        return ""
    return f", {usage.cpu_seconds:.1f} s of processors, at most {_megabytes(usage.peak_bytes)} of memory"


def _megabytes(size: int | None) -> str:
    return "an unknown amount" if size is None else f"{size / 1e6:,.0f} MB"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 (a file of the kernel's, read line by line)
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
