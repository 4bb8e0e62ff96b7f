"""What a reader asks for and what is recommended, with the evidence for every step."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from recommender.bundle import Method
from recommender.models import Book
from recommender.recommend.grounding.values import ClaimKind
from recommender.search.request import Filters
from recommender.search.results import LegRank

MAX_RECOMMENDATIONS = 10
MAX_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Intake:
    """Answers to the five questions of the mood intake: a code of `recommender.recommend.intake`, own words, or both.

    Own words stand in the field that ends in `_text`; in the place of a code they are understood as well.
    """

    mood: str = ""
    effect: str = ""
    occupation: str = ""
    situation: str = ""
    focus: str = ""
    mood_text: str = ""
    effect_text: str = ""
    occupation_text: str = ""
    situation_text: str = ""
    focus_text: str = ""

    def is_empty(self) -> bool:
        """Whether no question was answered."""
        return self == Intake()


@dataclass(frozen=True, slots=True)
class EditedQuestion:
    """What a reader changed of the enriched question that an answer showed: ids of `EnrichedTerm`s and `Trait`s, and words.

    An id that this question does not have says nothing: a book that has been forgotten since adds no term to remove.
    """

    removed: frozenset[str] = frozenset()
    kept: frozenset[str] | None = None  # where it is known, nothing else stays
    added: tuple[str, ...] = ()  # the reader's own words

    def keeps(self, term_id: str) -> bool:
        """Whether the reader left the term, trait or limit in."""
        return term_id not in self.removed and (self.kept is None or term_id in self.kept)


AS_IT_IS = EditedQuestion()
"""Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request for recommendations, already checked."""

    text: str = ""
    intake: Intake = field(default_factory=Intake)
    reader_id: str = ""  # as the library knows the reader; made pseudonymous before anything is looked up
    size: int = 3
    num_candidates: int = 0  # 0: as many as the bundle says
    filters: Filters = field(default_factory=Filters)
    language: str = "ko"  # of the reasons
    method: Method | None = None  # None: as the bundle says
    edited: EditedQuestion = AS_IT_IS
    anew: bool = False  # make the answer now, even where one is kept

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a question nor an answer nor a reader to go by."""
        said = (self.text.strip(), self.reader_id, *self.edited.added)
        return not any(said) and self.intake.is_empty()

    def settled(self, method: Method, num_candidates: int) -> "Question":
        """The same question with the bundle's method and number of candidates where it names none itself."""
        return replace(
            self,
            method=self.method or method,
            num_candidates=self.num_candidates or max(num_candidates, self.size),
        )


class TermSource(StrEnum):
    """Where a term of the enriched question comes from."""

    QUESTION = "question"
    INTAKE = "intake"
    HISTORY = "history"
    PREFERENCES = "preferences"
    OWN = "own"  # added by the reader to an enriched question


@dataclass(frozen=True, slots=True)
class EnrichedTerm:
    """One term that enrichment added, and why: `detail` names the book read, the answer given or the preference stated."""

    text: str
    source: TermSource
    weight: float  # 0 to 1, against the question's own words
    detail: str = ""
    given: float | None = None  # the rating that the reader gave the book, or the weight of their preference

    @property
    def id(self) -> str:
        """By which a reader removes it: the same in every answer, wherever the term came from."""
        return f"term:{self.text.casefold()}"


class TraitKind(StrEnum):
    """What of a book a trait speaks of."""

    MOOD = "mood"  # value: a `Mood`
    EFFECT = "effect"  # value: an `Effect`
    PACE = "pace"  # value: a `Pace`
    DEPTH = "depth"  # value: a `Depth`
    LEVEL = "level"  # value: an `Audience`
    FORM = "form"  # value: a `Form`
    GENRE = "genre"  # value: one of `recommender.recommend.genres.GENRES`
    PAGES = "pages"  # value: `-250` for at most, `400-` for at least so many
    LIMIT = "limit"  # value: what the question restricts, as `code:value` of a `Route`; a filter, no preference


@dataclass(frozen=True, slots=True)
class Trait:
    """What a book should be like besides its words: preferred with a weight, or required (`TraitKind.LIMIT`).

    `detail` names the answer, the phrase of the question or the preference from which it follows.
    """

    kind: TraitKind
    value: str
    source: TermSource
    weight: float = 1.0
    detail: str = ""

    @property
    def id(self) -> str:
        """By which a reader removes it: the same in every answer."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class EnrichedQuestion:
    """The reader's own words and everything that was added to them."""

    text: str
    terms: tuple[EnrichedTerm, ...] = ()
    traits: tuple[Trait, ...] = ()
    removed: tuple[EnrichedTerm | Trait, ...] = ()  # what the reader took out, so that it can be put back
    read_books: tuple[str, ...] = ()  # titles from the reader's history that bear on the question
    left_out: int = 0  # books never suggested because the reader has read them


