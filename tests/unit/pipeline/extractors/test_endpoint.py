"""One endpoint, asked with a deadline, a cap and bounded retries, and nobody else."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from chat_server import Reply, Waits, completion, serving

from pipeline.errors import UsageError
from pipeline.extractors import endpoint as module
from pipeline.extractors.endpoint import Endpoint, EndpointError

HELLO = [{"role": "user", "content": "hello"}]
NOW = datetime(2023, 11, 22, 12, 0, 0, tzinfo=UTC)


def test_a_good_answer_is_taken_and_the_model_named():
    with serving(completion("yes")) as server:
        assert Endpoint(server.url, "tiny", "secret").ask(HELLO) == "yes"
    ((path, headers, body),) = server.requests
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert (body["model"], body["messages"], body["temperature"]) == ("tiny", HELLO, 0)


def test_without_a_key_none_is_sent_and_it_is_never_shown():
    with serving(completion("yes")) as server:
        Endpoint(server.url + "/chat/completions?version=2", "tiny").ask(HELLO)
    ((path, headers, _),) = server.requests
    assert path == "/v1/chat/completions?version=2"
    assert "Authorization" not in headers
    assert "secret" not in repr(Endpoint(server.url, "tiny", "secret"))


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ({}, [1.0, 2.0]),
        ({"Retry-After": "7"}, [7.0, 7.0]),
        ({"Retry-After": "Wed, 22 Nov 2023 12:00:30 GMT"}, [30.0, 30.0]),
        ({"Retry-After": "Wed, 22 Nov 2023 11:00:00 GMT"}, [0.0, 0.0]),
        ({"Retry-After": "soon"}, [1.0, 2.0]),
        ({"Retry-After": "600"}, []),  # longer than anybody waits
    ],
)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again_when_it_says_and_not_for_ever(status: int, header, waits: list[float]):
    asked = Waits()
    with serving(Reply(b"busy", status, header)) as server:
        endpoint = Endpoint(server.url, "tiny", clock=asked.clock(now=lambda: NOW))
        with pytest.raises(EndpointError, match=f"HTTP {status}"):
            endpoint.ask(HELLO)
    assert asked.asked == waits
    assert len(server.requests) == len(waits) + 1


def test_a_second_answer_is_taken():
    asked = Waits()
    with serving(Reply(b"", 429), completion("yes")) as server:
        assert Endpoint(server.url, "tiny", clock=asked.clock()).ask(HELLO) == "yes"
    assert asked.asked == [1.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_final(status: int):
    with serving(Reply(b"no", status)) as server, pytest.raises(EndpointError, match=f"HTTP {status}"):
        Endpoint(server.url, "tiny").ask(HELLO)
    assert len(server.requests) == 1


def test_a_redirect_is_not_followed():
    with serving(completion("yes")) as other, serving(Reply(b"", 302, {"Location": other.url})) as server:
        with pytest.raises(EndpointError, match="redirect, which is not followed"):
            Endpoint(server.url, "tiny", "secret").ask(HELLO)
        assert other.requests == []


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch):
    with serving(completion("yes")) as server, serving(completion("proxied")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert Endpoint(server.url, "tiny").ask(HELLO) == "yes"
        assert proxy.requests == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>hello</html>",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": "text"}]}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_chat_completion_is_refused(body: bytes):
    with serving(Reply(body)) as server, pytest.raises(EndpointError, match="no chat completion"):
        Endpoint(server.url, "tiny").ask(HELLO)


def test_a_huge_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    with serving(completion("x" * 200_000)) as server, pytest.raises(EndpointError, match="longer than 1,000 bytes"):
        Endpoint(server.url, "tiny").ask(HELLO)
    assert len(server.requests) == 1


def test_silence_ends_with_the_time_out():
    asked = Waits()
    with serving(Reply(json.dumps({}).encode(), hang=0.5)) as server:
        endpoint = Endpoint(server.url, "tiny", timeout=0.05, clock=asked.clock())
        with pytest.raises(EndpointError, match=r"no answer within 0\.05 s \(3 attempts\)"):
            endpoint.ask(HELLO)
    assert asked.asked == [1.0, 2.0]


def test_an_answer_that_drips_ends_with_the_time_out():
    reply = completion("y" * 2_000)
    reply.drip = 0.01
    with serving(reply) as server:
        endpoint = Endpoint(server.url, "tiny", timeout=0.1, clock=Waits().clock())
        with pytest.raises(EndpointError, match=r"no full answer within 0\.1 s"):
            endpoint.ask(HELLO)


def test_nobody_there_and_one_who_hangs_up():
    with serving(Reply(hang_up=True)) as server:
        endpoint = Endpoint(server.url, "tiny", clock=Waits().clock())
        with pytest.raises(EndpointError, match="cannot be reached"):
            endpoint.ask(HELLO)
    with pytest.raises(EndpointError, match="cannot be reached"):
        endpoint.ask(HELLO)  # the server is gone


@pytest.mark.parametrize(
    "url",
    ["", "localhost:8000", "ftp://host/v1", "file:///etc/passwd", "http://", "http://host:99999/v1", "http://a b/v1",
     "http://host/v1\r\nX: y", "http://[::1/v1"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused(url: str):
    with pytest.raises(UsageError, match="no address of an extractor"):
        Endpoint(url, "tiny")


def test_keys_do_not_travel_in_the_clear_nor_in_the_address():
    with pytest.raises(UsageError, match="only sent over https"):
        Endpoint("http://models.example/v1", "tiny", "secret")
    with pytest.raises(UsageError, match="characters that no key has"):
        Endpoint("https://models.example/v1", "tiny", "secret\r\nX: y")
    with pytest.raises(UsageError, match="--extractor-key-env") as refused:
        Endpoint("https://ann:pass@models.example/v1", "tiny")
    assert "pass@" not in str(refused.value)
    for host in ("localhost", "127.0.0.1", "[::1]"):
        assert Endpoint(f"http://{host}:1/v1", "tiny", "secret").key == "secret"
