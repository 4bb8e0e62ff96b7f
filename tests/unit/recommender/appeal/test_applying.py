import pytest

from recommender.appeal.applying import Codes, appraised, as_recorded, without_appeal
from recommender.models import AppealFacet, AppealSource, AppealTerm, Book, Depth, Effect, Mood, Pace

MOOD, EFFECT, PACE, DEPTH = AppealFacet.MOOD, AppealFacet.EFFECT, AppealFacet.PACE, AppealFacet.DEPTH
LIBRARIAN, RECORD, ESTIMATED = AppealSource.LIBRARIAN, AppealSource.RECORD, AppealSource.ESTIMATED

ALMOND = Book(id="w1", title="아몬드", moods=(Mood.SAD,), depth=Depth.IMMERSIVE)
GUESSES = (
    AppealTerm(MOOD, Mood.WARM, 0.7, ESTIMATED),
    AppealTerm(EFFECT, Effect.EMPATHY, 0.8, ESTIMATED),
    AppealTerm(PACE, Pace.FAST, 0.6, ESTIMATED),
)


@pytest.mark.parametrize(
    ("correction", "appeal"),
    [
        pytest.param(
            {},
            (
                AppealTerm(MOOD, Mood.SAD, 1.0, RECORD),
                AppealTerm(DEPTH, Depth.IMMERSIVE, 1.0, RECORD),
                *GUESSES[1:],
            ),
            id="what the record says is not estimated",
        ),
        pytest.param(
            {MOOD: (Mood.HOPEFUL, Mood.WARM), PACE: ()},
            (
                AppealTerm(MOOD, Mood.HOPEFUL, 1.0, LIBRARIAN),
                AppealTerm(MOOD, Mood.WARM, 1.0, LIBRARIAN),
                AppealTerm(DEPTH, Depth.IMMERSIVE, 1.0, RECORD),
                GUESSES[1],
            ),
            id="a librarian speaks before the record, and may say that there is nothing to say",
        ),
    ],
)
def test_a_librarian_speaks_before_the_record_and_an_estimate_only_where_both_are_silent(
    correction: Codes, appeal: tuple[AppealTerm, ...]
) -> None:
    assert appraised(ALMOND, correction, GUESSES).appeal == appeal


def test_a_correction_taken_back_leaves_what_the_record_says() -> None:
    corrected = appraised(ALMOND, {MOOD: (), DEPTH: (Depth.DEEP,)}, GUESSES)

    assert (corrected.moods, corrected.depth) == ((), Depth.DEEP)
    assert as_recorded(corrected) == ALMOND
    assert appraised(corrected, {}, ()) == ALMOND


def test_a_correction_of_a_corrected_book_starts_from_its_record() -> None:
    once = appraised(ALMOND, {MOOD: (Mood.WARM,)}, ())

    assert appraised(once, {DEPTH: (Depth.LIGHT,)}, ()) == appraised(ALMOND, {DEPTH: (Depth.LIGHT,)}, ())


def test_a_book_of_which_nobody_has_said_anything() -> None:
    assert without_appeal(appraised(ALMOND, {MOOD: (Mood.WARM,)}, GUESSES)) == Book(id="w1", title="아몬드")
