import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from recommender.models import Audience, Depth, Effect, Form, HoldingStatus, Mood, Role
from recommender.recommend import intake as core_intake
from recommender.recommend.values import Evidence, EvidenceCode
from recommender.search.request import Mode, Sort
from recommender.search.results import Relaxation, Why, WhyCode
from webapp.labels import words
from webapp.labels.classes import class_name, class_path, filter_name
from webapp.labels.evidence import evidence_text, why_text
from webapp.labels.intake import QUESTIONS

WEBAPP = Path(__file__).parents[3] / "webapp"
CATALOGUE = WEBAPP / "translations" / "ko" / "LC_MESSAGES"


def extracted_messages() -> set[str | tuple[str, ...]]:
    mapping = [("**.py", "python"), ("templates/**.html", "jinja2")]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(WEBAPP, mapping, keywords=keywords)
    return {message if isinstance(message, str) else tuple(message[:2]) for _file, _line, message, *_rest in found}


def test_every_message_is_in_the_korean_catalogue_and_no_other_is() -> None:
    with (CATALOGUE / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="ko")
    translated = {message.id for message in catalogue if message.id and all(message.string) and not message.fuzzy}
    assert translated == extracted_messages()


def test_every_translation_keeps_the_placeholders() -> None:
    with (CATALOGUE / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="ko")
    for message in catalogue:
        source, korean = message.id[-1] if message.pluralizable else message.id, message.string
        placeholders = re.findall(r"%\(\w+\)s", source)
        text = korean[0] if message.pluralizable else korean
        if message.id:
            assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(placeholders), source


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with (CATALOGUE / "messages.po").open("rb") as source, (CATALOGUE / "messages.mo").open("rb") as compiled:
        written = [(message.id, message.string) for message in read_po(source, locale="ko") if message.id]
        used = [(message.id, message.string) for message in read_mo(compiled) if message.id]
    assert sorted(map(str, _plain(used))) == sorted(map(str, _plain(written)))


def _plain(messages: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Plural messages come as tuples from one kind of file and as lists from the other."""
    return [
        (tuple(source), tuple(text)) if not isinstance(source, str) else (source, text) for source, text in messages
    ]


CHOICES = [
    ({}, "ko"),  # the library's own language
    ({"headers": {"Accept-Language": "en-GB,en;q=0.8"}}, "en"),
    ({"headers": {"Accept-Language": "fr"}}, "ko"),
    ({"query_string": {"lang": "en"}}, "en"),
    ({"query_string": {"lang": "ko"}, "headers": {"Accept-Language": "en"}}, "ko"),
    ({"query_string": {"lang": "xx"}, "headers": {"Accept-Language": "en"}}, "en"),
]


@pytest.mark.parametrize(("asked", "language"), CHOICES)
def test_the_language_is_the_one_asked_for(
    client: FlaskClient, asked: dict[str, dict[str, str]], language: str
) -> None:
    response = client.get("/", **asked)  # type: ignore[arg-type]
    assert f'<html lang="{language}">' in response.text
    assert response.headers["Content-Language"] == language


def test_a_choice_is_remembered(client: FlaskClient) -> None:
    client.get("/?lang=en")
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "ko"}).text


def test_the_other_language_is_one_click_away_on_the_same_page(client: FlaskClient) -> None:
    page = client.get("/search?q=데미안&kdc=8&lang=ko").text
    assert 'href="/search?q=%EB%8D%B0%EB%AF%B8%EC%95%88&amp;kdc=8&amp;lang=en"' in page


def test_every_code_has_words(app: Flask) -> None:
    tables = [
        (Audience, words.AUDIENCES),
        (Form, words.FORMS),
        (Mood, words.MOODS),
        (Effect, words.EFFECTS),
        (Effect, words.BOOK_EFFECTS),
        (Depth, words.DEPTHS),
        (HoldingStatus, words.STATUSES),
        (Role, words.ROLES),
        (Sort, words.SORTS),
        (Mode, words.MODES),
        (Relaxation, words.RELAXATIONS),
    ]
    for codes, table in tables:
        assert list(map(str, codes)) == list(table) or set(codes) == set(table), codes
    with app.test_request_context("/"):
        assert all(why_text(Why(code, ("말",))) for code in WhyCode)
        assert all(
            evidence_text(Evidence(code, ("가", "나"))) and evidence_text(Evidence(code)) for code in EvidenceCode
        )


def test_the_questions_offer_exactly_the_answers_that_the_core_knows() -> None:
    offered = {question.field: tuple(question.answers) for question in QUESTIONS}
    assert offered == {field: tuple(codes) for field, codes in core_intake.FIELDS.items()}


@pytest.mark.parametrize(
    ("kdc", "name", "path", "filtered"),
    [
        ("8", "Literature", "Literature", "Literature"),
        ("813.6", "Literature", "Literature › Korean literature", "813.6 Korean literature"),
        ("00", "General works", "General works", "00 General works"),
        ("26", "Religion", "Religion", "26 Religion"),  # the sixth edition leaves 26 empty
        ("", "", "", ""),
    ],
)
def test_classes_have_names(app: Flask, kdc: str, name: str, path: str, filtered: str) -> None:
    with app.test_request_context("/?lang=en"):
        assert (class_name(kdc), class_path(kdc), filter_name(kdc)) == (name, path, filtered)
