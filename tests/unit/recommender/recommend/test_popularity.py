"""Asking for what others borrow."""

import pytest

from recommender.bundle import load_bundle
from recommender.engine.base import SearchResult
from recommender.models import AgeGroup, Book
from recommender.readers.crowd import PopularWith
from recommender.recommend.asking import AskedWord
from recommender.recommend.candidates import Wanted
from recommender.recommend.candidates.legs import candidate_searches, fused_legs
from recommender.recommend.candidates.values import Excluded
from recommender.recommend.evidence import gather
from recommender.recommend.hearing import Hearing
from recommender.recommend.popularity import wishes_popular, without_wish
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import Evidence, EvidenceCode, Question
from recommender.search.known import LiveCatalogue
from recommender.search.results import LegRank
from tests.small_library import SmallLibrary

ROBOT = (AskedWord("로봇", ("로봇",), is_subject=True),)
BUNDLE = load_bundle()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("중학생에게 인기 있는 책", "중학생에게 책"),
        ("인기 많은 추리소설", "추리소설"),
        ("요즘 많이 읽는 책", "요즘 책"),
        ("많이 빌려 간 소설", "소설"),
        ("베스트셀러 추천", "추천"),
        ("what are the most popular novels", "what are the novels"),
        ("popular books about space", "books about space"),
        ("best-selling mysteries", "mysteries"),
    ],
)
def test_a_wish_for_what_others_borrow_is_no_word_to_look_for(text: str, rest: str) -> None:
    assert wishes_popular(text)
    assert len(without_wish(text)) == len(text)
    assert without_wish(text).split() == rest.split()


@pytest.mark.parametrize(
    "text",
    [
        "인기 있는 친구가 부러워요",
        "인기 아이돌 이야기",
        "베스트셀러 작가가 되고 싶어요",
        "popular science for beginners",
        "how to be popular at school",
        "책을 많이 좋아해요",
    ],
)
def test_other_words_of_fame_stay(text: str) -> None:
    assert not wishes_popular(text)
    assert without_wish(text) == text


def test_the_wish_is_heard_and_its_words_are_not(library: SmallLibrary) -> None:
    heard = Hearing(library.analyzer, LiveCatalogue(library.engine, "books")).hear(Question("인기 있는 로봇 이야기"))

    assert heard.wants_popular
    assert [word.word for word in heard.asked] == ["로봇"]


def test_what_was_asked_for_leads() -> None:
    found = {
        "lexical": SearchResult(2, ("blues", "paint"), (9.0, 8.9)),
        "popular": SearchResult(1, ("paint",), (0.0,)),
    }
    popular = {"paint": 0.2}

    mere = fused_legs(Wanted(asked=ROBOT, popular={}), {"lexical": found["lexical"]}, BUNDLE)
    wished = fused_legs(Wanted(asked=ROBOT, popular=popular, wants_popular=True), found, BUNDLE)

    assert mere.ids[0] == "blues"
    assert wished.ids[0] == "paint"


def test_where_no_readers_are_known_the_catalogues_loans_count() -> None:
    bodies = candidate_searches(Wanted(wants_popular=True), Excluded(), BUNDLE)

    assert list(bodies) == ["popular"]
    assert bodies["popular"]["query"]["bool"]["filter"][0] == {"range": {"loans": {"gte": 1}}}
    assert bodies["popular"]["sort"][0] == {"loans": {"order": "desc"}}
    assert candidate_searches(Wanted(), Excluded(), BUNDLE) == {}

    found = {"popular": SearchResult(2, ("almond", "paint"), None)}
    assert fused_legs(Wanted(wants_popular=True), found, BUNDLE).ids == ("almond", "paint")


@pytest.mark.parametrize(
    ("wanted", "groups", "legs", "told"),
    [
        (Wanted(wants_popular=True), (), [LegRank("popular", 1, 0.1, 0.1)], [Evidence(EvidenceCode.POPULAR)]),
        (
            Wanted(wants_popular=True),
            (AgeGroup.TEENS,),
            [LegRank("popular", 1, 0.1, 0.1)],
            [Evidence(EvidenceCode.POPULAR, ("14", "19"))],
        ),
        (Wanted(), (), [LegRank("popular", 1, 0.1, 0.1)], []),  # nobody asked what everybody borrows
        (Wanted(wants_popular=True), (), [], []),  # nothing is known: nothing is claimed
    ],
)
def test_popularity_is_told_only_where_it_is_known(
    wanted: Wanted, groups: tuple[AgeGroup, ...], legs: list[LegRank], told: list[Evidence]
) -> None:
    context = ReaderContext(popular=PopularWith((("b", 1.0),), groups))

    assert list(gather(Book("b", "책"), {}, wanted=wanted, context=context, legs=legs)) == told
