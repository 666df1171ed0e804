"""Layers -> ``map.html``. Folium makes the shell; no text from an article ever passes through it.

Folium and branca treat what they are given as Jinja and as JavaScript, so the shell is rendered from constants alone.
What the articles say is put in afterwards, as JSON that nothing executes, and drawn by ``assets/*.js``, which only ever
set ``textContent``. A content security policy lets exactly the scripts that this module put in run, by their hashes,
and lets the page ask the network for nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import folium
from folium.map import CustomPane

from pipeline.frames import Layers
from pipeline.products.files import write_text
from pipeline.products.map.data import map_data
from pipeline.products.map.pack import SCRIPT_SAFE, data_block, text_block
from pipeline.tiles import Tiles

_SCRIPTS: Final = (
    "text.js", "payload.js", "symbols.js", "basemap.js", "details.js", "popup.js", "facets.js", "search.js",
    "filters.js", "time.js", "colours.js", "marks.js", "areas.js", "density.js", "list.js", "panels.js", "legend.js",
    "address.js", "download.js", "tools.js", "minimap.js", "print.js", "map.js",
)  # fmt: skip
#: Only where the events are counted: what shows their points, if there is a server.
_POINTS: Final = ("vector_tile.js", "points.js")
#: Panes from the ground up: (name, z-index). None takes the mouse: the map itself asks what lies under it.
_PANES: Final = (("base", 210), ("data", 410), ("marks", 420), ("names", 450))
_MAP_ID: Final = "sitmap"
_MAP_SLOT: Final = "<!-- map -->"
_CSS_URL = re.compile(r"url\([^)]*\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def write_map(
    layers: Layers,
    path: Path,
    *,
    title: str,
    generated: str,
    attribution: Sequence[str],
    tiles: Tiles | None = None,
) -> None:
    """Write the layers as one self-contained HTML map.

    Parameters
    ----------
    layers : Layers
        Frames in EPSG:4326 with the columns of ``pipeline/data/fields.yaml``; any of them may be empty.
    path : Path
        The file to write.
    title : str
        Title of the page; shown as it is.
    generated : str
        When the map was made, in words; passed in, so that the same input gives the same bytes.
    attribution : sequence of str
        Credits of the data sources, shown under the map.
    tiles : Tiles, optional
        Tiles that the page may fetch from their one host; without, it asks the network for nothing.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> write_map(layers, Path("outputs/map.html"), title="Iraq, November 2023", generated="22 Nov 2023",
    ...           attribution=["GeoNames, CC BY 4.0"])  # doctest: +SKIP
    """
    write_text(path, render_map(layers, title=title, generated=generated, attribution=attribution, tiles=tiles))


def render_map(
    layers: Layers, *, title: str, generated: str, attribution: Sequence[str], tiles: Tiles | None = None
) -> str:
    """Return the HTML that :func:`write_map` writes."""
    data, details = map_data(layers)
    credited = [*attribution, tiles.credit] if tiles else list(attribution)
    data["summary"] |= {"title": title, "generated": generated, "attribution": credited}
    data["tiles"] = tiles.url if tiles else ""
    head, body, tail = _split(_shell())
    before, after = _asset("page.html").split(_MAP_SLOT)
    scripts = _scripts(with_points=bool(data["summary"]["points"]))
    page_head = f"{_styles()}<script>\n{_library('leaflet')}</script>\n{head}"
    blocks = _basemap() + data_block("sitmap-data", data)
    blocks += "".join(data_block(f"sitmap-details-{number}", chunk) for number, chunk in enumerate(details))
    policy = _policy(page_head + tail + scripts, tiles, asks=bool(data["summary"]["points"]))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{policy}'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
        f"{page_head}</head>\n<body>\n{before}{body}{after}{blocks}{tail}{scripts}</body>\n</html>\n"
    )


def _shell() -> str:
    """Render the empty map with Folium: constants in, no network addresses and no random names out."""
    shell = folium.Map(location=(20, 20), zoom_start=3, tiles=None, prefer_canvas=True, control_scale=True)
    shell._id = _MAP_ID  # noqa: SLF001 - branca offers no other way to a stable name
    shell.default_js, shell.default_css = [], []  # ours are inlined
    shell.options |= {
        "minZoom": 2,
        "maxZoom": 15,  # without tiles nothing else sets it, and the base map says nothing finer
        "zoomSnap": 0.5,
        "worldCopyJump": True,
        "attributionControl": False,  # the page has its own line of credits
    }
    for name, z_index in _PANES:
        pane = CustomPane(name, z_index=z_index, pointer_events=False)
        pane._id = name  # noqa: SLF001
        shell.add_child(pane)
    rendered: str = shell.get_root().render()
    return rendered


def _split(shell: str) -> tuple[str, str, str]:
    """Return Folium's head, body and closing script, without its document frame."""
    head, rest = shell.split("</head>", 1)
    body, tail = rest.split("</body>", 1)
    head = re.sub(r"<meta[^>]*>", "", head.split("<head>", 1)[1])  # its viewport forbids zooming; ours does not
    return _lines(head), _lines(body.replace("<body>", "")), _lines(tail.replace("</html>", ""))


def _lines(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines() if line.strip())


@cache
def _asset(name: str) -> str:
    """Return a file of ``assets``, with Unix line ends: the browser hashes scripts after making them so."""
    text = files("pipeline.products.map").joinpath("assets", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _scripts(*, with_points: bool) -> str:
    """Return the page's own scripts; ``map.js``, which wires all others, comes last."""
    texts = [_asset(name) for name in _SCRIPTS]
    if with_points:
        texts[-1:-1] = [_library("pmtiles"), *(_asset(name) for name in _POINTS)]
    return "".join(f"<script>\n{text}</script>\n" for text in texts)


def _library(name: str) -> str:
    """Return a vendored script with its licence, without the address of its source map."""
    return f"/*\n{_asset(f'{name}.LICENSE')}*/\n{_SOURCE_MAP.sub('', _asset(f'{name}.js'))}\n"


def _styles() -> str:
    """Return the style sheets; Leaflet's pictures are of controls that this map does not use."""
    sheets = (_CSS_URL.sub("none", _asset("leaflet.css")), _asset("map.css"))
    return "".join(f"<style>\n{sheet}</style>\n" for sheet in sheets)


@cache
def _basemap() -> str:
    return text_block("sitmap-basemap", _asset("basemap.json").translate(SCRIPT_SAFE))


def _policy(markup: str, tiles: Tiles | None, *, asks: bool) -> str:
    """Return the content security policy: these inline scripts, no others, and nothing but tiles from elsewhere.

    A page that ``asks`` may get points from where it came from itself: from a file that is nowhere.
    """
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE_SCRIPT.findall(markup))
    rules = (
        "default-src 'none'",
        f"script-src {scripts}",
        "style-src 'unsafe-inline'",
        f"img-src data: blob:{f' {tiles.origin}' if tiles else ''}",
        "font-src data:",
        *(["connect-src 'self'"] if asks else []),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">\n'


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
