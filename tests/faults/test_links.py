"""``javascript:`` and ``data:`` links are plain text; only http and https become links, in every product."""

from __future__ import annotations

import html
import re

import pytest
from hostile_texts import hostile_layers

from pipeline.products.briefing import write_briefing
from pipeline.products.exports import export_events
from pipeline.products.map import write_map

LINKS = {
    "https://example.org/a": True,
    "http://example.org/a?b=1&c=%3Cb%3E": True,
    "HTTPS://example.org/upper": None,  # a link or text, as the product has it
    "javascript:alert(1)": False,
    "JaVaScRiPt:alert(1)": False,
    "java\tscript:alert(1)": False,
    "\x01javascript:alert(1)": False,
    " javascript:alert(1)": False,
    "data:text/html,<script>alert(1)</script>": False,
    "vbscript:msgbox(1)": False,
    "file:///etc/passwd": False,
    "//example.org/a": False,
    "https:javascript:alert(1)": False,
    "mailto:a@example.org": False,
    "https://": None,
    'https://example.org/"onmouseover=alert(1)': None,
}


@pytest.mark.parametrize(("url", "is_link"), LINKS.items())
def test_a_table_of_links_in_the_briefing(tmp_path, url, is_link):
    layers = hostile_layers([url], sound=False)
    page, markdown = write_briefing(layers, tmp_path, versions={"sitmap": "0"}, generated="2023-11-27")
    hrefs = [html.unescape(href) for href in re.findall(r'href="([^"]*)"', page.read_text("utf-8"))]
    outside = {href for href in hrefs if not href.startswith("#")}
    assert all(re.match(r"(?i)https?://[^/]", href) for href in outside)
    assert is_link is None or (url in outside) is is_link
    assert not re.search(r"(?i)\]\((?!<?https?://|#)", markdown.read_text("utf-8"))


def test_a_table_of_links_in_map_and_kml(tmp_path):
    layers = hostile_layers(list(LINKS), sound=False)
    write_map(layers, tmp_path / "map.html", title="t", generated="1", attribution=["a"])
    page = (tmp_path / "map.html").read_text("utf-8")
    assert not re.search(r"<a[^>]+href\s*=\s*[\"']?\s*(?:javascript|data|vbscript|file)", page, re.IGNORECASE)
    sound = hostile_layers(list(LINKS), sound=True)
    kml = export_events(sound.events, "kml", tmp_path).read_text("utf-8")
    assert not re.search(r"href=(?:\"|&quot;)?(?!https?://)", html.unescape(kml))
