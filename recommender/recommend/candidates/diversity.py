"""Keeping the books of an answer apart from each other, and one of them apart from what the reader always reads: pure."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from recommender.bundle import DiversityBundle
from recommender.engine.base import Document
from recommender.recommend.candidates.values import Usual
from recommender.text.normalization import title_key

CLASS_DIGITS = 3
"""813 is the Korean novel: what is behind it tells the century, and what is before it a whole literature."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two books may have in common."""

    subjects: frozenset[str]  # as tokens
    kdc: str  # the first digits of the class
    author: str


def apart(documents: Sequence[Document], relevance: Mapping[str, float], *, weight: float) -> list[Document]:
    """The same documents by maximal marginal relevance (Carbonell & Goldstein 1998).

    The next is always the one with the highest `weight` × its relevance - (1 - `weight`) × its likeness to the most alike
    of those before it.

    Args:
        documents: best first.
        relevance: id → fused score.
        weight: λ, 0 to 1; 1 leaves the order as it is.
    """
    if not documents or weight >= 1:
        return list(documents)
    highest = max(relevance[document.id] for document in documents)
    gains = [weight * relevance[document.id] / highest for document in documents]
    likeness = [_likeness(document) for document in documents]
    nearest = [0.0] * len(documents)
    left, order = set(range(len(documents))), []
    while left:
        best = min(left, key=lambda place: (-(gains[place] - (1 - weight) * nearest[place]), place))
        left.remove(best)
        order.append(documents[best])
        for place in left:
            nearest[place] = max(nearest[place], alike(likeness[best], likeness[place]))
    return order


def alike(one: Likeness, other: Likeness) -> float:
    """How much two books have in common, 0 to 1: half for their subjects, the rest for class and author."""
    shared = len(one.subjects & other.subjects)
    subjects = shared / math.sqrt(len(one.subjects) * len(other.subjects)) if shared else 0.0
    same_class = 0.25 if one.kdc and one.kdc == other.kdc else 0.0
    same_author = 0.25 if one.author and one.author == other.author else 0.0
    return 0.5 * subjects + same_class + same_author


def in_front(
    documents: Iterable[Document], caps: Sequence[tuple[Callable[[Document], str], int]]
) -> tuple[list[Document], list[Document]]:
    """The documents that keep within every cap, and the others, which come after all of those.

    Args:
        documents: best first.
        caps: what is counted of a document, and how many may have the same; what has nothing there is not counted.
    """
    seen: Counter[tuple[int, str]] = Counter()
    front: list[Document] = []
    later: list[Document] = []
    for document in documents:
        counted = [(place, value) for place, (value_of, _most) in enumerate(caps) if (value := value_of(document))]
        if all(seen[place, value] < caps[place][1] for place, value in counted):
            seen.update(counted)
            front.append(document)
        else:
            later.append(document)
    return front, later


def author_of(document: Document) -> str:
    """The first person of the record, as a key."""
    people = document.source["record"].get("people", ())
    return title_key(people[0]["name"]) if people else ""


def series_of(document: Document) -> str:
    """The series of the record, as a key."""
    return title_key(document.source["record"].get("series", ""))


def class_of(document: Document) -> str:
    """The first digits of the record's class."""
    return str(document.source["record"].get("kdc", ""))[:CLASS_DIGITS]


def with_something_different(
    documents: Sequence[Document], usual: Usual, tuned: DiversityBundle, *, size: int
) -> tuple[list[Document], tuple[str, ...]]:
    """The documents with some from outside of what the reader always reads at the end of the first `size`; and their ids.

    Nothing is brought forward from behind the first `different_within`, and nothing at all where too few are shown:
    who is shown two books gets the best two.
    """
    if usual.is_empty or size < tuned.different_from_size:
        return list(documents), ()
    near = documents[: tuned.different_within]
    already = [document for document in near[:size] if is_different(document, usual)][: tuned.different_books]
    wanted = tuned.different_books - len(already)
    brought = [document for document in near[size:] if is_different(document, usual)][:wanted]
    ids = tuple(document.id for document in (*already, *brought))
    place = size - len(brought)
    rest = [document for document in documents if document not in brought]
    return [*rest[:place], *brought, *rest[place:]], ids


def is_different(document: Document, usual: Usual) -> bool:
    """Whether a book is of no class and of no subject that the reader is used to; one of which neither is known is not."""
    record = document.source["record"]
    kdc = record.get("kdc", "")
    subjects = {title_key(subject) for subject in (*record.get("keywords", ()), *record.get("categories", ()))}
    return bool(kdc and subjects) and kdc[0] not in usual.classes and usual.subjects.isdisjoint(subjects)


def _likeness(document: Document) -> Likeness:
    subjects = frozenset(document.source.get("subjects", "").split())
    return Likeness(subjects, class_of(document), author_of(document))
