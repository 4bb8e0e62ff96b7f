"""A library of some 1,500 records for comparing the engines: real works in invented editions, volumes and copies.

Editions repeat a title, so that many books score alike and the order of ties is put to the test; a few records lack a
year, a subject, a description or a vector, as records do.
"""

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.base import Schema
from recommender.engine.schema import books_schema

DIMS = 48
EDITIONS = 14

WORKS = """
데미안|헤르만 헤세|853|성장 자아 알 새
수레바퀴 아래서|헤르만 헤세|853|성장 학교 시험
싯다르타|헤르만 헤세|853|깨달음 강 수행
나의 라임오렌지나무|조제 마우로 데 바스콘셀로스|879|가난 가족 우정
어린 왕자|앙투안 드 생텍쥐페리|863|우정 별 여우 장미
토지|박경리|813.6|가족 평사리 역사 대하소설
태백산맥|조정래|813.6|분단 역사 대하소설
아리랑|조정래|813.6|일제강점기 역사 대하소설
소년이 온다|한강|813.7|광주 역사 죽음
채식주의자|한강|813.7|폭력 몸 가족
작별하지 않는다|한강|813.7|제주 역사 눈
흰|한강|813.7|죽음 눈 애도
난장이가 쏘아올린 작은 공|조세희|813.6|가난 도시 철거
광장|최인훈|813.6|분단 이념 바다
소나기|황순원|813.6|첫사랑 시골 소년
운수 좋은 날|현진건|813.6|가난 도시 아내
봄봄|김유정|813.6|시골 웃음 혼인
메밀꽃 필 무렵|이효석|813.6|장터 시골 달밤
날개|이상|813.6|도시 방 아내
무정|이광수|813.6|근대 사랑 교육
삼대|염상섭|813.6|가족 근대 돈
엄마를 부탁해|신경숙|813.7|가족 어머니 서울
완득이|김려령|813.7|학교 성장 다문화 웃음
우아한 거짓말|김려령|813.7|학교 따돌림 가족
아몬드|손원평|813.7|감정 성장 우정
페인트|이희영|813.7|부모 면접 미래 성장
시간을 파는 상점|김선영|813.7|시간 학교 우정
위저드 베이커리|구병모|813.7|마법 빵 가족
파과|구병모|813.7|노년 추적 복수
82년생 김지영|조남주|813.7|여성 가족 직장
불편한 편의점|김호연|813.7|서울 이웃 위로
달러구트 꿈 백화점|이미예|813.7|꿈 위로 상점
지구에서 한아뿐|정세랑|813.7|우주 사랑 환경
보건교사 안은영|정세랑|813.7|학교 마법 우정
우리가 빛의 속도로 갈 수 없다면|김초엽|813.7|우주 과학 여성
지구 끝의 온실|김초엽|813.7|식물 재난 미래
천 개의 파랑|천선란|813.7|로봇 말 우정 미래
마당을 나온 암탉|황선미|813.8|닭 모성 자유
나쁜 어린이 표|황선미|813.8|학교 선생님 벌
강아지똥|권정생|813.8|똥 민들레 쓸모
몽실 언니|권정생|813.8|전쟁 가족 가난
엄마 까투리|권정생|813.8|모성 산불 새
괭이부리말 아이들|김중미|813.8|가난 이웃 인천
책 먹는 여우|프란치스카 비어만|853|여우 책 도서관
어린이를 위한 우동 한 그릇|구리 료헤이|833|가난 가족 위로
구름빵|백희나|813.8|빵 구름 가족
알사탕|백희나|813.8|마음 사탕 강아지
장수탕 선녀님|백희나|813.8|목욕탕 선녀 요구르트
백범일지|김구|991.1|독립운동 역사 자서전
난중일기|이순신|911.05|임진왜란 역사 바다 일기
목민심서|정약용|350|정치 백성 조선
열하일기|박지원|816|여행 청나라 조선
삼국유사|일연|911.03|신라 신화 역사
징비록|류성룡|911.05|임진왜란 역사 반성
나의 문화유산답사기|유홍준|981.1|여행 문화재 한국
하늘과 바람과 별과 시|윤동주|811.6|시 별 부끄러움
진달래꽃|김소월|811.6|시 이별 산
님의 침묵|한용운|811.6|시 이별 독립운동
입 속의 검은 잎|기형도|811.7|시 도시 죽음
풀꽃도 꽃이다|조정래|813.7|학교 교육 경쟁
사피엔스|유발 하라리|909|인류 역사 미래
총 균 쇠|재레드 다이아몬드|331.5|인류 역사 지리
코스모스|칼 세이건|443|우주 별 과학
이기적 유전자|리처드 도킨스|476|진화 유전자 과학
침묵의 봄|레이첼 카슨|539|환경 새 농약
종의 기원|찰스 다윈|476|진화 과학 생물
객관성의 칼날|찰스 길리스피|409|과학 역사
정의란 무엇인가|마이클 샌델|340|정의 철학 정치
소크라테스의 변명|플라톤|160|철학 죽음 재판
니코마코스 윤리학|아리스토텔레스|190|철학 행복 덕
논어|공자|148|철학 배움 덕
도덕경|노자|152|철학 자연 길
죽음의 수용소에서|빅터 프랑클|180|의미 심리 전쟁
미움받을 용기|기시미 이치로|180|심리 관계 자유
몰입|미하이 칙센트미하이|180|심리 행복 일
국화와 칼|루스 베네딕트|913|일본 문화
국부론|애덤 스미스|320|경제 시장 돈
자본론|카를 마르크스|320|경제 노동 돈
넛지|리처드 탈러|320|경제 선택 심리
서양미술사|에른스트 곰브리치|609|미술 역사
반 고흐, 영혼의 편지|빈센트 반 고흐|653|미술 편지 가난
월든|헨리 데이비드 소로|844|자연 숲 고독
위대한 개츠비|F. 스콧 피츠제럴드|843|사랑 돈 미국
노인과 바다|어니스트 헤밍웨이|843|바다 노년 물고기
호밀밭의 파수꾼|J. D. 샐린저|843|성장 학교 뉴욕
앵무새 죽이기|하퍼 리|843|정의 차별 성장
동물농장|조지 오웰|843|정치 동물 혁명
1984|조지 오웰|843|정치 감시 미래
멋진 신세계|올더스 헉슬리|843|미래 과학 행복
오만과 편견|제인 오스틴|843|사랑 혼인 영국
제인 에어|샬럿 브론테|843|사랑 고아 영국
폭풍의 언덕|에밀리 브론테|843|사랑 복수 영국
프랑켄슈타인|메리 셸리|843|과학 괴물 고독
셜록 홈즈 전집|아서 코난 도일|843|추리 런던 탐정
그리고 아무도 없었다|애거사 크리스티|843|추리 섬 죽음
해리 포터와 마법사의 돌|J. K. 롤링|843|마법 학교 우정
호빗|J. R. R. 톨킨|843|모험 용 마법
죄와 벌|표도르 도스토옙스키|892.83|죄 벌 구원
카라마조프 가의 형제들|표도르 도스토옙스키|892.83|가족 신 죄
안나 카레니나|레프 톨스토이|892.83|사랑 가족 기차
이방인|알베르 카뮈|863|부조리 태양 죽음
페스트|알베르 카뮈|863|전염병 연대 도시
레 미제라블|빅토르 위고|863|가난 정의 혁명
변신|프란츠 카프카|853|가족 벌레 고독
젊은 베르테르의 슬픔|요한 볼프강 폰 괴테|853|사랑 편지 죽음
모모|미하엘 엔데|853|시간 우정 도시
끝없는 이야기|미하엘 엔데|853|모험 책 용
노르웨이의 숲|무라카미 하루키|833.6|사랑 상실 대학
나미야 잡화점의 기적|히가시노 게이고|833.6|편지 위로 시간
창가의 토토|구로야나기 테츠코|833.6|학교 선생님 전쟁
Pride and Prejudice|Jane Austen|843|love marriage england
Moby Dick|Herman Melville|843|sea whale revenge
Walden|Henry David Thoreau|844|nature solitude forest
The Great Gatsby|F. Scott Fitzgerald|843|love money america
Charlotte's Web|E. B. White|843|friendship pig spider
The Hobbit|J. R. R. Tolkien|843|adventure dragon magic
Silent Spring|Rachel Carson|539|environment birds poison
"""
PUBLISHERS = ("민음사", "문학동네", "창비", "열린책들", "비룡소", "사계절", "문학과지성사", "김영사", "Penguin")
PHRASES = (
    "개정판",
    "큰글자 도서",
    "청소년을 위한",
    "양장본",
    "세계문학전집",
    "한국 문학 전집",
    "그림으로 읽는",
    "필사 노트",
)
MOODS = ("warm", "sad", "tense", "hopeful", "thoughtful", "witty")
AUDIENCES = ("children", "teens", "adults")


