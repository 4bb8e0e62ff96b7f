"""Recommendations made before their readers ask: when they are served, and what drops them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from indexer.precomputing import Plan, Precomputer, PrecomputingReport
from indexer.progress import SilentProgress
from recommender.bundle import Method
from recommender.engine.base import Action, Operation
from recommender.models import HistoryEntry, Preferences
from recommender.readers.pseudonyms import StoredNames
from recommender.readers.store import ReaderStore
from recommender.recommend.values import EditedQuestion, Intake, Question, ServedFrom
from recommender.search.request import Filters
from tests.keeping import Desk, Storyteller, add_reader, change_record
from tests.small_library import HISTORY, READER

FRESH, CACHE, PRECOMPUTED = ServedFrom.FRESH, ServedFrom.CACHE, ServedFrom.PRECOMPUTED

PLAN = Plan(languages=("ko",), size=3, max_age=timedelta(days=7), batch=2)


def precompute(desk: Desk, plan: Plan = PLAN, *, readers: list[str] | None = None) -> PrecomputingReport:
    """One night's run, as the command makes it."""
    report = PrecomputingReport()
    stored = ReaderStore(desk.library.engine, StoredNames(), desk.library.analyzer)
    everybody = stored.everybody()
    precomputer = Precomputer(
        desk.by_pseudonym(),
        desk.keeper(stored),
        desk.precomputed,
        report,
        SilentProgress(),
        now=lambda: desk.now,
        names={},
    )
    precomputer.run(readers if readers is not None else everybody, plan)
    precomputer.clean(everybody)
    return report


def served(desk: Desk, question: Question) -> ServedFrom:
    desk.private.close()  # not from the cache: what was made before is looked at
    return desk.service().recommend(question).served_from


PLAIN = Question(reader_id=READER)


def test_whoever_only_names_a_reader_gets_what_was_made_before(desk: Desk) -> None:
    made = desk.by_pseudonym().recommend(Question(reader_id=desk.library.readers.pseudonym(READER)))
    desk.private.close()
    precompute(desk)
    desk.later(hours=5)
    answer = desk.service().recommend(PLAIN)

    assert answer.served_from is PRECOMPUTED
    assert answer.recommendations == made.recommendations
    assert answer.enriched == made.enriched
    assert answer.candidates == made.candidates


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (replace(PLAIN, size=2), PRECOMPUTED),
        (replace(PLAIN, num_candidates=20), PRECOMPUTED),  # what the bundle says anyway
        (replace(PLAIN, text="   "), PRECOMPUTED),
        (replace(PLAIN, size=4), FRESH),
        (replace(PLAIN, text="우정"), FRESH),
        (replace(PLAIN, num_candidates=9), FRESH),
        (replace(PLAIN, method=Method.DIRECT), FRESH),
        (replace(PLAIN, intake=Intake(mood="tired")), FRESH),
        (replace(PLAIN, filters=Filters(available=True)), FRESH),
        (replace(PLAIN, edited=EditedQuestion(added=("바다",))), FRESH),
        (replace(PLAIN, language="en"), FRESH),
        (replace(PLAIN, anew=True), FRESH),
    ],
    ids=str,
)
def test_any_other_wish_is_answered_anew(desk: Desk, question: Question, expected: ServedFrom) -> None:
    precompute(desk)

    assert served(desk, question) is expected


def test_each_language_is_made_for_itself(desk: Desk) -> None:
    report = precompute(desk, replace(PLAN, languages=("ko", "en")))

    assert (report.readers, report.made) == (1, 2)
    assert [served(desk, replace(PLAIN, language=language)) for language in ("ko", "en")] == [PRECOMPUTED] * 2


@pytest.mark.parametrize(
    "change", ["parameters", "model", "read", "preferences", "erased", "expired", "record", "removed"]
)
def test_what_it_rests_on_has_changed(desk: Desk, change: str) -> None:
    precompute(desk)
    assert served(desk, PLAIN) is PRECOMPUTED
    first = desk.service().recommend(PLAIN).recommendations[0].book

    if change == "parameters":
        candidates = replace(desk.bundle.recommend.candidates, liked_author_boost=1.5)
        desk.bundle = replace(desk.bundle, recommend=replace(desk.bundle.recommend, candidates=candidates))
    elif change == "model":
        desk.generator = Storyteller()
    elif change == "read":
        add_reader(desk, READER, HistoryEntry(READER, first.title, first.authors[0], first.id, rating=4.0))
    elif change == "preferences":
        desk.library.readers.write_preferences([Preferences(desk.library.readers.pseudonym(READER), keywords=("숲",))])
    elif change == "erased":
        desk.library.readers.erase(READER)
        assert desk.precomputed.count() == 0
        add_reader(desk, READER, HISTORY[0])
    elif change == "expired":
        desk.later(days=7)
    elif change == "record":
        change_record(desk, first.id, description="전혀 다른 책 이야기입니다.")
    else:
        live = desk.library.engine.aliases()["books"]
        desk.library.engine.bulk(live, [Operation(Action.DELETE, first.id)], refresh=True)
    desk.private.close()
    answer = desk.service().recommend(PLAIN)

    assert answer.served_from is FRESH
    assert (first.id in answer.candidates) is (change not in ("read", "removed"))


