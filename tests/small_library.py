"""A small real library for tests: real titles, our own descriptions, loaded through the indexer's own documents."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.documents import book_document, tokenise_books
from recommender.bundle import Bundle, load_bundle
from recommender.encoding.live import LiveEncoder, fit_to_catalogue
from recommender.encoding.static import StaticEncoder
from recommender.engine import attachments
from recommender.engine.base import Action, Engine, Operation
from recommender.engine.schema import books_schema
from recommender.generation.base import Generator
from recommender.models import (
    Audience,
    Book,
    CallNumber,
    Depth,
    Effect,
    Form,
    HistoryEntry,
    Holding,
    HoldingStatus,
    Mood,
    Person,
    Preferences,
    Weighted,
)
from recommender.readers.pseudonyms import Pseudonyms
from recommender.readers.store import ReaderStore
from recommender.recommend.service import RecommendService
from recommender.records import content_text
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer


def book(
    book_id: str,
    title: str,
    author: str,
    description: str = "",
    *,
    keywords: str = "",
    moods: Sequence[Mood] = (),
    effects: Sequence[Effect] = (),
    depth: Depth | None = None,
    audience: Audience | None = None,
    form: Form = Form.BOOK,
    language: str = "ko",
    call_number: str = "",
    status: HoldingStatus = HoldingStatus.AVAILABLE,
) -> Book:
    """A book with one copy."""
    return Book(
        id=book_id,
        title=title,
        people=(Person(author),),
        description=description,
        keywords=tuple(keywords.split()),
        moods=tuple(moods),
        effects=tuple(effects),
        depth=depth,
        audience=audience,
        form=form,
        language=language,
        call_number=call_number,
        holdings=(Holding(status, call_number=CallNumber(call_number) if call_number else None),),
    )


BOOKS = (
    book(
        "anxiety", "나는 불안할 때 논어를 읽는다", "판덩",
        "고전을 몰라도 읽히는 쉬운 강의여서, 불안해서 잠이 오지 않는 밤에 몇 쪽씩 읽기 좋습니다.",
        keywords="불안 논어 공자 마음", moods=[Mood.CALM, Mood.COMFORTING], effects=[Effect.COMFORT], depth=Depth.LIGHT,
        call_number="148.3 판24나",
    ),
    book(
        "worry", "걱정도 습관이다", "최명기",
        "일어나지도 않은 일을 미리 걱정하느라 지치는 사람에게 그 버릇을 다루는 법을 알려 줍니다.",
        keywords="걱정 불안 습관", moods=[Mood.WARM], effects=[Effect.COMFORT], depth=Depth.LIGHT, call_number="189 최34걱",
    ),
    book(
        "anxiety-workbook", "불안 극복 문제집", "시험연구회", "불안을 이기는 시험 대비 문제를 모았습니다.",
        keywords="불안 시험 문제집", form=Form.WORKBOOK, call_number="373.4 시94불",
    ),
    book(
        "kitchen", "키친", "요시모토 바나나",
        "할머니를 잃고 혼자 남은 미카게가 부엌 곁에서 잠들며 조금씩 기운을 찾아 갑니다.",
        keywords="상실 가족 음식 치유", moods=[Mood.CALM, Mood.COMFORTING], effects=[Effect.COMFORT, Effect.EMPATHY],
        depth=Depth.LIGHT, call_number="833.6 요58키",
    ),
    book(
        "almond", "아몬드", "손원평", "감정을 느끼지 못하는 소년 윤재가 곤이를 만나 조금씩 달라집니다.",
        keywords="감정 공감 우정 성장", moods=[Mood.HONEST], effects=[Effect.EMPATHY], depth=Depth.IMMERSIVE,
        audience=Audience.TEENS, call_number="813.7 손66아",
    ),
    book(
        "thousand-blues", "천 개의 파랑", "천선란", "경주마를 타던 로봇 콜리가 사람들의 삶을 천천히 바꾸어 놓습니다.",
        keywords="로봇 경주마 우정 SF", moods=[Mood.WARM], effects=[Effect.EMPATHY], depth=Depth.IMMERSIVE,
        call_number="813.7 천54천",
    ),
    book(
        "nine", "나인", "천선란", "식물의 목소리를 듣는 아이가 사라진 사람을 찾아 나섭니다.",
        keywords="식물 외계인 우정 SF", moods=[Mood.MYSTERIOUS], depth=Depth.IMMERSIVE, call_number="813.7 천54나",
    ),
    book(
        "sky-blue", "어떤 물질의 사랑", "천선란", "외계에서 온 존재와 지구인의 우정을 그린 단편을 모았습니다.",
        keywords="우정 외계인 SF 단편", moods=[Mood.WARM], effects=[Effect.EMPATHY], call_number="813.7 천54어",
    ),
    book(
        "farewell", "작별인사", "김영하", "로봇과 인간의 차이를 묻는 소년 철이의 여행을 따라갑니다.",
        keywords="로봇 인간 우정 미래", moods=[Mood.THOUGHTFUL], effects=[Effect.PERSPECTIVE], depth=Depth.DEEP,
        call_number="813.7 김64작",
    ),
    book(
        "robot-war", "로봇 전쟁", "나병철", "로봇이 일으킨 전쟁의 공포를 그립니다.",
        keywords="로봇 전쟁 공포", moods=[Mood.TENSE], depth=Depth.IMMERSIVE, call_number="813.7 나44로",
    ),
    book(
        "norwegian-wood", "노르웨이의 숲", "무라카미 하루키", "친구를 잃은 와타나베의 스무 살을 그립니다.",
        keywords="상실 청춘 사랑", moods=[Mood.MELANCHOLY], effects=[Effect.EMPATHY], depth=Depth.IMMERSIVE,
        call_number="833.6 무62노",
    ),
    book("bare", "토지", "박경리", call_number="813.6 박14토"),
    book("bare-lent", "태백산맥", "조정래", status=HoldingStatus.ON_LOAN, call_number="813.6 조74태"),
    book(
        "holes", "Holes", "Louis Sachar", "Boys at a strange camp dig holes in a funny, clever adventure.",
        keywords="camp friendship treasure", moods=[Mood.WITTY, Mood.ADVENTUROUS], effects=[Effect.ESCAPE],
        depth=Depth.IMMERSIVE, language="en", call_number="843.6 S121h",
    ),
    book(
        "wonder", "Wonder", "R. J. Palacio", "A boy with an unusual face finds friends at a new school.",
        keywords="school kindness friendship", moods=[Mood.WARM], effects=[Effect.EMPATHY], depth=Depth.LIGHT,
        language="en", call_number="843.6 P153w",
    ),
)  # fmt: skip

READER = "2026-0317"
"""Read 아몬드 (liked), 작별인사 (not liked), and 코스모스, which is not held; likes friendship and robots, avoids wars."""

HISTORY = (
    HistoryEntry(
        READER, "아몬드", "손원평", "almond", rating=5.0, note="윤재의 우정", read_on="2026-03-02", genres=("성장",)
    ),
    HistoryEntry(READER, "작별인사", "김영하", "farewell", rating=2.0, read_on="2026-04-11", genres=("SF",)),
    HistoryEntry(READER, "토지", "박경리", rating=4.0, read_on="2026-05-20", genres=("대하소설",)),
)
PREFERENCES = Preferences(
    READER,
    genres=(Weighted("SF", 0.9),),
    authors=("천선란",),
    keywords=("우정", "로봇"),
    avoid_topics=("전쟁",),
    disliked_authors=("무라카미하루키",),
)


class SmallLibrary:
    """The books, one reader, and a service on a real engine.

    Args:
        engine: empty.
        analyzer: shared by tests, because Kiwi takes seconds to load.
        books: what the library holds.
    """

    def __init__(self, engine: Engine, analyzer: Analyzer, books: Sequence[Book] = BOOKS) -> None:
        self.analyzer = analyzer
        self.engine = engine
        self.encoder = LiveEncoder(StaticEncoder.bundled(analyzer), engine)
        self.readers = ReaderStore(self.engine, Pseudonyms(b"a key of a test"), analyzer)
        self._load(books)

    def service(self, generator: Generator, bundle: Bundle | None = None) -> RecommendService:
        """Recommends with a generator."""
        bundle = bundle or load_bundle()
        return RecommendService(
            engine=self.engine,
            search=SearchService(self.engine, self.analyzer, self.encoder, bundle.search),
            readers=self.readers,
            analyzer=self.analyzer,
            encoder=self.encoder,
            generator=generator,
            bundle=bundle,
        )

    def _load(self, books: Sequence[Book]) -> None:
        texts = [content_text(book) for book in books]
        encoder, learnt = fit_to_catalogue(self.encoder, lambda: texts, lambda _: None)
        schema = books_schema(
            encoder=encoder.name,
            dims=encoder.dims,
            analyzer=self.analyzer.fingerprint,
            expected_books=len(books),
        )
        self.engine.create_index("books-20261120t093000", schema)
        for name, content in learnt.items():
            attachments.write(self.engine, "books-20261120t093000", name, content)
        vectors = encoder.encode_documents(texts)
        documents = [
            Operation(Action.INDEX, book.id, book_document(book, tokens, vector))
            for book, tokens, vector in zip(books, tokenise_books(books, self.analyzer), vectors, strict=True)
        ]
        self.engine.bulk("books-20261120t093000", documents, refresh=True)
        self.engine.move_alias("books", "books-20261120t093000")
        pseudonym = self.readers.pseudonym(READER)
        self.readers.write_history([replace(entry, reader_id=pseudonym) for entry in HISTORY])
        self.readers.write_preferences([replace(PREFERENCES, reader_id=pseudonym)])
