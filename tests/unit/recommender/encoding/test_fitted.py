"""The bundled encoder, fitted to small catalogues of real titles."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from recommender.encoding.fitting import TOPICS
from recommender.encoding.static import StaticEncoder
from recommender.encoding.tokens import Morpheme
from recommender.errors import EncoderError
from recommender.text.morphemes import Analyzer

WriteModel = Callable[[dict[str, Sequence[int]]], Path]

CATALOGUE = [
    "데미안. 헤르만 헤세. 성장 소설, 자아를 찾는 소년의 이야기",
    "싯다르타. 헤르만 헤세. 깨달음을 찾아 떠나는 구도의 이야기",
    "수레바퀴 아래서. 헤르만 헤세. 학교와 시험에 눌린 소년의 이야기",
    "코스모스. 칼 세이건. 우주와 별과 생명의 기원, 천문학",
    "창백한 푸른 점. 칼 세이건. 우주 탐사와 지구, 천문학",
    "천 개의 파랑. 천선란. 로봇과 우정, 과학 소설",
    "채식주의자. 한강. 폭력과 욕망, 한국 소설",
    "소년이 온다. 한강. 오월 광주의 소년, 한국 소설",
    "요리 노트. 레오나르도 다 빈치. 음식과 부엌",
    "집밥의 역사. 신재근. 음식과 요리와 부엌의 문화",
    "The Trial. Franz Kafka. a man is arrested one morning and never told why",
    "Cosmos. Carl Sagan. astronomy, the universe and the stars",
]


class CountingAnalyzer:
    """Remembers how often it was asked for each text."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.fingerprint = analyzer.fingerprint
        self.asked: list[str] = []

    def morphemes_many(self, texts: Sequence[str]) -> Iterable[Sequence[Morpheme]]:
        self.asked += texts
        return self._analyzer.morphemes_many(texts)


def test_vectors_are_as_long_for_a_catalogue_of_any_size(bundled: StaticEncoder) -> None:
    for catalogue in ([], CATALOGUE[:1], CATALOGUE, CATALOGUE * 30):
        fitted = bundled.fit(catalogue)
        vectors = fitted.encode_documents([*CATALOGUE, "", "!?", "쀍쀍쀍", "\ud800"])

        assert vectors.dtype == np.float32
        assert vectors.shape == (16, fitted.dims) == (16, bundled.dims + TOPICS)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_every_book_is_nearest_to_itself(bundled: StaticEncoder) -> None:
    vectors = bundled.fit(CATALOGUE).encode_documents(CATALOGUE)

    np.testing.assert_array_equal((vectors @ vectors.T).argmax(axis=1), np.arange(len(CATALOGUE)))


def test_a_batch_gives_what_its_texts_give_alone(bundled: StaticEncoder) -> None:
    fitted = bundled.fit(CATALOGUE)
    texts = [f"{number}번째 {title}" for number, title in enumerate(["", *CATALOGUE] * 12)]

    together = fitted.encode_documents(texts)

    alone = np.concatenate([fitted.encode_queries([text]) for text in texts[::31]])
    np.testing.assert_allclose(together[::31], alone, atol=1e-6)


def test_a_stored_fit_encodes_alike_in_another_process(bundled: StaticEncoder, tmp_path: Path) -> None:
    fitted = bundled.fit(CATALOGUE)
    (tmp_path / "fit").write_bytes(fitted.stored)
    program = (
        "import sys; from pathlib import Path; from recommender.encoding.static import StaticEncoder; "
        "from recommender.text.morphemes import Analyzer; "
        "fitted = StaticEncoder.bundled(Analyzer()).fitted(Path(sys.argv[1]).read_bytes()); "
        "print(fitted.name, fitted.encode_queries(['별이 빛나는 밤']).tobytes().hex())"
    )

    printed = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "fit")], capture_output=True, text=True, check=True
    ).stdout

    assert printed.split() == [fitted.name, fitted.encode_queries(["별이 빛나는 밤"]).tobytes().hex()]


