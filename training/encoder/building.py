"""The whole way from open files to a folder of weights: read, prepare, train, export, measure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from recommender.encoding.static import StaticEncoder
from recommender.encoding.tokens import MorphemeAnalyzer, Tokenizer, korean_key, syllable_keys
from training.checkpoint import Checkpoint
from training.encoder import features
from training.encoder.corpus import AlignedPair, Corpus
from training.encoder.export import export, write_card
from training.encoder.features import FrequentMorphemes, Matrix, MorphemeModel
from training.encoder.learning import MIN_TOKENS, Examples, Rows, learn
from training.encoder.measuring import Figures, measure
from training.encoder.model import StartingPoint
from training.encoder.phases import Phases
from training.encoder.recipe import Recipe
from training.encoder.teacher import Teacher, unit
from training.encoder.vocabulary import NOUN, Vocabulary, choose_vocabulary


@dataclass(frozen=True, slots=True)
class Tools:
    """What the training works with: the English teacher, the analyser of Korean and its language model."""

    teacher: Teacher
    analyzer: MorphemeAnalyzer
    morpheme_model: MorphemeModel


@dataclass(frozen=True, slots=True)
class Analysed:
    """The corpus as keys, and what the teacher says of its English sentences, `(n_english, dims)` unit rows by sentence."""

    english: dict[str, list[str]]
    korean: dict[str, list[str]]
    teacher: dict[str, Matrix]
    axes: Matrix


def build(
    corpus: Corpus, tools: Tools, recipe: Recipe, *, phases: Phases, out: Path, card: dict[str, Any],
) -> Figures:  # fmt: skip
    """Train an encoder, write it to `out` and return what it is worth on the held-out parts.

    Args:
        corpus: what to learn from and what to measure on.
        tools: teacher, analyser and its language model.
        recipe: every tunable.
        phases: where the preparation is kept between runs.
        out: folder of the finished weights.
        card: name, version, data and licences for the model card.
    """
    analysed = _analyse(corpus, tools, recipe, phases)
    frequent = FrequentMorphemes.of(tools.morpheme_model, korean_key, limit=4 * _korean_rows(recipe))
    vocabulary = choose_vocabulary(
        english=analysed.english.values(),
        korean=analysed.korean.values(),
        teacher_pieces=tools.teacher.vocabulary(),
        frequent_morphemes=frequent.ranks,
        recipe=recipe,
    )
    phases.progress.say(
        f"vocabulary: {len(vocabulary.keys):,} tokens, {vocabulary.n_pieces:,} of them English word pieces"
    )
    examples = _examples(corpus, analysed, vocabulary, recipe)
    start = _starting_point(
        vocabulary,
        examples,
        english=_english_features(analysed, vocabulary, tools, phases),
        korean=_korean_features(analysed, vocabulary, frequent, tools=tools, recipe=recipe, phases=phases),
        recipe=recipe,
    )
    table = _trained(start, examples, recipe, phases)
    card = card | {"recipe": asdict(recipe)}
    rather_rare = np.percentile(np.linalg.norm(table, axis=1), recipe.unknown_percentile)
    export(out, vocabulary.keys, table, unknown_norm=recipe.unknown_share * float(rather_rare), card=card)
    return _measured(out, corpus, tools)


def _trained(start: StartingPoint, examples: Examples, recipe: Recipe, phases: Phases) -> Matrix:
    """Return the trained table: of an earlier run with the same inputs, or by going on from where one was stopped."""
    inputs = [repr(recipe), start.digest(), examples.digest()]
    checkpoint = Checkpoint(phases.path("training", inputs, ".pt"))
    table = phases.array(
        "table", inputs, lambda: learn(start, examples, recipe, checkpoint=checkpoint, progress=phases.progress)
    )
    checkpoint.remove()
    return table


def _measured(out: Path, corpus: Corpus, tools: Tools) -> Figures:
    """Measure the files as they were written, in the setting in which they are used, and note it in their card."""
    figures = measure(StaticEncoder(out, tools.analyzer), corpus.held_out)
    card = json.loads((out / "model_card.json").read_text(encoding="utf-8"))
    write_card(out, card | {"held_out_figures": {name: round(value, 4) for name, value in asdict(figures).items()}})
    return figures


def _korean_rows(recipe: Recipe) -> int:
    return recipe.korean_keys + recipe.frequent_morphemes


def _analyse(corpus: Corpus, tools: Tools, recipe: Recipe, phases: Phases) -> Analysed:
    """Cut all texts into keys and let the teacher read the English ones."""
    tokenizer = Tokenizer(tools.analyzer, frozenset(tools.teacher.vocabulary()))
    korean, english = corpus.korean_sentences(), corpus.english_sentences()
    korean_keys = phases.keys("korean", tools.analyzer.fingerprint, korean, tokenizer.keys_many)
    said = phases.vectors("teacher", tools.teacher.fingerprint, english, tools.teacher.sentence_vectors)
    axes = features.principal_axes(said, recipe.dims)
    vectors = unit(said @ axes)
    return Analysed(
        english=dict(zip(english, tokenizer.keys_many(english), strict=True)),
        korean=dict(zip(korean, korean_keys, strict=True)),
        teacher=dict(zip(english, vectors, strict=True)),
        axes=axes,
    )


def _examples(corpus: Corpus, analysed: Analysed, vocabulary: Vocabulary, recipe: Recipe) -> Examples:
    """Turn every text into row numbers; what has no known token is left out."""
    ids = vocabulary.ids()

    def rows(keys: Sequence[str]) -> Rows:
        return np.fromiter((row for key in keys for row in _rows_of(key, ids)), np.int64)

    english = {text: rows(keys) for text, keys in analysed.english.items()}
    korean = {text: rows(keys) for text, keys in analysed.korean.items()}

    def usable(*texts: Rows) -> bool:
        return all(len(text) >= MIN_TOKENS for text in texts)

    def sides(pair: AlignedPair) -> tuple[Rows, Rows]:
        return english[pair.english], korean[pair.korean]

    pairs = [pair for pair in corpus.pairs if usable(*sides(pair))]
    alone = [text for text in corpus.english_texts if usable(english[text])]
    judged = [(*sides(row.first), *sides(row.second)) for row in corpus.judged]
    judged_usable = [usable(*texts) for texts in judged]
    groups = [[korean[text] for text in group if usable(korean[text])] for group in corpus.paraphrases]
    return Examples(
        english=[english[pair.english] for pair in pairs],
        korean=[korean[pair.korean] for pair in pairs],
        teacher=np.stack([analysed.teacher[pair.english] for pair in pairs]),
        alone=[english[text] for text in alone],
        alone_teacher=np.stack([analysed.teacher[text] for text in alone or corpus.english_sentences()[:1]]),
        paraphrases=[group for group in groups if len(group) > 1],
        judged=[(a, b, c, d) for (a, b, c, d), kept in zip(judged, judged_usable, strict=True) if kept],
        judged_scores=np.array(
            [row.score for row, kept in zip(corpus.judged, judged_usable, strict=True) if kept], np.float32
        ),
        cuts=_cuts(vocabulary, recipe),
    )


def _rows_of(key: str, ids: Mapping[str, int]) -> list[int]:
    """Return the key's row, or those of its syllables, or nothing: as the finished encoder reads it."""
    if key in ids:
        return [ids[key]]
    syllables = syllable_keys(key)
    return [ids[syllable] for syllable in syllables] if all(syllable in ids for syllable in syllables) else []


