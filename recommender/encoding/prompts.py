"""The words that some model families want before a query or a document, because they were trained with them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TASK = "Given a reader's question, retrieve the library books that answer it"
"""What models that take an instruction are told that a query is for."""

_SEARCH_SENTENCE = "Represent this sentence for searching relevant passages: "


@dataclass(frozen=True, slots=True)
class Prompts:
    """Put before every text of its kind; an empty string where the model wants nothing."""

    query: str = ""
    document: str = ""


_FAMILIES: tuple[tuple[str, Prompts], ...] = (
    (r"e5-.*instruct|e5-mistral", Prompts(query=f"Instruct: {TASK}\nQuery: ")),
    (r"(^|[/_-])e5-", Prompts(query="query: ", document="passage: ")),
    (r"qwen3-embedding|gte-qwen", Prompts(query=f"Instruct: {TASK}\nQuery: ")),
    (r"bge-m3|bge-multilingual", Prompts()),
    (r"bge-(small|base|large)-en|mxbai-embed", Prompts(query=_SEARCH_SENTENCE)),
    (r"arctic-embed-[lm]-v2", Prompts(query="query: ")),
    (r"arctic-embed", Prompts(query=_SEARCH_SENTENCE)),
    (r"nomic-embed|modernbert-embed", Prompts(query="search_query: ", document="search_document: ")),
)
"""The first pattern that is found in a model's name decides; each row is what the family's own documentation asks for."""


def choose_prompts(names: Sequence[str], configured: Mapping[str, str]) -> Prompts:
    """Return a model's prompts: those of its own configuration, else those of its family, else none.

    Args:
        names: what the model is called, the most trustworthy first (the setting, then the name in its configuration).
        configured: the model's own prompts by name.
    """
    own = Prompts(
        query=configured.get("query", ""),
        document=next((configured[name] for name in ("document", "passage", "corpus") if configured.get(name)), ""),
    )
    if own != Prompts():
        return own
    found = (prompts for name in names for pattern, prompts in _FAMILIES if re.search(pattern, name.lower()))
    return next(found, own)
