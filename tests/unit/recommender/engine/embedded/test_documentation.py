import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[5] / "docs" / "engines.md"


def test_the_example_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)

    exec(compile(example, str(PAGE), "exec"), {})  # noqa: S102 (the page's own text)

    assert capsys.readouterr().out == "b2 {'title': '수레바퀴 아래서'}\n"
