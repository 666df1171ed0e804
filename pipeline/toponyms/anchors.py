"""Which names a relation hangs on: "Zurf al Saqr, south of |Baghdad|", "between |Hit| and |Haditha|".

Of several anchors the last bears the relation; the others, and all of a relation that only says where the place named
before it lies, carry the cue ``anchor``: nothing happened at them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pipeline.models import Mention, SpatialRelation
from pipeline.toponyms.relation_words import load_relation_words, pattern_of, worded, wordings
from pipeline.toponyms.relations import ANCHORING, WINDOW, spoken
from pipeline.toponyms.surroundings import binds

ANCHOR = "anchor"
MOST_ANCHORS = 5
NOT_ANCHORS = frozenset({"demonym", "descriptive"})
AND = re.compile(r"\s*(?:,|and|or|,\s*and)\s*(?:the\s+)?")
COMMA = re.compile(r"\s*,\s*")
HYPHEN = re.compile(r"\s*[-–—/]\s*|-to-|\s+to\s+")
LAST_WORD = re.compile(r"([\w-]+)\s+(?:(?:in|at|on|held)\s+)?$")


@dataclass(frozen=True, slots=True)
class _Joint:
    """A relation on the mentions ``first`` to ``last``, and where its words start and end."""

    kind: str
    first: int
    last: int
    start: int
    end: int


def with_anchors(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with relations on several anchors given to the last of them, and anchors marked.

    Parameters
    ----------
    text : str
        Of the report.
    mentions : sequence of Mention
        Ascending, not overlapping.
    """
    marked = list(_shared_out(text, mentions))
    for joint in _joints(text, mentions):
        _join(text, marked, joint)
    for i, mention in enumerate(marked):
        relation = mention.relation
        if relation is not None and relation.kind in ANCHORING and _places_another(text, mentions, i, relation):
            marked[i] = _anchor(mention)
    return tuple(marked)


def _anchor(mention: Mention) -> Mention:
    return mention if ANCHOR in mention.cues else replace(mention, cues=(*mention.cues, ANCHOR))


def _shared_out(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions where "near A and B" is said of each."""
    given: list[Mention] = []
    for i, mention in enumerate(mentions):
        told = given[-1].relation if given else None
        joined = given and mention.relation is None and _is_listed(text, mentions, i)
        if told is not None and told.kind == "near" and joined and not told.distance_km:
            shared = spoken(text, replace(told, anchor_text=mention.text, end=mention.end))
            given.append(replace(mention, relation=shared))
        else:
            given.append(mention)
    return given


def _is_listed(text: str, mentions: Sequence[Mention], i: int) -> bool:
    """Whether a name goes on a list that ends with "and": "near A, |B| and C", but not "near Kursk, |Russia|"."""
    for before, after in pairwise(mentions[i - 1 :]):
        joint = AND.fullmatch(text, before.end, after.start)
        if joint is None or not COMMA.fullmatch(joint[0]):
            return joint is not None
    return False


def _places_another(text: str, mentions: Sequence[Mention], i: int, relation: SpatialRelation) -> bool:
    """Whether a relation says where the place named before it lies."""
    before = next((m for m in reversed(mentions[:i]) if m.end <= relation.start), None)
    return before is not None and before.kind != "demonym" and binds(text, before, relation)


def _join(text: str, marked: list[Mention], joint: _Joint) -> None:
    """Give the last anchor of a joint the relation, and mark the others."""
    anchors = marked[joint.first : joint.last + 1]
    names = tuple(" ".join(m.text.split()) for m in anchors)
    relation = SpatialRelation(joint.kind, "", joint.start, joint.end, names[0], other_anchors=names[1:])
    for i in range(joint.first, joint.last):
        marked[i] = replace(_anchor(marked[i]), relation=None)
    marked[joint.last] = replace(marked[joint.last], relation=spoken(text, relation))


def _joints(text: str, mentions: Sequence[Mention]) -> list[_Joint]:
    found, i = [], 0
    while i < len(mentions) - 1:
        joint = None if mentions[i].kind in NOT_ANCHORS else _led(text, mentions, i) or _followed(text, mentions, i)
        found += [joint] if joint else []
        i = joint.last + 1 if joint else i + 1
    return found


def _led(text: str, mentions: Sequence[Mention], i: int) -> _Joint | None:
    """Return the relation whose words stand before its first anchor: "the road from |A| to B"."""
    start = mentions[i].start
    if not _any_joiner().fullmatch(text, mentions[i].end, mentions[i + 1].start):
        return None
    last = {joiner: _last_of(text, mentions, i, joiner) for joiner in _joiners()}
    for kind, before, joiner in _heads() if any(last.values()) else ():
        at = last[joiner]
        head = before.search(text, max(0, start - WINDOW), start) if at else None
        if head is None or "\n\n" in head[0] or (kind in {"between", "midway"} and _between_parties(text, head)):
            continue
        if at is not None:
            return _Joint(kind, i, at, head.start(), mentions[at].end)
    return None


def _followed(text: str, mentions: Sequence[Mention], i: int) -> _Joint | None:
    """Return the relation whose word follows its two anchors: "the |A|-|B| highway"."""
    one, other = mentions[i], mentions[i + 1]
    joined = HYPHEN.fullmatch(text, one.end, other.start) or text[one.end : other.start].strip() in {"and", ","}
    for kind, after in worded("joined") if joined and other.kind not in NOT_ANCHORS else ():
        tail = after.match(text, other.end)
        if tail is not None:
            return _Joint(kind, i, i + 1, one.start, tail.end())
    return None


def _last_of(text: str, mentions: Sequence[Mention], i: int, joiner: re.Pattern[str]) -> int | None:
    """Return the last of the names joined to mention ``i``: "A and |B|", "A, B and |C|"; None where there is none."""
    for j in range(i + 1, min(len(mentions), i + MOST_ANCHORS)):
        if mentions[j].kind in NOT_ANCHORS:
            return None
        if joiner.fullmatch(text, mentions[j - 1].end, mentions[j].start):
            return j
        if not COMMA.fullmatch(text, mentions[j - 1].end, mentions[j].start):
            return None
    return None


def _between_parties(text: str, head: re.Match[str]) -> bool:
    """Whether "between" follows a noun that has parties or ends, not land: "talks |between|"."""
    word = LAST_WORD.search(text, max(0, head.start() - 30), head.start())
    return word is not None and word[1].lower() in load_relation_words().between_parties


@cache
def _joiners() -> tuple[re.Pattern[str], ...]:
    """Return what may join the last two of several anchors."""
    return tuple({joiner for _, _, joiner in _heads()})


@cache
def _any_joiner() -> re.Pattern[str]:
    """Return what may stand between any two of several anchors."""
    return pattern_of("|".join(["\\s*,\\s*", *wordings()["joiners"].values()]))


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Return kind, the words before the first anchor, and what joins the last two."""
    joiners = {name: pattern_of(verbose) for name, verbose in wordings()["joiners"].items()}
    return tuple(
        (kind, pattern_of(verbose, end="$"), joiners[joiner]) for kind, joiner, verbose in wordings()["between"]
    )
