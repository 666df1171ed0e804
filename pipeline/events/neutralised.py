"""Who was "neutralised" where the report says that the word means the captured too: perhaps nobody was killed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.counts import CountMention
from pipeline.events.incidents import Incident

_WORD = r"neutrali[sz]\w*"
_TAKEN = r"(?:captur\w+|surrender\w*|detain\w+|arrest\w+|wounded|caught|taken\s+alive)"
_KILLED = r"(?:kill\w*|dead|slain|died)"
#: "use the word “neutralized” to say that the terrorists |surrendered or were killed or captured|"
_EXPLAINED = re.compile(
    rf"\b{_WORD}\b[^.\n]{{0,200}}?\b(?:{_TAKEN}\b[^.\n]{{0,80}}?\b{_KILLED}|{_KILLED}\b[^.\n]{{0,80}}?\b{_TAKEN})\b"
    rf"|\b(?:{_TAKEN}\b[^.\n]{{0,60}}?\b{_KILLED}|{_KILLED}\b[^.\n]{{0,60}}?\b{_TAKEN})\b[^.\n]{{0,80}}?\b(?:term|word)\b[^.\n]{{0,30}}\b{_WORD}",
    re.IGNORECASE,
)
#: "|use the term to say| that the terrorists surrendered or were killed", told after it stood in quotes
_USED_OF = re.compile(
    rf"\bus(?:e|es|ed|ing)\s+(?:the|this|that)\s+(?:term|word)\s+(?:to|for|of|when)\b[^.\n]{{0,80}}?\b"
    rf"(?:{_TAKEN}\b[^.\n]{{0,60}}?\b{_KILLED}|{_KILLED}\b[^.\n]{{0,60}}?\b{_TAKEN})\b",
    re.IGNORECASE,
)
_SAYS_OF_WORD = re.compile(
    r"\b(?:term|word|terminology|usage|phrase|expression|use|uses|used|means?|implies|imply|meaning)\b", re.IGNORECASE
)
_AT = re.compile(_WORD, re.IGNORECASE)


def with_neutralised(incidents: Sequence[Incident], text: str) -> None:
    """Let those who were only "neutralised" be dead at most, where the report itself explains the word."""
    if not is_explained(text):
        return
    for incident in incidents:
        dead = incident.best.fatalities
        tellings = [d for d in incident.drafts if d.fatalities.text and d.fatalities.text in dead.text.split("; ")]
        told = [c for d in tellings for c in d.counts if c.kind == "killed" and not c.subset]
        if dead.low and told and all(_is_neutralised(c, text) for c in told):
            incident.best = replace(incident.best, fatalities=replace(dead, low=0, qualifier="about"))


def is_explained(text: str) -> bool:
    """Return whether a text says that the "neutralised" may be alive.

    Examples
    --------
    >>> is_explained("The army uses the term “neutralized” of those who were killed, wounded or captured.")
    True
    >>> is_explained("Four rebels were neutralised, three killed and one captured.")
    False
    """
    if _AT.search(text) is None:
        return False
    used = _USED_OF.search(text)
    if used is not None and _AT.search(text, 0, used.start()) is not None:
        return True
    return any(_SAYS_OF_WORD.search(match[0]) or _is_led(text, match) for match in _EXPLAINED.finditer(text))


def _is_led(text: str, match: re.Match[str]) -> bool:
    """Whether the words before say that a word is spoken of: "often use the term |“neutralized”"."""
    return _SAYS_OF_WORD.search(text, max(0, match.start() - 40), match.start()) is not None


def _is_neutralised(mention: CountMention, text: str) -> bool:
    return _AT.match(text, mention.trigger) is not None
