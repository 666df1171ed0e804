"""A folder of results that grows: the same reports in any order and batches are the same bytes, and nothing is lost."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from command import Done, sitmap
from small_reports import AS_OF, REPORTS, write_reports

import pipeline.engines.work
from pipeline import grow
from pipeline.store import WORK_FILE, Store

pytestmark = pytest.mark.usefixtures("built_index")
OURS = {"store.sqlite", "store.lock", WORK_FILE}
MOSUL = "Gunmen shelled an army base"


def into(folder: Path, *paths: object, as_of: str = AS_OF) -> Done:
    done = sitmap("map", *paths, "--as-of", as_of, "--into", folder)
    assert done.code == 0, done.err
    return done


def digests(folder: Path) -> dict[str, str]:
    """The bytes of every product but the record, which has timings and paths."""
    names = {path.name for path in folder.iterdir() if path.is_file()} - OURS - {"run.json"}
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def events(folder: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(folder / "events.parquet").set_index("doc_id")


def corrected(folder: Path, *lines: str) -> Path:
    header = "kind,event_id,other_id,doc_id,words,country,field,value,who\n"
    path = folder / "corrections.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The doc_ids of the reports that are read, as they are."""
    done: list[str] = []
    real = pipeline.engines.work.read_report

    def counted(article, *args, **kwargs):
        done.append(article.doc_id)
        return real(article, *args, **kwargs)

    monkeypatch.setattr(pipeline.engines.work, "read_report", counted)
    return done


@pytest.fixture(scope="module")
def grown(run, tmp_path_factory) -> Path:
    """All reports in one go."""
    folder = tmp_path_factory.mktemp("grown") / "out"
    into(folder, run.reports)
    return folder


@pytest.fixture
def growing(grown, tmp_path) -> Path:
    """A copy to change."""
    return shutil.copytree(grown, tmp_path / "growing")


def test_a_folder_that_grows_has_the_bytes_of_a_plain_run(run, grown):
    assert digests(grown) == {name: d for name, d in digests(run.out).items() if name not in OURS}


@pytest.mark.slow
def test_report_by_report_backwards_comes_to_the_same_bytes(run, grown, tmp_path):
    for path in sorted(run.reports.iterdir(), reverse=True):
        into(tmp_path / "out", path)
    assert digests(tmp_path / "out") == digests(grown)


def test_what_was_read_is_not_read_again(run, growing, readings):
    before = digests(growing)
    done = sitmap("map", run.reports, "--into", growing)
    assert "5 reports in the store, 0 new, 0 read" in done.out
    assert readings == []
    assert digests(growing) == before  # no --as-of: the days are those of the first time


@pytest.mark.slow
def test_a_new_report_is_the_only_one_read(run, growing, readings, tmp_path):
    new = tmp_path / "new.txt"
    new.write_text("ERBIL, Iraq, Nov 23 (Northline) - A drone struck a fuel depot in Erbil on Thursday.\n")
    assert "6 reports in the store, 1 new, 1 read" in into(growing, new).out
    assert readings == ["new"]
    assert len(events(growing)) == 5


@pytest.mark.slow
def test_a_doubled_folder_changes_nothing_but_the_list_of_copies(run, growing, tmp_path):
    reports = write_reports(tmp_path / "copies")
    before = digests(growing)
    done = into(growing, reports)
    assert done.err.count("the same report again; counted once") == 5
    changed = {name for name, digest in digests(growing).items() if digest != before[name]}
    assert changed <= {"briefing.html", "briefing.md"}  # they list the copies


@pytest.mark.slow
def test_copies_under_other_names_come_to_the_same_in_any_order(run, tmp_path):
    double = tmp_path / "double"
    double.mkdir()
    for name in REPORTS:
        shutil.copyfile(run.reports / name, double / f"a-{name}")
    orders: list[tuple[Path, ...]] = [(run.reports, double), (double, run.reports)]
    for number, order in enumerate(orders):
        for path in order:
            into(tmp_path / f"out{number}", path)
    into(tmp_path / "out2", *orders[0])
    assert digests(tmp_path / "out0") == digests(tmp_path / "out1") == digests(tmp_path / "out2")
    assert len(events(tmp_path / "out0")) == 4


@pytest.mark.slow
def test_a_mended_report_takes_the_place_of_the_one_before(growing, tmp_path):
    path = tmp_path / "erbil.txt"
    path.write_text("ERBIL, Iraq, Nov 23 (Northline) - A drone struck a depot in Erbil, killing two people.\n")
    into(growing, path)
    path.write_text("ERBIL, Iraq, Nov 23 (Northline) - A drone struck a depot in Erbil, killing four people.\n")
    assert "1 new, 1 read, 1 replaced by another text" in into(growing, path).out
    assert events(growing).loc["erbil", "best"] == 4
    listed = sitmap("store", "list", "--into", growing, "--json").json
    assert [row["state"] for row in listed if row["path"] == str(path)].count("replaced") == 1


