import pytest

from recommender.recommend.asking import AskedWord, asked_words, telling_text, tokens_by_weight
from recommender.text.morphemes import Analyzer


@pytest.mark.parametrize(
    ("question", "subjects", "verbs"),
    [
        ("불안해서 잠이 안 올 때 읽을 책", ["불안", "잠"], []),  # every question to a librarian is about reading books
        ("할머니가 돌아가셔서 슬퍼요", ["할머니"], ["돌아가", "슬퍼"]),
        ("중학생이 읽을 만한 우주 과학책 추천해 줘", ["중학생", "우주", "과학"], []),
        ("책 추천해 주세요", [], []),
        ("AI와 코딩", ["AI", "코딩"], []),
        ("I feel lonely and anxious at night", ["lonely", "anxious", "night"], []),
        ("a book about anxiety, please", ["anxiety"], []),  # as written, not its stem "anxieti"
        ("우주, 우주, 우주", ["우주"], []),
        ("", [], []),
    ],
)
def test_the_telling_words_of_a_question(
    analyzer: Analyzer, question: str, subjects: list[str], verbs: list[str]
) -> None:
    words = asked_words(question, analyzer)

    assert [word.word for word in words if word.is_subject] == subjects
    assert [word.word for word in words if not word.is_subject] == verbs


def test_words_carry_their_tokens_and_their_place(analyzer: Analyzer) -> None:
    assert asked_words("초등학생의 anxieties", analyzer) == (
        AskedWord("초등학생", ("초등", "학생"), is_subject=True, start=0),
        AskedWord("anxieties", ("anxieti",), is_subject=True, start=6),
    )


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("불안해서 잠이 안 올 때 읽을 책", "불안해서 잠이"),
        ("새 학교로 전학 왔는데 친구 사귀기가 좋아요", "학교로 전학 친구 사귀기가"),
        ("책 추천해 주세요", "책 추천해 주세요"),  # nothing telling in it: then it is meant as it is
        ("데미안", "데미안"),
    ],
)
def test_the_meaning_of_a_question_is_that_of_its_telling_words(
    analyzer: Analyzer, question: str, telling: str
) -> None:
    assert telling_text(question, asked_words(question, analyzer)) == telling


def test_verbs_count_less_than_nouns() -> None:
    words = [
        AskedWord("할머니", ("할머니",), is_subject=True),
        AskedWord("슬퍼", ("슬프다",), is_subject=False),
        AskedWord("초등학생", ("초등", "학생"), is_subject=True),
        AskedWord("학생", ("학생",), is_subject=True),
    ]

    assert tokens_by_weight(words) == {1.0: ("할머니", "초등", "학생"), 0.4: ("슬프다",)}


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("한국 소설 추천해줘", ["한국", "소설"]),
        ("한국 현대사를 다룬 소설", ["소설"]),
        ("추리소설", ["소설"]),
        ("강아지가 나오는 그림책", ["그림책"]),
        ("학습만화 있나요", ["학습", "만화"]),
        ("소설가가 쓴 에세이", ["에세이"]),
        ("picture books about dogs", ["picture"]),
        ("만화가의 하루", []),
        ("우주", []),
    ],
)
def test_words_for_a_kind_of_book_are_told_apart(analyzer: Analyzer, question: str, forms: list[str]) -> None:
    words = asked_words(question, analyzer)

    assert [word.word for word in words if word.is_form] == forms
    assert {word.weight for word in words if word.is_form} <= {0.3}
