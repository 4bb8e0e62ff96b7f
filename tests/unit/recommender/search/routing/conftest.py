from collections.abc import Callable

import pytest

from recommender.search.routing.understanding import understand
from recommender.search.routing.values import Understood
from recommender.text.morphemes import Analyzer

AUTHORS = {"김영하", "한강", "헤르만 헤세", "무라카미 하루키", "Jane Austen"}


class SmallCatalogue:
    """Titles and authors of a few books."""

    titles = ("시험은 빼고", "만화로 보는 3분 철학", "30권의 책으로 읽는 세계사", "813", "짧은 이야기 긴 생각")

    def holds_title(self, text: str, *, whole: bool) -> bool:
        return any(title == text or (not whole and title.startswith(text)) for title in self.titles)

    def holds_author(self, name: str, *, whole: bool) -> bool:
        return name in AUTHORS if whole else any(name in author.split() or name == author for author in AUTHORS)


class NoTitles(SmallCatalogue):
    """A catalogue that holds none of the titles asked for, so that every phrase is read."""

    titles = ()


Understand = Callable[[str], Understood]
Says = Callable[[str], tuple[str, str]]


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(num_workers=1)


@pytest.fixture(scope="session")
def read(analyzer: Analyzer) -> Understand:
    """Takes a query apart, in a catalogue that holds none of these titles."""
    return lambda text: understand(text, analyzer, NoTitles())


@pytest.fixture(scope="session")
def says(read: Understand) -> Says:
    """The words that are left of a query, and what the rest was understood to say: `without=만화; copies=30`."""

    def told(text: str) -> tuple[str, str]:
        understood = read(text)
        return understood.words, "; ".join(f"{route.code}={route.value}" for route in understood.routes)

    return told


@pytest.fixture(scope="session")
def read_beside_titles(analyzer: Analyzer) -> Understand:
    """Takes a query apart in a catalogue that holds a few titles which look like restrictions."""
    return lambda text: understand(text, analyzer, SmallCatalogue())
