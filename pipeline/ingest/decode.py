"""Bytes -> text, by what they declare, what they begin with, and what they look like. Never fails."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta[^>]{1,300}?|\?xml[^>]{1,100}?)(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HEAD = 4096  # bytes in which an encoding is declared, as in browsers
# What browsers take these names for: pages that declare them use the Windows code page.
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
}
# A page whose declaration can be read as ASCII is in none of these, or must not be: UTF-7 hides markup.
_NEVER = frozenset({"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_ALWAYS_TEXT = re.compile(
    r"(?:utf|iso|cp\d|windows|koi8|mac|big5|gb|euc|shift|hz|johab|kz|ptcp|tis|latin)", re.IGNORECASE
)
_BAD = re.compile("[\ud800-\udfff]")
_COMMONEST = "cp1252"  # settles a tie: the letters that the Windows code pages share tell nothing
_SAMPLE = 200_000  # bytes that detection looks at


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and notes; bytes that fit no character are lone surrogates, which cleaning replaces."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """Decode ``data``: byte order mark, valid UTF-8, declared (HTML only), mostly UTF-8, detected.

    A byte order mark and valid multi-byte UTF-8 outrank a declaration: they are never there by chance, and pages that
    were saved again often declare what they were before.

    Examples
    --------
    >>> decode("Bogotá".encode("utf-8")).text
    'Bogotá'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, _errors(encoding)), encoding)
    declared = _declared(data) if html else ""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_BAD.findall(text))
    if not bad and not (declared and data.isascii()):
        return Decoded(text, "utf-8")
    if declared and (got := _try(data, declared)) is not None:
        return Decoded(got, declared, (f"read as {declared}, as declared",))
    if bad <= sum(c > "\x7f" for c in text) - bad:
        return Decoded(text, "utf-8")
    return _detected(data, text)


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == "utf-8" else "replace"


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return ""
    try:
        info = codecs.lookup(match.group(1).decode("ascii", "replace"))
    except LookupError:
        return ""
    if info.name in _NEVER or not _ALWAYS_TEXT.match(info.name):
        return ""
    return _READ_AS.get(info.name, info.name)


def _try(data: bytes, encoding: str) -> str | None:
    """Return the text, or None where the declaration is plainly wrong: over one byte in a hundred fits nothing."""
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= len(data) // 100 else None


def _detected(data: bytes, fallback: str) -> Decoded:
    matches = list(from_bytes(data[:_SAMPLE]))
    if not matches:
        return Decoded(fallback, "utf-8", ("encoding unknown; read as utf-8",))
    best = (matches[0].chaos, matches[0].coherence)
    ties = [match.encoding for match in matches if (match.chaos, match.coherence) == best]
    encoding = _COMMONEST if _COMMONEST in ties else ties[0]
    return Decoded(data.decode(encoding, "replace"), encoding, (f"encoding detected: {encoding}",))
