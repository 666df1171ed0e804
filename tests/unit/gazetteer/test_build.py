from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from small_world import SMALL_WORLD

from gazetteer import seal
from gazetteer.errors import GazetteerDamagedError, GazetteerMissingError
from gazetteer.index import Gazetteer
from gazetteer.paths import default_index_path

building = import_module("gazetteer.build")  # the package exports the function of that name


@pytest.fixture
def copy(index_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(index_path, tmp_path / "copy.sqlite"))


def test_the_same_sources_in_any_order_give_the_same_bytes(index_path: Path, tmp_path: Path) -> None:
    again = building.build(tmp_path / "deep" / "again.sqlite", sources=SMALL_WORLD[::-1])
    assert again.path.read_bytes() == index_path.read_bytes()
    assert again.size == index_path.stat().st_size
    assert [p.name for p in again.path.parent.iterdir()] == ["again.sqlite"]


def test_a_build_that_fails_leaves_the_old_index_and_no_draft(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = copy.read_bytes()

    def full(_path: Path) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(seal, "seal", full)
    with pytest.raises(OSError, match="No space"):
        building.build(copy, sources=SMALL_WORLD)
    assert copy.read_bytes() == before
    assert [p.name for p in copy.parent.iterdir()] == ["copy.sqlite"]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    building.build(tmp_path / "x.sqlite", sources=SMALL_WORLD[:1], progress=lambda *step: told.append(step))
    assert told[0] == ("joining places", 0, 1)
    assert told[-1] == ("sorting divides", 4, 5)


def test_is_current_knows_missing_damaged_and_older(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert building.is_current(copy)
    assert not building.is_current(copy.with_name("none.sqlite"))
    monkeypatch.setattr(building, "fingerprint", lambda *_: "another")
    assert not building.is_current(copy)


def test_a_missing_index_says_where_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissingError, match=r"none\.sqlite.*sitmap gazetteer build"):
        Gazetteer.open(tmp_path / "none.sqlite")


@pytest.mark.parametrize("kept", [0, 1, 100, 4096, -1, -200])
def test_an_index_cut_short_is_refused(copy: Path, kept: int) -> None:
    copy.write_bytes(copy.read_bytes()[:kept])
    with pytest.raises(GazetteerDamagedError, match="sitmap gazetteer build"):
        Gazetteer.open(copy)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.35, 0.5, 0.77, 0.95, 0.999])
def test_an_altered_byte_is_refused(copy: Path, share: float) -> None:
    data = bytearray(copy.read_bytes())
    data[int(share * (len(data) - 1))] ^= 0x10
    copy.write_bytes(data)
    with pytest.raises(GazetteerDamagedError, match="sitmap gazetteer build"):
        Gazetteer.open(copy)


def test_an_altered_byte_under_an_old_time_is_found_by_verify(copy: Path) -> None:
    times = copy.stat()
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 0x01
    copy.write_bytes(data)
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
    with Gazetteer.open(copy) as gazetteer, pytest.raises(GazetteerDamagedError, match="altered"):
        gazetteer.verify()


def _reseal(path: Path, *statements: str) -> None:
    """Alter the database as another program would, and seal it again."""
    with closing(sqlite3.connect(path)) as database:
        columns = path.read_bytes()[database_length(database) : -seal.TRAILER]
        for statement in statements:
            database.execute(statement)
        database.commit()
        length = database_length(database)
    path.write_bytes(path.read_bytes()[:length] + columns)
    seal.seal(path)


def database_length(database: sqlite3.Connection) -> int:
    (pages,), (size,) = (database.execute(f"PRAGMA page_{what}").fetchone() for what in ("count", "size"))
    return int(pages * size)


@pytest.mark.parametrize("key", ["schema", "spelling"])
def test_another_version_is_refused_with_both_named(copy: Path, key: str) -> None:
    _reseal(copy, f"UPDATE meta SET value = 'old' WHERE key = '{key}'")
    with pytest.raises(
        GazetteerDamagedError, match=rf"{key} version: expected \w+, found old; run: sitmap gazetteer build"
    ):
        Gazetteer.open(copy)


@pytest.mark.parametrize("table", ["meta", "name", "skeleton"])
def test_a_dropped_table_is_never_no_places(copy: Path, table: str) -> None:
    _reseal(copy, f"DROP TABLE {table}")
    with pytest.raises(GazetteerDamagedError, match="sitmap gazetteer build"):
        Gazetteer.open(copy).candidates("Zurf al Saqr")


def test_missing_rows_are_found_by_verify(copy: Path) -> None:
    _reseal(copy, "DELETE FROM skeleton WHERE key = (SELECT key FROM skeleton LIMIT 1)")
    with Gazetteer.open(copy) as gazetteer, pytest.raises(GazetteerDamagedError, match="table skeleton has"):
        gazetteer.verify()


def test_a_copied_index_opens_and_is_stamped_again(index_path: Path, tmp_path: Path) -> None:
    plain = Path(shutil.copyfile(index_path, tmp_path / "plain.sqlite"))
    os.utime(plain, ns=(10**18, 10**18))
    Gazetteer.open(plain).close()
    assert plain.stat().st_mtime_ns % 10**9 == index_path.stat().st_mtime_ns % 10**9


def test_opening_for_reading_writes_nothing(copy: Path) -> None:
    before = copy.read_bytes(), copy.stat().st_mtime_ns
    with Gazetteer.open(copy) as gazetteer:
        gazetteer.candidates("Mosul")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            gazetteer._database._execute("DELETE FROM name")
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == before


def test_default_path_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITMAP_GAZETTEER", str(tmp_path / "mine.sqlite"))
    assert default_index_path() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("SITMAP_GAZETTEER")
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    assert default_index_path() == tmp_path / "share" / "sitmap" / "gazetteer.sqlite"