# ---- withdrawing -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_report_is_withdrawn_listed_and_brought_back_without_reading(run, growing, readings):
    before = digests(growing)
    done = sitmap("withdraw", "mosul", "--into", growing, "--note", "retracted")
    assert done.code == 0, done.err
    assert "mosul" not in events(growing).index
    assert "withdrawn  mosul" in (listed := sitmap("store", "list", "--into", growing).out)
    assert "retracted" in listed
    assert "1 withdrawn" in into(growing, run.reports).out  # a folder does not bring it back
    assert "mosul" not in events(growing).index
    assert "1 back" in into(growing, run.reports / "mosul.txt").out
    assert digests(growing) == before
    sitmap("withdraw", run.reports / "mosul.txt", "--into", growing)
    assert "1 back" in sitmap("withdraw", "mosul", "--undo", "--into", growing).out
    assert digests(growing) == before
    assert readings == []


@pytest.mark.slow
def test_all_can_be_withdrawn(run, growing):
    assert sitmap("withdraw", run.reports, "--into", growing).code == 0
    assert len(events(growing)) == 0
    assert "no incident" in (growing / "briefing.md").read_text(encoding="utf-8").lower()


def test_what_is_not_there_cannot_be_withdrawn(grown):
    done = sitmap("withdraw", "nobody", "--into", grown)
    assert done.code == 3
    assert "nobody: no report of this doc_id or path is in the store; `sitmap store list" in done.complaint


def test_the_store_tells_about_itself(grown):
    told = sitmap("store", "info", "--into", grown).json
    assert (told["reports"], told["refused"], told["withdrawn"], told["schema"]) == (5, 1, 0, 2)


# ---- corrections -----------------------------------------------------------------------------------------------------


