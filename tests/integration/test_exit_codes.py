"""What the command says, and with which exit code, when it was called wrongly or could not run."""

from __future__ import annotations

import json
import logging
import shutil
import stat
from pathlib import Path

import pytest
from command import sitmap

from gazetteer import default_index_path

pytestmark = pytest.mark.usefixtures("built_index")
WRONG = {
    "bad date": (["map", "--as-of", "22/11/2023"], "'22/11/2023' is not a date; write it as YYYY-MM-DD"),
    "impossible date": (["map", "--as-of", "2023-02-30"], "is not a date"),
    "unknown option": (["map", "--colour"], "No such option '--colour'"),
    "unknown command": (["mapp"], "No such command 'mapp'"),
    "missing argument": (["lookup"], "Missing argument 'NAME'"),
    "bad limit": (["lookup", "Mosul", "--limit", "0"], "0 is not in the range"),
    "near nowhere": (["lookup", "Mosul", "--near", "Qxzzvland"], "no place called 'Qxzzvland' is known"),
    "near off the globe": (["lookup", "Mosul", "--near", "95,200"], "is not on Earth"),
    "bad period": (["brief", "--period", "year"], "'year' is not one of"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_exit_code_2(arguments, message):
    done = sitmap(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert message in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [["map", "gone.txt"], ["geoparse", "gone.jsonl"], ["brief", "--out", "gone"], ["evaluate", "--shared", "gone"]],
)
def test_a_missing_file_is_exit_code_3_and_named(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = sitmap(*arguments)
    assert done.code == 3
    assert "gone" in done.complaint
    assert any(remedy in done.complaint for remedy in ("give", "run"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_model_is_exit_code_3_with_the_remedy(run, tmp_path):
    done = sitmap("map", run.reports, "--model", "no_such_model", "--out", tmp_path / "out")
    assert done.code == 3
    assert "'no_such_model' is not installed; run `pip install no-such-model`" in done.complaint
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_is_a_file_is_exit_code_3(run, tmp_path):
    (tmp_path / "out").write_text("taken")
    done = sitmap("map", run.reports, "--out", tmp_path / "out")
    assert done.code == 3
    assert str(tmp_path / "out") in done.complaint
    assert "choose another with --out" in done.complaint
    assert (tmp_path / "out").read_text() == "taken"


def flipped(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 0xFF]))


def cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def other_content(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(5000))


DAMAGE = {
    "byte flipped": (flipped, "altered (expected sha256 "),
    "cut short": (cut_short, "cut short"),
    "another file": (other_content, "cut short, or no gazetteer index"),
    "missing": (Path.unlink, "there is no gazetteer index here"),
}


@pytest.fixture(params=DAMAGE)
def damaged(request, tmp_path) -> tuple[Path, str]:
    damage, message = DAMAGE[request.param]
    copy = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(default_index_path(), copy)
    damage(copy)
    return copy, message


def test_a_damaged_gazetteer_is_refused_with_the_command_that_mends_it(damaged, run, tmp_path):
    path, message = damaged
    mapping = ["map", run.reports, "--out", tmp_path / "out"]
    for command in (["lookup", "Mosul"], mapping, ["gazetteer", "verify"], ["gazetteer", "info"]):
        done = sitmap(*command, "--gazetteer", path)
        assert done.code == 3, command
        assert done.complaint.startswith(f"sitmap: {path}: {message}")
        assert "sitmap gazetteer build" in done.complaint
    assert not (tmp_path / "out").exists()


def test_a_folder_is_no_gazetteer(tmp_path):
    done = sitmap("lookup", "Mosul", "--gazetteer", tmp_path)
    assert done.code == 3
    assert "sitmap gazetteer build" in done.complaint


def test_strict_makes_rejections_exit_code_1(run, tmp_path):
    done = sitmap("map", run.reports, "--strict", "--out", tmp_path / "out")
    assert done.code == 1
    assert (tmp_path / "out" / "map.html").is_file()


def test_strict_without_rejections_is_exit_code_0(run, tmp_path):
    assert sitmap("map", run.reports / "mosul.txt", "--strict", "--out", tmp_path / "out").code == 0


def test_an_interruption_is_exit_code_130(run, tmp_path, monkeypatch):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.run.write_map", interrupt)
    done = sitmap("map", run.reports / "mosul.txt", "--out", tmp_path / "out")
    assert done.code == 130
    assert "interrupted" in done.err
    assert not (tmp_path / "out" / "run.json").exists()


@pytest.mark.parametrize("arguments", [["--quiet", "map"], ["map", "-q"]], ids=" ".join)
def test_quiet_prints_nothing(run, tmp_path, arguments):
    done = sitmap(*arguments, run.reports / "mosul.txt", "--out", tmp_path / "out")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_verbose_tells_what_was_passed_over_and_why(tmp_path, caplog, monkeypatch):
    report, out = tmp_path / "a.txt", tmp_path / "out"
    told = "The attacks were a response to attacks by armed groups, a statement said."
    report.write_text(f"Gunmen shelled an army base in Mosul on Nov. 21. {told}\n", encoding="utf-8")
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", root.level)  # put back after -v
    with caplog.at_level("DEBUG", logger="nobody"):  # what is told depends on -v alone
        assert sitmap("map", report, "-v", "--as-of", "2023-11-22", "--out", out).code == 0
    lines = [record.getMessage() for record in caplog.records]
    (passed,) = json.loads((out / "run.json").read_text(encoding="utf-8"))["passed_over"]
    assert f"'a': passed over, {passed['why']}: {told!r}" in lines
    assert any(line.startswith("products: ") for line in lines)


def test_a_message_is_one_line_whatever_a_file_is_called(tmp_path):
    done = sitmap("map", tmp_path / "a\n\x1b[31mb.txt")
    assert done.code == 3
    assert "\x1b" not in done.complaint


def test_an_epoch_that_is_no_number_is_wrong_use(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = sitmap("map", run.reports, "--out", tmp_path / "out")
    assert done.code == 2
    assert "SOURCE_DATE_EPOCH" in done.complaint


def test_an_output_that_cannot_be_replaced_is_named(run, tmp_path):
    target = tmp_path / "elsewhere"
    target.write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / "map.html").symlink_to(target)
    done = sitmap("map", run.reports / "mosul.txt", "--out", out)
    assert done.code == 3
    assert "symbolic link" in done.complaint
    assert target.read_text() == "mine"


def test_outputs_can_be_read_by_others(run):
    assert {stat.S_IMODE(path.stat().st_mode) for path in run.out.iterdir()} == {0o644}
