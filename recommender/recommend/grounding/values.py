"""What checking a text against facts finds."""

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """What a sentence claims that nothing supports."""

    NAME = "name"  # a person, place or firm
    ROLE = "role"  # somebody wrote, translated, illustrated or published it who did not
    TITLE = "title"  # a title between title marks
    QUOTE = "quote"  # words between quotation marks
    NUMBER = "number"  # pages, years, volumes, ages, counts
    ACCLAIM = "acclaim"  # prizes, sales, ranks, fame
    WORK = "work"  # debut, sequel, series, film, true story
    COMPARISON = "comparison"  # better or other than further books
    ENDING = "ending"  # how the story ends
    AVAILABILITY = "availability"  # in or out, and services that no record tells of
    AUDIENCE = "audience"
    LENGTH = "length"
    FORM = "form"  # comic, picture book, novel, poems, essays
    READER = "reader"  # what the reader read, liked or rated
    TONE = "tone"  # warm, funny, sad, where no record says so
    PROMISE = "promise"  # cures and guarantees
    CONTACT = "contact"  # addresses, telephone numbers, prices
    MARKUP = "markup"
    ECHO = "echo"  # the prompt, or talk about it


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim without support, and where it stands: `text[start:end]` of the text that was checked."""

    kind: ClaimKind
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was taken out, with everything in it that nothing supports."""

    sentence: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A text as far as it is supported."""

    kept: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def text(self) -> str:
        """The sentences that stay, as one text."""
        return " ".join(self.kept)

    @property
    def kinds(self) -> tuple[ClaimKind, ...]:
        """For each dropped sentence, the kind of its first claim."""
        return tuple(dropped.claims[0].kind for dropped in self.dropped)
