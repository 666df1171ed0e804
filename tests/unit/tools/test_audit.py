"""The audit of locked dependencies against the list that is kept in the repository."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "audit.py"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("audit", TOOL)
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["audit"]


def test_no_locked_dependency_has_a_published_fault(tool, capsys):
    assert tool.main([]) == 0, capsys.readouterr().out


def test_both_lock_files_are_read_whole(tool):
    for path in tool.LOCKS:
        text = path.read_text("utf-8")
        found = list(tool.pins(text))
        assert len(found) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE)) > 50
        assert all(version for _, version in found)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("jinja2==3.1.5 \\", "jinja2 3.1.5: CVE-2025-27516"),
        ("PyYAML==5.3", "pyyaml 5.3: CVE-2020-14343"),
        ("lxml_html.clean==0.3.1", "lxml-html-clean 0.3.1: CVE-2024-52595"),
        ("urllib3==2.0.4 ; python_version >= '3.11'", "urllib3 2.0.4: CVE-2023-43804"),
        ("requests", "requests: no version is pinned"),
    ],
)
def test_an_affected_version_is_named_with_its_advisory(tool, line, told, tmp_path, capsys):
    lock = tmp_path / "a.lock"
    lock.write_text(f"# made\n{line}\n    --hash=sha256:00\n", encoding="utf-8")
    assert tool.main([str(lock)]) == 1
    assert told in capsys.readouterr().out


def test_the_age_of_the_list_is_said(tool, tmp_path, capsys):
    (tmp_path / "a.lock").write_text("jinja2==3.1.6\n", encoding="utf-8")
    assert tool.main([str(tmp_path / "a.lock")]) == 0
    assert f"knows nothing after {tool.known().through}" in capsys.readouterr().out


def test_the_list_is_in_order(tool):
    listed = tool.known().advisories
    assert all(re.fullmatch(r"(CVE|GHSA|PYSEC)-[\w-]+", one.id) for one in listed)
    names = [one.package for one in listed]
    assert names == sorted(names)
    locked = {name for path in tool.LOCKS for name, _ in tool.pins(path.read_text("utf-8"))}
    assert set(names) <= locked, "of packages that we do not use nothing need be listed"
