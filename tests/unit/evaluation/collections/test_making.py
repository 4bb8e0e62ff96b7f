import json
from collections import Counter
from pathlib import Path

import pytest

from evaluation.collections.paraphrases import make_paraphrases
from evaluation.collections.sentences import make_sentences
from evaluation.collections.translations import make_translations
from recommender.errors import InputError
from training.encoder.corpus import AlignedPair, is_held_out

TOPICS = ("메일", "지도", "날씨", "환율", "기차표", "영화", "식당", "병원", "도서관", "박물관")


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    """Ten intents of ten sayings in the layout of ParaKQC; the fifth and the tenth are held out from training."""
    path = tmp_path / "paraphrases.txt"
    lines = [f"0\t0\t{topic} {number}번째로 묻는 말" for topic in TOPICS for number in range(10)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_of_each_held_out_intent_eight_sayings_ask_for_the_other_two(intents: Path) -> None:
    made = make_paraphrases(intents, seed=3)

    texts = {passage.id: passage.text for passage in made.documents}
    assert Counter(query.split()[0] for query in made.queries.values()) == {"기차표": 8, "박물관": 8}
    for query_id, text in made.queries.items():
        found = [texts[passage] for passage in made.qrels[query_id]]
        assert len(found) == 2
        assert {saying.split()[0] for saying in found} == {text.split()[0]}
        assert text not in texts.values()
    beside = Counter(passage.text.split()[0] for passage in made.documents if passage.id.startswith("other"))
    assert beside == dict.fromkeys(set(TOPICS) - {"기차표", "박물관"}, 1)
    assert made == make_paraphrases(intents, seed=3)
    assert len(make_paraphrases(intents, seed=3, limit=1).queries) == 8


def test_lines_that_are_no_groups_of_ten_are_refused(intents: Path) -> None:
    intents.write_text(intents.read_text(encoding="utf-8") + "0\t0\t하나 더\n", encoding="utf-8")

    with pytest.raises(InputError, match="it has 101 lines, which are no groups of 10"):
        make_paraphrases(intents, seed=0)


PARALLEL = """\
tatoeba\t그 문은 잠겨 있다.\tThe door is locked.
tatoeba\t문이 잠겼어요.\tThe door is locked.
news\t비가 올 것입니다.\tIt will rain.
"""

JUDGED = """\
split\tscore\ten1\tko1\ten2\tko2
train\t4.2\tA man is playing.\t한 남자가 놀고 있다.\tA man plays.\t남자가 논다.
dev\t1.0\tA cat sleeps.\t고양이가 잔다.\tDogs run.\t개들이 달린다.
"""


def test_a_sentence_asks_for_all_its_translations(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(PARALLEL, encoding="utf-8")

    made = make_translations(path, seed=0)
    texts = {passage.id: passage.text for passage in made.documents}
    answers = {made.queries[asked]: [texts[found] for found in grades] for asked, grades in made.qrels.items()}
    assert answers == {
        "The door is locked.": ["그 문은 잠겨 있다.", "문이 잠겼어요."],
        "It will rain.": ["비가 올 것입니다."],
    }

    reverse = make_translations(path, seed=0, part="tatoeba", reverse=True)
    assert list(reverse.queries.values()) == ["그 문은 잠겨 있다.", "문이 잠겼어요."]
    assert [passage.text for passage in reverse.documents] == ["The door is locked."]


def test_judged_rows_give_two_pairs_and_parts_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "sts.tsv"
    path.write_text(JUDGED, encoding="utf-8")

    assert list(make_translations(path, seed=0, part="dev").queries.values()) == ["A cat sleeps.", "Dogs run."]
    assert len(make_translations(path, seed=0, limit=2).queries) == 2
    assert len(make_translations(path, seed=0, limit=2).documents) == 4  # all are there to be found
    with pytest.raises(InputError, match="no pair of sentences with 'test' in the first column is left"):
        make_translations(path, seed=0, part="test")


def test_held_out_pairs_are_those_that_training_leaves_out(tmp_path: Path) -> None:
    pairs = [AlignedPair(f"Sentence number {number}.", f"문장 {number}번.") for number in range(200)]
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"news\t{pair.korean}\t{pair.english}\n" for pair in pairs), encoding="utf-8")

    held = make_translations(path, seed=0, held_out=True)

    assert set(held.queries.values()) == {pair.english for pair in pairs if is_held_out(pair)}
    assert 0 < len(held.queries) < 40


def test_a_line_with_other_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(PARALLEL + "비가 온다\tIt rains\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"pairs.tsv, line 4: .* has 2 columns; write source, Korean and English"):
        make_translations(path, seed=0)


DESCRIBED = (
    {
        "title": "등대지기",
        "author": "조창인",
        "description": "외딴섬의 등대를 지키는 사람이 있습니다. 등대지기는 이 책의 이름이기도 해서 묻는 데 쓰이지 않습니다. "
        "어머니의 기억이 조금씩 지워지는 동안 아들은 비로소 그 사랑을 알아 갑니다. 짧다.",
    },
    {"title": "토지", "author": "박경리", "description": "하동 평사리에서 시작됩니다. 두 문장뿐입니다."},
    {"title": "태백산맥", "author": "조정래"},
)


def test_a_sentence_asks_for_its_book_which_has_lost_it(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    path.write_text("".join(json.dumps(book, ensure_ascii=False) + "\n" for book in DESCRIBED), encoding="utf-8")

    askable = (
        "외딴섬의 등대를 지키는 사람이 있습니다.",
        "어머니의 기억이 조금씩 지워지는 동안 아들은 비로소 그 사랑을 알아 갑니다.",
    )
    asked = set()
    for seed in range(8):
        made = make_sentences(path, seed=seed)
        ((query_id, sentence),) = made.queries.items()
        (book_id,) = made.qrels[query_id]
        book = next(passage for passage in made.documents if passage.id == book_id)
        assert {passage.title for passage in made.documents} == {"등대지기", "토지"}  # every described book
        assert book.title == "등대지기"
        assert sentence not in book.text
        assert "짧다." in book.text
        asked.add(sentence)
    assert asked == set(askable)  # neither the sentence that names the book nor the short one


def test_a_catalogue_without_long_descriptions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.jsonl"
    path.write_text(json.dumps(DESCRIBED[1], ensure_ascii=False) + "\n", encoding="utf-8")

    with pytest.raises(InputError, match="no description has 3 sentences"):
        make_sentences(path, seed=0)
