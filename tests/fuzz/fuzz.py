"""Fuzz one target with atheris: inputs are changed so that they reach code that none reached before.

usage: fuzz.py {ingest,names,dates,counts} [--seconds N] [--found FOLDER] [--keep]

Starts from tests/fuzz/corpus/TARGET and writes nothing there, unless --keep adds what reached new code. What crashes or
takes more than five seconds is left in build/fuzz/TARGET and the exit code is not 0; `fuzz.py TARGET FILE` tries again.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SLOWEST = 5.0  # seconds of the processor for one input
LONGEST = 2048  # bytes of one input
MEMORY = 2048  # MB

sys.path[:0] = [str(HERE), str(ROOT / "tests" / "unit" / "gazetteer"), str(ROOT)]
with atheris.instrument_imports(include=["pipeline", "gazetteer"]):
    from fuzz_targets import TARGETS


def asked() -> argparse.Namespace:
    """Return what the command was called with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("input", nargs="?", type=Path, help="one input to try, instead of fuzzing")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--found", type=Path, help="folder for what fails")
    parser.add_argument("--keep", action="store_true", help="add what reached new code to the kept corpus")
    return parser.parse_args()


class TooSlowError(AssertionError):
    """An input took longer than any of this size may."""


def watched(target: Callable[[bytes], None], found: Path) -> Callable[[bytes], None]:
    """Return the target that keeps the input that it fails on; libFuzzer does not always come to it."""

    def watch(data: bytes) -> None:
        try:
            timed(target, data)
        except Exception:
            (found / f"found-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)
            raise

    return watch


def timed(target: Callable[[bytes], None], data: bytes) -> None:
    """Call the target; fail if it took too long, as the processor has it: other work on the machine does not count."""
    began = time.process_time()
    target(data)
    took = time.process_time() - began
    if took > SLOWEST:
        raise TooSlowError(f"{took:.1f} seconds for {len(data)} bytes")


def main() -> None:
    """Fuzz, or try one input."""
    given = asked()
    target = TARGETS[given.target]
    if given.input is not None:
        target(given.input.read_bytes())
        return
    corpus, found = HERE / "corpus" / given.target, given.found or ROOT / "build" / "fuzz" / given.target
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sitmap-fuzz-") as fresh:
        target(b"")  # what is read once is read before the first input is timed
        folders = [str(corpus)] if given.keep else [fresh, str(corpus)]
        # The peak that is watched is inherited: a process starts with that of the one that started it.
        memory = MEMORY + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        options = [f"-max_total_time={given.seconds}", f"-timeout={int(10 * SLOWEST)}", f"-rss_limit_mb={memory}",
                   f"-max_len={LONGEST}", f"-artifact_prefix={found}/", "-print_final_stats=1"]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, *folders], watched(target, found))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
