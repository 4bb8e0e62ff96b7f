"""The legs of a collection, kept between runs: what a search for better parameters starts from."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.collections.values import Collection
from evaluation.legs.collecting import collect
from evaluation.legs.storing import fingerprint, kept_legs
from evaluation.legs.values import Legs
from evaluation.relevance.library import library_of, passage_book
from indexer.progress import Progress
from recommender.models import Book
from recommender.settings import Settings


def legs_of(
    collection: Collection,
    settings: Settings,
    *,
    cache: Path,
    progress: Progress,
    books: Sequence[Book] | None = None,
) -> Legs:
    """The legs of all queries over a library that holds the collection's passages, made at most once.

    Args:
        collection: passages and queries.
        settings: engine, encoder and dictionary; the bundle has no part in legs.
        cache: folder in which legs are kept, one file for each of what decides them.
        progress: told how far it is, if they have to be made.
        books: what the passages stand for, where they are more than a title and a text.

    Raises:
        ReplayError: a search has a clause that cannot be replayed.
        EncoderError: the encoder cannot be loaded.
        EngineError: the engine failed.
    """
    key = fingerprint(
        collection, engine=settings.engine, encoder=_encoder_name(settings), dictionary=_dictionary(settings)
    )

    def make() -> Legs:
        held = map(passage_book, collection.documents) if books is None else books
        with library_of(held, settings, cache=cache, progress=progress) as library:
            progress.begin(f"collecting legs of {collection.name}", len(collection.queries))
            return collect(library, collection.queries, advance=progress.advance)

    return kept_legs(cache / "legs" / f"{collection.name}-{key}.npz", make)


def _encoder_name(settings: Settings) -> str:
    """The setting, and of a static encoder's folder the weights that are in it."""
    from recommender.encoding.static import BUNDLED_FOLDER, CARD, weights_digest

    folder = BUNDLED_FOLDER if settings.encoder == "bundled" else Path(settings.encoder)
    return f"{settings.encoder} {weights_digest(folder)}" if (folder / CARD).is_file() else settings.encoder


def _dictionary(settings: Settings) -> str:
    from recommender.text.morphemes import Analyzer

    return Analyzer(settings.user_dictionary).fingerprint
