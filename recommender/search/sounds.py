"""What a query in the other script may mean, and which books hold it."""

from dataclasses import dataclass

from recommender.search.filtering import Clause, any_of

SOUND_FIELDS = ("title", "people")

MANY_PARTS = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name, a title or a word as the catalogue writes it."""

    text: str
    tokens: tuple[str, ...]
    title_key: str
    weight: float = 1.0  # 1 for what sounds most like the query, less for the others


@dataclass(frozen=True, slots=True)
class SoundReading:
    """A query in the other script, in parts that are found in titles or among people, each in one of its spellings."""

    parts: tuple[tuple[Spelling, ...], ...]

    @property
    def least_parts(self) -> int:
        """How many parts a book has to hold: of many all but one, which may have been heard wrongly."""
        return len(self.parts) - (len(self.parts) >= MANY_PARTS)


def sound_clause(reading: SoundReading, boost: float = 0.0) -> Clause:
    """Books that hold the parts of a reading, each in a title or a name; at most `boost` for all of them."""
    share = boost / len(reading.parts)
    parts = [any_of([_in_one_field(each, share) for each in part]) for part in reading.parts]
    return {"bool": {"should": parts, "minimum_should_match": reading.least_parts}}


def called_clauses(reading: SoundReading, boost: float) -> list[Clause]:
    """For a reading of one part: books of which that is the whole title, or by somebody of that name."""
    if len(reading.parts) > 1:
        return []
    return [
        {"constant_score": {"filter": {"terms": {field: [each.title_key]}}, "boost": boost * each.weight}}
        for each in reading.parts[0]
        for field in ("title_keys", "people_keys")
    ]


def _in_one_field(spelling: Spelling, boost: float) -> Clause:
    words = " ".join(spelling.tokens)
    held: list[Clause] = [{"match": {field: {"query": words, "operator": "and"}}} for field in SOUND_FIELDS]
    # A compound is not always taken apart in a title as it is alone: 지력혁명.
    held += [{"match": {"title": {"query": spelling.title_key}}}, {"terms": {"title_keys": [spelling.title_key]}}]
    return {"constant_score": {"filter": any_of(held), "boost": boost * spelling.weight}}
