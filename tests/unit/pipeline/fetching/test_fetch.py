"""Feeds and pages into a folder, once each, and again only what changed; the folder is read as reports."""

from __future__ import annotations

import json
from datetime import date

import pytest
from site_here import Reply

from pipeline.cli import main
from pipeline.fetching import Archive, Fetcher, Manners
from pipeline.ingest import read_articles
from pipeline.ingest.beside import note_beside
from pipeline.models import Article

BODY = "<p>" + "Police said that two people were killed in Homs on Friday when a car bomb went off. " * 5 + "</p>"
HEAD = "<html><head><title>Two killed</title></head>"
PAGE = f"{HEAD}<body><article><h1>Two killed</h1>{BODY}</article></body></html>".encode()


def feed(*links: str, more: str = "") -> Reply:
    items = "".join(
        f"<item><title>Story {n}</title><link>{link}</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate></item>"
        for n, link in enumerate(links)
    )
    text = f'<?xml version="1.0"?>{more}<rss version="2.0"><channel><title>The Wire</title>{items}</channel></rss>'
    return Reply(text.encode(), "application/rss+xml")


@pytest.fixture
def fetch(here, tmp_path):
    def run(*urls: str, limit: int = 50):
        manners = Manners(here.client(), 0.0, sleep=lambda _: None)
        return list(Fetcher(manners, Archive(tmp_path, "2024-05-04T08:00:00Z"), limit).fetch(urls))

    return run


def articles(folder) -> list[Article]:
    found = list(read_articles([folder]))
    assert all(isinstance(one, Article) for one in found), found
    return found


def test_a_page_is_kept_as_it_came_with_where_from_and_its_hash(here, fetch, tmp_path):
    here.pages["/two-killed.html"] = Reply(PAGE, headers={"ETag": '"v1"', "X-Other": "left out"})
    (one,) = fetch(here.url("/two-killed.html"))
    assert one.what == "new"
    assert one.path.read_bytes() == PAGE
    note = json.loads(note_beside(one.path).read_text("utf-8"))
    assert note["url"] == here.url("/two-killed.html")
    assert note["fetched"] == "2024-05-04T08:00:00Z"
    assert set(note["headers"]) == {"content-type", "etag", "date"}
    (article,) = articles(tmp_path)
    assert (article.url, article.source, article.title) == (note["url"], "news.example.org", "Two killed")


def test_a_feed_brings_its_entries_with_what_it_says_of_them(here, fetch, tmp_path):
    here.pages |= {"/feed": feed(here.url("/a"), here.url("/b"), here.url("/a")), "/a": Reply(PAGE)}
    here.pages["/b"] = Reply(PAGE.replace(b"Homs", b"Hama"))
    assert [one.what for one in fetch(here.url("/feed"))] == ["feed", "new", "new"]
    read = articles(tmp_path)
    assert {one.date for one in read} == {date(2024, 5, 3)}
    assert {one.source for one in read} == {"The Wire"}


def test_only_so_many_entries_are_fetched_and_it_is_said(here, fetch):
    here.pages |= {"/feed": feed(*(here.url(f"/{n}") for n in range(9)))} | {f"/{n}": Reply(PAGE) for n in range(9)}
    told = fetch(here.url("/feed"), limit=2)
    assert [one.what for one in told] == ["feed", "new", "new"]
    assert told[0].why == "9 entries, the first 2 are fetched"


def test_again_only_what_changed_is_sent_and_the_old_is_kept(here, fetch, tmp_path):
    here.pages["/a"] = Reply(PAGE, headers={"ETag": '"v1"'})
    fetch(here.url("/a"))
    (same,) = fetch(here.url("/a"))
    assert same.what == "unchanged"
    assert here.asked[-1][1]["if-none-match"] == '"v1"'
    here.pages["/a"] = Reply(PAGE.replace(b"two", b"three"), headers={"ETag": '"v2"'})
    (changed,) = fetch(here.url("/a"))
    assert changed.what == "changed"
    assert b"three" in changed.path.read_bytes()
    assert [path.read_bytes() for path in (tmp_path / ".old").iterdir()] == [PAGE]
    assert len(articles(tmp_path)) == 1


