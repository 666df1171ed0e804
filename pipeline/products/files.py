"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.products.holding import held

__all__ = ["digest", "sweep", "write_by", "write_bytes", "write_pieces", "write_text"]

_MODE = 0o644
_BLOCK = 1 << 20
_PART = ".part"  # ending of the folders that files are written in


def write_text(path: Path, text: str) -> Path:
    r"""Write UTF-8 text with ``\n`` line ends as it stands; see :func:`write_bytes`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_text(Path(folder) / "a.txt", "x\n").read_bytes()
    b'x\n'
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> Path:
    """Write a file so that a reader, or a run that is cut off, finds the old content or the new, never half.

    The content goes to a temporary file in the same folder, is flushed to disk, and takes the name in one step.

    Parameters
    ----------
    path : Path
        Where to write; the folder is made if missing. An existing symlink is refused, as its target lies elsewhere;
        so is a device or a pipe, whose place the file would take.

    Returns
    -------
    Path
        ``path``.

    Raises
    ------
    OutputError
        Naming the path, the cause and the remedy; no temporary file is left behind.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_bytes(Path(folder) / "new" / "a.bin", b"abc").read_bytes()
    b'abc'
    """
    return write_pieces(path, (content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> Path:
    r"""Write a file piece by piece, for what is too large to be held; see :func:`write_bytes`, also for the errors.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_pieces(Path(folder) / "a.bin", (bytes([n]) for n in range(3))).read_bytes()
    b'\x00\x01\x02'
    """
    return write_by(path, lambda temporary: _write(temporary, pieces))


def write_by(path: Path, writer: Callable[[Path], object]) -> Path:
    """Let ``writer`` make a file under another name beside ``path``, then flush it and give it the name, in one step.

    For libraries that write files themselves; see :func:`write_bytes`, also for the errors.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_by(Path(folder) / "a.txt", lambda to: to.write_text("x")).read_text()
    'x'
    """
    if path.is_symlink():
        raise OutputError(
            f"{path}: is a symbolic link, and sitmap writes through none; remove it or choose another --out"
        )
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OutputError(f"{path}: is a device or a pipe, which a file would take the place of; name a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, writer)
    except OSError as error:
        remedy = "free some space, or choose a folder that you may write to with --out"
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); {remedy}") from error
    return path


def sweep(folder: Path) -> None:
    """Remove what a run that was killed left half-written in a folder; what another run is writing now stays.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / ".a.csv.x1.part").mkdir()
    ...     sweep(Path(folder))
    ...     list(Path(folder).iterdir())
    []
    """
    for part in folder.glob(f".*{_PART}"):
        with contextlib.suppress(OSError), held(part) as is_ours:
            if is_ours:
                shutil.rmtree(part, ignore_errors=True)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal.

    Raises
    ------
    OSError
        If the file cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     digest(write_bytes(Path(folder) / "a", b""))[:8]
    'e3b0c442'
    """
    total = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def _replace(path: Path, writer: Callable[[Path], object]) -> None:
    """Write beside ``path``, flush, rename; remove the temporary file on any failure, an interruption among them.

    The temporary file keeps the ending, by which libraries know the format, and lies in a folder of its own, where
    they may leave journals.
    """
    with _folder_beside(path) as folder:
        temporary = folder / path.name
        writer(temporary)
        _flush(temporary)
        temporary.chmod(_MODE)
        temporary.replace(path)
    _flush_folder(path.parent)


@contextlib.contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """Make a folder and hold it; until it is held another run may sweep it away, and then one more is made."""
    while True:
        with (
            tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=_PART) as name,
            held(Path(name)) as is_ours,
        ):
            if is_ours is not False and Path(name).is_dir():
                yield Path(name)
                return


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as stream:
        stream.writelines(pieces)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Flush the rename itself, where the file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
