from __future__ import annotations

import io
import json
import logging
import os
import sys
import tarfile
from collections.abc import Iterator
from importlib import import_module, util
from pathlib import Path

import pytest
from geonames_rows import ANBAR, HADITHA, HIT, dump, row
from loopback import serving
from small_world import SMALL_WORLD

from gazetteer.added import AddedSource, added_sources, attribution_rows, folder_of, read_added
from gazetteer.adding import Addition, add_sources, remove_source
from gazetteer.boundaries import Boundaries
from gazetteer.download import Limits
from gazetteer.errors import SourceError
from gazetteer.index import Gazetteer
from gazetteer.sources import no_progress
from gazetteer.wanted import Details, wanted_sources

building = import_module("gazetteer.build")  # the package exports the function of that name
QUICK = Limits(timeout_s=2, attempts=2, pause_s=0.01)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of a small world, which further builds read too."""
    monkeypatch.setattr(building, "read_world", lambda _tell: list(SMALL_WORLD))
    return building.build(tmp_path / "home" / "small.sqlite").path  # type: ignore[no-any-return]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon,source\nZarqa Camp,33.5,42.1,Survey 7\nAzraq Camp,33.6,42.1,\n", encoding="utf-8")
    return path


def add(index: Path, source: object, *items: object, **details: object) -> Addition:
    wanted = wanted_sources(str(source), [str(i) for i in items], Details(**details))  # type: ignore[arg-type]
    return add_sources(wanted, index, limits=QUICK)


def state(index: Path) -> dict[str, bytes]:
    return {p.relative_to(index.parent).as_posix(): p.read_bytes() for p in index.parent.rglob("*") if p.is_file()}


def test_a_table_is_added_found_listed_and_removed(index: Path, table: Path) -> None:
    before = state(index)
    addition = add(index, table, attribution="Ann", licence="CC0")
    table.unlink()  # the index keeps its own copy
    assert [(s.key, s.rows, s.skipped) for s in addition.sources] == [("mine", 2, 0)]
    assert building.is_current(index)
    with Gazetteer.open(index) as gazetteer:
        places = {c.place.name: c.place for n in ("Zarqa Camp", "Azraq Camp") for c in gazetteer.candidates(n)}
        assert (places["Zarqa Camp"].source, places["Azraq Camp"].source) == ("mine/1", "mine")
        assert places["Zarqa Camp"].admin1_id == "ne:anbar"
        sources = gazetteer.info()["sources"]
        assert gazetteer.source_counts()["mine"] == 1
        assert gazetteer.info()["current"]
    assert isinstance(sources, dict)
    assert (sources["mine"]["attribution"], sources["mine"]["licence"]) == ("Ann", "CC0")
    assert sources["mine/1"]["attribution"] == "Survey 7, through Ann"
    assert {"overlay", "geonames"} <= set(sources)
    building.build(index)  # a build later reads it again
    with Gazetteer.open(index) as gazetteer:
        assert gazetteer.candidates("Zarqa Camp")
    remove_source("mine", index)
    assert state(index) == before
    with Gazetteer.open(index) as gazetteer:
        assert not [c for c in gazetteer.candidates("Zarqa Camp") if c.match == "exact"]


def test_the_same_sources_give_the_same_bytes(index: Path, table: Path) -> None:
    add(index, table)
    before = state(index)
    add(index, table)
    assert state(index) == before


def test_adding_a_key_again_replaces_it(index: Path, table: Path) -> None:
    add(index, table)
    table.write_text("name,lat,lon\nKabir Camp,33.5,42.1\n", encoding="utf-8")
    add(index, table)
    assert [(s.key, s.rows) for s in added_sources(index)] == [("mine", 1)]
    assert len([p for p in folder_of(index).iterdir() if p.is_dir()]) == 1
    with Gazetteer.open(index) as gazetteer:
        assert gazetteer.candidates("Kabir Camp")
        assert not [c for c in gazetteer.candidates("Zarqa Camp") if c.match == "exact"]


def test_dumps_are_downloaded_and_known_places_grow(index: Path) -> None:
    known = row(98182, "Baghdad", 33.34, 44.4, "P.PPLC", alternatenames="Bagdad,Bagdatum")
    folder = index.parent / "served"
    folder.mkdir()
    files = {
        "/IQ.zip": dump(folder / "IQ.zip", [ANBAR, HADITHA, HIT, known]).read_bytes(),
        "/alternatenames/IQ.zip": dump(
            folder / "alternatenames-IQ.zip", ["1\t95788\tde\tHitt\t\t\t\t\t\t"]
        ).read_bytes(),
    }
    with serving(files=files, cut_after=[200]) as served:
        addition = add(index, "geonames", "IQ", mirror=served.address, beside=("names",))
    assert [path for path, _ in served.requests] == ["/IQ.zip", "/IQ.zip", "/alternatenames/IQ.zip"]
    assert addition.sources[0].rows == 4
    assert sorted(p.name for p in addition.sources[0].path.iterdir()) == ["IQ.zip", "alternatenames-IQ.zip"]
    with Gazetteer.open(index) as gazetteer:
        baghdad = gazetteer.place("gn:98182")
        assert (baghdad.source, baghdad.population) == ("geonames", 7_216_000)
        assert "Bagdatum" in gazetteer.names_of("gn:98182")
        assert gazetteer.place("gn:96309").source == "geonames-iq"
        found = [c.place for c in gazetteer.candidates("Hitt") if c.match == "exact"]
        assert found == [gazetteer.place("gn:95788")]


def test_what_came_is_not_downloaded_again_when_the_rest_failed(index: Path, tmp_path: Path) -> None:
    with serving(files={"/IQ.zip": dump(tmp_path / "IQ.zip", [ANBAR, HIT]).read_bytes()}) as served:
        with pytest.raises(SourceError, match="there is no such file"):
            add(index, "geonames", "IQ", "SY", mirror=served.address)
        served.files["/SY.zip"] = dump(tmp_path / "SY.zip", [row(90000050, "Zarqa", 35, 40, country="SY")]).read_bytes()
        add(index, "geonames", "IQ", "SY", mirror=served.address)
    assert [path for path, _ in served.requests] == ["/IQ.zip", "/SY.zip", "/SY.zip"]
    assert [s.key for s in added_sources(index)] == ["geonames-iq", "geonames-sy"]
    assert not (folder_of(index) / "downloads").exists()


def test_bad_rows_are_told_with_their_cause(index: Path, tmp_path: Path) -> None:
    rows = [row(100 + i, f"Town {i}", 33, 44) for i in range(100)]
    addition = add(index, "geonames", dump(tmp_path / "IQ.zip", [*rows, "broken"]))
    assert (addition.sources[0].rows, addition.sources[0].skipped) == (100, 1)
    assert addition.readings[0].examples == ["IQ.zip line 101: expected 19 columns separated by tabs, found 1"]


@pytest.mark.parametrize("fault", ["unreadable", "build", "interrupted", "gone"])
def test_if_anything_fails_nothing_changes(
    index: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    add(index, table)
    before = state(index)
    table.write_text("name,lat,lon\nKabir Camp,33.5,42.1\n", encoding="utf-8")
    error: type[BaseException] = SourceError
    if fault == "unreadable":
        table.write_text("name,lat,lon\nKabir Camp,north,42.1\n", encoding="utf-8")
    elif fault == "gone":
        with serving() as served, pytest.raises(SourceError, match="there is no such file"):
            add(index, "geonames", "XX", mirror=served.address)
        assert state(index) == before
        return
    else:
        error = OSError if fault == "build" else KeyboardInterrupt

        def fail(*_: object) -> str:
            raise error(28, "No space left on device")

        monkeypatch.setattr(building.seal, "seal", fail)
    with pytest.raises(error):
        add(index, table)
    assert state(index) == before
    monkeypatch.undo()
    assert [s.rows for s in added_sources(index)] == [2]


@pytest.mark.skipif(sys.platform == "win32", reason="no fcntl on Windows")
def test_two_at_once_do_not_undo_each_other(index: Path, table: Path) -> None:
    import fcntl

    handle = os.open(index.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(SourceError, match="another sitmap is changing the sources; run this again"):
            add(index, table)
    finally:
        os.close(handle)
    add(index, table)


def test_removing_what_is_not_there_says_what_is(index: Path, table: Path) -> None:
    with pytest.raises(SourceError, match="no added source has this key; there are: none was added"):
        remove_source("mine", index)
    add(index, table)
    with pytest.raises(SourceError, match="there are: mine"):
        remove_source("yours", index)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"version": 9, "sources": []}', '{"version": 1}', '{"version": 1, "sources": [{}]}']
)
def test_a_damaged_record_is_told_with_the_remedy(index: Path, table: Path, text: str) -> None:
    add(index, table)
    (folder_of(index) / "sources.json").write_text(text)
    with pytest.raises(
        SourceError, match=r"damaged .* delete the folder small\.sqlite\.added and add the sources again"
    ):
        added_sources(index)


def test_a_record_cannot_lead_out_of_its_folder(index: Path, table: Path) -> None:
    add(index, table)
    manifest = folder_of(index) / "sources.json"
    record = json.loads(manifest.read_text())
    record["sources"][0]["path"] = "/../../etc/passwd"
    manifest.write_text(json.dumps(record))
    assert added_sources(index)[0].path == folder_of(index) / "etc" / "passwd"


def test_files_that_are_gone_are_told_with_the_remedy(index: Path, table: Path) -> None:
    addition = add(index, table)
    addition.sources[0].path.unlink()
    with pytest.raises(
        SourceError, match="files of the added source mine are gone; add it again, or run: sitmap gazetteer remove mine"
    ):
        building.build(index)
    remove_source("mine", index)


def test_a_kind_of_a_later_version_is_told(tmp_path: Path) -> None:
    source = AddedSource("x", "later", tmp_path, "", "X", "CC0", "X")
    with pytest.raises(SourceError, match="sources of kind 'later' are not known; expected geonames"):
        list(read_added(source, Boundaries(()), no_progress))


def test_credits_of_hostile_words_stay_words() -> None:
    words = "{{7*7}} <script>alert(1)</script>"
    source = AddedSource("x", "table", Path("x"), "", words, words, words, credits={"x/1": words})
    assert {row["licence"] for row in attribution_rows([source]).values()} == {words}


def wof_archive(path: Path, *hostile: tarfile.TarInfo) -> Path:
    """An archive as GitHub packs a repository, with forty places, and what a hostile one adds."""
    with tarfile.open(path, "w:gz") as archive:
        for member in hostile:
            archive.addfile(member, io.BytesIO(b"{}" if member.size else b""))
        for number in range(90_000_040, 90_000_080):
            content = json.dumps(wof_place(number), indent=2).encode()
            member = tarfile.TarInfo(f"whosonfirst-data-admin-iq-master/data/900/000/{number}/{number}.geojson")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def wof_place(number: int) -> dict[str, object]:
    return {
        "id": number,
        "type": "Feature",
        "properties": {
            "wof:id": number, "wof:name": f"Zarqa Village {number}", "wof:placetype": "locality", "wof:country": "IQ",
            "mz:is_current": 1, "geom:latitude": 33.5, "geom:longitude": 42.1, "edtf:deprecated": "",
            "wof:hierarchy": [],
        },
        "geometry": {"type": "Point", "coordinates": [42.1, 33.5]},
    }  # fmt: skip


def hostile_members() -> Iterator[tarfile.TarInfo]:
    for name in ("../../escaped.geojson", "/escaped/outside.geojson"):
        member = tarfile.TarInfo(name)
        member.size = 2
        yield member
    link = tarfile.TarInfo("whosonfirst-data-admin-iq-master/data/1/1.geojson")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    yield link
    hard = tarfile.TarInfo("whosonfirst-data-admin-iq-master/data/2/2.geojson")
    hard.type, hard.linkname = tarfile.LNKTYPE, "../../../etc/passwd"
    yield hard


@pytest.mark.skipif(
    util.find_spec("gazetteer.sources.whos_on_first") is None, reason="gazetteer/sources/whos_on_first.py is missing"
)
def test_a_hostile_archive_writes_nothing_outside(
    index: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    before = {p for p in tmp_path.rglob("*") if folder_of(index) not in p.parents}
    archive = wof_archive(tmp_path / "whosonfirst-data-admin-iq.tar.gz", *hostile_members())
    addition = add(index, "whosonfirst", archive)
    assert (addition.sources[0].key, addition.sources[0].rows) == ("whosonfirst-iq", 40)
    after = {p for p in tmp_path.rglob("*") if folder_of(index) not in p.parents}
    assert after - before == {archive, folder_of(index)}
    with Gazetteer.open(index) as gazetteer:
        assert gazetteer.candidates("Zarqa Village 90000040")[0].place.source == "whosonfirst-iq"


def test_an_archive_goes_to_its_importer_by_name(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = type(sys)("gazetteer.sources.whos_on_first")
    asked: list[Path] = []

    def read_whos_on_first(archive: Path, _boundaries: Boundaries, _progress: object) -> Iterator[object]:
        asked.append(archive)
        yield SMALL_WORLD[-3]

    module.read_whos_on_first = read_whos_on_first  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gazetteer.sources.whos_on_first", module)
    archive = wof_archive(tmp_path / "whosonfirst-data-admin-sy.tar.gz")
    (source,) = add(index, "whosonfirst", archive).sources
    assert (source.key, source.rows) == ("whosonfirst-sy", 1)
    assert {path.name for path in asked} == {"whosonfirst-data-admin-sy.tar.gz"}
