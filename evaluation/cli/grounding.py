"""`python -m evaluation grounding`: how many planted lies the check of reasons catches."""

from pathlib import Path

import click

from recommender.errors import SeogaError


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--half", type=click.Choice(["seen", "unseen", "hard"]), help="Only one part of the set.")
@click.option("--wrong", is_flag=True, help="List the sentences that were judged wrongly.")
def grounding(file: Path | None, half: str | None, *, wrong: bool) -> None:
    """Check sentences with planted lies, and true ones, against the records of the test set's books.

    FILE holds one JSON object a line, {"book", "text", "lie"}, where an empty lie is a true sentence; without it, the
    set that comes with the project.

    \b
    Example:
      python -m evaluation grounding --half unseen
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.grounding.measuring import count, judge
    from evaluation.grounding.sentences import SENTENCES, read_cases, read_sentences
    from recommender.text.morphemes import Analyzer

    cases = read_cases()
    try:
        sentences = read_sentences(file or SENTENCES, cases)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    verdicts = judge([each for each in sentences if half in (None, each.half)], cases, Analyzer(num_workers=1))
    click.echo(f"{'what':<16} {'dropped':>8} {'of':>5} {'share':>7}")
    for name, counted in count(verdicts).items():
        click.echo(f"{name:<16} {counted.dropped:>8} {counted.total:>5} {counted.share:>7.1%}")
    for verdict in verdicts if wrong else ():
        if not verdict.is_right:
            claims = [f"{claim.kind}: {claim.words}" for dropped in verdict.dropped for claim in dropped.claims]
            click.echo(f"{verdict.planted.lie or 'true'} ({verdict.planted.book}): {verdict.planted.text}  {claims}")
