from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.inputs import Inputs


def test_articles_come_one_by_one_and_what_is_refused_is_noted_on_the_way(tmp_path):
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text(f"Rockets hit Mosul, wrote {name}.", encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    inputs = Inputs([tmp_path])
    assert next(inputs.articles).doc_id == "a"
    assert inputs.rejections == []
    assert [article.doc_id for article in inputs.articles] == ["c"]
    assert [Path(rejection.path).name for rejection in inputs.rejections] == ["b.png"]
    assert [path.name for path in inputs.paths] == ["a.txt", "b.png", "c.txt"]


def test_a_path_that_is_not_there_stops_the_run(tmp_path):
    (tmp_path / "a.txt").write_text("Rockets hit Mosul.", encoding="utf-8")
    with pytest.raises(InputError, match=r"gone: no such file or folder; give reports \(\.txt"):
        Inputs([tmp_path, tmp_path / "gone"])


def test_nothing_to_read_is_told_with_its_causes(tmp_path):
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(InputError, match="there is no text") as caught:
        Inputs([tmp_path])
    assert str(caught.value).count("there is no text") == 3
