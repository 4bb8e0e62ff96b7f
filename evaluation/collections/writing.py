"""Writing a collection as the folder that `reading` reads."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluation.collections.reading import CORPUS, QRELS, QUERIES
from evaluation.collections.values import Collection
from recommender.errors import InputError


def write_collection(collection: Collection, folder: Path) -> None:
    """Write passages, queries and judgements.

    Raises:
        InputError: there is a collection in the folder already; it is left alone.
    """
    if (folder / CORPUS).exists():
        raise InputError(f"{folder}: there is a collection in it already; name another folder or delete this one")
    folder.mkdir(parents=True, exist_ok=True)
    passages = ({"_id": one.id, "title": one.title, "text": one.text} for one in collection.documents)
    _write_json(folder / CORPUS, passages)
    _write_json(folder / QUERIES, ({"_id": query_id, "text": text} for query_id, text in collection.queries.items()))
    judgements = (
        f"{query_id}\t{passage_id}\t{grade}"
        for query_id, grades in collection.qrels.items()
        for passage_id, grade in grades.items()
    )
    _write(folder / QRELS[0], ["query-id\tcorpus-id\tscore", *judgements])


def _write_json(path: Path, records: Iterable[dict[str, Any]]) -> None:
    _write(path, (json.dumps(record, ensure_ascii=False) for record in records))


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
