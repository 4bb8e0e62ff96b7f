"""The engine without a server: SQLite keeps the documents, tantivy the words, mapped numpy arrays the rest."""

from recommender.engine.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
