"""Names that say where somebody has his seat, and not where anything happened: "the |Oslo|-based group"."""

from __future__ import annotations

import re

from pipeline.models import Mention

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