def test_one_changed_book_leaves_the_others_where_enough_were_made(desk: Desk) -> None:
    precompute(desk, replace(PLAN, size=5))
    books = [each.book.id for each in desk.service().recommend(replace(PLAIN, size=5)).recommendations]
    change_record(desk, books[1], publisher="다른 출판사")
    desk.private.close()
    answer = desk.service().recommend(PLAIN)

    assert answer.served_from is PRECOMPUTED
    assert [each.book.id for each in answer.recommendations] == [books[0], books[2], books[3]]


def test_the_next_run_makes_only_what_is_no_longer_right(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        add_reader(desk, name, HISTORY[0])
    assert precompute(desk).made == 4
    add_reader(desk, "b", HISTORY[2])
    add_reader(desk, "d", HISTORY[1])

    report = precompute(desk)

    assert (report.readers, report.made, report.fresh, report.failures) == (5, 2, 3, [])
    assert served(desk, Question(reader_id="b")) is PRECOMPUTED


def test_what_would_end_before_the_next_night_is_renewed(desk: Desk) -> None:
    precompute(desk)
    desk.later(days=6, hours=-1)
    assert precompute(desk).made == 0
    desk.later(hours=1)
    assert precompute(desk).made == 1
    desk.later(days=6, hours=23)
    assert served(desk, PLAIN) is PRECOMPUTED


def test_more_books_than_were_made_are_made(desk: Desk) -> None:
    precompute(desk)

    assert precompute(desk, replace(PLAN, size=5)).made == 1
    assert precompute(desk, replace(PLAN, size=2)).fresh == 1


def test_a_reader_who_is_not_known_is_reported_and_stops_nobody(desk: Desk) -> None:
    add_reader(desk, "a", HISTORY[0])
    known = [desk.library.readers.pseudonym(reader) for reader in (READER, "a")]

    report = precompute(desk, readers=[known[0], "stranger", known[1]])

    assert (report.made, [failure.reader for failure in report.failures]) == (2, ["stranger"])
    assert "there is no reader" in report.failures[0].reason
    assert served(desk, Question(reader_id="a")) is PRECOMPUTED


def test_a_model_that_is_silent_all_night_is_given_up(desk: Desk) -> None:
    from indexer.precomputing import GIVE_UP_AFTER, ModelMissingError

    for number in range(GIVE_UP_AFTER * 2):
        add_reader(desk, f"reader {number}", HISTORY[0])
    desk.generator = Storyteller(is_silent=True)

    with pytest.raises(ModelMissingError, match="did not answer 3 batches in a row"):
        precompute(desk)
    assert desk.precomputed.count() == 0


def test_answers_of_readers_who_are_gone_and_those_too_old_are_dropped(desk: Desk) -> None:
    add_reader(desk, "a", HISTORY[0])
    precompute(desk, replace(PLAN, languages=("ko", "en")))
    pseudonym = desk.library.readers.pseudonym("a")
    history = desk.library.engine
    gone = [each.id for each in history.scan("reading_history", {"term": {"reader_id": pseudonym}}, source=[])]
    history.bulk("reading_history", [Operation(Action.DELETE, each) for each in gone], refresh=True)

    assert (precompute(desk).dropped, desk.precomputed.count()) == (2, 2)
    desk.later(days=8)
    assert precompute(desk).dropped == 1  # the English one, which this run does not renew
    assert desk.precomputed.count() == 1


def test_the_counts_say_what_there_is(desk: Desk) -> None:
    assert desk.precomputed.counts(desk.now).answers == 0
    precompute(desk)
    desk.later(days=7)
    counts = desk.precomputed.counts(desk.now)

    assert (counts.answers, counts.expired) == (1, 1)
    assert counts.by_origin == {(desk.bundle.version, "composed", "books-20261120t093000"): 1}
    assert desk.precomputed.clear() == 1
    assert desk.precomputed.count() == 0


def test_the_store_holds_pseudonyms_only(desk: Desk) -> None:
    precompute(desk)
    (document,) = desk.library.engine.scan("recommendations")

    assert document.source["reader_id"] == desk.library.readers.pseudonym(READER)
    assert READER not in str(document)
