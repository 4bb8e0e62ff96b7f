"""Readers are known by pseudonyms: what the library calls a reader is never stored.

A pseudonym is a keyed hash (HMAC-SHA256, RFC 2104). Whoever has the stored data without the key cannot tell which
reader is whose, not even by trying all membership numbers.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Protocol, Self

from recommender.errors import SettingsError
from recommender.settings import Settings

KEY_FILE = "reader.key"

KEY_BYTES = 32

PSEUDONYM_LENGTH = 32
"""Hexadecimal digits kept: 128 bits, so that no two readers of any library meet."""


class Naming(Protocol):
    """Tells under which name a reader is stored."""

    def of(self, reader_id: str) -> str:
        """The pseudonym."""


class StoredNames:
    """For work over all readers, which are known by their pseudonyms only: every name is one already."""

    def of(self, reader_id: str) -> str:
        """The same."""
        return reader_id


class Pseudonyms:
    """Makes pseudonyms with one key; another key gives every reader another name."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Use the key of the settings, or else the one kept in the data folder, made on first use.

        Raises:
            SettingsError: the key file cannot be read or made.
        """
        if settings.reader_key:
            return cls(settings.reader_key.encode())
        return cls(_kept_key(settings.data_dir / KEY_FILE))

    def of(self, reader_id: str) -> str:
        """The pseudonym of a reader, the same one every time."""
        digest = hmac.new(self._key, reader_id.strip().encode(), hashlib.sha256).hexdigest()
        return f"r{digest[:PSEUDONYM_LENGTH]}"

    def secret_for(self, purpose: str) -> bytes:
        """Another secret, from which this key cannot be told."""
        return hmac.new(self._key, f"purpose:{purpose}".encode(), hashlib.sha256).digest()


def _kept_key(path: Path) -> bytes:
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(
            f"{path}: the key for readers' pseudonyms cannot be read or made ({error.strerror}); "
            "let this account write there, or set SEOGA_READER_KEY"
        ) from error
    if not key:
        raise SettingsError(
            f"{path}: the key for readers' pseudonyms is empty; restore it, or delete the file and load the readers again"
        )
    return key


def _make_key(path: Path) -> None:
    """Write a key that only this account may read; of two processes that try at once, one wins and both use its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(KEY_BYTES))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
