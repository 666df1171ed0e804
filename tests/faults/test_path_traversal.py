"""Path traversal, reserved and long names, links: outputs lie in their folder under fixed names, whatever is read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from command import sitmap, write_jsonl

from gazetteer import default_index_path

pytestmark = pytest.mark.skipif(not default_index_path().is_file(), reason="the gazetteer index is missing")
NAMES = [
    "../../escaped", "/etc/sitmap-escaped", "..\\..\\escaped", "C:\\escaped", "CON", "NUL.txt", "aux.", "a" * 5000, ".",
    "..", "~/escaped", "$(touch escaped)", "`touch escaped`", "a\0b", "a/b/c", "-rf", "file:///escaped",
    "%2e%2e%2fescaped", "\u202etxt.exe", "map.html", "events.csv\n../x",
]  # fmt: skip
TEXT = "Fighters attacked an army base in {} on Nov. {}, killing two soldiers."
FILES = [
    "../escaped.txt",
    "CON.txt",
    "a\nb.txt",
    "-o.txt",
    "$(touch escaped).txt",
    "n" * 240 + ".txt",
    "<b>.txt",
    "%s%n.txt",
]


def tree(folder: Path) -> set[str]:
    """Return all that lies under a folder."""
    return {os.fsdecode(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture(scope="module")
def around(tmp_path_factory) -> tuple[Path, set[str]]:
    """A folder with hostile reports and their outputs, and what lay in it before the run."""
    folder = tmp_path_factory.mktemp("around")
    towns = ("Mosul", "Kirkuk", "Erbil", "Ramadi")
    records = [
        {"doc_id": name, "title": name, "source": name, "url": name, "text": TEXT.format(towns[n % 4], n + 1)}
        for n, name in enumerate(NAMES)
    ]
    (folder / "in").mkdir()
    write_jsonl(folder / "in" / "reports.jsonl", *records)
    for number, name in enumerate(FILES):
        (folder / "in" / name).resolve().write_text(TEXT.format("Tikrit", number + 1), encoding="utf-8")
    before = tree(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = sitmap("map", "in", "--out", "out", "--as-of", "2023-12-31", "--title", "../../escaped")
    assert done.code == 0, done.err
    return folder, before


def test_nothing_is_written_outside_the_output_folder(around):
    folder, before = around
    new = {path for path in tree(folder) - before if path != "out"}
    assert new
    assert {path for path in new if not path.startswith("out/")} == set()


def test_outputs_have_fixed_names(around):
    folder, _ = around
    record = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    assert record["counts"]["articles"] >= len(NAMES) - 1
    for path in tree(folder / "out"):
        assert path.replace("-", "").replace("_", "").replace(".", "").isalnum(), path
        assert len(path) < 40


def test_a_link_inside_the_input_leads_to_no_folder(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.txt").write_text(TEXT.format("Mosul", 3), encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "secret")
    done = sitmap("map", tmp_path / "in", "--out", tmp_path / "out")
    assert done.code == 3
    assert not (tmp_path / "out" / "map.html").exists()
