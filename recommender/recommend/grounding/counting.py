"""Numbers in a sentence, against those of the record and of the reader's own data."""

import re
from collections.abc import Iterator

from recommender.models import Audience
from recommender.recommend.grounding.facts import Facts, Source
from recommender.recommend.grounding.numbers import Amount, Number, Unit, numbers_in
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind

SMALL_WORDS = 2
"""One and two in words are turns of phrase (한 걸음, 두 사람, one day); in digits they are counts."""

READERS_UNITS = frozenset((Unit.AGE, Unit.AGES, Unit.POINTS, Unit.GRADE, Unit.YEARS, Unit.MONTHS, Unit.WEEKS, Unit.DAYS,
                           Unit.MINUTES, Unit.HOURS, Unit.NONE))  # fmt: skip
"""What a reader may say of themselves; how many pages a book has, a question does not decide."""

_CALL_NUMBER = re.compile(r"(?<![\w.])\d{3}(?:\.\d+)?\s?[가-힣A-Z][\w가-힣]*")
_SHELF = re.compile(r"청구\s?기호|\bcall number\b|\bshelf mark\b", re.IGNORECASE)
_RATING = re.compile(r"별점|평점|점을 (?:주|매|받)|\brated\b|\brating\b|\bgave\b", re.IGNORECASE)


def wrong_numbers(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Numbers that nothing supports with what they count."""
    for number in numbers_in(sentence.text):
        if not _is_turn_of_phrase(number) and not _is_supported(number.amount, facts):
            yield Claim(ClaimKind.NUMBER, sentence.text[number.start : number.end], number.start, number.end)


def wrong_call_numbers(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Shelf marks that no copy has."""
    for match in _CALL_NUMBER.finditer(sentence.text):
        mark = match[0]
        is_mark = "." in mark or bool(_SHELF.search(sentence.text))
        if is_mark and not facts.record.holds(mark) and not _begins_held_mark(mark, facts):
            yield Claim(ClaimKind.NUMBER, mark, *match.span())


def _is_turn_of_phrase(number: Number) -> bool:
    small = number.in_words and number.amount.value <= SMALL_WORDS
    return number.is_advice or (small and number.amount.unit not in (Unit.PAGES, Unit.RANK, Unit.AGE))


def _is_supported(amount: Amount, facts: Facts) -> bool:
    if _holds(amount, facts.record) or _is_told_by_record(amount, facts):
        return True
    return amount.unit in READERS_UNITS and _holds(amount, facts.reader)


def _holds(amount: Amount, source: Source) -> bool:
    if amount in source.amounts:
        return True
    if amount.unit is Unit.NONE:
        return any(amount.value == held.value for held in source.amounts)
    # 『1984』 and "Orwell, 1949" name a year without saying so.
    return amount.unit is Unit.YEAR and Amount(amount.value, Unit.NONE) in source.amounts


def _is_told_by_record(amount: Amount, facts: Facts) -> bool:
    amounts = facts.record.amounts
    if amount.unit is Unit.DECADE:
        return any(held.unit is Unit.YEAR and held.value // 10 * 10 == amount.value for held in amounts)
    if amount.unit is Unit.AGES:
        is_teens = amount.value == 10 and facts.book.audience is Audience.TEENS  # noqa: PLR2004 - 10대
        return is_teens or any(held.unit is Unit.AGE and held.value // 10 * 10 == amount.value for held in amounts)
    return False


def _begins_held_mark(mark: str, facts: Facts) -> bool:
    """813.7 손66아의 자리: a particle hangs on the mark."""
    return any(facts.record.holds(mark[:length]) for length in range(len(mark) - 2, max(4, len(mark) - 4), -1))
