from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.evaluation import ucdp_index as module
from pipeline.evaluation.ucdp_index import ARCHIVE, ucdp_index


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def with_archive(shared: Path, small_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (shared / ARCHIVE).parent.mkdir()
    (shared / ARCHIVE).write_bytes(b"")
    monkeypatch.setattr(module, "default_index_path", lambda: tmp_path / "gazetteer.sqlite")
    return shared


def ending(monkeypatch: pytest.MonkeyPatch, code: int, err: str) -> list[list[str]]:
    commands: list[list[str]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        commands.append([*command[3:], options["env"]["SITMAP_GAZETTEER"]])
        return subprocess.CompletedProcess(command, code, "", err)

    monkeypatch.setattr(module.subprocess, "run", run)
    return commands


def test_the_one_given_is_taken(small_index: Path, shared: Path, told: list[str]) -> None:
    index, note = ucdp_index(small_index, shared, told.append)
    assert (index, note) == (small_index, "UCDP: index small.sqlite, without Who's On First")
    assert told == []


def test_without_the_archive_the_base_is_taken_and_said(shared: Path, told: list[str]) -> None:
    _, note = ucdp_index(None, shared, told.append)
    assert note.startswith(f"UCDP: base index only, {ARCHIVE} is missing in")


def test_it_is_built_with_the_command_that_users_have(
    with_archive: Path, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = ending(monkeypatch, 0, "")
    index, note = ucdp_index(None, with_archive, told.append)
    assert index == tmp_path / "evaluation" / "ucdp.sqlite"
    assert note == "UCDP: base index with Who's On First, Syria"
    assert commands == [["gazetteer", "add", "whosonfirst", str(with_archive / ARCHIVE), str(index)]]
    assert "about a minute" in told[0]


def test_a_build_that_fails_is_told(with_archive: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ending(monkeypatch, 3, "one\nsitmap: the archive is cut short\n")
    with pytest.raises(InputError, match=r"the archive is cut short; give one with --ucdp-index"):
        ucdp_index(None, with_archive, told.append)
