import pytest

from recommender.text.kiwi import Morpheme
from recommender.text.morphemes import Analyzer
from recommender.text.names import name_length


def _read(*pieces: tuple[str, str]) -> list[Morpheme]:
    morphemes: list[Morpheme] = []
    start = 0
    for form, tag in pieces:
        morphemes.append(Morpheme(form, tag, start, start + len(form)))
        start += len(form)
    return morphemes


@pytest.mark.parametrize(
    ("pieces", "length"),
    [
        ((("김", "NNP"), ("명", "NNG"), ("남", "NNG")), 3),
        ((("김", "NNP"), ("인구", "NNG")), 3),
        ((("정재", "NNG"), ("승", "NNG")), 3),
        ((("왕", "NNG"), ("은", "JX"), ("철", "NNG")), 3),
        ((("오", "NR"), ("승", "NNB"), ("은", "JX")), 3),
        ((("송경", "NNP"), ("아", "JKV")), 3),
        ((("황", "NNP"), ("윤", "NNP")), 2),
        ((("황", "NNP"), ("윤", "NNP"), ("의", "JKG")), 2),
        ((("혼", "NNG"), ("불", "NNG"), ("은", "JX")), 2),
        ((("현대", "NNG"), ("시", "NNG")), 0),
        ((("이", "MM"), ("사람", "NNG")), 0),
        ((("이", "MM"), ("날", "NNG"), ("은", "JX")), 2),  # a name of two syllables, by mistake: 이날 is found as it is
        ((("강", "NNG"), ("에", "JKB"), ("는", "JX")), 0),
        ((("길", "NNG"), ("은", "JX")), 0),
        ((("이상", "XR"), ("하", "XSA"), ("ᆫ", "ETM")), 0),
        ((("정체", "NNG"), ("성", "XSN")), 0),
        ((("나무", "NNG"), ("꾼", "NNG")), 0),  # 나 is no family name
        ((("황윤", "NNP"),), 0),
    ],
)
def test_names_are_told_from_rows_of_nouns(pieces: tuple[tuple[str, str], ...], length: int) -> None:
    word = "".join(form for form, _ in pieces)
    assert name_length(word, _read(*pieces)) == length


@pytest.mark.parametrize(
    ("document", "query"),
    [
        ("김명남 옮김", "김명남"),
        ("정재승의 과학 콘서트", "정재승"),
        ("최명희 대하소설 혼불", "최명희 혼불"),
        ("천병희", "천병희가 옮긴"),
    ],
)
def test_a_person_is_found_by_the_whole_name(analyzer: Analyzer, document: str, query: str) -> None:
    name = query.split(maxsplit=1)[0].removesuffix("가")
    match = analyzer.query_tokens(query).match
    assert name in match
    assert name in analyzer.document_tokens(document)
    assert not {token for token in match if len(token) == 1}
