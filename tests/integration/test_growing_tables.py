"""Tables in a folder that grows: rows are kept, coded once, replaced, withdrawn and corrected as reports are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import geopandas as gpd
import pytest
from command import Done, sitmap

from pipeline.rows import flow
from pipeline.store import WORK_FILE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]  # several whole runs a test
AS_OF = "2023-11-25"
HEAD = "date,place,province,country,lat,lon,type,killed,notes\n"
HIT = "2023-11-20,Hit,Al Anbar,Iraq,33.64,42.82,ambush,3,Gunmen shot at a patrol near Hit.\n"
MOSUL = "2023-11-21,Mosul,Ninawa,Iraq,,,shelling,1,Mortars fell on a market.\n"
ERBIL = "2023-11-22,Erbil,Arbil,Iraq,,,drone strike,2,A drone hit a depot.\n"
ACLED = "docs/tables/acled_like.csv"
TEXT = "Rockets hit a depot in Mosul on November 20, 2023, killing two guards."


def table(folder: Path, name: str, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(HEAD + "".join(rows), encoding="utf-8")
    return folder / name


def into(folder: Path, *paths: object, more: tuple[object, ...] = ()) -> Done:
    done = sitmap("map", *paths, "--as-of", AS_OF, "--into", folder, *more)
    assert done.code == 0, done.err
    return done


def digests(folder: Path) -> dict[str, str]:
    ours = {"store.sqlite", "store.lock", WORK_FILE, "run.json"}
    names = {path.name for path in folder.iterdir() if path.is_file()} - ours
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def events(folder: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(folder / "events.parquet").set_index("src_notes", drop=False).sort_index()


@pytest.fixture
def lookups(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The names of rows that are looked up, as they are."""
    done: list[object] = []
    real = flow.named_places

    def counted(gazetteer, keys):
        keys = list(keys)
        done.extend(keys)
        return real(gazetteer, keys)

    monkeypatch.setattr(flow, "named_places", counted)
    return done


@pytest.fixture
def inputs(tmp_path) -> Path:
    folder = tmp_path / "in"
    table(folder, "a.csv", HIT, MOSUL)
    table(folder, "b.csv", ERBIL)
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_tables_and_reports_in_any_order_are_the_bytes_of_one_run(inputs, tmp_path, lookups):
    assert sitmap("map", inputs, "--as-of", AS_OF, "--out", tmp_path / "plain").code == 0
    for name in ("report.txt", "b.csv", "a.csv"):
        into(tmp_path / "out", inputs / name)
    assert digests(tmp_path / "out") == digests(tmp_path / "plain")
    lookups.clear()
    done = into(tmp_path / "out", inputs)
    assert "3 rows of tables, 0 of them coded now" in done.out
    assert lookups == []
    assert digests(tmp_path / "out") == digests(tmp_path / "plain")


def test_a_changed_row_takes_the_place_of_the_one_before_and_others_are_not_looked_up_again(tmp_path, lookups):
    path = table(tmp_path / "in", "a.csv", HIT, MOSUL)
    into(tmp_path / "out", path)
    lookups.clear()
    table(tmp_path / "in", "a.csv", HIT, MOSUL.replace(",1,", ",4,"))
    assert "2 rows of tables, 1 of them coded now" in into(tmp_path / "out", path).out
    assert events(tmp_path / "out")["best"].tolist() == [3, 4]
    assert [key[-1] for key in lookups] == ["Mosul"]
    path.unlink()
    assert sitmap("map", "--into", tmp_path / "out").code == 0  # the file is not needed any more
    assert len(events(tmp_path / "out")) == 2


def test_rows_and_tables_are_withdrawn_and_come_back(inputs, tmp_path):
    out = tmp_path / "out"
    into(out, inputs)
    before = digests(out)
    one = events(out).loc["Mortars fell on a market.", "doc_id"]
    assert sitmap("withdraw", one, "--into", out, "--note", "wrong").code == 0
    assert one not in set(events(out)["doc_id"])
    into(out, inputs)  # a folder does not bring it back
    assert one not in set(events(out)["doc_id"])
    assert sitmap("withdraw", inputs / "b.csv", "--into", out).code == 0
    assert set(events(out)["src_table_file"]) == {"", "a.csv"}
    assert f"withdrawn  {one}" in (listed := sitmap("store", "list", "--into", out).out)
    assert "wrong" in listed
    assert "b.csv" in listed
    into(out, inputs / "a.csv")
    assert sitmap("withdraw", inputs / "b.csv", "--undo", "--into", out).code == 0
    assert digests(out) == before
    assert sitmap("withdraw", "row:nobody", "--into", out).code == 3


def test_options_of_a_table_are_kept_with_it(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("dia,sitio\n03/04/2023,Hit\n", encoding="utf-8")
    into(tmp_path / "out", path, more=("--column", "date=dia", "--column", "place=sitio", "--date-order", "dmy"))
    assert sitmap("map", "--into", tmp_path / "out").code == 0
    found = gpd.read_parquet(tmp_path / "out" / "events.parquet")
    assert found["event_date"].astype(str).tolist() == ["2023-04-03"]


@pytest.mark.parametrize("where", ["--out", "--into"])
def test_a_place_of_a_row_is_corrected(inputs, tmp_path, where):
    out, mine = tmp_path / "out", tmp_path / "mine.csv"
    mine.write_text(
        "kind,event_id,other_id,doc_id,words,country,field,value,who\n"
        'place,,,,Erbil,,,"Kirkuk, Iraq",Ann\nplace,,,,Hit,IQ,,"Haditha, Iraq",Ann\nplace,,,,Mosul,TR,,Erbil,Ann\n',
        encoding="utf-8",
    )
    done = sitmap("map", inputs, "--as-of", AS_OF, where, out, "--corrections", mine)
    assert done.code == 0, done.err
    found = events(out)
    assert found.loc["A drone hit a depot.", "location"] == "Kirkuk"
    assert "set by Ann" in found.loc["A drone hit a depot.", "corrected"]
    assert found.loc["Gunmen shot at a patrol near Hit.", "location"] == "Ḩadīthah"
    assert "mine.csv:4: matches nothing" in done.err
    if where == "--into":
        assert sitmap("map", "--into", out).code == 0
        assert events(out).loc["A drone hit a depot.", "location"] == "Kirkuk"


def test_a_row_of_words_that_is_passed_over_is_named_by_file_and_row(tmp_path):
    path = tmp_path / "g.csv"
    path.write_text(
        "GLOBALEVENTID,SQLDATE,EventCode,ActionGeo_FullName,ActionGeo_Lat,ActionGeo_Long,ActionGeo_Type,Actor1Name,"
        'Actor2Name,SOURCEURL\n1,20231120,010,"Baghdad, Baghdad, Iraq",33.3,44.4,4,IRAQ,,https://example.org/1\n',
        encoding="utf-8",
    )
    into(tmp_path / "out", path, more=("--table-kind", "gdelt"))
    (passed,) = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["passed_over"]
    assert (passed["file"], passed["row"]) == (str(path), 2)


def test_a_column_that_no_table_has_is_refused_with_those_seen(inputs, tmp_path):
    for where in ("--out", "--into"):
        done = sitmap("map", inputs, where, tmp_path / "out", "--column", "place=Settlment")
        assert done.code == 2, done.err
        assert "no table has a column 'Settlment'; the columns are date, place, province" in done.err
