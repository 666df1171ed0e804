from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import click
import pytest
from command import sitmap

from pipeline.cli import DAY, EXAMPLES, cli
from pipeline.cli_outcome import now, stamp
from pipeline.errors import UsageError
from pipeline.terminal import line

COMMANDS = [
    ["map"], ["brief"], ["geoparse"], ["lookup"], ["evaluate"], ["export"], ["fetch"], ["withdraw"], ["review"],
    ["serve"], ["verify"], ["gazetteer", "build"], ["gazetteer", "info"], ["gazetteer", "verify"], ["gazetteer", "add"],
    ["gazetteer", "list"], ["gazetteer", "remove"], ["store", "list"], ["store", "info"],
]  # fmt: skip
HEAVY = ("spacy", "pandas", "geopandas", "folium", "pyogrio", "pyarrow", "trafilatura", "jinja2")


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_shows_an_example(command, flag):
    done = sitmap(*command, flag)
    assert (done.code, done.err) == (0, "")
    assert f"Example: sitmap {' '.join(command)}".strip() in done.out


def test_every_command_is_tested_for_its_help():
    groups = {name: command for name, command in cli.commands.items() if isinstance(command, click.Group)}
    found = [[name] for name in cli.commands if name not in groups]
    found += [[name, inner] for name, group in groups.items() for inner in group.commands]
    assert sorted(found) == sorted(COMMANDS)


def test_every_option_has_help():
    commands = [c for c in cli.commands.values() if not isinstance(c, click.Group)]
    options = [p for command in commands for p in command.params if isinstance(p, click.Option)]
    assert len(options) > 15
    assert [option.name for option in options if not option.help] == []


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom pipeline.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.startswith("Usage: sitmap")
    assert done.stderr == "[]\n"


def test_version_is_told():
    assert sitmap("--version").out.startswith("sitmap, version ")


def test_examples_are_where_the_command_looks():
    assert EXAMPLES.name == "examples"
    assert (EXAMPLES.parent / "pipeline" / "cli.py").is_file()


def test_a_date_is_a_date():
    assert DAY.convert("2023-11-22", None, None) == date(2023, 11, 22)
    assert DAY.convert(date(2023, 11, 22), None, None) == date(2023, 11, 22)


@pytest.mark.parametrize("text", ["22/11/2023", "2023-02-30", "", "yesterday", "2023-11-22T00:00:00"])
def test_what_is_no_date_is_refused_with_the_form(text):
    with pytest.raises(click.BadParameter, match="write it as YYYY-MM-DD"):
        DAY.convert(text, None, None)


def test_the_epoch_overrules_the_clock(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert now() == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert stamp(now()) == "2023-11-14T22:13:20Z"


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", str(10**30), "-" + "9" * 18])
def test_an_epoch_that_is_no_time_is_refused(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH="):
        now()


def test_without_an_epoch_the_clock_is_read_to_the_second(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert now().microsecond == 0
    assert now().tzinfo is UTC


@pytest.mark.parametrize("text", ["a\nb", "a\x1b[2Jb", "a\u202eb", "a\udcffb", "a\u2028b", "a\rb"])
def test_a_message_cannot_steer_the_terminal(text):
    shown = line(text)
    assert shown.isprintable()
    assert (shown[0], shown[-1]) == ("a", "b")


def test_a_message_keeps_its_letters():
    assert line("جرف الصخر: Ağrı 🛰") == "جرف الصخر: Ağrı 🛰"
