"""Verifying the live catalogue from end to end, and describing its state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from indexer.checking import SAMPLE, SampledBook, check_sample
from indexer.documents import tokenise_books
from indexer.loading import Analyzer, stored_books
from indexer.rollover import ALIAS
from recommender.encoding.live import LiveEncoder
from recommender.engine.base import Engine
from recommender.engine.schema import check_meta, load_schema
from recommender.errors import SeogaError
from recommender.records import content_text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    ok: bool
    detail: str


class Verifier:
    """Looks at the live generation as its users will."""

    def __init__(self, engine: Engine, analyzer: Analyzer, encoder: LiveEncoder) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._encoder = encoder

    def verify(self) -> Iterator[Finding]:
        """Every finding, one at a time; what cannot be looked at any more after a failure is left out."""
        live = self._engine.aliases().get(ALIAS)
        if live is None or live not in self._engine.indices():
            yield Finding("alias", ok=False, detail="nothing is live; run `python -m indexer books load FILE`")
            return
        yield Finding("alias", ok=True, detail=f"{ALIAS} → {live}")
        built = self._attempt("built with", lambda: self._built_with(live))
        yield built
        yield self._attempt("records", lambda: self._records(live))
        if built.ok:
            yield self._attempt("found again", lambda: self._found_again(live))

    def expectations(self) -> dict[str, object]:
        """What the meta of an index has to say to be searchable by what runs."""
        return {
            "encoder": self._encoder.name,
            "dims": self._encoder.dims,
            "analyzer": self._analyzer.fingerprint,
            "schema": load_schema("books").meta["schema"],
        }

    def _attempt(self, subject: str, look: Callable[[], str]) -> Finding:
        try:
            return Finding(subject, ok=True, detail=look())
        except SeogaError as error:
            return Finding(subject, ok=False, detail=str(error))
        except (KeyError, TypeError, ValueError) as error:
            return Finding(
                subject, ok=False, detail=f"a stored record cannot be read ({error!r}); load the files again"
            )

    def _built_with(self, live: str) -> str:
        check_meta(self._engine, live, self.expectations())
        return f"{self._encoder.name}, {self._encoder.dims} numbers a book; mapping and analyser agree"

    def _records(self, live: str) -> str:
        """Read every record; as many as the index counts, each under its own id."""
        count = self._engine.count(live)
        copies = readable = 0
        for book in stored_books(self._engine, live):
            readable += 1
            copies += book.copies
        if readable != count:
            raise ValueError(f"{count:,} books are counted, {readable:,} could be read")
        return f"{readable:,} books with {copies:,} copies, all readable"

    def _found_again(self, live: str) -> str:
        sample = self._sample(live)
        check_sample(self._engine, live, sample)
        return f"{len(sample)} books found by their own title and by their own meaning"

    def _sample(self, live: str) -> list[SampledBook]:
        every = max(1, self._engine.count(live) // SAMPLE)
        books = list(islice(stored_books(self._engine, live), 0, None, every))
        tokens = tokenise_books(books, self._analyzer)
        vectors = self._encoder.encode_documents([content_text(book) for book in books])
        return [
            SampledBook(book.id, book_tokens.title, vector)
            for book, book_tokens, vector in zip(books, tokens, vectors, strict=True)
        ]
