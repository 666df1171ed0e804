"""The page to print: title, map, legend, scale bar and credits, from ``templates/layout.xml``.

Title and credits are text, which QGIS evaluates only inside ``[% %]``: these are taken apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from xml.etree import ElementTree as ET

__all__ = ["Extent", "Page", "edges", "plain", "print_layout"]

Extent = tuple[float, float, float, float]  # west, south, east, north, degrees
_NOTE = (
    "Hollow marks and areas: the place is known no better than that. Made with sitmap, by machine: check the sentence."
)


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page: its title, and whom to credit."""

    title: str
    credits: Sequence[str] = ()


def print_layout(page: Page, extent: Extent, legend: Iterable[ET.Element], *, period: str = "") -> ET.Element:
    """Return the layout for QGIS.

    Parameters
    ----------
    page : Page
    extent : Extent
        What the map must show; it is widened to the shape of the page.
    legend : iterable of Element
        The layers in the legend, as ``layer-tree-layer``.
    period : str
        Stands below the title.

    Examples
    --------
    >>> layout = print_layout(Page("Situation map"), (38.0, 29.0, 49.0, 38.0), ())
    >>> [item.get("labelText") for item in layout.iter("LayoutItem") if item.get("id") == "title"]
    ['Situation map']
    """
    text = files("pipeline.products.qgis").joinpath("templates/layout.xml").read_text(encoding="utf-8")
    layout = ET.fromstring(text)  # noqa: S314 - our own document
    items = {item.get("id"): item for item in layout.iter("LayoutItem")}
    credited = f"\nData: {' · '.join(page.credits)}" if page.credits else ""
    for name, said in (("title", page.title), ("period", period), ("credits", _NOTE + credited)):
        items[name].set("labelText", plain(said))
    ET.SubElement(items["map"], "Extent", edges(_filling(extent, items["map"].get("size", ""))))
    ET.SubElement(items["legend"], "layer-tree-group").extend(legend)
    return layout


def plain(text: str) -> str:
    """Return text in which QGIS finds nothing to evaluate.

    Examples
    --------
    >>> plain("[% 1 + 1 %]")
    '[ % 1 + 1 %]'
    """
    return text.replace("[%", "[ %")


def _filling(extent: Extent, size: str) -> Extent:
    """Return the extent widened to the shape of the map item, of which ``size`` is ``width,height,mm``."""
    width, height = (float(part) for part in size.split(",")[:2])
    west, south, east, north = extent
    wide = max(east - west, (north - south) * width / height)
    high = wide * height / width
    middle, centre = (west + east) / 2, (south + north) / 2
    return middle - wide / 2, centre - high / 2, middle + wide / 2, centre + high / 2


def edges(extent: Extent) -> dict[str, str]:
    """Return an extent as the attributes that QGIS reads.

    Examples
    --------
    >>> edges((38.0, 29.0, 49.0, 38.0))["xmax"]
    '49.000000'
    """
    return dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{edge:.6f}" for edge in extent), strict=True))
