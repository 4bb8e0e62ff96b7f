"""One answer while it is being made: what a generator is asked for it, and what comes of what the generator says."""

from collections.abc import Iterable, Iterator, Sequence

from recommender.bundle import GenerationBundle, Method
from recommender.engine.base import Document
from recommender.generation.base import Choice, ChoiceTask, Listing, Piece, Prompt, WritingTask, Written
from recommender.generation.debiasing import turned_orders
from recommender.models import Book
from recommender.recommend.choosing import chosen
from recommender.recommend.composing import compose_reasons, evidence_sentences
from recommender.recommend.drafting import Draft, Pick
from recommender.recommend.evidence import gather
from recommender.recommend.grounding import facts_of
from recommender.recommend.grounding.sentences import Reader
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.profile import profile_lines
from recommender.recommend.prompting import Prompts
from recommender.recommend.prose import says_enough
from recommender.recommend.reasons import Checking, asker_of
from recommender.recommend.updates import Explained, Explanation, ReasonPart, SentenceWritten, Update
from recommender.recommend.values import Recommendation, Usage
from recommender.records import book_from_record

PARTS = tuple(ReasonPart)


class UnfinishedAnswer:
    """The answer to one inquiry.

    Args:
        inquiry: with at least one candidate.
        tuned: how to choose and write.
        reader: takes sentences apart to check them.
    """

    def __init__(self, inquiry: Inquiry, tuned: GenerationBundle, reader: Reader) -> None:
        self.notice = ""
        self._inquiry = inquiry
        self._tuned = tuned
        question = inquiry.question
        known = profile_lines(
            inquiry.enriched, inquiry.context, method=question.method or Method.STAGED, language=question.language
        )
        self._prompts = Prompts(tuned.prompt, question.language, known)
        asker = asker_of(inquiry.enriched, inquiry.context, inquiry.wanted.answers)
        self._checking = Checking(asker, self._prompts.own_words, reader, inquiry.question.language)
        self._books = [book_from_record(document.source["record"]) for document in inquiry.candidates.documents]
        self._picks: list[Pick] = []
        self._recommendations: list[Recommendation] = []
        self._drafts: list[Draft] = []
        self._written: dict[int, Written] = {}
        self._usage = Usage()

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The chosen books, each with what is written of it by now."""
        return tuple(self._recommendations)

    @property
    def explanation(self) -> Explanation:
        """What the answer is by now."""
        return Explanation(self.recommendations, self._usage, self.notice)

    def choice_task(self) -> ChoiceTask:
        """What has to be asked first."""
        count, size = len(self._books), self._inquiry.question.size
        first, *others = turned_orders(count, self._tuned.choice_listings)
        return ChoiceTask(
            self._listed(first),
            blank=None,
            candidates=count,
            size=size,
            listings=tuple(Listing(self._listed(order), order) for order in others),
        )

    def choose(self, choice: Choice) -> None:
        """Take the books that retrieval and the generator together put first."""
        self._usage += Usage(choice.prompt_tokens, choice.completion_tokens)
        self._take(chosen(choice.scores, size=self._inquiry.question.size, weight=self._tuned.choice_weight))

    def choose_first(self) -> None:
        """Take the books that retrieval put first."""
        self._take(range(min(len(self._books), self._inquiry.question.size)))

    def _take(self, places: Iterable[int]) -> None:
        documents = self._inquiry.candidates.documents
        self._picks = [
            self._pick(documents[place], self._books[place], position=position) for position, place in enumerate(places)
        ]
        self._recommendations = [pick.recommendation() for pick in self._picks]

    def writing_tasks(self) -> list[WritingTask]:
        """Two texts a book, why and help, in the order of the books."""
        tasks = []
        for pick in self._picks:
            facts = evidence_sentences(pick.book, pick.evidence, language=self._inquiry.question.language)
            for ask, fallback in ((self._prompts.why, pick.composed.why), (self._prompts.help, pick.composed.help)):
                tasks.append(WritingTask(ask(self._inquiry.enriched, pick.book, facts), fallback, says_enough))
        facts_of_books = [
            facts_of(pick.book, self._checking.asker, self._checking.reader, instructions=self._checking.instructions)
            for pick in self._picks
        ]
        self._drafts = [Draft(self._checking, facts) for facts in facts_of_books for _ in PARTS]
        return tasks

    def hear(self, said: Piece | Written) -> list[Update]:
        """Take what was generated for the writing tasks, and tell what is known by it."""
        place, part = divmod(said.task, len(PARTS))
        book_id = self._picks[place].book.id
        draft = self._drafts[said.task]
        sentences = draft.add(said.text) if isinstance(said, Piece) else draft.rest(said)
        updates: list[Update] = [SentenceWritten(book_id, PARTS[part], sentence) for sentence in sentences]
        if isinstance(said, Written):
            self._written[said.task] = said
            self._usage += Usage(said.prompt_tokens, said.completion_tokens)
            updates += self._finish(place)
        return updates

    def _finish(self, place: int) -> Iterator[Update]:
        """A book whose texts are all there is explained."""
        first = place * len(PARTS)
        texts = [self._written[task] for task in range(first, first + len(PARTS)) if task in self._written]
        if len(texts) == len(PARTS):
            why, help_ = texts
            explained = self._picks[place].explained((why, help_), self._checking, self._drafts[first].facts)
            self._recommendations[place] = explained
            yield Explained(explained)

    def _listed(self, order: Sequence[int]) -> Prompt:
        books = [self._books[place] for place in order]
        return self._prompts.choose(self._inquiry.enriched, books, size=self._inquiry.question.size)

    def _pick(self, document: Document, book: Book, *, position: int) -> Pick:
        inquiry = self._inquiry
        legs = inquiry.candidates.fused.explain(book.id)
        evidence = gather(
            book,
            document.source,
            wanted=inquiry.wanted,
            context=inquiry.context,
            legs=legs,
            is_different=book.id in inquiry.candidates.different,
        )
        composed = compose_reasons(book, evidence, language=inquiry.question.language, position=position)
        return Pick(book, evidence, composed, legs)
