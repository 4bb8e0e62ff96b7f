"""One text in two views: Hangul for Kiwi to read, and the words and numbers of every other script."""

import re
from collections.abc import Iterable, Sequence

from recommender.text.characters import HANJA_RUN, KANA_RUN, LATIN_WORD, NUMBER, hanja_read
from recommender.text.kiwi import Morpheme

# All signs but those of sentences, and those of C++ and C#: behind a bare C, Kiwi takes 과 for a noun.
_SIGNS = re.compile(r"[^\w\s.,!?+#]|_|(?<![A-Za-z+])[+#]")


def readable(surface_text: str) -> str:
    """Write a text as Kiwi reads it best, character for character: Hanja read, and only sentence signs left.

    Brackets, dots and quotation marks become spaces: behind a bracket Kiwi takes 맨큐의 for one unknown noun.
    """
    return _SIGNS.sub(" ", hanja_read(surface_text))


def other_scripts(surface_text: str) -> list[Morpheme]:
    """Find the words in other scripts than Hangul, and the numbers; tags are Kiwi's (SL letters, SN numbers, SH Hanja)."""
    found = [
        Morpheme(match[0], tag, match.start(), match.end())
        for pattern, tag in ((LATIN_WORD, "SL"), (KANA_RUN, "SL"), (NUMBER, "SN"), (HANJA_RUN, "SH"))
        for match in pattern.finditer(surface_text)
    ]
    found.sort(key=lambda morpheme: (morpheme.start, -morpheme.end))
    return [
        morpheme
        for index, morpheme in enumerate(found)
        if not any(earlier.end > morpheme.start for earlier in found[max(0, index - 1) : index])  # the 4 of A4
    ]


def merged(korean: Iterable[Morpheme], others: Sequence[Morpheme]) -> list[Morpheme]:
    """Join both views of a text: what Kiwi says of letters and numbers, it says less well than `other_scripts`."""
    kept = [morpheme for morpheme in korean if morpheme.tag[0] not in "SW" and not morpheme.tag.startswith("UN")]
    return sorted([*kept, *others], key=lambda morpheme: (morpheme.start, morpheme.end)) if others else kept
