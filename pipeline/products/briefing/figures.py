"""The drawings of a briefing by themselves, as SVG and PNG: colours inside, no page needed around them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import resvg_py
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.products.briefing.drawing import palettes, rendered, style_classes
from pipeline.products.files import write_bytes, write_text

__all__ = ["figure_style", "png", "standalone", "write_figures"]

_SVG = "http://www.w3.org/2000/svg"
_HALOED = {"tally", "place"}  # texts that stand on the map and need a rim
_ZOOM = 2.0
FIGURES: Mapping[str, str] = {"map": "briefing-map", "timeline_figure": "briefing-timeline"}  # in the view -> file


def write_figures(view: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write each drawing of the view as SVG and PNG; none where there is nothing to draw.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    drawn = {name: standalone(view[key]) for key, name in FIGURES.items() if view[key]}
    return [
        path
        for name, svg in drawn.items()
        for path in (write_text(folder / f"{name}.svg", svg), write_bytes(folder / f"{name}.png", png(svg)))
    ]


def standalone(svg: str) -> Markup:
    """Return a drawing with its style inside, in the colours of paper.

    Examples
    --------
    >>> drawn = standalone('<svg xmlns="http://www.w3.org/2000/svg"><path class="sea" d="M0,0L1,1"/></svg>')
    >>> "<style>" in drawn, "var(" in drawn
    (True, False)
    """
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    if not root.tag.startswith("{"):  # a key of a legend is drawn for a page, where the namespace goes without saying
        root.set("xmlns", _SVG)
    for parent in root.iter():
        for at, child in reversed(list(enumerate(parent))):
            if child.tag.endswith("text") and set(child.get("class", "").split()) & _HALOED:
                parent.insert(at, _halo(child))
    style = ET.Element("style")
    style.text = figure_style(paper_colour, alone=True)
    root.insert(0, style)
    return rendered(root)


def _halo(text: ET.Element) -> ET.Element:
    below = copy.deepcopy(text)
    below.set("class", f"{text.get('class')} halo")
    return below


def png(svg: str) -> bytes:
    """Return a standalone drawing as PNG, twice its size, on white."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM, background="#ffffff"))


def figure_style(colour: Callable[[str], str], *, alone: bool) -> str:
    """Return the rules of figures as CSS.

    Parameters
    ----------
    colour : callable
        From a colour's name to how it is written: a variable of the page's, or the colour itself.
    alone : bool
        Whether the figure stands outside a page.
    """
    template = _environment().get_template("figure.css.j2")
    return template.render(colour=colour, alone=alone, colours=style_classes())


def paper_colour(name: str) -> str:
    """Return a colour as it is on paper."""
    kinds = {kind: light for kind, light, _ in style_classes()}
    return kinds.get(name) or palettes()["print"][name]


@cache
def _environment() -> Environment:
    """Return the environment of the style sheet: it prints colours of ours and nothing else."""
    loader = PackageLoader("pipeline.products.briefing")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
