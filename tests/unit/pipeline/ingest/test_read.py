"""Paths -> articles and rejections."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from pipeline.ingest import Limits, read_articles
from pipeline.models import Article, Rejection

SEED = Path(__file__).parents[5] / "shared" / "articles" / "seed.txt"
PROSE = "The governor said on Friday that two workers were killed when a drone struck the depot in {}."


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = data if isinstance(data, bytes) else data.encode("utf-8")
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def record(doc_id, place):
    return json.dumps({"doc_id": doc_id, "text": PROSE.format(place)})


def split(items):
    items = list(items)
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Rejection)]


def test_a_folder_in_order(tmp_path):
    write(tmp_path / "b" / "two.txt", PROSE.format("Homs"))
    write(tmp_path / "a.jsonl", record("j1", "Hama") + "\n\n" + record("j2", "Idlib") + "\n")
    write(tmp_path / "one.txt", PROSE.format("Aleppo"))
    write(tmp_path / ".hidden.txt", "x")
    write(tmp_path / ".git" / "x.txt", "x")
    articles, rejections = split(read_articles([tmp_path]))
    assert [(a.doc_id, a.line) for a in articles] == [("j1", 1), ("j2", 3), ("two", None), ("one", None)]
    assert rejections == []


def test_the_order_of_paths_does_not_matter_and_none_counts_twice(tmp_path):
    paths = [write(tmp_path / f"{name}.txt", PROSE.format(name)) for name in ("x", "y", "z")]
    forth, back = list(read_articles(paths)), list(read_articles([*reversed(paths), tmp_path, *paths]))
    assert forth == back
    assert len(forth) == 3


def test_the_same_report_twice_is_one(tmp_path):
    write(tmp_path / "a" / "x.txt", PROSE.format("Homs"))
    write(tmp_path / "b" / "x.txt", PROSE.format("Homs"))
    articles, rejections = split(read_articles([tmp_path]))
    assert [a.doc_id for a in articles] == ["x"]
    assert "counted once" in rejections[0].cause


def test_two_reports_of_one_name_are_told_apart(tmp_path):
    write(tmp_path / "a" / "x.txt", PROSE.format("Homs"))
    write(tmp_path / "b" / "x.txt", PROSE.format("Hama"))
    articles, rejections = split(read_articles([tmp_path]))
    assert articles[0].doc_id == "x"
    assert articles[1].doc_id.startswith("x-")
    assert "told apart" in articles[1].notes[-1]
    assert rejections == []


@pytest.mark.parametrize(
    "name", ["a.txt", "a.json", "a.jsonl", "a.html", "a.txt.gz", "a.json.gz", "a.jsonl.gz", "a.htm"]
)
def test_every_kind(tmp_path, name):
    data = {"txt": PROSE.format("Homs"), "json": f"[{record('a', 'Homs')}]", "jsonl": record("a", "Homs")}
    page = "".join(
        f"<p>{PROSE.format(place)} It was the {place} depot's second fire.</p>" for place in ("Homs", "Hama", "Idlib")
    )
    kind = name.split(".")[1]
    path = write(tmp_path / name, data.get(kind, f"<html><body><article>{page}</article></body></html>"))
    articles, rejections = split(read_articles([path]))
    assert rejections == []
    assert articles[0].doc_id == "a"
    assert "Homs" in articles[0].text


def test_what_cannot_be_read_is_told_and_the_run_goes_on(tmp_path):
    write(
        tmp_path / "a.jsonl",
        "\n".join(
            ['{"doc_id": 1', record("j2", "Hama"), "[]", "3", '{"doc_id": "j5"}', '{"doc_id": "j6", "text": NaN}']
        ),
    )
    write(tmp_path / "b.pdf", b"%PDF")
    write(tmp_path / "c.txt", b"")
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(b"x" * 1000)[:-12])
    (tmp_path / "e.txt.gz").write_bytes(b"no archive")
    os.mkfifo(tmp_path / "f.txt")
    articles, rejections = split(read_articles([tmp_path, tmp_path / "none"]))
    assert [a.doc_id for a in articles] == ["j2"]
    causes = [(Path(r.path).name, r.line, r.cause) for r in rejections]
    assert causes[0][0] == "none"
    assert [c[1] for c in causes if c[0] == "a.jsonl"] == [1, 4, 5, 6]
    assert "not a kind of file that is read" in causes[5][2]
    assert [c[0] for c in causes[6:]] == ["c.txt", "d.txt.gz", "e.txt.gz", "f.txt"]
    assert ["damaged archive" in c[2] for c in causes[6:]] == [False, True, True, False]
    assert all(r.cause and r.remedy for r in rejections)


def test_records_before_a_syntax_error_are_kept(tmp_path):
    path = write(tmp_path / "a.json", f"[{record('j1', 'Homs')},\n{{bad}},\n{record('j3', 'Hama')}]")
    articles, rejections = split(read_articles([path]))
    assert [a.doc_id for a in articles] == ["j1"]
    assert rejections[0].line == 2


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.json", "a.html"])
def test_too_large(tmp_path, name):
    path = write(tmp_path / name, "x" * 2000)
    articles, rejections = split(read_articles([path], limits=Limits(max_bytes=1000, max_html_bytes=1000)))
    assert articles == []
    assert "larger than 1,000 bytes" in rejections[0].cause


def test_an_archive_that_expands_too_far_is_cut_off(tmp_path):
    path = write(tmp_path / "a.jsonl.gz", record("j1", "Homs") + "\n" + "\n" * 5_000_000)
    articles, rejections = split(read_articles([path], limits=Limits(max_decompressed_bytes=10_000)))
    assert [a.doc_id for a in articles] == ["j1"]
    assert "expands to more than" in rejections[0].cause


def test_one_long_line_costs_only_itself(tmp_path):
    path = write(tmp_path / "a.jsonl", f"{record('j1', 'Homs')}\n{'x' * 5000}\n{record('j3', 'Hama')}\n")
    articles, rejections = split(read_articles([path], limits=Limits(max_bytes=1000)))
    assert [(a.doc_id, a.line) for a in articles] == [("j1", 1), ("j3", 3)]
    assert rejections[0].line == 2


def test_a_name_that_is_no_utf8(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    write(path, PROSE.format("Homs"))
    articles, _ = split(read_articles([tmp_path]))
    printed = articles[0].doc_id + articles[0].path
    assert printed.encode("utf-8").decode("utf-8") == printed


def test_reading_is_lazy(tmp_path):
    write(tmp_path / "a.txt", PROSE.format("Homs"))
    (tmp_path / "b.txt").symlink_to(tmp_path / "loop")
    assert next(read_articles([tmp_path])).doc_id == "a"


@pytest.mark.skipif(not SEED.is_file(), reason="shared/articles/seed.txt is missing")
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=repr)
def test_the_seed(tmp_path, newline):
    path = write(tmp_path / "renamed.txt", SEED.read_text(encoding="utf-8").replace("\n", newline))
    articles, _ = split(read_articles([path]))
    article = articles[0]
    story = [article.text[b.start : b.end] for b in article.blocks if b.is_content]
    rest = "".join(article.text[b.start : b.end] for b in article.blocks if not b.is_content)
    assert (article.dateline.month, article.dateline.day, article.dateline.agency) == (11, 21, "Reuters")
    assert all(word not in "".join(story) for word in ("Karachi", "Niger", "biden", "Ukraine", "Reply", "Azhari"))
    assert all(word in rest for word in ("Karachi", "Niger", "impeachment", "Timor Azhari"))
    assert len([b for b in article.blocks if b.kind == "body"]) == 17
