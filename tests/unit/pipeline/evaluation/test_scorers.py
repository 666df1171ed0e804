from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluation.scorers import check_scorers, run_scorer


def scorer(folder: Path, code: str) -> Path:
    path = folder / "scorer.py"
    path.write_text(code, encoding="utf-8")
    return path


def test_what_it_prints_is_read(tmp_path: Path) -> None:
    path = scorer(tmp_path, "import json, sys\nprint(json.dumps({'told': sys.argv[1:]}))")
    assert run_scorer(path, Path("a b"), "--x") == {"told": ["a b", "--x", "--json"]}


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("raise SystemExit('no such file: gold')", "failed with exit code 1: no such file: gold"),
        ("1 / 0", "failed with exit code 1: ZeroDivisionError: division by zero"),
        ("import sys; sys.exit(4)", "failed with exit code 4: it said nothing"),
        ("print('acc161 0.8')", "printed no JSON"),
    ],
)
def test_a_scorer_that_fails_is_one_error(tmp_path: Path, code: str, cause: str) -> None:
    with pytest.raises(InputError, match=cause):
        run_scorer(scorer(tmp_path, code))


def test_missing_scorers_are_named(shared: Path) -> None:
    check_scorers(shared)
    (shared / "score" / "events.py").unlink()
    with pytest.raises(InputError, match=r"no score/events\.py; give the folder .* with --shared"):
        check_scorers(shared)
