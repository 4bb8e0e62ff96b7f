import pytest

from recommender.text.titles import ParsedTitle, parse_title


@pytest.mark.parametrize(
    "title",
    [
        "1984",
        "7년의 밤",
        "82년생 김지영",
        "트렌드 코리아 2022",
        "처음 만나는 스페인 이야기 37",
        "광장 / 구운몽",
        "여성의 삶을 바꾼 책 50권",
        "인간의 상과 신의 상",
        "우승(優勝) 열패(劣敗)의 신화",
        "Dr. X",
        "총, 균, 쇠",
        "4·19 혁명",
        "첫째 딸로 태어나고 싶지는 않았지만",
        "강남역 10번 출구, 1004개의 포스트잇",
        "일기 1895. 1. 1",
        "?!",
    ],
)
def test_a_plain_title_is_left_alone(title: str) -> None:
    assert parse_title(title) == ParsedTitle(title)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("(청소년을 위한)논어", ParsedTitle("논어", remark="청소년을 위한")),
        (
            "(박시백의) 조선왕조실록. 20: 망국 : 오백 년",
            ParsedTitle("조선왕조실록", "망국 : 오백 년", "박시백의", None, "20"),
        ),
        ("(The)Giver", ParsedTitle("The Giver")),
        ("(L')étranger", ParsedTitle("L'étranger")),
        ("[세트] 만화로 보는 사피엔스 - 전3권", ParsedTitle("만화로 보는 사피엔스", "전3권", "세트")),
        ("궤도의 과학 허세 (리커버판, 양장)", ParsedTitle("궤도의 과학 허세", remark="리커버판, 양장")),
        ("11/22/63 (Paperback)", ParsedTitle("11/22/63", remark="Paperback")),
        ("날개 (리커버) - 이상 시 소설 선집", ParsedTitle("날개", "이상 시 소설 선집", "리커버")),
        ("Catching Fire (The Hunger Games, #2)", ParsedTitle("Catching Fire", None, "The Hunger Games", None, "2")),
        (
            "Beyond Exile (Day by Day Armageddon,# 2)",
            ParsedTitle("Beyond Exile", None, "Day by Day Armageddon", None, "2"),
        ),
        ("데미안 = Demian : 소설", ParsedTitle("데미안", "소설", None, "Demian")),
        ("라이프 트렌드 2022 = ,Life trend : 전망", ParsedTitle("라이프 트렌드 2022", "전망", None, "Life trend")),
        ("설국열차: 2권 선발대", ParsedTitle("설국열차", "2권 선발대")),
        ("꽃과 나비 : 2010.8.9-8.26", ParsedTitle("꽃과 나비", "2010.8.9-8.26")),
        ("토지 / 박경리 지음", ParsedTitle("토지")),
        ("Emma / by Jane Austen", ParsedTitle("Emma")),
    ],
)
def test_remarks_subtitles_parallel_titles_and_responsibility(statement: str, expected: ParsedTitle) -> None:
    assert parse_title(statement) == expected


@pytest.mark.parametrize(
    ("statement", "title", "volume"),
    [
        ("Diary of a Wimpy Kid. 1", "Diary of a Wimpy Kid", "1"),
        ("조선왕조실록. 09: 인종, 명종실록", "조선왕조실록", "9"),
        ("트렌드 코리아 2025. [10]", "트렌드 코리아 2025", "10"),
        ("해리포터. 7-1: 죽음의 성물", "해리포터", "7-1"),
        ("한어수평고시. [2-2]: 시간적응 훈련편", "한어수평고시", "2-2"),
        ("삼국지. 제6권: 다 모인 108영웅", "삼국지", "6"),
        ("젊은작가상 수상작품집. 제14회(2023)", "젊은작가상 수상작품집", "14"),
        ("스토리북. Vol.6: 컴퓨터공학과", "스토리북", "6"),
        ("한시 속의 새 그림 속의 새. 둘째권", "한시 속의 새 그림 속의 새", "2"),
        ("황토 기행. 첫째 권: 북경에서", "황토 기행", "1"),
        ("화엄경강의. 중", "화엄경강의", "중"),
        ("신과 함께. 上: 저승편", "신과 함께", "상"),
        ("둥지 속의 날개. (하)", "둥지 속의 날개", "하"),
        ("토지. 상·중·하", "토지", "상·중·하"),
        ("화예. [I]", "화예", "I"),
        ("토지 v.3", "토지", "3"),
        ("토지 제2권", "토지", "2"),
        ("여명 135년 48,701일. 8: 1895. 1. 1 ~ 1901. 12. 31", "여명 135년 48,701일", "8"),
        ("우리 역사 이야기 3 : 8.15에서 6월민주항쟁까지. 3", "우리 역사 이야기", "3"),
        ("Love Hina, Vol. 01", "Love Hina", "1"),
        ("Wild Ones, Vol. 1 (Wild Ones, #1)", "Wild Ones", "1"),
        ("아르센 뤼팽 전집. .3: 기암성", "아르센 뤼팽 전집", "3"),
        ("수의사. Episode 2", "수의사", "2"),
    ],
)
def test_volumes_are_cut_off_and_written_one_way(statement: str, title: str, volume: str) -> None:
    parsed = parse_title(statement)
    assert (parsed.title, parsed.volume) == (title, volume)
