import json
from pathlib import Path

import pytest

from evaluation.collections.reading import read_collection
from evaluation.collections.values import Collection, Passage
from evaluation.collections.writing import write_collection
from recommender.errors import InputError

CORPUS = (
    '{"_id": "demian", "title": "데미안", "text": "싱클레어가 자기 안의 길을 찾아갑니다."}',
    '{"_id": "almond", "title": "아몬드", "text": "감정을 느끼지 못하는 소년 윤재의 이야기입니다."}',
    '{"_id": "leaflet", "text": "도서관 이용 안내\\n평일에는 아홉 시에 엽니다."}',
)
QUERIES = (
    '{"_id": "q1", "text": "감정을 모르는 소년"}',
    '{"_id": "q2", "text": "자아를 찾는 이야기"}',
    '{"_id": "q3", "text": "공룡"}',
)
QRELS = ("query-id\tcorpus-id\tscore", "q1\talmond\t2", "q1\tdemian\t0", "q2\tdemian\t1")

DOCUMENTS = (
    Passage("demian", "데미안", "싱클레어가 자기 안의 길을 찾아갑니다."),
    Passage("almond", "아몬드", "감정을 느끼지 못하는 소년 윤재의 이야기입니다."),
    Passage("leaflet", "", "도서관 이용 안내\n평일에는 아홉 시에 엽니다."),
)


def folder_of(folder: Path, files: dict[str, tuple[str, ...]]) -> Path:
    shelf = folder / "shelf"
    for name, lines in files.items():
        path = shelf / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return shelf


@pytest.mark.parametrize(
    "files",
    [
        {"qrels.tsv": QRELS},
        {"qrels.tsv": QRELS[1:]},  # without a header
        {"qrels/test.tsv": QRELS, "qrels/train.tsv": ("q3\tdemian\t1",)},  # BEIR's splits: test is for measuring
        {"qrels.tsv": ("q1 0 almond 2", "q1 0 demian -1", "q2 0 demian 1")},  # TREC, spam graded below 0
        {"qrels.tsv": ("q1\talmond\t2.0", "", "q1\tdemian\t0", "q2\tdemian\t1")},  # an empty line, a grade as a decimal
        {"qrels.tsv": tuple(f"{line}\r" for line in QRELS)},  # saved on Windows
    ],
    ids=["header", "no header", "split", "TREC", "decimals", "Windows"],
)
def test_judgements_are_read_however_they_are_written(tmp_path: Path, files: dict[str, tuple[str, ...]]) -> None:
    folder = folder_of(tmp_path, {"corpus.jsonl": CORPUS, "queries.jsonl": QUERIES, **files})

    assert read_collection(folder) == Collection(
        name="shelf",
        documents=DOCUMENTS,
        queries={"q1": "감정을 모르는 소년", "q2": "자아를 찾는 이야기"},
        qrels={"q1": {"almond": 2, "demian": 0}, "q2": {"demian": 1}},
        left_out=1,  # nothing was judged for q3
    )


def test_ids_may_be_numbers_and_called_id(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        {
            "corpus.jsonl": ('{"id": 7, "text": "경도를 재는 시계"}',),
            "queries.jsonl": ('{"id": 1, "text": "시계"}',),
            "qrels.tsv": ("1\t7\t1",),
        },
    )

    collection = read_collection(folder)

    assert (collection.documents, collection.qrels) == ((Passage("7", "", "경도를 재는 시계"),), {"1": {"7": 1}})


def test_dictionaries_of_sentence_transformers_are_read(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        {
            "corpus.jsonl": CORPUS,
            "train_queries.json": (json.dumps({"q1": "감정을 모르는 소년", "q2": "공룡"}, ensure_ascii=False),),
            "train_relevant_docs.json": (json.dumps({"q1": ["almond", "gone"]}),),
        },
    )

    collection = read_collection(folder)

    assert collection.queries == {"q1": "감정을 모르는 소년"}
    assert collection.qrels == {"q1": {"almond": 1, "gone": 1}}
    assert (collection.left_out, collection.absent) == (1, ("gone",))


