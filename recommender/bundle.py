"""Every tunable of search and recommendation, in one immutable, versioned value.

A service takes a bundle and reads no other configuration, so that two bundles can be compared in one process. The
default is the file `recommender/bundles/default.json`; a library's own is named by `SEOGA_BUNDLE`.
"""

import dataclasses
import json
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from recommender.errors import SettingsError

DEFAULT_BUNDLE = Path(__file__).parent / "bundles" / "default.json"


@dataclass(frozen=True, slots=True)
class LexicalBundle:
    """How words find and weigh books.

    `boosts` weigh the fields that score: a search for "데미안" has to put the novel above books about it, so its title
    counts several times the description. A title that differs from the query by one letter scores `title_slips` itself,
    as much as two or three telling words. `all_minimum` and `title_bigrams_minimum` are `minimum_should_match` values:
    a book matches if enough of the words are found anywhere in its record, or enough of the query's character
    bigrams in its title. Where nothing matched, `misspelt_title_minimum` of the bigrams is enough: one wrong syllable
    spoils two of them, half of the four that "어린왕자님" has. A book that holds the query in the other script (데미안 for
    demian) gets up to `sound_boost` for it, and as much again where that is its whole title or a whole name.
    """

    boosts: Mapping[str, float]
    all_minimum: str
    title_bigrams_minimum: str
    misspelt_title_minimum: str
    sound_boost: float


@dataclass(frozen=True, slots=True)
class DenseBundle:
    """How meaning finds books.

    The nearest books to anything are always some books. One is a find only from `minimum_similarity` (cosine) on, and
    only if it comes near the best one: a search across languages has lower cosines throughout, so what is near is
    also measured as a `share_of_best`.
    """

    num_candidates: int
    minimum_similarity: float
    share_of_best: float


class FusionMethod(StrEnum):
    """How the rankings of the legs become one."""

    RRF = "rrf"  # by the places of a hit alone
    LINEAR = "linear"  # by its scores, meaning weighing less the better the words explain what they found


@dataclass(frozen=True, slots=True)
class RankBundle:
    """Weighted reciprocal rank fusion: the rank constant k, and the weight of meaning beside the words' 1.

    Where the words as asked found nothing, and any of them is enough, words say little: meaning then weighs
    `relaxed_dense_weight`.
    """

    rank_constant: float
    dense_weight: float
    relaxed_dense_weight: float


@dataclass(frozen=True, slots=True)
class LinearBundle:
    """Gated linear fusion: meaning weighs at most `dense_weight` beside the words' 1.

    It weighs less the better the words explain the best book that they found: nothing where that book scores
    `score_per_word` for each word of the query (a title typed in part does, a question told in other words does not). And it
    weighs less the more of the first books both legs agree on, whose order the words then know best:
    (1 - share)^`agreement_power`.

    A score counts by how far it is on the way from nothing to the leg's best. For the words, nothing is `lexical_floor` × the
    score of the last hit: 1 would put the last of three books that hold all words behind any that is merely near in meaning.

    Where the words as asked found nothing and any of them is enough, what they find says little: meaning then weighs
    `relaxed_dense_weight`.
    """

    dense_weight: float
    score_per_word: float
    agreement_power: float
    lexical_floor: float
    relaxed_dense_weight: float


@dataclass(frozen=True, slots=True)
class TiesBundle:
    """What decides between hits that are nearly equal, and only there.

    Two hits change places only if their scores are `within` this share of each other: 0.01 means one percent. What can be
    borrowed now counts `availability`, what is borrowed most counts `popularity`, as shares of the two together.
    """

    within: float
    availability: float
    popularity: float


@dataclass(frozen=True, slots=True)
class FusionBundle:
    """How many hits each leg hands in, the method that brings them together with its parameters, and what decides ties.

    `dense_by_kind` multiplies the weight of meaning for queries of a kind (keywords, question, mood); 1 for any other.
    """

    method: FusionMethod
    depth: int
    rrf: RankBundle
    linear: LinearBundle
    dense_by_kind: Mapping[str, float]
    ties: TiesBundle


@dataclass(frozen=True, slots=True)
class RerankBundle:
    """How many of the first hits a reranker reads again, where one is set, and its weight beside the fused score's 1."""

    depth: int
    weight: float


@dataclass(frozen=True, slots=True)
class SearchBundle:
    """The parameters of `recommender.search`."""

    lexical: LexicalBundle
    dense: DenseBundle
    fusion: FusionBundle
    rerank: RerankBundle


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


def load_bundle(path: Path = DEFAULT_BUNDLE) -> Bundle:
    """Read a bundle; every parameter must be there, of its type, and no other.

    Raises:
        SettingsError: names the file, the parameter and what would fit.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path}: no readable bundle ({error}); start from a copy of {DEFAULT_BUNDLE.name}"
        ) from error
    bundle: Bundle = _read(Bundle, content, place=str(path))
    return bundle


def bundle_text(bundle: Bundle) -> str:
    """A bundle as the text of its file, which `load_bundle` reads back to the same value."""
    return json.dumps(dataclasses.asdict(bundle), ensure_ascii=False, indent=2) + "\n"


def _read(kind: Any, value: Any, *, place: str) -> Any:
    """A value of the given type from parsed JSON, dataclasses field by field."""
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(kind, value, place=place)
    if typing.get_origin(kind) is Mapping:
        return _read_numbers(value, place=place)
    if typing.get_origin(kind) is tuple:
        return _read_texts(value, place=place)
    if issubclass(kind, StrEnum):
        return _read_choice(kind, value, place=place)
    wanted = (int, float) if kind is float else (kind,)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise SettingsError(f"{place}: {value!r} is no {kind.__name__}")
    return kind(value)


def _read_dataclass(kind: Any, value: Any, *, place: str) -> Any:
    fields = typing.get_type_hints(kind)
    if not isinstance(value, dict):
        raise SettingsError(f"{place}: {value!r} should be an object with {', '.join(fields)}")
    if unknown := value.keys() - fields.keys():
        raise SettingsError(f"{place}: unknown parameter {min(unknown)}; known are {', '.join(fields)}")
    if missing := fields.keys() - value.keys():
        raise SettingsError(f"{place}: the parameter {min(missing)} is missing")
    return kind(**{name: _read(hint, value[name], place=f"{place}, {name}") for name, hint in fields.items()})


def _read_choice(kind: type[StrEnum], value: Any, *, place: str) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        raise SettingsError(f"{place}: {value!r} is none of {', '.join(kind)}") from None


def _read_numbers(value: Any, *, place: str) -> Mapping[str, float]:
    if not isinstance(value, dict):
        raise SettingsError(f"{place}: {value!r} should be an object of numbers")
    return {name: _read(float, number, place=f"{place}, {name}") for name, number in value.items()}


def _read_texts(value: Any, *, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise SettingsError(f"{place}: {value!r} should be a list of texts")
    return tuple(value)
