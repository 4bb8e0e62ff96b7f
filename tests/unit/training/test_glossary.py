import re
from pathlib import Path

import training

GLOSSARY = Path(training.__file__).with_name("glossary.tsv")


def test_every_line_is_a_korean_and_an_english_word() -> None:
    rows = [line.split("\t") for line in GLOSSARY.read_text(encoding="utf-8").splitlines()]

    assert len(rows) > 3000
    for source, korean, english in rows:
        assert source == "glossary"
        assert re.fullmatch(r"[가-힣 ]+", korean)
        assert re.fullmatch(r"[A-Za-z0-9',. -]+", english)


def test_no_pair_stands_twice() -> None:
    pairs = GLOSSARY.read_text(encoding="utf-8").splitlines()

    assert len(pairs) == len(set(pairs))
