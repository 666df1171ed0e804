"""Write a briefing: one HTML page, Markdown, and from these PDF and DOCX; the drawings by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NotRequired, Required, TypedDict, Unpack
from xml.etree.ElementTree import Element, SubElement

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.frames import Layers
from pipeline.models import Rejection
from pipeline.products.briefing import markdown
from pipeline.products.briefing.bottom_line import bottom_line
from pipeline.products.briefing.documents import docx, pdf
from pipeline.products.briefing.drawing import mark, palettes, rendered, style_classes, style_of, styles
from pipeline.products.briefing.facts import Period, Selection, by_actor, by_province, by_type, is_claimed, select, toll
from pipeline.products.briefing.figures import FIGURES, png, standalone, write_figures
from pipeline.products.briefing.incidents import Incident
from pipeline.products.briefing.map_figure import map_figure, precision_of
from pipeline.products.briefing.prose import behind
from pipeline.products.briefing.region import Region
from pipeline.products.briefing.registers import (
    attributions,
    claim_rows,
    correction_rows,
    source_rows,
    unread_names,
)
from pipeline.products.briefing.rows import incident_rows, row_phrase
from pipeline.products.briefing.timeline_figure import timeline, timeline_figure
from pipeline.products.briefing.trend import Comparison, compare, is_week
from pipeline.products.briefing.words import span_phrase, tables, visible
from pipeline.products.files import write_bytes, write_text

MOST_LISTED = 1_000  # incidents that are listed one by one, the latest: a browser cannot lay out many thousands
MOST_DOUBTFUL = 200  # rows whose coordinates are doubtful that are listed; all of them are in run.json


class Origin(TypedDict):
    """What a briefing says of how it was made.

    ``versions`` maps names to versions, for the method note; ``generated`` says when, as it is to be printed (there is
    no clock here); ``rejections`` are the inputs that could not be used; ``attribution`` says whom to
    credit for the places, where the run recorded it; ``corrections`` are the lines of corrections files, as the
    record of the run has them.
    """

    versions: Required[Mapping[str, str]]
    generated: Required[str]
    rejections: NotRequired[Sequence[Rejection]]
    attribution: NotRequired[Sequence[str]]
    corrections: NotRequired[Sequence[Mapping[str, object]]]


def write_briefing(
    layers: Layers,
    folder: Path,
    *,
    region: Region | None = None,
    period: Period | None = None,
    kinds: Sequence[str] = ("html", "md"),
    **origin: Unpack[Origin],
) -> list[Path]:
    """Write a briefing in each of ``kinds``.

    Parameters
    ----------
    layers : Layers
    folder : Path
        Must exist.
    region : Region, optional
        From :func:`parse_region`; everywhere if not given.
    period : (date, date), optional
        First and last day; the span of the incidents if not given. Seven days are compared with the weeks before.
    kinds : sequence of str
        Of ``html``, ``md``, ``pdf``, ``docx`` and ``figures`` (SVG and PNG).
    **origin
        What made it: see :class:`Origin`.

    Raises
    ------
    OutputError
        If a file cannot be written, or a library of the system is missing that PDF needs.
    """
    view = briefing_view(layers, region=region, period=period, origin=origin)
    return [path for kind in dict.fromkeys(kinds) for path in _WRITERS[kind](view, folder)]


def _write_html(view: Mapping[str, Any], folder: Path) -> list[Path]:
    return [write_text(folder / "briefing.html", _html().get_template("briefing.html.j2").render(view))]


def _write_markdown(view: Mapping[str, Any], folder: Path) -> list[Path]:
    return [write_text(folder / "briefing.md", _as_markdown(view, figures_in=Markup("in `briefing.html`")))]


def _as_markdown(view: Mapping[str, Any], *, figures_in: str) -> str:
    return _markdown().get_template("briefing.md.j2").render(view, figures_in=figures_in)


def _write_pdf(view: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write the same page as PDF; each drawing brings its own colours, as WeasyPrint hands none into SVG."""
    drawn = {key: standalone(view[key]) for key in FIGURES if view[key]}
    legends = {key: [(standalone(mark), text) for mark, text in view[key]] for key in ("legend", "precisions")}
    page = _html().get_template("briefing.html.j2").render({**view, **drawn, **legends})
    return [write_bytes(folder / "briefing.pdf", pdf(page))]


def _write_docx(view: Mapping[str, Any], folder: Path) -> list[Path]:
    pictures = {name: png(standalone(view[key])) for key, name in FIGURES.items() if view[key]}
    return [write_bytes(folder / "briefing.docx", docx(_as_markdown(view, figures_in="below"), pictures))]


_WRITERS: Mapping[str, Callable[[Mapping[str, Any], Path], list[Path]]] = MappingProxyType(
    {"html": _write_html, "md": _write_markdown, "pdf": _write_pdf, "docx": _write_docx, "figures": write_figures}
)
KINDS = tuple(_WRITERS)


