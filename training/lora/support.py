"""Whether the texts of an example say only what their book's record and the question support."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from recommender.models import HistoryEntry
from recommender.recommend.grounding import Asker, Checked, Facts, check, facts_of
from recommender.recommend.grounding.sentences import Reader
from recommender.recommend.prompting import Prompts
from recommender.recommend.prose import is_worth_showing, tidy
from training.lora.values import Example, Found, Part


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the product would do with a text: it is tidied, and then only supported sentences are shown."""

    tidied: str
    checked: Checked
    language: str

    @property
    def is_tidy(self) -> bool:
        """Whether whole sentences in the language are left."""
        return bool(self.tidied)

    @property
    def is_grounded(self) -> bool:
        """Whether it is tidy and nothing in it is unsupported."""
        return self.is_tidy and not self.checked.dropped

    @property
    def is_shown(self) -> bool:
        """Whether enough of it is supported to be shown instead of the composed text."""
        return is_worth_showing(self.checked.text, self.language)


class Support:
    """Checks texts about examples as the product does.

    Args:
        reader: takes sentences apart.
        prompt: version of the prompts, whose own words must not come back.
    """

    def __init__(self, reader: Reader, prompt: str) -> None:
        self._reader = reader
        self._prompt = prompt
        self._facts: dict[Example, Facts] = {}

    def verdict(self, text: str, example: Example) -> Verdict:
        """What becomes of a text about an example's book."""
        tidied = tidy(text, title=example.book.title, language=example.language)
        checked = check(tidied, self._facts_of(example), self._reader) if tidied else Checked()
        return Verdict(tidied, checked, example.language)

    def supported(self, examples: Iterable[Example]) -> Found:
        """The examples with their sentences that are supported; what is taken out of them is told as problems."""
        found = Found()
        for example in examples:
            self._keep(example, found)
        return found

    def _keep(self, example: Example, found: Found) -> None:
        verdicts = {part: self.verdict(example.text(part), example) for part in Part}
        for part, verdict in verdicts.items():
            wrong = ", ".join(
                f"{claim.kind} {claim.words!r}" for out in verdict.checked.dropped for claim in out.claims
            )
            unsupported = f"the record does not support {wrong}; " if wrong else ""
            if not verdict.is_shown:
                reason = f"{unsupported}no sentence is left that could be shown; write another, or complete the record"
                found.reject(example.place, part, example.text(part), reason)
            elif wrong:
                sentences = " ".join(out.sentence for out in verdict.checked.dropped)
                reason = f"{unsupported}correct the sentence, or complete the record"
                found.leave_out(example.place, part, sentences, reason)
        if all(verdict.is_shown for verdict in verdicts.values()):
            kept = {part: verdict.checked.text for part, verdict in verdicts.items()}
            found.examples.append(replace(example, why=kept[Part.WHY], help=kept[Part.HELP]))

    def _facts_of(self, example: Example) -> Facts:
        if example not in self._facts:
            words = Prompts(self._prompt, example.language).own_words
            self._facts[example] = facts_of(example.book, asker_of(example), self._reader, instructions=words)
        return self._facts[example]


def asker_of(example: Example) -> Asker:
    """The reader as far as the prompt tells of them."""
    enriched = example.enriched
    return Asker(
        question=enriched.text,
        terms=tuple(term.text for term in enriched.terms),
        liked=tuple(HistoryEntry(reader_id="", title=title) for title in enriched.read_books),
    )
