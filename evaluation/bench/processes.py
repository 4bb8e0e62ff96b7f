"""The product's own commands as processes: what they took, and what they said."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from recommender.errors import SeogaError

ROOT = Path(__file__).resolve().parents[2]

KEPT_SETTINGS = ("SEOGA_ENCODER", "SEOGA_BUNDLE", "SEOGA_USER_DICTIONARY", "SEOGA_SHELF_PREFIXES")
"""What of the operator's settings goes for a benchmark too; not the engine, whose live catalogue it would replace."""

STOP_TIMEOUT_S = 20
KILOBYTE = 1024


class ProcessFailedError(SeogaError):
    """A command of the product did not do its work; whoever runs the benchmark sees its last words."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process used in all: seconds of processors, and the most memory that it held."""

    cpu_seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command took and said."""

    seconds: float
    usage: Usage | None  # None where the system does not count per process
    output: str


@dataclass(frozen=True, slots=True)
class Server:
    """A running web application, and how long it took from the command to its first answer to itself."""

    pid: int
    host: str
    port: int
    start_seconds: float


def settings_for(data_folder: Path) -> Mapping[str, str]:
    """An environment in which all state is in a folder of the benchmark's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEOGA_") or name in KEPT_SETTINGS}
    return kept | {"SEOGA_DATA_DIR": str(data_folder)}


def run_command(arguments: Sequence[str], environment: Mapping[str, str]) -> Finished:
    """Run `python -m …` to its end.

    Raises:
        ProcessFailedError: its exit code is not 0.
    """
    start = time.perf_counter()
    with TemporaryFile() as output:
        process = subprocess.Popen(
            _python(arguments), cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        code, usage = _wait(process)
        seconds = time.perf_counter() - start
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    if code:
        raise ProcessFailedError(f"python -m {' '.join(arguments)} ended with {code}:\n{said[-2_000:]}")
    return Finished(seconds=seconds, usage=usage, output=said)


@contextmanager
def running_server(environment: Mapping[str, str]) -> Iterator[Server]:
    """The web application on a free port, stopped at the end.

    Raises:
        ProcessFailedError: it ended before it listened.
    """
    start = time.perf_counter()
    with TemporaryFile() as log:
        process = subprocess.Popen(
            _python(("webapp", "--port", "0")), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log
        )
        try:
            line = process.stdout.readline().decode("utf-8", "replace") if process.stdout else ""
            if "http://" not in line:
                log.seek(0)
                raise ProcessFailedError(f"the web application did not start:\n{line}{log.read().decode()[-2_000:]}")
            address = urlsplit(line[line.index("http://") :].split()[0])
            yield Server(process.pid, address.hostname or "", address.port or 80, time.perf_counter() - start)
        finally:
            process.terminate()
            process.wait(STOP_TIMEOUT_S)
            if process.stdout:
                process.stdout.close()


def resident_bytes(pid: int) -> int | None:
    """What a running process holds in memory, where the system has Linux's `/proc`."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("VmRSS:")), None)


def _python(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", *arguments]


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, Usage | None]:
    """The exit code, and what was used where the system counts it per process."""
    if not hasattr(os, "wait4"):
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else KILOBYTE
    return process.returncode, Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)
