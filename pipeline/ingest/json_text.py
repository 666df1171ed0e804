"""Strict JSON (RFC 8259): no NaN, no duplicate keys, bounded depth; each fault with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SPACE = re.compile(r"[ \t\n\r]*")
_NO_JSON = "{} is not JSON"
_TWICE = "the key {!r} stands twice in one object"


@dataclass(frozen=True, slots=True)
class JsonFault:
    """What is wrong with a JSON text or with one element of it."""

    cause: str


@dataclass(slots=True)
class _Decoder:
    """A decoder that goes on after what Python allows and JSON does not, and tells of it."""

    faults: list[str] = field(default_factory=list)
    json: json.JSONDecoder = field(init=False)

    def __post_init__(self) -> None:
        self.json = json.JSONDecoder(object_pairs_hook=self._pairs, parse_constant=self._constant)

    def _pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(pairs)
        if len(result) < len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            self.faults.append(_TWICE.format(twice[:80]))
        return result

    def _constant(self, name: str) -> None:
        self.faults.append(_NO_JSON.format(name))


def values(text: str, *, max_depth: int) -> Iterator[tuple[int, object | JsonFault]]:
    """Yield (line, value) for each element of a JSON array, or for the one value that ``text`` is.

    What comes after a syntax error cannot be read, and a last :class:`JsonFault` says so; other faults (NaN, a key that
    stands twice) cost only their own element.

    Examples
    --------
    >>> [value for _, value in values('[{"a": 1}, {"a": 2}]', max_depth=9)]
    [{'a': 1}, {'a': 2}]
    """
    if too_deep(text, max_depth):
        yield 1, JsonFault(f"nested deeper than {max_depth} levels")
        return
    at = _skip(text, 0)
    try:
        if text[at : at + 1] == "[":
            yield from _elements(text, at)
        else:
            end, value = _value(text, at)
            yield _line(text, at), value
            _check_end(text, end)
    except ValueError as error:
        position = error.pos if isinstance(error, json.JSONDecodeError) else at
        cause = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        yield _line(text, position), JsonFault(f"malformed JSON: {cause}")


def marked(text: str) -> object:
    """Return the one value that ``text`` is; what Python allows and JSON does not is a :class:`JsonFault` within it.

    For formats whose records lie deeper than in an array. The caller bounds the depth with :func:`too_deep`.

    Raises
    ------
    ValueError
        It is no JSON.

    Examples
    --------
    >>> marked('{"a": [NaN], "b": 1}')
    {'a': [JsonFault(cause='NaN is not JSON')], 'b': 1}
    """
    return json.loads(
        text, object_pairs_hook=_marked_pairs, parse_constant=lambda name: JsonFault(_NO_JSON.format(name))
    )


def _marked_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in pairs:
        result[key] = JsonFault(_TWICE.format(key[:80])) if key in result else value
    return result


def fault_in(value: object) -> JsonFault | None:
    """Return the first fault in a value that :func:`marked` gave, or None.

    Examples
    --------
    >>> fault_in(marked('{"a": 1, "a": 2}'))
    JsonFault(cause="the key 'a' stands twice in one object")
    """
    if isinstance(value, JsonFault):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((fault for fault in map(fault_in, inner) if fault is not None), None)


def _elements(text: str, at: int) -> Iterator[tuple[int, object | JsonFault]]:
    first, at = at, _skip(text, at + 1)
    line = _line(text, first)
    if text[at : at + 1] == "]":
        _check_end(text, at + 1)
        return
    while True:
        line, first = line + text.count("\n", first, at), at
        end, value = _value(text, at)
        yield line, value
        end = _skip(text, end)
        mark = text[end : end + 1]
        if mark == "]":
            _check_end(text, end + 1)
            return
        if mark != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, end)
        at = _skip(text, end + 1)


def _value(text: str, at: int) -> tuple[int, object | JsonFault]:
    decoder = _Decoder()
    value, end = decoder.json.raw_decode(text, at)
    return end, JsonFault(decoder.faults[0]) if decoder.faults else value


def _check_end(text: str, at: int) -> None:
    end = _skip(text, at)
    if end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def too_deep(text: str, max_depth: int) -> bool:
    """Return whether arrays and objects nest deeper than ``max_depth``, without parsing them.

    Examples
    --------
    >>> too_deep('[[["[[["]]]', 3)
    False
    """
    depth = 0
    for token in _TOKEN.finditer(text):
        if token.group() in "[{":
            depth += 1
            if depth > max_depth:
                return True
        elif token.group() in "]}":
            depth -= 1
    return False
