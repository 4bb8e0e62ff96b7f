from collections.abc import Sequence

import numpy as np
import pytest

from indexer.documents import book_document, class_prefixes, tokenise_books
from recommender.engine.documents import prepare_document
from recommender.engine.schema import books_schema
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
from recommender.records import book_record
from recommender.text.slips import slip_keys


class Words:
    """Cuts texts at their spaces, and remembers how often it was asked."""

    def __init__(self) -> None:
        self.batches = 0

    def document_tokens_many(self, texts: Sequence[str]) -> list[list[str]]:
        self.batches += 1
        return [text.replace(".", " ").split() for text in texts]


SAMGUKJI = Book(
    id="b1",
    title="삼국지",
    subtitle="이문열",
    parallel_title="三國志",
    other_titles=("삼국지연의",),
    series="세계문학",
    people=(Person("나관중"), Person("이문열", Role.TRANSLATOR)),
    publisher="민음사",
    year=2002,
    language="ko",
    isbns=("9788937460449",),
    kdc="823.5",
    call_number="823.5 나18삼 v.1",
    description="천하 통일",
    keywords=("영웅",),
    categories=("소설",),
    audience=Audience.TEENS,
    form=Form.BOOK,
    moods=(Mood.ADVENTUROUS,),
    effects=(Effect.ESCAPE,),
    depth=Depth.IMMERSIVE,
    estimated=(
        AppealTerm(AppealFacet.PACE, Pace.FAST, 0.64, AppealSource.ESTIMATED),
        AppealTerm(AppealFacet.PACE, Pace.STEADY, 0.31, AppealSource.ESTIMATED),
    ),
    pages=320,
    loans=12,
    holdings=(
        Holding(
            status=HoldingStatus.ON_LOAN,
            call_number=CallNumber("823.5 나18삼 v.1", "", "823.5", "나18삼", "1"),
            title="삼국지. 1: 도원에 피는 의",
            volume="1",
            isbn="9788937460449",
        ),
        Holding(
            status=HoldingStatus.LOST,
            call_number=CallNumber("823.5 나18삼 v.2", "", "823.5", "나18삼", "2"),
            title="삼국지. 2",
            volume="2",
        ),
    ),
    former_ids=("b0",),
)
VECTOR = np.eye(1, 4, dtype=np.float32)[0]


def test_a_book_becomes_a_document_field_by_field() -> None:
    (tokens,) = tokenise_books([SAMGUKJI], Words())
    document = book_document(SAMGUKJI, tokens, VECTOR)
    assert document.pop("vector") is VECTOR
    suggest = document.pop("suggest")
    assert {"jㅅㅏㅁㄱㅜㄱㅈㅣ", "iㅅㄱㅈ"} <= set(suggest)
    assert document == {
        "record": book_record(SAMGUKJI),
        "all": "삼국지 이문열 三國志 삼국지연의 나관중 이문열 민음사 영웅 소설 세계문학 천하 통일 도원에 피는 의",
        "title": "삼국지 이문열 三國志 삼국지연의",
        "title_bigrams": "삼국 국지 이문 문열 지연 연의",
        "title_phrases": "삼국지 삼국지연의",
        "title_slips": " ".join([*slip_keys("삼국지"), *slip_keys("삼국지연의")]),
        "people": "나관중 이문열",
        "people_bigrams": "나관 관중 이문 문열",
        "publisher": "민음사",
        "subjects": "영웅 소설 세계문학",
        "description": "천하 통일",
        "title_keys": [
            "삼국지이문열",
            "삼국지",
            "삼국지연의",
            "삼국지1도원에피는의",
            "삼국지2",
            "삼국지1",
            "도원에피는의",
        ],
        "title_sort": "삼국지",
        "isbn": ["9788937460449", "8937460440"],
        "call_number": ["823.5나18삼v.1", "823.5나18삼", "823.5나18삼v.2"],
        "author_names": ["나관중"],
        "people_keys": ["나관중", "이문열"],
        "series": "세계문학",
        "kdc": ["8", "82", "823", "823.5"],
        "kdc_main": "8",
        "year": 2002,
        "language": "ko",
        "available": False,
        "audience": "teens",
        "form": "book",
        "moods": ["adventurous"],
        "effects": ["escape"],
        "depth": "immersive",
        "pace": None,
        "likely_appeal": ["pace:fast"],
        "possible_appeal": ["pace:steady"],
        "pages": 320,
        "loans": 12,
        "copies": 1,
        "former_ids": ["b0"],
    }


@pytest.mark.parametrize("book", [SAMGUKJI, Book(id="b2", title="!"), Book(id="b3", title="The Giver")])
def test_every_document_fits_the_mapping(book: Book) -> None:
    schema = books_schema(encoder="e", dims=4, analyzer="a", expected_books=1)
    (tokens,) = tokenise_books([book], Words())
    assert prepare_document(schema, book.id, book_document(book, tokens, VECTOR))["id"] == book.id


def test_titles_are_sorted_without_their_article() -> None:
    (tokens,) = tokenise_books([Book(id="b3", title="The Giver")], Words())
    assert book_document(Book(id="b3", title="The Giver"), tokens, VECTOR)["title_sort"] == "giver"


def test_many_books_are_analysed_in_one_batch() -> None:
    words = Words()
    assert len(tokenise_books([SAMGUKJI] * 20, words)) == 20
    assert words.batches == 1


def test_the_same_copy_count_as_stands_on_the_shelf() -> None:
    missing = Book(
        id="b4", title="없는 책", holdings=(Holding(HoldingStatus.MISSING), Holding(HoldingStatus.REFERENCE))
    )
    (tokens,) = tokenise_books([missing], Words())
    document = book_document(missing, tokens, VECTOR)
    assert (document["copies"], document["available"]) == (1, False)


@pytest.mark.parametrize(
    ("number", "classes"),
    [("813.6", ["8", "81", "813", "813.6"]), ("004.73", ["0", "00", "004", "004.7", "004.73"]), ("8", ["8"]), ("", [])],
)
def test_a_class_lies_in_all_classes_above_it(number: str, classes: list[str]) -> None:
    assert class_prefixes(number) == classes
