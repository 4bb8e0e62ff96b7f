"""Reading a librarians' file of recommendation cases: one case a line.

The columns are `query`, `reader`, `answers`, `language`, `best`, `fitting` and `note`. A case needs a query, answers or a
reader, and at least one best book; several books stand in one cell with `|` between them, and so do several answers:
`mood=tired | effect=comfort`. An answer is a code of the five questions or free text.
"""

from pathlib import Path

from evaluation.cases.tables import Row, read_rows
from evaluation.recommending.values import BEST, FITTING, RecommendationCase
from recommender.errors import InputError
from recommender.recommend.intake import FIELDS
from recommender.recommend.values import Intake

LANGUAGES = ("ko", "en")


def read_recommendation_cases(path: Path) -> tuple[RecommendationCase, ...]:
    """Read a file of cases.

    Raises:
        InputError: the file cannot be read, or a row cannot be used; names line, value and what to do.
    """
    seen: dict[str, int] = {}
    cases = []
    for row in read_rows(path, needed=("query", "best")):
        case = _case(row)
        if case.name in seen:
            raise row.wrong("query", case.name, f"was asked in line {seen[case.name]} already", "join the two lines")
        seen[case.name] = case.line
        cases.append(case)
    if not cases:
        raise InputError(
            f"{path}: there is no case below the header; add a line such as 로봇이 나오는 소설<tab>천 개의 파랑 "
            "under the columns query and best"
        )
    return tuple(cases)


def _case(row: Row) -> RecommendationCase:
    case = RecommendationCase(
        line=row.line,
        query=row.query(),
        reader=row.cells.get("reader", "").strip(),
        intake=_intake(row),
        language=_language(row),
        books=_books(row),
    )
    if not case.name:
        raise row.wrong("query", "", "is empty, and there are no answers and no reader", "fill in one of the three")
    return case


def _intake(row: Row) -> Intake:
    said: dict[str, str] = {}
    for answer in row.several("answers"):
        name, _, value = (part.strip() for part in answer.partition("="))
        if name not in FIELDS or not value:
            raise row.wrong(
                "answers", answer, "is no answer", f"write question=answer with one of {', '.join(FIELDS)}: mood=tired"
            )
        if name in said:
            raise row.wrong("answers", answer, f"answers {name} a second time", "keep one of the two")
        said[name] = value
    return Intake(**said)


def _language(row: Row) -> str:
    language = row.cells.get("language", "").strip() or LANGUAGES[0]
    if language not in LANGUAGES:
        raise row.wrong("language", language, "is not known", f"write {' or '.join(LANGUAGES)}, or leave it empty")
    return language


def _books(row: Row) -> dict[str, int]:
    row.text("best")
    best, fitting = row.several("best"), row.several("fitting")
    if twice := next((book for book in fitting if book in best), ""):
        raise row.wrong("fitting", twice, "is among the best as well", "keep it in one of the two")
    return {**dict.fromkeys(fitting, FITTING), **dict.fromkeys(best, BEST)}
