"""Records and texts -> articles."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.ingest import About, Limits, RefusedError, article_from_record, article_from_text
from pipeline.ingest.text import to_source

BLNS = Path(__file__).parents[5] / "shared" / "badinput" / "blns.json"
PROSE = "The governor said on Friday that two workers were killed when a drone struck the depot."


def test_every_field():
    record = {
        "doc_id": "a1",
        "text": PROSE,
        "title": " Two  killed ",
        "url": "https://x.org/a",
        "source": "Wire",
        "date": "2024-05-03",
    }
    article = article_from_record(record, path="in.jsonl", line=7)
    assert (article.doc_id, article.title, article.url, article.source) == (
        "a1",
        "Two killed",
        "https://x.org/a",
        "Wire",
    )
    assert (article.date, article.path, article.line, article.notes) == (date(2024, 5, 3), "in.jsonl", 7, ())


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"text": PROSE}, "doc_id"),
        ({"doc_id": "", "text": PROSE}, "doc_id"),
        ({"doc_id": "a"}, "text"),
        ({"doc_id": "a", "text": None}, "text"),
        ({"doc_id": "a", "text": ["x"]}, "text"),
        ({"doc_id": "a", "text": PROSE, "title": 3}, "title"),
        ({"doc_id": "a", "text": PROSE, "date": {"y": 2024}}, "date"),
        ({"doc_id": True, "text": PROSE}, "doc_id"),
    ],
)
def test_a_bad_field_is_named_with_its_row(record, field):
    with pytest.raises(RefusedError) as caught:
        article_from_record(record, path="in.jsonl", line=7)
    rejection = caught.value.rejection
    assert f"field {field}:" in rejection.cause
    assert (rejection.path, rejection.line) == ("in.jsonl", 7)
    assert rejection.remedy
    assert "in.jsonl, line 7" in str(caught.value)


@pytest.mark.parametrize("text", ["", " \n", "\0\u200b", "---", "…"])
def test_nothing_to_read(text):
    with pytest.raises(RefusedError, match="there is no text"):
        article_from_text(text, doc_id="a")


def test_too_long():
    with pytest.raises(RefusedError, match="longer than 10 characters"):
        article_from_text(PROSE, doc_id="a", limits=Limits(max_article_text=10))


def test_a_number_will_do_as_doc_id():
    assert article_from_record({"doc_id": 40450848, "text": PROSE}).doc_id == "40450848"


@pytest.mark.parametrize(("words", "note"), [("03/04/2024", "either way"), ("soon", "no date that could be read")])
def test_a_date_that_is_not_used_is_noted(words, note):
    article = article_from_record({"doc_id": "a", "text": PROSE, "date": words})
    assert article.date is None
    assert note in article.notes[0]


@pytest.mark.parametrize(
    ("head", "day", "note"),
    [
        ("Two killed\n\nPublished: 3 May 2024", date(2024, 5, 3), ""),
        ("Two killed\n\nMay 3, 2024", date(2024, 5, 3), ""),
        ("Two killed\n\nPublished: 03/05/2024", None, "either way"),
        ("---\ntitle: Two killed\ndate: 2024-05-03T10:00:00Z\n---", date(2024, 5, 3), ""),
        (
            "<!--yml\n\ndate: 2024-06-01 10:00:00\n\n-->\n\nTwo killed\n\nSource: https://x.org/2024/05/03/a.html",
            date(2024, 5, 3),
            "2024-06-01",
        ),
        ("Two killed", None, ""),
    ],
)
def test_day_of_publication(head, day, note):
    article = article_from_text(f"{head}\n\n{PROSE}", doc_id="a")
    assert article.date == day
    assert note in " ".join(article.notes)
    assert article.title == "Two killed"


def test_day_at_the_foot():
    assert article_from_text(f"Two killed\n\n{PROSE}\n\nPosted: 21/11/2023", doc_id="a").date == date(2023, 11, 21)


def test_what_is_known_outweighs_what_the_text_says():
    about = About(title="Given", date=date(2020, 1, 1))
    article = article_from_text(f"Two killed\n\nPublished: 3 May 2024\n\n{PROSE}", doc_id="a", about=about)
    assert (article.title, article.date) == ("Given", date(2020, 1, 1))


def test_offsets_lead_back_through_every_change():
    source = (
        "# Two killed\r\n\r\nMarch 3\\. [Erb\u200bil](https://x.org/a) was hit by a drone on Sunday, the mayor said."
    )
    article = article_from_text(source, doc_id="a")
    start = article.text.index("Erbil")
    assert [source[to_source(article.source_offsets, start + i)] for i in range(5)] == list("Erbil")
    assert "Markdown marks left out" in article.notes


@pytest.mark.parametrize(
    "text", ["---\n[[[[[\n---\n", "---\n" + "[" * 4000 + "\n---\n", "---\na: &a [*a]\n---\n", "<!-- x: {{7*7}} -->\n"]
)
def test_hostile_front_matter(text):
    assert article_from_text(text + PROSE, doc_id="a").blocks[-1].kind == "body"


@pytest.mark.parametrize(
    "text",
    [
        "See also A " * 20_000,
        "© a " * 50_000,
        "[a](https://x.org/" * 5_000,
        "\n".join(["Leave a Reply"] * 20_000),
        "\n".join(["HOMS (AP) — x"] * 20_000),
        "A/" * 50_000,
        "(" * 100_000 + "a",
        "By A" + " & A" * 50_000,
        "# a\n" + "\\*" * 100_000,
        ". Reporting by A" * 20_000,
        "---\n" + 'a: "\\' * 2_000 + "\n---\nb",
    ],
    ids=lambda text: text[:12],
)
def test_long_repetitions_take_no_longer_than_long_texts(text):
    article = article_from_text(text, doc_id="a")
    assert article.blocks[-1].end == len(article.text)


@pytest.mark.skipif(not BLNS.is_file(), reason="shared/badinput/blns.json is missing")
def test_naughty_strings():
    for text in json.loads(BLNS.read_text(encoding="utf-8")):
        record = {"doc_id": "a", "text": f"{PROSE} {text} {PROSE}", "title": text, "source": text, "url": text}
        article = article_from_record(record)
        assert "".join(article.text[b.start : b.end] for b in article.blocks) == article.text
        repr(article).encode("utf-8")


@pytest.mark.parametrize(
    ("path", "line", "day"),
    [
        ("in/2024-05-03-homs.txt", None, date(2024, 5, 3)),
        ("2024-05-03.txt", None, date(2024, 5, 3)),
        ("2024-05-031.txt", None, None),
        ("2024-13-03-homs.txt", None, None),
        ("homs-2024-05-03.txt", None, None),
        ("2024-05-03/homs.txt", None, None),
        ("2024-05-03-feed.jsonl", 4, None),  # many reports in one file: the day is the feed's
    ],
)
def test_day_that_a_files_name_begins_with(path, line, day):
    article = article_from_text(f"Two killed\n\n{PROSE}", doc_id="a", about=About(path=path, line=line))
    assert article.date == day
    assert bool(article.notes) == (day is not None)


def test_the_text_outweighs_the_files_name():
    about = About(path="2020-01-01.txt")
    assert article_from_text(f"Published: 3 May 2024\n\n{PROSE}", doc_id="a", about=about).date == date(2024, 5, 3)
