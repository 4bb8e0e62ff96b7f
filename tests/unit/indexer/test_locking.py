import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from indexer.generations import Claim, GenerationRecords
from indexer.locking import SILENCE, one_load
from recommender.engine.base import Engine
from recommender.errors import InputError

Clock = Callable[[], datetime]

HOLDS_THE_LOCK = "import sys; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire(); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def records(embedded_engine: Engine) -> GenerationRecords:
    records = GenerationRecords(embedded_engine)
    records.ensure()
    return records


def test_a_second_load_is_told_who_runs(tmp_path: Path, records: GenerationRecords, clock: Clock) -> None:
    with one_load(tmp_path, records, clock):
        program = [sys.executable, "-c", SECOND_LOAD, str(tmp_path)]
        second = subprocess.run(program, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    assert "another load is running (process " in second.stdout
    assert "since 2026-11-20" in second.stdout


SECOND_LOAD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from indexer.generations import GenerationRecords
from indexer.locking import one_load
from recommender.engine.embedded import EmbeddedEngine
from recommender.errors import InputError
folder = Path(sys.argv[1])
try:
    with one_load(folder, GenerationRecords(EmbeddedEngine(folder / "engine")), lambda: datetime.now(UTC)):
        print("it ran")
except InputError as error:
    print(error)
"""


def test_a_load_after_another_runs(tmp_path: Path, records: GenerationRecords, clock: Clock) -> None:
    for _ in range(2):
        with one_load(tmp_path, records, clock):
            assert records.current_claim() is not None
        assert records.current_claim() is None


def test_the_claim_ends_with_a_failed_load(tmp_path: Path, records: GenerationRecords, clock: Clock) -> None:
    with pytest.raises(ValueError, match="broken"), one_load(tmp_path, records, clock):
        raise ValueError("broken")
    assert records.current_claim() is None


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, records: GenerationRecords, clock: Clock) -> None:
    program = [sys.executable, "-c", HOLDS_THE_LOCK, str(tmp_path / "load.lock")]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InputError, match="another load is running"), one_load(tmp_path, records, clock):
            pass
        holder.kill()
        holder.wait()
        with one_load(tmp_path, records, clock):
            pass


def test_a_claim_from_this_folder_is_abandoned_once_the_lock_is_free(
    tmp_path: Path, records: GenerationRecords, clock: Clock
) -> None:
    with one_load(tmp_path, records, clock) as running:
        killed = running.claim
    records.claim(killed)  # as a killed load would have left it
    with one_load(tmp_path, records, clock):
        pass


def test_a_claim_from_another_machine_holds_until_it_was_silent_too_long(
    tmp_path: Path, records: GenerationRecords, clock: Clock
) -> None:
    began = clock()
    records.claim(Claim("another folder", "process 7 on ward-2", began, began))
    with (
        pytest.raises(InputError, match=r"process 7 on ward-2, since .*if it was killed"),
        one_load(tmp_path, records, clock),
    ):
        pass
    later = began + SILENCE + timedelta(seconds=1)
    with one_load(tmp_path, records, lambda: later):
        claim = records.current_claim()
    assert claim is not None
    assert claim.holder != "another folder"


def test_a_running_load_is_heard_of(tmp_path: Path, records: GenerationRecords, clock: Clock) -> None:
    with one_load(tmp_path, records, clock) as running:
        first = running.claim.heard_at
        for _ in range(20):
            running.heard()
        claim = records.current_claim()
    assert claim is not None
    assert claim.heard_at > first
