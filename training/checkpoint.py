"""The state of a running training on disk, so that a training that was stopped goes on and ends with the same weights."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.files import whole_file

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One file that always holds the last whole state."""

    path: Path

    def load(self) -> State | None:
        """Return the state of the run that was stopped, or None where there was none."""
        import torch

        # The state holds the states of random generators, which are not tensors; the file was written by this program.
        return torch.load(self.path, weights_only=False) if self.path.is_file() else None

    def save(self, state: State) -> None:
        """Replace the state on disk."""
        import torch

        with whole_file(self.path) as unfinished:
            torch.save(state, unfinished)

    def remove(self) -> None:
        """Forget the state: the training has ended."""
        self.path.unlink(missing_ok=True)
