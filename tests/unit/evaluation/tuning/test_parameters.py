from dataclasses import replace

import optuna
import pytest

from evaluation.tuning.parameters import (
    fusion_parameters,
    lexical_parameters,
    reader_parameters,
    values_of,
    with_values,
)
from recommender.bundle import FusionMethod, load_bundle

BUNDLE = load_bundle()


def test_values_are_set_at_any_depth_and_nothing_else_changes() -> None:
    values = {"search.lexical.boosts.title": 9, "search.fusion.method": "rrf", "recommend.enrichment.history_limit": 6}

    changed = with_values(BUNDLE, values)

    assert changed.search.lexical.boosts == {**BUNDLE.search.lexical.boosts, "title": 9.0}
    assert changed.search.fusion.method is FusionMethod.RRF
    assert changed.recommend.enrichment.history_limit == 6
    assert with_values(changed, values_of(BUNDLE, list(values))) == BUNDLE


@pytest.mark.parametrize(
    "path", ["search.lexical.boosts.titel", "search.fushion.depth", "version.major", "search.lexical.boosts.title.x"]
)
def test_a_path_that_is_not_there_is_an_error(path: str) -> None:
    with pytest.raises(KeyError):
        with_values(BUNDLE, {path: 1.0})


def test_every_parameter_is_there_and_may_be_what_it_is() -> None:
    parameters = [*lexical_parameters(BUNDLE), *fusion_parameters(BUNDLE), *reader_parameters(BUNDLE)]
    current = values_of(BUNDLE, [parameter.path for parameter in parameters])

    trial = optuna.trial.FixedTrial(current)

    assert {parameter.path: parameter.suggest(trial) for parameter in parameters} == current


def test_each_method_of_fusion_has_parameters_of_its_own() -> None:
    by_rank = with_values(BUNDLE, {"search.fusion.method": "rrf"})
    by_score = replace(by_rank, search=with_values(by_rank, {"search.fusion.method": "linear"}).search)

    assert any(".rrf." in parameter.path for parameter in fusion_parameters(by_rank))
    assert not any(".rrf." in parameter.path for parameter in fusion_parameters(by_score))
