"""What answers cost: seconds, energy here, money elsewhere."""

import pytest

from recommender.generation.base import ModelInfo
from recommender.generation.power import DEFAULT_WATTS, Draw, FixedPower, Reading
from recommender.recommend.cost import Costs, Prices, is_here
from recommender.recommend.values import Cost, Usage

TIMINGS = {"reader": 900.0, "candidates": 300.0, "choice": 400.0, "reasons": 3_200.0, "checking": 50.0}
LOCAL = ModelInfo("Qwen/Qwen3-0.6B", dtype="bfloat16", device="cpu")
USAGE = Usage(prompt_tokens=1_500, completion_tokens=400)


class Measured:
    """A meter that measured 100 watts."""

    def read(self) -> Reading | None:
        return Reading(10.0, 5.0)

    def draw_since(self, reading: Reading | None) -> Draw:
        return Draw(100.0, is_measured=reading == Reading(10.0, 5.0))


def test_only_what_a_generator_does_counts() -> None:
    cost = Costs(FixedPower(50.0)).of(USAGE, TIMINGS, LOCAL, None)

    assert cost.seconds == pytest.approx(3.6)
    assert cost.watt_hours == pytest.approx(3.6 * 50 / 3_600)
    assert (cost.is_measured, cost.price) == (False, None)


def test_the_same_tokens_elsewhere_have_a_price_where_one_is_set() -> None:
    prices = Prices(prompt=0.15, completion=0.60, currency="USD")
    cost = Costs(FixedPower(50.0), prices).of(USAGE, TIMINGS, LOCAL, None)

    assert cost.price == pytest.approx((1_500 * 0.15 + 400 * 0.60) / 1_000_000)
    assert cost.currency == "USD"


def test_one_price_alone_is_a_price() -> None:
    assert Prices(completion=2.0).of(Usage(1_000_000, 500_000)) == pytest.approx(1.0)
    assert Prices().of(USAGE) is None


def test_what_was_kept_costs_what_the_same_would_cost_today() -> None:
    kept = Cost(seconds=3.0, watt_hours=0.1, is_measured=True)

    assert Costs(prices=Prices(prompt=2.0, currency="EUR")).priced(kept, USAGE) == Cost(
        seconds=3.0, watt_hours=0.1, is_measured=True, price=pytest.approx(0.003), currency="EUR"
    )
    assert Costs().priced(kept, USAGE).price is None


def test_measured_power_is_said_to_be_measured() -> None:
    costs = Costs(Measured())
    cost = costs.of(USAGE, TIMINGS, LOCAL, costs.begin())

    assert (cost.watt_hours, cost.is_measured) == (pytest.approx(0.1), True)


def test_a_usual_machine_is_assumed_where_nothing_is_known() -> None:
    assert Costs().of(USAGE, {"reasons": 3_600_000.0}, LOCAL, None).watt_hours == pytest.approx(DEFAULT_WATTS)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (ModelInfo("composed"), True),
        (LOCAL, True),
        (ModelInfo("Qwen/Qwen3-0.6B", device="cuda:0"), True),
        (ModelInfo("Qwen/Qwen3-0.6B"), True),  # not loaded yet
        (ModelInfo("llama3", device="http://127.0.0.1:11434/v1"), True),
        (ModelInfo("llama3", device="http://localhost:8080/v1"), True),
        (ModelInfo("llama3", device="http://[::1]:8080/v1"), True),
        (ModelInfo("llama3", device="https://models.example.org/v1"), False),
    ],
    ids=str,
)
def test_energy_is_known_of_this_machine_only(model: ModelInfo, *, expected: bool) -> None:
    costs = Costs(Measured())
    cost = costs.of(USAGE, TIMINGS, model, costs.begin())

    assert is_here(model) is expected
    assert (cost.watt_hours is not None, cost.is_measured) == (expected, expected)


def test_costs_add_up_and_the_unknown_stays_unknown() -> None:
    one = Cost(seconds=2.0, watt_hours=0.1, is_measured=True, price=0.5, currency="KRW")
    two = Cost(seconds=1.0, watt_hours=0.2, is_measured=False, price=0.25, currency="KRW")

    both = one + two
    assert (both.seconds, both.watt_hours, both.is_measured, both.price, both.currency) == (
        3.0,
        pytest.approx(0.3),
        False,
        0.75,
        "KRW",
    )
    assert (one + Cost(watt_hours=None)).watt_hours is None
