"""What a search gives up, step by step, where nothing matches.

First the query is taken for a slip: of the keyboard, then of spelling. Then less of it has to be found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from recommender.bundle import LexicalBundle
from recommender.search.queries import ANY_WORD, Minimums
from recommender.search.results import Relaxation
from recommender.search.retrieval import Lookup
from recommender.text.characters import HANGUL
from recommender.text.keyboard import is_gibberish

Step = tuple[tuple[Relaxation, ...], Lookup]
"""What was given up, and what is then looked for."""

CORRECTIONS = frozenset((Relaxation.KEYBOARD, Relaxation.SPELLING))
"""Steps that look for other words than those typed."""


def relaxations(lookup: Lookup, lexical: LexicalBundle, corrections: Iterable[Step] = ()) -> Iterator[Step]:
    """The search as asked, corrected, less and less strict, and then without its filters.

    Of an ISBN or a call number nothing is given up: another number is another book.

    Args:
        lookup: the search as asked.
        lexical: how much of a query is enough for a misspelt title.
        corrections: the search with its query put right; asked for only where nothing matched as typed.
    """
    may_slip = lookup.lexical and not (lookup.query.is_empty or lookup.query.is_identifier)
    corrected = iter(corrections if may_slip else ())
    if is_gibberish(lookup.query.text):
        yield from corrected  # ㅗㅁㄱ교 would match every 교
    yield (), lookup
    yield from corrected
    refused = lookup.filters.only_exclusions()
    if lookup.filters.also and lookup.filters.also != refused.also and not lookup.query.is_empty:
        lifted = replace(lookup.filters, also=refused.also)
        yield (Relaxation.WITHOUT_LIMITS,), replace(lookup, filters=lifted)
    if lookup.query.is_empty or not lookup.lexical:
        return
    steps = [] if lookup.query.is_identifier else _less_of_it(lookup, lexical)
    yield from steps
    if lookup.filters != refused:
        for relaxed, step in [((), lookup), *steps]:
            yield (*relaxed, Relaxation.WITHOUT_FILTERS), replace(step, filters=refused)


def _less_of_it(lookup: Lookup, lexical: LexicalBundle) -> list[Step]:
    """The query as a misspelt title, and any word of it."""
    any_word = replace(lookup, minimums=Minimums(ANY_WORD, lexical.misspelt_title_minimum))
    steps: list[Step] = [((Relaxation.ANY_WORD,), any_word)]
    if not lookup.query.is_worry and HANGUL.search(lookup.query.text):
        # A sentence is no misspelt title; and pairs of Latin letters are in every title: War and peace, Pride and prejudice.
        misspelt = Minimums(lexical.all_minimum, lexical.misspelt_title_minimum)
        steps.insert(0, ((Relaxation.MISSPELT_TITLE,), replace(lookup, minimums=misspelt)))
    return steps
