"""The encoder as it is fitted to the generation that readers see: the one door for everything that encodes questions."""

import threading
from collections.abc import Callable, Iterable, Sequence

from recommender.encoding.base import Encoder, Fittable, Vectors
from recommender.engine import attachments
from recommender.engine.base import Engine
from recommender.errors import EncoderError, SchemaMismatchError

ATTACHMENT = "encoder-fit"
"""What the fit is called among the things stored with a generation."""

FITS_KEPT = 2
"""The live generation's and the one before it, to which requests that began before a switch still belong."""


class LiveEncoder:
    """Encodes as the live generation was encoded.

    An encoder that cannot be fitted, or a generation that was built without a fit, is encoded with the encoder itself. A new
    generation is taken up when somebody calls `follow` with its name, as every search does after its look at the
    alias; its fit is then read once, in some 20 ms. Until the first such call the alias is looked up here. Safe to use
    from several threads.

    Args:
        encoder: what was fitted.
        engine: where the generations and their fits are.
        alias: what points at the live generation.
    """

    def __init__(self, encoder: Encoder, engine: Engine, alias: str = "books") -> None:
        self.encoder = encoder
        self._engine = engine
        self._alias = alias
        self._lock = threading.Lock()
        self._fits: dict[str, Encoder] = {}
        self._live: Encoder | None = None

    @property
    def name(self) -> str:
        """Name of the encoder, with that of its fit to the live generation."""
        return self._current().name

    @property
    def dims(self) -> int:
        """Number of components of a vector."""
        return self._current().dims

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self._current().encode_documents(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self._current().encode_queries(texts)

    def follow(self, generation: str) -> None:
        """Encode as this generation was from now on.

        Raises:
            SchemaMismatchError: its fit is none of this encoder's.
            EngineError: its fit cannot be read.
        """
        self._live = self.fitted_to(generation)

    def fitted_to(self, generation: str) -> Encoder:
        """The encoder as it was when a generation was built."""
        with self._lock:
            if generation not in self._fits:
                self._fits[generation] = _stored_fit(self.encoder, self._engine, generation)
                while len(self._fits) > FITS_KEPT:
                    del self._fits[next(iter(self._fits))]
            return self._fits[generation]

    def _current(self) -> Encoder:
        if self._live is None:
            live = self._engine.aliases().get(self._alias)
            if live is None:
                return self.encoder
            self.follow(live)
        return self._live or self.encoder


def fit_to_catalogue(
    encoder: Encoder, texts: Callable[[], Iterable[str]], progress: Callable[[int], None]
) -> tuple[Encoder, dict[str, bytes]]:
    """The encoder to build a generation with, and what is to be stored with the generation.

    An encoder that cannot learn from a catalogue comes back as it is, with nothing to store and `texts` not asked for.
    """
    encoder = encoder.encoder if isinstance(encoder, LiveEncoder) else encoder
    if not isinstance(encoder, Fittable):
        return encoder, {}
    fitted = encoder.fit(texts(), progress)
    return fitted, {ATTACHMENT: fitted.stored}


def _stored_fit(encoder: Encoder, engine: Engine, generation: str) -> Encoder:
    if not isinstance(encoder, Fittable):
        return encoder
    stored = attachments.read(engine, generation, ATTACHMENT)
    if stored is None:
        return encoder
    try:
        return encoder.fitted(stored)
    except EncoderError as error:
        raise SchemaMismatchError(f"index {generation}: {error}") from error
