from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from recommender.bundle import Bundle, CandidatesBundle, load_bundle
from recommender.engine.base import Document
from recommender.models import Audience, Depth, Effect, Form, Mood, Pace
from recommender.recommend.asking import AskedWord
from recommender.recommend.candidates import Excluded, Wanted
from recommender.recommend.candidates.diversity import author_of, in_front
from recommender.recommend.candidates.legs import candidate_searches, leg_weights
from recommender.recommend.candidates.ordering import language_first
from recommender.recommend.candidates.restricting import restriction, without_authors
from recommender.recommend.intake import Answer
from recommender.recommend.values import EnrichedTerm, TermSource, Trait, TraitKind
from recommender.search.request import Filters

CANDIDATES = CandidatesBundle(
    boosts={"title": 1.5, "subjects": 2.0}, liked_author_boost=3.0, leaning_boost=1.0, unasked_share=0.5,
    lexical_weight=1.0, dense_weight=0.8, appeal_weight=0.6, taste_weight=0.4,
    likely_appeal_share=0.8, possible_appeal_share=0.4,
    co_borrowed_weight=0.6, popular_weight=0.2, asked_share=0.5, books_per_author=2,
)  # fmt: skip


@pytest.fixture
def bundle() -> Bundle:
    standard = load_bundle()
    search = replace(
        standard.search,
        fusion=replace(standard.search.fusion, depth=100),
        dense=replace(standard.search.dense, num_candidates=500),
    )
    return replace(standard, search=search, recommend=replace(standard.recommend, candidates=CANDIDATES))


NO_WORKBOOKS = {"terms": {"form": ["workbook", "reference", "periodical"]}}
ANY = {"filter": [{"match_all": {}}], "must_not": [NO_WORKBOOKS]}
WORRY = (
    AskedWord("불안", ("불안",), is_subject=True),
    AskedWord("떨려", ("떨리다",), is_subject=False),
    AskedWord("초등학생", ("초등", "학생"), is_subject=True),
)


def term(text: str, source: TermSource, weight: float) -> tuple[EnrichedTerm, tuple[str, ...]]:
    return EnrichedTerm(text, source, weight), tuple(text.split())


def match(field: str, query: str, boost: float) -> dict[str, Any]:
    return {"match": {field: {"query": query, "boost": boost}}}


def test_words_asked_for_must_be_found_and_the_readers_likes_only_move(bundle: Bundle) -> None:
    wanted = Wanted(
        asked=WORRY,
        terms=(
            term("걱정", TermSource.QUESTION, 0.5),
            term("시험 공부", TermSource.INTAKE, 0.5),
            term("우정", TermSource.PREFERENCES, 0.2),
            term("성장", TermSource.HISTORY, 0.1),
        ),
        authors=("천선란",),
    )

    assert candidate_searches(wanted, Excluded(), bundle) == {
        "lexical": {
            "query": {
                "bool": {
                    "must": [
                        {
                            "bool": {
                                "should": [
                                    match("title", "불안 초등 학생", 1.5),
                                    match("subjects", "불안 초등 학생", 2.0),
                                    match("title", "떨리다", 0.6),
                                    match("subjects", "떨리다", 0.8),
                                    match("title", "걱정 시험 공부", 0.75),
                                    match("subjects", "걱정 시험 공부", 1.0),
                                ],
                                "minimum_should_match": 1,
                            }
                        }
                    ],
                    "should": [
                        match("title", "우정", 0.3),
                        match("subjects", "우정", 0.4),
                        match("title", "성장", 0.15),
                        match("subjects", "성장", 0.2),
                        {"constant_score": {"filter": {"terms": {"author_names": ["천선란"]}}, "boost": 3.0}},
                    ],
                    **ANY,
                }
            },
            "size": 100,
        }
    }


def test_without_a_question_the_readers_likes_find(bundle: Bundle) -> None:
    bodies = candidate_searches(Wanted(terms=(term("우정", TermSource.PREFERENCES, 0.2),)), Excluded(), bundle)

    assert bodies["lexical"]["query"]["bool"] == {
        "must": [
            {
                "bool": {
                    "should": [match("title", "우정", 0.3), match("subjects", "우정", 0.4)],
                    "minimum_should_match": 1,
                }
            }
        ],
        "should": [],
        **ANY,
    }


