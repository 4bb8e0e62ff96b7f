"""Encoding as the live generation was encoded, on a real engine."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from recommender.encoding.base import Encoder, Vectors
from recommender.encoding.live import ATTACHMENT, LiveEncoder, fit_to_catalogue
from recommender.encoding.static import StaticEncoder
from recommender.engine import attachments
from recommender.engine.base import Engine
from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.schema import load_schema
from recommender.errors import SchemaMismatchError

OLD, NEW = "books-20261120t093000000", "books-20261121t093000000"
HESSE = ["데미안. 헤르만 헤세", "싯다르타. 헤르만 헤세", "수레바퀴 아래서. 헤르만 헤세"]
SAGAN = ["코스모스. 칼 세이건", "창백한 푸른 점. 칼 세이건", "콘택트. 칼 세이건"]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = EmbeddedEngine(tmp_path / "engine")
    yield engine
    engine.close()


def build(engine: Engine, generation: str, encoder: Encoder, texts: list[str]) -> Encoder:
    """Make a generation, as a load does; returns the encoder that its vectors would be made with."""
    fitted, learnt = fit_to_catalogue(encoder, lambda: texts, lambda _: None)
    engine.create_index(generation, load_schema("generations"))
    for name, content in learnt.items():
        attachments.write(engine, generation, name, content)
    return fitted


class Transformer:
    """An encoder that cannot learn from a catalogue."""

    name = "multilingual-e5-small"
    dims = 2

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return np.tile(np.array([0.6, 0.8], np.float32), (len(texts), 1))

    encode_queries = encode_documents


def test_before_the_first_load_the_encoder_itself_encodes(engine: Engine, bundled: StaticEncoder) -> None:
    live = LiveEncoder(bundled, engine)

    assert (live.name, live.dims) == (bundled.name, bundled.dims)
    np.testing.assert_array_equal(live.encode_queries(["데미안"]), bundled.encode_queries(["데미안"]))


def test_it_encodes_as_the_live_generation_was(engine: Engine, bundled: StaticEncoder) -> None:
    fitted = build(engine, OLD, bundled, HESSE)
    engine.move_alias("books", OLD)

    live = LiveEncoder(bundled, engine)

    assert (live.name, live.dims) == (fitted.name, fitted.dims)
    np.testing.assert_allclose(live.encode_queries(["헤세의 책"]), fitted.encode_queries(["헤세의 책"]), atol=1e-6)
    np.testing.assert_allclose(live.encode_documents(HESSE), fitted.encode_documents(HESSE), atol=1e-6)


def test_it_follows_a_switch_and_the_way_back(engine: Engine, bundled: StaticEncoder) -> None:
    old, new = build(engine, OLD, bundled, HESSE), build(engine, NEW, bundled, SAGAN)
    engine.move_alias("books", OLD)
    live = LiveEncoder(bundled, engine)
    assert live.name == old.name

    live.follow(NEW)
    assert live.name == new.name
    attachments.drop(engine, OLD)  # it was read once, and is kept for the way back
    live.follow(OLD)

    assert live.name == old.name


def test_a_generation_without_a_fit_is_encoded_plainly(engine: Engine, bundled: StaticEncoder) -> None:
    engine.create_index(OLD, load_schema("generations"))
    live = LiveEncoder(bundled, engine)

    live.follow(OLD)

    assert live.name == bundled.name


def test_an_encoder_that_cannot_learn_goes_on_as_it_is(engine: Engine) -> None:
    transformer = Transformer()
    encoder, learnt = fit_to_catalogue(transformer, lambda: pytest.fail("not asked for"), lambda _: None)
    assert encoder is transformer
    assert learnt == {}

    attachments.write(engine, OLD, ATTACHMENT, b"the bundled encoder's")
    live = LiveEncoder(transformer, engine)
    live.follow(OLD)

    assert (live.name, live.dims) == ("multilingual-e5-small", 2)


def test_a_catalogue_is_fitted_to_the_encoder_and_never_to_an_earlier_fit(
    engine: Engine, bundled: StaticEncoder
) -> None:
    build(engine, OLD, bundled, HESSE)
    live = LiveEncoder(bundled, engine)
    live.follow(OLD)

    encoder, _ = fit_to_catalogue(live, lambda: SAGAN, lambda _: None)

    assert encoder.name == bundled.fit(SAGAN).name


def test_a_fit_of_another_program_asks_for_a_reindex(engine: Engine, bundled: StaticEncoder) -> None:
    attachments.write(engine, OLD, ATTACHMENT, b"of another version")

    with pytest.raises(SchemaMismatchError, match=rf"index {OLD}: .*cannot be read.*python -m indexer reindex"):
        LiveEncoder(bundled, engine).follow(OLD)


def test_threads_that_search_during_a_switch_all_get_vectors(engine: Engine, bundled: StaticEncoder) -> None:
    fits = {build(engine, name, bundled, texts).name for name, texts in ((OLD, HESSE), (NEW, SAGAN))}
    engine.move_alias("books", OLD)
    live = LiveEncoder(bundled, engine)
    seen: list[tuple[str, tuple[int, ...]]] = []

    def search(turn: int) -> None:
        for number in range(30):
            live.follow(NEW if (turn + number) % 3 == 0 else OLD)
            seen.append((live.name, live.encode_queries(["칼 세이건"]).shape))

    threads = [threading.Thread(target=search, args=(turn,)) for turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 180
    assert {name for name, _ in seen} == fits
    assert {shape for _, shape in seen} == {(1, live.dims)}
