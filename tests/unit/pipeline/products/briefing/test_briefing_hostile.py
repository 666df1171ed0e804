"""Hostile text in every field: shown as text, run by nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from briefing_page import Page
from briefing_rows import event, layers_of, row

from pipeline.fields import layer_spec
from pipeline.models import Rejection
from pipeline.products.briefing.markdown import escaped, link
from pipeline.products.briefing.words import plain

OURS = [
    "<script>window.canary=1</script>",
    '"><img src=x onerror=window.canary=1>',
    "' onmouseover='window.canary=1",
    "</style><script>window.canary=1</script>",
    "</title><script>window.canary=1</script>",
    "</svg><svg onload=window.canary=1>",
    "]]><script>window.canary=1</script>",
    "<!-- <script>",
    "{{ 7 * 191 }} {% raw %} {# gone #}",
    "{{cycler.__init__.__globals__.os.popen('echo run').read()}}",
    "`code` ${window.canary=1} \\`+1+\\`",
    "a | b || c \\| d",
    "[text](javascript:window.canary=1) ![x](http://e.org/x.png)",
    "<javascript:window.canary=1> <https://evil.example/>",
    "https://evil.example/ www.evil.example",
    "# heading\n- list\n> quote\n1. one\n***\n```\ncode",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "\u202eevil\u202c \u2028 \u0000 \ufeff \x1b[31m",
    "جرف الصخر",
    "$x^2$ ~~gone~~ ==mark== _em_ **strong**",
]
SHARED = Path(__file__).parents[6] / "shared" / "badinput" / "injection.json"
TEXT_FIELDS = [field.name for field in layer_spec("events").fields if field.type in {"str", "json"}]
CODED = {"event_id", "event_status", "geo_method", "confidence_level", "interaction"}


def hostile_layers(text):
    fields = dict.fromkeys(set(TEXT_FIELDS) - CODED, text)
    events = [event(1, "2023-11-20", "asad", **(fields | {"sub_event_type": "Armed clash"})) | {"sub_event_type": text}]
    events.append(event(2, "2023-11-20", "nowhere", event_status="denied") | fields | {"event_id": text})
    events.append(event(3, "2023-11-20", "nowhere") | fields | {"event_id": f"3 {text}"})
    claim = dict.fromkeys(
        ("claim_id", "claim_type", "measure", "scope", "source", "source_sentence", "source_url"), text
    )
    mention = {
        "mention_id": "m",
        "text": text,
        "kind": "toponym",
        "status": "unmatched",
        "block": "body",
        "reasons": text,
    }
    return layers_of(events, [row("claims", **claim)], mentions=[row("mentions", **mention)])


def check(text, write):
    rejected = Rejection(text, 1, text, text, text)
    ruled = dict.fromkeys(("where", "kind", "event_id", "words", "value", "who", "note", "state", "warning"), text)
    told = {"rejections": [rejected], "versions": {"sitmap": text}, "corrections": [ruled]}
    html, markdown = write(hostile_layers(text), **told)
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "input", "b", "base"}
    assert sum(tag == "style" for tag, _ in page.elements) == 1
    assert sum(tag == "title" and not a for tag, a in page.elements) >= 1
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        if tag == "a":
            assert (attributes["href"] or "").startswith(("#", "http://", "https://")), attributes
    assert plain(text) in " ".join(" ".join("".join(parts) for parts in page.text.values()).split())
    assert "1337" not in html + markdown
    assert all(line.count(" | ") > 3 for line in markdown.splitlines() if line.startswith("| 1 |"))
    return html, markdown


@pytest.mark.parametrize("text", OURS)
def test_hostile_text_is_shown_and_does_nothing(text, write):
    check(text, write)


def test_injection_list(write):
    if not SHARED.is_file():
        pytest.skip("shared/badinput/injection.json is not here")
    for one in json.loads(SHARED.read_text("utf-8")):
        html, _ = check(one["text"], write)
        assert one.get("must_not_render", "\x00") not in html or one["must_not_render"] in one["text"]


@pytest.mark.parametrize("text", OURS)
def test_markdown_renders_as_the_text_it_was(text):
    markdown_it = pytest.importorskip("markdown_it")
    parser = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = parser.render(f"| a | b |\n|---|---|\n| {escaped(text)} | end |\n")
    page = Page(html)
    assert [tag for tag, _ in page.elements] == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert plain(text) in " ".join("".join(page.text[""]).split())


@pytest.mark.parametrize(
    "url",
    ["https://e.org/a|b", "https://e.org/a)b", "https://e.org/>x<y", "https://e.org/ä?a=1&b=2", "https://e.org/\\[x]`"],
)
def test_markdown_links_end_where_they_should(url):
    markdown_it = pytest.importorskip("markdown_it")
    html = markdown_it.MarkdownIt("commonmark").enable("table").render(f"| a |\n|---|\n| {link(url, 'link')} |\n")
    (anchor,) = [attributes for tag, attributes in Page(html).elements if tag == "a"]
    assert (anchor["href"] or "").startswith("https://e.org/")
    assert html.count("<td>") == 1


def test_names_in_other_scripts_keep_their_direction(write):
    html, _ = write(hostile_layers("جرف الصخر"))
    assert '<span dir="auto">جرف الصخر' in html
    assert "<bdi>جرف الصخر" in html
