import json

from recommender.models import (
    AppealFacet,
    AppealSource,
    AppealTerm,
    Audience,
    Book,
    CallNumber,
    Depth,
    Effect,
    Form,
    Holding,
    HoldingStatus,
    Mood,
    Pace,
    Person,
    Role,
)
from recommender.records import book_from_record, book_record, content_text

DEMIAN = Book(
    id="w4c1",
    title="데미안",
    subtitle="에밀 싱클레어의 젊은 날 이야기",
    parallel_title="Demian",
    other_titles=("데미안 (양장)",),
    series="세계문학전집",
    people=(Person("헤르만 헤세"), Person("전영애", Role.TRANSLATOR)),
    publisher="민음사",
    year=2009,
    language="ko",
    isbns=("9788937460449",),
    kdc="853",
    call_number="853 헤54ㄷ",
    description="싱클레어가 자기 자신에게 이르는 길을 찾는다.",
    keywords=("성장", "자아"),
    categories=("독일소설",),
    audience=Audience.TEENS,
    form=Form.BOOK,
    moods=(Mood.THOUGHTFUL,),
    depth=Depth.DEEP,
    pace=Pace.SLOW,
    estimated=(AppealTerm(AppealFacet.EFFECT, Effect.PERSPECTIVE, 0.71, AppealSource.ESTIMATED),),
    corrected=(AppealFacet.MOOD, AppealFacet.PACE),
    recorded=(AppealTerm(AppealFacet.MOOD, Mood.SAD),),
    pages=239,
    loans=12,
    holdings=(
        Holding(
            HoldingStatus.ON_LOAN,
            registration_number="EM000012",
            call_number=CallNumber("853 헤54ㄷ c.2", classification="853", author_mark="헤54ㄷ", copy="2"),
            location="종합자료실",
            title="데미안 (양장)",
            volume="1",
            isbn="9788937460449",
            publisher="민음사",
            year=2009,
            registered_on="2019-03-04",
        ),
    ),
    former_ids=("w77",),
)


def test_a_full_book_survives_storing_as_json() -> None:
    assert book_from_record(json.loads(json.dumps(book_record(DEMIAN)))) == DEMIAN


def test_a_bare_title_survives_and_stores_nothing_empty() -> None:
    bare = Book(id="w1", title="적막 소리", holdings=(Holding(),))

    record = book_record(bare)

    assert record == {"id": "w1", "title": "적막 소리", "form": "book", "holdings": [{"status": "unknown"}]}
    assert book_from_record(record) == bare


def test_content_leads_with_the_title_and_leaves_translators_out() -> None:
    assert content_text(DEMIAN) == (
        "데미안. 에밀 싱클레어의 젊은 날 이야기. Demian. 헤르만 헤세. 성장, 자아, 독일소설. "
        "싱클레어가 자기 자신에게 이르는 길을 찾는다."
    )
