"""Every tunable of search and recommendation, in one immutable, versioned value.

A service takes a bundle and reads no other configuration, so that two bundles can be compared in one process. The
default is the file `recommender/bundles/default.json`; a library's own is named by `SEOGA_BUNDLE`.
"""

from recommender.bundle.reading import (
    DEFAULT_BUNDLE,
    bundle_text,
    load_bundle,
)
from recommender.bundle.recommend import (
    CandidatesBundle,
    CrowdBundle,
    DiversityBundle,
    EnrichmentBundle,
    GenerationBundle,
    Method,
    QueueBundle,
    RecommendBundle,
    TasteBundle,
)
from recommender.bundle.search import (
    DenseBundle,
    FusionBundle,
    FusionMethod,
    LexicalBundle,
    LinearBundle,
    RankBundle,
    RerankBundle,
    SearchBundle,
    TiesBundle,
)
from recommender.bundle.whole import (
    Bundle,
    Lineage,
)

__all__ = [
    "DEFAULT_BUNDLE",
    "Bundle",
    "CandidatesBundle",
    "CrowdBundle",
    "DenseBundle",
    "DiversityBundle",
    "EnrichmentBundle",
    "FusionBundle",
    "FusionMethod",
    "GenerationBundle",
    "LexicalBundle",
    "Lineage",
    "LinearBundle",
    "Method",
    "QueueBundle",
    "RankBundle",
    "RecommendBundle",
    "RerankBundle",
    "SearchBundle",
    "TasteBundle",
    "TiesBundle",
    "bundle_text",
    "load_bundle",
]
