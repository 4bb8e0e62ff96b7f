"""The forms in which titles and other texts are stored and compared."""

import re

from recommender.text.characters import HANJA_RUN, fold_latin, hanja_read, normalize
from recommender.text.titles import parse_title

__all__ = ["normalize", "title_bigrams", "title_key", "title_keys", "title_phrases"]

MOST_PHRASED_WORDS = 12
"""Words of a title of which phrases are made: 78 of them, and nobody remembers the thirteenth word."""

LONGEST_PHRASE = 60
"""Letters; a longer one is never typed from memory."""

# 우승(優勝) says one word twice; whoever looks for it types it once.
_GLOSS = re.compile(rf"([가-힣]+)\(({HANJA_RUN.pattern})\)")
_NO_LETTER = re.compile(r"[\W_]+")


def title_key(text: str) -> str:
    """Give the key by which two titles are the same, however they are spaced, punctuated, capitalised or written in Hanja.

    Brackets go and what stands in them stays, but for Hanja that repeat the word before them. A title of nothing but
    signs is its own key.
    """
    written = normalize(text)
    read = fold_latin(hanja_read(_GLOSS.sub(_without_gloss, written)))
    return _NO_LETTER.sub("", read) or written.replace(" ", "").casefold()


def title_keys(text: str) -> tuple[str, ...]:
    """Give every key by which a title statement may be asked for, each once, the most exact first.

    The whole statement, it without the remark in front, the title proper, and the title in the other language:
    `(만화)맨큐의 경제학. 6: 화폐` → 만화맨큐의경제학6화폐, 맨큐의경제학6화폐, 맨큐의경제학.
    """
    parsed = parse_title(text)
    written = normalize(text)
    spellings = (written, _without_remark(written), parsed.title, parsed.parallel_title or "")
    return tuple(dict.fromkeys(title_key(spelling) for spelling in spellings if spelling))


def title_bigrams(text: str) -> list[str]:
    """Each pair of neighbouring letters or digits of a title, spaces and signs left out, once, in order.

    Half-remembered, misspelt and wrongly spaced titles share most of them: 총, 균, 쇠 and 총균쇠 share all.
    A title of one letter gives that letter.
    """
    key = title_key(text)
    return list(dict.fromkeys(key[start : start + 2] for start in range(max(1, len(key) - 1)))) if key else []


def title_phrases(text: str) -> list[str]:
    """Each run of neighbouring words of a title as a title key, once: half a title is one of them, however it is spaced.

    깊은 강은 멀리 흐른다 is found by 깊은강은, which no shorter title holds; as single words, 깊은 강 is as near.
    """
    words = [key for word in normalize(text).split() if (key := _NO_LETTER.sub("", title_key(word)))][
        :MOST_PHRASED_WORDS
    ]
    runs = ("".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return list(dict.fromkeys(run for run in runs if len(run) <= LONGEST_PHRASE))


def _without_gloss(found: re.Match[str]) -> str:
    return found[1] if found[1].endswith(hanja_read(found[2])) else found[0]


def _without_remark(written: str) -> str:
    return re.sub(r"^[(\[][^()\[\]]*[)\]]\s*(?=\S)", "", written)
