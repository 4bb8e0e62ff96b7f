"""ISBNs and call numbers, in every way they are written."""

from collections.abc import Callable

import pytest

ROWS = [
    ("978-89-374-6044-9", "978-89-374-6044-9", "isbn=9788937460449"),
    ("ISBN 9788937460449", "ISBN 9788937460449", "isbn=9788937460449"),
    ("813.6 박14토", "813.6 박14토", "call_number=813.6 박14토"),
    ("청구기호 813.6 박14토", "813.6 박14토", "call_number=813.6 박14토"),
    ("C 863 에296틴 v.5", "C 863 에296틴 v.5", "call_number=C 863 에296틴 v.5"),
    ("89-374-6044-0", "89-374-6044-0", "isbn=9788937460449"),
    ("978 89 374 6044 9", "978 89 374 6044 9", "isbn=9788937460449"),
    ("C863-에296틴", "C863-에296틴", "call_number=C863-에296틴"),
    ("EF 843 S121h", "EF 843 S121h", "call_number=EF 843 S121h"),
    ("813.6박14토 v.2", "813.6박14토 v.2", "call_number=813.6박14토 v.2"),
]


@pytest.mark.parametrize(("query", "words", "said"), ROWS)
def test_identifiers_are_named(says: Callable[[str], tuple[str, str]], query: str, words: str, said: str) -> None:
    assert says(query) == (words, said)
