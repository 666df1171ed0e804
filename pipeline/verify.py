"""Is a folder of results still what the run wrote, and is it sound? The ground for passing it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ContractError, InputError
from pipeline.frames import check_layers
from pipeline.products.files import digest
from pipeline.products.load import load_layers
from pipeline.products.manifest import Written, written_by

RECORD = "run.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the run left it; ``grave``: it is in the folder itself, not in what was read for it."""

    path: Path
    what: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files were looked at, and what was found."""

    outputs: int
    inputs: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether the folder is what the run wrote, and sound."""
        return not any(found.grave for found in self.findings)


def verify(folder: Path) -> Verified:
    """Hold every file against the hashes of ``run.json``, and the layers against their contract.

    Parameters
    ----------
    folder : Path
        What ``sitmap map`` wrote to.

    Raises
    ------
    InputError
        If the folder has no record of a run, or a damaged one.

    Examples
    --------
    >>> verify(Path("outputs")).whole  # doctest: +SKIP
    True
    """
    inputs, outputs = written_by(folder / RECORD)
    found = [Finding(one.path, why) for one in outputs if (why := _changed(one))]
    read = [Finding(one.path, f"read by the run, {why}", grave=False) for one in inputs if (why := _changed(one))]
    return Verified(len(outputs), len(inputs), (*found, *_unsound(folder), *read))


def _changed(file: Written) -> str:
    """Return how a file differs from what the run knew, or an empty string."""
    try:
        if not file.sha256:
            return ""  # the run could not read it either, and told so
        size = file.path.stat().st_size
        if size == file.size and digest(file.path) == file.sha256:
            return ""
    except OSError as error:
        return f"cannot be read now: {error.strerror}"
    return (
        f"{size:,} bytes, not the {file.size:,} that were written" if size != file.size else "its content has changed"
    )


def _unsound(folder: Path) -> Iterator[Finding]:
    """Yield the first breach of the layers' contract, if there is one."""
    try:
        check_layers(load_layers(folder))
    except (ContractError, InputError) as error:
        yield Finding(folder, str(error))
