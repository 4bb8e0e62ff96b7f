"""Bytes → text: the encodings in which Korean library systems export."""

import re

from recommender.errors import InputError

SIGNATURES = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)


def file_signature(content: bytes) -> str:
    """What the first bytes say a file is: xlsx, xls, the words for another binary format, or an empty string."""
    return next((name for start, name in SIGNATURES if content.startswith(start)), "")


def decode(content: bytes, source: str) -> str:
    """Decode a text file: UTF-8, with or without a byte order mark, UTF-16 with one, or CP949 (which includes EUC-KR).

    Raises:
        InputError: a binary file, or bytes that belong to none of these; the line is named.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decode_as(encoding, content, source)
    if b"\x00" in content:
        raise InputError(
            f"{source}: this is a binary file, no text; export the list as CSV, JSON or XLSX and load that"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as utf8_error:
        return _decode_korean(content, source, utf8_error)


def _decode_korean(content: bytes, source: str, utf8_error: UnicodeDecodeError) -> str:
    try:
        return content.decode("cp949")
    except UnicodeDecodeError as cp949_error:
        if _looks_binary(content):
            raise InputError(
                f"{source}: this is a binary file, no text; export the list as CSV, JSON or XLSX and load that"
            ) from cp949_error
        furthest = max(utf8_error, cp949_error, key=lambda error: error.start)
        raise _bad_bytes(content, source, furthest) from cp949_error


def _decode_as(encoding: str, content: bytes, source: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _bad_bytes(content, source, error) from error


def _bad_bytes(content: bytes, source: str, error: UnicodeDecodeError) -> InputError:
    line = content.count(b"\n", 0, error.start) + 1
    found = content[error.start : error.start + 4].hex(" ")
    return InputError(
        f"{source}, line {line}: the bytes {found} are neither UTF-8 nor CP949; save the file as UTF-8 and load it again"
    )


def _looks_binary(content: bytes) -> bool:
    """Whether a twentieth of the beginning is control characters that no text file holds."""
    beginning = content[:4096]
    return len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", beginning)) * 20 > len(beginning)
