from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from gazetteer.errors import GazetteerError
from gazetteer.online.pace import Pace

DRAW = """
import sys, time
from pathlib import Path
from gazetteer.online.pace import Pace
pace = Pace(Path(sys.argv[1]))
pace.wait("nominatim")
print(time.time())
"""


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waited: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def paced(tmp_path: Path, clock: Clock) -> Pace:
    return Pace(tmp_path / "pace.sqlite", clock=lambda: clock.now, sleep=clock.sleep)


def test_turns_are_a_second_apart(tmp_path: Path, clock: Clock) -> None:
    first, second = paced(tmp_path, clock), paced(tmp_path, clock)
    first.wait("nominatim")
    second.wait("nominatim")
    first.wait("nominatim")
    assert clock.waited == [0.0, 1.0, 1.0]


def test_services_have_turns_of_their_own_and_a_pause_counts(tmp_path: Path, clock: Clock) -> None:
    pace = paced(tmp_path, clock)
    pace.wait("nominatim")
    pace.wait("photon")
    clock.now += 0.75
    pace.wait("nominatim")
    clock.now += 5
    pace.wait("nominatim")
    assert clock.waited == [0.0, 0.0, 0.25, 0.0]


def test_a_clock_set_back_does_not_stop_for_years(tmp_path: Path, clock: Clock) -> None:
    pace = paced(tmp_path, clock)
    clock.now = 1e9
    pace.wait("nominatim")
    clock.now = 1000.0
    pace.wait("nominatim")
    assert clock.waited == [0.0, 0.0]


def test_a_file_that_is_none_is_named(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "pace.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(GazetteerError, match=r"pace\.sqlite: cannot be used"):
        paced(tmp_path, clock).wait("nominatim")


@pytest.mark.slow
def test_processes_share_the_turns(tmp_path: Path) -> None:
    command = [sys.executable, "-c", DRAW, str(tmp_path / "pace.sqlite")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    times = sorted(float(process.communicate(timeout=60)[0]) for process in running)
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert min(gaps) > 0.9
    assert times[-1] <= time.time()
