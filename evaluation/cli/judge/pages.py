"""`judge page`: people as judges."""

from pathlib import Path

import click

from evaluation.cli.judge.options import FILE, NEW_FILE
from recommender.errors import SeogaError


@click.command()
@click.argument("answers", type=FILE, nargs=-1, required=True)
@click.option("--out", type=NEW_FILE, required=True, help="The file of judgements, added to at every key.")
@click.option("--port", type=click.IntRange(0, 65535), default=8018, show_default=True, help="0: any free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets tablets of the same network judge, too."
)
@click.option(
    "--seed", type=int, default=2026, show_default=True, help="Of the order of questions and of the two sides."
)
def page(*, answers: tuple[Path, ...], out: Path, port: int, host: str, seed: int) -> None:
    """Let people grade the books of ANSWERS on a page in the browser, blind and by keyboard.

    Two systems' answers stand side by side, by chance left or right, and nothing says whose they are. Each grade is in
    the file before the next book is shown; whoever comes back goes on where they were.

    \b
    Example:
      python -m evaluation judge page answers.jsonl --out librarians.jsonl
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.judging.page import serve
    from evaluation.judging.page.sittings import Room
    from evaluation.judging.storing import JudgementFile, read_answers

    try:
        room = Room(read_answers(answers), JudgementFile(out), seed=seed)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    serve(
        room, host=host, port=port, announce=lambda url: click.echo(f"Judge at {url} (Ctrl-C ends it; nothing is lost)")
    )
