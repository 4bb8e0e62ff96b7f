"""A whole bundle: all parameters under one version, and where they come from."""

from dataclasses import dataclass

from recommender.bundle.recommend import RecommendBundle
from recommender.bundle.search import SearchBundle


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where the numbers of a bundle come from, so that they can be made again and argued with.

    `parent` is the version that the search for better numbers started from; `data` names each set with the number of
    its queries. A bundle that somebody wrote by hand says so in `command`.
    """

    parent: str
    command: str
    metric: str
    data: tuple[str, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """All parameters under one version, which every answer names."""

    version: str
    lineage: Lineage
    search: SearchBundle
    recommend: RecommendBundle
