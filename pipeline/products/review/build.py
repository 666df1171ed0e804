"""Layers -> ``review.html``. Constants make the page; what the articles say goes in as JSON that nothing executes.

The same scripts run in the file, which holds its data, and on the server of ``sitmap review``, which gives it to
whoever has the token. The page sets words with ``textContent`` alone, and a content security policy lets exactly its
own scripts run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pipeline.frames import Layers
from pipeline.products.files import write_text
from pipeline.products.map.pack import deflated, embed
from pipeline.products.review.data import review_data

__all__ = ["render", "render_served", "write_review"]

_MAP: Final = "pipeline.products.map"
_REVIEW: Final = "pipeline.products.review"
#: In the order they run: what the map uses too, then the page's own.
_SCRIPTS: Final = (
    (_MAP, "text.js"), (_MAP, "symbols.js"), (_MAP, "basemap.js"), (_REVIEW, "decisions.js"), (_REVIEW, "keeping.js"),
    (_REVIEW, "place.js"), (_REVIEW, "card.js"), (_REVIEW, "panels.js"), (_REVIEW, "review.js"),
)  # fmt: skip
_CSS_URL = re.compile(r"url\([^)]*\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def write_review(layers: Layers, path: Path, *, title: str, generated: str) -> None:
    """Write the page of the placements most worth a look, self-contained.

    Parameters
    ----------
    layers : Layers
        Frames with the columns of ``pipeline/data/fields.yaml``; any of them may be empty.
    path : Path
        The file to write.
    title, generated : str
        Shown as they are; the clock is passed in, so that the same input gives the same bytes.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> write_review(layers, Path("outputs/review.html"), title="Iraq", generated="22 Nov 2023")  # doctest: +SKIP
    """
    write_text(path, render({**review_data(layers), "title": title, "generated": generated}))


def render_served() -> str:
    """Return the page as the server gives it to anyone: without any data, which it asks for with the token."""
    return render(None, connect="'self'")


def render(data: dict[str, Any] | None, *, connect: str = "'none'") -> str:
    """Return the page around ``data``."""
    scripts = [f"/*\n{_asset(_MAP, 'leaflet.LICENSE')}*/\n{_SOURCE_MAP.sub('', _asset(_MAP, 'leaflet.js'))}"]
    scripts += [_asset(*where) for where in _SCRIPTS]
    sheets = (_CSS_URL.sub("none", _asset(_MAP, "leaflet.css")), _asset(_MAP, "map.css"), _asset(_REVIEW, "review.css"))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{_policy(scripts, connect)}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Review of placements</title>\n'
        f'{"".join(f"<style>{sheet}</style>" for sheet in sheets)}</head>\n<body class="review">\n'
        f"{_asset(_REVIEW, 'page.html')}"
        f'<script type="application/json" id="review-basemap">"{_deflated_basemap()}"</script>\n'
        f'<script type="application/json" id="review-data">{embed(data)}</script>\n'
        f"{''.join(f'<script>{script}</script>' for script in scripts)}</body>\n</html>\n"
    )


@cache
def _asset(package: str, name: str) -> str:
    """Return a file of ``assets``, with Unix line ends: the browser hashes scripts after making them so."""
    text = files(package).joinpath("assets", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _deflated_basemap() -> str:
    """Return the map's ground, deflated: it is most of the page."""
    return deflated(_asset(_MAP, "basemap.json"))


def _policy(scripts: list[str], connect: str) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts)
    rules = (
        "default-src 'none'", f"script-src {hashes}", "style-src 'unsafe-inline'", "img-src data: blob:",
        f"connect-src {connect}", "base-uri 'none'", "form-action 'none'",
    )  # fmt: skip
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">\n'
