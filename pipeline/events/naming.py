"""A site told of without a name, and named elsewhere in the report: "an outpost" … "The post, Tower 22, lies"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.events.places import TOWN, UNKNOWN, coarseness, placement_of
from pipeline.models import Placement, Resolution

SITES = (
    r"(outpost|post|base|camp|headquarters|garrison|airport|village|town|port|prison|station|checkpoint|hospital"
    r"|school|mosque|church|market|compound|building)"
)
#: "a |headquarters|", "its |outpost|": a site told of without its name
INDEFINITE = re.compile(
    rf"\b(?:an?|its|his|the\s+[a-z]+[’']s|one\s+of\s+its)\s+(?:[a-z-]+\s+){{0,3}}?{SITES}s?\b", re.IGNORECASE
)
#: "The post, |", "The headquarters stands in the east of |"
NAMING = re.compile(
    rf"\b[Tt]he\s+(?:[a-z-]+\s+)?{SITES}(?:,\s+(?:called\s+|known\s+as\s+)?"
    r"|\s+(?:is|was|stands|stood|lies|lay|sits)\s+(?:located\s+|situated\s+)?"
    r"(?:in|at|near|inside|outside)\s+(?:the\s+(?:[a-z]+\s+){1,2}of\s+)?)$"
)
SAME = {"outpost": "post", "garrison": "base", "compound": "headquarters"}
REACH = 60  # characters from the noun to the name


def named_elsewhere(
    text: str, placement: Placement, sentence: str, resolutions: Sequence[Resolution]
) -> Placement | None:
    """Return the place that a report names for the site that ``sentence`` tells of without a name, if it does.

    Only a place finer than ``placement`` is taken.
    """
    if coarseness(placement) <= TOWN:
        return None
    sites = {_word(found[1]) for found in INDEFINITE.finditer(sentence)}
    for resolution in resolutions if sites else ():
        width = resolution.where_prec or UNKNOWN
        if resolution.place is None or resolution.mention.kind != "toponym" or width >= coarseness(placement):
            continue
        start = resolution.mention.start
        found = NAMING.search(text[max(0, start - REACH) : start])
        if found and _word(found[1]) in sites:
            why = f"“the {found[1]}” is said to be {resolution.place.name} elsewhere in the report"
            return placement_of(text, resolution, reasons=(why,))
    return None


def _word(noun: str) -> str:
    return SAME.get(noun.lower(), noun.lower())
