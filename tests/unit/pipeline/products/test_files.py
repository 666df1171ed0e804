from __future__ import annotations

import errno
import fcntl
import os

import pytest

from pipeline.errors import OutputError
from pipeline.products.files import digest, sweep, write_by, write_bytes, write_pieces, write_text


def test_writes_and_replaces_whole_files(tmp_path):
    path = tmp_path / "new" / "a.txt"
    write_text(path, "old\n")
    assert write_text(path, "naïve\n") == path
    assert path.read_bytes() == "naïve\n".encode()
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_content_and_no_rest(tmp_path, monkeypatch, step):
    path = tmp_path / "a.txt"
    write_text(path, "old\n")

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os if step == "fsync" else type(path), step, full)
    with pytest.raises(OutputError, match=r"a\.txt: cannot be written \(No space left on device\); free some space"):
        write_text(path, "new\n")
    monkeypatch.undo()
    assert path.read_text() == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_an_interruption_leaves_no_rest(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_text(tmp_path / "a.txt", "new\n")
    assert list(tmp_path.iterdir()) == []


def test_pieces_of_which_one_cannot_be_made_leave_the_old_content_and_no_rest(tmp_path):
    path = write_text(tmp_path / "a.txt", "old\n")

    def pieces():
        yield b"new"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_pieces(path, pieces())
    assert path.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("target", ["there", "missing"])
def test_a_symlink_is_not_written_through(tmp_path, target):
    (tmp_path / "there").write_text("kept")
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / target)
    with pytest.raises(OutputError, match=r"is a symbolic link.*remove it"):
        write_text(link, "new")
    assert (tmp_path / "there").read_text() == "kept"
    assert not (tmp_path / "missing").exists()


def test_a_pipe_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(OutputError, match="is a device or a pipe"):
        write_text(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").is_fifo()


def test_a_folder_in_the_way_is_named(tmp_path):
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(OutputError, match=r"a\.txt: cannot be written"):
        write_bytes(tmp_path / "a.txt", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match=r"cannot be written \((Not a directory|File exists)\)"):
        write_bytes(tmp_path / "out" / "a.txt", b"x")


def test_a_long_name_is_no_obstacle(tmp_path):
    assert write_bytes(tmp_path / ("n" * 250), b"x").read_bytes() == b"x"


def test_digest(tmp_path):
    path = write_bytes(tmp_path / "a", b"abc")
    assert digest(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_a_killed_run_left_is_swept_and_what_another_writes_now_is_not(tmp_path):
    left = tmp_path / ".events.csv.abc.part"
    left.mkdir()
    (left / "events.csv").write_text("half")

    def writer(temporary):
        temporary.write_text("whole")
        sweep(tmp_path)

    write_by(tmp_path / "map.html", writer)
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


@pytest.mark.parametrize("when", ["before it is held", "while another looks at it"])
def test_a_folder_that_another_run_sweeps_before_it_is_held_is_made_again(tmp_path, monkeypatch, when):
    opened, swept = os.open, []

    def swept_first(folder, *rest, **named):
        if str(folder).endswith(".part") and not swept:
            swept.append(folder)
            if when == "before it is held":
                sweep(tmp_path)
            else:
                fcntl.flock(opened(folder, os.O_RDONLY), fcntl.LOCK_EX)
        return opened(folder, *rest, **named)

    monkeypatch.setattr(os, "open", swept_first)
    assert write_text(tmp_path / "a.txt", "whole").read_text() == "whole"
    assert len(swept) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_that_looks_like_a_leftover_is_not_followed(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (tmp_path / ".a.b.part").symlink_to(tmp_path / "kept")
    sweep(tmp_path)
    assert (tmp_path / "kept" / "file").exists()
