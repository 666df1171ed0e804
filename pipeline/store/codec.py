"""Records <-> bytes: frozen dataclasses as MessagePack, polygons aside under the hash of their bytes.

Places are kept whole, not by their ids: what was read rests on the gazetteer of then, whose checksum is in the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["Shapes", "decode", "encode"]

Record = TypeVar("Record")
Shapes = Mapping[str, bytes]  # SHA-256 -> well-known binary


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

    return msgspec.msgpack.encode(record, enc_hook=aside), shapes


def decode(data: bytes, kind: type[Record], shape: Callable[[str], bytes]) -> Record:
    """Return the record that ``encode`` made bytes of; ``shape`` gives a polygon's bytes by hash.

    Raises
    ------
    msgspec.DecodeError
        If the bytes are no such record.
    """
    made: dict[str, BaseGeometry] = {}

    def beside(wanted: type, key: Any) -> BaseGeometry:  # noqa: ANN401 - what stands in the bytes
        if not issubclass(wanted, BaseGeometry):
            raise TypeError(f"{wanted.__name__} cannot be read back")
        if key not in made:
            made[key] = shapely.from_wkb(shape(key))
        return made[key]

    return msgspec.msgpack.decode(data, type=kind, dec_hook=beside)
