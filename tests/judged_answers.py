"""Answers of two systems to two questions, as `judge answer` stores them: real titles, one book that nobody holds."""

from evaluation.judging.values import JudgedBook, JudgedQuestion, ReaderFacts, Spent, StoredAnswer

ANXIOUS = JudgedQuestion(
    "불안해서 잠이 오지 않아요",
    {"mood": "anxious", "situation": "자기 전 침대에서"},
    "ko",
    ReaderFacts(read=("아몬드 (5/5)", "토지"), genres=("SF",), avoid_topics=("전쟁",)),
)
CAMP = JudgedQuestion("a funny adventure at a camp", language="en")

ANALECTS = JudgedBook(
    "나는 불안할 때 논어를 읽는다", "anxiety", "판덩", "미디어숲, 2022", ("불안", "논어"), "쉬운 강의입니다.",
    "불안을 다룬 책입니다.", "잠이 오지 않는 밤에 몇 쪽씩 읽기 좋습니다.",
)  # fmt: skip
WORRY = JudgedBook("걱정도 습관이다", "worry", "최명기", why="걱정을 다룬 책입니다.", help="버릇을 알아차리게 됩니다.")
KITCHEN = JudgedBook("키친", "kitchen", "요시모토 바나나", why="따뜻한 책입니다.", help="위로가 됩니다.")
INVENTED = JudgedBook("밤의 위로를 배우는 시간", authors="김없음", why="위로가 됩니다.", help="편안해집니다.")
HOLES = JudgedBook("Holes", "holes", "Louis Sachar", why="A clever adventure.", help="You will laugh.")

STAGED = StoredAnswer(
    "staged-system", ANXIOUS, (ANALECTS, WORRY), {"method": "staged", "num_candidates": "20"}, Spent(900, 120, 2.0)
)
DIRECT = StoredAnswer(
    "direct-system",
    ANXIOUS,
    (KITCHEN, ANALECTS, INVENTED),
    {"method": "direct", "num_candidates": "10"},
    Spent(500, 80, 4.0),
    ("invented",),
)
STAGED_CAMP = StoredAnswer("staged-system", CAMP, (HOLES,), STAGED.settings, Spent(700, 60, 1.0))
DIRECT_CAMP = StoredAnswer("direct-system", CAMP, (), DIRECT.settings, Spent(300, 0, 0.5), ("empty",))

ANSWERS = (STAGED, DIRECT, STAGED_CAMP, DIRECT_CAMP)