@pytest.mark.parametrize(
    ("name", "lines", "message"),
    [
        ("corpus.jsonl", ("{broken",), "corpus.jsonl, line 1: '{broken' is no JSON"),
        ("corpus.jsonl", ("[1, 2]",), 'corpus.jsonl, line 1: [1, 2] is no JSON object; put {"_id": …, "text": …}'),
        ("corpus.jsonl", ('{"text": "제목 없는 글"}',), 'corpus.jsonl, line 1: the id is null; give "_id"'),
        ("corpus.jsonl", (*CORPUS, CORPUS[0]), "corpus.jsonl, line 4: the id 'demian' stands in line 1 already"),
        ("corpus.jsonl", ('{"_id": "a", "text": 3}',), 'corpus.jsonl, line 1: "text" is 3; give it as a text'),
        ("corpus.jsonl", ("",), "corpus.jsonl: there is no passage in it"),
        ("queries.jsonl", ('{"_id": "q1", "text": " "}',), "queries.jsonl, line 1: the query is empty"),
        (
            "qrels.tsv",
            ("q1\talmond",),
            "qrels.tsv, line 1: 'q1\\talmond' has 2 columns; write query, passage and grade",
        ),
        ("qrels.tsv", (*QRELS, "q9\talmond\t1"), "qrels.tsv, line 5: there is no query 'q9'; correct the id"),
        ("qrels.tsv", ("q1\talmond\tyes",), "qrels.tsv, line 1: the grade 'yes' is no whole number; write 0"),
        ("qrels.tsv", ("q1\talmond\t0.5",), "the grade '0.5' is no whole number"),
        ("qrels.tsv", ("q1\talmond\t0",), "no query has a relevant passage; check that the ids"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, name: str, lines: tuple[str, ...], message: str) -> None:
    files = {"corpus.jsonl": CORPUS, "queries.jsonl": QUERIES, "qrels.tsv": QRELS, name: lines}

    with pytest.raises(InputError) as caught:
        read_collection(folder_of(tmp_path, files))

    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("corpus.jsonl", "there is no corpus.jsonl in it (found: qrels.tsv, queries.jsonl)"),
        ("queries.jsonl", "there is no queries.jsonl in it"),
        ("qrels.tsv", "there is no qrels.tsv in it"),
    ],
)
def test_a_missing_file_is_named_with_what_is_there(tmp_path: Path, missing: str, message: str) -> None:
    folder = folder_of(tmp_path, {"corpus.jsonl": CORPUS, "queries.jsonl": QUERIES, "qrels.tsv": QRELS})
    (folder / missing).unlink()

    with pytest.raises(InputError, match=r"docs/relevance.md") as caught:
        read_collection(folder)

    assert message in str(caught.value)


def test_text_that_is_no_utf8_is_named_by_its_line(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"corpus.jsonl": CORPUS, "queries.jsonl": QUERIES, "qrels.tsv": QRELS})
    (folder / "queries.jsonl").write_bytes(QUERIES[0].encode() + b"\n" + QUERIES[1].encode("cp949") + b"\n")

    with pytest.raises(InputError, match=r"queries.jsonl, line 2: .* is no UTF-8; save the file as UTF-8"):
        read_collection(folder)


def test_a_sample_is_drawn_by_its_seed_and_keeps_the_order() -> None:
    queries = {f"q{number}": f"질문 {number}" for number in range(100)}
    whole = Collection("shelf", DOCUMENTS, queries, {query_id: {"almond": 1} for query_id in queries})

    drawn = whole.sample(10, seed=7)

    assert list(drawn.queries) == sorted(drawn.queries, key=lambda name: int(name[1:]))
    assert len(drawn.queries) == 10
    assert drawn.qrels.keys() == drawn.queries.keys()
    assert drawn == whole.sample(10, seed=7)
    assert drawn != whole.sample(10, seed=8)
    assert whole.sample(None, seed=7) is whole
    assert whole.sample(100, seed=7) is whole


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    collection = Collection("made", DOCUMENTS, {"q1": "감정을\n모르는 소년"}, {"q1": {"almond": 2, "demian": 0}})

    write_collection(collection, tmp_path / "made")

    assert read_collection(tmp_path / "made") == collection
    with pytest.raises(InputError, match="there is a collection in it already"):
        write_collection(collection, tmp_path / "made")
