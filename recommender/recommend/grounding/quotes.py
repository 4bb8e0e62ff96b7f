"""What stands between marks: titles between title marks, somebody's words between quotation marks."""

import re
from collections.abc import Iterator

from recommender.recommend.grounding.facts import Facts, Source, squeezed
from recommender.recommend.grounding.names import ABOUT_READER
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind
from recommender.text.kiwi import Morpheme

FEW_WORDS = 3
"""Up to so many words between quotation marks are a turn of phrase, ‘불안한 마음’; more are somebody's words, and have to be."""

_TITLES = re.compile(
    r"『([^』]+)』|「([^」]+)」|《([^》]+)》|〈([^〉]+)〉|<([^<>]*[가-힣][^<>]*)>|(?<![\w*])[*_]([^*_]+)[*_](?![\w*])"
)
_QUOTES = re.compile(
    r"“([^”]+)”|‘([^’]+)’(?!\w)|\"([^\"]+)\"|(?<![\w])'([^']+(?:'(?=\w)[^']+)*)'(?![a-zA-Z])|`([^`]+)`|«([^»]+)»"
)
_CONTENT = ("NNG", "NNP", "VV", "VA", "XR", "SL", "SN", "MAG")
_OFTEN = frozenset(
    ("하", "되", "있", "없", "이", "것", "수", "책", "나", "너", "the", "a", "an", "of", "to", "and", "in", "is")
)
_LATIN_WORD = re.compile(r"[a-z]+")


def unknown_titles(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Titles that are neither the book's nor those of a book that the record or the reader names."""
    for words, start, end in _inside(_TITLES, sentence.text):
        is_liked = bool(ABOUT_READER.search(sentence.text)) and _is_title_of(words, facts)
        if not (facts.record.names(words) or is_liked or _is_in_record(words, facts)):
            yield Claim(ClaimKind.TITLE, words, start, end)


def unknown_quotes(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Quoted words that stand neither in the record nor in what the reader wrote."""
    for words, start, end in _inside(_QUOTES, sentence.text):
        told = facts.record.holds(words) or facts.reader.holds(words)
        parts = [part for part in sentence.morphemes if start <= part.start and part.end <= end]
        if not (told or (len(words.split()) <= FEW_WORDS and _is_of_words(words, parts, facts))):
            yield Claim(ClaimKind.QUOTE, words, start, end)


def _inside(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int, int]]:
    for match in pattern.finditer(text):
        words = next(group for group in match.groups() if group is not None)
        yield words, match.start(), match.end()


def _is_title_of(words: str, facts: Facts) -> bool:
    wanted = squeezed(words)
    return facts.reader.names(words) or any(wanted == squeezed(title) for title in facts.liked_titles)


def _is_in_record(words: str, facts: Facts) -> bool:
    """A title with its subtitle or series: 『데미안: 에밀 싱클레어의 젊은 날』."""
    pieces = [piece for piece in re.split(r"\s*[::,–—-]\s+|\s[/|]\s", words) if squeezed(piece)]
    return len(pieces) > 1 and all(facts.record.names(piece) for piece in pieces)


def _is_of_words(words: str, parts: list[Morpheme], facts: Facts) -> bool:
    """Whether each telling word of a turn of phrase stands in the record or in what the reader wrote."""
    forms = [part.form.casefold() for part in parts if part.tag in _CONTENT]
    forms += _LATIN_WORD.findall(words.casefold())
    telling = [form for form in forms if form not in _OFTEN]
    return bool(telling) and all(_has(form, facts.record) or _has(form, facts.reader) for form in telling)


def _has(form: str, source: Source) -> bool:
    return form in source.forms or (len(form) > 1 and form in source.squeezed)
