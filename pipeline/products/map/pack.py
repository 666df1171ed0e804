"""Values -> the text that goes into the page: columns instead of rows, deflated where it is long, never code.

Strings stay exactly what they are; :func:`embed` makes the one encoding that is safe inside a ``<script>`` data block.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

__all__ = ["PLAIN_LIMIT", "SCRIPT_SAFE", "data_block", "deflated", "embed", "pack", "text_block"]

#: Blocks up to this many characters stay readable in the file; longer ones are deflated.
PLAIN_LIMIT: Final = 200_000
SCRIPT_SAFE: Final = {
    code: f"\\u{code:04x}" for code in (*map(ord, "<>&\u2028\u2029\x7f"), *range(0x80, 0xA0), *range(0xD800, 0xE000))
}
_LEVEL = 9
_SHORT = 8  # columns below this are not worth an encoding
_PACKED = "text/x-sitmap-deflate"


def embed(value: object) -> str:
    r"""Write ``value`` as JSON that may stand inside any HTML element and any JavaScript string.

    ``<``, ``>`` and ``&`` cannot end the element or begin a comment, U+2028 and U+2029 cannot end a line, a lone
    surrogate cannot break the encoding: all are written as ``\uXXXX``.

    Raises
    ------
    ValueError
        If a number is NaN or infinite, which JSON cannot hold.

    Examples
    --------
    >>> embed({"title": "</script>"})
    '{"title":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(SCRIPT_SAFE)


def data_block(name: str, value: object) -> str:
    r"""Return a block that nothing executes and ``payload.js`` reads, holding ``value``.

    Examples
    --------
    >>> data_block("a", [1])
    '<script type="application/json" id="a">[1]</script>\n'
    """
    return text_block(name, embed(value))


def text_block(name: str, text: str) -> str:
    """Return the block of a JSON text that :func:`embed` would have written: as it is, or deflated where it is long."""
    if len(text) <= PLAIN_LIMIT:
        return f'<script type="application/json" id="{name}">{text}</script>\n'
    return f'<script type="{_PACKED}" id="{name}">{deflated(text)}</script>\n'


def deflated(text: str) -> str:
    """Return a text as base64 of its zlib stream, which browsers undo by themselves.

    Examples
    --------
    >>> zlib.decompress(base64.b64decode(deflated("aaaa")))
    b'aaaa'
    """
    return base64.b64encode(zlib.compress(text.encode(), _LEVEL)).decode()


def pack(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Turn rows into columns.

    A text column that repeats itself becomes a dictionary ``d`` and indices ``i``; whole numbers that only rise become
    their steps ``s``.

    Examples
    --------
    >>> pack([{"a": 1.5}, {"a": None}])
    {'n': 2, 'columns': {'a': [1.5, None]}}
    """
    names = list(rows[0]) if rows else []
    return {"n": len(rows), "columns": {name: _column([row[name] for row in rows]) for name in names}}


def _column(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    if len(values) < _SHORT:
        return values
    kinds = {type(value) for value in values}
    if kinds == {str}:
        index = {value: number for number, value in enumerate(dict.fromkeys(values))}
        return values if len(index) * 2 > len(values) else {"d": list(index), "i": [index[value] for value in values]}
    if kinds == {int} and all(one <= other for one, other in pairwise(values)):
        return {"s": [values[0], *(other - one for one, other in pairwise(values))]}
    return values
