"""Keeping the sentences of a text that the facts support."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from recommender.recommend.grounding.counting import wrong_call_numbers, wrong_numbers
from recommender.recommend.grounding.describing import wrong_audience, wrong_availability, wrong_form, wrong_length
from recommender.recommend.grounding.facts import Facts, squeezed
from recommender.recommend.grounding.feeling import wrong_tone
from recommender.recommend.grounding.names import unknown_names
from recommender.recommend.grounding.quotes import unknown_quotes, unknown_titles
from recommender.recommend.grounding.roles import wrong_roles
from recommender.recommend.grounding.sentences import Reader, Sentence, sentences_of
from recommender.recommend.grounding.values import Checked, Claim, ClaimKind, Dropped
from recommender.recommend.grounding.wordings import claimed_by_wording
from recommender.recommend.instructions import visible

LONGEST_ECHO = 18
"""Letters in a row that a reason may share with the prompt's own words before it counts as repeating them."""

_KEPT = "\ue000"

Rule = Callable[[Sentence, Facts], Iterator[Claim]]


def check(text: str, facts: Facts, reader: Reader) -> Checked:
    """The sentences of a text that claim nothing unsupported, and those taken out with what they claim.

    Only claims that can be checked are: names, titles, quotations, numbers, and the turns of phrase of `wordings` and
    `describing`. Ordinary words are free, so a plot told wrong in ordinary words passes.
    """
    # Normalising makes ’ an apostrophe, and then ‘this’ no quotation.
    text = visible(text.replace("’", _KEPT)).replace(_KEPT, "’")
    kept: list[str] = []
    dropped: list[Dropped] = []
    for sentence in sentences_of(text, reader):
        claims = unsupported(sentence, facts)
        if claims:
            moved = (replace(each, start=each.start + sentence.start, end=each.end + sentence.start) for each in claims)
            dropped.append(Dropped(sentence.text, tuple(moved)))
        else:
            kept.append(sentence.text)
    return Checked(tuple(kept), tuple(dropped))


def unsupported(sentence: Sentence, facts: Facts) -> tuple[Claim, ...]:
    """Every claim of a sentence that the facts do not support, by its place."""
    plain = _without_own_titles(sentence, facts)
    found: Iterable[Claim] = (
        *(claim for rule in ON_ALL for claim in rule(sentence, facts)),
        *(claim for rule in ON_PLAIN for claim in rule(plain, facts)),
    )
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.kind)))


def echoed(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """A run of the prompt's own words."""
    said = squeezed(sentence.text)
    for start in range(len(said) - LONGEST_ECHO + 1):
        run = said[start : start + LONGEST_ECHO]
        if any(run in instruction for instruction in facts.instructions) and not facts.record.holds(run):
            yield Claim(ClaimKind.ECHO, run, 0, len(sentence.text))
            return


def _without_own_titles(sentence: Sentence, facts: Facts) -> Sentence:
    """A sentence in which titles that may be named claim nothing: 『최고의 하루』 is no praise, 『세 권의 책』 no number.

    They are blanked out, so that places stay.
    """
    text = sentence.text
    for title in (facts.book.title, facts.book.subtitle, facts.book.series, *facts.liked_titles):
        if len(title) > 1:
            text = text.replace(title, " " * len(title))
    kept = tuple(part for part in sentence.morphemes if text[part.start : part.end].strip())
    return replace(sentence, text=text, morphemes=kept)


ON_ALL: tuple[Rule, ...] = (unknown_titles, unknown_quotes, wrong_call_numbers, echoed)
ON_PLAIN: tuple[Rule, ...] = (
    unknown_names,
    wrong_roles,
    wrong_numbers,
    claimed_by_wording,
    wrong_availability,
    wrong_audience,
    wrong_length,
    wrong_form,
    wrong_tone,
)
