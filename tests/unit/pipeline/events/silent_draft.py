"""A draft that says nothing beyond what it must: tests fill in what they are about."""

from __future__ import annotations

from pipeline.events.drafts import Draft
from pipeline.events.places import NOT_SAID
from pipeline.models import Count, SourceRef

SILENT = Draft(
    source=SourceRef("a", "It was told.", 0, 12),
    family="attack",
    sub=None,
    status="asserted",
    perpetrator=None,
    target=None,
    placement=NOT_SAID,
    when=None,
    said_day=None,
    anaphoric=None,
    fatalities=Count(),
    injuries=Count(),
    attributed_to="",
    plural=False,
    definite=False,
    bare=False,
)
