"""The trainable encoder: token vector = exp(g) (P W + D), text vector = normalised sum."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.features import Matrix
from training.encoder.phases import digest_of


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """Where training starts: features and maps of both languages, and log weights.

    `english` is `(n_pieces, dims)`, `korean` `(n_morphemes + n_syllables, width)`, `korean_map` `(width, dims)`, `log_weights` `(n_keys,)`.
    """

    english: Matrix
    korean: Matrix
    korean_map: Matrix
    log_weights: Matrix

    def digest(self) -> str:
        """Return a hash of all numbers: another one means another training."""
        return digest_of(self.english, self.korean, self.korean_map, self.log_weights)


class BilingualBag(nn.Module):  # type: ignore[misc] # torch is optional, hence unknown to the type checker
    """One space for both languages; rows are English pieces first, Korean morphemes and syllables after them.

    Args:
        start: where training starts.
        dropped: decides which tokens are left out.
    """

    def __init__(self, start: StartingPoint, dropped: torch.Generator) -> None:
        super().__init__()
        self._dropped = dropped
        self.n_pieces, dims = start.english.shape
        n_keys = self.n_pieces + len(start.korean)
        self.register_buffer("english", torch.from_numpy(start.english), persistent=False)
        self.register_buffer("korean", torch.from_numpy(start.korean), persistent=False)
        self.english_map = nn.Parameter(torch.eye(dims))
        self.korean_map = nn.Parameter(torch.from_numpy(start.korean_map).clone())
        self.shift = nn.Embedding(n_keys, dims, sparse=True, _weight=torch.zeros(n_keys, dims))
        self.log_weight = nn.Embedding(
            n_keys, 1, sparse=True, _weight=torch.from_numpy(start.log_weights)[:, None].clone()
        )

    def rows(self, keys: Tensor) -> Tensor:
        """Return the weighted vectors of sorted row numbers, `(n, dims)`."""
        pieces, morphemes = keys[keys < self.n_pieces], keys[keys >= self.n_pieces] - self.n_pieces
        mapped = torch.cat([self.english[pieces] @ self.english_map, self.korean[morphemes] @ self.korean_map])
        weighted: Tensor = self.log_weight(keys).exp() * (mapped + self.shift(keys))
        return weighted

    def forward(self, texts: Sequence[NDArray[np.int64]], dropout: float = 0.0) -> Tensor:
        """Return `(n_texts, dims)` unit vectors; each token is left out with probability `dropout`."""
        lengths = torch.tensor([len(text) for text in texts])
        flat = torch.from_numpy(np.concatenate(texts))
        keys, positions = torch.unique(flat, return_inverse=True)
        kept = (torch.rand(len(flat), generator=self._dropped) >= dropout).float()
        offsets = torch.cumsum(lengths, 0) - lengths
        sums = functional.embedding_bag(positions, self.rows(keys), offsets, mode="sum", per_sample_weights=kept)
        return functional.normalize(sums, dim=1)

    def table(self) -> Tensor:
        """Return all rows, `(n_keys, dims)`, without their gradients."""
        with torch.no_grad():
            return self.rows(torch.arange(self.shift.num_embeddings))


def contrast(first: Tensor, second: Tensor, temperature: float, ignored: Tensor | None = None) -> Tensor:
    """Return InfoNCE both ways: row i of `first` belongs to row i of `second` and to no other (van den Oord et al. 2018)."""
    scores = first @ second.T / temperature
    if ignored is not None:
        scores = scores.masked_fill(ignored, float("-inf"))
    wanted = torch.arange(len(first))
    return (functional.cross_entropy(scores, wanted) + functional.cross_entropy(scores.T, wanted)) / 2


def order_loss(cosines: Tensor, scores: Tensor, scale: float) -> Tensor:
    """Return CoSENT's loss: a pair judged more alike should have the larger cosine (Su 2022)."""
    differences = scale * (cosines[None, :] - cosines[:, None])
    wrong_order = differences[scores[:, None] > scores[None, :]]
    return torch.logsumexp(torch.cat([torch.zeros(1), wrong_order]), dim=0)


def distance(vectors: Tensor, targets: Tensor) -> Tensor:
    """Return the mean of 1 - cosine of unit vectors."""
    return (1 - (vectors * targets).sum(1)).mean()
