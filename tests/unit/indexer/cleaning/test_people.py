import pytest

from indexer.cleaning.people import parse_people
from recommender.models import Role

A, T, D, E, C = Role.AUTHOR, Role.TRANSLATOR, Role.ILLUSTRATOR, Role.EDITOR, Role.CONTRIBUTOR


@pytest.mark.parametrize(
    ("statement", "people"),
    [
        # a role behind each name
        ("조던 피터슨 지음;김한영 옮김", [("조던 피터슨", A), ("김한영", T)]),
        ("정길선 글,이미정 그림", [("정길선", A), ("이미정", D)]),
        ("한강 [지음]", [("한강", A)]),
        ("위풍 지음 ,권정민 그림", [("위풍", A), ("권정민", D)]),
        ("이상 저", [("이상", A)]),
        # one role for several names
        ("이영희,김동광 [공]옮김", [("이영희", T), ("김동광", T)]),
        ("서덕희;최은영 [공]엮음", [("서덕희", E), ("최은영", E)]),
        ("이재인 글,마우로 에반젤리스타,루이사 자나 그림", [("이재인", A), ("마우로 에반젤리스타", D), ("루이사 자나", D)]),
        ("후카사와나오토;재스퍼 모리슨 지음;박영춘 옮김", [("후카사와나오토", A), ("재스퍼 모리슨", A), ("박영춘", T)]),
        # without "together" the first of two is the author
        ("토머스 홉스;신재일 옮김", [("토머스 홉스", A), ("신재일", T)]),
        # a role before the names
        ("지은이: 백희성", [("백희성", A)]),
        ("글·그림: 몰락인생", [("몰락인생", A)]),
        ("지은이: 랜디 포시;제프리 재슬로; 심은우 옮김", [("랜디 포시", A), ("제프리 재슬로", A), ("심은우", T)]),
        ("지은이: 배창호 외 10인 ;엮은이: 남인영;송아람", [("배창호", A), ("남인영", E), ("송아람", E)]),
        ("송언,그린이: 김유대", [("송언", A), ("김유대", D)]),
        # a role in brackets behind the name, as bookshops write
        ("재레드 다이아몬드 , 강주헌 (옮긴이)", [("재레드 다이아몬드", A), ("강주헌", T)]),
        ("김윤정 (글), EBS <당신의 문해력> 제작팀 (기획)", [("김윤정", A), ("EBS <당신의 문해력> 제작팀", C)]),
        # several roles of one person
        ("허영만 글;그림", [("허영만", A)]),
        ("최승필 쓰고 그림", [("최승필", A)]),
        ("박시백 글·그림", [("박시백", A)]),
        # and others
        ("임형택...[등]엮음", [("임형택", E)]),
        ("박경한 외 옮김", [("박경한", T)]),
        ("임수빈 [외 15인] 지음", [("임수빈", A)]),
        # brackets that cataloguers put around what they supplied
        ("조한성 지음;[최경식 일러스트]", [("조한성", A), ("최경식", D)]),
        ("NHK취재반 [촬영.해설;이명성 역]", [("NHK취재반", C), ("이명성", T)]),
        ("장준하[피전자]김삼웅 [지음]", [("장준하", C), ("김삼웅", A)]),
        ("이어령 [콘텐츠 크리에이터];이동은 글", [("이어령", C), ("이동은", A)]),
        # names alone
        ("Marilynne Robinson", [("Marilynne Robinson", A)]),
        ("Charles Osborne;Agatha Christie", [("Charles Osborne", A), ("Agatha Christie", A)]),
        ("강양구, 권경애, 서민", [("강양구", A), ("권경애", A), ("서민", A)]),
        ("옥한석:서태열:최광용", [("옥한석", A), ("서태열", A), ("최광용", A)]),
        ("김철수·이영희 공저", [("김철수", A), ("이영희", A)]),
        # English statements
        ("by Louis Sachar", [("Louis Sachar", A)]),
        ("[by] Agatha Christie", [("Agatha Christie", A)]),
        ("by Susan Wise Bauer;illustrated by Sarah Park", [("Susan Wise Bauer", A), ("Sarah Park", D)]),
        # family name first
        ("Kinney, Jeff", [("Jeff Kinney", A)]),
        ("하야세, 준 [극화] ;오주원 [번역]", [("하야세 준", D), ("오주원", T)]),
        # somebody named twice is there once, nobody not at all
        ("이영희 지음;이영희,김동광 [공]옮김", [("이영희", A), ("김동광", T)]),
        ("편집부", []),
        ("저자미상", []),
        ("", []),
    ],
)  # fmt: skip
def test_statements_of_responsibility_are_taken_apart(statement: str, people: list[tuple[str, Role]]) -> None:
    assert [(person.name, person.role) for person in parse_people(statement)] == people