def test_traits_count_what_they_weigh_and_words_only_break_ties(bundle: Bundle) -> None:
    traits = (
        Trait(TraitKind.LIMIT, "without:comic", TermSource.QUESTION),  # a filter, not a wish
        Trait(TraitKind.MOOD, Mood.WARM, TermSource.INTAKE, 2.0),
        Trait(TraitKind.EFFECT, Effect.COMFORT, TermSource.INTAKE),
        Trait(TraitKind.DEPTH, Depth.LIGHT, TermSource.INTAKE),
        Trait(TraitKind.PACE, Pace.FAST, TermSource.INTAKE, 0.5),
        Trait(TraitKind.LEVEL, Audience.TEENS, TermSource.INTAKE),
        Trait(TraitKind.PAGES, "-250", TermSource.INTAKE, 0.5),
    )

    body = candidate_searches(Wanted(asked=WORRY[:1], traits=traits), Excluded(), bundle)["appeal"]

    def point(field: str, value: str, boost: float) -> dict[str, Any]:
        return {"constant_score": {"filter": {"term": {field: value}}, "boost": boost}}

    def estimated(key: str, boost: float) -> list[dict[str, Any]]:
        return [point("likely_appeal", key, 0.8 * boost), point("possible_appeal", key, 0.4 * boost)]

    assert body == {
        "query": {
            "bool": {
                "must": [
                    {
                        "bool": {
                            "should": [
                                point("moods", "warm", 2.0),
                                *estimated("mood:warm", 2.0),
                                point("effects", "comfort", 1.0),
                                *estimated("effect:comfort", 1.0),
                                point("depth", "light", 1.0),
                                *estimated("depth:light", 1.0),
                                point("pace", "fast", 0.5),
                                *estimated("pace:fast", 0.5),
                                point("audience", "teens", 1.0),
                                {"constant_score": {"filter": {"range": {"pages": {"lte": 250}}}, "boost": 0.5}},
                            ],
                            "minimum_should_match": 1,
                        }
                    }
                ],
                "should": [match("title", "불안", 0.03), match("subjects", "불안", 0.04)],
                **ANY,
            }
        },
        "size": 100,
    }


def test_vectors_look_among_what_may_be_suggested_alone(bundle: Bundle) -> None:
    meaning, taste = np.eye(2, dtype=np.float32)
    filters = Filters(languages=("ko",), available=True)

    bodies = candidate_searches(
        Wanted(vector=meaning, taste=taste, filters=filters), Excluded(book_ids=("almond",)), bundle
    )

    assert list(bodies) == ["dense", "taste"]
    assert bodies["taste"]["knn"]["query_vector"] is taste
    assert bodies["dense"] == {
        "knn": {
            "field": "vector",
            "query_vector": meaning,
            "k": 100,
            "num_candidates": 500,
            "filter": [{"bool": restriction(filters, Excluded(book_ids=("almond",)))}],
        },
        "size": 100,
    }


def test_nothing_to_go_by_asks_nothing(bundle: Bundle) -> None:
    assert candidate_searches(Wanted(), Excluded(book_ids=("almond",)), bundle) == {}


