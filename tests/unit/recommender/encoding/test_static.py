import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from recommender.encoding.static import BUNDLED_FOLDER, CARD, ROWS, VOCABULARY, StaticEncoder, weights_digest
from recommender.errors import EncoderError
from recommender.text.morphemes import Analyzer

WriteModel = Callable[[dict[str, Sequence[int]]], Path]

BOOK_WORDS: dict[str, Sequence[int]] = {
    "prince": [30, 40, 0, 0],
    "왕자/N": [60, 80, 0, 0],
    "library": [0, 0, 50, 0],
    "도서관/N": [0, 0, 0, 50],
}

TRANSLATIONS = [
    ("A man is playing the guitar.", "한 남자가 기타를 치고 있다."),
    ("The history of war", "전쟁의 역사"),
    ("I feel sad and lonely these days", "요즘 슬프고 외로워요"),
    ("how to raise a dog", "강아지 키우는 법"),
    ("A woman is cooking fish", "여자가 생선을 요리하고 있다"),
    ("economics for beginners", "처음 배우는 경제학"),
]


def test_a_vector_is_the_normalised_sum_of_token_vectors(write_model: WriteModel, analyzer: Analyzer) -> None:
    encoder = StaticEncoder(write_model(BOOK_WORDS), analyzer)

    vectors = encoder.encode_documents(["prince", "왕자", "prince library"])

    both = np.array([3.0, 4.0, 5.0, 0.0]) / np.sqrt(50)
    np.testing.assert_allclose(vectors, [[0.6, 0.8, 0, 0], [0.6, 0.8, 0, 0], both], atol=1e-6)
    assert vectors.dtype == np.float32


def test_every_text_gets_a_unit_vector(write_model: WriteModel, analyzer: Analyzer) -> None:
    encoder = StaticEncoder(write_model(BOOK_WORDS), analyzer)
    texts = ["", "   ", "!?", "prince", "쀍쀍쀍", "zzxqj", "왕자 " * 5000, "\ud800", "☃"]

    vectors = encoder.encode_documents(texts)

    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_texts_without_content_share_one_direction(write_model: WriteModel, analyzer: Analyzer) -> None:
    empty, spaces, signs, prince = StaticEncoder(write_model(BOOK_WORDS), analyzer).encode_queries(
        ["", "   ", "!?", "prince"]
    )

    np.testing.assert_array_equal(empty, spaces)
    np.testing.assert_array_equal(empty, signs)
    assert abs(empty @ prince) < 0.99


def test_tokens_that_cancel_out_give_the_contentless_direction(write_model: WriteModel, analyzer: Analyzer) -> None:
    encoder = StaticEncoder(write_model({"up": [10, 0], "down": [-10, 0]}), analyzer)

    nothing, cancelled = encoder.encode_documents(["", "up down"])

    np.testing.assert_array_equal(nothing, cancelled)


def test_a_batch_gives_what_its_texts_give_alone(bundled: StaticEncoder) -> None:
    texts = [f"{number}번째 책, {word}" for number in range(150) for word in ("", "전쟁", "wonderful library")]

    together = bundled.encode_documents(texts)

    alone = np.concatenate([bundled.encode_queries([text]) for text in texts[::37]])
    np.testing.assert_allclose(together[::37], alone, atol=1e-6)


def test_unknown_words_have_a_direction_of_their_own_letters(bundled: StaticEncoder) -> None:
    assert bundled.known_share("쀍쀍쀍") == 0.0

    first, again, other = bundled.encode_documents(["쀍쀍쀍", "쀍쀍쀍", "뾸뾸뾸뾸"])

    np.testing.assert_array_equal(first, again)
    assert first @ other < 0.3


def test_an_unknown_korean_word_lies_near_its_syllables(write_model: WriteModel, analyzer: Analyzer) -> None:
    encoder = StaticEncoder(write_model(BOOK_WORDS | {"##고": [60, 0, 0, 0], "##래": [0, 80, 0, 0]}), analyzer)

    whale, half_known = encoder.encode_queries(["고래", "고등어"])

    np.testing.assert_allclose(whale, [0.6, 0.8, 0, 0], atol=0.06)  # 0.6 of its own direction beside a sum of length 10
    assert abs(half_known[0]) < 0.9  # one unknown syllable, and the word has a direction of its own


