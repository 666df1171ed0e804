from __future__ import annotations

import fcntl
import os
import subprocess
import sys

from pipeline.products.holding import alone_in, held

WAIT = """
import sys; from pathlib import Path; from pipeline.products.holding import alone_in
folder = Path(sys.argv[1])
with alone_in(folder, lambda: print("waiting", flush=True)):
    print(sorted(path.name for path in folder.iterdir()), flush=True)
"""


def test_a_second_run_says_that_it_waits_and_comes_when_the_first_is_done(tmp_path):
    with alone_in(tmp_path, lambda: None):
        other = subprocess.Popen([sys.executable, "-c", WAIT, tmp_path], stdout=subprocess.PIPE, text=True)
        assert other.stdout.readline() == "waiting\n"
        (tmp_path / "map.html").touch()
        (tmp_path / "run.json").touch()
    said, _ = other.communicate(timeout=600)
    assert said == "['map.html', 'run.json']\n"
    assert other.returncode == 0


def test_a_folder_is_held_by_one_and_let_go_of(tmp_path):
    with held(tmp_path) as first, held(tmp_path) as second:
        assert (first, second) == (True, False)
    with held(tmp_path) as again:
        assert again is True


def test_where_there_are_no_locks_nothing_is_held_and_nobody_waits(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr(fcntl, "flock", none)
    waited = []
    with held(tmp_path) as is_ours, alone_in(tmp_path, lambda: waited.append(1)):
        assert is_ours is None
    assert waited == []


def test_a_folder_that_is_gone_is_held_by_nobody(tmp_path):
    with held(tmp_path / "gone") as is_ours:
        assert is_ours is False
