"""The index that UCDP's places of Syria are looked up in: the base with Who's On First's Syria added."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from gazetteer import Gazetteer, GazetteerError, default_index_path
from gazetteer.build import is_current
from gazetteer.paths import ENVIRONMENT
from pipeline.errors import InputError

ARCHIVE = "gazetteers/whosonfirst-data-admin-sy.tar.gz"
SOURCE = "whosonfirst"
COMMAND = "import sys; from pipeline.cli import main; main(sys.argv[1:])"


def ucdp_index(given: Path | None, shared: Path, tell: Callable[[str], object]) -> tuple[Path, str]:
    """Return the index to use and a note on what it holds.

    Parameters
    ----------
    given : Path or None
        The one to use; None: one in a folder ``evaluation`` beside the default index, built where it is missing or of
        other sources than are installed now (about a minute).
    shared : Path
        The shared folder, with Who's On First's archive.
    tell : callable
        Called with a line before the index is built.

    Raises
    ------
    InputError
        If it cannot be built.
    """
    if given is not None:
        return given, f"UCDP: index {given.name}, {_with_or_without(given)} Who's On First"
    archive, kept = shared / ARCHIVE, default_index_path().parent / "evaluation" / "ucdp.sqlite"
    if not archive.is_file():
        return default_index_path(), f"UCDP: base index only, {ARCHIVE} is missing in {shared}"
    if is_current(kept) and _holds(kept):
        return kept, "UCDP: base index with Who's On First, Syria"
    tell("UCDP: building the index with Who's On First, Syria (about a minute, once)")
    _add(archive, kept)
    return kept, "UCDP: base index with Who's On First, Syria"


def _add(archive: Path, index: Path) -> None:
    """Make an index with an archive added, through the command that users have."""
    index.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", COMMAND, "gazetteer", "add", SOURCE, str(archive)]
    done = subprocess.run(  # noqa: S603  (our own interpreter and command)
        command, env={**os.environ, ENVIRONMENT: str(index)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        told = done.stderr.strip().splitlines() or ["it said nothing"]
        raise InputError(f"{index}: cannot be built with {archive.name}: {told[-1]}; give one with --ucdp-index")


def _holds(index: Path) -> bool:
    try:
        with Gazetteer.open(index) as gazetteer:
            sources = gazetteer.info()["sources"]
    except GazetteerError:
        return False
    return isinstance(sources, Mapping) and any(SOURCE in str(key).replace("_", "") for key in sources)


def _with_or_without(index: Path) -> str:
    return "with" if _holds(index) else "without"