def test_the_same_catalogue_gives_the_same_fit_and_another_one_another_name(bundled: StaticEncoder) -> None:
    first, again, other = (bundled.fit(texts) for texts in (CATALOGUE, CATALOGUE, CATALOGUE[:-1]))

    assert first.stored == again.stored
    assert first.name == again.name != other.name
    assert first.name.startswith(f"{bundled.name}~")


@pytest.mark.parametrize("series", ["뾸쀍", "쀐쀗", "뿼쀡", "뾰뿔쀍"])
def test_a_word_of_the_catalogue_alone_comes_nearer_to_its_company(bundled: StaticEncoder, series: str) -> None:
    """A made-up series: no text in the world tells what it is about, except those of the library.

    Unfitted, an unknown word lies by chance a little nearer to one subject or to another (a standard deviation of .09). Fitting
    moves it towards its own by about .045, which does not outweigh that chance for every word.
    """
    catalogue = [*(f"{series} {number}권. 우주와 별과 천문학 이야기" for number in range(6)), *CATALOGUE]
    fitted = bundled.fit(catalogue * 4)

    def nearness(encode: Callable[[Sequence[str]], np.ndarray]) -> float:
        word, about_space, about_cooking = encode([series, "우주와 별과 천문학", "요리와 음식과 부엌"])
        return float(word @ about_space - word @ about_cooking)

    assert bundled.known_share(series) == 0
    assert nearness(fitted.encode_queries) > nearness(bundled.encode_queries) + 0.02


def test_a_word_of_every_book_weighs_less_than_a_rare_one(bundled: StaticEncoder) -> None:
    fitted = bundled.fit([f"학교 도서관 {title}" for title in CATALOGUE])
    query = "학교 천문학"

    common, rare = (
        fitted.encode_documents([word])[0] @ fitted.encode_queries([query])[0] for word in ("학교", "천문학")
    )

    plain = bundled.encode_documents(["학교", "천문학"]) @ bundled.encode_queries([query])[0]
    assert rare - common > plain[1] - plain[0]


@pytest.mark.parametrize(
    ("english", "korean"),
    [("astronomy and the universe", 3), ("cooking and food", 9), ("friendship with a robot", 5)],
)
def test_across_languages_the_right_book_comes_first(bundled: StaticEncoder, english: str, korean: int) -> None:
    korean_books = CATALOGUE[:10]
    fitted = bundled.fit(korean_books)

    nearness = fitted.encode_documents(korean_books) @ fitted.encode_queries([english])[0]

    same_subject = {3: {3, 4}, 9: {8, 9}, 5: {5}}[korean]
    assert int(nearness.argmax()) in same_subject


def test_a_text_of_the_fit_is_cut_into_morphemes_once(analyzer: Analyzer) -> None:
    counting = CountingAnalyzer(analyzer)
    encoder = StaticEncoder.bundled(counting)
    fitted = encoder.fit(CATALOGUE)

    first = fitted.encode_documents(CATALOGUE)

    assert sorted(counting.asked) == sorted(CATALOGUE[:10])
    np.testing.assert_allclose(fitted.encode_documents(CATALOGUE), first, atol=1e-6)
    assert len(counting.asked) == 20  # what was encoded is forgotten


def test_progress_counts_every_text(bundled: StaticEncoder) -> None:
    told: list[int] = []

    bundled.fit(iter(CATALOGUE * 200), told.append)

    assert sum(told) == 2_400
    assert len(told) > 1


def test_a_fit_of_vectors_of_another_length_is_refused(
    bundled: StaticEncoder, write_model: WriteModel, analyzer: Analyzer
) -> None:
    tiny = StaticEncoder(write_model({"prince": [30, 40], "왕자/N": [60, 80]}), analyzer)

    with pytest.raises(EncoderError, match=r"made for vectors of 2 numbers.*has 256.*python -m indexer reindex"):
        bundled.fitted(tiny.fit(CATALOGUE).stored)
