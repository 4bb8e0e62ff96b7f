"""What a search gives up, step by step, where nothing matches."""

from collections.abc import Iterator
from dataclasses import replace

from recommender.bundle import LexicalBundle
from recommender.search.queries import ANY_WORD, Minimums
from recommender.search.results import Relaxation
from recommender.search.retrieval import Lookup


def relaxations(lookup: Lookup, lexical: LexicalBundle) -> Iterator[tuple[tuple[Relaxation, ...], Lookup]]:
    """The search as asked, then less and less strict, then the same without its filters."""
    yield (), lookup
    refused = lookup.filters.only_exclusions()
    if lookup.filters.also and lookup.filters.also != refused.also and not lookup.query.is_empty:
        lifted = replace(lookup.filters, also=refused.also)
        yield (Relaxation.WITHOUT_LIMITS,), replace(lookup, filters=lifted)
    if lookup.query.is_empty or not lookup.lexical:
        return
    steps = [((Relaxation.ANY_WORD,), replace(lookup, minimums=Minimums(ANY_WORD, lexical.misspelt_title_minimum)))]
    if not lookup.query.is_worry:  # a sentence is no misspelt title
        misspelt = Minimums(lexical.all_minimum, lexical.misspelt_title_minimum)
        steps.insert(0, ((Relaxation.MISSPELT_TITLE,), replace(lookup, minimums=misspelt)))
    yield from steps
    if lookup.filters != refused:
        for relaxed, step in [((), lookup), *steps]:
            yield (*relaxed, Relaxation.WITHOUT_FILTERS), replace(step, filters=refused)
