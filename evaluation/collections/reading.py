"""Reading a collection from a folder: BEIR's three files, or the JSON dictionaries of sentence-transformers.

`corpus.jsonl` has a passage a line (`_id` or `id`, `text`, `title`), `queries.jsonl` a query a line (`_id` or `id`,
`text`), `qrels.tsv` (or `qrels/test.tsv`) a judgement a line: query, passage, grade, or TREC's four columns. Instead of
the last two there may be `*queries.json` (`{id: text}`) and `*relevant_docs.json` (`{query: [passage, …]}`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.collections.values import Collection, Judgements, Passage
from recommender.errors import InputError

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"
QRELS = ("qrels.tsv", "qrels/test.tsv", "qrels.txt")
"""Where judgements may be, the first that is there counts; of BEIR's splits only `test` is for measuring."""

_HEADER_NAMES = frozenset({"queryid", "qid", "query", "topic", "topicid"})
_SHAPES = (3, 4)  # columns: query, passage, grade; TREC has a column that says nothing after the query


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, so that an error can name it."""

    path: Path
    number: int  # from 1
    text: str

    def wrong(self, what: str, next_step: str) -> InputError:
        """The error for this line."""
        return InputError(f"{self.path}, line {self.number}: {what}; {next_step}")


def read_collection(folder: Path) -> Collection:
    """Read a folder; its name is the collection's.

    Raises:
        InputError: a file is missing or a line cannot be used; names file, line, value and what to do.
    """
    documents = tuple(_passages(_existing(folder, CORPUS)))
    if not documents:
        raise InputError(f"{folder / CORPUS}: there is no passage in it; put one JSON object a line")
    queries = _read_queries(folder)
    judged = _read_judgements(folder, queries)
    known = {document.id for document in documents}
    answered = {query_id: text for query_id, text in queries.items() if any(judged.get(query_id, {}).values())}
    if not answered:
        raise InputError(f"{folder}: no query has a relevant passage; check that the ids of both files are the same")
    return Collection(
        name=folder.resolve().name,
        documents=documents,
        queries=answered,
        qrels={query_id: judged[query_id] for query_id in answered},
        left_out=len(queries) - len(answered),
        absent=tuple(sorted({passage for grades in judged.values() for passage in grades} - known)),
    )


def _existing(folder: Path, name: str) -> Path:
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder; name one that holds {CORPUS}")
    path = folder / name
    if not path.is_file():
        found = ", ".join(sorted(file.name for file in folder.iterdir())) or "nothing"
        raise InputError(f"{folder}: there is no {name} in it (found: {found}); docs/relevance.md shows what is needed")
    return path


def _only(folder: Path, pattern: str) -> Path | None:
    """The one file that fits, where there is one."""
    found = sorted(folder.glob(pattern))
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InputError(f"{folder}: {names} could all be meant; leave only one in the folder")
    return found[0] if found else None


def _passages(path: Path) -> Iterator[Passage]:
    for passage_id, fields, line in _records(path):
        yield Passage(passage_id, _text(fields, "title", line, default=""), _text(fields, "text", line))


def _read_queries(folder: Path) -> dict[str, str]:
    whole = None if (folder / QUERIES).is_file() else _only(folder, "*queries.json")
    if whole is None:
        lines = _records(_existing(folder, QUERIES))
        return {query_id: _query_text(_text(fields, "text", line), line) for query_id, fields, line in lines}
    queries = _whole_json(whole)
    for query_id, text in queries.items():
        if not isinstance(text, str) or not text.strip():
            raise InputError(f"{whole}: query {query_id!r} is {_short(text)}; give its text")
    return queries


def _query_text(text: str, line: Line) -> str:
    if not text.strip():
        raise line.wrong("the query is empty", "give its text or take the line out")
    return text


def _records(path: Path) -> Iterator[tuple[str, Mapping[str, Any], Line]]:
    """The objects of a JSONL file with their ids, every id once."""
    seen: dict[str, int] = {}
    for line in _lines(path):
        fields = _parsed(line)
        record_id = fields.get("_id", fields.get("id"))
        if isinstance(record_id, bool) or not isinstance(record_id, str | int) or record_id == "":
            raise line.wrong(f"the id is {_short(record_id)}", 'give "_id" (or "id") as a text or a number')
        if str(record_id) in seen:
            raise line.wrong(
                f"the id {record_id!r} stands in line {seen[str(record_id)]} already", "give every id once"
            )
        seen[str(record_id)] = line.number
        yield str(record_id), fields, line


def _parsed(line: Line) -> Mapping[str, Any]:
    try:
        fields = json.loads(line.text)
    except ValueError as error:
        raise line.wrong(f"{_short(line.text)} is no JSON ({error})", "put one JSON object on the line") from error
    if not isinstance(fields, dict):
        raise line.wrong(f"{_short(fields)} is no JSON object", 'put {"_id": …, "text": …} on the line')
    return fields


def _text(fields: Mapping[str, Any], name: str, line: Line, default: str | None = None) -> str:
    value = fields.get(name)
    value = default if value is None else value
    if not isinstance(value, str):
        raise line.wrong(f'"{name}" is {_short(value)}', "give it as a text")
    return value


def _read_judgements(folder: Path, queries: Mapping[str, str]) -> Judgements:
    path = next((folder / name for name in QRELS if (folder / name).is_file()), None)
    if path is not None:
        return _judgement_lines(path, queries)
    whole = _only(folder, "*relevant_docs.json")
    if whole is not None:
        return _relevant_lists(whole, queries)
    _existing(folder, QRELS[0])  # raises, naming what is there
    return {}


def _judgement_lines(path: Path, queries: Mapping[str, str]) -> Judgements:
    judged: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        columns = line.text.split("\t") if "\t" in line.text else line.text.split()
        if line.number == 1 and _is_header(columns):
            continue
        if len(columns) not in _SHAPES:
            raise line.wrong(
                f"{_short(line.text)} has {len(columns)} columns", "write query, passage and grade, with tabs between"
            )
        query_id, passage_id = columns[0].strip(), columns[-2].strip()
        if query_id not in queries:
            raise line.wrong(f"there is no query {query_id!r}", "correct the id or take the line out")
        judged.setdefault(query_id, {})[passage_id] = _grade(columns[-1].strip(), line)
    return judged


def _is_header(columns: list[str]) -> bool:
    return bool(columns) and re.sub(r"[\W_]", "", columns[0]).casefold() in _HEADER_NAMES and len(columns) in _SHAPES


def _grade(text: str, line: Line) -> int:
    """A whole number; TREC's negative grades (spam, broken pages) are not relevant."""
    try:
        grade = float(text)
    except ValueError:
        grade = float("nan")
    if not grade.is_integer():
        raise line.wrong(f"the grade {text!r} is no whole number", "write 0 for not relevant, 1, 2, … for how relevant")
    return max(0, int(grade))


