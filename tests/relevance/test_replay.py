"""A replay from kept legs is the product's own search: on the sample library, for every case and question."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.cases.reading import read_cases, read_judgements
from evaluation.legs.collecting import collect
from evaluation.legs.replaying import Replayer
from evaluation.legs.storing import read_legs, write_legs
from evaluation.relevance.rankings import search_all
from recommender.bundle import FusionMethod, SearchBundle, load_bundle
from recommender.library import Library
from recommender.search.request import Mode
from recommender.search.service import SearchService

SAMPLE = Path(__file__).resolve().parents[2] / "sample"

SHOWN = 10


def changed(bundle: SearchBundle) -> SearchBundle:
    """Other boosts and minimums, other thresholds, another weight of meaning, and ties that move more."""
    lexical, fusion = bundle.lexical, bundle.fusion
    return replace(
        bundle,
        lexical=replace(
            lexical,
            boosts={name: boost * (0.5 + place % 3) for place, (name, boost) in enumerate(lexical.boosts.items())},
            all_minimum="3<55%",
            title_bigrams_minimum="2<60%",
        ),
        dense=replace(bundle.dense, minimum_similarity=0.15, share_of_best=0.6),
        fusion=replace(
            fusion,
            linear=replace(fusion.linear, dense_weight=0.6, score_per_word=9.0, lexical_floor=0.4),
            ties=replace(fusion.ties, within=0.05),
        ),
    )


def strict(bundle: SearchBundle) -> SearchBundle:
    """All words are needed, so that many searches are relaxed."""
    return replace(bundle, lexical=replace(bundle.lexical, all_minimum="100%", title_bigrams_minimum="100%"))


def by_rank(bundle: SearchBundle) -> SearchBundle:
    fusion = replace(bundle.fusion, method=FusionMethod.RRF, rrf=replace(bundle.fusion.rrf, dense_weight=0.8), depth=60)
    return replace(changed(bundle), fusion=fusion)


BUNDLES = {
    "default": load_bundle().search,
    "changed": changed(load_bundle().search),
    "strict": strict(load_bundle().search),
    "by rank": by_rank(load_bundle().search),
}


@pytest.fixture(scope="module")
def queries() -> Mapping[str, str]:
    """What is asked in the cases and questions: titles, misspelt ones, authors, ISBNs, moods, in two languages."""
    asked = [case.query for case in read_cases(SAMPLE / "relevance_cases.tsv")]
    asked += [judgement.query for judgement in read_judgements(SAMPLE / "relevance_questions.tsv")]
    return {query: query for query in dict.fromkeys(asked)}


@pytest.fixture(scope="module")
def replayer(sample_library: Library, queries: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Replayer:
    """Over legs that were written and read again."""
    path = tmp_path_factory.mktemp("legs") / "sample.npz"
    write_legs(collect(sample_library, queries), path)
    return Replayer(read_legs(path))


@pytest.mark.parametrize("name", BUNDLES)
@pytest.mark.parametrize("mode", list(Mode))
def test_a_replay_is_the_search_itself(
    sample_library: Library, queries: Mapping[str, str], replayer: Replayer, name: str, mode: Mode
) -> None:
    library, bundle = sample_library, BUNDLES[name]
    service = SearchService(library.engine, library.analyzer, library.encoder, bundle)
    (searched,) = search_all(service, queries, [mode])

    replayed = replayer.replay(bundle, mode, size=SHOWN).rankings()

    differing = {
        query: (replayed[query], found[:SHOWN])
        for query, found in searched.rankings.items()
        if replayed[query] != found[:SHOWN]
    }
    assert differing == {}
