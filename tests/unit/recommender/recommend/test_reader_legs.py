"""The legs by what other readers borrow, and the traits that a reader prefers."""

import dataclasses
from typing import Any

import pytest

from recommender.bundle import Bundle, load_bundle
from recommender.engine.base import SearchResult
from recommender.models import Preferences
from recommender.recommend.asking import AskedWord
from recommender.recommend.candidates.legs import candidate_searches, fused_legs
from recommender.recommend.candidates.values import Excluded, Wanted
from recommender.recommend.enrichment import enrich
from recommender.recommend.intake import Intake, answers
from recommender.recommend.leanings import leanings_of
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EditedQuestion, EnrichedTerm, TermSource, Trait, TraitKind

ROBOT = (AskedWord("로봇", ("로봇",), is_subject=True),)
CO_BORROWED = {"paint": 0.9, "cosmos": 0.5, "earth": 0.5}
POPULAR = {"almond": 0.3, "paint": 0.2}


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle()


def test_the_crowd_asks_only_which_of_its_books_may_be_suggested(bundle: Bundle) -> None:
    wanted = Wanted(co_borrowed=CO_BORROWED, popular=POPULAR)
    bodies = candidate_searches(wanted, Excluded(book_ids=("cosmos",)), bundle)

    def body(ids: list[str]) -> dict[str, Any]:
        banned = [
            {"terms": {"form": ["workbook", "reference", "periodical"]}},
            {"ids": {"values": ["cosmos"]}},
            {"terms": {"former_ids": ["cosmos"]}},
        ]
        allowed = [{"ids": {"values": ids}}, {"match_all": {}}]
        return {"query": {"bool": {"filter": allowed, "must_not": banned}}, "size": len(ids)}

    assert bodies == {"co_borrowed": body(["paint", "cosmos", "earth"]), "popular": body(["almond", "paint"])}


def test_no_reader_no_crowd(bundle: Bundle) -> None:
    assert candidate_searches(Wanted(), Excluded(), bundle) == {}


def test_the_order_is_what_speaks_for_a_book_not_what_the_engine_says(bundle: Bundle) -> None:
    found = {"co_borrowed": SearchResult(2, ("cosmos", "earth", "paint"), (0.0, 0.0, 0.0))}
    fused = fused_legs(Wanted(co_borrowed=CO_BORROWED), found, bundle)

    assert fused.ids == ("paint", "cosmos", "earth")
    assert fused.explain("paint")[0].score == 0.9


def test_what_is_popular_moves_what_was_asked_for_and_finds_nothing_else(bundle: Bundle) -> None:
    found = {
        "lexical": SearchResult(2, ("blues", "paint"), (9.0, 8.9)),
        "popular": SearchResult(2, ("almond", "paint"), (0.0, 0.0)),
    }
    unasked = fused_legs(Wanted(popular=POPULAR), found, bundle)
    asked = fused_legs(Wanted(asked=ROBOT, popular=POPULAR), found, bundle)

    assert "almond" in unasked.ids
    assert set(asked.ids) == {"blues", "paint"}
    assert [leg.leg for leg in asked.explain("paint")] == ["lexical", "popular"]


def preferring(**said: str) -> ReaderContext:
    preferences = Preferences("r1", **said)
    return ReaderContext(preferences=preferences, leanings=leanings_of(preferences))


def test_length_level_and_tone_are_traits_with_the_readers_own_word(bundle: Bundle) -> None:
    context = preferring(preferred_length="중간", complexity="쉬움", tone="따뜻함")
    enriched = enrich("불안", (), context, bundle.recommend.enrichment, language="ko")
    weights = bundle.recommend.enrichment.trait_weights

    assert enriched.traits == (
        Trait(TraitKind.PAGES, "200-400", TermSource.PREFERENCES, weights["pages"], "중간"),
        Trait(TraitKind.DEPTH, "light", TermSource.PREFERENCES, weights["depth"], "쉬움"),
        Trait(TraitKind.MOOD, "warm", TermSource.PREFERENCES, weights["mood"], "따뜻함"),
    )


def test_what_is_asked_today_goes_before_what_is_preferred(bundle: Bundle) -> None:
    context = preferring(complexity="쉬움", preferred_length="짧음")
    enriched = enrich("", answers(Intake(focus="deep")), context, bundle.recommend.enrichment, language="ko")

    assert [trait.value for trait in enriched.traits if trait.kind is TraitKind.DEPTH] == ["deep"]
    assert [trait.value for trait in enriched.traits if trait.kind is TraitKind.PAGES] == ["-250"]


def test_a_preference_can_be_removed_and_an_unknown_tone_is_a_word(bundle: Bundle) -> None:
    context = preferring(complexity="쉬움", tone="기묘한")
    edited = EditedQuestion(removed=frozenset({"depth:light"}))
    enriched = enrich("우주", (), context, bundle.recommend.enrichment, language="ko", edited=edited)

    assert enriched.traits == ()
    weight = bundle.recommend.enrichment.preference_weight
    assert enriched.terms == (EnrichedTerm("기묘한", TermSource.PREFERENCES, weight, "기묘한"),)


def test_a_leaning_moves_what_words_find_and_finds_nothing_beside_them(bundle: Bundle) -> None:
    short = Trait(TraitKind.PAGES, "-250", TermSource.PREFERENCES, 0.5, "짧음")
    bodies = candidate_searches(Wanted(asked=ROBOT, traits=(short,)), Excluded(), bundle)
    boost = 0.5 * bundle.recommend.candidates.leaning_boost

    assert list(bodies) == ["lexical"]
    assert bodies["lexical"]["query"]["bool"]["should"] == [
        {"constant_score": {"filter": {"range": {"pages": {"lte": 250}}}, "boost": boost}}
    ]


def test_where_nothing_else_is_known_a_leaning_finds(bundle: Bundle) -> None:
    warm = Trait(TraitKind.MOOD, "warm", TermSource.PREFERENCES, 1.0, "따뜻함")

    assert list(candidate_searches(Wanted(traits=(warm,)), Excluded(), bundle)) == ["appeal"]


def test_legs_that_know_the_reader_alone_weigh_less_where_something_is_asked(bundle: Bundle) -> None:
    halved = dataclasses.replace(bundle.recommend.candidates, asked_share=0.5)
    changed = dataclasses.replace(bundle, recommend=dataclasses.replace(bundle.recommend, candidates=halved))
    found = {"co_borrowed": SearchResult(1, ("paint",), (0.0,))}
    asked = fused_legs(Wanted(asked=ROBOT, co_borrowed=CO_BORROWED), found, changed)
    unasked = fused_legs(Wanted(co_borrowed=CO_BORROWED), found, changed)

    assert asked.scores[0] == pytest.approx(unasked.scores[0] / 2)
