"""Which books of the catalogue a list means: by title and author, as readers' histories are recognised."""

from collections.abc import Iterator, Mapping, Sequence

from evaluation.cases.values import Shelf
from evaluation.judging.asking import Readers, judged_book, judged_question
from evaluation.judging.failures import Failure
from evaluation.judging.lists.chat import NamedBook
from evaluation.judging.lists.reading import BookList, ListedBook
from evaluation.judging.values import JudgedBook, StoredAnswer
from indexer.cleaning.people import parse_people
from indexer.readers.matching import BookMatcher
from indexer.works.keys import maker_names
from recommender.models import Book, HistoryEntry


class ListMatcher:
    """Turns lists into answers; a book that the catalogue does not hold stays in them without an id.

    Args:
        matcher: finds works by title and author.
        books: of the catalogue, by id.
    """

    def __init__(self, matcher: BookMatcher, books: Mapping[str, Book]) -> None:
        self._matcher = matcher
        self._books = books
        self._shelf = Shelf(books.values())

    def answers(self, lists: Sequence[BookList], readers: Readers, *, system: str) -> Iterator[StoredAnswer]:
        """Each list as the answer of a system; the later of two lists for one question is passed over."""
        seen: set[str] = set()
        for each in lists:
            matched = tuple(self._matched(one.book) for one in each.books)
            invented = (Failure.INVENTED,) if any(not book.is_held for book in matched) else ()
            unread = () if matched else (Failure.EMPTY,)
            question = judged_question(each.question, readers)
            if question.id not in seen:
                seen.add(question.id)
                yield StoredAnswer(system, question, matched, failures=(*invented, *unread))

    def grades(self, listed: Sequence[ListedBook]) -> dict[str, float]:
        """Id of a book → its grade, of the graded books that the catalogue holds."""
        found = ((self._matched(one.book).book_id, one.grade) for one in listed)
        return {book_id: grade for book_id, grade in found if book_id and grade is not None}

    def _matched(self, named: NamedBook) -> JudgedBook:
        book_id = self._book_id(named)
        if not book_id:
            return JudgedBook(named.title, authors=named.author, why=named.why, help=named.help)
        return judged_book(self._books[book_id], why=named.why, help_text=named.help)

    def _book_id(self, named: NamedBook) -> str:
        """The work of this title by this author; of this title alone where nobody is named."""
        author = ", ".join(maker_names(parse_people(named.author)))
        (entry,) = self._matcher.matched([HistoryEntry("", named.title, author)])
        return entry.book_id or ("" if author else next(iter(self._shelf.meant(named.title)), ""))
