"""Choosing the one sentence of a description that answers a question best."""

import re
from collections.abc import Iterable, Sequence

SHORTEST, LONGEST = 12, 130
"""Characters of a sentence worth quoting: shorter ones say nothing, longer ones are no reason but a text."""

MOSTLY = 0.3
"""Share of Hangul from which a sentence is Korean; Korean sentences about Python or DNA hold many Latin letters."""

_SENTENCE_END = re.compile(r"(?<=[.!?。])[\"'”’」』)]*\s+")
_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")
_NO_PROSE = re.compile(r"https?:|www\.|<[^>]+>|[{}=|]")


def telling_sentence(description: str, words: Iterable[str], *, language: str) -> str:
    """The sentence that holds most of the words, else the first; empty where none is fit to be quoted.

    A sentence is fit if it is whole, neither short nor long, prose, and in the language.
    """
    sentences = [sentence for sentence in _sentences(description) if _is_fit(sentence, language)]
    wanted = [word.casefold() for word in words]
    return max(sentences, key=lambda sentence: _worth(sentence, wanted), default="")


def is_in_language(text: str, language: str) -> bool:
    """Whether a text is written in the script of a language, ko or en."""
    letters = len(_LETTER.findall(text))
    is_korean = letters > 0 and len(_HANGUL.findall(text)) / letters >= MOSTLY
    return is_korean == (language == "ko") and letters > 0


def _sentences(text: str) -> Sequence[str]:
    return [part.strip() for part in _SENTENCE_END.split(" ".join(text.split())) if part.strip()]


def _is_fit(sentence: str, language: str) -> bool:
    return (
        SHORTEST <= len(sentence) <= LONGEST
        and sentence.endswith((".", "!", "?", "。"))
        and not _NO_PROSE.search(sentence)
        and is_in_language(sentence, language)
    )


def _worth(sentence: str, words: Sequence[str]) -> int:
    said = sentence.casefold()
    return sum(word in said for word in words)
