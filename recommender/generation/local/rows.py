"""Rows of tokens that a model continues together: pure."""

from collections.abc import Callable, Sequence


def shared_length(rows: Sequence[Sequence[int]]) -> int:
    """How many tokens all rows begin with, leaving each at least one of its own."""
    if not rows:
        return 0
    shortest = min(len(row) for row in rows) - 1
    first = rows[0]
    differs = (place for place in range(shortest) if any(row[place] != first[place] for row in rows))
    return next(differs, max(shortest, 0))


class GrowingText:
    """The text of one row, token by token.

    Args:
        decode: token ids → text.
        is_done: whether a text says enough.
    """

    def __init__(self, decode: Callable[[list[int]], str], is_done: Callable[[str], bool]) -> None:
        self.tokens: list[int] = []
        self.text = ""
        self._decode = decode
        self._is_done = is_done

    def add(self, token: int) -> str:
        """Take the next token; returns what it adds to the text, which is nothing while a letter is unfinished."""
        self.tokens.append(token)
        text = self._decode(self.tokens)
        if text.endswith("\ufffd") or not text.startswith(self.text):
            return ""
        added = text[len(self.text) :]
        self.text = text
        return added

    def says_enough(self) -> bool:
        """Whether nothing more needs to be written."""
        return self._is_done(self.text)
