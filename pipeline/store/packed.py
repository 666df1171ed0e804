"""What was read in a report as it travels and is kept: small bytes, made where it was read."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.models import Report, SourceRef
from pipeline.store.codec import encode

__all__ = ["Outline", "Packed", "pack"]


@dataclass(frozen=True, slots=True)
class Packed:
    """A report under the key of all that it rests on, the hash of its article, and its polygons by hash; zlib."""

    key: str
    digest: str
    payload: bytes
    shapes: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """Which article it is, of which day, and where it stands."""

    doc_id: str
    date: date | None = None
    path: str = ""
    line: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The little of a report that is wanted of very many: unpacked in a tenth of the time of a report."""

    article: Head
    passed_over: tuple[tuple[SourceRef, str], ...] = ()
    failure: str = ""


def pack(key: str, digest: str, report: Report, *, known: Collection[str] = ()) -> Packed:
    """Return a report as it is kept.

    Parameters
    ----------
    key, digest : str
    report : Report
    known : collection of str
        Hashes of polygons that are where this one goes to: a country's is told once and not with every report.

    Examples
    --------
    >>> from pipeline.models import Article
    >>> sorted(pack("k", "d", Report(Article("a", "Rain."))).shapes)
    []
    """
    payload, shapes = encode(report)
    new = {name: zlib.compress(binary) for name, binary in shapes.items() if name not in known}
    return Packed(key, digest, zlib.compress(payload), new)
