from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from gazetteer import seal


@pytest.mark.parametrize("can_let_go", [True, False])
def test_the_checksum_is_of_all_that_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_let_go: bool
) -> None:
    if not can_let_go:
        monkeypatch.delattr(os, "posix_fadvise", raising=False)
    file, data = tmp_path / "index", os.urandom(3_000_000)
    file.write_bytes(data)
    assert seal.seal(file) == hashlib.sha256(data).hexdigest() == seal.check(file, thorough=True)


def test_what_is_let_go_is_still_there(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"abc")
    seal.let_go(file)
    assert file.read_bytes() == b"abc"
