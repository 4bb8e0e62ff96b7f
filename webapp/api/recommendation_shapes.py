"""The JSON of a recommendation, field by field; the OpenAPI document is made from these declarations."""

from typing import Annotated, TypedDict

from recommender.recommend.grounding import ClaimKind
from recommender.recommend.values import EvidenceCode, ReasonSource, TermSource
from webapp.api.shapes import BookShape, HelpLineShape, LegShape


class IntakeShape(TypedDict, total=False):
    """Answers to the five questions of the mood intake: codes, or free text."""

    mood: str
    effect: str
    occupation: str
    situation: str
    focus: str


class QuestionShape(TypedDict):
    """What was asked; the reader is not repeated."""

    text: str
    intake: IntakeShape
    size: int
    num_candidates: int


class TermShape(TypedDict):
    """One term that enrichment added."""

    text: str
    source: TermSource
    weight: Annotated[float, "0 to 1, against the question's own words."]
    detail: Annotated[str, "The book read, the answer given or the preference stated."]


class EnrichedShape(TypedDict):
    """The reader's own words, and what was added to them."""

    text: str
    terms: list[TermShape]
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


class RecommendationAnswer(TypedDict):
    """The whole answer to a question for recommendations."""

    question: QuestionShape
    enriched: EnrichedShape
    recommendations: list[RecommendationShape]
    candidates: Annotated[list[str], "Ids of the books that the choice was made from."]
    usage: UsageShape
    timings: Annotated[dict[str, float], "Stage → milliseconds."]
    bundle: Annotated[str, "Version of the search and recommendation parameters."]
    notice: Annotated[str, "help_lines, generator_unavailable, or empty."]
    help_lines: Annotated[list[HelpLineShape], "To be shown above the books; empty without that notice."]
