"""Records <-> bytes: frozen dataclasses as MessagePack, polygons aside under the hash of their bytes.

Places are kept whole, not by their ids: what was read rests on the gazetteer of then, whose checksum is in the key.
What a table's columns hold is kept with its type: a day there, or a number too long for 64 bits, is marked, as bytes
alone would not tell it from text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from pipeline.models import Attribute, Event, Report

__all__ = ["Shapes", "decode", "encode"]

Record = TypeVar("Record")
Shapes = Mapping[str, bytes]  # SHA-256 -> well-known binary
_SHAPES = 1_000  # polygons that are held ready
_DAY, _LONG = 1, 2  # marks of values that MessagePack has no type for


@dataclass(frozen=True, slots=True)
class _StoredEvent(Event):
    """An event as it is stored: a column may hold whatever the bytes say, which a union of types cannot express."""

    attributes: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _StoredReport(Report):
    events: tuple[_StoredEvent, ...] = ()
    echoes: tuple[_StoredEvent, ...] = ()


def encode(record: object) -> tuple[bytes, dict[str, bytes]]:
    """Return a record as bytes, and the polygons that it names by hash.

    Parameters
    ----------
    record : frozen dataclass
        Of text, numbers, dates, tuples, further dataclasses and shapely geometries.

    Examples
    --------
    >>> from pipeline.models import Footprint
    >>> data, shapes = encode(Footprint(33.0, 44.0, 100.0, shapely.Point(44, 33)))
    >>> decode(data, Footprint, shapes.__getitem__).geometry.wkt
    'POINT (44 33)'
    """
    shapes: dict[str, bytes] = {}

    def aside(value: Any) -> str:  # noqa: ANN401 - whatever msgspec does not know
        if not isinstance(value, BaseGeometry):
            raise TypeError(f"{type(value).__name__} cannot be stored; use text, numbers, dates, tuples or dataclasses")
        binary: bytes = shapely.to_wkb(value, output_dimension=4, include_srid=True)
        key = hashlib.sha256(binary).hexdigest()
        shapes[key] = binary
        return key

    return msgspec.msgpack.encode(_marked(record), enc_hook=aside), shapes


def decode(data: bytes, kind: type[Record], shape: Callable[[str], bytes]) -> Record:
    """Return the record that ``encode`` made bytes of; ``shape`` gives a polygon's bytes by hash.

    Raises
    ------
    msgspec.DecodeError
        If the bytes are no such record.
    """

    def beside(wanted: type, key: Any) -> BaseGeometry:  # noqa: ANN401 - what stands in the bytes
        if not issubclass(wanted, BaseGeometry):
            raise TypeError(f"{wanted.__name__} cannot be read back")
        return _drawn(shape(key))

    stored: object = msgspec.msgpack.decode(data, type=_STORED.get(kind, kind), dec_hook=beside, ext_hook=_unmarked)
    return cast("Record", _plain(stored))


@lru_cache(maxsize=_SHAPES)
def _drawn(binary: bytes) -> BaseGeometry:
    """Return a polygon, the same one for all records that have it: it is never changed."""
    return shapely.from_wkb(binary)


_STORED: Mapping[type, type] = {Report: _StoredReport, Event: _StoredEvent}
_PLAIN: Mapping[type, type] = {stored: plain for plain, stored in _STORED.items()}


_READ: Mapping[int, Callable[[str], Attribute]] = {_DAY: date.fromisoformat, _LONG: lambda text: int(text, 16)}


def _marked(record: object) -> object:
    """Return a record whose days and long numbers in columns of tables are marked as such."""
    if isinstance(record, Report) and any(event.attributes for event in (*record.events, *record.echoes)):
        marked = [tuple(cast("Event", _marked(event)) for event in some) for some in (record.events, record.echoes)]
        return replace(record, events=marked[0], echoes=marked[1])
    if isinstance(record, Event):
        return replace(record, attributes=tuple((name, _mark(value)) for name, value in record.attributes))
    return record


def _mark(value: Attribute) -> Any:  # noqa: ANN401 - a value of MessagePack
    if isinstance(value, date):
        return msgspec.msgpack.Ext(_DAY, value.isoformat().encode())
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return msgspec.msgpack.Ext(_LONG, f"{value:x}".encode())
    return value


def _unmarked(mark: int, data: memoryview) -> Attribute:
    text = bytes(data).decode("ascii", "replace")
    try:
        return _READ[mark](text)
    except (KeyError, ValueError) as error:
        raise msgspec.DecodeError(f"{text[:20]!r} marked {mark} is no value of a column") from error


def _plain(stored: object) -> object:
    """Return a stored record as the one that was given."""
    kind = _PLAIN.get(type(stored))
    if kind is None:
        return stored
    values = {each.name: getattr(stored, each.name) for each in fields(kind)}
    if isinstance(stored, Report):
        values |= {"events": tuple(map(_plain, stored.events)), "echoes": tuple(map(_plain, stored.echoes))}
    return kind(**values)
