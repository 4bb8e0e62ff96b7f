"""Books in a chat model's free text: `1. 제목 - 저자` with reasons below, as corpora for fine-tuning have them."""

import re
from dataclasses import dataclass, replace

_BOOK = re.compile(r"^\s*(?:\*\*)?\d{1,2}[.)]\s*(?P<named>\S.*?)(?:\*\*)?\s*$")
_REASON = re.compile(r"^\s*(?:[-*•·]\s*)?(?:\*\*)?(?P<label>[^::]{1,40}?)(?:\*\*)?\s*[::]\s*(?P<text>\S.*)$")
_BETWEEN = re.compile(r"\s+[-–—/]\s+")
_MARKS = '『』「」《》〈〉“”"*'

WHY_LABELS = ("추천이유", "추천하는이유", "이유", "why", "whythisbook", "reason")
HELP_LABELS = ("이책이도움이될수있는이유", "도움이되는이유", "도움", "감정적효과", "help", "howitcanhelp")


@dataclass(frozen=True, slots=True)
class NamedBook:
    """A book as somebody names it; nobody has looked yet whether there is one."""

    title: str
    author: str = ""
    why: str = ""
    help: str = ""


def named_books(text: str) -> tuple[NamedBook, ...]:
    """The books of a text in its order; none where it is no numbered list."""
    books: list[NamedBook] = []
    for line in text.splitlines():
        if found := _BOOK.match(line):
            books.append(_named(found["named"]))
        elif books and (reason := _REASON.match(line)):
            books[-1] = _with_reason(books[-1], reason["label"], reason["text"].strip())
    return tuple(books)


def _named(text: str) -> NamedBook:
    """Title and author: what stands after the last dash between spaces is who made it."""
    *title, author = _BETWEEN.split(text) if _BETWEEN.search(text) else (text, "")
    return NamedBook(" - ".join(title).strip(_MARKS).strip(), author.strip(_MARKS).strip())


def _with_reason(book: NamedBook, label: str, text: str) -> NamedBook:
    key = "".join(label.split()).casefold()
    if key in WHY_LABELS:
        return replace(book, why=text)
    return replace(book, help=text) if key in HELP_LABELS else book
