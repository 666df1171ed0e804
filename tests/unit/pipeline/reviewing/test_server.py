"""The server on loopback lets in one page with the token, and nothing else."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator

import pytest

from pipeline.products.review import review_data
from pipeline.reviewing import Desk, Notebook, ReviewServer
from pipeline.reviewing.server import MAX_BODY

EVENT = "a1"
DECISION = {
    "id": "x-1", "event_id": EVENT, "kind": "reject", "slot": "verdict", "words": "rejected", "who": "Ann",
    "rows": [{"kind": "reject", "event_id": EVENT}],
}  # fmt: skip


@pytest.fixture
def server(small_layers, tmp_path) -> Iterator[ReviewServer]:
    data = {**review_data(small_layers), "title": "T", "generated": "then"}
    book = Notebook(tmp_path / "corrections.csv")
    with ReviewServer(Desk(data, frozenset({EVENT, "b2"}), book, lambda: "2023-11-22")) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(server, method="POST", path="/decide", body=DECISION, **changed) -> tuple[int, dict, http.client.HTTPResponse]:
    own = f"127.0.0.1:{server.server_port}"
    headers = {
        "Host": own,
        "Origin": f"http://{own}",
        "X-Sitmap-Token": server.token,
        "Content-Type": "application/json",
    }
    headers |= changed
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    link = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    link.putrequest(method, path, skip_host=True)
    for name, value in ({"Content-Length": str(len(content))} | headers).items():
        if value is not None:
            link.putheader(name, value)
    link.endheaders()
    if method != "GET" and "Content-Length" not in changed:
        link.send(content)
    answer = link.getresponse()
    text = answer.read()
    link.close()
    told = json.loads(text) if text and answer.headers["Content-Type"] == "application/json" else {}
    return answer.status, told, answer


def untouched(server) -> bool:
    return not server.desk.notebook.path.exists() and not server.desk.decisions


def test_it_listens_on_loopback_alone_and_its_token_is_long(server):
    assert server.server_address[0] == "127.0.0.1"
    assert len(server.token) >= 40
    assert f"/#token={server.token}" in server.address


def test_a_decision_is_written_and_undone(server):
    assert ask(server)[:2] == (200, {"written": True})
    path = server.desk.notebook.path
    assert path.read_text().splitlines()[1] == "reject,a1,,,,,Ann,2023-11-22,"
    shown = ask(server, "GET", "/data")[1]
    assert [one["words"] for one in shown["decisions"]] == ["rejected"]
    assert shown["who"] == "Ann"
    assert ask(server, path="/undo", body={})[0] == 200
    assert len(path.read_text().splitlines()) == 1
    assert ask(server, path="/undo", body={})[0] == 400


def test_a_second_thought_takes_the_place_of_the_first(server):
    ask(server)
    ask(server, body={**DECISION, "id": "x-2", "rows": [{"kind": "accept", "event_id": EVENT}]})
    assert [line.split(",")[0] for line in server.desk.notebook.path.read_text().splitlines()] == ["kind", "accept"]


def test_the_page_is_given_without_a_token_and_holds_no_data(server):
    status, _, answer = ask(server, "GET", "/", **{"X-Sitmap-Token": None})
    assert (status, answer.headers["X-Frame-Options"]) == (200, "DENY")
    assert b'id="review-data">null<' in server.page


@pytest.mark.parametrize("path", ["/data", "/decide", "/undo"])
@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
def test_without_the_token_nothing_is_told_or_taken(server, path, token):
    told = token.encode() if token else token
    method = "GET" if path == "/data" else "POST"
    status, answer, _ = ask(server, method, path, **{"X-Sitmap-Token": told})
    assert status == 401
    assert "sitmap review" in answer["error"]
    assert untouched(server)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", None])
@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/data"), ("POST", "/decide")])
def test_another_host_is_refused(server, host, method, path):
    named = host.format(port=server.server_port) if host else None
    assert ask(server, method, path, Host=named)[0] == 403
    assert untouched(server)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", None, "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
def test_another_origin_is_refused(server, origin):
    named = origin.format(port=server.server_port) if origin else None
    assert ask(server, Origin=named)[0] == 403
    if named:
        assert ask(server, "GET", "/data", Origin=named)[0] == 403
    assert untouched(server)


def test_a_page_of_another_site_is_refused(server):
    assert ask(server, "GET", "/data", **{"Sec-Fetch-Site": "cross-site"})[0] == 403


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "BREW"])
def test_other_methods_are_refused_and_no_origin_is_named(server, method):
    status, _, answer = ask(server, method, "/data")
    assert status == 405
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/../corrections.csv", "/%2e%2e/run.json", "/data?x=1", "/events.csv", "*", "/DATA"])
def test_other_paths_are_not_there(server, path):
    assert ask(server, "GET", path)[0] == 404
    assert ask(server, "POST", path)[0] == 404


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "9" * 5000, "-1", "ten", "", None, "1_0", "٣"])
def test_bodies_too_large_or_of_no_length_are_refused(server, length):
    told = length.encode() if length else length
    assert ask(server, **{"Content-Length": told})[0] in {411, 413}
    assert untouched(server)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 20000, b"NaN", b"[]", b'"x"', b"{}", b"null"])
def test_bodies_that_are_no_decision_are_refused(server, body):
    assert ask(server, body=body)[0] == 400
    assert untouched(server)


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_what_a_form_can_send_is_refused(server, kind):
    assert ask(server, **{"Content-Type": kind})[0] == 415


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"kind": "reject", "event_id": "zz"}, "no event 'zz'"),
        ({"kind": "merge", "event_id": EVENT, "other_id": "b2;zz"}, "no event 'zz'"),
        ({"kind": "actor", "event_id": EVENT, "value": "x"}, "is not decided here"),
        ({"kind": "edit", "event_id": EVENT, "field": "fatalities", "value": "many"}, "number of people"),
        ({"kind": "edit", "event_id": EVENT, "field": "target", "value": "=cmd()"}, "formula"),
        ({"kind": "edit", "event_id": EVENT, "field": "target", "value": "-1+1"}, "formula"),
        ({"kind": "edit", "event_id": EVENT, "field": "target", "value": "\u200b@x"}, "formula"),
        ({"kind": "coordinates", "event_id": EVENT, "value": "91, 0"}, "not on Earth"),
        ({"kind": "reject", "event_id": EVENT, "who": "Bo"}, "Extra inputs"),
        ({"kind": "place", "event_id": EVENT, "value": "x" * 501}, "at most 500"),
        ({"kind": "reject", "event_id": 1}, "valid string"),
    ],
)
def test_rows_that_are_no_correction_of_an_event_are_refused(server, row, why):
    status, told, _ = ask(server, body={**DECISION, "rows": [row]})
    assert (status, why in told["error"]) == (400, True), told
    assert untouched(server)


def test_a_reviewer_whose_name_is_a_formula_is_refused(server):
    assert ask(server, body={**DECISION, "who": "=1+1"})[0] == 400


def test_southern_coordinates_are_no_formula(server):
    row = {"kind": "coordinates", "event_id": EVENT, "value": "-12.30000, 45.00000", "precision": "2"}
    assert ask(server, body={**DECISION, "rows": [row]})[0] == 200
