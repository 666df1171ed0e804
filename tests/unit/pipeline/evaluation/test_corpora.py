from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.corpora import CORPORA, corpus_named, located, read_documents, write_documents


def test_every_so_manieth_document_is_read(shared: Path) -> None:
    path = corpus_named("LGL").path(shared)
    assert [d["doc_id"] for d in read_documents(path)] == ["a", "b", "c"]
    assert [d["doc_id"] for d in read_documents(path, every=2)] == ["a", "c"]
    assert located(read_documents(path)) == 4


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    documents = ({"doc_id": "x", "text": "Hīt\u2028\n", "toponyms": []},)
    write_documents(tmp_path / "x.jsonl", documents)
    assert read_documents(tmp_path / "x.jsonl") == documents


@pytest.mark.parametrize(
    "content",
    [
        b"no gzip",
        gzip.compress(b"{}" * 99, mtime=0)[:-9],
        gzip.compress(b"{", mtime=0),
        gzip.compress(b"\xff", mtime=0),
    ],
)
def test_a_damaged_corpus_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "LGL.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"LGL\.jsonl\.gz: cannot be read"):
        read_documents(path)


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.jsonl: no such file; give the folder"):
        read_documents(tmp_path / "x.jsonl")


def test_tr_news_is_the_one_held_out() -> None:
    assert [c.name for c in CORPORA if c.held_out] == ["TR-News"]
    assert (corpus_named("WikToR").every, corpus_named("WikToR").thinned(3).every) == (20, 3)
