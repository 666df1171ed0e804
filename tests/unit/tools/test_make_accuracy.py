from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[3] / "tools" / "make_accuracy.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_accuracy", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_what_stands_between_the_marks_is_replaced(tool: ModuleType) -> None:
    document = f"before\n{tool.BEGIN}\nold\n{tool.END}\nafter\n"
    once = tool.spliced(document, "| new |\n")
    assert once == f"before\n{tool.BEGIN}\n\n| new |\n\n{tool.END}\nafter\n"
    assert tool.spliced(once, "| new |\n") == once


@pytest.mark.parametrize("document", ["no marks", "{end} {begin}", "{begin} only"])
def test_a_document_without_its_marks_is_refused(tool: ModuleType, document: str) -> None:
    with pytest.raises(ValueError, match="needs the marks"):
        tool.spliced(document.format(begin=tool.BEGIN, end=tool.END), "x")


def test_the_documentation_has_its_marks(tool: ModuleType) -> None:
    text = tool.DOCUMENT.read_text(encoding="utf-8")
    assert "| new |" in tool.spliced(text, "| new |")
