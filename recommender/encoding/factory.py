"""Makes the encoder that a setting names."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from recommender.encoding.base import Encoder
from recommender.encoding.cache import CachedEncoder
from recommender.encoding.lazy import LazyEncoder
from recommender.encoding.sentence_transformers import Backend, SentenceTransformersEncoder, known_backend
from recommender.encoding.static import CARD, StaticEncoder
from recommender.encoding.tokens import MorphemeAnalyzer
from recommender.errors import EncoderError

BUNDLED = "bundled"
PREFIX = "sentence-transformers:"
CACHE_FILE = "vectors.sqlite"
OPTIONS = frozenset({"backend", "dtype", "device"})

CHOICES = (
    "`bundled`, a model folder, or a model name of the Hugging Face hub such as `intfloat/multilingual-e5-small` "
    "(with `?backend=onnx`, `?backend=onnx-int8`, `?dtype=bfloat16` or `?device=cpu` behind it, if wanted)"
)


def create_encoder(spec: str, *, analyzer: MorphemeAnalyzer, cache_folder: Path | None) -> Encoder:
    """Return the encoder that `SEOGA_ENCODER` names; a sentence-transformers model is loaded when it is first used.

    Vectors of a model are kept in the cache folder; those of a static encoder are made faster than kept, and belong to one catalogue.

    Args:
        spec: `bundled`, a folder, `NAME`, or `sentence-transformers:NAME`; options follow after `?`, joined by `&`.
        analyzer: cuts Korean text for the static encoder.
        cache_folder: where a model's document vectors are kept between runs; None keeps nothing.

    Raises:
        EncoderError: the setting names no encoder; the message lists the choices. That a model cannot be loaded is
            raised on its first use.
    """
    spec = spec.strip()
    if spec == BUNDLED:
        return StaticEncoder.bundled(analyzer)
    named, _, option_text = spec.partition("?")
    model = named.removeprefix(PREFIX)
    if not model:
        raise EncoderError(f"encoder {spec!r} names no model; choose {CHOICES}")
    if (Path(model) / CARD).is_file():
        return StaticEncoder(Path(model), analyzer)
    encoder = _model(model, _options(spec, option_text), cache_folder)
    return CachedEncoder(encoder, cache_folder / CACHE_FILE) if cache_folder else encoder


def _model(model: str, options: Mapping[str, str], cache_folder: Path | None) -> Encoder:
    backend = known_backend(options.get("backend", Backend.TORCH))
    return LazyEncoder(
        lambda: SentenceTransformersEncoder(
            model,
            backend=backend,
            dtype=options.get("dtype"),
            device=options.get("device"),
            onnx_folder=cache_folder / "onnx" if cache_folder else None,
        )
    )


def _options(spec: str, text: str) -> dict[str, str]:
    options = dict(parse_qsl(text, keep_blank_values=True))
    unknown = sorted(set(options) - OPTIONS)
    if unknown:
        raise EncoderError(f"encoder {spec!r}: option {unknown[0]!r} is unknown; choose {CHOICES}")
    return options
