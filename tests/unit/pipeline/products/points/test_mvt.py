"""The bytes of a tile against the format, number by number."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.products.points.mvt import Numbers, Texts, point_tile

ONE = np.array([0], np.int64)


def plain_varint(number: int) -> bytes:
    parts = []
    while True:
        number, low = number >> 7, number & 0x7F
        parts.append(low | (0x80 if number else 0))
        if not number:
            return bytes(parts)


def test_a_tile_of_one_point_is_what_the_format_says():
    tile = point_tile(ONE + 3, ONE + 5, ONE + 7, {"mark": Texts(ONE, ["near"]), "n": Numbers(ONE + 300)})
    feature = b"\x08\x07\x12\x04\x00\x00\x01\x01\x18\x01\x22\x03\x09\x06\x0a"
    layer = (
        b"\x78\x02" b"\x0a\x06events" b"\x12" + bytes([len(feature)]) + feature
        + b"\x1a\x04mark" b"\x1a\x01n" b"\x22\x06\x0a\x04near" b"\x22\x03\x28\xac\x02" b"\x28\x80\x80\x01"
    )  # fmt: skip
    assert tile == b"\x1a" + bytes([len(layer)]) + layer


@pytest.mark.parametrize("number", [0, 127, 128, 16383, 16384, 2097151, 2097152, 268435455, 268435456, 2**31])
def test_ids_of_any_size_are_written_in_full(number):
    assert b"\x08" + plain_varint(number) + b"\x12\x02\x00\x00" in point_tile(
        ONE, ONE, ONE + number, {"a": Texts(ONE, ["b"])}
    )


def test_what_is_missing_has_no_tag_and_no_id():
    told = {"a": Texts(ONE - 1, ["b"]), "c": Numbers(ONE - 1)}
    assert b"\x12\x09\x12\x00\x18\x01\x22\x03\x09\x00\x00" in point_tile(ONE, ONE, ONE - 1, told)
