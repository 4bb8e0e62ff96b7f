"""Words as they are said, by the examples of the standard pronunciation."""

import pytest

from recommender.text.pronunciation import as_said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("독립문", "동님문"),
        ("종로", "종노"),
        ("왕십리", "왕심니"),
        ("신라", "실라"),
        ("설날", "설랄"),
        ("국물", "궁물"),
        ("꽃망울", "꼰망울"),
        ("같이", "가치"),
        ("굳이", "구지"),
        ("축하", "추카"),
        ("맏형", "마텽"),
        ("놓다", "노타"),
        ("많다", "만타"),
        ("좋아", "조아"),
        ("닭이", "달기"),
        ("읽다", "익다"),
        ("값이", "갑시"),
        ("옷이", "오시"),
        ("부엌", "부억"),
        ("전화", "전화"),
        ("강아지", "강아지"),  # ㅇ does not move over
        ("데미안 (Demian)", "데미안 (Demian)"),
    ],
)
def test_as_said(written: str, said: str) -> None:
    assert as_said(written) == said
