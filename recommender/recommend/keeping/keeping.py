"""Keeping answers and giving them again: only where nothing that they depend on has changed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from recommender.bundle import Bundle
from recommender.caching.base import Cache
from recommender.caching.factory import Caches
from recommender.engine.base import Engine
from recommender.generation.base import COMPOSED, Generator
from recommender.readers.store import ReaderStore
from recommender.recommend.inquiry import Inquiry, Sought
from recommender.recommend.keeping.deciding import (
    Place,
    asks_only_for_a_reader,
    cache_key,
    parameters_digest,
    place_for,
    reader_revision,
)
from recommender.recommend.keeping.precomputed import PrecomputedAnswers
from recommender.recommend.keeping.records import answer_bytes, answer_from_bytes, digest_of
from recommender.recommend.keeping.values import KeptAnswer, KeptBook, Origin
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import Question, Recommendation, Recommendations, ServedFrom, Usage
from recommender.records import book_from_record
from recommender.search.service import BOOKS


class Keeper(Protocol):
    """Gives an answer again, where that is right."""

    def recall(self, sought: Sought) -> Recommendations | None:
        """The answer that was kept for a question; None where there is none that still holds."""

    def keep(self, inquiry: Inquiry, answer: Recommendations) -> None:
        """Keep an answer, where it may be."""


class ForgetfulKeeper:
    """Keeps nothing: for measuring, where every answer has to be made."""

    def recall(self, sought: Sought) -> Recommendations | None:  # noqa: ARG002 (the protocol's shape)
        """Nothing."""
        return None

    def keep(self, inquiry: Inquiry, answer: Recommendations) -> None:
        """Forget it."""


class AnswerKeeper:
    """Answers of a short while ago in caches, and those made before their readers asked.

    Args:
        engine: where the books are.
        readers: knows pseudonyms.
        caches: for answers of a short while ago.
        precomputed: for answers made before.
        bundle: the parameters that answers are made with.
        generator: who writes them.
        secret: from which keys are made.
        now: this instant.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        readers: ReaderStore,
        caches: Caches,
        precomputed: PrecomputedAnswers,
        bundle: Bundle,
        generator: Generator,
        secret: bytes,
        now: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._readers = readers
        self._caches = caches
        self._precomputed = precomputed
        self._bundle = bundle
        self._parameters = parameters_digest(bundle)
        self._generator = generator
        self._secret = secret
        self._now = now

    def origin(self, context: ReaderContext, catalogue: str) -> Origin:
        """What an answer made now depends on, besides its question."""
        return Origin(self._bundle.version, self._parameters, self._generator.name, catalogue, reader_revision(context))

    def recall(self, sought: Sought) -> Recommendations | None:
        """The same question's answer of a short while ago, else the one made before for whoever asks for a reader only."""
        question = sought.question
        place = place_for(question, sought.heard.danger)
        if question.anew or place is Place.NOWHERE:
            return None
        origin = self.origin(sought.context, sought.catalogue)
        if cached := self._cached(place, question, origin):
            return self._answer(sought, cached, ServedFrom.CACHE)
        if made := self._made_before(question, origin):
            return self._answer(sought, made, ServedFrom.PRECOMPUTED)
        return None

    def keep(self, inquiry: Inquiry, answer: Recommendations) -> None:
        """Keep a whole answer: one that lacks what the next one may have is not."""
        place = place_for(inquiry.question, inquiry.danger)
        if place is Place.NOWHERE or not self.is_whole(answer):
            return
        kept = self.kept(inquiry, answer)
        key = self._key(inquiry.question, self.origin(inquiry.context, inquiry.catalogue))
        self._cache(place).put(key, answer_bytes(kept))

    def is_whole(self, answer: Recommendations) -> bool:
        """Whether nothing went wrong, and the model had its part in it where there is one."""
        has_model = self._generator.name != COMPOSED
        return not answer.notice and not (has_model and answer.recommendations and answer.usage == Usage())

    def kept(self, inquiry: Inquiry, answer: Recommendations) -> KeptAnswer:
        """What is kept of an answer made now."""
        digests = {each.id: digest_of(each.source["record"]) for each in inquiry.candidates.documents}
        return KeptAnswer.of(answer, digests, answer.created_at or self._now())

    def _cached(self, place: Place, question: Question, origin: Origin) -> KeptAnswer | None:
        value = self._cache(place).get(self._key(question, origin))
        return answer_from_bytes(value) if value else None

    def _made_before(self, question: Question, origin: Origin) -> KeptAnswer | None:
        if not asks_only_for_a_reader(question, self._bundle):
            return None
        reader = self._readers.pseudonym(question.reader_id)
        found = self._precomputed.read([reader], question.language).get(reader)
        if found is None or found.size < question.size or found.expires_at <= self._now():
            return None
        return found.answer if _is_same_but_for_the_catalogue(found.origin, origin) else None

    def _answer(self, sought: Sought, kept: KeptAnswer, served_from: ServedFrom) -> Recommendations | None:
        """The answer as it is shown; None where too many of its books are no longer what they were."""
        question = sought.question
        still = self._still_held(kept.books)
        wanted = min(question.size, len(kept.books))
        if len(still) < wanted or not wanted:
            return None
        return Recommendations(
            question=question,
            enriched=sought.enriched,
            recommendations=still[:wanted],
            candidates=kept.candidates,
            usage=kept.usage,
            timings=sought.timings,
            bundle=self._bundle.version,
            method=question.method or self._bundle.recommend.method,
            cost=kept.cost,
            served_from=served_from,
            created_at=kept.created_at,
        )

    def _still_held(self, books: tuple[KeptBook, ...]) -> tuple[Recommendation, ...]:
        """Those whose records are the same as when their reasons were written."""
        documents = self._engine.mget(BOOKS, [book.book_id for book in books], source=["record"]) if books else ()
        records: Mapping[str, Any] = {each.id: each.source["record"] for each in documents if each}
        return tuple(
            Recommendation(
                book_from_record(records[book.book_id]), book.reasons, book.evidence, book.legs, book.generated_by
            )
            for book in books
            if book.book_id in records and digest_of(records[book.book_id]) == book.digest
        )

    def _key(self, question: Question, origin: Origin) -> str:
        reader = self._readers.pseudonym(question.reader_id) if question.reader_id else ""
        return cache_key(question, origin, reader=reader, secret=self._secret)

    def _cache(self, place: Place) -> Cache:
        return self._caches.shared if place is Place.SHARED else self._caches.private


def _is_same_but_for_the_catalogue(made: Origin, now: Origin) -> bool:
    """Whether an answer would be the same today; its books are looked at one by one."""
    return (made.parameters, made.generator, made.revision) == (now.parameters, now.generator, now.revision)
