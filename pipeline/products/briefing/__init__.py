"""The briefing: what the events of a region and a period come to, each number with the rows behind it."""

from __future__ import annotations

from pipeline.products.briefing.region import Region, in_region, may_be_in_region, parse_region
from pipeline.products.briefing.render import KINDS, write_briefing
from pipeline.products.briefing.trend import last_week
from pipeline.products.briefing.words import lint_confidence

__all__ = [
    "KINDS",
    "Region",
    "in_region",
    "last_week",
    "lint_confidence",
    "may_be_in_region",
    "parse_region",
    "write_briefing",
]
