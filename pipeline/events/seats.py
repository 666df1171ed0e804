"""Names that say where somebody has his seat, and not where anything happened: "the |Oslo|-based group"."""

from __future__ import annotations

import re

from gazetteer.models import Place
from pipeline.events._words import table
from pipeline.models import Mention

CAPITAL = "PPLC"

BEFORE_CHARS = 40
AFTER = re.compile(r"\s?-\s?(?:based|born|backed|led|run|educated|registered|headquartered|trained|funded)\b")
BEFORE = re.compile(
    r"\b(?:based|headquartered|registered|educated|incorporated)\s+(?:in|at|near|out\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def is_seat(text: str, mention: Mention) -> bool:
    """Return whether a name is that of a seat: "London|-based", "a monitor based in |Oslo|".

    Examples
    --------
    >>> is_seat("The Oslo-based group said so.", Mention("a", 4, 8, "Oslo"))
    True
    """
    if AFTER.match(text, mention.end):
        return True
    return BEFORE.search(text[max(0, mention.start - BEFORE_CHARS) : mention.start]) is not None


def is_bureau(place: Place | None) -> bool:
    """Return whether a town is one from where correspondents write of all of the country: its capital, or like one.

    Examples
    --------
    >>> is_bureau(Place("gn:1261481", "New Delhi", 28.6, 77.2, "P", "PPL", "IN")), is_bureau(None)
    (True, False)
    """
    return place is not None and (place.feature_code == CAPITAL or place.place_id in table("bureaus")["bureaus"])


def is_regional_bureau(place: Place | None) -> bool:
    """Return whether a town is one from where correspondents write of all the provinces around, or a province itself.

    Examples
    --------
    >>> is_regional_bureau(Place("gn:1167528", "Quetta", 30.2, 67.0, "P", "PPL", "PK"))
    True
    """
    return place is not None and (place.feature_class == "A" or place.place_id in table("bureaus")["regional"])
