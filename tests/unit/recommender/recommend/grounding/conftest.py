import pytest

from recommender.models import Audience, Book, HistoryEntry, Holding, HoldingStatus, Person, Role
from recommender.recommend.grounding import Asker, Facts, facts_of
from recommender.text.morphemes import Analyzer

ALMOND = Book(
    "almond", "아몬드", people=(Person("손원평"), Person("이서연", Role.TRANSLATOR)), publisher="창비", year=2017, language="ko",
    kdc="813.7", call_number="813.7 손66아", keywords=("감정", "우정"), audience=Audience.TEENS, pages=264,
    description="감정을 느끼지 못하는 열여섯 살 소년 윤재가 곤이를 만나 조금씩 달라집니다.",
    holdings=(Holding(HoldingStatus.AVAILABLE), Holding(HoldingStatus.ON_LOAN)),
)  # fmt: skip
READER = Asker(
    question="친구의 마음을 잘 모르겠어요",
    liked=(HistoryEntry("r", "완득이", "김려령", rating=5.0, note="담임 선생님이 웃겼다"),),
)


@pytest.fixture(scope="module")
def facts(analyzer: Analyzer) -> Facts:
    """What may be said of 아몬드 to a reader who liked 완득이."""
    return facts_of(ALMOND, READER, analyzer, instructions=("없는 내용은 지어내지 않고 주어진 사실만 씁니다",))
