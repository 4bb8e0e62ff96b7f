"""Making a model's text fit to be shown, or finding that it is not: pure."""

import re

from recommender.recommend.composing.quoting import is_in_language

SHORTEST = 12
"""Characters; below this a model has said nothing ("좋습니다.")."""

LONGEST = 600
"""Characters; two sentences were asked for, and a small model that goes on and on repeats itself."""

MOST_SENTENCES = 3

ENOUGH_SENTENCES = 2
"""A model is stopped here: it was asked for one or two, and each more costs a reader seconds."""

_THINKING = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_BEFORE = re.compile(r"\A.*?</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_SPECIAL = re.compile(r"<\|[^|>]{0,40}\|>|</?s>|<(?:start|end)_of_turn>")
_CODE_FENCE = re.compile(r"```\w*")
_BULLET = re.compile(r"^\s*(?:[-*•·▪#>]+\s+|\d{1,2}[.)]\s+)", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")
_LABEL = re.compile(
    r"\A(?:추천\s?이유|이유|답변?|도움|assistant|answer|reason|why|help|why this book|how it can help)\s*[::]\s*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r".+?(?:[.!?。…](?!\w)[\"'”’」』)]*|\Z)\s*", re.DOTALL)
_ENDED = re.compile(r"[.!?。…][\"'”’」』)]*\Z")
_GONE_ON = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bvs)(?<!\bMrs)[.!?。…][\"'”’」』)]*\s+(?=\S)|(?<=\S)\n+(?=\s*\S)"
)
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("「", "」"), ("『", "』"), ("`", "`"))


def tidy(text: str, *, title: str, language: str) -> str:
    """A model's text as whole sentences without its thinking, marks and repetitions; empty if none is left worth showing.

    Args:
        text: as the model wrote it, perhaps cut off.
        title: the book's, which a reason need not begin with.
        language: ko or en; a text in another script is not shown.
    """
    text = _THOUGHT_BEFORE.sub("", _THINKING.sub(" ", text))
    text = _EMPHASIS.sub(r"\2", _BULLET.sub("", _CODE_FENCE.sub(" ", _SPECIAL.sub(" ", text))))
    text = _without_heading(_unquoted(" ".join(text.split())), title)
    text = " ".join(_whole_sentences(_LABEL.sub("", text)))
    return text if is_worth_showing(text, language) else ""


def ended_sentences(text: str) -> int:
    """How many sentences have ended in a text that is still being written; what follows one proves that it has ended."""
    return sum(1 for _ in _GONE_ON.finditer(_THOUGHT_BEFORE.sub("", _THINKING.sub(" ", text)).strip()))


def says_enough(text: str) -> bool:
    """Whether nothing more needs to be written."""
    return ended_sentences(text) >= ENOUGH_SENTENCES


def is_worth_showing(text: str, language: str) -> bool:
    """Whether a text says something, in the language, without half a letter."""
    return SHORTEST <= len(text) <= LONGEST and is_in_language(text, language) and "\ufffd" not in text


def _unquoted(text: str) -> str:
    """Without quotation marks around the whole; marks around a part of it stay."""
    for opening, closing in _QUOTES:
        inside = text[1:-1]
        if len(text) > 1 and text[0] == opening and text[-1] == closing and not {opening, closing} & set(inside):
            return inside.strip()
    return text


def _without_heading(text: str, title: str) -> str:
    """Without the title where it stands as a heading before the sentence."""
    heading = re.compile(
        rf"\A[\"'“‘『「《<\[]?\s*{re.escape(title)}\s*[\"'”’』」》>\]]?\s*(?:[::\-–—]|\Z)\s*", re.IGNORECASE
    )
    return heading.sub("", _LABEL.sub("", text)) if title else text


def _whole_sentences(text: str) -> list[str]:
    """The first sentences, none twice, none that was cut off."""
    sentences = [match[0].strip() for match in _SENTENCE.finditer(text)]
    whole = [sentence for sentence in sentences if _ENDED.search(sentence)]
    return list(dict.fromkeys(whole))[:MOST_SENTENCES]
