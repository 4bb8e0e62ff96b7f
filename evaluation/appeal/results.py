"""Figures of estimated appeal as the lines of a table."""

from collections.abc import Iterator

from evaluation.appeal.measuring import AppealReport


def table(report: AppealReport) -> str:
    """What was measured, precision and recall a facet, and how much a confidence is worth."""
    return "\n".join(_lines(report))


def _lines(report: AppealReport) -> Iterator[str]:
    yield f"{report.books:,} books whose records say how they feel; {report.encoder}"
    header = f"{'facet':8}{'said':>7}{'estimated':>11}{'right':>7}{'precision':>11}{'recall':>8}{'books':>8}{'by chance':>11}{'commonest':>11}"
    for lowest, figures in report.figures.items():
        yield f"\nestimates with a confidence of {lowest} or more\n{header}"
        for each in figures:
            yield (
                f"{each.facet:8}{each.said:>7,}{each.estimated:>11,}{each.right:>7,}{each.precision:>11.2f}{each.recall:>8.2f}"
                f"{each.reached / each.books:>8.0%}{each.by_chance:>11.2f}{each.commonest:>11.2f}"
            )
    yield f"\n{'confidence from':16}{'mean':>7}{'estimated':>11}{'right':>8}"
    for bin_ in report.bins:
        share = bin_.right / bin_.estimated if bin_.estimated else 0.0
        yield f"{bin_.lowest:<16}{bin_.mean_confidence:>7.2f}{bin_.estimated:>11,}{share:>8.2f}"
