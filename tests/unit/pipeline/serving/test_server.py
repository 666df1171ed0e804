"""The server on loopback gives the products of one folder by name, and nothing else to anybody else."""

from __future__ import annotations

import http.client
import json
import os
import threading
from collections.abc import Iterator

import pytest
from many_points import repeated, with_points

from pipeline.errors import InputError
from pipeline.serving import PRODUCTS, ResultsServer

SECRET = b"not for you"


@pytest.fixture
def folder(small_layers, tmp_path):
    out = tmp_path / "outputs"
    out.mkdir()
    with_points(repeated(small_layers), out)
    (out / "map.html").write_text("<title>map</title>")
    (out / "store.sqlite").write_bytes(SECRET)
    (out / "corrections.csv").write_bytes(SECRET)
    (tmp_path / "outside.txt").write_bytes(SECRET)
    return out


@pytest.fixture
def server(folder) -> Iterator[ResultsServer]:
    with ResultsServer(folder) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(server, path, method="GET", **headers) -> tuple[int, bytes, http.client.HTTPMessage]:
    link = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    link.putrequest(method, path, skip_host=True)
    for name, value in ({"Host": f"127.0.0.1:{server.server_port}"} | headers).items():
        if value is not None:
            link.putheader(name, value)
    link.endheaders()
    answer = link.getresponse()
    content = answer.read()
    link.close()
    return answer.status, content, answer.headers


def test_it_listens_on_loopback_alone(server):
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/"


@pytest.mark.parametrize("path", ["/", "/map.html"])
def test_the_map_is_given_with_its_policy(server, path):
    status, content, headers = ask(server, path)
    assert (status, content) == (200, b"<title>map</title>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers if name.lower().startswith("access-control")]


def test_the_tiles_are_given_whole_and_in_parts(server, folder):
    whole = (folder / "events.pmtiles").read_bytes()
    assert ask(server, "/events.pmtiles")[:2] == (200, whole)
    status, content, headers = ask(server, "/events.pmtiles", Range="bytes=7-126")
    assert (status, content) == (206, whole[7:127])
    assert headers["Content-Range"] == f"bytes 7-126/{len(whole)}"
    assert headers["Content-Length"] == "120"
    assert ask(server, "/events.pmtiles", Range=f"bytes=0-{10**9}")[1] == whole
    status, _, headers = ask(server, "/events.pmtiles", Range=f"bytes={len(whole)}-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{len(whole)}")


def test_head_tells_and_gives_nothing(server, folder):
    status, content, headers = ask(server, "/events.pmtiles", "HEAD")
    assert (status, content) == (200, b"")
    assert headers["Content-Length"] == str((folder / "events.pmtiles").stat().st_size)
    assert headers["Accept-Ranges"] == "bytes"


def test_a_record_is_given_by_its_row(server):
    status, content, headers = ask(server, "/event/0")
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert {"event_type", "source_sentence", "why", "others", "date", "harm"} <= set(json.loads(content))


@pytest.mark.parametrize("path", ["/event/25", "/event/999999999"])
def test_a_row_that_is_not_there_is_told(server, path):
    status, content, _ = ask(server, path)
    assert status == 404
    assert "no event" in json.loads(content)["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt", "/..%2foutside.txt", "/%2e%2e/outside.txt", "/./map.html", "/map.html/",
        "/map.html?x=1", "/MAP.HTML", "/store.sqlite", "/corrections.csv", "/event/", "/event/-1", "/event/1e3",
        "/event/0/..", "*", "/%00", "/outputs/map.html", "http://127.0.0.1/map.html",
        "/briefing.html", "/" + "a" * 4000,
    ],
)  # fmt: skip
def test_other_paths_are_not_there(server, path):
    status, content, _ = ask(server, path)
    assert status == 404
    assert SECRET not in content


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system has no O_NOFOLLOW")
def test_links_and_folders_with_the_name_of_a_product_are_not_followed(server, folder):
    (folder / "events.csv").symlink_to(folder.parent / "outside.txt")
    (folder / "run.json").mkdir()
    os.mkfifo(folder / "briefing.md")
    assert [ask(server, path)[0] for path in ("/events.csv", "/run.json", "/briefing.md")] == [404, 404, 404]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", None])
@pytest.mark.parametrize("path", ["/", "/events.pmtiles", "/event/0", "/nothing"])
def test_another_host_is_refused(server, host, path):
    named = host.format(port=server.server_port) if host else None
    assert ask(server, path, Host=named)[0] == 403


def test_another_origin_or_site_gets_no_data(server):
    assert ask(server, "/events.pmtiles", Origin="http://evil.example")[0] == 403
    assert ask(server, "/event/0", **{"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert ask(server, "/map.html", **{"Sec-Fetch-Site": "cross-site"})[0] == 200  # a link may lead here


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_other_methods_are_refused(server, method):
    assert ask(server, "/map.html", method)[0] == 405


def test_a_table_of_another_run_is_told(server, folder, small_layers):
    with_points(repeated(small_layers, 3), folder.parent / "other")
    (folder.parent / "other" / "events.parquet").replace(folder / "events.parquet")
    status, content, _ = ask(server, "/event/0")
    assert status == 500
    assert "of another run" in json.loads(content)["error"]


def test_a_folder_without_a_map_is_named(tmp_path):
    with pytest.raises(InputError, match=r"map\.html: not found; run `sitmap map"):
        ResultsServer(tmp_path)


def test_every_product_of_a_run_but_the_tiles_is_known(small_layers):
    from pipeline.run import ROWS

    assert set(ROWS) <= set(PRODUCTS)
