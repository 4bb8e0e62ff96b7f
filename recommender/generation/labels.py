"""How likely a model holds each of some labels to be what comes next, if one of them has to: pure, over token ids."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Tokens = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What a model may answer: one of several labels, then `end`.

    Constrained decoding admits after each beginning of a label only the tokens that go on towards a label. A label's
    probability under it is the product of its tokens', each among those admitted: it takes "1" apart from the beginning
    of "12" by what the model thinks of ending there.

    Args:
        labels: each as the model's tokenizer writes it; none twice, none empty.
        end: the token that follows a whole label; no label holds it.
    """

    labels: Sequence[Tokens]
    end: int

    def beginnings(self) -> tuple[Tokens, ...]:
        """The beginnings after which there is something to decide, the empty one first."""
        return tuple(sorted(beginning for beginning, tokens in self._following().items() if len(tokens) > 1))

    def admitted(self, beginning: Tokens) -> tuple[int, ...]:
        """The tokens that may follow a beginning."""
        return tuple(sorted(self._following()[beginning]))

    def log_probabilities(self, scores: Mapping[Tokens, Mapping[int, float]]) -> tuple[float, ...]:
        """Of each label, in their order; together they are 1.

        Args:
            scores: beginning → admitted token → the model's unnormalised log-probability, for all `beginnings()`.
        """
        steps = {beginning: _normalised(tokens) for beginning, tokens in scores.items()}
        return tuple(
            sum(steps[beginning][token] for beginning, token in self._steps(label) if beginning in steps)
            for label in self.labels
        )

    def _steps(self, label: Tokens) -> Iterator[tuple[Tokens, int]]:
        whole = (*label, self.end)
        return ((whole[:place], whole[place]) for place in range(len(whole)))

    def _following(self) -> dict[Tokens, set[int]]:
        following: dict[Tokens, set[int]] = {}
        for label in self.labels:
            for beginning, token in self._steps(label):
                following.setdefault(beginning, set()).add(token)
        return following


def _normalised(scores: Mapping[int, float]) -> dict[int, float]:
    """Log-probabilities that together are 1."""
    highest = max(scores.values())
    total = highest + math.log(sum(math.exp(score - highest) for score in scores.values()))
    return {token: score - total for token, score in scores.items()}
