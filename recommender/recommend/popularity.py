"""A wish for what others borrow: "중학생에게 인기 있는 책" asks for loans, not for records that say 인기. Pure."""

import re

_NOT_OF_BOOKS = r"(?![가-힣])(?!\s(?:친구|아이|사람|학생|여자|남자|가수|아이돌|연예인|배우|유튜버|직업))"
_WISH = re.compile(
    rf"인기(?:가|도)?\s?(?:있|많|좋|높)[가-힣]*{_NOT_OF_BOOKS}|인기\s?(?:도서|순위|순)"
    r"|많이(?:들)?\s?(?:읽|빌|대출|찾)[가-힣]*(?:\s(?:간|가는|갔던|본|보는))?|잘\s?나가는|(?:베스트|스테디)\s?셀러(?!\s?작가)"
    r"|\bpopular\b(?=\s(?:books?|novels?|reads?|titles?|stories|comics?|fiction|with|among|at the library|right now)|[?.!]?$)"
    r"|\b(?:most|best)[\s-](?:popular|borrowed|read|loaned|lent)\b|\boften borrowed\b|\bbest-?\s?sell(?:ers?|ing)\b",
    re.IGNORECASE,
)


def wishes_popular(text: str) -> bool:
    """Whether a question asks for books that many borrow."""
    return _WISH.search(text) is not None


def without_wish(text: str) -> str:
    """A text of the same length in which nothing asks for what is popular: no record is the better for the word."""
    return _WISH.sub(lambda found: " " * len(found[0]), text)
