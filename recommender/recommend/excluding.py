"""What is never suggested to a reader, unless they ask for it in so many words: pure."""

from collections.abc import Callable, Iterator, Mapping

from recommender.models import AgeGroup, Audience, Form, Preferences
from recommender.recommend.candidates import Excluded
from recommender.recommend.hearing import Heard
from recommender.recommend.reader import ReaderContext
from recommender.recommend.safety import Danger
from recommender.recommend.values import TraitKind
from recommender.search.routing.values import RouteCode
from recommender.text.normalization import title_key

TokensOf = Callable[[str], tuple[str, ...]]

AUDIENCE_OF: Mapping[AgeGroup, Audience] = {
    AgeGroup.INFANTS: Audience.PRESCHOOL,
    AgeGroup.PRESCHOOL: Audience.PRESCHOOL,
    AgeGroup.CHILDREN: Audience.CHILDREN,
    AgeGroup.TEENS: Audience.TEENS,
}
"""Age group → for whom its books are made; all others are adults."""

UNSUITABLE: Mapping[Audience, tuple[Audience, ...]] = {
    Audience.PRESCHOOL: (Audience.TEENS, Audience.ADULTS),
    Audience.CHILDREN: (Audience.ADULTS,),
    Audience.TEENS: (Audience.PRESCHOOL, Audience.ADULTS),
    Audience.ADULTS: (Audience.PRESCHOOL,),
}
"""Reader → whose books they do not get. What a record says nothing of is for anybody."""

PICTURE_BOOK_READERS = (Audience.PRESCHOOL, Audience.CHILDREN)
YOUNG = (Audience.PRESCHOOL, Audience.CHILDREN, Audience.TEENS)

GROWN_UP = ("employee", "freelancer", "homemaker", "job_seeker")
"""Occupations of adults; students are of any age."""


def exclusions(heard: Heard, context: ReaderContext, tokens_of: TokensOf) -> Excluded:
    """What a reader has read, does not want or is too young or too old for.

    Args:
        heard: who asks for an author, a topic or other readers' books today wants them today.
        context: what is known of the reader.
        tokens_of: the tokens by which the index holds a text.
    """
    readers = _readers(heard, context.preferences)
    return Excluded(
        book_ids=tuple(entry.book_id for entry in context.history if entry.book_id),
        title_keys=tuple(title_key(entry.title) for entry in context.history if entry.title and not entry.book_id),
        works=frozenset(
            (title_key(entry.title), title_key(entry.author))
            for entry in context.history
            if entry.title and entry.author
        ),
        authors=tuple(_unwanted_authors(heard, context.preferences)),
        topics=tuple(_unwanted_topics(heard, context.preferences, tokens_of)),
        audiences=_unsuitable(readers),
        forms=() if _may_get_picture_books(readers) else (Form.PICTURE_BOOK,),
        gentle_only=heard.danger is Danger.MEANT,
    )


def _unwanted_authors(heard: Heard, preferences: Preferences | None) -> Iterator[str]:
    said = title_key(heard.said)
    for author in preferences.disliked_authors if preferences else ():
        if title_key(author) not in said:
            yield author


def _unwanted_topics(heard: Heard, preferences: Preferences | None, tokens_of: TokensOf) -> Iterator[tuple[str, ...]]:
    """Who avoids 잔인한 장면 and asks for 아름다운 장면 avoids it still: all of a topic has to be said."""
    said = set(tokens_of(heard.said))
    for topic in preferences.avoid_topics if preferences else ():
        tokens = tokens_of(topic)
        if tokens and not set(tokens) <= said:
            yield tokens


def _readers(heard: Heard, preferences: Preferences | None) -> tuple[Audience, ...]:
    """Who is to read: whom the question names, else who asks, as far as that is known."""
    named = [route.value.split(",") for route in heard.others if route.code is RouteCode.READER]
    if named:
        return tuple(Audience(value) for values in named for value in values)
    if preferences and preferences.age_group:
        return (AUDIENCE_OF.get(preferences.age_group, Audience.ADULTS), *_young_readers(heard))
    return (Audience.ADULTS, *_young_readers(heard)) if heard.question.intake.occupation in GROWN_UP else ()


def _young_readers(heard: Heard) -> Iterator[Audience]:
    """To whom a grown-up may want to read: whoever asks for a picture book does."""
    hinted = {trait for answer in heard.answered if answer.meaning for trait in answer.meaning.traits()}
    if (TraitKind.FORM, Form.PICTURE_BOOK) in hinted:
        yield from PICTURE_BOOK_READERS
    yield from (audience for audience in YOUNG if (TraitKind.LEVEL, audience) in hinted)


def _unsuitable(readers: tuple[Audience, ...]) -> tuple[Audience, ...]:
    """Whose books suit none of the readers."""
    for_each = [set(UNSUITABLE[reader]) for reader in readers]
    unsuitable = set.intersection(*for_each) - set(readers) if for_each else set()
    return tuple(audience for audience in Audience if audience in unsuitable)


def _may_get_picture_books(readers: tuple[Audience, ...]) -> bool:
    return not readers or any(reader in PICTURE_BOOK_READERS for reader in readers)
