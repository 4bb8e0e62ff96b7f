"""The losses as a picture that can be printed: one panel a model, lines told apart without colour."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from training.files import whole_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANEL_INCHES = (4.6, 3.4)
FORMATS = ("png", "svg")


@dataclass(frozen=True, slots=True)
class Curve:
    """The losses of one plan of one model, by epochs."""

    plan: str
    is_chosen: bool
    epochs: tuple[float, ...]
    train_losses: tuple[float, ...]
    held_out_losses: tuple[float, ...]


def read_curves(history: Path) -> tuple[Curve, ...]:
    """The curves of a model's `history.csv`, the chosen plan's first."""
    with history.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    plans = dict.fromkeys((row["rate"], row["batch"]) for row in rows)
    return tuple(_curve([row for row in rows if (row["rate"], row["batch"]) == plan]) for plan in plans)


def draw_curves(panels: Sequence[tuple[str, Sequence[Curve]]], folder: Path) -> tuple[Path, ...]:
    """Draw every model's curves into `losses.png` and `losses.svg`.

    Args:
        panels: model and its curves.
        folder: where the pictures go.
    """
    from matplotlib.figure import Figure  # without pyplot, which would look for a screen

    width, height = PANEL_INCHES
    figure = Figure(figsize=(width * len(panels), height), layout="constrained")
    for axes, (model, curves) in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        _draw(axes, model, curves)
    return tuple(_save(figure, folder / f"losses.{ending}") for ending in FORMATS)


def _draw(axes: "Axes", model: str, curves: Sequence[Curve]) -> None:
    """The chosen plan in black, the held-out loss drawn through and the training loss dashed; the others thin and grey."""
    for curve in curves:
        if curve.is_chosen:
            axes.plot(curve.epochs, curve.held_out_losses, "o-", color="black", label=f"held out ({curve.plan})")
            axes.plot(curve.epochs[1:], curve.train_losses[1:], "s--", color="0.35", markersize=4, label="training")
        else:
            axes.plot(curve.epochs, curve.held_out_losses, "-", color="0.75", linewidth=1, zorder=1)
            axes.annotate(curve.plan, (curve.epochs[-1], curve.held_out_losses[-1]), fontsize=6, color="0.45")
    axes.set_title(model, fontsize=9)
    axes.set_xlabel("epochs")
    axes.set_ylabel("loss (nats a token of the answer)")
    axes.grid(color="0.9")
    axes.legend(fontsize=7)


def _save(figure: "Figure", path: Path) -> Path:
    import matplotlib as mpl

    # A fixed salt and no date: the same losses give the same file.
    with whole_file(path) as unfinished, mpl.rc_context({"svg.hashsalt": "losses"}):
        ending = path.suffix.removeprefix(".")
        figure.savefig(unfinished, format=ending, dpi=200, metadata={"Date": None} if ending == "svg" else None)
    return path


def _curve(rows: Sequence[dict[str, str]]) -> Curve:
    first = rows[0]
    return Curve(
        plan=f"rate {float(first['rate']):g}, batch {first['batch']}",
        is_chosen=first["chosen"] == "1",
        epochs=tuple(float(row["epoch"]) for row in rows),
        train_losses=tuple(float(row["train_loss"]) for row in rows),
        held_out_losses=tuple(float(row["held_out_loss"]) for row in rows),
    )
