"""What the machine draws, from the kernel's own counters."""

from pathlib import Path

import pytest

from recommender.generation.power import DEFAULT_WATTS, Draw, MeasuredPower, Reading, create_power_meter


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def zone(powercap: Path, name: str, microjoules: int, *, most: int = 262_143_328_850) -> Path:
    """A folder as the kernel shows one."""
    folder = powercap / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "name").write_text("package-0\n", encoding="ascii")
    (folder / "energy_uj").write_text(f"{microjoules}\n", encoding="ascii")
    (folder / "max_energy_range_uj").write_text(f"{most}\n", encoding="ascii")
    return folder


def test_the_average_since_a_reading_is_what_all_processors_used(tmp_path: Path) -> None:
    clock = Clock()
    zones = (zone(tmp_path, "intel-rapl:0", 1_000_000), zone(tmp_path, "intel-rapl:1", 5_000_000))
    meter = MeasuredPower(zones, clock=clock)
    began = meter.read()

    clock.now += 2
    zone(tmp_path, "intel-rapl:0", 61_000_000)
    zone(tmp_path, "intel-rapl:1", 45_000_000)

    assert began == Reading(100.0, 6.0)
    assert meter.draw_since(began) == Draw(50.0, is_measured=True)


def test_a_counter_that_began_again_from_zero(tmp_path: Path) -> None:
    clock = Clock()
    meter = MeasuredPower((zone(tmp_path, "intel-rapl:0", 90_000_000, most=100_000_000),), clock=clock)
    began = meter.read()
    clock.now += 1
    zone(tmp_path, "intel-rapl:0", 20_000_000, most=100_000_000)

    assert meter.draw_since(began) == Draw(30.0, is_measured=True)


def test_a_counter_that_is_gone_leaves_the_usual_figure(tmp_path: Path) -> None:
    folder = zone(tmp_path, "intel-rapl:0", 1_000)
    meter = MeasuredPower((folder,))
    began = meter.read()
    (folder / "energy_uj").unlink()

    assert meter.draw_since(began) == Draw(DEFAULT_WATTS, is_measured=False)
    assert meter.read() is None


@pytest.mark.parametrize(
    ("zones", "is_measured"),
    [
        (["intel-rapl:0"], True),
        (["intel-rapl:0", "intel-rapl:0:1"], True),
        (["intel-rapl:0:0"], False),  # a part of a processor only
        (["dtpm"], False),
        ([], False),
    ],
    ids=str,
)
def test_whole_processors_are_measured_where_the_kernel_counts(
    tmp_path: Path, zones: list[str], *, is_measured: bool
) -> None:
    for name in zones:
        zone(tmp_path, name, 1_000_000)

    meter = create_power_meter(None, powercap=tmp_path)

    assert isinstance(meter, MeasuredPower) is is_measured
    assert (meter.read() is not None) is is_measured
    if is_measured:
        assert meter.read() is not None
        assert meter.read().joules == 1.0  # type: ignore[union-attr]
    else:
        assert meter.draw_since(None) == Draw(DEFAULT_WATTS, is_measured=False)


def test_counters_that_may_not_be_read_are_not_used(tmp_path: Path) -> None:
    folder = zone(tmp_path, "intel-rapl:0", 1_000_000)
    (folder / "energy_uj").write_text("", encoding="ascii")

    assert create_power_meter(None, powercap=tmp_path).draw_since(None) == Draw(DEFAULT_WATTS, is_measured=False)


def test_the_operators_figure_goes_before_any_measurement(tmp_path: Path) -> None:
    zone(tmp_path, "intel-rapl:0", 1_000_000)

    assert create_power_meter(28.0, powercap=tmp_path).draw_since(None) == Draw(28.0, is_measured=False)
