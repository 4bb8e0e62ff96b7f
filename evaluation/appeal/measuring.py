"""Estimating the appeal of books whose records state it, and counting what is right.

The estimator never learns from the records that it is measured on: it learns from lessons that describe no book of any
catalogue. Only the curves of confidence were fitted to the sample; `folds` fits them to the other books of the file
instead, so that no book is judged by a curve that has seen it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.appeal.calibrating import fit_calibrations
from evaluation.appeal.values import Bin, FacetFigures, Labelled
from recommender.appeal.applying import without_appeal
from recommender.appeal.calibration import Calibrations, read_calibrations, write_calibrations
from recommender.appeal.cues import read_cues
from recommender.appeal.estimating import AppealEstimator, appeal_text
from recommender.appeal.keys import LIKELY_FROM
from recommender.appeal.lessons import read_lessons
from recommender.appeal.scoring import TERMS, AppealScores
from recommender.encoding.base import Encoder, Vectors
from recommender.models import AppealFacet, Book
from recommender.records import content_text

BINS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)

FROM = (0.3, LIKELY_FROM)
"""Confidences from which figures are shown: everything that is estimated, and what is called likely."""


@dataclass(frozen=True, slots=True)
class AppealReport:
    """The figures of one file by one encoder."""

    encoder: str
    books: int  # whose records say something
    figures: dict[float, tuple[FacetFigures, ...]]  # confidence → one a facet
    bins: tuple[Bin, ...]


def labelled_books(books: Sequence[Book], encoder: Encoder) -> tuple[Labelled, Vectors]:
    """The books whose records say how they feel, with what speaks for each term, and their vectors."""
    spoken_of = [book for book in books if book.appeal]
    vectors = encoder.encode_documents([content_text(book) for book in spoken_of])
    cues = read_cues()
    said = [{(term.facet, term.code) for term in book.appeal} for book in spoken_of]
    facets = [{term.facet for term in book.appeal} for book in spoken_of]
    texts = [appeal_text(book) for book in spoken_of]
    labelled = Labelled(
        books=spoken_of,
        true=np.array([[term in codes for term in TERMS] for codes in said]),
        spoken=np.array([[facet in known for facet, _ in TERMS] for known in facets]),
        scores=AppealScores.learnt(read_lessons(), encoder).of(vectors),
        cued=np.array([[term in cues and cues[term].search(text) is not None for term in TERMS] for text in texts]),
    )
    return labelled, vectors


def measure(labelled: Labelled, vectors: Vectors, encoder: Encoder, *, folds: int, seed: int) -> AppealReport:
    """Estimate every book as if its record said nothing; with `folds` above 1 by curves fitted to the other books."""
    sure = np.zeros(labelled.true.shape)
    for rows, calibrations in _parts(labelled, folds, seed):
        sure[rows] = _confidences(labelled, rows, vectors, encoder, calibrations)
    return AppealReport(
        encoder=encoder.name,
        books=len(labelled.books),
        figures={lowest: _figures(labelled, sure, lowest) for lowest in FROM},
        bins=tuple(_bin(labelled, sure, lowest) for lowest in BINS),
    )


def calibrate(labelled: Labelled, path: Path) -> None:
    """Fit the curves to all books and write them; curves of facets of which no record speaks stay as they are."""
    write_calibrations({**read_calibrations(), **fit_calibrations(labelled)}, path)


def _parts(labelled: Labelled, folds: int, seed: int) -> Iterator[tuple[NDArray[np.int64], Calibrations]]:
    order = np.random.default_rng(seed).permutation(len(labelled.books))
    if folds < 2:  # noqa: PLR2004 - one fold has no others
        yield order, read_calibrations()
        return
    for fold in range(folds):
        held_out = order[fold::folds]
        yield held_out, fit_calibrations(labelled.only(np.setdiff1d(order, held_out)))


def _confidences(
    labelled: Labelled, rows: NDArray[np.int64], vectors: Vectors, encoder: Encoder, calibrations: Calibrations
) -> NDArray[np.float64]:
    estimator = AppealEstimator(AppealScores.learnt(read_lessons(), encoder), read_cues(), calibrations)
    silent = [without_appeal(labelled.books[row]) for row in rows]
    result = np.zeros((len(rows), len(TERMS)))
    for row, terms in enumerate(estimator.estimate(silent, vectors[rows])):
        for term in terms:
            result[row, TERMS.index((term.facet, term.code))] = term.confidence
    return result


def _figures(labelled: Labelled, sure: NDArray[np.float64], lowest: float) -> tuple[FacetFigures, ...]:
    return tuple(
        _facet_figures(facet, labelled, sure >= lowest)
        for facet in AppealFacet
        if labelled.true[:, _columns(facet)].any()
    )


def _facet_figures(facet: AppealFacet, labelled: Labelled, estimated: NDArray[np.bool_]) -> FacetFigures:
    columns = _columns(facet)
    spoken = labelled.spoken[:, columns].any(axis=1)
    true, estimated = labelled.true[spoken][:, columns], estimated[spoken][:, columns]
    shares = true.mean(axis=0)
    return FacetFigures(
        facet=facet.value,
        said=int(true.sum()),
        estimated=int(estimated.sum()),
        right=int((true & estimated).sum()),
        books=int(spoken.sum()),
        reached=int(estimated.any(axis=1).sum()),
        by_chance=float((shares**2).sum() / shares.sum()),
        commonest=float(shares.max()),
    )


def _bin(labelled: Labelled, sure: NDArray[np.float64], lowest: float) -> Bin:
    highest = next((each for each in BINS if each > lowest), 1.01)
    within = (sure >= lowest) & (sure < highest) & labelled.spoken
    return Bin(
        lowest=lowest,
        estimated=int(within.sum()),
        mean_confidence=float(sure[within].mean()) if within.any() else 0.0,
        right=int((labelled.true & within).sum()),
    )


def _columns(facet: AppealFacet) -> list[int]:
    return [column for column, (of, _) in enumerate(TERMS) if of is facet]
