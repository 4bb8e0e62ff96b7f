"""The figures as a table for people and as JSON for programs."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evaluation.bench.comparison import Comparison

HEADER = (
    f"{'engine':14}{'search':11}{'books':>9}  {'class':7}"
    f"{'product p50':>12}{'p95':>8}{'floor p50':>11}{'p95':>8}{'ratio p50':>11}{'p95':>7}{'recall':>8}{'floor':>7}{'same':>6}"
)


def table(rows: Sequence[Comparison]) -> str:
    """One line a comparison; times in milliseconds."""
    return "\n".join((HEADER, *map(_line, rows)))


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
        f"{quality.product_recall:>8.3f}{quality.floor_recall:>7.3f}{quality.same_lexical:>6.2f}"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 (a file of the kernel's, read line by line)
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
