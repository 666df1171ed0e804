"""Names that share a noun in the plural: "Homs, Hama and |Idlib| provinces", "the counties of |Clark| and |Warren|"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.models import Mention
from pipeline.toponyms.cues import feature_noun_after, feature_noun_before

FEATURE = "feature: "
_AND = re.compile(r"\s*(?:,|&|(?:,\s*)?\b(?:and|or)\b)\s*(?:the\s+)?")


def with_shared_nouns(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions of each list with the noun that stands once for all of them.

    Parameters
    ----------
    text : str
        Of the report.
    mentions : sequence of Mention
        Ascending, not overlapping.

    Examples
    --------
    >>> found = [Mention("d", 0, 4, "Homs"), Mention("d", 9, 14, "Idlib")]
    >>> [m.cues for m in with_shared_nouns("Homs and Idlib provinces were hit.", found)]
    [('feature: province',), ('feature: province',)]
    """
    given = list(mentions)
    for first, last in _lists(text, mentions):
        noun = _shared(text, mentions[first], mentions[last])
        for i in range(first, last + 1) if noun else ():
            if not any(cue.startswith(FEATURE) for cue in given[i].cues):
                given[i] = replace(given[i], cues=(*given[i].cues, FEATURE + noun))
    return tuple(given)


def _lists(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return the first and the last of mentions that only commas, "and" and "or" stand between, two or more."""
    found, first = [], 0
    for i in range(1, len(mentions) + 1):
        if i < len(mentions) and _AND.fullmatch(text, mentions[i - 1].end, mentions[i].start):
            continue
        if i - first > 1:
            found.append((first, i - 1))
        first = i
    return found


def _shared(text: str, first: Mention, last: Mention) -> str:
    """Return the noun in the plural after the last name of a list or before the first; empty if there is none."""
    after, before = feature_noun_after(text, last.end), feature_noun_before(text, first.start)
    if after and text[after[1] - 1].lower() != after[0][-1]:
        return after[0]
    if before and not text.lower().startswith(f"{before[0]} ", before[1]):
        return before[0]
    return ""
