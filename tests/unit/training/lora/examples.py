"""Pairs of invented books, enough to learn a manner of writing from."""

from recommender.bundle import load_bundle
from recommender.models import Book, Person
from recommender.text.normalization import title_key
from training.lora.questions import enriched_question, read_intake
from training.lora.values import Example, Place

THINGS = ("숲", "바다", "겨울", "골목", "정원", "기차", "등대", "우산", "부엌", "새벽")
MOODS = ("불안함", "지침", "우울함", "설렘", "혼란스러움")


def some_examples(questions: int = 10) -> list[Example]:
    """Two books a question."""
    limits = load_bundle().recommend.enrichment
    examples = []
    for number in range(questions):
        thing, mood = THINGS[number % len(THINGS)], MOODS[number % len(MOODS)]
        intake, _ = read_intake(f"감정: {mood}")
        enriched = enriched_question(f"{thing}이 나오는 책 {number}", intake, limits, language="ko")
        titles = (f"{thing}의 시간 {number}", f"{thing} 일기 {number}")
        examples += [
            Example(
                enriched,
                Book(id=f"corpus:{title_key(title)}", title=title, people=(Person("김하나"),)),
                why=f"{thing} 이야기가 마음을 고요하게 합니다.",
                help="천천히 쉬는 데 도움이 됩니다.",
                language="ko",
                place=Place("pairs.jsonl", number + 1),
                shelf=frozenset(map(title_key, titles)),
            )
            for title in titles
        ]
    return examples
