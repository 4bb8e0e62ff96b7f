"""The order in which what was found is suggested: pure."""

from collections.abc import Sequence

from recommender.bundle import RecommendBundle
from recommender.engine.base import Document
from recommender.recommend.candidates.diversity import (
    apart,
    author_of,
    class_of,
    in_front,
    series_of,
    with_something_different,
)
from recommender.recommend.candidates.restricting import allowed
from recommender.recommend.candidates.values import Candidates, Hunt
from recommender.search.fusion import Fused


def candidates_of(hunt: Hunt, fused: Fused, read: Sequence[Document], tuned: RecommendBundle) -> Candidates:
    """The books to choose from.

    Args:
        hunt: what was looked for.
        fused: the whole ranking.
        read: documents of the ranking, best first; the first `diversity.pool` at least.
        tuned: how varied they should be.
    """
    front, later = ordered(hunt, fused, read, tuned)
    suffices = sum(is_in(document, hunt.wanted.language) for document in front) >= hunt.count
    documents = language_first(front + later, hunt.wanted.language)
    documents, different = with_something_different(documents, hunt.wanted.usual, tuned.diversity, size=hunt.size)
    return Candidates(tuple(documents[: hunt.count]), fused, different, suffices=suffices)


def ordered(
    hunt: Hunt, fused: Fused, read: Sequence[Document], tuned: RecommendBundle
) -> tuple[list[Document], list[Document]]:
    """What may be suggested, alike books apart: those within the caps on authors, series and classes, and the others.

    Only the first `pool` are put apart, always the same, so that fewer candidates are the first of many.
    """
    first = set(fused.ids[: tuned.diversity.pool])
    documents = allowed(read, hunt.excluded)
    pool = [document for document in documents if document.id in first]
    rest = [document for document in documents if document.id not in first]
    scores = dict(zip(fused.ids, fused.scores, strict=True))
    varied = apart(pool, scores, weight=tuned.diversity.relevance)
    caps = (
        (author_of, tuned.candidates.books_per_author),
        (series_of, tuned.diversity.books_per_series),
        (class_of, tuned.diversity.books_per_class),
    )
    return in_front([*varied, *rest], caps)


def language_first(documents: Sequence[Document], language: str) -> list[Document]:
    """Books in the language before all others, each part in its order; unchanged without a language."""
    if not language:
        return list(documents)
    return sorted(documents, key=lambda document: not is_in(document, language))


def is_in(document: Document, language: str) -> bool:
    """Whether a book is in a language; any is without one."""
    return not language or document.source["record"].get("language", "") == language
