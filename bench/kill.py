"""Kill a run at random moments, run it again, and compare the outputs with those of an undisturbed run.

usage: kill.py [--articles 500] [--characters N] [--moments 50] [--engine serial] [--seed 1]

Moments are drawn over the processor time of an undisturbed run, so that they spread over its stages however busy the
machine is. Prints a line a moment, and exits with 1 if any rerun came to other bytes. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from engines import articles

from pipeline.products.files import digest

TICKS = os.sysconf("SC_CLK_TCK")
CALL = "import sys; from pipeline.cli import main; main(sys.argv[1:])"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Kill a run at random moments, then run it again.")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--characters", type=int, default=None, help="of each article, the first so many only")
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--engine", default="serial")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    chance, wrong = random.Random(given.seed), 0  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        rows = articles(given.articles, given.characters)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        _, whole = run(path, Path(folder) / "undisturbed", given.engine)
        wanted = bytes_of(Path(folder) / "undisturbed")
        print(f"{given.articles} articles, undisturbed: {whole:.1f} s of processor time", flush=True)
        for number in range(given.moments):
            out, moment = Path(folder) / f"out-{number}", chance.uniform(0.02, 1.0) * whole
            code, _ = run(path, out, given.engine, kill_at=moment)
            _, again = run(path, out, given.engine)
            same = bytes_of(out) == wanted
            wrong += not same
            print(f"killed at {moment:7.1f} s ({'killed' if code == -9 else 'was done'}), rerun {again:7.1f} s: "
                  f"{'the same bytes' if same else 'OTHER BYTES'}", flush=True)  # fmt: skip
    print(f"{given.moments - wrong} of {given.moments} came to the same bytes")
    sys.exit(1 if wrong else 0)


def run(path: Path, out: Path, engine: str, *, kill_at: float | None = None) -> tuple[int, float]:
    """Run ``sitmap map``; return how it ended and the processor time that it had itself."""
    call = [sys.executable, "-c", CALL, "map", str(path), "--as-of", "2023-11-25", "--engine", engine, "--quiet"]
    process = subprocess.Popen(
        [*call, "--out", str(out)], env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}, stderr=subprocess.DEVNULL
    )
    had = 0.0
    while process.poll() is None:
        told = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        had = (int(told[11]) + int(told[12])) / TICKS
        if kill_at is not None and had >= kill_at:
            process.kill()
        time.sleep(0.01)
    return process.wait(), had


def bytes_of(out: Path) -> dict[str, str]:
    """Return the hashes of the products; the record tells the time that a run took, and is left out."""
    files = (path for path in out.iterdir() if not path.name.startswith(".sitmap-work") and path.name != "run.json")
    return {path.name: digest(path) for path in files}


if __name__ == "__main__":
    main()
