"""Raw records of preferences → preferences under pseudonyms, or problems."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from indexer.cleaning.values import UnusableValueError, as_text, as_texts
from indexer.problems import Problem
from indexer.readers.ages import read_age_group
from indexer.sources.columns import PREFERENCES, ColumnRecogniser
from indexer.sources.records import RawRecord
from recommender.models import AgeGroup, Preferences, Weighted


class PreferencesCleaner:
    """Turns records into preferences: with or without `{"preferences": …}` around them."""

    def __init__(self, pseudonym: Callable[[str], str], default_reader: str, *, this_year: int) -> None:
        """`default_reader` is whose preferences they are where a file names nobody."""
        self._pseudonym = pseudonym
        self._default_reader = default_reader
        self._this_year = this_year
        self._recogniser = ColumnRecogniser(PREFERENCES)
        self.problems: list[Problem] = []
        self.records = 0

    def preferences(self, records: Iterable[RawRecord | Problem]) -> Iterator[Preferences]:
        """The usable records; what is not is added to `problems`."""
        for record in records:
            self.records += 1
            if isinstance(record, Problem):
                self.problems.append(record)
                continue
            yield self._read(record)

    def _read(self, record: RawRecord) -> Preferences:
        values = {**record.values, **self._renamed(record.values.get("preferences"))}
        values = {**values, **self._renamed(values.get("reading_style"))}
        return Preferences(
            reader_id=self._pseudonym(as_text(record.values.get("reader_id")) or self._default_reader),
            genres=tuple(self._genres(record, values.get("genres"))),
            authors=as_texts(values.get("authors")),
            keywords=as_texts(values.get("keywords")),
            avoid_topics=as_texts(values.get("avoid_topics")),
            disliked_authors=as_texts(values.get("disliked_authors")),
            preferred_length=as_text(values.get("preferred_length")),
            complexity=as_text(values.get("complexity")),
            tone=as_text(values.get("tone")),
            age_group=self._age_group(record, as_text(values.get("age"))),
        )

    def _renamed(self, inner: Any) -> dict[str, Any]:
        """What an object within the record says, by the names of fields."""
        if not isinstance(inner, dict):
            return {}
        keys = list(inner)
        return {field: inner[keys[at]] for at, field in self._recogniser.map(keys).fields.items()}

    def _genres(self, record: RawRecord, value: Any) -> Iterator[Weighted]:
        """`[{"name": …, "weight": …}]`, or names alone; a genre whose weight is none is left out."""
        genres = value if isinstance(value, list) else list(as_texts(value))
        for genre in filter(None, genres):
            try:
                yield _weighted(genre)
            except UnusableValueError as error:
                self._left_out(record, "genres", as_text(genre.get("weight")), str(error))

    def _age_group(self, record: RawRecord, text: str) -> AgeGroup | None:
        try:
            return read_age_group(text, this_year=self._this_year)
        except UnusableValueError as error:
            self._left_out(record, "age", text, str(error))
            return None

    def _left_out(self, record: RawRecord, field: str, value: str, reason: str) -> None:
        self.problems.append(Problem(record.source, record.row, field, value, reason, kept_out=False))


def unique_by_reader(preferences: Sequence[Preferences]) -> list[Preferences]:
    """The last word of each reader."""
    return list({each.reader_id: each for each in preferences}.values())


def _weighted(value: Any) -> Weighted:
    if not isinstance(value, dict):
        return Weighted(as_text(value))
    name, weight = as_text(value.get("name")), value.get("weight", 1.0)
    is_number = isinstance(weight, int | float) and not isinstance(weight, bool)
    if not is_number or not 0 <= weight <= 1:
        raise UnusableValueError(
            f"the weight of {name or 'a genre'} is not a number from 0 to 1; write 0.8 for a genre that is much liked"
        )
    return Weighted(name, float(weight))