class EvidenceCode(StrEnum):
    """A fact that a reason may rest on."""

    MATCHES_WORDS = "matches_words"  # words of the question found in the record
    OF_KIND = "of_kind"  # words: the genre or form that was asked for, as a `Trait` has it, and the record says it has
    FITS_AUDIENCE = "fits_audience"  # words: the `Audience` for which a book was asked for, and the record names
    FITS_LENGTH = "fits_length"  # words: the pages, as few or as many as were asked for
    MATCHES_MOOD = "matches_mood"  # the record's moods or effects fit the intake
    SEEMS_MOOD = "seems_mood"  # likely moods or effects, estimated from the text, fit the intake
    MATCHES_PREFERENCE = "matches_preference"
    LIKE_READ_BOOK = "like_read_book"  # words: title of the liked book, then what they share
    SAME_AUTHOR = "same_author"  # words: author, title of the liked book
    CO_BORROWED = "co_borrowed"  # words: title of the liked book that others borrowed with it
    FITS_READER = (
        "fits_reader"  # length, level and tone preferred: words such as `pages:212`, `depth:light`, `mood:warm`
    )
    POPULAR = "popular"  # words: the first and the last year of the readers' ages, the last empty for "and older"; none: of all ages
    SOMETHING_DIFFERENT = "something_different"  # from outside of what the reader always reads
    NEAR_TASTE = "near_taste"  # near in meaning to what the reader liked
    NEAR_IN_MEANING = "near_in_meaning"
    FITS_DEPTH = "fits_depth"
    AVAILABLE = "available"  # words: call number


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact of the record or of the reader that speaks for a book."""

    code: EvidenceCode
    words: tuple[str, ...] = ()


class ReasonSource(StrEnum):
    """Who wrote a text."""

    MODEL = "model"
    COMPOSED = "composed"  # from the catalogue's facts, without a model


@dataclass(frozen=True, slots=True)
class Reasons:
    """The two texts of a recommendation, and who wrote each."""

    why: str  # why this book
    help: str  # how it can help you
    why_source: ReasonSource = ReasonSource.COMPOSED
    help_source: ReasonSource = ReasonSource.COMPOSED
    dropped: tuple[ClaimKind, ...] = ()  # for each of the model's sentences that was taken out, what it claimed


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One suggested book: always a record of the catalogue."""

    book: Book
    reasons: Reasons
    evidence: tuple[Evidence, ...] = ()
    legs: tuple[LegRank, ...] = ()
    generated_by: str = "composed"  # composed, or the model's name


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a model read and wrote; none without a model."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(self.prompt_tokens + other.prompt_tokens, self.completion_tokens + other.completion_tokens)


@dataclass(frozen=True, slots=True)
class Cost:
    """What making an answer took; an answer that was kept says what it took when it was made."""

    seconds: float = 0.0  # in which a generator chose and wrote
    watt_hours: float | None = 0.0  # of this machine; None where the model runs on another
    is_measured: bool = False  # the energy, rather than taken from what such a machine draws
    price: float | None = None  # what the same tokens would have cost elsewhere; None where no price is set
    currency: str = ""

    def __add__(self, other: "Cost") -> "Cost":
        """Both together; unknown with unknown, measured only where both are."""
        return Cost(
            self.seconds + other.seconds,
            None if self.watt_hours is None or other.watt_hours is None else self.watt_hours + other.watt_hours,
            is_measured=self.is_measured and other.is_measured,
            price=None if self.price is None or other.price is None else self.price + other.price,
            currency=self.currency or other.currency,
        )


class ServedFrom(StrEnum):
    """Whether an answer was made for this question now, or kept from before."""

    FRESH = "fresh"
    CACHE = "cache"  # the same question was asked a short while ago
    PRECOMPUTED = "precomputed"  # made for the reader before they asked


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The whole answer."""

    question: Question
    enriched: EnrichedQuestion
    recommendations: tuple[Recommendation, ...] = ()
    candidates: tuple[str, ...] = ()  # ids of the books the generator chose from
    usage: Usage = field(default_factory=Usage)
    timings: Mapping[str, float] = field(default_factory=dict)  # stage → milliseconds
    bundle: str = ""
    method: Method = Method.STAGED
    notice: str = ""  # a code: generator_unavailable, …
    cost: Cost = field(default_factory=Cost)
    served_from: ServedFrom = ServedFrom.FRESH
    created_at: datetime | None = None  # when its books were chosen; an instant
