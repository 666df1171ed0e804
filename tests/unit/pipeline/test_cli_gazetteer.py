from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from command import sitmap
from small_world import SMALL_WORLD

from gazetteer.adding.wanted import kinds
from gazetteer.building import assembly
from pipeline.cli_gazetteer import BESIDE, KINDS, _complete_key, _complete_source


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assembly, "read_world", lambda _tell: list(SMALL_WORLD))
    path = tmp_path / "home" / "small.sqlite"
    monkeypatch.setenv("SITMAP_GAZETTEER", str(path))
    assert sitmap("gazetteer", "build", "-q").code == 0
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    good = "".join(f"Camp {i},33.{i:02},42.1,\n" for i in range(60))
    path = tmp_path / "mine.csv"
    path.write_text(
        f"name,lat,lon,source\n{good}Broken\x1b[2J,x,42.1,\nZarqa Camp,33.5,42.9,Survey 7\n", encoding="utf-8"
    )
    return path


def test_a_source_is_added_listed_and_removed(index: Path, table: Path) -> None:
    added = sitmap("gazetteer", "add", table, "--attribution", "Ann \x26 Co", "--licence", "CC0")
    assert added.code == 0
    assert added.out.splitlines()[0] == "mine: 61 places; CC0; Ann & Co"
    assert f"{index}: " in added.out.splitlines()[1]
    assert "skipped mine.csv line 62: name is 'Broken\\x1b[2J'; expected" in added.err
    assert "skipped in all: 1" in added.err
    assert "\x1b" not in added.err
    listed = sitmap("gazetteer", "list")
    rows = {line[2:].split()[0]: line for line in listed.out.splitlines()}
    assert rows["mine"].startswith("+ mine ")
    assert rows["mine"].endswith("60  mine; CC0; Ann & Co")
    assert rows["mine/1"].endswith("1  mine; CC0; Survey 7, through Ann & Co")
    assert rows["geonames"].startswith("  geonames")
    assert sitmap("gazetteer", "list", "--json").json["mine"]["places"] == 60
    info = sitmap("gazetteer", "info").json
    assert (info["current"], info["sources"]["mine"]["attribution"]) == (True, "Ann & Co")
    assert sitmap("lookup", "Zarqa Camp").out.count("mine:") == 1
    assert sitmap("gazetteer", "remove", "mine", "-q").out == ""
    assert "mine" not in sitmap("gazetteer", "info").json["sources"]


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["add", "geonames"], "geonames: say which: codes such as SY IQ"),
        (["add", "gone.csv"], "gone.csv: no such file; expected a file that ends in .csv"),
        (["add", "geonames", "SY", "--mirror", "http://example.org"], "only https is used"),
        (["remove", "mine"], "mine: no added source has this key; there are: none was added"),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_code_3(arguments: list[str], cause: str) -> None:
    done = sitmap("gazetteer", *arguments, "-q")
    assert done.code == 3
    assert cause in done.complaint


def test_a_file_that_cannot_be_read_leaves_the_index_as_it_was(index: Path, tmp_path: Path) -> None:
    before = index.read_bytes()
    (tmp_path / "bad.csv").write_text("name,lat,lon\nX,95,42\n")
    done = sitmap("gazetteer", "add", tmp_path / "bad.csv", "-q")
    assert done.code == 3
    assert "bad.csv line 2: lat is '95'; expected degrees north" in done.complaint
    assert index.read_bytes() == before
    assert [p.name for p in index.parent.iterdir()] == ["small.sqlite"]


def test_the_command_knows_the_kinds_and_what_goes_beside_them() -> None:
    assert {*KINDS, "table"} == set(kinds())
    assert set(BESIDE) == set(kinds()["geonames"]["beside"])


def test_the_shell_completes_kinds_files_and_keys(index: Path, table: Path) -> None:
    context = click.Context(click.Command("add"))
    parameter = click.Argument(["source"])
    assert [c.value for c in _complete_source(context, parameter, "g")] == ["geonames"]
    assert [(c.value, c.type) for c in _complete_source(context, parameter, "./x")] == [("./x", "file")]
    context.params["source"] = "geonames"
    assert [c.type for c in _complete_source(context, parameter, "g")] == ["file"]
    assert _complete_key(context, parameter, "") == []
    sitmap("gazetteer", "add", table, "-q")
    assert [(c.value, c.help) for c in _complete_key(context, parameter, "mi")] == [("mine", "mine")]
    index.with_name("small.sqlite.added").joinpath("sources.json").write_text("{")
    assert _complete_key(context, parameter, "") == []


def test_the_record_of_what_was_added_names_no_folder_of_this_machine(index: Path, table: Path) -> None:
    sitmap("gazetteer", "add", table, "-q")
    record = index.with_name("small.sqlite.added").joinpath("sources.json").read_text()
    assert str(table.parent) not in record
    assert json.loads(record)["sources"][0]["path"].endswith("/mine.csv")
