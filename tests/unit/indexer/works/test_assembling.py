import random
from dataclasses import replace
from typing import Any

import pytest

from indexer.cleaning.rows import Row, RowCleaner
from indexer.sources.records import RawRecord
from indexer.works.assembling import Assembly, assemble
from recommender.call_numbers import read_shelf_prefixes
from recommender.models import Book, HoldingStatus


def rows(*records: dict[str, Any], source: str = "school.csv") -> list[Row]:
    cleaner = RowCleaner(read_shelf_prefixes(), this_year=2026)
    cleaned = [cleaner.clean(RawRecord(source, number, record)) for number, record in enumerate(records, start=2)]
    return [row for row in cleaned if row is not None]


def book(title: str, people: str = "", call_number: str = "", **more: Any) -> dict[str, Any]:
    return {"title": title, "responsibility": people, "call_number": call_number, **more}


def titles(assembly: Assembly) -> list[str]:
    return sorted(book.title for book in assembly.books)


def only(assembly: Assembly) -> Book:
    (book,) = assembly.books
    return book


COPIES = (
    book("가시고백", "김려령 지음", "813.6 김294가", year="2012"),
    book("가시고백", "김려령 지음", "813.6 김294가 c.2", year="2012"),
)
VOLUMES = (
    book("삼국지. 1: 도원에 피는 의", "나관중 지음;이문열 평역", "823.5 나18삼 v.1"),
    book("삼국지. 2", "나관중 지음;이문열 평역", "823.5 나18삼 v.2"),
    book("삼국지. 10: 오장원에 지는 별", "나관중 지음;이문열 평역", "823.5 나18삼 v.10"),
)
EDITIONS = (
    book("리바이어던", "토머스 홉스;신재일", "160 홉56ㄹ", publisher="서해문집", year="2007", isbn="9788974833268"),
    book("리바이어던", "토마스 홉스 지음;최공웅 옮김", "108 청55 v.18", publisher="동서문화사", year="2009"),
)


@pytest.mark.parametrize(
    ("records", "works"),
    [
        (COPIES, ["가시고백"]),
        (VOLUMES, ["삼국지"]),
        # editions and translations, the author spelt twice
        (EDITIONS, ["리바이어던"]),
        (
            (book("사람은 무엇으로 사는가", "레프 니콜라예비치 톨스토이 지음"), book("사람은 무엇으로 사는가", "톨스토이")),
            ["사람은 무엇으로 사는가"],
        ),
        # the same title written otherwise
        ((book("총, 균, 쇠", "재레드 다이아몬드"), book("총균쇠", "재레드 다이아몬드 지음")), ["총균쇠"]),
        # the same ISBN under a longer title
        (
            (book("행복의 기원", "서은국 지음", isbn="9788937834844"), book("행복의 기원 - 인간의 행복은 어디서 오는가", "서은국", isbn="9788937834844")),
            ["행복의 기원"],
        ),
        # the same ISBN, the title in another language
        ((book("데미안", "헤르만 헤세", isbn="9788937460449"), book("Demian", "헤르만 헤세", isbn="9788937460449")), ["데미안"]),
        # different works with one title
        ((book("재즈", "토니 모리슨 지음"), book("재즈", "최규용 지음")), ["재즈", "재즈"]),
        ((book("한강", "조정래 지음"), book("한강", "이형석 글")), ["한강", "한강"]),
        # three syllables that differ by one are two people
        ((book("바다", "김민수 지음"), book("바다", "김민주 지음")), ["바다", "바다"]),
        # an ISBN that was typed at two books
        ((book("국경 전쟁", "클라우스 도즈", isbn="9791191464733"), book("얼음공주", "카밀라 레크베리", isbn="9791191464733")), ["국경 전쟁", "얼음공주"]),
        # the novel and the comic of it
        ((book("토지. 1", "박경리 지음"), book("(만화)토지. 1", "박경리 원작;오세영 그림")), ["토지", "토지"]),
        # a long title without an author is the book's; a short one may be anybody's
        ((book("침묵을 배우는 시간", "코르넬리아 토프 지음"), book("침묵을 배우는 시간")), ["침묵을 배우는 시간"]),
        ((book("지구", "김추령 지음"), book("지구")), ["지구", "지구"]),
        ((book("교지", publisher="한빛고등학교"), book("교지", publisher="은빛고등학교")), ["교지", "교지"]),
        # volumes of one series by many authors are works of their own
        (
            (
                book("여인열전. 10: 민비", "한용환 저"),
                book("여인열전. 6: 인목대비", "오영 저"),
                book("여인열전. 3: 노국공주", "유금호 저"),
            ),
            ["노국공주", "민비", "인목대비"],
        ),
    ],
)  # fmt: skip
def test_records_are_grouped_into_works(records: tuple[dict[str, Any], ...], works: list[str]) -> None:
    assert titles(assemble(rows(*records))) == works


