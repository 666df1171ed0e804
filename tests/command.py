"""The ``sitmap`` command as a user meets it: arguments in; exit code, standard output and standard error out."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cli import main

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that a command which could not run leaves behind."""
        assert self.out == ""
        assert "Traceback" not in self.err
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("sitmap: ")
        return lines[0]

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def sitmap(*arguments: object) -> Done:
    """Run the command in this process, which has the heavy libraries loaded already."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        else:
            code = 0
    return Done(code, out.getvalue(), err.getvalue())


def write_jsonl(path: Path, *records: object) -> Path:
    """Write records, one a line; text goes in as it stands, so that a line can be no JSON."""
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
