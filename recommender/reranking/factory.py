"""Makes the reranker that a setting names."""

from urllib.parse import parse_qsl

from recommender.errors import RerankerError
from recommender.reranking.base import Reranker
from recommender.reranking.cross_encoder import CrossEncoderReranker

OFF = "off"
OPTIONS = frozenset({"device", "dtype"})

CHOICES = (
    "`off`, a model folder, or a model name of the Hugging Face hub such as `BAAI/bge-reranker-v2-m3` "
    "(with `?device=cpu` or `?dtype=bfloat16` behind it, if wanted)"
)


def create_reranker(spec: str) -> Reranker | None:
    """Return the reranker that `SEOGA_RERANKER` names, None for `off`; its model is loaded when it is first used.

    Raises:
        RerankerError: the setting names no reranker; the message lists the choices.
    """
    if spec.strip() == OFF:
        return None
    model, _, option_text = spec.strip().partition("?")
    if not model:
        raise RerankerError(f"SEOGA_RERANKER={spec} names no model; choose {CHOICES}")
    options = dict(parse_qsl(option_text, keep_blank_values=True))
    if unknown := sorted(options.keys() - OPTIONS):
        raise RerankerError(f"SEOGA_RERANKER={spec}: option {unknown[0]!r} is unknown; choose {CHOICES}")
    return CrossEncoderReranker(model, **options)