def test_another_process_gives_the_same_vectors(bundled: StaticEncoder) -> None:
    text = "어린 왕자 the little prince 쀍쀍쀍"
    program = (
        "from recommender.encoding.static import StaticEncoder; from recommender.text.morphemes import Analyzer; "
        f"print(StaticEncoder.bundled(Analyzer()).encode_documents([{text!r}]).tobytes().hex())"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == bundled.encode_documents([text]).tobytes().hex()


def test_no_texts_give_no_rows(bundled: StaticEncoder) -> None:
    assert bundled.encode_documents([]).shape == (0, bundled.dims)


@pytest.mark.parametrize(("english", "korean"), TRANSLATIONS)
def test_a_translation_is_nearer_than_any_other_sentence(bundled: StaticEncoder, english: str, korean: str) -> None:
    query = bundled.encode_queries([english])[0]
    others = [other for _, other in TRANSLATIONS if other != korean]

    likeness = bundled.encode_documents([korean, *others]) @ query

    assert likeness.argmax() == 0


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("우울할 때 읽을 책", "마음이 슬픈 사람을 위한 위로", "자동차 정비 기능사 문제집"),
        ("바다 생물", "물고기와 고래", "세금과 회계"),
        ("love story", "romance", "machine repair"),
    ],
)
def test_meaning_is_nearer_than_another_subject(bundled: StaticEncoder, query: str, near: str, far: str) -> None:
    likeness = bundled.encode_documents([near, far]) @ bundled.encode_queries([query])[0]

    assert likeness[0] > likeness[1]


def test_the_bundled_weights_are_those_of_their_card() -> None:
    card = json.loads((BUNDLED_FOLDER / CARD).read_text(encoding="utf-8"))
    size = sum(path.stat().st_size for path in BUNDLED_FOLDER.iterdir())

    assert card["sha256"] == weights_digest(BUNDLED_FOLDER)
    assert card["licence"] == "CC BY-SA 4.0"
    assert size < 12_000_000
    assert card["held_out_figures"]["english_to_korean"] > 0.89
    assert card["held_out_figures"]["korean_to_english"] > 0.89


def test_the_name_changes_with_weights_and_dictionary(
    write_model: WriteModel, analyzer: Analyzer, tmp_path: Path
) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("데미안\tNNP\n", encoding="utf-8")
    first = StaticEncoder(write_model(BOOK_WORDS), analyzer).name
    other_dictionary = StaticEncoder(write_model(BOOK_WORDS), Analyzer(words)).name
    other_weights = StaticEncoder(write_model(BOOK_WORDS | {"prince": [1, 2, 3, 4]}), analyzer).name

    assert first.startswith("tiny-1+")
    assert len({first, other_dictionary, other_weights}) == 3
    assert first == StaticEncoder(write_model(BOOK_WORDS), analyzer).name


def test_a_missing_folder_says_what_to_do(analyzer: Analyzer, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"nowhere.*cannot be read.*python -m training encoder"):
        StaticEncoder(tmp_path / "nowhere", analyzer)


def test_a_card_that_is_none_says_so(write_model: WriteModel, analyzer: Analyzer) -> None:
    folder = write_model(BOOK_WORDS)
    (folder / CARD).write_text('{"name": "tiny"}', encoding="utf-8")

    with pytest.raises(EncoderError, match=r"no model card of a static encoder"):
        StaticEncoder(folder, analyzer)


def test_a_torn_weights_file_is_refused(write_model: WriteModel, analyzer: Analyzer) -> None:
    folder = write_model(BOOK_WORDS)
    (folder / ROWS).write_bytes((folder / ROWS).read_bytes()[:100])

    with pytest.raises(EncoderError, match=ROWS):
        StaticEncoder(folder, analyzer)


def test_files_of_two_models_are_not_mixed(write_model: WriteModel, analyzer: Analyzer) -> None:
    folder = write_model(BOOK_WORDS)
    vocabulary = (folder / VOCABULARY).read_text(encoding="utf-8")
    (folder / VOCABULARY).write_text(vocabulary + "extra\n", encoding="utf-8")
    with pytest.raises(EncoderError, match="promises 4 tokens"):
        StaticEncoder(folder, analyzer)

    (folder / VOCABULARY).write_text(vocabulary.replace("prince", "castle"), encoding="utf-8")
    with pytest.raises(EncoderError, match="not those that"):
        StaticEncoder(folder, analyzer)


def test_loading_needs_neither_torch_nor_transformers() -> None:
    program = (
        "import sys; from recommender.encoding.factory import create_encoder; "
        "from recommender.text.morphemes import Analyzer; "
        "create_encoder('bundled', analyzer=Analyzer(), cache_folder=None).encode_queries(['library', '도서관']); "
        "print([name for name in ('torch', 'transformers', 'tokenizers', 'sentence_transformers') if name in sys.modules])"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == "[]"
