"""Online map tiles, only where the user asks for them: whose, from which host, and whom to credit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pipeline.errors import UsageError

__all__ = ["Tiles", "checked_tiles", "tiles_from"]

_OSM: Final = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_OSM_CREDIT: Final = "Map tiles: © OpenStreetMap contributors (ODbL)"
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?")
_PARTS = ("{z}", "{x}", "{y}")
_REMEDY: Final = "give osm or https://HOST/{z}/{x}/{y}.png"


@dataclass(frozen=True, slots=True)
class Tiles:
    """A template of addresses, the one origin it reaches, and the credit that the map shows."""

    url: str
    origin: str
    credit: str


def tiles_from(text: str) -> Tiles | None:
    """Read what ``--tiles`` was given: ``osm``, a template of addresses, or nothing.

    Raises
    ------
    UsageError
        If it is neither, or the template has no ``{z}``, ``{x}`` and ``{y}`` or no plain host.

    Examples
    --------
    >>> tiles_from("") is None
    True
    >>> tiles_from("https://tiles.example.org/{z}/{x}/{y}.png").origin
    'https://tiles.example.org'
    """
    if not text:
        return None
    if text == "osm":
        return Tiles(_OSM, _origin(_OSM), _OSM_CREDIT)
    origin = _origin(text)
    if not all(part in text for part in _PARTS):
        raise UsageError(f"--tiles {text}: {', '.join(_PARTS)} are not all in it; {_REMEDY}")
    return Tiles(text, origin, f"Map tiles: {urlsplit(text).netloc}")


def checked_tiles(text: str) -> str:
    """Return the text if it can be read; raise now, before a long run, if not."""
    tiles_from(text)
    return text


def _origin(text: str) -> str:
    """Return scheme and host, which go into the page's policy: nothing else may stand in them."""
    try:
        found = urlsplit(text)
    except ValueError as error:
        raise UsageError(f"--tiles {text}: not an address ({error}); {_REMEDY}") from error
    if found.scheme not in {"http", "https"} or not _HOST.fullmatch(found.netloc):
        raise UsageError(f"--tiles {text}: no plain http or https host; {_REMEDY}")
    return f"{found.scheme}://{found.netloc}"
