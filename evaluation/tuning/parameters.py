"""What may be searched for in a bundle, and how a bundle looks with other numbers in it.

A parameter is named by its path in the bundle's file (`search.fusion.linear.dense_weight`), so that whatever a bundle
holds can be searched, and a report names what an editor of the file will find.

Two numbers are not searched. `num_candidates` says how many vectors a graph is asked for: below some 50,000 books every vector
is compared, on either engine, and no value of it changes an answer. `recommend.enrichment.liked_from` says what a rating
means; that is the library's to know, and not to be bent until a metric likes it.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from recommender.bundle import Bundle, FusionMethod

if TYPE_CHECKING:
    from optuna.trial import Trial

Value = float | int | str
Values = Mapping[str, Value]
"""Path → value."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds; `is_ratio` searches factors rather than differences."""

    path: str
    low: float
    high: float
    is_ratio: bool = False

    def suggest(self, trial: "Trial") -> float:
        """Let the trial choose; rounded, because no relevance hangs on the fourth digit."""
        return float(f"{trial.suggest_float(self.path, self.low, self.high, log=self.is_ratio):.3g}")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included."""

    path: str
    low: int
    high: int

    def suggest(self, trial: "Trial") -> int:
        """Let the trial choose."""
        return trial.suggest_int(self.path, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values."""

    path: str
    values: tuple[str, ...]

    def suggest(self, trial: "Trial") -> str:
        """Let the trial choose."""
        return str(trial.suggest_categorical(self.path, self.values))


Parameter = Number | Whole | Choice

BOOST_RANGE = 4.0
"""A boost is searched from a fourth to four times what it is: beyond that a field drowns the others or is lost."""


def lexical_parameters(bundle: Bundle) -> Iterator[Parameter]:
    """How words find and weigh books."""
    lexical = bundle.search.lexical
    for field, boost in lexical.boosts.items():
        yield Number(f"search.lexical.boosts.{field}", boost / BOOST_RANGE, boost * BOOST_RANGE, is_ratio=True)
    yield Number("search.lexical.sound_boost", 4, 40, is_ratio=True)
    # Of two words each of these wants both: one of two fills a page, and no judged collection sees what is too much.
    shares = (
        "2<70%",
        "2<60%",
        "2<80%",
        "2<70% 5<50%",
        "2<70% 6<40%",
        "2<70% 9<30%",
        "2<60% 5<40%",
        "2<70% 5<40% 10<25%",
    )
    yield Choice("search.lexical.all_minimum", tuple(dict.fromkeys((lexical.all_minimum, *shares))))
    bigrams = ("2<65%", "2<70%", "2<75%", "2<80%", "2<85%")
    yield Choice(
        "search.lexical.title_bigrams_minimum", tuple(dict.fromkeys((lexical.title_bigrams_minimum, *bigrams)))
    )


def fusion_parameters(bundle: Bundle) -> Iterator[Parameter]:
    """Which hits are near in meaning, and what that weighs beside their words, by one method of fusion."""
    # Below these, letters struck at random find books "by meaning": what nobody asked for is in no judged collection.
    yield Number("search.dense.minimum_similarity", 0.27, 0.5)
    yield Number("search.dense.share_of_best", 0.55, 0.95)
    if bundle.search.fusion.method is FusionMethod.RRF:
        yield Number("search.fusion.rrf.rank_constant", 1, 100, is_ratio=True)
        yield Number("search.fusion.rrf.dense_weight", 0.01, 1.0, is_ratio=True)
    else:
        yield Number("search.fusion.linear.dense_weight", 0.1, 2.0)
        yield Number("search.fusion.linear.score_per_word", 4, 60, is_ratio=True)
        yield Number("search.fusion.linear.agreement_power", 0, 4)
        yield Number("search.fusion.linear.lexical_floor", 0, 1)
        yield Number("search.fusion.linear.relaxed_dense_weight", 0.2, 4, is_ratio=True)


def reader_parameters(bundle: Bundle) -> Iterator[Parameter]:
    """How much of the reader goes into a question, which legs find candidates, and how varied they are."""
    part = "recommend.enrichment"
    yield Whole(f"{part}.history_limit", 1, 8)
    yield Whole(f"{part}.terms_per_book", 1, 8)
    yield Whole(f"{part}.preference_limit", 1, 10)
    for name in ("history_weight", "preference_weight", "intake_weight", "hint_weight"):
        yield Number(f"{part}.{name}", 0.05, 1.5, is_ratio=True)
    part = "recommend.candidates"
    for field, boost in bundle.recommend.candidates.boosts.items():
        yield Number(f"{part}.boosts.{field}", boost / BOOST_RANGE, boost * BOOST_RANGE, is_ratio=True)
    for name in ("dense_weight", "appeal_weight", "taste_weight", "unasked_share"):
        yield Number(f"{part}.{name}", 0.05, 1.5, is_ratio=True)
    yield Number(f"{part}.liked_author_boost", 0.5, 8, is_ratio=True)
    yield Whole(f"{part}.books_per_author", 1, 3)


def with_values(bundle: Bundle, values: Values) -> Bundle:
    """The bundle with other values at some paths.

    Raises:
        KeyError: the bundle has no such parameter.
    """
    return reduce(lambda changed, item: _replaced(changed, item[0].split("."), item[1]), values.items(), bundle)


def values_of(bundle: Bundle, paths: Mapping[str, Any] | list[str]) -> dict[str, Value]:
    """What a bundle has at some paths."""
    return {path: reduce(_part, path.split("."), bundle) for path in paths}  # type: ignore[misc]


def changes(parent: Bundle, values: Values) -> Mapping[str, tuple[object, object]]:
    """Path → what it was and what it is now, for what became different."""
    old = values_of(parent, list(values))
    return {path: (old[path], value) for path, value in values.items() if old[path] != value}


def _replaced(part: Any, path: list[str], value: Value) -> Any:
    name, *rest = path
    inner = _replaced(_part(part, name), rest, value) if rest else type(_part(part, name))(value)
    return {**part, name: inner} if isinstance(part, Mapping) else dataclasses.replace(part, **{name: inner})


def _part(part: Any, name: str) -> Any:
    """One parameter by its name; a group of them likewise."""
    if isinstance(part, Mapping):
        return part[name]
    if not dataclasses.is_dataclass(part) or name not in {field.name for field in dataclasses.fields(part)}:
        raise KeyError(name)
    return getattr(part, name)
