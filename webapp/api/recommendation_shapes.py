"""The JSON of a recommendation, field by field; the OpenAPI document is made from these declarations."""

from typing import Annotated, TypedDict

from recommender.bundle import Method
from recommender.recommend.grounding import ClaimKind
from recommender.recommend.updates import ReasonPart
from recommender.recommend.values import EvidenceCode, ReasonSource, ServedFrom, TermSource, TraitKind
from webapp.api.shapes import BookShape, HelpLineShape, LegShape


class IntakeShape(TypedDict, total=False):
    """Answers to the five questions of the mood intake: codes, and own words beside them."""

    mood: str
    effect: str
    occupation: str
    situation: str
    focus: str
    mood_text: str
    effect_text: str
    occupation_text: str
    situation_text: str
    focus_text: str


class QuestionShape(TypedDict):
    """What was asked; the reader is not repeated."""

    text: str
    intake: IntakeShape
    size: int
    num_candidates: int
    method: Annotated[Method, "By which the books were found: named in the question, or the bundle's."]


class TermShape(TypedDict):
    """One word that enrichment added."""

    id: Annotated[str, "The same in every answer; by it a reader takes the word out."]
    text: str
    source: TermSource
    weight: Annotated[float, "0 to 1, against the question's own words."]
    detail: Annotated[str, "The book read, the answer given or the preference stated."]
    reason: Annotated[str, "Why it is there, in the language asked for."]


class TraitShape(TypedDict):
    """What a book should be like besides, or for the kind `limit` must be."""

    id: Annotated[str, "The same in every answer; by it a reader takes the trait out."]
    kind: TraitKind
    value: Annotated[str, "A code: calm, comfort, light, teens, novels, -250 (at most 250 pages)."]
    text: Annotated[str, "The value in words of the language asked for."]
    source: TermSource
    weight: Annotated[float, "What it counts that a book has it; of no meaning for a limit."]
    detail: Annotated[str, "The answer given or the phrase of the question."]
    reason: Annotated[str, "Why it is there, in the language asked for."]


class RemovedShape(TypedDict):
    """A term or trait that the reader took out; left away from `removed` it counts again."""

    id: str
    text: str
    reason: str


class EnrichedShape(TypedDict):
    """The reader's own words, and what was added to them.

    Sent back as `enriched` of the next request, without the entries that do not fit and with own words as new entries
    of `terms` (`{"text": "…"}`), it is looked for as edited.
    """

    text: str
    terms: list[TermShape]
    traits: list[TraitShape]
    removed: list[RemovedShape]
    read_books: Annotated[list[str], "Titles from the reader's history that bear on the question."]
    left_out: Annotated[int, "Books never suggested because the reader has read them."]


class ReasonsShape(TypedDict):
    """The two texts of a recommendation."""

    why: str
    help: str
    why_source: Annotated[ReasonSource, "Who wrote it: a model, or composed from the catalogue's facts."]
    help_source: ReasonSource
    dropped: Annotated[
        list[ClaimKind], "For each sentence of the model that was taken out, what it claimed unsupported."
    ]


class EvidenceShape(TypedDict):
    """One fact that speaks for a book."""

    code: EvidenceCode
    words: list[str]
    text: Annotated[str, "The fact as a sentence in the language asked for."]


class RecommendationShape(TypedDict):
    """One suggested book: always a record of the catalogue."""

    book: BookShape
    reasons: ReasonsShape
    evidence: list[EvidenceShape]
    legs: list[LegShape]
    generated_by: Annotated[str, "composed (from the catalogue), or the model's name."]


class UsageShape(TypedDict):
    """Tokens that a model read and wrote."""

    prompt_tokens: int
    completion_tokens: int


class CostShape(TypedDict):
    """What making the answer took; one that was kept says what it took when it was made."""

    prompt_tokens: int
    completion_tokens: int
    seconds: Annotated[float, "In which a generator chose and wrote."]
    watt_hours: Annotated[float | None, "Of this machine; null where the model runs on another."]
    energy_is_measured: Annotated[bool, "Rather than taken from what such a machine draws."]
    price: Annotated[float | None, "What the same tokens would have cost elsewhere; null where no price is set."]
    currency: Annotated[str, "Of the price; empty without one."]


class RecommendationAnswer(TypedDict):
    """The whole answer to a question for recommendations."""

    question: QuestionShape
    enriched: EnrichedShape
    recommendations: list[RecommendationShape]
    candidates: Annotated[list[str], "Ids of the books that the choice was made from."]
    usage: UsageShape
    timings: Annotated[dict[str, float], "Stage → milliseconds."]
    cost: CostShape
    served_from: Annotated[ServedFrom, "Whether it was made now, or kept from before."]
    created_at: Annotated[str | None, "When it was made: an instant, ISO 8601."]
    bundle: Annotated[str, "Version of the search and recommendation parameters."]
    notice: Annotated[str, "help_lines, generator_unavailable, _busy, _late or _loading, or empty."]
    help_lines: Annotated[list[HelpLineShape], "To be shown above the books; empty without that notice."]


class SentenceShape(TypedDict):
    """One sentence that a model wrote and that the record supports."""

    book_id: str
    part: Annotated[ReasonPart, "The text that it continues; the first of a part replaces what was composed."]
    text: str


class NoticeShape(TypedDict):
    """Something to be said of the answer."""

    notice: Annotated[str, "As in the whole answer."]


RECOMMENDATION_EVENTS: dict[str, type] = {
    "books": RecommendationAnswer,
    "sentence": SentenceShape,
    "book": RecommendationShape,
    "notice": NoticeShape,
    "done": RecommendationAnswer,
}
"""Event → what its data is, in the order in which they come."""
