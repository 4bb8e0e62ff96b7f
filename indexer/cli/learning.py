"""Learning from all readers at the end of a command, and saying what was learnt."""

from typing import TYPE_CHECKING

import click

from indexer.cli.wording import counted
from recommender.errors import EngineError

if TYPE_CHECKING:
    from indexer.readers.learning import Learnt
    from recommender.library import Library


def learn_from_readers(library: "Library") -> None:
    """Work out which books go together and what is popular, and print it; nothing is said where nobody has read anything.

    What the command itself did stands, whatever becomes of this: a failure is a warning.
    """
    from indexer.cli.opening import crowd_learner

    try:
        learnt = crowd_learner(library).learn()
    except EngineError as error:
        click.echo(
            f"Warning: nothing new was learnt from the readers ({error}); `python -m indexer reindex` tries again.",
            err=True,
        )
        return
    if learnt.readings or learnt.popular:
        click.echo(learnt_sentence(learnt))


def learnt_sentence(learnt: "Learnt") -> str:
    """What was learnt, as one line for the operator."""
    found = (
        f"; {learnt.recognised:,} of the readings are of books that were not held before, or as another work"
        if learnt.recognised
        else ""
    )
    ages = f", at ages {', '.join(learnt.groups)}" if learnt.groups else ""
    return (
        f"Learnt from {counted(learnt.readings, 'reading')} of {counted(learnt.readers, 'reader')} ({learnt.seconds:,.1f} s): "
        f"{counted(learnt.pairs, 'pair')} of books borrowed together, "
        f"{counted(learnt.popular, 'popular book')}{ages}{found}."
    )
