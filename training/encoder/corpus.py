"""What the bundled encoder learns from: open files, read into plain values, with held-out parts that are never trained on."""

import csv
import gzip
import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from recommender.errors import InputError
from training.encoder.overlap import comparable, near_repeats

HELD_OUT_SHARE = 20
"""One parallel sentence pair in twenty is kept out of training, chosen by its text so that every run keeps the same ones."""

HELD_OUT_INTENTS = 5
"""One paraphrase group in five is kept out of training."""


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """The same sentence in English and in Korean."""

    english: str
    korean: str


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two aligned sentences and how alike people found them, from 0 (unrelated) to 5 (the same)."""

    first: AlignedPair
    second: AlignedPair
    score: float


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """Where the training data lie; only `judged_pairs` and `pairs` are needed, the others make it better."""

    judged_pairs: Path
    pairs: tuple[Path, ...]
    glossaries: tuple[Path, ...] = ()
    paraphrases: Path | None = None
    question_pairs: Path | None = None
    korean_texts: tuple[Path, ...] = ()
    korean_titles: tuple[Path, ...] = ()
    english_titles: tuple[Path, ...] = ()
    excluded: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the trained encoder is measured on."""

    judged_domain: tuple[AlignedPair, ...]
    parallel: tuple[AlignedPair, ...]
    intents: tuple[tuple[str, ...], ...]

    def texts(self) -> frozenset[str]:
        """Return every held-out sentence, normalised for comparison."""
        sentences = [side for pair in self.judged_domain + self.parallel for side in (pair.english, pair.korean)]
        sentences += [text for intent in self.intents for text in intent]
        return frozenset(comparable(text) for text in sentences)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All training material, in memory (about 130,000 short texts)."""

    pairs: tuple[AlignedPair, ...]
    judged: tuple[JudgedPair, ...]
    paraphrases: tuple[tuple[str, ...], ...]
    korean_texts: tuple[str, ...]
    english_texts: tuple[str, ...]
    held_out: HeldOut

    def english_sentences(self) -> tuple[str, ...]:
        """Return every English text once, in a stable order in which the pairs are last: what the teacher reads."""
        return tuple(dict.fromkeys(list(self.english_texts) + [pair.english for pair in self.pairs]))

    def korean_sentences(self) -> tuple[str, ...]:
        """Return every Korean text once, in a stable order in which the pairs are last: what is analysed and counted."""
        sentences = [text for group in self.paraphrases for text in group]
        sentences += [pair.korean for pair in self.pairs]
        return tuple(dict.fromkeys(list(self.korean_texts) + sentences))


def read_corpus(files: SourceFiles, *, max_korean_texts: int, seed: int) -> Corpus:
    """Read the files and take the held-out parts, and everything that repeats them or nearly does, out of the training material.

    A glossary is trained on whole: of a word it cannot be said which other words give it away.

    Raises:
        InputError: a file is missing or holds no usable row.
    """
    trained_judged, held_judged = _read_judged(files.judged_pairs)
    trained_parallel, held_parallel = _split_pairs([pair for path in files.pairs for pair in _read_parallel(path)])
    trained_intents, held_intents = _split_intents(_read_intents(files.paraphrases))
    held_out = HeldOut(judged_domain=_pairs_of(held_judged), parallel=held_parallel, intents=held_intents)
    groups = trained_intents + tuple(_read_same_questions(files.question_pairs))
    sentences = [side for pair in _pairs_of(trained_judged) + trained_parallel for side in (pair.english, pair.korean)]
    sentences += [text for group in groups for text in group]
    forbidden = held_out.texts() | _excluded_texts(files.excluded)
    forbidden |= near_repeats(map(comparable, sentences), forbidden)
    judged = tuple(row for row in trained_judged if _may_train_on(_sides(row), forbidden))
    words = tuple(pair for path in files.glossaries for pair in _read_parallel(path))
    pairs = dict.fromkeys(_pairs_of(trained_judged) + trained_parallel + words)
    return Corpus(
        pairs=tuple(pair for pair in pairs if _may_train_on((pair.english, pair.korean), forbidden)),
        judged=judged,
        paraphrases=tuple(group for group in groups if _may_train_on(group, forbidden)),
        korean_texts=_sampled_texts(files, max_korean_texts, seed, forbidden),
        english_texts=tuple(
            text for text in dict.fromkeys(_read_titles(files.english_titles)) if _may_train_on((text,), forbidden)
        ),
        held_out=held_out,
    )


def _sides(row: JudgedPair) -> tuple[str, ...]:
    return (row.first.english, row.first.korean, row.second.english, row.second.korean)


def _may_train_on(texts: Iterable[str], forbidden: frozenset[str]) -> bool:
    return not any(comparable(text) in forbidden for text in texts)


def _pairs_of(rows: Iterable[JudgedPair]) -> tuple[AlignedPair, ...]:
    return tuple(dict.fromkeys(pair for row in rows for pair in (row.first, row.second)))


def _read_judged(path: Path) -> tuple[list[JudgedPair], list[JudgedPair]]:
    trained: list[JudgedPair] = []
    held: list[JudgedPair] = []
    for fields in _tab_separated(path):
        if len(fields) != 6 or fields[0] == "split":  # noqa: PLR2004 - split, score and two sentences in two languages
            continue
        row = JudgedPair(AlignedPair(fields[2], fields[3]), AlignedPair(fields[4], fields[5]), float(fields[1]))
        (held if fields[0] == "dev" else trained).append(row)
    if not trained:
        raise InputError(f"{path}: no row of the form split, score, en1, ko1, en2, ko2 (tab separated) was found")
    return trained, held


def _read_parallel(path: Path) -> list[AlignedPair]:
    pairs = [AlignedPair(fields[2], fields[1]) for fields in _tab_separated(path) if len(fields) == 3]  # noqa: PLR2004
    if not pairs:
        raise InputError(f"{path}: no row of the form source, Korean, English (tab separated) was found")
    return pairs


def _split_pairs(pairs: list[AlignedPair]) -> tuple[tuple[AlignedPair, ...], tuple[AlignedPair, ...]]:
    trained: list[AlignedPair] = []
    held: list[AlignedPair] = []
    for pair in dict.fromkeys(pairs):
        (held if is_held_out(pair) else trained).append(pair)
    return tuple(trained), tuple(held)


def is_held_out(pair: AlignedPair) -> bool:
    """Whether a parallel pair is kept out of training, by its English text."""
    return zlib.crc32(pair.english.encode()) % HELD_OUT_SHARE == 0


def _read_intents(path: Path | None) -> list[tuple[str, ...]]:
    """Read paraphrases: ten consecutive lines ask for the same thing (ParaKQC's layout)."""
    if path is None:
        return []
    lines = [fields[-1] for fields in _tab_separated(path)]
    return [tuple(lines[start : start + 10]) for start in range(0, len(lines), 10)]


def _split_intents(intents: list[tuple[str, ...]]) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    held = tuple(held_out_intents(intents))
    return tuple(intent for intent in intents if intent not in held), held


def held_out_intents(intents: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """The paraphrase groups that are kept out of training, of all groups in the order of their file."""
    return intents[HELD_OUT_INTENTS - 1 :: HELD_OUT_INTENTS]


def _read_same_questions(path: Path | None) -> Iterator[tuple[str, str]]:
    """Yield the question pairs that mean the same; the file's label is inverted (0 = same)."""
    if path is None:
        return
    with path.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["is_duplicate"] == "0" and row["question1"] != row["question2"]:
                yield row["question1"], row["question2"]


def _sampled_texts(files: SourceFiles, limit: int, seed: int, forbidden: frozenset[str]) -> tuple[str, ...]:
    """Draw at most `limit` running texts; titles are all kept, because their words are what a catalogue is made of."""
    texts = [text for path in files.korean_texts for text in _lines(path)]
    if len(texts) > limit:
        texts = random.Random(seed).sample(texts, limit)
    texts += _read_titles(files.korean_titles)
    return tuple(text for text in dict.fromkeys(texts) if _may_train_on((text,), forbidden))


def _read_titles(paths: Iterable[Path]) -> list[str]:
    """Read the `title` column of CSV files."""
    titles: list[str] = []
    for path in paths:
        with _opened(path) as rows:
            titles += [row["title"] for row in csv.DictReader(rows) if row.get("title")]
    return titles


def _excluded_texts(paths: Iterable[Path]) -> frozenset[str]:
    return frozenset(comparable(line) for path in paths for line in _lines(path))


def _tab_separated(path: Path) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(path))


def _lines(path: Path) -> Iterator[str]:
    with _opened(path) as lines:
        yield from (line.strip() for line in lines if line.strip())


def _opened(path: Path) -> TextIO:
    if not path.is_file():
        raise InputError(f"{path}: no such file; the options of `python -m training encoder --help` name what is read")
    if path.suffix == ".gz":
        return gzip.open(path, mode="rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
