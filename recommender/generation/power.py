"""What the machine draws while a model runs, measured where the machine tells.

Linux counts the energy of Intel and AMD processors in `/sys/class/powercap` (RAPL, readable by root or by whoever the
operator lets); PyTorch asks NVIDIA's driver what a graphics card draws. Elsewhere a figure has to do.
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

POWERCAP = Path("/sys/class/powercap")

DEFAULT_WATTS = 65.0
"""What a processor of a desktop computer is built to draw under load: the class that most libraries' machines have."""

MICROJOULES = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The energy counters at one moment."""

    at: float  # seconds that only ever grow
    joules: float  # since some moment in the past; wraps round


@dataclass(frozen=True, slots=True)
class Draw:
    """What the machine draws."""

    watts: float
    is_measured: bool


class PowerMeter(Protocol):
    """Tells what the machine draws; may be called from several threads."""

    def read(self) -> Reading | None:
        """The counters now; None where nothing can be measured."""

    def draw_since(self, reading: Reading | None) -> Draw:
        """What was drawn on average since a reading."""


class FixedPower:
    """Always the same figure: the operator's, or one for a usual machine."""

    def __init__(self, watts: float) -> None:
        self._draw = Draw(watts, is_measured=False)

    def read(self) -> Reading | None:
        """There is nothing to read."""
        return None

    def draw_since(self, reading: Reading | None) -> Draw:  # noqa: ARG002 (the protocol's shape)
        """The figure."""
        return self._draw


class MeasuredPower:
    """The processor's own counters, and the graphics card's draw where a model runs on one.

    Args:
        counters: folders of powercap zones.
        clock: seconds that only ever grow.
    """

    def __init__(self, counters: tuple[Path, ...], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._counters = counters
        self._range = sum(_number(counter / "max_energy_range_uj") for counter in counters) / MICROJOULES
        self._clock = clock

    def read(self) -> Reading | None:
        """The counters now."""
        try:
            joules = sum(_number(counter / "energy_uj") for counter in self._counters) / MICROJOULES
        except OSError:
            return None
        return Reading(self._clock(), joules)

    def draw_since(self, reading: Reading | None) -> Draw:
        """The average since then; the usual figure where the counters fell silent."""
        now = self.read()
        if reading is None or now is None or now.at <= reading.at:
            return Draw(DEFAULT_WATTS, is_measured=False)
        joules = now.joules - reading.joules
        if joules < 0:  # a counter began again from zero
            joules += self._range
        return Draw(joules / (now.at - reading.at) + _graphics_watts(), is_measured=True)


def create_power_meter(watts: float | None, *, powercap: Path = POWERCAP) -> PowerMeter:
    """The operator's figure, else the machine's own counters, else a usual figure."""
    if watts is not None:
        return FixedPower(watts)
    packages = tuple(zone for zone in sorted(powercap.glob("*-rapl:*")) if _is_package(zone))
    return MeasuredPower(packages) if packages else FixedPower(DEFAULT_WATTS)


def _is_package(zone: Path) -> bool:
    """Whether a zone is a whole processor (`intel-rapl:0`), not a part of one (`intel-rapl:0:1`), and may be read."""
    if zone.name.count(":") != 1:
        return False
    with suppress(OSError, ValueError):
        return _number(zone / "energy_uj") >= 0
    return False


def _number(path: Path) -> float:
    return float(path.read_text(encoding="ascii"))


def _graphics_watts() -> float:
    """What the graphics card draws now; 0 without one, or without the library that asks its driver."""
    torch = sys.modules.get("torch")  # a process without a loaded model has nothing on a card
    if torch is None or not torch.cuda.is_available():
        return 0.0
    with suppress(ImportError, RuntimeError, OSError):
        return float(torch.cuda.power_draw()) / 1000
    return 0.0
