"""The floors under the check of reasons: it catches planted lies and lets true sentences pass, on both halves."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.cli import main
from evaluation.grounding.measuring import CHECKABLE, TRUE, Count, Verdict, count, judge
from evaluation.grounding.sentences import SENTENCES, UNCHECKABLE, Planted, read_cases, read_sentences
from recommender.errors import InputError
from recommender.recommend.grounding import Claim, ClaimKind, Dropped
from recommender.text.morphemes import Analyzer


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    cases = read_cases()
    return judge(read_sentences(SENTENCES, cases), cases, Analyzer(num_workers=1))


@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_lies_are_caught_and_true_sentences_pass(verdicts: list[Verdict], half: str) -> None:
    counts = count(verdict for verdict in verdicts if verdict.planted.half == half)

    assert counts[CHECKABLE].total >= 70
    assert counts[CHECKABLE].share >= 0.95
    assert counts[TRUE].total >= 70
    assert counts[TRUE].share <= 0.05


def test_the_set_has_every_kind_in_both_languages() -> None:
    cases = read_cases()
    sentences = read_sentences(SENTENCES, cases)
    kinds = Counter(sentence.lie for sentence in sentences)

    assert kinds[""] >= 150
    assert kinds.total() - kinds[""] >= 150
    assert set(kinds) == {"", UNCHECKABLE, *ClaimKind}
    assert {cases[sentence.book].book.language for sentence in sentences} == {"ko", "en"}


def test_counts_tell_kinds_apart() -> None:
    lie = (Dropped("x", (Claim(ClaimKind.NAME, "x", 0, 1),)),)
    verdicts = [
        Verdict(Planted("b", "김영하가 썼습니다.", "name", "seen"), lie),
        Verdict(Planted("b", "이서연이 썼습니다.", "name", "seen"), ()),
        Verdict(Planted("b", "소년은 축구를 합니다.", UNCHECKABLE, "seen"), ()),
        Verdict(Planted("b", "참말입니다.", "", "seen"), lie),
        Verdict(Planted("b", "참말이에요.", "", "seen"), ()),
    ]

    assert count(verdicts) == {"name": Count(1, 2), UNCHECKABLE: Count(0, 1), CHECKABLE: Count(1, 2), TRUE: Count(1, 2)}
    assert [verdict.is_right for verdict in verdicts] == [True, False, False, False, True]
    assert Count(0, 0).share == 0.0


def test_the_command_prints_a_table_and_what_was_judged_wrongly(tmp_path: Path) -> None:
    file = tmp_path / "sentences.jsonl"
    lines = (
        {"book": "almond", "text": "김영하가 쓴 소설입니다.", "lie": "role"},
        {"book": "almond", "text": "윤재는 축구 선수가 됩니다.", "lie": "plot"},
    )
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    printed = CliRunner().invoke(main, ["grounding", str(file), "--wrong"]).output.splitlines()

    assert printed[0].split() == ["what", "dropped", "of", "share"]
    assert ["role", "1", "1", "100.0%"] in [line.split() for line in printed]
    assert printed[-1] == "plot (almond): 윤재는 축구 선수가 됩니다.  []"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"book": "almond"', "this is no JSON"),
        ('{"book": "almond", "lie": ""}', "'text'"),
        ('{"book": "dune", "text": "모래", "lie": ""}', "no book 'dune'"),
        ('{"book": "almond", "text": "모래", "lie": "smell"}', "'smell' is no kind of lie; known are acclaim"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "sentences.jsonl"
    file.write_text(line, encoding="utf-8")

    with pytest.raises(InputError, match=r"sentences\.jsonl, line 1: ") as raised:
        read_sentences(file, read_cases())
    assert problem in str(raised.value)
