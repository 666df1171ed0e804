"""Lines go in at the end and come out again; all else of the file stays."""

from __future__ import annotations

import pytest

from pipeline.corrections import CorrectionFile, read_corrections
from pipeline.errors import InputError, OutputError
from pipeline.reviewing import Notebook

ROW = {"kind": "edit", "event_id": "a1", "field": "target", "value": "Ann, Bo", "who": "Ann"}


def kinds(path) -> list[str]:
    return [one.kind for one in read_corrections([CorrectionFile(str(path), path.read_bytes())])]


def test_a_new_file_gets_its_first_line_and_rows(tmp_path):
    book = Notebook(tmp_path / "corrections.csv")
    book.add("one", [ROW])
    book.add("two", [{"kind": "reject", "event_id": "a2"}])
    assert kinds(book.path) == ["edit", "reject"]
    book.take_back("one")
    assert kinds(book.path) == ["reject"]


@pytest.mark.parametrize(
    "before",
    [
        "kind,event_id\nreject,a0\n",
        "# ours\nkind,event_id,who\r\nreject,a0,Bo\r\n",
        "\ufeffkind;event_id;note\nreject;a0;x\n",
        "kind,event_id,note\nreject,a0,no end",
    ],
)
def test_a_file_that_is_there_keeps_its_lines_and_gets_the_columns_it_lacks(tmp_path, before):
    path = tmp_path / "corrections.csv"
    path.write_bytes(before.encode())
    book = Notebook(path)
    book.add("one", [ROW])
    one = read_corrections([CorrectionFile(str(path), path.read_bytes())])[-1]
    assert (one.field, one.value, one.who) == ("target", "Ann, Bo", "Ann")
    assert kinds(path) == ["reject", "edit"]
    book.take_back("one")
    assert path.read_bytes().decode().splitlines()[-1] == before.splitlines()[-1]


def test_a_broken_file_is_not_written_to(tmp_path):
    path = tmp_path / "corrections.csv"
    path.write_text("kind,event_id\nguess,a0\n")
    with pytest.raises(InputError, match="is no kind of correction"):
        Notebook(path).add("one", [ROW])
    assert path.read_text() == "kind,event_id\nguess,a0\n"


def test_a_bad_row_is_not_written(tmp_path):
    with pytest.raises(InputError, match="number of people"):
        Notebook(tmp_path / "corrections.csv").add("one", [ROW | {"field": "fatalities", "value": "many"}])
    assert not (tmp_path / "corrections.csv").exists()


def test_lines_that_someone_took_out_cannot_be_taken_back(tmp_path):
    book = Notebook(tmp_path / "corrections.csv")
    book.add("one", [ROW])
    book.path.write_text("kind,event_id\n")
    with pytest.raises(InputError, match="was changed meanwhile"):
        book.take_back("one")


def test_no_link_is_written_through(tmp_path):
    (tmp_path / "elsewhere").write_text("kind,event_id\n")
    (tmp_path / "corrections.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="symbolic link"):
        Notebook(tmp_path / "corrections.csv").add("one", [ROW])