def test_volumes_become_holdings_in_the_order_of_the_shelf() -> None:
    work = only(assemble(rows(*VOLUMES[::-1])))
    assert [holding.volume for holding in work.holdings] == ["1", "2", "10"]
    assert work.holdings[2].title == "삼국지. 10: 오장원에 지는 별"
    assert (work.title, work.subtitle, work.call_number) == ("삼국지", "", "823.5 나18삼 v.1")


def test_the_newest_edition_speaks_for_the_work_and_nobody_is_lost() -> None:
    work = only(assemble(rows(*EDITIONS)))
    assert (work.publisher, work.year, work.isbns) == ("동서문화사", 2009, ("9788974833268",))
    assert [person.name for person in work.people] == ["토마스 홉스", "최공웅", "토머스 홉스", "신재일"]


def test_a_volume_of_a_series_says_which() -> None:
    series = (
        book(f"교양. {number}: {title}", f"{author} 지음")
        for number, title, author in ((1, "공정무역", "서지연"), (2, "소년법", "김영한"), (3, "난민", "박소희"))
    )
    assert {(each.title, each.series) for each in assemble(rows(*series)).books} == {
        ("공정무역", "교양"),
        ("소년법", "교양"),
        ("난민", "교양"),
    }


@pytest.mark.parametrize("records", [COPIES, VOLUMES, EDITIONS, (*COPIES, *VOLUMES, *EDITIONS)])
def test_books_do_not_depend_on_the_order_of_the_rows(records: tuple[dict[str, Any], ...]) -> None:
    in_order = rows(*records)
    for seed in range(5):
        assert assemble(random.Random(seed).sample(in_order, len(in_order))).books == assemble(in_order).books


def test_an_id_survives_added_copies_and_other_books() -> None:
    before = {book.title: book.id for book in assemble(rows(*COPIES, *VOLUMES)).books}
    more = (
        *EDITIONS,
        COPIES[0],
        *VOLUMES,
        *COPIES,
        book("가시고백", "김려령 지음", "813.6 김294가 c.3", year="2020", isbn="9788949123141"),
    )
    after = {book.title: book.id for book in assemble(rows(*more)).books}
    assert before.items() <= after.items()


def test_the_ids_of_merged_spellings_lead_to_the_work() -> None:
    alone = [only(assemble(rows(edition))).id for edition in EDITIONS]
    together = only(assemble(rows(*EDITIONS)))
    assert sorted([together.id, *together.former_ids]) == sorted(alone)


def test_a_control_number_is_the_id_and_the_key_still_leads_there() -> None:
    numbered = [row | {"control_number": "KMO200912345"} for row in COPIES]
    work = only(assemble(rows(*numbered)))
    assert only(assemble(rows(*COPIES))).id in work.former_ids
    retitled = [row | {"title": "가시 고백 (개정판)"} for row in numbered]
    assert only(assemble(rows(*retitled))).id == work.id


def test_descriptions_enrich_a_work_without_holding_it() -> None:
    described = rows(
        {
            "title": "가시고백",
            "responsibility": "김려령",
            "description": "마음을 훔치는 이야기",
            "keywords": ["용서"],
            "moods": ["warm"],
        },
        {"title": "아직 없는 책", "responsibility": "아무개", "description": "곧 들어올 책"},
        source="descriptions.jsonl",
    )
    held, not_held = sorted(assemble([*rows(*COPIES), *described]).books, key=lambda each: each.title)
    assert (held.description, held.keywords, len(held.holdings)) == ("마음을 훔치는 이야기", ("용서",), 2)
    assert [holding.status for holding in not_held.holdings] == [HoldingStatus.UNKNOWN]


