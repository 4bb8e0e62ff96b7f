import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from recommender.errors import InputError
from training.encoder.corpus import AlignedPair, Corpus, SourceFiles, read_corpus


def read(files: SourceFiles, limit: int = 1000) -> Corpus:
    return read_corpus(files, max_korean_texts=limit, seed=3)


def trained_texts(corpus: Corpus) -> set[str]:
    judged = [side for row in corpus.judged for pair in (row.first, row.second) for side in (pair.english, pair.korean)]
    pairs = [side for pair in corpus.pairs for side in (pair.english, pair.korean)]
    groups = [text for group in corpus.paraphrases for text in group]
    return {*judged, *pairs, *groups, *corpus.korean_texts}


def test_nothing_held_out_is_trained_on(source_files: SourceFiles) -> None:
    corpus = read(source_files)
    held = {side for pair in corpus.held_out.judged_domain for side in (pair.english, pair.korean)}
    held |= {side for pair in corpus.held_out.parallel for side in (pair.english, pair.korean)}
    held |= {text for intent in corpus.held_out.intents for text in intent}

    assert AlignedPair("a man is reading a book", "한 남자가 책을 읽고 있다") in corpus.held_out.judged_domain
    assert len(corpus.held_out.intents) == 2
    assert len(corpus.pairs) > 20
    assert not held & trained_texts(corpus)


def test_held_out_sentences_are_known_whatever_their_signs_and_case(source_files: SourceFiles, tmp_path: Path) -> None:
    (tmp_path / "parallel.tsv").write_text(
        "news\t어떤 남자의 독서\tA MAN is reading a book!\nnews\t새로운 문장\tsomething new\n", encoding="utf-8"
    )

    corpus = read(source_files)

    assert "A MAN is reading a book!" not in trained_texts(corpus)
    assert AlignedPair("something new", "새로운 문장") in {*corpus.pairs, *corpus.held_out.parallel}


def test_excluded_sentences_are_not_trained_on(source_files: SourceFiles, tmp_path: Path) -> None:
    (tmp_path / "leaks.txt").write_text("책은 어디에서 빌리나요?\n", encoding="utf-8")

    corpus = read(replace(source_files, excluded=(tmp_path / "leaks.txt",)))

    assert not any("책은 어디에서 빌리나요" in group for group in corpus.paraphrases)
    assert ("책을 어디서 빌려요", "책은 어디에서 빌리나요") in read(source_files).paraphrases


def test_what_nearly_repeats_a_held_out_sentence_is_not_trained_on(source_files: SourceFiles, tmp_path: Path) -> None:
    near = "news\t한 남자가 책을 읽고 있다고\tsomebody reads"
    (tmp_path / "parallel.tsv").write_text(f"{near}\nnews\t새로운 문장\tsomething new\n", encoding="utf-8")

    corpus = read(source_files)

    assert any(pair.korean == "한 남자가 책을 읽고 있다" for pair in corpus.held_out.judged_domain)
    assert "somebody reads" not in trained_texts(corpus)
    assert "something new" in trained_texts(corpus)


def test_a_glossary_is_trained_on_whole(source_files: SourceFiles, tmp_path: Path) -> None:
    words = [f"glossary\t낱말 {number}\tword number {number}" for number in range(200)]
    (tmp_path / "words.tsv").write_text("\n".join(words), encoding="utf-8")

    with_words = read(replace(source_files, glossaries=(tmp_path / "words.tsv",)))

    assert sum(pair.english.startswith("word number") for pair in with_words.pairs) == 200
    assert with_words.held_out == read(source_files).held_out


def test_only_questions_that_mean_the_same_are_paraphrases(source_files: SourceFiles) -> None:
    assert not any("오늘 날씨 어때" in group for group in read(source_files).paraphrases)


def test_running_texts_are_drawn_but_titles_all_kept(source_files: SourceFiles) -> None:
    corpus = read(source_files, limit=5)

    assert len([text for text in corpus.korean_texts if text.endswith("정말 좋은 영화")]) == 5
    assert {"고양이와 바다", "기타 치는 소년"} <= set(corpus.korean_texts)
    assert corpus.english_texts == ("The Cat and the Sea", "A Boy with a Guitar")
    assert corpus == read(source_files, limit=5)


def test_compressed_texts_are_read(source_files: SourceFiles, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "more.txt.gz", "wt", encoding="utf-8") as lines:
        lines.write("눈이 오는 날의 도서관\n")

    corpus = read(replace(source_files, korean_texts=(tmp_path / "more.txt.gz",)))

    assert "눈이 오는 날의 도서관" in corpus.korean_texts


def test_only_the_two_pair_files_are_needed(source_files: SourceFiles) -> None:
    corpus = read(SourceFiles(judged_pairs=source_files.judged_pairs, pairs=source_files.pairs))

    assert corpus.paraphrases == corpus.held_out.intents == corpus.english_texts == ()


@pytest.mark.parametrize(
    ("field", "content", "message"),
    [
        ("judged_pairs", "English,Korean\n", "no row of the form split, score"),
        ("pairs", "\n", "no row of the form source, Korean, English"),
        ("pairs", None, "no such file"),
    ],
)
def test_a_wrong_file_is_named(
    source_files: SourceFiles, tmp_path: Path, field: str, content: str | None, message: str
) -> None:
    path = tmp_path / "wrong.tsv"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    wrong = {"judged_pairs": path} if field == "judged_pairs" else {"pairs": (path,)}
    with pytest.raises(InputError, match=rf"wrong\.tsv: {message}"):
        read(replace(source_files, **wrong))
