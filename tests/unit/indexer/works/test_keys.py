import pytest

from indexer.works.keys import name_key, same_name, titles_agree


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("토머스 홉스", "토마스 홉스", True),
        ("프리드리히 니체", "니체", True),
        ("유발 하라리", "유발 노아 하라리", True),
        ("EBS지식채널e제작팀", "EBS 지식채널e 제작진", True),
        ("가브리엘 가르시아 마르케스", "가르시아 마르케스", True),
        ("Arthur Conan Doyle", "Sir Arthur Conan Doyle", True),
        ("김민수", "김민주", False),
        ("김훈", "김영하", False),
        ("토니 모리슨", "최규용", False),
        ("이", "이상", False),
    ],
)
def test_names_are_compared_as_catalogues_vary_them(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert same_name(name_key(one), name_key(other)) is same


def test_a_name_key_leaves_out_what_catalogues_vary_in() -> None:
    assert name_key("D. H. 로렌스") == name_key("D.H.로렌스") == "dh로렌스"
    assert name_key("쓰지 신이치(이규)") == name_key("쓰지신이치")
    assert name_key("Antoine de Saint-Exupéry") == "antoinedesaintexupery"


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("사고외주", "사고외주생각하지않는인간의출현", True),
        ("공정하다는착각", "10대를위한공정하다는착각", True),
        ("해리포터와마법사의돌", "해리포터와마법사의둘", True),
        ("국경전쟁", "얼음공주", False),
    ],
)
def test_titles_under_one_isbn_agree_or_not(one: str, other: str, agree: bool) -> None:  # noqa: FBT001
    assert titles_agree(one, other) is agree
