import json
from dataclasses import replace
from typing import Any

import pytest

from evaluation.legs.templates import (
    Compiler,
    Either,
    Held,
    Leaf,
    Number,
    ReplayError,
    Words,
    deciding_leaves,
    marked,
    minimums_of,
    node_as_json,
    node_from_json,
    numbers_of,
    renumbered,
)
from recommender.bundle import LexicalBundle, load_bundle

LEXICAL = replace(load_bundle().search.lexical, boosts={"title": 4.0, "description": 1.0})


def query(lexical: LexicalBundle) -> dict[str, Any]:
    """A body such as the product builds."""
    return {
        "bool": {
            "must": [
                {
                    "bool": {
                        "should": [
                            {"constant_score": {"filter": {"terms": {"title_keys": ["데미안"]}}, "boost": 0.0}},
                            {
                                "match": {
                                    "all": {
                                        "query": "데미안 소설",
                                        "boost": lexical.boosts["title"] * 0.25,
                                        "minimum_should_match": lexical.all_minimum,
                                    }
                                }
                            },
                        ],
                        "minimum_should_match": 1,
                    }
                }
            ],
            "should": [
                {"match": {"title": {"query": "데미안", "boost": lexical.boosts["title"]}}},
                {"match": {"people": {"query": "헤르만 헤세", "operator": "and"}}},
            ],
            "filter": [{"terms": {"language": ["ko"]}}],
        }
    }


def compiled(lexical: LexicalBundle = LEXICAL) -> tuple[Any, Compiler]:
    compiler = Compiler(lexical)
    first, second = (query(bundle) for bundle in marked(lexical))
    return compiler.compile(first, second), compiler


def test_every_number_is_a_constant_or_a_multiple_of_a_parameter() -> None:
    tree, compiler = compiled()

    assert tree == Either(
        must=(
            Either(
                must=(),
                should=(Held(0), Words(1, Number(0.25, "boosts.title"), "all_minimum")),
                filter=(),
                must_not=(),
                minimum="1",
            ),
        ),
        should=(Words(2, Number(1.0, "boosts.title"), None), Words(3, Number(1.0), None, whole=True)),
        filter=(Held(4),),
        must_not=(),
        minimum=None,
    )
    assert compiler.leaves == (
        Leaf("", clause='{"terms": {"title_keys": ["데미안"]}}'),
        Leaf("all", ("데미안", "소설")),
        Leaf("title", ("데미안",)),
        Leaf("people", ("헤르만", "헤세")),
        Leaf("", clause='{"terms": {"language": ["ko"]}}'),
    )


def test_a_number_is_filled_in_from_another_bundle() -> None:
    other = numbers_of(replace(LEXICAL, boosts={"title": 8.0, "description": 1.0}))

    assert Number(0.25, "boosts.title").value(other) == 2.0
    assert Number(0.25).value(other) == 0.25


@pytest.mark.parametrize(
    "boost",
    [
        lambda boosts: boosts["title"] + 1,
        lambda boosts: boosts["title"] ** 2,
        lambda boosts: boosts["title"] * boosts["description"],
    ],
    ids=["sum", "square", "product of two"],
)
def test_a_number_that_no_replay_could_fill_in_is_refused(boost: Any) -> None:
    first, second = (
        {"match": {"title": {"query": "데미안", "boost": boost(bundle.boosts)}}} for bundle in marked(LEXICAL)
    )

    with pytest.raises(ReplayError, match="a boost may only be multiplied"):
        Compiler(LEXICAL).compile(first, second)


def test_an_unknown_part_of_a_body_is_refused() -> None:
    with pytest.raises(ReplayError, match="bool: boost cannot be replayed"):
        Compiler(LEXICAL).compile({"bool": {"boost": 2}}, {"bool": {"boost": 2}})


def test_matching_is_decided_by_what_is_required_first() -> None:
    tree, _ = compiled()

    assert deciding_leaves(tree) == {0, 1}
    assert deciding_leaves(tree.should[0]) == {2}


def test_trees_of_one_shape_are_equal_once_their_leaves_are_renumbered() -> None:
    tree, _ = compiled()
    shifted = replace(
        tree, must=(), should=(replace(tree.should[0], leaf=7), replace(tree.should[1], leaf=5)), filter=()
    )

    renamed, leaves = renumbered(shifted)

    assert (renamed.should[0].leaf, renamed.should[1].leaf, leaves) == (0, 1, (7, 5))  # type: ignore[union-attr]
    assert renumbered(renamed) == (renamed, (0, 1))


def test_a_tree_survives_a_file() -> None:
    tree, _ = compiled()

    assert node_from_json(json.loads(json.dumps(node_as_json(tree)))) == tree


def test_the_shipped_bundle_has_names_for_all_it_holds() -> None:
    lexical = load_bundle().search.lexical

    named = numbers_of(lexical).keys() | minimums_of(lexical).keys() | {"boosts"}
    assert {name.partition(".")[0] for name in named} == set(LexicalBundle.__dataclass_fields__)
