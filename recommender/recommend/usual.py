"""What a reader always reads, by which something different is told from it: pure."""

from recommender.recommend.candidates import Usual
from recommender.recommend.reader import ReaderContext
from recommender.text.normalization import title_key


def usual_of(context: ReaderContext) -> Usual:
    """The classes and subjects of what was liked, and what the reader says they like; empty for nobody."""
    books = [book for book in context.relevant_books if book]
    subjects = {subject for book in books for subject in (*book.keywords, *book.categories)}
    subjects.update(genre for entry in context.history for genre in entry.genres)
    if context.preferences:
        subjects.update(genre.name for genre in context.preferences.genres)
        subjects.update(context.preferences.keywords)
    return Usual(
        classes=frozenset(book.kdc[0] for book in books if book.kdc),
        subjects=frozenset(map(title_key, subjects)),
    )
