import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.judging.lists.chat import NamedBook, named_books
from evaluation.judging.lists.matching import ListMatcher
from evaluation.judging.lists.reading import ListedBook, read_lists
from evaluation.judging.values import ReaderFacts
from indexer.readers.matching import BookMatcher
from recommender.engine.embedded import EmbeddedEngine
from recommender.errors import InputError
from recommender.recommend.values import Intake, Question
from recommender.text.morphemes import Analyzer
from tests.small_library import BOOKS, READER, SmallLibrary

ASKED = Question("불안한 밤에 읽을 책")


@pytest.mark.parametrize(
    ("text", "books"),
    [
        (
            "1. 키친 - 요시모토 바나나 지음 ; 김난주 옮김\n   - 추천 이유: 따뜻합니다.\n   - 이 책이 도움이 될 수 있는 이유: 위로가 됩니다.\n2. 걱정도 습관이다 - 최명기",
            (
                NamedBook("키친", "요시모토 바나나 지음 ; 김난주 옮김", "따뜻합니다.", "위로가 됩니다."),
                NamedBook("걱정도 습관이다", "최명기"),
            ),
        ),
        (
            "추천드립니다!\n\n1) **『코스모스』 — 칼 세이건**\n* 추천 이유: 넓어집니다.\n* 이 책이 도움이 될 수 있는 이유: 잊게 됩니다.\n감사합니다: 끝",
            (NamedBook("코스모스", "칼 세이건", "넓어집니다.", "잊게 됩니다."),),
        ),
        (
            "1. 나의 문학 답사 일지 : 배움을 찾아 - 국문학자의 여행 - 정병설",
            (NamedBook("나의 문학 답사 일지 : 배움을 찾아 - 국문학자의 여행", "정병설"),),
        ),
        ("1. 토지", (NamedBook("토지"),)),
        ("저는 책을 추천할 수 없습니다.", ()),
        ("", ()),
    ],
)
def test_books_are_read_from_a_models_text(text: str, books: tuple[NamedBook, ...]) -> None:
    assert named_books(text) == books


