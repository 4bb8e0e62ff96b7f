"""Comparing and judging as an operator does it: the commands, real small models, a real chat server."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evaluation.cli import main
from evaluation.judging.grading import ModelJudge
from evaluation.judging.items import items_of
from evaluation.judging.storing import JudgementFile, read_answers, read_judgements, write_answers
from evaluation.judging.values import JudgedQuestion, StoredAnswer
from recommender.generation.openai import OpenAIGenerator
from recommender.generation.transformers import TransformersGenerator
from tests.chat_server import Body, ChatServer, running
from tests.judged_answers import ANSWERS, DIRECT, INVENTED, STAGED
from tests.tiny_models import ARCHITECTURES, save_llama

CATALOGUE = """서명,저자,출판사,출판년도,키워드,소개
나는 불안할 때 논어를 읽는다,판덩,미디어숲,2022,불안|논어,불안해서 잠이 오지 않는 밤에 읽기 좋은 강의입니다.
걱정도 습관이다,최명기,알키,2017,걱정|불안,걱정하는 버릇을 다루는 법을 알려 줍니다.
키친,요시모토 바나나,민음사,1999,상실|위로,할머니를 잃은 미카게가 부엌 곁에서 기운을 찾습니다.
아몬드,손원평,창비,2017,감정|성장,감정을 느끼지 못하는 소년의 이야기입니다.
천 개의 파랑,천선란,허블,2020,로봇|우정,경주마를 타던 로봇이 사람들의 삶을 바꿉니다.
작별인사,김영하,복복서가,2022,로봇|인간,로봇과 인간의 차이를 묻습니다.
"""

QUESTIONS = (
    {"question": "불안해서 잠이 오지 않아요"},
    {"instruction": "로봇이 나오는 소설을 추천해 줘", "input": "감정: 설렘\n상황: 주말"},
    {"question": "걱정이 많아 불안한 사람에게", "reader_id": "reader"},
)

LIST = (
    "title,author,relevance_score\n나는 불안할 때 논어를 읽는다,판덩,5\n걱정도 습관이다,최명기,3.5\n없는 책,아무개,4\n"
)


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_llama(folder)
    return folder


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalogue, a reader, questions and a graded list; no setting but a data folder in it."""
    monkeypatch.setenv("SEOGA_DATA_DIR", str(tmp_path / "data"))
    read = [{"title": "아몬드", "author": "손원평", "rating": 5, "read_date": "2026-03-02"}]
    for name, content in {
        "catalogue.csv": CATALOGUE,
        "history.json": json.dumps({"read_books": read}, ensure_ascii=False),
        "questions.jsonl": "\n".join(json.dumps(each, ensure_ascii=False) for each in QUESTIONS),
        "grades.csv": LIST,
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path, fails: bool = False) -> str:
    """What `python -m evaluation …` prints."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert (done.exit_code != 0) == fails, done.output
    return done.output


def chosen_line(body: Body, label: str) -> str:
    """The number under which a prompt lists the line with a label."""
    found = re.search(rf"^(\d)\. {label}", body["messages"][-1]["content"], flags=re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_random_weights_give_no_malformed_grade(architecture: str, tmp_path: Path) -> None:
    ARCHITECTURES[architecture](tmp_path / "tiny")
    judged = list(ModelJudge("tiny", TransformersGenerator(str(tmp_path / "tiny"))).judge(items_of(ANSWERS)))
    grades = [judgement.grade for each in judged for judgement in each.judgements]

    assert len(judged) == 4
    assert not any(each.is_malformed for each in judged)
    assert all(grade is not None and 0 <= grade <= 5 for grade in grades)
    assert all(each.tokens > 0 for each in judged)


@pytest.mark.parametrize(
    ("refuses", "answer", "grade"),
    [
        ((), lambda body: json.dumps({"books": [int(chosen_line(body, "잘 맞음"))]}), 4.0),
        (("response_format", "chat_template_kwargs"), lambda body: f"{chosen_line(body, '잘 맞음')}번입니다.", 4.0),
        ((), lambda _body: json.dumps({"books": [1]}), 2.5),  # whatever is asked, the first line
        ((), lambda _body: "저는 평가할 수 없습니다.", None),
    ],
    ids=["a schema", "a server that takes none", "always the first", "no number"],
)
def test_a_chat_server_judges(refuses: tuple[str, ...], answer: Callable[[Body], str], grade: float | None) -> None:
    with running(ChatServer(answer, refuses=frozenset(refuses))) as server:
        (judged, *_) = ModelJudge("server", OpenAIGenerator(server.url)).judge(items_of([STAGED]))

    assert judged.judgements[0].grade == grade
    assert judged.is_malformed == (grade is None)
    assert judged.tokens > 0


def test_a_stopped_run_goes_on_and_asks_again_what_was_malformed(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers, out = files / "answers.jsonl", files / "judgements.jsonl"
    write_answers(answers, ANSWERS)
    server = ChatServer(lambda body: "?" if "키친" in str(body) else '{"books": [6]}')
    with running(server):
        monkeypatch.setenv("SEOGA_OPENAI_URL", server.url)
        command = ("judge", "model", answers, "--by", "openai", "--as", "server", "--out", out)
        assert "server judged 4 books" in run(*command)
        assert "1 answers were malformed" in run(*command)  # only what has no grade yet is asked again
        server.answer = lambda _body: '{"books": [2]}'
        asked = len(server.asked)
        assert "server judged 1 books" in run(*command)
        assert len(server.asked) == asked + 2
        assert "server judged 0 books" in run(*command)

    grades = {each.book: each.grade for each in JudgementFile(out).judgements() if each.book}
    assert grades == {"anxiety": 2.5, "worry": 2.5, "kitchen": 2.5, "holes": 2.5}
    zeros = [each for each in read_judgements([out]) if each.item == DIRECT.item(INVENTED)]
    assert [each.grade for each in zeros] == [0]  # decided once, by the program


def test_ways_of_answering_are_compared_in_one_table(files: Path, model_folder: Path) -> None:
    out = files / "compared"
    printed = run(
        *(
            "compare",
            files / "questions.jsonl",
            "--catalogue",
            files / "catalogue.csv",
            "--history",
            files / "history.json",
        ),
        *("--a", "method=staged,num_candidates=6", "--b", "method=direct,num_candidates=4"),
        *("--arm", f"tiny=method=direct,num_candidates=4,size=1,generator=transformers:{model_folder}"),
        *("--grades", files / "grades.csv", "--judge", f"transformers:{model_folder}"),
        *("--price-prompt", "0.5", "--price-completion", "2", "--out", out),
    )
    for column in ("method", "num_candidates", "mean", "fitness", "prompt", "completion", "cost", "p50 s", "p95 s"):
        assert column in printed
    figures: Mapping[str, Any] = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    systems = {each["system"]: each for each in figures["systems"]}
    settings = [systems[name]["settings"] for name in ("a", "b", "tiny")]

    assert [(each["method"], each["num_candidates"], each["generator"]) for each in settings] == [
        ("staged", "6", "composed"),
        ("direct", "4", "composed"),
        ("direct", "4", "tiny"),
    ]
    assert all(set(each["failures"].values()) == {0} for each in systems.values())
    assert systems["a"]["cost"] == 0
    assert systems["tiny"]["prompt_tokens"] > 100
    assert systems["tiny"]["completion_tokens"] > 0
    expected = (systems["tiny"]["prompt_tokens"] * 0.5 + systems["tiny"]["completion_tokens"] * 2) / 1_000_000
    assert systems["tiny"]["cost"] == pytest.approx(expected)
    assert {each["judge"] for each in figures["fitness"]} == {"grades", "tiny"}
    assert {(each["judge"], each["system"]) for each in figures["differences"]} >= {("tiny", "b"), ("tiny", "tiny")}
    (pair,) = figures["agreement"]
    assert (pair["one"], pair["other"]) == ("grades", "tiny")


def test_a_stopped_comparison_goes_on(files: Path) -> None:
    out = files / "compared"
    command: tuple[str | Path, ...] = (
        *("compare", files / "questions.jsonl", "--a", "method=staged", "--b", "method=direct", "--out", out),
        *("--catalogue", files / "catalogue.csv", "--history", files / "history.json"),
    )
    run(*command)
    stored = out / "answers.jsonl"
    whole = stored.read_text(encoding="utf-8").splitlines(keepends=True)
    stored.write_text("".join(whole[:2]) + whole[2][:40], encoding="utf-8")  # killed while it wrote the third
    assert "asking: 4" in run(*command, "--resume")

    again = read_answers([stored])
    assert [(answer.system, answer.question.text) for answer in again] == [
        (answer["system"], answer["question"]["text"]) for answer in map(json.loads, whole)
    ]
    assert stored.read_text(encoding="utf-8").splitlines(keepends=True)[:2] == whole[:2]  # not asked again
    assert "--resume needs the folder" in run("compare", files / "questions.jsonl", "--a", "", "--resume", fails=True)


def test_answers_are_stored_without_the_reader_and_read_again(files: Path) -> None:
    stored = files / "answers.jsonl"
    printed = run(
        *("judge", "answer", files / "questions.jsonl", "--with", "method=direct", "--as", "direct", "--out", stored),
        *("--catalogue", files / "catalogue.csv", "--history", files / "history.json"),
    )
    assert f"3 answers in {stored}" in printed
    answers = read_answers([stored])

    assert [answer.question.text for answer in answers][:2] == [
        "불안해서 잠이 오지 않아요",
        "로봇이 나오는 소설을 추천해 줘",
    ]
    assert answers[2].question.reader.read == ("아몬드 (5/5)",)
    assert "reader_id" not in stored.read_text(encoding="utf-8")
    assert all(book.is_held and book.why and book.help for answer in answers for book in answer.books)
    assert all(book.title != "아몬드" for book in answers[2].books)


def test_somebody_elses_list_is_judged_beside(files: Path, model_folder: Path) -> None:
    corpus = [
        {
            **QUESTIONS[1],
            "output": "1. 천 개의 파랑 - 천선란\n - 추천 이유: 다정합니다.\n - 이 책이 도움이 될 수 있는 이유: 따뜻해집니다.\n2. 로봇의 밤 - 김없음",
        }
    ]
    (files / "corpus.json").write_text(json.dumps(corpus, ensure_ascii=False), encoding="utf-8")
    imported = files / "imported.jsonl"
    library = ("--catalogue", files / "catalogue.csv", "--history", files / "history.json")
    assert "of 2 books the catalogue holds 1" in run(
        "judge", "import", files / "corpus.json", "--out", imported, *library
    )
    out = files / "compared"
    run(
        *("compare", files / "questions.jsonl", "--a", "", "--answers", imported, "--out", out, *library),
        *("--judge", f"transformers:{model_folder}"),
    )
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    fitness = {each["system"]: each for each in figures["fitness"]}

    assert (fitness["corpus"]["books"], fitness["corpus"]["missing"], fitness["a"]["missing"]) == (2, 1, 0)
    assert next(each for each in figures["systems"] if each["system"] == "corpus")["failures"]["invented"] == 1
    report = run("judge", "report", out / "judgements.jsonl", "--answers", out / "answers.jsonl")
    assert "corpus" in report
    assert "one judge alone" in report


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "questions.jsonl"), "there is nothing to compare; say for example --a method=staged"),
        (("compare", "questions.jsonl", "--a", "methd=direct"), 'there is no setting "methd"; did you mean method?'),
        (("compare", "questions.jsonl", "--a", "", "--sample", "--catalogue", "catalogue.csv"), "name two libraries"),
        (("compare", "questions.jsonl", "--a", "", "--history", "history.json"), "need a --catalogue"),
        (
            ("compare", "questions.jsonl", "--a", "bundle=none.json", "--catalogue", "catalogue.csv"),
            "no readable bundle",
        ),
        (("compare", "questions.jsonl", "--a", "generator=gpt", "--catalogue", "catalogue.csv"), "SEOGA_GENERATOR=gpt"),
        (("judge", "model", "answers.jsonl", "--by", "composed", "--out", "j.jsonl"), "composed has no model"),
        (
            ("judge", "model", "answers.jsonl", "--by", "transformers:none", "--out", "j.jsonl"),
            "the model cannot be loaded",
        ),
        (("judge", "report", "grades.csv"), "grades.csv, line 1: this is no JSON"),
        (("judge", "import", "grades.csv", "--column", "title", "--out", "a.jsonl"), "write FIELD=COLUMN"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    files: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_answers(files / "answers.jsonl", ANSWERS)
    monkeypatch.chdir(files)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    assert said in run(*arguments, fails=True)


def test_the_rubric_can_be_read_before_judging() -> None:
    printed = run("judge", "rubric", "--language", "en")

    assert printed.splitlines()[0] == "Rubric 1"
    assert [line.split()[0] for line in printed.splitlines()[1:]] == ["5", "4", "3", "2", "1", "0"]


def test_a_stored_system_has_a_name_and_questions_of_its_own(files: Path) -> None:
    library = ("--catalogue", files / "catalogue.csv", "--history", files / "history.json")
    write_answers(files / "stored.jsonl", [StoredAnswer("a", JudgedQuestion("다른 질문"), STAGED.books)])

    clash = run(
        "compare", files / "questions.jsonl", "--a", "", "--answers", files / "stored.jsonl", *library, fails=True
    )
    assert 'the stored answers are of a system "a" too' in clash
    write_answers(files / "stored.jsonl", [StoredAnswer("other", JudgedQuestion("다른 질문"), STAGED.books)])
    none = run(
        "compare", files / "questions.jsonl", "--a", "", "--answers", files / "stored.jsonl", *library, fails=True
    )
    assert 'the stored answers of "other" are to none of these questions' in none
