from dataclasses import dataclass, field
from pathlib import Path

import pytest

from training.encoder.corpus import SourceFiles


@dataclass(slots=True)
class Heard:
    """Remembers what a training tells."""

    said: list[str] = field(default_factory=list)
    shown: list[tuple[str, int, int]] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.said.append(line)

    def show(self, phase: str, done: int, total: int) -> None:
        self.shown.append((phase, done, total))


SUBJECTS = [
    ("a man", "한 남자가"), ("a woman", "한 여자가"), ("the boy", "그 소년은"), ("the girl", "그 소녀는"), ("a dog", "개가"),
    ("a cat", "고양이가"),
]  # fmt: skip
ACTIONS = [
    ("is reading a book", "책을 읽고 있다"), ("is playing the guitar", "기타를 치고 있다"), ("is running", "달리고 있다"),
    ("is eating bread", "빵을 먹고 있다"), ("is sleeping", "자고 있다"), ("is watching the sea", "바다를 보고 있다"),
]  # fmt: skip


@pytest.fixture
def source_files(tmp_path: Path) -> SourceFiles:
    """Write a small corpus in the layouts of the real files."""
    pairs = [(f"{who} {does}", f"{wer} {tut}") for who, wer in SUBJECTS for does, tut in ACTIONS]
    judged = ["split\tscore\ten1\tko1\ten2\tko2"]
    for number, (english, korean) in enumerate(pairs[:-1]):
        other_english, other_korean = pairs[number + 1]
        split = "dev" if number % 6 == 0 else "train"
        judged.append(f"{split}\t{number % 6}.0\t{english}\t{korean}\t{other_english}\t{other_korean}")
    files = {
        "judged.tsv": judged,
        "parallel.tsv": [f"news\t오늘 {korean}\ttoday {english}" for english, korean in pairs],
        "paraphrases.txt": [f"0\t0\t{korean} {n}번" for _, korean in pairs[:10] for n in range(10)],
        "questions.csv": [
            "id,qid1,qid2,question1,question2,is_duplicate",
            "1,1,2,책을 어디서 빌려요,책은 어디에서 빌리나요,0",
            "2,3,4,책을 어디서 빌려요,오늘 날씨 어때,1",
        ],
        "reviews.txt": [f"{korean} 정말 좋은 영화" for _, korean in pairs],
        "ko_titles.csv": ["title,author", "고양이와 바다,김철수", "기타 치는 소년,이영희"],
        "en_titles.csv": ["book_id,title", "1,The Cat and the Sea", "2,A Boy with a Guitar"],
    }
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return SourceFiles(
        judged_pairs=tmp_path / "judged.tsv",
        pairs=(tmp_path / "parallel.tsv",),
        paraphrases=tmp_path / "paraphrases.txt",
        question_pairs=tmp_path / "questions.csv",
        korean_texts=(tmp_path / "reviews.txt",),
        korean_titles=(tmp_path / "ko_titles.csv",),
        english_titles=(tmp_path / "en_titles.csv",),
    )
