"""One load at a time: a lock on the data folder, and a claim in the engine for machines that share a cluster.

The lock dies with its process, so a killed load leaves none behind. The claim does not; one made from this data folder
is known to be abandoned as soon as the lock is free, one made elsewhere after it was silent for `SILENCE`.
"""

import contextlib
import json
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from indexer.generations import Claim, GenerationRecords
from recommender.errors import EngineError, InputError

LOCK_FILE = "load.lock"
HOLDER_FILE = "load.holder"

SILENCE = timedelta(minutes=5)
"""A running load is heard of between its batches; the slowest batch (a large model on one core) takes about a minute."""

HEARD_EVERY = timedelta(seconds=15)


@dataclass(slots=True)
class RunningLoad:
    """A load that holds lock and claim; `heard` is called between its steps."""

    records: GenerationRecords
    claim: Claim
    clock: Callable[[], datetime]

    def heard(self) -> None:
        """Say that it goes on, not more often than others need to know."""
        now = self.clock()
        if now - self.claim.heard_at >= HEARD_EVERY:
            self.records.heard(self.claim, now)
            self.claim = replace(self.claim, heard_at=now)


@contextmanager
def one_load(data_dir: Path, records: GenerationRecords, clock: Callable[[], datetime]) -> Iterator[RunningLoad]:
    """Hold the lock and the claim while a load runs.

    Raises:
        InputError: another load runs; says which, since when, and what to do.
    """
    from filelock import FileLock, Timeout

    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise InputError(_busy(_described(data_dir / HOLDER_FILE))) from error
    try:
        records.ensure()
        claim = Claim(_folder_id(data_dir), f"process {os.getpid()} on {socket.gethostname()}", clock(), clock())
        _write_holder(data_dir / HOLDER_FILE, claim)
        _make_claim(records, claim)
        try:
            yield RunningLoad(records, claim, clock)
        finally:
            with contextlib.suppress(EngineError):  # what stopped the load matters; an old claim from here stops nobody
                records.release()
    finally:
        (data_dir / HOLDER_FILE).unlink(missing_ok=True)
        lock.release()


def _make_claim(records: GenerationRecords, claim: Claim) -> None:
    other = records.claim(claim)
    if other is None:
        return
    silent = claim.started_at - other.heard_at >= SILENCE
    if (other.holder == claim.holder or silent) and records.take_over(claim, other):
        return
    since = other.started_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    last = other.heard_at.astimezone().strftime("%H:%M:%S")
    minutes = int(SILENCE.total_seconds() // 60)
    raise InputError(
        _busy(f"{other.described}, since {since}, last heard of at {last}")
        + f"; if it was killed, this works again {minutes} minutes after that"
    )


def _busy(who: str) -> str:
    return f"another load is running ({who}); nothing was changed; wait until it has finished"


def _write_holder(path: Path, claim: Claim) -> None:
    since = claim.started_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    path.write_text(json.dumps({"described": f"{claim.described}, since {since}"}), encoding="utf-8")


def _described(path: Path) -> str:
    try:
        described: str = json.loads(path.read_text(encoding="utf-8"))["described"]
    except (OSError, ValueError, KeyError):
        return "started a moment ago"
    return described


def _folder_id(data_dir: Path) -> str:
    """What tells this data folder from others, whatever the host is called today: a container's name changes."""
    path = data_dir / "folder.id"
    if not path.exists():
        path.write_text(secrets.token_hex(16), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