def _cuts(vocabulary: Vocabulary, recipe: Recipe) -> dict[int, Rows]:
    """Return the syllables of the rather rare nouns of two syllables and more."""
    ids = vocabulary.ids()
    rare = [
        key
        for key in vocabulary.morphemes
        if key.endswith(NOUN) and len(key) - len(NOUN) > 1 and vocabulary.counts[ids[key]] < recipe.cut_below
    ]
    syllables = {ids[key]: [ids.get(syllable, -1) for syllable in syllable_keys(key)] for key in rare}
    return {row: np.array(parts, np.int64) for row, parts in syllables.items() if min(parts) >= 0}


def _starting_point(
    vocabulary: Vocabulary, examples: Examples, *, english: Matrix, korean: Matrix, recipe: Recipe
) -> StartingPoint:
    """Find the map that brings the Korean features near what the teacher says of the translations."""
    weights = features.smooth_weights(vocabulary.counts, recipe)
    padded = np.concatenate([np.zeros((vocabulary.n_pieces, korean.shape[1]), np.float32), korean])
    summed = features.pooled(examples.korean, padded * weights[:, None])
    korean_map = features.ridge_map(summed, examples.teacher, recipe.ridge)
    return StartingPoint(english=english, korean=korean, korean_map=korean_map, log_weights=np.log(weights))


def _english_features(analysed: Analysed, vocabulary: Vocabulary, tools: Tools, phases: Phases) -> Matrix:
    """Return the teacher's view of each word piece on the axes of its sentences, `(n_pieces, dims)` unit rows."""
    pieces = vocabulary.keys[: vocabulary.n_pieces]
    seen = phases.vectors("pieces", tools.teacher.fingerprint, pieces, tools.teacher.piece_vectors)
    projected = seen @ analysed.axes
    return unit(projected - projected.mean(axis=0))


def _korean_features(
    analysed: Analysed, vocabulary: Vocabulary, frequent: FrequentMorphemes, *, tools: Tools, recipe: Recipe,
    phases: Phases,
) -> Matrix:  # fmt: skip
    """Return the company that morphemes keep beside what Kiwi's model knows of them, `(n_morphemes + n_syllables, 2 * dims)`."""
    morphemes = vocabulary.morphemes
    ids = vocabulary.ids()
    texts = [[ids[key] for key in keys if key in ids] for keys in analysed.korean.values()]
    numbers = (recipe.dims, recipe.window, recipe.context_exponent, recipe.landmarks, recipe.landmark_pool, recipe.seed)
    inputs = [repr(numbers), *vocabulary.keys]
    company = phases.array(
        "company",
        [*inputs, str(len(texts)), str(sum(map(len, texts)))],
        lambda: features.cooccurrence_features(texts, len(vocabulary.keys), recipe),
    )
    similarity = tools.morpheme_model.morpheme_similarity
    model = phases.array(
        "language-model",
        inputs,
        lambda: features.language_model_features(morphemes, frequent, similarity, recipe),
    )
    known = np.concatenate([company[vocabulary.n_pieces :][: len(morphemes)], model], axis=1)
    nouns = [row for row, key in enumerate(morphemes) if key.endswith(NOUN)]
    syllables = features.syllable_features([morphemes[row] for row in nouns], known[nouns], vocabulary.syllables)
    return np.concatenate([known, syllables])