@pytest.mark.parametrize(
    ("filters", "excluded", "limits"),
    [
        (Filters(), Excluded(), ANY),
        (  # whoever filters for a form gets it
            Filters(forms=("workbook",)),
            Excluded(),
            {"filter": [{"terms": {"form": ["workbook"]}}], "must_not": []},
        ),
        (  # works merged into another since are found under its id
            Filters(),
            Excluded(book_ids=("a", "b"), title_keys=("토지",), authors=("고은",)),
            {
                "filter": [{"match_all": {}}],
                "must_not": [
                    NO_WORKBOOKS,
                    {"ids": {"values": ["a", "b"]}},
                    {"terms": {"former_ids": ["a", "b"]}},
                    {"terms": {"title_keys": ["토지"]}},
                    {"terms": {"author_names": ["고은"]}},
                ],
            },
        ),
        (  # what the question says of pages leaves out what is known to break it, what was chosen keeps in what is known to keep it
            Filters(pages_to=400, also=Filters(pages_to=300, languages=("ko",))),
            Excluded(),
            {
                "filter": [{"range": {"pages": {"lte": 400}}}, {"terms": {"language": ["ko"]}}],
                "must_not": [NO_WORKBOOKS, {"range": {"pages": {"gt": 300}}}],
            },
        ),
        (  # nobody is too young or too old, unless they chose so
            Filters(audiences=("adults",)),
            Excluded(audiences=(Audience.ADULTS,), forms=(Form.PICTURE_BOOK,)),
            {
                "filter": [{"terms": {"audience": ["adults"]}}],
                "must_not": [{"terms": {"form": ["workbook", "reference", "periodical", "picture_book"]}}],
            },
        ),
        (
            Filters(),
            Excluded(audiences=(Audience.ADULTS,)),
            {"filter": [{"match_all": {}}], "must_not": [NO_WORKBOOKS, {"terms": {"audience": ["adults"]}}]},
        ),
        (  # all words of a topic, in one place
            Filters(year_from=2010),
            Excluded(topics=(("잔인", "장면"),)),
            {
                "filter": [{"range": {"year": {"gte": 2010}}}],
                "must_not": [
                    NO_WORKBOOKS,
                    {"match": {"title": {"query": "잔인 장면", "operator": "and"}}},
                    {"match": {"subjects": {"query": "잔인 장면", "operator": "and"}}},
                ],
            },
        ),
    ],
)
def test_what_every_candidate_must_and_must_not_be(
    filters: Filters, excluded: Excluded, limits: dict[str, Any]
) -> None:
    assert restriction(filters, excluded) == limits


def documents(*rows: tuple[str, str, str]) -> list[Document]:
    return [
        Document(book_id, {"record": {"people": [{"name": author}] if author else [], "language": language}})
        for book_id, author, language in rows
    ]


SHELF = documents(
    ("1", "천선란", "ko"), ("2", "천선란", "ko"), ("3", "천선란", "ko"), ("4", "Louis Sachar", "en"),
    ("5", "", "ko"), ("6", "", "en"), ("7", "무라카미 하루키", "ko"),
)  # fmt: skip


def test_an_authors_books_past_the_second_come_after_all_others() -> None:
    front, later = in_front(SHELF, [(author_of, 2)])

    assert [document.id for document in front] == ["1", "2", "4", "5", "6", "7"]
    assert [document.id for document in later] == ["3"]


@pytest.mark.parametrize(
    ("language", "order"), [("", "1234567"), ("en", "4612357"), ("ko", "1235746"), ("fr", "1234567")]
)
def test_books_in_the_askers_language_come_first(language: str, order: str) -> None:
    assert "".join(document.id for document in language_first(SHELF, language)) == order


@pytest.mark.parametrize(
    ("authors", "kept"),
    [((), "1234567"), (("무라카미하루키", "LOUIS SACHAR"), "12356"), (("선란",), "1234567")],
)
def test_authors_are_known_however_their_names_are_spaced(authors: tuple[str, ...], kept: str) -> None:
    assert "".join(document.id for document in without_authors(SHELF, authors)) == kept


@pytest.mark.parametrize(
    ("wanted", "weights"),
    [
        (
            Wanted(asked=WORRY),
            {"lexical": 1.0, "dense": 0.8, "appeal": 0.6, "taste": 0.2, "co_borrowed": 0.3, "popular": 0.1},
        ),
        (
            Wanted(answers=(Answer("mood", "tired", None),)),
            {"lexical": 1.0, "dense": 0.8, "appeal": 0.6, "taste": 0.2, "co_borrowed": 0.3, "popular": 0.1},
        ),
        (
            Wanted(authors=("천선란",)),
            {"lexical": 0.5, "dense": 0.4, "appeal": 0.3, "taste": 0.4, "co_borrowed": 0.6, "popular": 0.2},
        ),
    ],
)
def test_taste_leads_where_nothing_is_asked(wanted: Wanted, weights: dict[str, float]) -> None:
    assert leg_weights(wanted, CANDIDATES) == weights