def test_a_list_without_any_holding_column_lists_what_is_held() -> None:
    village = rows(
        {"title": "못 참는 아이", "responsibility": "오은영 지음"},
        {"title": "못 참는 아이", "responsibility": "오은영"},
        source="village.csv",
    )
    work = only(assemble(village))
    assert len(work.holdings) == 2
    assert work.available


def test_a_row_for_several_copies_holds_several() -> None:
    assert len(only(assemble(rows(book("불편한 편의점", "김호연", copies="3")))).holdings) == 3


def test_a_copy_listed_by_two_files_is_one_copy() -> None:
    other = rows(*COPIES, source="other.jsonl")
    assert len(only(assemble([*rows(*COPIES), *other])).holdings) == 2
    numbered = [row | {"registration_number": f"EM{at}", "status": "대출가능"} for at, row in enumerate(COPIES)]
    later = [row | {"status": "분실"} for row in numbered]
    holdings = only(assemble([*rows(*numbered), *rows(*later, source="later.csv")])).holdings
    assert [holding.status for holding in holdings] == [HoldingStatus.LOST, HoldingStatus.LOST]


def test_lost_copies_do_not_make_a_book_available_nor_give_its_call_number() -> None:
    copies = (COPIES[0] | {"status": "분실"}, COPIES[1] | {"status": "대출중"})
    work = only(assemble(rows(*copies)))
    assert not work.available
    assert work.call_number == "813.6 김294가 c.2"


def test_a_registration_number_at_two_titles_is_a_problem() -> None:
    reused = rows(
        book("데미안", "헤르만 헤세", registration_number="EM1"),
        book("데미안", "헤르만 헤세", registration_number="EM1"),
        book("싯다르타", "헤르만 헤세", registration_number="EM1"),
    )
    assembly = assemble(reused)
    (problem,) = assembly.problems
    assert (problem.row, problem.value) == (4, "EM1")
    assert problem.reason == 'school.csv, row 2 has this number already, for "데미안"'
    assert len(only(assembly).holdings) == 1


def test_every_row_is_accounted_for() -> None:
    school = rows(
        *COPIES, *VOLUMES, *EDITIONS, book("데미안", registration_number="1"), book("싯다르타", registration_number="1")
    )
    more = rows(COPIES[0], book("새 책", "새 사람"), source="more.csv")
    assembly = assemble([*school, *more])
    assert (assembly.indexed["school.csv"], assembly.merged["school.csv"], len(assembly.problems)) == (4, 4, 1)
    assert (assembly.indexed["more.csv"], assembly.merged["more.csv"]) == (1, 1)


def test_files_are_added_to_the_books_that_are_there() -> None:
    live = assemble(rows(*COPIES, *VOLUMES)).books
    new = rows(COPIES[0], book("가시고백", "김려령 지음", "813.6 김294가 c.3"), *EDITIONS, source="new.csv")
    assembly = assemble(new, live)
    by_title = {each.title: each for each in assembly.books}
    assert set(by_title) == {"가시고백", "삼국지", "리바이어던"}
    assert [holding.call_number.copy for holding in by_title["가시고백"].holdings if holding.call_number] == [
        "",
        "2",
        "3",
    ]
    assert {each.id for each in live} <= {each.id for each in assembly.books}
    assert (assembly.indexed["new.csv"], assembly.merged["new.csv"]) == (1, 3)


def test_adding_the_same_files_again_changes_nothing() -> None:
    first = assemble(rows(*COPIES, *VOLUMES, *EDITIONS)).books
    assert assemble(rows(*COPIES, *VOLUMES, *EDITIONS), first).books == first


def test_a_live_book_keeps_its_id_when_the_file_spells_its_author_otherwise() -> None:
    live = assemble(rows(EDITIONS[0])).books
    joined = only(assemble(rows(EDITIONS[1]), live))
    assert joined.id == live[0].id
    assert only(assemble(rows(EDITIONS[1]))).id in joined.former_ids
    assert replace(joined, former_ids=()) != live[0]
