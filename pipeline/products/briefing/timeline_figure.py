"""The timeline of a briefing: incidents a day, a week or a month, the less precisely dated ones hollow."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from pipeline.products.briefing.drawing import canvas, label, rendered
from pipeline.products.briefing.facts import Period
from pipeline.products.briefing.incidents import Incident, ids_of
from pipeline.products.briefing.words import plural

WIDTH, HEIGHT = 960.0, 190.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 6.0, 12.0, 26.0
#: Longest period, in days, that is drawn by day and by week; a longer one is drawn by month.
_BY_DAY, _BY_WEEK = 45, 320
#: Width that a label under the axis needs.
_LABEL = 62.0


@dataclass(frozen=True, slots=True)
class Bar:
    """Incidents of one day, week or month.

    ``sure`` lie in it for certain; ``unsure`` are counted under its first possible day but may belong to a later bar.
    """

    first: date
    last: date
    sure: tuple[Incident, ...]
    unsure: tuple[Incident, ...]

    @property
    def total(self) -> int:
        """All incidents of the bar."""
        return len(self.sure) + len(self.unsure)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars without gaps, and what one bar is: day, week or month."""

    unit: str
    bars: tuple[Bar, ...]


def timeline(incidents: Sequence[Incident], period: Period) -> Timeline:
    """Sort dated incidents into bars over a period.

    Examples
    --------
    >>> timeline((), (date(2024, 1, 30), date(2024, 2, 1))).unit
    'day'
    """
    days = (period[1] - period[0]).days + 1
    unit = "day" if days <= _BY_DAY else "week" if days <= _BY_WEEK else "month"
    bars: list[Bar] = []
    first = _start(period[0], unit)
    while not bars or bars[-1].last < period[1]:
        last = _last(first, unit)
        rows = [one for one in incidents if one.day is not None and first <= one.day <= last]
        sure = tuple(one for one in rows if _is_within(one, last))
        unsure = tuple(one for one in rows if not _is_within(one, last))
        bars.append(Bar(first, last, sure, unsure))
        first = min(last, date.max - timedelta(days=1)) + timedelta(days=1)
    return Timeline(unit, tuple(bars))


def _is_within(incident: Incident, last: date) -> bool:
    """Whether all days that an incident may have happened on lie in the bar that ends with ``last``."""
    end = incident.date_end or incident.day
    coarse = incident.time_precision is not None and incident.time_precision > 1 and end == incident.day
    return end is not None and end <= last and not coarse


def _start(day: date, unit: str) -> date:
    """Return the first day of the bar that holds a day: weeks begin on Monday."""
    if unit == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if unit == "week" else day


def _last(first: date, unit: str) -> date:
    """Return the last day of the bar that begins on a day."""
    if unit == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return date.fromordinal(min(first.toordinal() + (6 if unit == "week" else 0), date.max.toordinal()))


def timeline_figure(made: Timeline) -> Markup:
    """Draw the bars; empty where there is nothing to draw."""
    most = max((bar.total for bar in made.bars), default=0)
    if not most:
        return Markup("")
    text = f"Bars of incidents by {made.unit}; the highest is {most}."
    root = canvas(WIDTH, HEIGHT, f"Incidents by {made.unit}", text, "timeline")
    unit = (HEIGHT - _TOP - _BOTTOM) / most
    for step in _steps(most):
        y = HEIGHT - _BOTTOM - step * unit
        SubElement(root, "path", {"class": "grid", "d": f"M{_LEFT:g},{y:.1f}H{WIDTH - _RIGHT:g}"})
        label(root, (_LEFT - 6, y + 4), str(step), "axis", **{"text-anchor": "end"})
    slot = (WIDTH - _LEFT - _RIGHT) / len(made.bars)
    every = max(1, -(-int(_LABEL) // max(int(slot), 1)))
    for position, bar in enumerate(made.bars):
        x = _LEFT + position * slot
        _draw_bar(root, bar, x, slot, unit)
        if position % every == 0 and x + _LABEL <= WIDTH + slot / 2:
            text = f"{bar.first:%b %Y}" if made.unit == "month" else f"{bar.first.day} {bar.first:%b}"
            label(root, (x + slot / 2, HEIGHT - 8), text, "axis", **{"text-anchor": "middle"})
    return rendered(root)


def _steps(most: int) -> range:
    """Return at most about five whole numbers for the grid."""
    return range(0, most + 1, max(1, -(-most // 4)))


def _draw_bar(root: Element, bar: Bar, x: float, slot: float, unit: float) -> None:
    """Draw one bar: the surely dated below, the others hollow on top."""
    width, foot = max(min(slot * 0.72, 42.0), 1.0), HEIGHT - _BOTTOM
    left = x + (slot - width) / 2
    for css, rows in (("bar", bar.sure), ("bar open", bar.unsure)):
        if not rows:
            continue
        height = len(rows) * unit
        size = {"x": f"{left:.1f}", "y": f"{foot - height:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
        box = SubElement(root, "rect", {"class": css, "data-rows": " ".join(ids_of(rows)), **size})
        SubElement(box, "title").text = f"{bar.first.isoformat()}: {len(rows)} {plural(len(rows), 'incident')}"
        foot -= height
