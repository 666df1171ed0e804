"""The scorers of the shared folder, run as programs: the figures that are reported are theirs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.errors import InputError

SCORERS = ("geoparse.py", "events.py")
MINUTES = 10


def check_scorers(shared: Path) -> None:
    """Check that the shared folder holds the scorers.

    Raises
    ------
    InputError
        If one is missing.
    """
    for name in SCORERS:
        if not (shared / "score" / name).is_file():
            raise InputError(
                f"{shared}: no score/{name}; give the folder that holds corpora, articles and scorers with --shared"
            )


def run_scorer(script: Path, *arguments: Path | str) -> dict[str, Any]:
    """Return the figures that a scorer prints as JSON.

    Raises
    ------
    InputError
        If the scorer fails, or prints something else; its last line is told.
    """
    command = [sys.executable, str(script), *map(str, arguments), "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 * MINUTES, check=True)  # noqa: S603  (our own interpreter, a path the user gave)
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        told = (error.stderr or error.stdout).strip().splitlines() or ["it said nothing"]
        raise InputError(f"{script}: the scorer failed with exit code {error.returncode}: {told[-1]}") from error
    except subprocess.TimeoutExpired as error:
        raise InputError(f"{script}: the scorer did not end within {MINUTES} minutes") from error
    except json.JSONDecodeError as error:
        raise InputError(
            f"{script}: the scorer printed no JSON ({error}); is it the one of the shared folder?"
        ) from error
    return found
