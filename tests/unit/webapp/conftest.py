from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from recommender.models import Audience, Book, CallNumber, Holding, HoldingStatus, Mood, Person, Role
from tests.fakes import FakeLibrary, fake_library
from webapp.application import create_app


def demian() -> Book:
    return Book(
        id="demian",
        title="데미안",
        people=(Person("헤르만 헤세"), Person("전영애", Role.TRANSLATOR)),
        publisher="민음사",
        year=2000,
        language="ko",
        isbns=("9788937460449",),
        kdc="853",
        call_number="853 헤53ㄷ",
        description="싱클레어가 자기 자신에게로 이르는 길을 찾아가는 성장 소설.",
        audience=Audience.TEENS,
        moods=(Mood.THOUGHTFUL,),
        holdings=(
            Holding(
                HoldingStatus.AVAILABLE,
                registration_number="EM0000001",
                call_number=CallNumber("853 헤53ㄷ", classification="853", author_mark="헤53ㄷ"),
                location="1층 문학",
                registered_on="2021-03-02",
            ),
            Holding(
                HoldingStatus.ON_LOAN,
                registration_number="EM0000002",
                call_number=CallNumber("853 헤53ㄷ c.2", classification="853", author_mark="헤53ㄷ", copy="2"),
                location="1층 문학",
            ),
        ),
        former_ids=("demian-2015",),
    )


def cosmos() -> Book:
    return Book(
        id="cosmos",
        title="코스모스",
        people=(Person("칼 세이건"),),
        publisher="사이언스북스",
        year=2006,
        language="ko",
        kdc="443",
        call_number="443 세69ㅋ",
        description="우주와 생명과 과학의 역사.",
        holdings=(
            Holding(
                HoldingStatus.ON_LOAN,
                call_number=CallNumber("443 세69ㅋ", classification="443", author_mark="세69ㅋ"),
                location="2층 자연과학",
            ),
        ),
    )


def toji() -> Book:
    return Book(
        id="toji/1",  # real control numbers hold such things
        title="토지",
        subtitle="박경리 대하소설 <제1부>",
        people=(Person("박경리"),),
        publisher="다산책방",
        year=2023,
        language="ko",
        kdc="813.6",
        call_number="813.6 박14ㅌ v.1",
        holdings=(
            Holding(
                HoldingStatus.AVAILABLE,
                call_number=CallNumber("813.6 박14ㅌ v.1", classification="813.6", author_mark="박14ㅌ", volume="1"),
                location="1층 문학",
            ),
        ),
    )


@pytest.fixture
def library() -> FakeLibrary:
    return fake_library(demian(), cosmos(), toji(), readers={"이서연": ("demian",)})


@pytest.fixture
def app(library: FakeLibrary) -> Flask:
    made = create_app(library)
    made.testing = False  # errors have to reach their handlers, as in production
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def client_of() -> Callable[[FakeLibrary], FlaskClient]:
    return lambda library: create_app(library).test_client()
