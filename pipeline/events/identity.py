"""Ids are hashes of content: the same input gives the same ids, whatever the file is called."""

from __future__ import annotations

import hashlib

LENGTH = 16


def content_id(*parts: object) -> str:
    """Return a short hexadecimal hash of the parts in order.

    Examples
    --------
    >>> content_id("2023-11-21", "Air/drone strike") == content_id("2023-11-21", "Air/drone strike")
    True
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf8", "surrogatepass")).hexdigest()[:LENGTH]
