"""Which corrections belong to some reports: those named, and ``corrections.csv`` and the like beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError

__all__ = ["NAMES", "CorrectionFile", "correction_file", "find_correction_files", "unique"]

NAMES = ("corrections.csv", "corrections.yaml", "corrections.yml")
MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """A file of corrections: its path as text, its content, and whether it was found beside the reports."""

    path: str
    content: bytes
    found: bool = False

    @property
    def name(self) -> str:
        """The name without its folder."""
        return Path(self.path).name


def find_correction_files(inputs: Sequence[Path], named: Sequence[Path] = ()) -> tuple[CorrectionFile, ...]:
    """Return the files found in and beside the inputs, then those named; later ones overrule.

    Parameters
    ----------
    inputs : sequence of Path
        Files and folders of reports; looked at are a folder itself, and the folder that an input lies in.
    named : sequence of Path
        Files that must be there.

    Raises
    ------
    InputError
        If a file that was named is missing, or one cannot be read or is too large.

    Examples
    --------
    >>> find_correction_files([])
    ()
    """
    found = (correction_file(path, found=True) for path in _beside(inputs))
    return unique((*found, *(correction_file(path) for path in named)))


def correction_file(path: Path, *, found: bool = False) -> CorrectionFile:
    """Read one file.

    Raises
    ------
    InputError
        If it cannot be read or is too large.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: corrections cannot be read ({error.strerror}); check --corrections") from error
    if len(content) > MAX_BYTES:
        raise InputError(f"{path}: corrections of more than {MAX_BYTES:,} bytes; split the file")
    return CorrectionFile(str(path), content, found)


def unique(files: Iterable[CorrectionFile]) -> tuple[CorrectionFile, ...]:
    """Return each file once, where it was named last."""
    by_path: dict[Path, CorrectionFile] = {}
    for one in reversed(tuple(files)):
        by_path.setdefault(Path(one.path).resolve(), one)
    return tuple(reversed(by_path.values()))


def _beside(inputs: Sequence[Path]) -> Iterator[Path]:
    """Yield the corrections in and beside inputs, by path, each once."""
    folders = {folder.resolve(): folder for path in inputs for folder in (path.parent, path) if folder.is_dir()}
    for _, folder in sorted(folders.items()):
        yield from (folder / name for name in NAMES if (folder / name).is_file())
