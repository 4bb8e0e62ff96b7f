"""A few hundred bodies of the kinds that the application sends, made by chance from the words of the catalogue."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.contract import catalogue

Body = dict[str, Any]

SCORED = {"title": 5.0, "people": 3.0, "subjects": 2.0, "description": 1.0, "publisher": 0.5}
MINIMUMS = (1, 2, "50%", "75%", "-1", "-25%", "2<75%", "3<90% 6<-2", "100%")
FACETS: Body = {
    "kdc_main": {"terms": {"field": "kdc_main", "size": 10}},
    "language": {"terms": {"field": "language", "size": 5}},
    "available": {"terms": {"field": "available", "size": 2}},
    "moods": {"terms": {"field": "moods", "size": 3}},
    "years": {"terms": {"field": "year", "size": 8, "order": {"_key": "desc"}}},
    "copies": {"terms": {"field": "copies", "size": 4}},
    "authors": {"terms": {"field": "author_names", "size": 6}},
    "decades": {"histogram": {"field": "year", "interval": 10, "min_doc_count": 1}},
    "loans": {"stats": {"field": "loans"}},
}


def lexical(count: int, seed: int) -> Iterator[Body]:
    """Bodies whose hits are ordered by score."""
    chance = random.Random(seed)
    kinds: tuple[Callable[[random.Random], Body], ...] = (_application, _application, _single_match, _nested, _constant)
    for _ in range(count):
        yield {"query": chance.choice(kinds)(chance), "size": chance.choice((10, 20, 100)), **_page(chance)}


def dense(count: int, seed: int) -> Iterator[Body]:
    """Bodies that look for the neighbours of a vector, half of them under a filter."""
    chance = random.Random(seed)
    for number in range(count):
        knn: Body = {
            "field": "vector",
            "query_vector": catalogue.vector(_words(chance, 4)),
            "k": 50,
            "num_candidates": 200,
        }
        if number % 2:
            knn["filter"] = _filters(chance) or [{"term": {"available": True}}]
        yield {"knn": knn, "size": 50}


def sorted_by_field(count: int, seed: int) -> Iterator[Body]:
    """Bodies with an order of their own."""
    chance = random.Random(seed)
    for _ in range(count):
        field = chance.choice(("year", "title_sort", "loans", "copies", "id", "available"))
        order = {field: {"order": chance.choice(("asc", "desc"))}}
        yield {"query": _application(chance), "sort": [order, {"id": {"order": "asc"}}], "size": 50, **_page(chance)}


def filters(count: int, seed: int) -> Iterator[Body]:
    """Queries in filter context, for counting and scanning."""
    chance = random.Random(seed)
    for _ in range(count):
        yield {"bool": {"filter": _filters(chance), "must_not": _filters(chance)[:1]}}


def _application(chance: random.Random) -> Body:
    words = _words(chance, chance.randrange(1, 6))
    text = " ".join(words)
    match = [
        {"constant_score": {"filter": {"terms": {"title_keys": [text.replace(" ", "")]}}, "boost": 0.0}},
        {"match": {"all": {"query": text, "minimum_should_match": chance.choice(MINIMUMS), "boost": 1.0}}},
    ]
    if letters := catalogue.bigrams(text):
        bigrams = {"query": letters, "minimum_should_match": "80%", "boost": 0.3}
        match.append({"match": {"title_bigrams": bigrams}})
    scored = [{"match": {field: {"query": text, "boost": boost}}} for field, boost in SCORED.items()]
    return {
        "bool": {
            "must": [{"bool": {"should": match, "minimum_should_match": 1}}],
            "should": scored,
            "filter": _filters(chance),
        }
    }


def _single_match(chance: random.Random) -> Body:
    field = chance.choice(("all", "title", "description"))
    options: Body = {"query": " ".join(_words(chance, chance.randrange(1, 4)))}
    choice = chance.randrange(3)
    if choice == 0:
        options["operator"] = "and"
    elif choice == 1:
        options["minimum_should_match"] = chance.choice(MINIMUMS)
    return {"match": {field: options}}


def _nested(chance: random.Random) -> Body:
    return {
        "bool": {
            "should": [_single_match(chance) for _ in range(chance.randrange(2, 5))],
            "minimum_should_match": chance.choice(MINIMUMS),
            "must_not": _filters(chance)[:1],
        }
    }


def _constant(chance: random.Random) -> Body:
    return {
        "bool": {
            "must": [{"match_all": {}}],
            "should": [{"constant_score": {"filter": clause, "boost": 2.5}} for clause in _filters(chance)],
            "filter": _filters(chance),
        }
    }


def _filters(chance: random.Random) -> list[Body]:
    year = chance.randrange(1950, 2020)
    ids = catalogue.book_ids()[:: chance.randrange(5, 50)]
    known: list[Body] = [
        {"term": {"available": chance.random() < 0.5}},
        {"terms": {"kdc_main": chance.sample(["100", "300", "800", "900", "400"], 2)}},
        {"range": {"year": {"gte": year, "lt": year + 30}}},
        {"range": {"loans": {"gt": chance.randrange(300)}}},
        {"term": {"language": chance.choice(("ko", "en"))}},
        {"terms": {"moods": chance.sample(catalogue.MOODS, 3)}},
        {"exists": {"field": chance.choice(("year", "moods", "isbn"))}},
        {"prefix": {"title_sort": chance.choice(("나", "지구", "the", "없는제목"))}},
        {"terms": {"copies": [1, 3, 5, 7]}},
        {"bool": {"must_not": [{"ids": {"values": ids}}]}},
        {"bool": {"should": [{"term": {"audience": "teens"}}, {"term": {"kdc": "813.7"}}], "minimum_should_match": 1}},
        {"match": {"description": {"query": " ".join(_words(chance, 3))}}},
    ]
    return chance.sample(known, chance.randrange(0, 3))


def _page(chance: random.Random) -> Body:
    page: Body = {"from": chance.choice((10, 40))} if chance.random() < 0.2 else {}
    return page | {"aggs": FACETS} if chance.random() < 0.4 else page


def _words(chance: random.Random, count: int) -> list[str]:
    """Words that somebody might look for: mostly of one work, sometimes of anything, sometimes misremembered."""
    if chance.random() < 0.7:
        work = chance.choice(catalogue.works())
        words = f"{work.title} {work.author} {work.subjects}".split()
        return chance.sample(words, min(count, len(words)))
    return chance.choices([*catalogue.vocabulary(), "없는낱말"], k=count)
