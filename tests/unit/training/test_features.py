import numpy as np
import pytest

from recommender.encoding.tokens import korean_key
from training.encoder.features import (
    FrequentMorphemes,
    cooccurrence_features,
    language_model_features,
    pooled,
    ridge_map,
    smooth_weights,
    syllable_features,
)
from training.encoder.recipe import Recipe
from training.encoder.vocabulary import choose_vocabulary


def test_words_that_keep_the_same_company_are_alike() -> None:
    sea, fish, boat, tax, money, bank = range(6)
    texts = [[sea, fish], [sea, boat], [fish, boat, sea], [tax, money], [tax, bank], [money, bank, tax]] * 5

    features = cooccurrence_features(texts, 7, Recipe(dims=3))

    assert features[fish] @ features[boat] > 0.5 > features[fish] @ features[money]
    assert not features[6].any()  # a token that never occurs has no company


class CountingMorphemes:
    """A language model of six morphemes whose likeness is the cosine of small vectors."""

    forms = (("바다", "NNG"), ("는", "JX"), ("물고기", "NNG"), ("세금", "NNG"), ("바다", "NNG"), ("돈", "NNG"))
    vectors = np.array([[1, 0, 0], [0, 0, 1], [0.8, 0.6, 0], [0, 1, 0], [0, 0, 1], [0, 0.8, 0.6]])

    def morpheme(self, rank: int) -> object:
        form, tag = self.forms[rank]
        return type("Found", (), {"form": form, "tag": tag})

    def morpheme_similarity(self, first: int, second: int) -> float:
        return float(self.vectors[first] @ self.vectors[second])


def test_the_language_models_similarities_are_reproduced() -> None:
    model = CountingMorphemes()
    frequent = FrequentMorphemes.of(model, korean_key, limit=100)
    keys = ["물고기/N", "돈/N", "없는말/N", "바다/N"]

    found = language_model_features(keys, frequent, model.morpheme_similarity, Recipe(dims=4, landmarks=10))

    # 는 is a particle and 바다 stands once, with its first and commonest sense
    assert frequent.ranks == {"바다/N": 0, "물고기/N": 2, "세금/N": 3, "돈/N": 5}
    assert found[0] @ found[3] == pytest.approx(0.8, abs=1e-3)
    assert found[0] @ found[1] == pytest.approx(0.48, abs=1e-3)
    assert not found[2].any()


def test_frequent_tokens_weigh_little() -> None:
    weights = smooth_weights(np.array([0.0, 10.0, 990.0]), Recipe(smoothing=1e-2, weight_floor=0.02))

    np.testing.assert_allclose(weights, [1.0, 0.5, 0.02], atol=1e-6)


def test_a_linear_map_is_found_again() -> None:
    generator = np.random.default_rng(1)
    features = generator.normal(size=(400, 5)).astype(np.float32)
    wanted = generator.normal(size=(5, 3)).astype(np.float32)

    np.testing.assert_allclose(ridge_map(features, features @ wanted, 1e-3), wanted, atol=1e-3)


def test_texts_are_unit_sums_of_rows() -> None:
    rows = np.array([[3, 0], [0, 4]], np.float32)

    np.testing.assert_allclose(
        pooled([np.array([0, 1]), np.array([], np.int64)], rows), [[0.6, 0.8], [0, 0]], atol=1e-6
    )


def test_the_vocabulary_takes_seen_pieces_and_counted_morphemes_first() -> None:
    vocabulary = choose_vocabulary(
        english=[["sea", "##food"], ["sea"]],
        korean=[["바다/N", "물고기/N", "sea"], ["바다/N"], ["돈/N", "바다/N", "물고기/N"]],
        teacher_pieces=["[PAD]", "a", "##b", "boat", "sea", "##food", "。", "fish"],
        frequent_morphemes=["바다/N", "세금/N", "은행/N"],
        recipe=Recipe(english_pieces=5, korean_keys=2, frequent_morphemes=1, syllables=0),
    )

    # single letters always, then what was seen, then the teacher's order; then morphemes by count, then by frequency
    assert vocabulary.keys == ("a", "##b", "sea", "##food", "boat", "바다/N", "물고기/N", "세금/N")
    assert vocabulary.n_pieces == 5
    assert vocabulary.counts.tolist() == [0, 0, 3, 1, 0, 3, 2, 0]


def test_words_without_a_row_bring_their_syllables() -> None:
    vocabulary = choose_vocabulary(
        english=[["sea"]],
        korean=[["바다/N", "푸틴/N", "가/V"], ["바다/N", "푸틴/N", "바둑/N"], ["바다/N", "ㅋㅋ/M"]],
        teacher_pieces=["sea"],
        frequent_morphemes=[],
        recipe=Recipe(english_pieces=1, korean_keys=1, frequent_morphemes=0, syllables=4),
    )

    # 푸 and 틴 stand in two words without a row; 바 in one and in a noun with a row; 다, 둑 and 가 in one; ㅋ is no syllable
    assert vocabulary.morphemes == ("바다/N",)
    assert vocabulary.syllables == ("##바", "##푸", "##틴", "##다")
    assert vocabulary.counts.tolist() == [1, 3, 2, 2, 2, 1]


def test_a_syllable_begins_amid_the_nouns_that_it_stands_in() -> None:
    known = np.array([[1, 0], [0, 1], [0, 1]], np.float32)

    found = syllable_features(["바다/N", "바둑/N", "둑/N"], known, ["##바", "##둑", "##쀍"])

    np.testing.assert_allclose(found, [[0.5 / 2**0.5, 0.5 / 2**0.5], [0, 0.5], [0, 0]], atol=1e-6)
