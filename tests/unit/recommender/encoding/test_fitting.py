import io
import json
from dataclasses import replace

import numpy as np
import pytest

from recommender.encoding.fitting import TOPICS, CatalogueFit, TokenisedTexts, drawn, fit_words, rarity_of
from recommender.errors import EncoderError

TITLES = ["데미안/N 성장/N", "싯다르타/N 깨달음/N 성장/N", "우주/N 여행/N", "우주/N 생명/N 여행/N", "성장/N 우주/N"]


def tokenised(texts: list[str]) -> TokenisedTexts:
    """Texts whose words are written with spaces between."""
    collected = TokenisedTexts()
    for text in texts:
        collected.add(text.split())
    return collected


@pytest.mark.parametrize(
    ("frequencies", "n_texts", "rarity"),
    [
        ([0, 1, 10, 100], 100, [1.0, 0.912, 0.491, 0.02]),
        ([1], 1, [0.415]),  # a catalogue of one book has no rare words, and no worthless ones
        ([50_000], 50_000, [0.02]),
    ],
)
def test_rarity_falls_with_every_text_that_has_the_word(
    frequencies: list[int], n_texts: int, rarity: list[float]
) -> None:
    np.testing.assert_allclose(rarity_of(np.array(frequencies), n_texts), rarity, atol=1e-3)


def test_a_fit_knows_the_words_that_texts_share_the_frequent_first() -> None:
    fit = fit_words(tokenised(TITLES), dims=4)

    assert list(fit.words) == ["성장/N", "우주/N", "여행/N"]
    assert fit.rarity[0] == fit.rarity[1] < fit.rarity[2]
    assert fit.texts == 5


def test_words_that_keep_company_lie_near_each_other() -> None:
    texts = [
        "우주/N 여행/N 별/N",
        "우주/N 별/N",
        "별/N 여행/N",
        "사랑/N 이별/N",
        "사랑/N 이별/N 눈물/N",
        "이별/N 눈물/N",
    ] * 3
    fit = fit_words(tokenised(texts), dims=4)
    star, travel, tears = (fit.topics[fit.ids[word]].astype(np.float32) for word in ("별/N", "여행/N", "눈물/N"))

    assert star @ travel > 0
    assert star @ travel > abs(star @ tears) * 5


@pytest.mark.parametrize(
    ("texts", "share"),
    [
        (["성장/N"] * 8, 0.5 * 1 / 11),  # titles of one word say nothing of company
        ([" ".join(f"낱말{number}/N" for number in range(90))] * 8, 0.5 * 90 / 100),
        ([], 0.0),
    ],
)
def test_topics_weigh_more_where_texts_are_longer(texts: list[str], share: float) -> None:
    assert fit_words(tokenised(texts), dims=4).topic_share == pytest.approx(share)


@pytest.mark.parametrize("n_texts", [0, 1, 3, 4, 200])
def test_a_catalogue_of_any_size_can_be_fitted(n_texts: int) -> None:
    fit = fit_words(tokenised((TITLES * 40)[:n_texts]), dims=4)

    used = np.flatnonzero(np.abs(fit.topics).sum(axis=0))
    assert fit.topics.shape == (len(fit.words), TOPICS)
    assert len(used) <= n_texts // 4


@pytest.mark.parametrize("texts", [[], TITLES * 10, ["\ud800/N 별/N", "\ud800/N"]])
def test_a_stored_fit_comes_back_whole(texts: list[str]) -> None:
    mean = np.array([0.1, 0.2, 0.3, 0.4], np.float32)
    fit = replace(fit_words(tokenised(texts), dims=4), mean=mean)

    again = CatalogueFit.from_bytes(fit.to_bytes())

    assert again.digest == fit.digest
    assert list(again.words) == list(fit.words)
    assert (again.texts, again.topic_share) == (fit.texts, fit.topic_share)
    for name in ("rarity", "topics", "scales", "mean"):
        np.testing.assert_array_equal(getattr(again, name), getattr(fit, name))


def test_fits_to_other_catalogues_have_other_digests() -> None:
    fits = [fit_words(tokenised(texts), dims=4) for texts in (TITLES, TITLES, TITLES[1:], [*TITLES, "우주/N"])]

    assert len({fit.digest for fit in fits}) == 3
    assert fits[0].digest == fits[1].digest


def of_another_format(stored: bytes) -> bytes:
    """The same fit as a later version of the program might write it."""
    arrays = dict(np.load(io.BytesIO(stored)))
    header = json.loads(arrays["header"].tobytes()) | {"format": 9}
    written = io.BytesIO()
    np.savez(written, **arrays | {"header": np.frombuffer(json.dumps(header).encode(), np.uint8)})
    return written.getvalue()


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"no fit",
        fit_words(tokenised(TITLES), dims=4).to_bytes()[:-200],
        replace(fit_words(tokenised(TITLES), dims=4), words=["성장/N"]).to_bytes(),
        of_another_format(fit_words(tokenised(TITLES), dims=4).to_bytes()),
    ],
)
def test_what_is_no_fit_says_what_to_do(stored: bytes) -> None:
    with pytest.raises(
        EncoderError, match=r"fit to the catalogue cannot be read \(.+\); run `python -m indexer reindex`"
    ):
        CatalogueFit.from_bytes(stored)


def test_of_too_many_texts_some_are_drawn_from_everywhere() -> None:
    texts = [str(number) for number in range(10_000)]

    sample = [int(text) for text in drawn(iter(texts), limit=1_000)]

    assert sorted(set(sample)) == sorted(sample)
    assert len(sample) == 1_000
    assert 4_500 < np.mean(sample) < 5_500
    assert sample == [int(text) for text in drawn(texts, limit=1_000)]
    assert drawn(texts[:7], limit=1_000) == texts[:7]
