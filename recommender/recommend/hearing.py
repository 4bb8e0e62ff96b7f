"""What a question and its answers say, before anything is known of who asks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from recommender.recommend.asking import AskedWord, asked_words
from recommender.recommend.genres import genres_in
from recommender.recommend.hints import QUESTION, hints, without_signs
from recommender.recommend.intake import Answer, Meaning, answers
from recommender.recommend.popularity import wishes_popular, without_wish
from recommender.recommend.safety import COMFORT, Danger, danger_in, without_danger
from recommender.recommend.understanding import TOLD_BY_TRAITS, Asked, blanked, preferences_of, read_question
from recommender.recommend.values import Question, TraitKind
from recommender.search.analysis import in_tokens
from recommender.search.request import Filters
from recommender.search.routing.values import Catalogue, Route, merged
from recommender.text.morphemes import Analyzer
from recommender.text.normalization import normalize


@dataclass(frozen=True, slots=True)
class Heard:
    """A question taken apart."""

    question: Question
    text: str  # normalised, without what speaks of danger
    filters: Filters  # what was chosen, and what the words restrict
    asked: tuple[AskedWord, ...] = ()
    answered: tuple[Answer, ...] = ()
    restrictions: tuple[Route, ...] = ()  # with those that the reader took back
    others: tuple[Route, ...] = ()  # what the words only prefer: for whom, by whom, how long
    danger: Danger = Danger.NONE
    wants_popular: bool = False  # asks for what others borrow

    @property
    def said(self) -> str:
        """Everything in the asker's own words, by which they may ask for what is otherwise never suggested."""
        own = (answer.said for answer in self.answered if not answer.is_code)
        return " ".join((self.text, *own, *self.question.edited.added))


class Hearing:
    """Takes questions apart.

    Args:
        analyzer: tells the words of a text.
        catalogue: knows which texts are titles.
    """

    def __init__(self, analyzer: Analyzer, catalogue: Catalogue) -> None:
        self._analyzer = analyzer
        self._catalogue = catalogue

    def hear(self, question: Question) -> Heard:
        """The words, answers, hints and restrictions of a question.

        Where somebody means to die or to be hurt, the dangerous words are not looked for: they would find the books that
        hurt. Comfort is.
        """
        text, said = normalize(question.text), answers(question.intake)
        danger = danger_in(text, *(answer.said for answer in said), *question.edited.added)
        if danger is Danger.MEANT:
            text = without_danger(text)
            said = tuple(answer for answer in said if danger_in(answer.said) is Danger.NONE)
        read = self._read(text, question, question.filters)
        own = {answer: self._read(answer.said, question, Filters()) for answer in said if not answer.is_code}
        understood = [part for answer in said for part in self._meant(answer, own)]
        others = tuple(route for asked in (read, *own.values()) for route in asked.others)
        restrictions = tuple(route for asked in (read, *own.values()) for route in asked.routes)
        first = (COMFORT,) if danger is Danger.MEANT else self._hinted(read.text, (*others, *restrictions))
        return Heard(
            question=question,
            text=text,
            filters=self._all_of(read.filters, [also for asked in own.values() if (also := asked.filters.also)]),
            asked=self._words(blanked(read.text, read.others, TOLD_BY_TRAITS)),
            answered=(*first, *understood),
            restrictions=tuple(
                route for asked in (read, *own.values()) for route in (*asked.routes, *asked.taken_back)
            ),
            others=others,
            danger=danger,
            wants_popular=wishes_popular(read.text),
        )

    def _words(self, text: str) -> tuple[AskedWord, ...]:
        """What of a question is looked for as words."""
        return without_signs(asked_words(without_wish(text), self._analyzer), text)

    def _hinted(self, text: str, routes: tuple[Route, ...]) -> tuple[Answer, ...]:
        """What a question prefers in so many words, and what it hints at besides."""
        told = (
            *preferences_of(routes),
            *(Answer(QUESTION, word, Meaning(genre=genre)) for genre, word in genres_in(text)),
        )
        known = {trait for answer in told if answer.meaning for trait in answer.meaning.traits()}
        return (*told, *(hint for hint in hints(text) if not _says_only(hint, known)))

    def _read(self, text: str, question: Question, filters: Filters) -> Asked:
        return read_question(normalize(text), filters, self._analyzer, self._catalogue, edited=question.edited)

    def _meant(self, answer: Answer, own: dict[Answer, Asked]) -> Iterator[Answer]:
        """An answer as it is; of one in own words the telling words, too, and what they hint at."""
        if answer not in own:
            yield answer
            return
        text = own[answer].text
        words = (word.word for word in asked_words(text, self._analyzer) if word.is_subject)
        yield replace(answer, words=tuple(words))
        for hint in hints(text):
            if hint.meaning != answer.meaning:
                yield replace(answer, meaning=hint.meaning)

    def _all_of(self, filters: Filters, others: list[Filters]) -> Filters:
        """The filters of the question, and what the answers in own words restrict besides."""
        if not others:
            return filters
        limits = [filters.also, *others] if filters.also else others
        return in_tokens(replace(filters, also=merged(limits)), self._analyzer)


def _says_only(hint: Answer, known: set[tuple[TraitKind, str]]) -> bool:
    """Whether a hint adds nothing to what is known: 초등 to "초등학교 3학년이 읽을"."""
    meaning = hint.meaning
    return meaning is not None and not (meaning.korean or meaning.english) and known.issuperset(meaning.traits())
