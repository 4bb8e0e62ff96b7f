"""`python -m evaluation compare …`: methods, candidates, bundles and models side by side."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.judge.models import judged_by
from evaluation.cli.judge.options import FILE, chosen_library, kept_in, library_options, prices_of, shelves_of
from evaluation.cli.progress import measuring_progress
from recommender.errors import InputError, SeogaError
from recommender.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.judging.arms import Arm
    from evaluation.judging.questions.reading import Questions
    from evaluation.judging.storing import JudgementFile, LineFile
    from evaluation.judging.values import StoredAnswer

ANSWERS, JUDGEMENTS, FIGURES = "answers.jsonl", "judgements.jsonl", "figures.json"


@click.command()
@click.argument("questions", type=FILE)
@click.option("--a", metavar="SETTINGS", help="The first way: method=staged,num_candidates=20,…")
@click.option("--b", metavar="SETTINGS", help="The second way.")
@click.option("--arm", "arms", multiple=True, metavar="NAME=SETTINGS", help="One more way, by name. Repeatable.")
@click.option(
    "--judge", "judges", multiple=True, metavar="GENERATOR", help="A model that grades the answers. Repeatable."
)
@click.option("--grades", multiple=True, type=FILE, help="A list of titles with grades from 0 to 5. Repeatable.")
@click.option(
    "--grades-of", default="", metavar="READER", help="For whose questions the lists are; anybody's unless told."
)
@click.option(
    "--answers", multiple=True, type=FILE, help="Stored answers to the same questions, judged beside. Repeatable."
)
@click.option("--limit", type=click.IntRange(1), help="Only the first so many questions.")
@click.option("--price-prompt", type=click.FloatRange(0), help="Of a million prompt tokens; else SEOGA_PRICE_PROMPT.")
@click.option(
    "--price-completion", type=click.FloatRange(0), help="Of a million completion tokens; else SEOGA_PRICE_COMPLETION."
)
@click.option("--resume", is_flag=True, help="Go on with a comparison that was stopped, in the folder of --out.")
@click.option("--seed", type=int, default=2026, show_default=True, help="Of the intervals.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"A folder for {ANSWERS}, {JUDGEMENTS} and {FIGURES}.",
)
@library_options
def compare(*, questions: Path, a: str | None, b: str | None, arms: tuple[str, ...], **options: Any) -> None:
    """Ask the QUESTIONS of a file in several ways, and print fitness, tokens, cost, seconds and failures of each.

    SETTINGS are pairs with commas between them: method (staged or direct), num_candidates, size, bundle (a file),
    generator (composed, transformers:<name or folder>, openai), openai_url and openai_model; what is not named is as the
    library is set up, and "" is all of it. Differences are taken from the first way, question by question.

    \b
    Example:
      python -m evaluation compare sample/recommendation_cases.tsv --sample --a method=staged --b method=direct
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.judging.arms import read_arms
    from evaluation.judging.questions.reading import read_questions

    try:
        if options["resume"] and not options["out"]:
            raise InputError("--resume needs the folder of the comparison that was stopped: --out FOLDER")
        read = read_arms({"a": a, "b": b}, arms)
        asked = read_questions(questions, limit=options["limit"])
        _compare(read, asked, options)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error


def _compare(arms: "Sequence[Arm]", asked: "Questions", options: dict[str, Any]) -> None:
    from tempfile import TemporaryDirectory

    from evaluation.judging.storing import JudgementFile, LineFile

    with TemporaryDirectory(prefix="seoga-compare-") as temporary:
        folder: Path = options["out"] or Path(temporary)
        if not options["resume"]:
            for name in (ANSWERS, JUDGEMENTS):
                (folder / name).unlink(missing_ok=True)
        judgements = JudgementFile(folder / JUDGEMENTS)
        answers = _answered(arms, asked, LineFile(folder / ANSWERS), judgements, options)
        _show(answers, judgements, folder / FIGURES, options)


def _answered(
    arms: "Sequence[Arm]", asked: "Questions", file: "LineFile", judgements: "JudgementFile", options: dict[str, Any]
) -> "tuple[StoredAnswer, ...]":
    """Every arm's answers, judged by everybody who was named."""
    from evaluation.judging.comparing import beside, case_judgements, compared, list_judgements
    from evaluation.judging.lists.reading import read_lists
    from evaluation.judging.storing import read_answers
    from evaluation.judging.systems import Generators, system_of
    from recommender.recommend.values import Question

    settings = Settings.from_environment(os.environ)
    generators = Generators(settings)
    graded_for = Question(reader_id=options["grades_of"])
    lists = {path.stem: read_lists(path, graded_for, columns={}) for path in options["grades"]}
    stored = read_answers(options["answers"]) if options["answers"] else ()
    before = read_answers([file.path]) if file.path.exists() else ()
    known = [answer for answer in before if answer.system in {arm.name for arm in arms}]
    with measuring_progress() as progress, chosen_library(options["library"], settings, progress) as library:
        shelves = shelves_of(library)
        systems = [system_of(arm, library, generators) for arm in arms]
        progress.begin("asking", len(systems) * len(asked.questions) - len(known))
        own = compared(systems, asked.questions, shelves, kept_in(file, progress), known=known)
        answers = beside(own, stored)
        file.add([answer for answer in answers[len(own) :] if answer not in before])
        judgements.add(case_judgements(answers, asked, shelves))
        for name, found in lists.items():
            judgements.add(list_judgements(answers, asked.questions, found, shelves, judge=name))
        for spec in options["judges"]:
            click.echo(judged_by(spec, answers, judgements, generators, progress), err=True)
    return answers


def _show(answers: "Sequence[StoredAnswer]", file: "JudgementFile", out: Path, options: dict[str, Any]) -> None:
    from evaluation.judging.figures import figures_of
    from evaluation.judging.report import Report
    from evaluation.judging.tables import as_json, comparison
    from evaluation.relevance.report import table_console

    settings = Settings.from_environment(os.environ)
    prices = prices_of(settings, prompt=options["price_prompt"], completion=options["price_completion"])
    judgements, seed = file.judgements(), options["seed"]
    order = [answer.system for answer in answers]
    report = Report(judgements, seed=seed, order=order) if judgements else None
    figures = figures_of(answers, prices)
    console = table_console()
    for table in comparison(figures, report, currency=prices.currency, seed=seed):
        console.print(table)
    content = as_json(figures, report, currency=prices.currency, seed=seed)
    out.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
