"""A collection of requests in other words: one saying of an intent asks, its siblings are what it should find.

The source has ten sayings of each intent on consecutive lines, the text in the last column (ParaKQC). Only the intents
that the bundled encoder never trained on ask, so that nothing is measured on what was learnt.
"""

import random
from collections.abc import Sequence
from pathlib import Path

from evaluation.collections.values import Collection, Passage
from recommender.errors import InputError
from training.encoder.corpus import held_out_intents

SAYINGS = 10
"""Of one intent."""

DOCUMENTS_PER_INTENT = 2
"""Sayings of an asking intent that are to be found; the other eight ask. With 200 intents, 1,600 queries."""

PASSAGES = 1_000
"""In all: what is left beside the sayings to be found are sayings of the other intents, one of each."""


def make_paraphrases(path: Path, *, seed: int, limit: int | None = None) -> Collection:
    """Make the collection.

    Args:
        path: ten lines an intent.
        seed: of the draw: which sayings are found, which other intents stand beside them.
        limit: how many of the held-out intents ask; all of them for None.

    Raises:
        InputError: the file cannot be cut into intents.
    """
    intents = _read_intents(path)
    rng = random.Random(seed)
    asking = list(held_out_intents(intents))
    others = [intent for intent in intents if intent not in asking]
    asking = asking if limit is None or limit >= len(asking) else rng.sample(asking, limit)
    documents: list[Passage] = []
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    for number, intent in enumerate(asking, 1):
        sayings = rng.sample(intent, len(intent))
        found = [
            Passage(f"intent-{number}-{place}", "", text)
            for place, text in enumerate(sayings[:DOCUMENTS_PER_INTENT], 1)
        ]
        documents += found
        for place, text in enumerate(sayings[DOCUMENTS_PER_INTENT:], 1):
            queries[f"saying-{number}-{place}"] = text
            qrels[f"saying-{number}-{place}"] = dict.fromkeys((passage.id for passage in found), 1)
    beside = rng.sample(others, min(len(others), max(0, PASSAGES - len(documents))))
    documents += [Passage(f"other-{number}", "", rng.choice(intent)) for number, intent in enumerate(beside, 1)]
    return Collection("paraphrases", tuple(documents), queries, qrels)


def _read_intents(path: Path) -> Sequence[tuple[str, ...]]:
    lines = [line.split("\t")[-1].strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    if not lines or len(lines) % SAYINGS:
        raise InputError(f"{path}: it has {len(lines):,} lines, which are no groups of {SAYINGS}; give ParaKQC's file")
    return [tuple(lines[start : start + SAYINGS]) for start in range(0, len(lines), SAYINGS)]
