"""ISBNs as catalogues write them, brought to one form."""

import re

from recommender.text.characters import normalize

# Digits with single hyphens or spaces between them; 10 or 13 of them are an ISBN, if the check digit agrees.
_CANDIDATE = re.compile(r"(?<![0-9])(?:97[89][-\s]?)?(?:[0-9][-\s]?){9}[0-9Xx](?![0-9])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def parse_isbn(text: str) -> str | None:
    """Read the first valid ISBN of a cell, as 13 digits; None where there is none or its check digit is wrong.

    Takes ISBN-10 and 13, hyphens, spaces, full-width digits and what Korean libraries write behind it (`(03810)`, `₩9000`).
    """
    return next(iter(parse_isbns(text)), None)


def parse_isbns(text: str) -> tuple[str, ...]:
    """Every valid ISBN of a cell, each as 13 digits, in order and once: `9788937460449 ; 89-374-6044-2 (set)`."""
    candidates = _CANDIDATE.findall(normalize(text).translate(_DASHES))
    return tuple(dict.fromkeys(isbn for candidate in candidates if (isbn := _as_isbn13(candidate)) is not None))


def isbn_forms(isbn13: str) -> tuple[str, ...]:
    """Every form under which somebody may look an ISBN up: its 13 digits, and the 10 of before 2007 where it has them."""
    from stdnum import isbn

    if not isbn13.startswith("978"):
        return (isbn13,)
    return (isbn13, isbn.to_isbn10(isbn13))


def _as_isbn13(candidate: str) -> str | None:
    from stdnum import exceptions, isbn

    try:
        compact: str = isbn.validate(candidate, convert=True)
    except exceptions.ValidationError:
        return None
    return compact
