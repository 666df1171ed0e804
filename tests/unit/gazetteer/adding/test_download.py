from __future__ import annotations

import hashlib
import random
import socket
from pathlib import Path

import pytest
from loopback import serving

from gazetteer.adding.download import DownloadError, Limits, check_address, download

CONTENT = b"PK\x03\x04" + random.Random(7).randbytes(300_000)
QUICK = Limits(timeout_s=2, attempts=3, pause_s=0.01)
NAME = "/SY.zip"


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_comes_whole_with_its_checksum_and_progress(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with serving(files={NAME: CONTENT}) as served:
        digest = download(served.address + NAME, tmp_path / "new" / "SY.zip", progress=lambda *step: told.append(step))
    assert (tmp_path / "new" / "SY.zip").read_bytes() == CONTENT
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert told[-1] == ("downloading SY.zip", len(CONTENT), len(CONTENT))
    assert left_in(tmp_path / "new") == ["SY.zip"]


def test_a_cut_download_goes_on_where_it_was(tmp_path: Path) -> None:
    with serving(files={NAME: CONTENT}, cut_after=[100_000, 50_000]) as served:
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert (tmp_path / "SY.zip").read_bytes() == CONTENT
    assert served.requests == [(NAME, ""), (NAME, "bytes=100000-"), (NAME, "bytes=150000-")]


def test_another_run_takes_up_what_the_last_one_left(tmp_path: Path) -> None:
    with serving(files={NAME: CONTENT}, cut_after=[100_000, 0, 0, 0]) as served:
        with pytest.raises(
            DownloadError, match=r"cut off at 100,000 of 300,004 bytes; run it again to go on from there"
        ):
            download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
        assert left_in(tmp_path) == ["SY.zip.part", "SY.zip.part.json"]
        served.requests.clear()
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert served.requests == [(NAME, "bytes=100000-")]
    assert (tmp_path / "SY.zip").read_bytes() == CONTENT
    assert left_in(tmp_path) == ["SY.zip"]


@pytest.mark.parametrize("change", [{"etag": '"two"'}, {"ranges": False}])
def test_a_file_that_changed_or_a_server_without_ranges_begins_anew(tmp_path: Path, change: dict[str, object]) -> None:
    with serving(files={NAME: CONTENT[:200_000]}, cut_after=[100_000, 0, 0, 0]) as served:
        with pytest.raises(DownloadError):
            download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
        served.files[NAME] = CONTENT
        for name, value in change.items():
            setattr(served, name, value)
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert (tmp_path / "SY.zip").read_bytes() == CONTENT


def test_without_a_mark_of_its_version_nothing_is_pieced_together(tmp_path: Path) -> None:
    with serving(files={NAME: CONTENT}, cut_after=[100_000], headers={"ETag": 'W/"weak"'}) as served:
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert served.requests == [(NAME, ""), (NAME, "")]
    assert (tmp_path / "SY.zip").read_bytes() == CONTENT


def test_a_part_longer_than_the_file_is_dropped(tmp_path: Path) -> None:
    with serving(files={NAME: CONTENT}, cut_after=[200_000, 0, 0, 0]) as served:
        with pytest.raises(DownloadError):
            download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
        served.files[NAME] = CONTENT[:150_000]  # the same mark, yet shorter: the server answers 416
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert (tmp_path / "SY.zip").read_bytes() == CONTENT[:150_000]


def test_another_part_than_was_asked_for_is_not_appended(tmp_path: Path) -> None:
    headers = {"Content-Range": "bytes 5-300003/300004"}
    with serving(files={NAME: CONTENT}, cut_after=[100_000]) as served:
        served.cut_after += [0] * 9
        with pytest.raises(DownloadError):
            download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
        served.cut_after.clear()
        served.headers = headers
        with pytest.raises(DownloadError, match="another part than was asked for"):
            download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert (tmp_path / "SY.zip.part").stat().st_size == 100_000


def test_a_file_that_is_not_there_is_asked_for_once(tmp_path: Path) -> None:
    with serving() as served:
        with pytest.raises(DownloadError, match=r"/XX\.zip: there is no such file \(404\); check the code"):
            download(f"{served.address}/XX.zip", tmp_path / "XX.zip", limits=QUICK)
        assert len(served.requests) == 1
    assert left_in(tmp_path) == []


def test_a_busy_server_is_asked_again_but_not_for_ever(tmp_path: Path) -> None:
    with serving(files={NAME: CONTENT}, errors=[503, 429]) as served:
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
        served.errors = [503] * 50
        with pytest.raises(DownloadError, match=r"the server answers 503 .*give the file: sitmap gazetteer add"):
            download(served.address + NAME, tmp_path / "again.zip", limits=QUICK)
        assert len(served.requests) == 3 + QUICK.attempts


@pytest.mark.parametrize("status", [401, 403, 500])
def test_what_else_a_server_answers_is_told(tmp_path: Path, status: int) -> None:
    with serving(errors=[status] * 9) as served, pytest.raises(DownloadError, match=f"the server answers {status}"):
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)


@pytest.mark.parametrize("length", ["said", "not said"])
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, length: str) -> None:
    headers = {} if length == "said" else {"Content-Length": ""}
    limits = Limits(most_bytes=100_000, timeout_s=2, attempts=2, pause_s=0.01)
    large = pytest.raises(DownloadError, match="larger than 100,000 bytes")
    with serving(files={NAME: CONTENT}, headers=headers) as served, large:
        download(served.address + NAME, tmp_path / "SY.zip", limits=limits)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("headers", "content", "cause"),
    [
        ({"Content-Type": "text/html; charset=utf-8"}, CONTENT, "a web page came instead of the file"),
        ({}, b"<html>log in</html>", r"what came is no zip file"),
        ({}, b"", r"what came is no zip file"),
        ({"Content-Encoding": "br"}, CONTENT, "comes packed as br"),
    ],
)
def test_what_is_not_the_file_is_refused(tmp_path: Path, headers: dict[str, str], content: bytes, cause: str) -> None:
    with serving(files={NAME: content}, headers=headers) as served, pytest.raises(DownloadError, match=cause):
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert not (tmp_path / "SY.zip").exists()


def test_a_server_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/SY.zip"
        limits = Limits(timeout_s=0.1, attempts=2, pause_s=0.01)
        with pytest.raises(DownloadError, match="timed out"):
            download(url, tmp_path / "SY.zip", limits=limits)


def test_offline_the_message_says_how_to_give_a_local_file(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(DownloadError, match=r"cannot be reached .*download it by hand and give the file"):
        download(f"http://127.0.0.1:{port}/SY.zip", tmp_path / "SY.zip", limits=QUICK)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/SY.zip",
        "ftp://example.org/SY.zip",
        "file:///etc/passwd",
        "SY.zip",
        "https://",
        "http://127.0.0.1.example.org/",
    ],
)
def test_only_https_is_asked(url: str) -> None:
    with pytest.raises(DownloadError, match="only https is used"):
        check_address(url)


def test_an_address_with_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(DownloadError, match="leave it out") as caught:
        check_address("https://me:secret@example.org/SY.zip")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("target", ["http://example.org/SY.zip", "file:///etc/passwd"])
def test_a_redirect_away_from_https_is_not_followed(tmp_path: Path, target: str) -> None:
    with serving(redirect=target) as served, pytest.raises(DownloadError):
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
    assert left_in(tmp_path) == []


def test_a_disk_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "SY.zip.part").mkdir()
    with serving(files={NAME: CONTENT}) as served, pytest.raises(DownloadError, match="cannot be written"):
        download(served.address + NAME, tmp_path / "SY.zip", limits=QUICK)
