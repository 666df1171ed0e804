from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "make_codebook.py"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("make_codebook", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_codebook_is_current(tool):
    assert tool.CODEBOOK.read_text(encoding="utf-8") == tool.codebook(), "run tools/make_codebook.py"


def test_check_tells_an_outdated_codebook(tool, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool, "CODEBOOK", tmp_path / "docs" / "codebook.md")
    assert tool.main(["--check"]) == 1
    assert "out of date" in capsys.readouterr().out
    assert tool.main([]) == 0
    assert tool.main(["--check"]) == 0


def test_it_has_every_column_and_code(tool):
    text = tool.codebook()
    assert text.count("| `event_id` |") == 3
    assert "| Explosions/Remote violence | Air/drone strike | Political violence | ASSAULT | heavy-weapons |" in text
    assert "12 for *dozens*" in text
