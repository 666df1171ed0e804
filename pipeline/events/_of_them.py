"""Those of whom the sentence before tells how many: "three men were seized. |They were lynched|", "|None survived|"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events._harm_sentence import CountMention
from pipeline.events._quantities import find_quantities

__all__ = ["dead_of_before"]

_FAR = 400  # characters back in which the sentence before begins
_KILLED = (
    r"(?:shot\s+dead|killed|lynched|executed|beheaded|decapitated|murdered|slain|massacred|hanged|slaughtered|butchered|gunned\s+down"
    r"|burn(?:ed|t)\s+(?:alive|to\s+death)|(?:hacked|beaten|stabbed|stoned|tortured|kicked)\s+to\s+death|found\s+dead)"
)
_THEY = re.compile(
    rf"[“\"\s]*(?P<who>They|All(?:\s+of\s+them|\s+(?:two|three|four|five|six|seven))?|The\s+men|The\s+women)\s+(?:then\s+|later\s+|all\s+|both\s+)?"
    rf"(?:(?:were|had\s+been|have\s+been)\s+(?:\w+ly\s+|then\s+|later\s+|all\s+)?{_KILLED}|died\b|perished\b|lost\s+their\s+lives)"
    r"|[“\"\s]*(?P<none>None(?:\s+of\s+(?:them|the\s+\w+))?|Nobody|Not\s+one)\s+(?:of\s+them\s+)?(?:survived|lived|came\s+out\s+alive|made\s+it)\b"
)
_ENDS = re.compile(r"[.!?;][”\"’')]*\s+(?=[“\"‘'(]*[A-Z\d])")
_MOST = 60  # those seized or met in one place


def dead_of_before(text: str, start: int, end: int, linked: Sequence[CountMention]) -> list[CountMention]:
    """Return the dead whom a sentence tells of as "they", where the one before counts one group of people.

    Examples
    --------
    >>> text = "They stopped three men. They were lynched."
    >>> [m.count.low for m in dead_of_before(text, 24, len(text), ())]
    [3]
    """
    found = _THEY.match(text, start, end)
    if found is None or any(m.kind == "killed" for m in linked):
        return []
    begin = max(0, start - _FAR)
    breaks = [m.end() for m in _ENDS.finditer(text, begin, start) if m.end() < start]
    told = [q for q in find_quantities(text, breaks[-1] if breaks else begin, start) if "person" in q.classes]
    groups = [q for q in told if not q.single and not q.part and 1 < (q.count.low or 0) <= _MOST]
    if len(groups) != 1:
        return []
    group, span = "who" if found["who"] else "none", groups[0]
    count = replace(span.count, text=found[group])
    return [CountMention(*found.span(group), count, "killed", span.noun, trigger=found.end(group) + 1)]
