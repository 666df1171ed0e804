"""HTML pages: the article's text, its metadata, and where its words stand in the page."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.ingest import Limits, RefusedError
from pipeline.ingest.html import align, read_page
from pipeline.ingest.text import to_source

PARAGRAPHS = [
    "A drone struck a depot in J&auml;bleh on Friday &amp; killed two workers, the <b>governor</b> said.",
    "Residents spoke of three explosions and of a fire all through Friday night at the <a href='/x'>old port</a>.",
    "The army said that it was looking into the incident, which was the second of its kind in the town this week.",
]
PAGE = f"""<!doctype html><html><head><title>Two killed | The Wire</title>
<meta property="og:title" content="Two killed in Jableh"><meta property="og:site_name" content="The Wire">
<link rel="canonical" href="https://wire.example/2024/05/03/two-killed">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<script>var governor = "A drone struck a depot";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Two killed in Jableh</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer><p>Contact us</p></footer></body></html>"""


def test_text_and_metadata():
    page = read_page(PAGE)
    assert "killed two workers, the governor said." in page.text
    assert "Contact us" not in page.text
    assert (page.title, page.source, page.date) == ("Two killed in Jableh", "The Wire", date(2024, 5, 3))
    assert page.url == "https://wire.example/2024/05/03/two-killed"


@pytest.mark.parametrize("word", ["drone", "governor", "old port", "army", "killed in"])
def test_words_lead_back_to_the_page(word):
    page = read_page(PAGE)
    at = to_source(page.offsets, page.text.index(word))
    assert PAGE[at : at + len(word)] == word
    assert at > PAGE.index("<article>")
    assert page.notes == ()


def test_an_entity_leads_back_to_where_it_begins():
    page = read_page(PAGE)
    at = to_source(page.offsets, page.text.index("äbleh"))
    assert PAGE[at:].startswith("&auml;bleh")


def test_lines_that_the_page_lacks_are_counted():
    offsets, missing = align("one line\nof ours\nanother", "<p>one line</p><p>another</p>")
    assert missing == len("ofours")
    assert to_source(offsets, len("one line\nof ours\n")) == len("<p>one line</p><p>")


def test_too_deep():
    with pytest.raises(RefusedError, match="nest deeper"):
        read_page("<div>" * 5000 + PAGE)


@pytest.mark.parametrize(
    "source", ["", "<html></html>", "<" * 1000, "<!--", "<script>", "plain", "<p>&#0;&#xD800;&#x110000;</p>"]
)
def test_no_article(source):
    with pytest.raises(RefusedError, match="no article was found"):
        read_page(source)


def test_limits_are_the_callers():
    with pytest.raises(RefusedError, match="nest deeper than 2"):
        read_page(PAGE, limits=Limits(max_depth=2))