def test_a_server_without_marks_is_unchanged_by_its_hash(here, fetch):
    here.pages["/a"] = Reply(PAGE)
    assert [fetch(here.url("/a"))[0].what for _ in range(2)] == ["new", "unchanged"]


def test_what_cannot_be_had_is_told_and_the_rest_goes_on(here, fetch, tmp_path):
    here.pages |= {"/a": Reply(PAGE), "/pdf": Reply(b"%PDF", "application/pdf"), "/gone": Reply(b"", status=410)}
    told = fetch("http://10.0.0.1/x", here.url("/pdf"), here.url("/gone"), here.url("/a"))
    assert [one.what for one in told] == ["refused", "refused", "refused", "new"]
    assert [one.why for one in told[1:3]] == [
        "is application/pdf, neither a page nor plain text nor a feed", "the server answers 410",
    ]  # fmt: skip
    assert len(articles(tmp_path)) == 1


def test_a_feed_cannot_lead_inside_or_read_files(here, fetch, tmp_path):
    here.pages["/feed"] = feed(
        "http://169.254.169.254/", "file:///etc/passwd", "http://localhost:1/", "javascript:alert(1)"
    )
    assert [one.what for one in fetch(here.url("/feed"))][1:] == ["refused"] * 4
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith(".")]


def test_a_feed_of_a_feed_is_not_followed(here, fetch):
    here.pages |= {"/feed": feed(here.url("/inner")), "/inner": feed(here.url("/a")), "/a": Reply(PAGE)}
    assert [one.what for one in fetch(here.url("/feed"))] == ["feed", "refused"]
    assert "/a" not in here.paths()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_defines_entities_is_not_read(here, fetch, tmp_path, encoding):
    secret = tmp_path / "secret"
    secret.write_text("canary", "utf-8")
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    more = f'<!DOCTYPE r [<!ENTITY l0 "lol"><!ENTITY x SYSTEM "{secret.as_uri()}">{bomb}]>'
    here.pages["/feed"] = feed("/&x;", "/&l11;", more=more)
    here.pages["/feed"].body = here.pages["/feed"].body.decode().encode(encoding)
    (told,) = fetch(here.url("/feed"))
    assert told.what == "refused"
    assert "defines entities" in told.why


def test_a_page_that_claims_another_address_is_cited_by_its_own(here, fetch, tmp_path):
    claim = b'<link rel="canonical" href="https://trusted.example/x">'
    here.pages["/a"] = Reply(PAGE.replace(b"<head>", b"<head>" + claim))
    fetch(here.url("/a"))
    assert articles(tmp_path)[0].url == here.url("/a")


def test_a_damaged_note_is_no_note(here, fetch, tmp_path):
    here.pages["/a"] = Reply(PAGE)
    (one,) = fetch(here.url("/a"))
    for text in ("", "[1]", '{"url": 3, "date": "yesterday"}', "\x00"):
        note_beside(one.path).write_text(text, "utf-8")
        assert articles(tmp_path)[0].date is None
    assert fetch(here.url("/a"))[0].what in {"changed", "unchanged"}


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["fetch", *arguments])
    return ended.value.code or 0


def test_the_command_says_what_became_of_each(here, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("pipeline.fetching.Client", lambda agent, caps: here.client(caps))
    here.pages["/a"] = Reply(PAGE)
    asked = (here.url("/a"), "http://10.0.0.1/", "--into", str(tmp_path / "in"), "--pause", "0.5")
    assert run(*asked) == 0
    said = capsys.readouterr()
    assert "new" in said.out
    assert "1 new, 1 refused" in said.out
    assert "10.0.0.1 is not on the public internet" in said.err
    assert run(*asked, "--strict") == 1
    assert run("http://10.0.0.1/", "--into", str(tmp_path / "none")) == 3
    assert not (tmp_path / "none").exists()


def test_the_command_asks_this_machine_for_nothing(here, tmp_path, capsys):
    """Without the test's own resolver."""
    here.pages["/a"] = Reply(PAGE)
    assert run(f"http://127.0.0.1:{here.port}/a", "--into", str(tmp_path)) == 3
    assert here.asked == []
    assert "not on the public internet" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [(), ("http://e.org",), ("http://e.org", "--into", "x", "--contact", "a\nb")])
def test_wrong_use(arguments, capsys):
    assert run(*arguments) == 2