def _relevant_lists(path: Path, queries: Mapping[str, str]) -> Judgements:
    judged: dict[str, dict[str, int]] = {}
    for query_id, passages in _whole_json(path).items():
        if query_id not in queries:
            raise InputError(f"{path}: there is no query {query_id!r}; correct the id or take it out")
        if not isinstance(passages, list) or not all(isinstance(passage, str) for passage in passages):
            raise InputError(f"{path}: query {query_id!r} has {_short(passages)}; give a list of passage ids")
        judged[query_id] = dict.fromkeys(passages, 1)
    return judged


def _whole_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise InputError(f"{path}: it is no JSON ({error}); export it again") from error
    if not isinstance(content, dict):
        raise InputError(f"{path}: it holds {_short(content)}; it should be an object with query ids")
    return content


def _lines(path: Path) -> Iterator[Line]:
    """The lines that hold something."""
    with path.open("rb") as file:
        for number, content in enumerate(file, 1):
            line = Line(path, number, "")
            try:
                text = content.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise line.wrong(
                    f"{content[error.start : error.end]!r} is no UTF-8", "save the file as UTF-8"
                ) from error
            if text.strip():
                yield Line(path, number, text)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return repr(text if len(text) <= 60 else text[:60] + "…") if isinstance(value, str) else text[:60]  # noqa: PLR2004
