import pytest

from recommender.bundle import Method
from recommender.models import HistoryEntry, Preferences, Weighted
from recommender.recommend.profile import profile_lines
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EnrichedQuestion, EnrichedTerm, TermSource

ALMOND = HistoryEntry("r1", "아몬드", "손원평", rating=5.0, note="윤재가 웃는 장면", read_on="2025-03-04")
FAREWELL = HistoryEntry("r1", "작별인사", "김영하", rating=2.5, read_on="2025-06-01")
BARE = HistoryEntry("r1", "토지")
READER = ReaderContext(
    history=(ALMOND, FAREWELL, BARE),
    relevant=(ALMOND,),
    relevant_books=(None,),
    preferences=Preferences(
        "r1",
        genres=(Weighted("SF", 0.5), Weighted("청소년소설", 0.9)),
        keywords=("우정", "SF"),
        authors=("천선란",),
        avoid_topics=("공포",),
        disliked_authors=("무라카미 하루키",),
        preferred_length="짧음",
        tone="따뜻함",
    ),
)
ENRICHED = EnrichedQuestion(
    "새 학기라 불안해요",
    terms=(
        EnrichedTerm("동아리", TermSource.OWN, 1.0),
        EnrichedTerm("걱정", TermSource.QUESTION, 0.4, "불안"),  # the question says it itself
        EnrichedTerm("위로", TermSource.INTAKE, 0.8, "effect: comfort"),
        EnrichedTerm("우정", TermSource.PREFERENCES, 0.25, "우정"),
        EnrichedTerm("감정", TermSource.HISTORY, 0.15, "아몬드"),
    ),
)


@pytest.mark.parametrize(
    ("method", "language", "lines"),
    [
        (
            Method.STAGED,
            "ko",
            ("지금 바라는 것: 동아리, 위로", "좋게 읽은 책: 아몬드 (5/5)", "좋아하는 것: 우정, 감정"),
        ),
        (
            Method.DIRECT,
            "en",
            (
                "wishes now: 동아리, 위로",
                "read: 작별인사 (2.5/5), 아몬드 (5/5, “윤재가 웃는 장면”), 토지",
                "likes: 청소년소설, SF, 우정",
                "favourite authors: 천선란",
                "wants to avoid: 공포",
                "dislikes the authors: 무라카미 하루키",
                "preferred length: 짧음",
                "preferred tone: 따뜻함",
            ),
        ),
    ],
)
def test_staged_tells_what_bears_on_the_question_and_direct_all_within_bounds(
    method: Method, language: str, lines: tuple[str, ...]
) -> None:
    assert profile_lines(ENRICHED, READER, method=method, language=language) == lines


def test_a_long_history_is_told_from_its_latest_end() -> None:
    history = tuple(HistoryEntry("r1", f"토지 {month}권", read_on=f"2025-{month:02}-01") for month in range(1, 13))

    (line,) = profile_lines(
        EnrichedQuestion("역사"), ReaderContext(history=history), method=Method.DIRECT, language="ko"
    )

    assert line == "읽은 책: " + ", ".join(f"토지 {month}권" for month in range(12, 2, -1))


@pytest.mark.parametrize("method", Method)
def test_of_nobody_nothing_is_told(method: Method) -> None:
    assert profile_lines(EnrichedQuestion("우주"), ReaderContext(), method=method, language="en") == ()
