"""One fetch: bounded in bytes and time, each hop checked, the address that was checked is the one asked."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest
from site_here import Reply

from pipeline.fetching import Caps
from pipeline.fetching.addresses import FetchError

TINY = Caps(max_bytes=10_000, timeout_s=20)


def test_a_page_comes_as_it_is(here):
    here.pages["/a?x=1"] = Reply("Zwei Tote in Homs — ü".encode(), "text/html; charset=utf-8")
    answer = here.client().get(here.url("/a?x=1#top"))
    assert (answer.status, answer.kind, answer.url) == (200, "text/html", here.url("/a?x=1"))
    assert answer.body.decode() == "Zwei Tote in Homs — ü"
    assert here.asked[0][1]["host"] == f"news.example.org:{here.port}"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_packed_pages_are_unpacked(here, pack):
    name = "gzip" if pack is gzip.compress else "deflate"
    here.pages["/"] = Reply(pack(b"text " * 100), headers={"Content-Encoding": name})
    assert here.client().get(here.url("/")).body == b"text " * 100


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b"x" * 10_001), "10,001 bytes, more than"),
        (Reply(b"x" * 20_000, headers={"Content-Length": ""}), "more than the 10,000"),
        (
            Reply(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip", "Content-Length": ""}),
            "more than",
        ),
        (Reply(gzip.compress(b"x" * 9_000)[:-12], headers={"Content-Encoding": "gzip"}), "cut off"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "no answer"),
        (Reply(b"x", headers={"Content-Encoding": "br"}), "not asked for"),
        (Reply(b"short", headers={"Content-Length": "9000"}), "no answer"),
    ],
    ids=["told", "not told", "bomb", "cut gzip", "no gzip", "brotli", "cut"],
)
def test_answers_that_break_a_cap_are_refused(here, reply, why):
    here.pages["/"] = reply
    with pytest.raises(FetchError, match=why):
        here.client(TINY).get(here.url("/"))


@pytest.mark.parametrize("length", ["", "200"], ids=["without a length", "with one"])
def test_a_server_that_drips_is_cut_off(here, length):
    here.pages["/"] = Reply(b"x" * 200, drip=0.2, headers={"Content-Length": length})
    began = time.monotonic()
    with pytest.raises(FetchError, match="no answer"):
        here.client(Caps(timeout_s=1)).get(here.url("/"))
    assert time.monotonic() - began < 35  # all of it takes 40 s


def test_redirects_are_followed_and_each_hop_is_told(here):
    here.pages |= {"/old": Reply(status=301, headers={"Location": "/new"}), "/new": Reply(b"there")}
    hops = []
    answer = here.client().get(here.url("/old"), before=lambda target: hops.append(target.path))
    assert (answer.body, hops) == (b"there", ["/old", "/new"])


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("http://169.254.169.254/latest/meta-data/", "not on the public internet"),
        ("http://inner.example.org/", "10.0.0.5 is not on the public internet"),
        ("file:///etc/passwd", "only http and https"),
        ("/again", "leads on and on"),
        ("http://user:pw@news.example.org/", "password"),
    ],
)
def test_redirects_to_where_nothing_may_be_asked_are_refused(here, where, why):
    here.pages["/again"] = Reply(status=302, headers={"Location": where})
    with pytest.raises(FetchError, match=why):
        here.client(inner_example_org="10.0.0.5").get(here.url("/again"))


def test_a_name_is_resolved_once_a_hop_and_that_address_is_asked(here):
    """A name that turns to another address between check and use (DNS rebinding) gains nothing."""
    here.pages["/"] = Reply(b"once")
    asked = []

    def lookup(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    client = here.client()
    turning = type(client)(client.agent, client.caps, type(client.resolver)(lookup, client.resolver.allowed))
    assert turning.get(here.url("/")).body == b"once"
    assert asked == ["news.example.org"]


def test_headers_go_to_the_first_host_alone(here):
    here.pages |= {
        "/": Reply(status=302, headers={"Location": here.url("/there", "other.example.org")}),
        "/there": Reply(b"x"),
    }
    here.client(other_example_org="127.0.0.1").get(here.url("/"), {"If-None-Match": '"mine"'})
    assert [headers.get("if-none-match") for _, headers in here.asked] == ['"mine"', None]


def test_nothing_there_is_said(here):
    port = here.port
    with pytest.raises(FetchError, match="no answer"):
        here.client(Caps(timeout_s=5)).get(f"http://news.example.org:{1 if port != 1 else 2}/")
