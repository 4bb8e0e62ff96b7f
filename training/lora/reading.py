"""Reading files of pairs, whatever their layout, and telling apart what is learned from and what is measured on."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from recommender.bundle import EnrichmentBundle
from recommender.errors import InputError
from training.lora.corpus import LAYOUT, read_item
from training.lora.pairs import read_pairs
from training.lora.table import read_table
from training.lora.values import Found, Place


def read_files(paths: Sequence[Path], columns: Mapping[str, str], limits: EnrichmentBundle) -> Found:
    """The examples of all files, in their order.

    Args:
        paths: `.json` is a corpus, `.csv` a table, `.jsonl` what `export` wrote.
        columns: for tables: field → its heading.
        limits: weights of the terms that are added to questions.

    Raises:
        InputError: a file cannot be read, or is in no known layout.
    """
    found = Found()
    for path in paths:
        if not path.is_file():
            raise InputError(f"{path}: no such file")
        match path.suffix.casefold():
            case ".json":
                found.add(_corpus(path, limits))
            case ".csv":
                found.add(read_table(path, columns, limits))
            case ".jsonl":
                found.add(read_pairs(path))
            case _:
                raise InputError(f"{path}: what it holds is told by its name; call it .json, .csv or .jsonl")
    return found


def _corpus(path: Path, limits: EnrichmentBundle) -> Found:
    try:
        items = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as JSON ({error}); correct it at that place") from error
    if not isinstance(items, list):
        raise InputError(f"{path}: a corpus is a JSON array of {LAYOUT}; put the items into one")
    found = Found()
    for number, item in enumerate(items, 1):
        found.add(read_item(item, Place(path.name, number), limits))
    return found