def written(tmp_path: Path, name: str, content: object) -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_graded_list_is_read_whatever_holds_it(tmp_path: Path) -> None:
    rows = [
        {"title": "키친", "author": "요시모토 바나나", "relevance_score": 4.5},
        {"title": "토지", "author": "박경리"},
    ]
    files = (
        written(tmp_path, "wrapped.json", {"recommended_books_relevance": rows}),
        written(tmp_path, "lines.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)),
        written(tmp_path, "list.csv", "제목,저자,점수\n키친,요시모토 바나나,4.5\n토지,박경리,\n"),
    )

    for path in files:
        (read,) = read_lists(path, ASKED, columns={})
        assert read.question == ASKED
        assert [(each.book, each.grade) for each in read.books] == [
            (NamedBook("키친", "요시모토 바나나"), 4.5),
            (NamedBook("토지", "박경리"), None),
        ]


def test_rows_that_name_their_question_are_answers_to_it(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "list.csv",
        "question,title,이유\n로봇 이야기,천 개의 파랑,로봇이 나옵니다\n,키친,\n로봇 이야기,작별인사,\n",
    )
    read = read_lists(path, ASKED, columns={})

    assert [(each.question.text, [one.book.title for one in each.books]) for each in read] == [
        ("로봇 이야기", ["천 개의 파랑", "작별인사"]),
        ("불안한 밤에 읽을 책", ["키친"]),
    ]
    assert read[0].books[0].book.why == "로봇이 나옵니다"


def test_a_column_with_a_name_of_its_own_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", "무슨 책,누가\n키친,요시모토 바나나\n")

    (read,) = read_lists(path, ASKED, columns={"title": "무슨 책", "author": "누가"})
    assert read.books == (ListedBook("list.csv, row 2", NamedBook("키친", "요시모토 바나나")),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title,점수\n키친,아주좋음\n", "list.csv, row 2: the grade '아주좋음' is no number from 0 to 5"),
        ("title,점수\n키친,5.5\n", "row 2: the grade '5.5' is no number from 0 to 5"),
        ("title,점수\n키친,nan\n", "row 2: the grade 'nan' is no number from 0 to 5"),
        ('[{"title": "키친"}, {"title": ""}]', "row 2: title is empty; fill it in, or take the row out"),
        ('[{"title": ["키친"]}]', "row 1: title \"['키친']\" should be a text"),
        ('[{"instruction": "책", "output": null}]', "entry 1: output 'None' should be the text of an answer"),
        ('{"title": "키친"}\n{oops\n', "row 2: the line is no JSON"),
        ("서가,위치\n가,나\n", "no title column; the columns seen are: 서가, 위치"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_lists(written(tmp_path, "list.csv", content), ASKED, columns={})
    assert said in str(raised.value)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("engine"))
    yield SmallLibrary(engine, Analyzer(num_workers=1))
    engine.close()


@pytest.fixture
def matcher(library: SmallLibrary) -> ListMatcher:
    return ListMatcher(BookMatcher(library.engine), {book.id: book for book in BOOKS})


def test_listed_books_are_found_in_the_catalogue_or_do_not_exist(
    library: SmallLibrary, matcher: ListMatcher, tmp_path: Path
) -> None:
    corpus = [
        {
            "instruction": "우정을 다룬 책",
            "input": "감정: 외로움",
            "output": "1. 천개의 파랑 - 천선란 지음\n- 추천 이유: 다정합니다.\n2. 키친 - 무라카미 하루키\n3. 위로의 밤 - 김없음\n4. 나인",
        },
        {"instruction": "아무 책이나", "input": "", "output": "책을 찾지 못했습니다."},
    ]
    lists = read_lists(written(tmp_path, "corpus.json", corpus), Question(), columns={})
    first, second = matcher.answers(lists, library.readers, system="corpus")

    assert [(book.title, book.book_id) for book in first.books] == [
        ("천 개의 파랑", "thousand-blues"),
        ("키친", ""),  # there is a book of this title, but nobody else has written it
        ("위로의 밤", ""),
        ("나인", "nine"),  # nobody is named, and the title is enough
    ]
    assert (first.books[0].why, first.books[0].authors) == ("다정합니다.", "천선란")
    assert first.question.answers == {"mood": "외로움"}
    assert (first.failures, second.failures) == (("invented",), ("empty",))


def test_a_judge_is_told_of_the_reader_but_not_who_it_is(
    library: SmallLibrary, matcher: ListMatcher, tmp_path: Path
) -> None:
    path = written(tmp_path, "list.csv", f"이용자,title\n{READER},키친\n")
    (answer,) = matcher.answers(read_lists(path, Question(), columns={}), library.readers, system="list")

    assert answer.question.reader == ReaderFacts(
        read=("아몬드 (5/5)", "토지 (4/5)", "작별인사 (2/5)"),
        genres=("SF",),
        keywords=("우정", "로봇"),
        authors=("천선란",),
        avoid_topics=("전쟁",),
        disliked_authors=("무라카미하루키",),
    )
    assert READER not in repr(answer)


def test_grades_of_a_list_are_those_of_the_books_that_are_held(matcher: ListMatcher) -> None:
    listed = [
        ListedBook("a", NamedBook("키친", "요시모토 바나나"), 4.5),
        ListedBook("b", NamedBook("없는 책", "아무개"), 5.0),
        ListedBook("c", NamedBook("나인", "천선란")),
    ]

    assert matcher.grades(listed) == {"kitchen": 4.5}


def test_the_intake_of_a_persona_reaches_the_question(tmp_path: Path) -> None:
    corpus = [{"instruction": "책", "input": "감정: 설렘", "output": "1. 나인 - 천선란"}]
    (read,) = read_lists(written(tmp_path, "corpus.json", corpus), Question(), columns={})

    assert read.question == Question("책", Intake(mood="설렘"))