def briefing_view(layers: Layers, *, region: Region | None, period: Period | None, origin: Origin) -> dict[str, Any]:
    """Return all that the templates print; every text in it is still as it came."""
    selection = select(layers, region=region, period=period)
    comparison = _comparison(layers, selection, period)
    rows = incident_rows(selection.counted)
    before = incident_rows(comparison.overall.before if comparison else (), first=len(rows) + 1)
    possible = incident_rows(selection.possible, first=len(rows) + len(before) + 1)
    numbers = {row.incident.event_id: row.number for row in (*rows, *before, *possible)}
    return {
        "title": region.name if region else "All reports",
        "period": span_phrase(*selection.period) if selection.period else "no dated incident",
        "lines": bottom_line(selection, region, comparison),
        "tolls": [(name, toll(chosen, kind)) for name, kind, chosen in _key_figures(selection.counted)],
        "claimed": [one for one in selection.counted if is_claimed(one)],
        "comparison": comparison,
        "rows": rows,
        "listed": rows[-MOST_LISTED:],
        "linked": {row.number for row in rows[-MOST_LISTED:]},  # only these stand in the list of incidents
        "before": before,
        "numbers": numbers,
        "provinces": by_province(selection.counted),
        "actors": by_actor(selection.counted),
        "types": by_type(selection.counted),
        "claims": claim_rows(layers, selection, region, period),
        "apart": incident_rows(selection.apart),
        "possible": possible,
        "unplaced": [row for row in rows if not row.incident.is_placed],
        "most_listed": MOST_LISTED,
        "doubtful": [row for row in rows if row.incident.geo_flags],
        "most_doubtful": MOST_DOUBTFUL,
        "unread": unread_names(layers, selection, only_shown=region is not None or period is not None),
        "sources": source_rows((*selection.counted, *selection.apart)),
        "rejections": tuple(origin.get("rejections", ())),
        "corrections": correction_rows(origin.get("corrections", ())),
        "versions": dict(origin["versions"]),
        "generated": origin["generated"],
        "attributions": list(origin.get("attribution", ())) or attributions(layers),
        "method": tables()["method"],
        **_figures(layers, selection, numbers),
    }


def _comparison(layers: Layers, selection: Selection, period: Period | None) -> Comparison | None:
    """Compare, if a week was asked for; all reports, not the region's alone, tell how far they reach back."""
    if period is None or not is_week(period):
        return None
    known = select(layers).period
    return compare(selection.everything, period, first_day=known[0] if known else None)


def _key_figures(rows: Sequence[Incident]) -> Iterable[tuple[str, str, Sequence[Incident]]]:
    """Yield (name, kind, incidents) of each key figure; what rests on a claim is said as such."""
    claimed = [one for one in rows if is_claimed(one)]
    for kind, name in (("deaths", "Deaths"), ("injuries", "Injured")):
        yield name, kind, rows
        if claimed:
            yield "of which by one party’s claim", kind, claimed


def _figures(layers: Layers, selection: Selection, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return the drawings and their legends."""
    placed = [one for one in selection.counted if one.is_placed]
    made = timeline(selection.counted, selection.period) if selection.period and selection.counted else None
    marks = styles()["precision_marks"]
    present = {precision_of(one) for one in placed}
    types = sorted({one.event_type for one in placed})
    return {
        "map": map_figure(selection.counted, layers.areas, numbers),
        "timeline": made,
        "timeline_figure": timeline_figure(made) if made else Markup(""),
        "legend": [(_key(style_of(kind)[1]["shape"], style_of(kind)[0], "exact"), kind or "Other") for kind in types],
        "precisions": [(_key("circle", "plain", key), row["label"]) for key, row in marks.items() if key in present],
        "colours": style_classes(),
        "palettes": palettes(),
        "colour": lambda name: f"var(--{name})",
        "alone": False,
    }


def _key(shape: str, kind: str, precision: str) -> Markup:
    """Draw one mark of a legend."""
    root = Element("svg", {"viewBox": "0 0 18 18", "class": "key", "aria-hidden": "true"})
    if styles()["precision_marks"][precision]["ring"]:
        SubElement(root, "path", {"class": f"ring {kind}", "d": mark("circle", (9, 9), 8)})
    SubElement(root, "path", {"class": f"mark {precision} {kind}", "d": mark(shape, (9, 9), 5.5)})
    return rendered(root)


@cache
def _html() -> Environment:
    """Return the environment of HTML templates: everything printed is escaped."""
    made = Environment(
        loader=PackageLoader("pipeline.products.briefing"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update({"rows": row_phrase, "behind": behind})
    return made


@cache
def _markdown() -> Environment:
    """Return the environment of Markdown templates: everything printed is escaped, for Markdown and for HTML in it."""
    made = _html().overlay(finalize=markdown.escaped)
    made.filters["link"] = markdown.link
    return made


def _shown(value: object) -> object:
    """Clean what a template prints; drawings and other mark-up of ours pass."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
