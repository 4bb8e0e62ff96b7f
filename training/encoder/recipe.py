"""Every number of the training in one value, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Tunables of the bundled encoder's training.

    The vocabulary's four sizes times `dims` bytes are the size of the weights: 43,500 x 256 is 11.1 MB.
    """

    seed: int = 7
    dims: int = 256
    """128 lost .03 of mean reciprocal rank between the languages; 384 does not fit into 12 MB."""
    english_pieces: int = 18_000
    korean_keys: int = 15_000
    """Morphemes taken by their count in the training texts ..."""
    frequent_morphemes: int = 9_000
    """... and these by Kiwi's own frequency order: words of books that films and small talk do not use."""
    syllables: int = 1_500
    """Rows from which all other Korean words, mostly names, are put together."""
    cut_chance: float = 0.1
    """A rather rare noun is cut into its syllables this often, so that syllables learn what words with them are about."""
    cut_below: int = 500
    """Occurrences under which a noun is rather rare."""
    window: int = 5
    """Content morphemes on either side that count as context."""
    context_exponent: float = 0.75
    """Smooths rare contexts in PPMI (Levy, Goldberg & Dagan 2015, section 3.1)."""
    landmarks: int = 800
    """Frequent morphemes against which all others are compared in Kiwi's language model."""
    landmark_pool: int = 8_000
    smoothing: float = 1e-3
    """SIF weight a / (a + p): a word of every sentence says little (Arora, Liang & Ma 2017)."""
    weight_floor: float = 0.02
    ridge: float = 5.0
    steps: int = 900
    """1,500 find fewer translations (.906 and .888 instead of .915 and .900 on the held-out captions and headlines)."""
    batch: int = 512
    averaged_share: float = 0.4
    """The weights are the mean over this last part of the training: one draw of batches more or less does not show."""
    token_dropout: float = 0.15
    """Words left out at random, so that no sentence rests on one word."""
    row_rate: float = 2e-3
    map_rate: float = 1e-3
    temperature: float = 0.05
    same_meaning: float = 0.95
    """Two English sentences of a batch that the teacher finds this alike are not held against each other."""
    english_alone: int = 256
    paraphrases: int = 256
    judged: int = 128
    judged_scale: float = 20.0
    """CoSENT's scale: how strongly a wrong order of two judged pairs counts."""
    unknown_percentile: float = 75.0
    unknown_share: float = 0.6
    """An unknown token weighs this much of a rather rare known one: at 1 rare names find each other better within a language
    (+.03 nDCG of the dense leg alone), at 0.3 translations find each other better (+.01 MRR); measured on held-out data."""