def test_corrections_beside_the_reports_are_found_and_move_events(run, tmp_path):
    reports = write_reports(tmp_path / "reports")
    event_id = events(run.out).loc["mosul", "event_id"]
    lines = (
        'place,,,mosul,Mosul,,,"Erbil, Iraq",Ann', f"edit,{event_id},,,,,fatalities,4,Ann",
        "reject,,,anbar,bombed a militia depot,,,,Bo", "reject,0000000000000000,,,,,,,Bo",
    )  # fmt: skip
    corrected(reports, *lines)
    done = sitmap("map", reports, "--as-of", AS_OF, "--out", tmp_path / "out")
    assert f"corrections: {reports / 'corrections.csv'} (found beside the reports)" in done.err
    assert "corrections.csv:5: matches nothing any more: reject event 0000000000000000" in done.err
    row = events(tmp_path / "out").loc["mosul"]
    assert (row["event_id"], row["location"], row["best"]) == (event_id, "Erbil", 4)
    assert row["corrected"].startswith("“Mosul” is Erbil (Erbil, IQ): set by Ann in corrections.csv:2; fatalities 4")
    assert json.loads(row["geo_alternatives"])[0]["name"] == "Mosul"
    assert "anbar" not in events(tmp_path / "out").index
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [c["state"] for c in record["corrections"]] == ["applied", "applied", "applied", "matches nothing"]
    assert "corrections.csv:5: matches nothing any more" in (tmp_path / "out" / "briefing.md").read_text(
        encoding="utf-8"
    )
    assert "set by Ann in corrections.csv:2" in (tmp_path / "out" / "map.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_file_without_corrections_changes_no_byte(run, tmp_path):
    reports = write_reports(tmp_path / "reports")
    empty = corrected(tmp_path)
    done = sitmap("map", reports, "--as-of", AS_OF, "--out", tmp_path / "out", "--corrections", empty)
    assert done.code == 0
    listed = {"briefing.html", "briefing.md"}  # the path of the refused line, which lies elsewhere
    plain = {n: d for n, d in digests(run.out).items() if n not in listed | OURS}
    assert {n: d for n, d in digests(tmp_path / "out").items() if n not in listed} == plain


def test_a_bad_line_stops_the_run_before_anything_is_written(run, tmp_path):
    bad = corrected(tmp_path, "edit,e1,,,,,fatalities,many,Ann")
    done = sitmap("map", run.reports, "--out", tmp_path / "out", "--corrections", bad)
    assert done.code == 3
    assert f"{bad}:2: column value: 'many' is no number of people; write 3, 3-5" in done.complaint
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_corrections_persist_and_only_what_they_touch_is_read_again(growing, readings, tmp_path):
    before = digests(growing)
    mine = corrected(tmp_path, 'place,,,,Mosul,,,"Erbil, Iraq",Ann')
    sitmap("map", "--into", growing, "--corrections", mine)
    assert readings == ["mosul"]
    assert events(growing).loc["mosul", "location"] == "Erbil"
    sitmap("map", "--into", growing)
    assert events(growing).loc["mosul", "location"] == "Erbil"
    assert readings == ["mosul"]
    corrected(growing, "not_a_place,,,mosul,Mosul,,,,Bo")  # the folder's own come last
    sitmap("map", "--into", growing)
    assert events(growing).loc["mosul", "location"] != "Erbil"
    (growing / "corrections.csv").unlink()
    mine.unlink()
    sitmap("map", "--into", growing)
    assert digests(growing) == before


@pytest.mark.slow
def test_a_former_id_still_names_the_event_after_more_reports_of_it(growing, tmp_path):
    former = events(growing).loc["mosul", "event_id"]
    for number in range(3):
        (tmp_path / f"again{number}.txt").write_text(
            f"MOSUL, Iraq, Nov 21 (Wire{number}) - Gunmen shelled an army base in Mosul on Tuesday, killing three "
            f"soldiers, the {['army', 'police', 'governor'][number]} said.\n"
        )
        into(growing, tmp_path / f"again{number}.txt")
    corrected(growing, f"edit,{former},,,,,fatalities,7,Ann")
    assert "matches nothing" not in sitmap("map", "--into", growing).err
    row = next(row for _, row in events(growing).iterrows() if former in row["member_ids"].split(";"))
    assert (row["best"], row["n_sources"]) == (7, 4)
    assert row["event_id"] == min(row["member_ids"].split(";"))


# ---- cut off ---------------------------------------------------------------------------------------------------------


class CutOffError(BaseException):
    """Stands for the end of the process."""


def cut(patch: pytest.MonkeyPatch, owner: object, name: str, number: int) -> None:
    calls, real = [0], getattr(owner, name)

    def counted(*args, **kwargs):
        calls[0] += 1
        if calls[0] == number:
            raise CutOffError
        return real(*args, **kwargs)

    patch.setattr(owner, name, counted)


@pytest.fixture
def one_more(tmp_path) -> Path:
    path = tmp_path / "erbil.txt"
    path.write_text("ERBIL, Iraq, Nov 23 (Northline) - A drone struck a fuel depot in Erbil on Thursday.\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("owner", "name", "is_new"),
    [
        (pipeline.engines.work, "read_report", False),
        (grow, "conclude", False),
        (pipeline.run, "write_geojson", False),
        (pipeline.run, "write_map", False),
        (pipeline.run, "write_manifest", False),
        (Store, "commit", False),
        (grow, "publish", True),
        (Store, "published", True),
    ],
)
def test_a_run_that_is_cut_off_leaves_the_old_or_the_new(growing, one_more, monkeypatch, owner, name, is_new):
    before = digests(growing)
    with monkeypatch.context() as patch:
        cut(patch, owner, name, 1)
        with pytest.raises(CutOffError):
            sitmap("map", one_more, "--as-of", AS_OF, "--into", growing)
    seen = {name: digest for name, digest in digests(growing).items() if name in before}
    assert is_new or seen == before
    sitmap("map", "--into", growing)
    assert len(events(growing)) == (5 if is_new else 4)
    into(growing, one_more)
    assert len(events(growing)) == 5


@pytest.mark.slow
def test_a_run_goes_on_from_what_one_that_was_cut_off_had_read(run, grown, monkeypatch, tmp_path, readings):
    with monkeypatch.context() as patch:
        cut(patch, pipeline.engines.work, "read_report", 4)
        with pytest.raises(CutOffError):
            sitmap("map", run.reports, "--as-of", AS_OF, "--into", tmp_path / "out")
    assert len(readings) == 3
    assert "5 new, 2 read" in into(tmp_path / "out", run.reports).out
    assert digests(tmp_path / "out") == digests(grown)


# ---- called wrongly --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("map", "--into", "OUT"), 3, "the store is empty"),
        (("map", "gone.txt", "--into", "OUT"), 3, "gone.txt: no such file or folder"),
        (("map", "--into", "OUT", "--out", "o"), 2, "leave --out away"),
        (("map", "--into", "OUT", "--no-cache"), 2, "leave --no-cache away"),
        (("withdraw", "a", "--into", "OUT"), 3, "holds no store; make one with"),
        (("store", "list", "--into", "OUT"), 3, "holds no store; make one with"),
        (("withdraw", "a"), 2, "Missing option '--into'"),
    ],
)
def test_a_call_that_cannot_be_done_says_what_to_do(tmp_path, arguments, code, words):
    done = sitmap(*(str(tmp_path / "out") if a == "OUT" else a for a in arguments))
    assert (done.code, words in done.err) == (code, True), done.err
