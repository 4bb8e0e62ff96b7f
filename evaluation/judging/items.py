"""What there is to judge in answers: every held book once, however many systems gave it for the same reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judging.values import JudgedBook, JudgedQuestion, Judgement, StoredAnswer


@dataclass(frozen=True, slots=True)
class Item:
    """One book to judge, and all the answers that give it for the same reasons."""

    question: JudgedQuestion
    book: JudgedBook
    id: str
    answers: tuple[str, ...]

    def judgements(
        self, judge: str, grade: float | None, *, seconds: float, rubric: str, skipped: bool = False
    ) -> tuple[Judgement, ...]:
        """The same judgement for each of the answers."""
        return tuple(
            Judgement(judge, answer, self.id, self.book.book_id, grade, round(seconds, 3), rubric, skipped)
            for answer in self.answers
        )


def items_of(answers: Sequence[StoredAnswer]) -> tuple[Item, ...]:
    """Every held book of the answers, each once; what is not held needs no judge."""
    found: dict[str, Item] = {}
    for answer in answers:
        for book in filter(lambda book: book.is_held, answer.books):
            item_id = answer.item(book)
            known = found.get(item_id)
            answered = (*(known.answers if known else ()), answer.id)
            found[item_id] = Item(answer.question, book, item_id, tuple(dict.fromkeys(answered)))
    return tuple(found.values())
