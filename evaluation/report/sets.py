"""What the report measures: judged collections made from one folder of real data, each with what it is to show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.collections.paraphrases import make_paraphrases
from evaluation.collections.reading import read_collection
from evaluation.collections.sentences import make_sentences
from evaluation.collections.translations import make_translations
from evaluation.collections.values import Collection
from evaluation.relevance.library import passage_book
from recommender.text.morphemes import Analyzer

LITTLE_OVERLAP = 0.5
"""A question is told in other words than its answer if at most this share of its words stands in any relevant passage."""


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """A collection under the name that readers of the report know it by."""

    name: str
    collection: Collection


def question_sets(data: Path, *, limit: int, seed: int) -> Iterator[MeasuredSet]:
    """Questions and passages of one language; what is not in the folder is left out."""
    makers: tuple[tuple[str, str, Callable[[Path], Collection]], ...] = (
        ("Korean welfare questions", "ir/ko_welfare_train", read_collection),
        ("Korean encyclopaedia questions (KorQuAD)", "ir/ko_korquad", read_collection),
        ("English library science (CISI)", "ir/en_cisi", read_collection),
        ("Korean requests in other words (ParaKQC, held out)", "pairs/paraKQC_v1.txt", _paraphrases(seed)),
        (
            "a sentence of a Korean blurb → its book",
            "catalogues/ko_described_books.jsonl",
            lambda path: make_sentences(path, seed=seed, limit=limit),
        ),
        (
            "a sentence of an English blurb → its book",
            "catalogues/en_books.jsonl",
            lambda path: make_sentences(path, seed=seed, limit=limit),
        ),
    )
    for name, place, make in makers:
        if (data / place).exists():
            yield MeasuredSet(name, make(data / place).sample(limit, seed=seed))


def translation_sets(data: Path, *, limit: int, seed: int) -> Iterator[MeasuredSet]:
    """Sentences asked in one language, to be found in the other; none of them was trained on."""
    judged, plain = data / "pairs" / "en_ko_sts.tsv", data / "pairs" / "ko_en.tsv"
    for reverse, direction in ((False, "English → Korean"), (True, "Korean → English")):
        if judged.exists():
            pairs = make_translations(judged, seed=seed, limit=limit, part="dev", reverse=reverse)
            yield MeasuredSet(f"{direction}, STS (dev)", pairs)
        if plain.exists():
            pairs = make_translations(plain, seed=seed, limit=limit, held_out=True, reverse=reverse)
            yield MeasuredSet(f"{direction}, news and Tatoeba (held out)", pairs)


def told_in_other_words(collection: Collection, analyzer: Analyzer) -> Collection:
    """Only the queries of which at most half the words stand in any relevant passage."""
    books = {passage.id: passage_book(passage) for passage in collection.documents}
    relevant = {found for judged in collection.qrels.values() for found, grade in judged.items() if grade > 0}
    known = [book_id for book_id in books if book_id in relevant]
    texts = [f"{books[book_id].title}. {books[book_id].description}" for book_id in known]
    tokens = {book_id: set(held) for book_id, held in zip(known, analyzer.document_tokens_many(texts), strict=True)}

    def overlap(query_id: str) -> float:
        words = set(analyzer.query_tokens(collection.queries[query_id]).match)
        judged = collection.qrels[query_id].items()
        shares = [len(words & tokens[found]) / len(words) for found, grade in judged if grade > 0 and found in tokens]
        return max(shares, default=1.0)

    kept = [query_id for query_id in collection.queries if overlap(query_id) <= LITTLE_OVERLAP]
    return replace(
        collection,
        queries={query_id: collection.queries[query_id] for query_id in kept},
        qrels={query_id: collection.qrels[query_id] for query_id in kept},
    )


def _paraphrases(seed: int) -> Callable[[Path], Collection]:
    return lambda path: make_paraphrases(path, seed=seed)
