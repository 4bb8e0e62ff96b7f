"""A collection across languages: a sentence asks in one language, its translation in the other is to be found."""

from collections.abc import Iterator
from pathlib import Path

from evaluation.collections.values import Collection, Passage
from recommender.errors import InputError
from training.encoder.corpus import AlignedPair, is_held_out

PLAIN_COLUMNS = 3
"""Where the pair comes from, Korean, English."""

JUDGED_COLUMNS = 6
"""Part, likeness, then two pairs: English, Korean, English, Korean."""


def make_translations(
    path: Path,
    *,
    seed: int,
    limit: int | None = None,
    part: str | None = None,
    held_out: bool = False,
    reverse: bool = False,
) -> Collection:
    """Make the collection: English asks, Korean is found.

    Args:
        path: tab-separated, of three columns (source, Korean, English) or six (part, likeness, two pairs).
        seed: of the draw.
        limit: how many sentences ask; all of them for None. All are there to be found.
        part: only rows with this in their first column.
        held_out: of a file of three columns, only pairs that the bundled encoder never trains on.
        reverse: Korean asks, English is found.

    Raises:
        InputError: a line has other columns, or nothing is left.
    """
    pairs = dict.fromkeys(pair for pair in _pairs(path, part) if not held_out or is_held_out(pair))
    if not pairs:
        wanted = f" with {part!r} in the first column" if part else ""
        raise InputError(f"{path}: no pair of sentences{wanted} is left; look at the file, or leave --part out")
    sides = [(pair.korean, pair.english) if reverse else (pair.english, pair.korean) for pair in pairs]
    passages = {text: f"sentence-{number}" for number, text in enumerate(dict.fromkeys(found for _, found in sides), 1)}
    relevant: dict[str, dict[str, int]] = {}
    for asked, found in sides:
        relevant.setdefault(asked, {})[passages[found]] = 1
    whole = Collection(
        name="translations",
        documents=tuple(Passage(passage_id, "", text) for text, passage_id in passages.items()),
        queries={f"asked-{number}": text for number, text in enumerate(relevant, 1)},
        qrels={f"asked-{number}": found for number, found in enumerate(relevant.values(), 1)},
    )
    return whole.sample(limit, seed=seed)


def _pairs(path: Path, part: str | None) -> Iterator[AlignedPair]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        columns = [column.strip() for column in line.split("\t")]
        if columns == [""] or columns[0] == "split" or (part is not None and columns[0] != part):
            continue
        if len(columns) == PLAIN_COLUMNS:
            yield AlignedPair(english=columns[2], korean=columns[1])
        elif len(columns) == JUDGED_COLUMNS:
            yield AlignedPair(english=columns[2], korean=columns[3])
            yield AlignedPair(english=columns[4], korean=columns[5])
        else:
            raise InputError(
                f"{path}, line {number}: {line[:60]!r} has {len(columns)} columns; "
                f"write source, Korean and English, with tabs between"
            )
