"""The key of what was read in a report: all that the reading rests on, so that it is done again if one changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import overload

from gazetteer.index import Gazetteer
from pipeline.corrections import Correction
from pipeline.events.dates import reference_date
from pipeline.ingest.tabular import TableRow
from pipeline.settings import ExtractorSettings
from pipeline.store.codec import encode
from pipeline.store.holdings import Held

__all__ = ["Fingerprint", "Keys", "key_of", "key_of_row"]

#: What reads a report, as files of our own: a changed rule is a reason to read again, whatever the version says.
_CODE = {
    "pipeline": ("article.py", "codes.py", "models.py", "parse.py", "spacy_parser.py", "data", "corrections", "events",
                 "ingest", "rows", "toponyms", "store/codec.py"),
    "gazetteer": ("",),
}  # fmt: skip
_KINDS = (".py", ".yaml", ".csv", ".json", ".npz")
_SKIPPED = frozenset({"__pycache__", "natural_earth", "sources", "building", "adding", "online"})
_LIBRARIES = ("spacy", "shapely", "numpy", "msgspec")
_SIZE = hashlib.sha256().digest_size  # bytes of a key


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What reads reports: code and tables, libraries, model and gazetteer."""

    value: str

    @classmethod
    def of(cls, gazetteer: Gazetteer, model: str, extractor: ExtractorSettings | None = None) -> Fingerprint:
        """Return the fingerprint of what is installed.

        Parameters
        ----------
        gazetteer : Gazetteer
        model : str
            Name and version of the language model.
        extractor : ExtractorSettings, optional
            A model that is asked for events.
        """
        info = gazetteer.info()
        parts = (code_digest(), *map(_version, _LIBRARIES), model, str(info["sha256"]), str(info["fingerprint"]))
        asked = (extractor.url, extractor.model) if extractor else ()
        return cls(_hashed((*parts, *asked)))


class Keys(Sequence[str]):
    """Keys in the order in which they came, 32 bytes each: a run holds those of all its reports to its end.

    Parameters
    ----------
    keys : iterable of str
        As :func:`key_of` makes them.

    Examples
    --------
    >>> keys = Keys(["ab" * 32])
    >>> keys.append("cd" * 32)
    >>> len(keys), keys[1][:4], list(keys[:1]) == ["ab" * 32]
    (2, 'cdcd', True)
    """

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._bytes = bytearray()
        for key in keys:
            self.append(key)

    def append(self, key: str) -> None:
        """Put a key behind the others."""
        self._bytes += bytes.fromhex(key)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._bytes) // _SIZE

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Keys: ...
    def __getitem__(self, at: int | slice) -> str | Keys:
        """Return one, or some of them."""
        if isinstance(at, slice):
            return Keys(self[n] for n in range(*at.indices(len(self))))
        begins = range(len(self))[at] * _SIZE  # IndexError where there is none
        return self._bytes[begins : begins + _SIZE].hex()


def key_of(held: Held, fingerprint: Fingerprint, corrections: Sequence[Correction] = ()) -> str:
    """Return the key of what is read in a report; where its file lies does not matter.

    The day of collection does as far as days are counted from it: a report that tells its own is not read again when
    another day begins.

    Parameters
    ----------
    held : Held
    fingerprint : Fingerprint
    corrections : sequence of Correction
        Those that change its places.
    """
    content, _ = encode(replace(held.article, path="", line=None))
    counted_from = reference_date(held.article, as_of=held.as_of)  # all that the day of collection does
    said = (hashlib.sha256(content).hexdigest(), repr(counted_from), *map(repr, corrections))
    return _hashed((fingerprint.value, *said))


def key_of_row(row: TableRow, fingerprint: Fingerprint, *, as_of: date, ignore_coordinates: bool) -> str:
    """Return the key of what is read in a row of a table; where its file lies does not matter."""
    return _hashed((fingerprint.value, repr(replace(row, path="")), str(as_of), str(ignore_coordinates)))


@cache
def code_digest() -> str:
    """Return the hash of our own code and tables that read a report."""
    total = hashlib.sha256()
    for package, parts in _CODE.items():
        for part in parts:
            for name, file in _walk(files(package).joinpath(part) if part else files(package), f"{package}/{part}"):
                total.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def _walk(at: Traversable, name: str) -> Iterable[tuple[str, Traversable]]:
    """Yield the files of a folder by name; a file is its own."""
    if at.is_file():
        yield name, at
        return
    for inner in sorted(at.iterdir(), key=lambda one: one.name):
        if inner.name not in _SKIPPED and (inner.is_dir() or inner.name.endswith(_KINDS)):
            yield from _walk(inner, f"{name}/{inner.name}")


def _hashed(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
