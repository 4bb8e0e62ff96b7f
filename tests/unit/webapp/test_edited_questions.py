"""The edited version of an enriched question, from JSON and from the page's chips."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from recommender.errors import TooLargeError
from recommender.recommend.values import (
    EditedQuestion,
    EnrichedQuestion,
    EnrichedTerm,
    TermSource,
    Trait,
    TraitKind,
)
from tests.fakes import FakeLibrary
from webapp.api.enriched import enriched_shape
from webapp.labels.enriched import Chip, ChipGroup, chip_groups, part_reason, part_text
from webapp.params.edited import edited_from_form, edited_from_json
from webapp.params.kinds import ParameterError

REST = EnrichedTerm("휴식", TermSource.INTAKE, 0.8, "situation: before_sleep")
GROWTH = EnrichedTerm("성장", TermSource.HISTORY, 0.15, "데미안", given=5.0)
MIND = EnrichedTerm("심리학", TermSource.PREFERENCES, 0.2, "심리학", given=0.8)
SEA = EnrichedTerm("바다", TermSource.OWN, 1.0)
CALM = Trait(TraitKind.MOOD, "calm", TermSource.INTAKE, 1.0, "situation: before_sleep")
SHORT = Trait(TraitKind.PAGES, "-250", TermSource.INTAKE, 0.5, "situation: before_sleep")
NO_COMICS = Trait(TraitKind.LIMIT, "without:만화", TermSource.QUESTION, 1.0, "만화 말고")
ENRICHED = EnrichedQuestion(
    "만화 말고 여행 이야기", terms=(SEA, REST, GROWTH, MIND), traits=(NO_COMICS, CALM), removed=(SHORT,), left_out=2
)


def test_an_answer_comes_back_as_it_was(app: Flask) -> None:
    with app.test_request_context("/?lang=ko"):
        answer: Any = enriched_shape(ENRICHED)

        assert edited_from_json(answer) == EditedQuestion(
            removed=frozenset({"pages:-250"}),
            kept=frozenset({"term:휴식", "term:성장", "term:심리학", "limit:without:만화", "mood:calm"}),
            added=("바다",),
        )


def test_what_is_deleted_from_an_answer_is_not_kept_and_a_new_text_is_added(app: Flask) -> None:
    with app.test_request_context("/"):
        edited = edited_from_json({"terms": [{"id": "term:성장"}, {"text": "우주"}], "traits": []})

    assert edited == EditedQuestion(kept=frozenset({"term:성장"}), added=("우주",))
    assert (edited.keeps("term:성장"), edited.keeps("mood:calm")) == (True, False)


def test_removed_alone_leaves_everything_else_in(app: Flask) -> None:
    with app.test_request_context("/"):
        edited = edited_from_json({"removed": ["mood:calm", {"id": "term:휴식"}]})

    assert (edited.keeps("mood:calm"), edited.keeps("term:휴식"), edited.keeps("term:성장")) == (False, False, True)


WRONG = [
    ([], "enriched", "a JSON object"),
    ({"terms": []}, "enriched", "both of “terms” and “traits”"),
    ({"term": []}, "term", "did you mean “terms”"),
    ({"removed": "mood:calm"}, "enriched.removed", "a list of at most 100 entries"),
    ({"removed": ["calm"]}, "enriched.removed", "“calm”: give ids as the answer gave them"),
    ({"removed": ["mood:"]}, "enriched.removed", "ids as the answer gave them"),
    ({"removed": [7]}, "enriched.removed[0]", "a JSON object"),
    ({"removed": ["a:b"] * 101}, "enriched.removed", "a list of at most 100 entries"),
    ({"terms": [{"id": "term:a", "wieght": 1}], "traits": []}, "wieght", "did you mean “weight”"),
    ({"terms": [{"weight": 1}], "traits": []}, "enriched.terms", "or a “text” of your own"),
    ({"terms": [{"text": 7}], "traits": []}, "text", "a text"),
    ({"terms": [], "traits": [{"id": ["mood:calm"]}]}, "id", "a text"),
    ({"terms": [{"text": str(n)} for n in range(11)], "traits": []}, "enriched.terms", "at most 10 words"),
]


@pytest.mark.parametrize(("body", "parameter", "right"), WRONG)
def test_names_the_entry_and_what_would_be_right(app: Flask, body: object, parameter: str, right: str) -> None:
    with app.test_request_context("/?lang=en"), pytest.raises(ParameterError) as caught:
        edited_from_json(body)

    assert caught.value.parameter == parameter
    assert right in str(caught.value)


def test_a_word_may_not_be_a_page_long(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(TooLargeError):
        edited_from_json({"terms": [{"text": "가" * 61}], "traits": []})


def test_chips_that_were_unticked_are_removed_and_words_between_commas_added(app: Flask) -> None:
    form = MultiDict(
        [("shown", "mood:calm"), ("keep", "mood:calm"), ("shown", "term:휴식"), ("own", "바다"), ("own_terms", " 섬, 바다,")]
    )  # fmt: skip
    with app.test_request_context("/"):
        assert edited_from_form(form) == EditedQuestion(removed=frozenset({"term:휴식"}), added=("바다", "섬"))


def test_chips_stand_under_their_reasons_those_taken_out_too(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert chip_groups(ENRICHED) == (
            ChipGroup(
                "because of “만화 말고” in the question",
                (Chip("limit:without:만화", "without: 만화", is_own=False, is_left_in=True),),
            ),
            ChipGroup(
                "because you answered: Before going to sleep",
                (
                    Chip("mood:calm", "calm", is_own=False, is_left_in=True),
                    Chip("term:휴식", "휴식", is_own=False, is_left_in=True),
                    Chip("pages:-250", "at most 250 pages", is_own=False, is_left_in=False),
                ),
            ),
            ChipGroup("added by you", (Chip("term:바다", "바다", is_own=True, is_left_in=True),)),
            ChipGroup("from “데미안”, which you rated 5", (Chip("term:성장", "성장", is_own=False, is_left_in=True),)),
            ChipGroup(
                "because you said that you like them",
                (Chip("term:심리학", "심리학", is_own=False, is_left_in=True),),
            ),
        )


EVERY_TRAIT = [
    (TraitKind.MOOD, "warm", "따뜻한"),
    (TraitKind.EFFECT, "comfort", "위로"),
    (TraitKind.PACE, "slow", "느긋한 전개"),
    (TraitKind.DEPTH, "light", "가벼운"),
    (TraitKind.LEVEL, "teens", "대상: 청소년"),
    (TraitKind.FORM, "picture_book", "그림책"),
    (TraitKind.GENRE, "essays", "에세이"),
    (TraitKind.PAGES, "400-", "400쪽 이상"),
    (TraitKind.LIMIT, "pages:-300", "300쪽 이하"),
]


def test_every_trait_and_every_source_has_its_words(app: Flask) -> None:
    with app.test_request_context("/?lang=ko"):
        texts = {kind: part_text(Trait(kind, value, TermSource.QUESTION)) for kind, value, _text in EVERY_TRAIT}
        reasons = [part_reason(Trait(TraitKind.MOOD, "warm", source, detail="말")) for source in TermSource]

    assert texts == {kind: text for kind, _value, text in EVERY_TRAIT}
    assert set(texts) == set(TraitKind)
    assert all(reasons)


def test_the_button_beside_the_chips_sends_the_edit_and_the_other_asks_anew(
    client: FlaskClient, library: FakeLibrary
) -> None:
    form = {"question": "여행", "shown": "mood:calm", "own_terms": "바다"}

    client.post("/recommend", data={**form, "edited": "true"})
    client.post("/recommend", data=form)

    assert [asked.edited for asked in library.recommend.asked] == [
        EditedQuestion(removed=frozenset({"mood:calm"}), added=("바다",)),
        EditedQuestion(),
    ]


def test_the_page_shows_each_part_as_a_box_of_the_form_below(client: FlaskClient) -> None:
    page = client.post("/recommend?lang=en", data={"question": "밤에 읽을 책", "mood": "tired"}).text

    assert '<input type="checkbox" form="ask-form" name="keep" value="term:위로" checked' in page
    assert '<input type="hidden" form="ask-form" name="shown" value="term:위로">' in page
