"""Fuzzers: every input that is kept holds, any bytes hold, and a short run of each finds nothing."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz_targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

HERE = Path(__file__).resolve().parent
CORPUS = sorted(HERE.glob("corpus/*/*"))
SECONDS = 20
LARGEST = 2048  # bytes of a kept input; found ones are cut down before they are kept


@pytest.mark.parametrize("target", TARGETS)
def test_every_kept_input_holds(target):
    kept = [path for path in CORPUS if path.parent.name == target]
    assert len(kept) >= 10, "the corpus of this fuzzer is gone"
    for path in kept:
        TARGETS[target](path.read_bytes())


def test_the_corpus_is_small_and_of_known_targets():
    assert {path.parent.name for path in CORPUS} == set(TARGETS)
    assert max(path.stat().st_size for path in CORPUS) <= LARGEST


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_hold(target, data):
    TARGETS[target](data)


@pytest.mark.slow
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is not installed: no coverage to guide"
)
@pytest.mark.parametrize("target", TARGETS)
def test_a_short_run_finds_nothing(target, tmp_path):
    command = [sys.executable, HERE / "fuzz.py", target, "--seconds", str(SECONDS), "--found", tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=os.environ)
    assert run.returncode == 0, run.stderr[-3000:]
    assert "Done " in run.stderr
    assert list(tmp_path.iterdir()) == []
