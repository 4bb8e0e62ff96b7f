"""What is judged, and what a judge said of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

LOWEST, HIGHEST = 0, 5
"""Grades; the rubric says what each means."""

ID_BYTES = 6
"""Of a hash: among a million questions the chance that two share an id is one in five hundred."""


@dataclass(frozen=True, slots=True)
class ReaderFacts:
    """What a judge is told of the reader who asks; never who it is."""

    read: tuple[str, ...] = ()  # titles, the best rated first, each with its rating
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    avoid_topics: tuple[str, ...] = ()
    disliked_authors: tuple[str, ...] = ()
    style: tuple[str, ...] = ()  # preferred length, complexity, tone, in the reader's own words


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """What somebody asked, as far as a judge has to know it."""

    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)  # question of the intake → what was answered
    language: str = "ko"
    reader: ReaderFacts = field(default_factory=ReaderFacts)

    @property
    def id(self) -> str:
        """The same for the same question by a reader of whom the same is known, in whatever file it stands."""
        return _digest(self.text, dict(sorted(self.answers.items())), self.language, asdict(self.reader))


@dataclass(frozen=True, slots=True)
class JudgedBook:
    """One recommended book: what its record says, and the reasons given."""

    title: str
    book_id: str = ""  # of the catalogue; empty where it holds no such book
    authors: str = ""
    published: str = ""  # publisher and year
    keywords: tuple[str, ...] = ()
    description: str = ""
    why: str = ""
    help: str = ""

    @property
    def is_held(self) -> bool:
        """Whether the catalogue has it."""
        return bool(self.book_id)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one answer took."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What one system answered to one question."""

    system: str  # a name for the table; no judge sees it
    question: JudgedQuestion
    books: tuple[JudgedBook, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)  # method, num_candidates, generator, bundle
    spent: Spent = field(default_factory=Spent)
    failures: tuple[str, ...] = ()  # names of `evaluation.judging.failures`

    @property
    def id(self) -> str:
        """System and question: a system answers a question once."""
        return f"{self.system}/{self.question.id}"

    def item(self, book: JudgedBook) -> str:
        """By which one judgement serves every system that gave the same book for the same reasons."""
        return _digest(self.question.id, book.book_id or [book.title, book.authors], book.why, book.help)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge said of one book of one answer."""

    judge: str
    answer: str  # id of the answer: system/question
    item: str  # id of what was judged; empty for an answer without any book
    book: str = ""  # its id in the catalogue; empty for a book that does not exist
    grade: float | None = None  # 0 to 5; None where it was skipped or taken back
    seconds: float = 0.0
    rubric: str = ""
    skipped: bool = False

    @property
    def is_of_nothing(self) -> bool:
        """Whether the program gave the grade, 0, because there is no such book, or no book at all in the answer."""
        return not self.book

    @property
    def system(self) -> str:
        """Whose answer it is."""
        return self.answer.rpartition("/")[0]

    @property
    def question(self) -> str:
        """Id of the question."""
        return self.answer.rpartition("/")[2]


def _digest(*parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=ID_BYTES).hexdigest()