def schema() -> Schema:
    """The books' own schema, with short vectors."""
    return books_schema(encoder="contract", dims=DIMS, analyzer="split", expected_books=1_000)


@dataclass(frozen=True, slots=True)
class Work:
    """A line of `WORKS`."""

    title: str
    author: str
    kdc: str
    subjects: str


def works() -> list[Work]:
    return [Work(*line.split("|")) for line in WORKS.strip().splitlines()]


def vocabulary() -> list[str]:
    """Every word of every title, author and subject, the frequent ones as often as they occur."""
    return [word for work in works() for word in f"{work.title} {work.author} {work.subjects}".split()]


def book_ids() -> list[str]:
    """All ids, in the order of the documents and in no order of their own."""
    return [f"b{number * 7919 % 100_003:06d}" for number in range(1, len(works()) * EDITIONS + 1)]


def documents(seed: int = 20261120) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ids and documents, always the same ones for a seed."""
    chance = random.Random(seed)
    ids = iter(book_ids())
    for work in works():
        for edition in range(EDITIONS):
            yield next(ids), _document(chance, work, edition)


def vector(tokens: Sequence[str]) -> NDArray[np.float32]:
    """The direction of a few words, `(DIMS,) float32` of length 1: texts that share words are near each other."""
    total = np.zeros(DIMS)
    for token in tokens:
        total += np.random.default_rng(zlib.crc32(token.encode())).standard_normal(DIMS)
    return (total / np.linalg.norm(total)).astype(np.float32)


def bigrams(text: str) -> str:
    """The pairs of neighbouring characters, as `title_bigrams` holds them."""
    letters = text.replace(" ", "")
    return " ".join(letters[at : at + 2] for at in range(len(letters) - 1))


def _document(chance: random.Random, work: Work, edition: int) -> dict[str, Any]:
    title, author, kdc, subjects = work.title, work.author, work.kdc, work.subjects
    words = subjects.split()
    full_title = _edition_title(chance, title, edition)
    description = " ".join(
        chance.choices([*words, *title.split(), "이야기", "읽는", "우리", "삶", "책"], k=chance.randrange(0, 60))
    )
    publisher = chance.choice(PUBLISHERS)
    language = "en" if title.isascii() and not title.isdigit() else "ko"
    document: dict[str, Any] = {
        "title": full_title,
        "title_bigrams": bigrams(full_title),
        "people": author,
        "people_bigrams": bigrams(author),
        "publisher": publisher,
        "description": description,
        "all": f"{full_title} {author} {publisher} {subjects} {description}",
        "title_keys": [title.replace(" ", "").lower()],
        "title_sort": full_title.lower(),
        "author_names": [author],
        "kdc": kdc,
        "kdc_main": kdc[0] + "00",
        "language": language,
        "available": chance.random() < 0.7,
        "copies": chance.randrange(1, 9),
        "loans": chance.randrange(0, 400),
        "moods": sorted(chance.sample(MOODS, chance.randrange(0, 3))),
        "audience": chance.choice(AUDIENCES),
        "record": {"title": full_title, "holdings": [{"call_number": f"{kdc} {author[:1]}{edition}"}]},
    }
    if chance.random() < 0.9:
        document["year"] = chance.randrange(1952, 2026)
    if chance.random() < 0.9:
        document["subjects"] = subjects
    if chance.random() < 0.97:
        document["vector"] = vector([*full_title.split(), author, *words, f"{publisher}{edition}{title}"])
    return document


def _edition_title(chance: random.Random, title: str, edition: int) -> str:
    if edition < EDITIONS // 3:
        return title  # editions that only their publisher and year tell apart
    if edition < 2 * EDITIONS // 3:
        return f"{title} {edition}"
    return f"{chance.choice(PHRASES)} {title}"
