"""How a command fails: one sentence for a person, and an exit code for a script."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

import click

from recommender.errors import SeogaError

PROBLEMS = 1
"""Done, but with more problems than the stated share."""

NOTHING_CHANGED = 2
"""Nothing was changed because of an error."""


class OperatorGroup(click.Group):
    """A group whose commands end every error that a person is meant to read with one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            with _terminated_like_interrupted():
                return super().invoke(ctx)
        except SeogaError as error:
            _fail(str(error))
        except click.Abort:  # the answer to a question was no, or there was nobody to answer it
            _fail("stopped; nothing was changed")
        except KeyboardInterrupt:
            _fail("stopped; the catalogue is as it was before")
        except MemoryError:
            _fail("there is not enough memory for this; the catalogue is as it was before")
        except BrokenPipeError:  # whoever read the output has seen enough
            raise
        except OSError as error:
            _fail(f"{error.filename or 'a file'}: {error.strerror or error}; check the folder's space and permissions")


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Let a polite end (`docker stop`, a shutdown) clean up what was half-built, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _fail(sentence: str) -> None:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(NOTHING_CHANGED)
