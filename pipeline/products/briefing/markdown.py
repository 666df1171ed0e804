"""Escape text for Markdown: what was text stays text, in tables too."""

from __future__ import annotations

import re

from markupsafe import Markup

from pipeline.products.briefing.words import visible

# What can begin something in CommonMark, GitHub's tables, strikethrough, mathematics, or a site generator's templates.
_SPECIAL = re.compile(r"([\\`*_{}\[\]|~#$!^=])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SCHEME = re.compile(r":(?=//)")
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
#: What would begin a list, a quote or a rule at the start of a line.
_LINE_START = re.compile(r"^([-+]|\d+(?=[.)](?:\s|$)))")


def escaped(text: object) -> Markup:
    r"""Return text that Markdown shows literally, on one line: no mark-up, no HTML, no link by itself.

    Examples
    --------
    >>> print(escaped("a|b <b> [x](javascript:1) `y` https://e.org"))
    a\|b &lt;b&gt; \[x\](javascript:1) \`y\` https\://e.org
    """
    if isinstance(text, Markup):
        return text
    marked = _SPECIAL.sub(r"\\\1", visible(str(text))).translate(_ENTITIES)
    marked = _WWW.sub(r"\1\\.", _SCHEME.sub(r"\:", marked))
    return Markup(_LINE_START.sub(_blunted, marked))  # noqa: S704 - escaped just above


def _blunted(found: re.Match[str]) -> str:
    """Escape what begins a list: the sign itself, or the point after a number."""
    start = found.group(1)
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


def link(url: str, text: str) -> Markup:
    """Return a link whose address cannot end early, break a table or be anything but the http(s) address it is."""
    address = re.sub(r"[^A-Za-z0-9\-._~:/?#@!$&'*+,;=%]", _percent, url)
    return Markup(f"[{escaped(text)}](<{address.replace('&', '&amp;')}>)")  # noqa: S704 - both halves are escaped


def _percent(found: re.Match[str]) -> str:
    """Percent-encode one character."""
    return "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8"))
