from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.errors import InputError
from pipeline.evaluation import judges
from pipeline.evaluation.judges import judge_of
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


def test_each_corpus_is_judged_by_what_never_saw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class LearnedRanker:
        def __init__(self, without: str | None) -> None:
            self.without = without

    monkeypatch.setitem(sys.modules, judges.LEARNED, SimpleNamespace(load_ranker=LearnedRanker))
    judge = judge_of("LGL")
    assert judge.name == "LearnedRanker without LGL"
    assert judge.options()["ranker"].without == "LGL"
    assert judge_of(None).name == "LearnedRanker"


def test_without_a_learned_ranker_the_plain_one_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judges, "LEARNED", "pipeline.toponyms.no_such_module")
    judge = judge_of("LGL")
    assert (judge.name, judge.options()) == ("WeightedRanker", {})


def test_every_corpus_has_a_judge_with_a_name() -> None:
    assert all(judge_of(corpus).name for corpus in ("LGL", "TR-News", "WikToR", None))
