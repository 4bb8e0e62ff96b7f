"""The parameters of `recommender.recommend`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class EnrichmentBundle:
    """How much of the reader goes into a question.

    At most `history_limit` read books and `preference_limit` preferences that bear on the question add their terms,
    at most `terms_per_book` each, with the weights given (the question's own words weigh 1); a read book counts as
    liked from `liked_from` (0 to 5). `hint_weight` is for words that a question hints at: grief for "my dog died";
    `own_weight` for those that a reader adds to an enriched question. `trait_weights` say for each kind of trait (mood,
    effect, pace, depth, level, form, genre, pages) how much it counts that a book has one; a kind that is not there counts nothing.
    """

    history_limit: int
    terms_per_book: int
    preference_limit: int
    history_weight: float
    preference_weight: float
    intake_weight: float
    hint_weight: float
    own_weight: float
    trait_weights: Mapping[str, float]
    liked_from: float


@dataclass(frozen=True, slots=True)
class CandidatesBundle:
    """Which legs find candidates, with their weights, and how many books of one author may stand in front.

    `boosts` weigh the fields in which words are looked for. A title counts less here than in a search: "엄마와 자꾸 싸워요"
    asks for books about quarrels in a family, not for every book with a mother in its title. A book by an author whom
    the reader likes gets `liked_author_boost` (a matching word gives 5 to 10), one of the length, level or tone that the
    reader prefers `leaning_boost` times the trait's weight. A mood that is only estimated counts
    `likely_appeal_share` or `possible_appeal_share` of one that the record states: about as often are they right. Where a reader asks nothing, the legs
    that look for words and meanings weigh only `unasked_share` of what they do otherwise; where something is asked, the
    legs that know only the reader (taste, co-borrowed, popular) weigh only `asked_share`.
    """

    boosts: Mapping[str, float]
    liked_author_boost: float
    leaning_boost: float
    unasked_share: float
    lexical_weight: float
    dense_weight: float
    appeal_weight: float
    likely_appeal_share: float
    possible_appeal_share: float
    taste_weight: float
    co_borrowed_weight: float
    popular_weight: float
    asked_share: float
    books_per_author: int


@dataclass(frozen=True, slots=True)
class DiversityBundle:
    """How varied candidates are.

    Of the first `pool` of the ranking, alike ones are put apart by maximal marginal relevance with the weight `relevance`
    (1: not at all). Among the candidates in front stand at most `books_per_series` of one series and `books_per_class` of
    one class (813); how many of an author, `candidates` says. Where at least `different_from_size` books are shown to a reader
    whose past is known, the last `different_books` of them are from outside of what they always read, if there is one among
    the first `different_within`.
    """

    pool: int
    relevance: float
    books_per_series: int
    books_per_class: int
    different_books: int
    different_from_size: int
    different_within: int


@dataclass(frozen=True, slots=True)
class TasteBundle:
    """How the books that a reader liked become one taste.

    The `books` that count most are looked at. A rating of 5 counts 1 and one of `disliked_to` nothing, `rating_power` bends the
    way between them; no rating counts `unrated`. What was read `half_life_days` before the latest book counts half. The mean
    of what was rated `disliked_to` or worse is taken away `dislike_push` times. Without a question all of the history counts,
    with one only what is near to it: by words, or by a cosine of `near_question` at least.
    """

    books: int
    rating_power: float
    unrated: float
    disliked_to: float
    dislike_push: float
    half_life_days: float
    near_question: float


@dataclass(frozen=True, slots=True)
class CrowdBundle:
    """What is learnt from all readers together, when a catalogue or a history is loaded.

    Two books count as borrowed together only if `least_readers` share them, so that nobody's history can be read from it; the
    similarity of a pair that n readers share is shrunk by n / (n + `shrinkage`), and much-read books weigh
    1 / readers^`commonness`. Kept are the `companions` nearest of each book, from the latest `readings` of each reader, and the
    `popular` books of each age group. A loan counts half after `half_life_days`; what libraries elsewhere lend, and what
    the records say of loans, count as `prior_readings` readings each.
    """

    least_readers: int
    shrinkage: float
    commonness: float
    companions: int
    readings: int
    popular: int
    half_life_days: float
    prior_readings: float


@dataclass(frozen=True, slots=True)
class GenerationBundle:
    """How the generator chooses and writes.

    `prompt` names a folder of templates in `recommender/generation/prompts`; `choice_weight` is what the model says of a
    candidate against the candidate's place (`recommender.recommend.choosing`), 0 to 1; `choice_listings` in how many orders it
    is shown the candidates, so that what it prefers in a number can be taken out (1 leaves it in); `max_tokens` bounds one reason;
    temperature 0 always takes the likeliest word.
    """

    prompt: str
    choice_weight: float
    choice_listings: int
    max_tokens: int
    temperature: float


@dataclass(frozen=True, slots=True)
class QueueBundle:
    """How long whoever asks may wait for a model, all in seconds but `waiting`.

    `waiting` answers at most wait for those that are being written: on two cores one takes about ten seconds, so the last
    of six is a minute away, longer than anybody watches a page; `turn_seconds` is the longest that one of them waits. A
    model that says nothing for `silence_seconds` is taken for dead (reading a long prompt on a slow machine takes ten), and
    after it failed it is left alone for `rest_seconds`. A page shows the books that the model chose if it chooses within
    `choice_seconds`, else those that the search put first; a choice that came later than that is not waited for again for
    `choice_rest_seconds`. An answer that does not stream waits `answer_seconds` for the model, unless it is told otherwise.
    """

    waiting: int
    turn_seconds: float
    silence_seconds: float
    rest_seconds: float
    choice_seconds: float
    choice_rest_seconds: float
    answer_seconds: float


class Method(StrEnum):
    """How a question becomes books."""

    STAGED = "staged"  # what is known of the reader goes into the question, the enriched question finds the books
    DIRECT = "direct"  # the bare question finds the books, what is known of the reader goes into the prompt


@dataclass(frozen=True, slots=True)
class RecommendBundle:
    """The parameters of `recommender.recommend`; a question may name another method and number of candidates."""

    method: Method
    num_candidates: int
    enrichment: EnrichmentBundle
    candidates: CandidatesBundle
    diversity: DiversityBundle
    taste: TasteBundle
    crowd: CrowdBundle
    generation: GenerationBundle
    queue: QueueBundle
