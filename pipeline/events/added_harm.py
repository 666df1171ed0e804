"""Whether a later sentence tells of more who were hurt, or of the same: "two attackers |were also killed|"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.events._noun_phrases import both_numbers, count_words
from pipeline.events.counts import HURT, CountKind, CountMention, added_up
from pipeline.events.numbers import ORDINALS
from pipeline.models import Count

ALSO = 30  # characters about a figure in which "also" may stand
_ALSO = re.compile(
    r"\balso\b(?!\s+(?:said|told|added|reported|noted|claimed|announced|among))|\bas\s+well\b", re.IGNORECASE
)
LOSER, LOST = 20, 4  # characters before "lost" in which it is said who; of "lost"
_LOST = re.compile(r"\b(?P<who>[a-z]+)\s+(?:also\s+)?lost\Z", re.IGNORECASE)
_UNSURE = re.compile(r"neutrali[sz]|eliminat", re.IGNORECASE)  # killed, caught or hurt, as those say who did it
_ONE_MORE = re.compile(r"(?:another|one\s+more)\b", re.IGNORECASE)
_ANYBODY = frozenset({"people", "persons", "others", "residents", "inhabitants", "locals"})
_KILLING = re.compile(r"kill|shoot|shot|massacr|slaughter|murder|wound|injur|hurt", re.IGNORECASE)
_BARE = frozenset({"others", "other", "more", "another", "wounded", "injured", "hurt", "dead"})
_STOP = re.compile(r"[.!?;][”\"’']?\s|\n")
_TWELFTH = 12
_ORDINALS = {word: n for word, n in ORDINALS.items() if n <= _TWELFTH}
_NEXT = re.compile(rf"(?:an?|the)\s+(?P<which>{'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_MORE = re.compile(
    r"(?:another|a\s+further|an\s+additional|one\s+more)\b|.*\b(?:others?|more)\Z", re.IGNORECASE | re.DOTALL
)


def with_added(
    known: Count, told: Sequence[CountMention], new: Sequence[CountMention], kind: CountKind, text: str
) -> Count | None:
    """Return the count with those of a later sentence added, or None where they are not told as more.

    Those who were "neutralised" add to its upper end only.

    Parameters
    ----------
    known : Count
        What is known of the incident.
    told, new : sequence of CountMention
        The figures of the sentences before, and of the later one.
    kind : CountKind
        "killed" or "injured".
    text : str
        The report.

    Examples
    --------
    >>> from pipeline.events.counts import find_counts
    >>> text = "They killed two constables. Two attackers were also killed."
    >>> one, other = find_counts(text, 0, 27), find_counts(text, 27)
    >>> with_added(one[0].count, one, other, "killed", text).best
    4
    """
    before = [m for m in told if m.kind == kind and _is_figure(m)]
    after = [m for m in new if m.kind == kind and _is_figure(m)]
    beside = [m for m in new if m.kind in HURT and _is_figure(m)]
    earlier = [m for m in told if m.kind in HURT and _is_figure(m)]
    if not known.low or not before or not after:
        return None
    if any(_is_repeated(m, before, text) and not _is_one_more(m, text) for m in after):
        return None
    if not all(_is_more(m, beside, before, earlier, text) or _is_next(m, known, text) for m in after):
        return None
    if any(m.count.low == known.low for m in before) and any(_are_counted(m, after, known) for m in before):
        return None
    total = added_up([known, *(one_of_row(m.count) for m in after)])
    claimed = any(_UNSURE.match(text, m.trigger) for m in after)
    return replace(known, high=total.high, qualifier="about", text=total.text) if claimed else total


def one_of_row(count: Count) -> Count:
    """Return the one who is the last of a row: "|a fourth victim| died" is four in all, but one more.

    Examples
    --------
    >>> one_of_row(Count(4, 4, 4, "exact", "a fourth victim")).low
    1
    """
    return replace(count, low=1, best=1, high=1) if _NEXT.match(count.text) else count


def _are_counted(before: CountMention, after: Sequence[CountMention], known: Count) -> bool:
    """Whether what is known takes in those told as more: "eleven died … had said nine. |Two more| died"."""
    return (before.count.low or 0) + sum(m.count.low or 0 for m in after) == known.low


def with_one_side(known: Count, told: Sequence[CountMention], toll: CountMention, text: str) -> Count | None:
    """Return what the toll of one side makes of the dead of both, or None where it is not that.

    "Ten died, eight rebels and two soldiers. Others put the number of |soldiers| killed at five": ten to thirteen.
    """
    side = _sides_in(text[toll.trigger : toll.start].lower().split())
    before = [m for m in told if m.kind == toll.kind and _is_figure(m)]
    own = [m for m in before if _sides_of(m, told, text) & side]
    if not side or not own or len(own) == len(before) or not known.low:
        return None
    more = (toll.count.low or 0) - sum(m.count.low or 0 for m in own)
    if more >= 0:
        return replace(known, high=(known.best or known.low) + more, qualifier="about")
    return replace(known, low=max(0, known.low + more), qualifier="about")


def _sides_in(words: Sequence[str]) -> frozenset[str]:
    """Return the side of the first word that has one."""
    return next((side for w in words if (side := _table().get(w))), frozenset())


def _is_figure(mention: CountMention) -> bool:
    """Whether a mention counts people by itself: no part of a figure, no running total, no "none"."""
    return not mention.subset and not mention.cumulative and bool(mention.count.low)


def _is_one_more(mention: CountMention, text: str) -> bool:
    """Whether a figure is told as one more of the same: "the body of |one more woman|"."""
    return _ONE_MORE.match(text, mention.start, mention.end) is not None


def _is_next(mention: CountMention, known: Count, text: str) -> bool:
    """Whether the next of those counted is told: three died, and later "|a fourth| died on the way"."""
    found = _NEXT.match(text, mention.start, mention.end)
    return found is not None and _ORDINALS[found["which"].lower()] == (known.low or 0) + 1


def _is_repeated(mention: CountMention, before: Sequence[CountMention], text: str) -> bool:
    """Whether a figure was told before of the same side."""
    same = (m for m in before if m.count.low == mention.count.low and m.kind == mention.kind)
    return any(m.noun.lower() == mention.noun.lower() or _sides(m, text) & _sides(mention, text) for m in same)


def _is_more(
    mention: CountMention,
    beside: Sequence[CountMention],
    before: Sequence[CountMention],
    earlier: Sequence[CountMention],
    text: str,
) -> bool:
    """Whether a figure is told as more: by "also", "another", or because it is of another side than all before.

    "One died and six others were hurt" are more than the one ``beside`` them, not than those of the sentence before.
    ``earlier``: all told before of either kind, who may say whose side those ``before`` are on.
    """
    relative = any(m.start < mention.start for m in beside)
    if (_MORE.match(text, mention.start, mention.end) and not relative) or _says_also(mention, text):
        return True
    own = _sides_of(mention, beside, text)
    if own == {"attackers"} and all(_is_victim(m, text) for m in before):
        return True
    return bool(own) and all((side := _sides_of(m, earlier, text)) and not side & own for m in before)


def _is_victim(mention: CountMention, text: str) -> bool:
    """Whether those counted were killed by others, whoever they are: "a gang raided A, killing |16 people|"."""
    done_to = 0 <= mention.trigger < mention.start and mention.noun.lower() in _ANYBODY
    return done_to and _KILLING.match(text, mention.trigger) is not None


def _sides_of(mention: CountMention, told: Sequence[CountMention], text: str) -> frozenset[str]:
    """Return the sides of those counted; who are told with others, or after them by number alone, are of theirs.

    "Captain Omar Said and |two of his men| fell", "six soldiers died and |28| sustained injuries".
    """
    if own := _sides(mention, text):
        return own
    together = [m for m in told if m.trigger == mention.trigger]
    bare = not mention.noun or mention.noun.lower() in _BARE
    first = [m for m in told if bare and m.end <= mention.start and _STOP.search(text, m.end, mention.start) is None]
    return next((side for m in (*together, *reversed(first)) if (side := _sides(m, text))), frozenset())


def _says_also(mention: CountMention, text: str) -> bool:
    """Whether "also" stands about a figure, in its sentence."""
    first = max(text.rfind(stop, 0, mention.start) for stop in (". ", "\n", "; "))
    start = max(first + 1, mention.start - ALSO)
    stop = _STOP.search(text, mention.end)
    end = min(len(text) if stop is None else stop.start(), mention.end + ALSO)
    return _ALSO.search(text, start, end) is not None


def _sides(mention: CountMention, text: str) -> frozenset[str]:
    """Return the sides of those counted: attackers, forces, civilians; none for "people".

    What they are called says it where the noun does not: "two |law-enforcement| members", "two |officers| on duty".
    """
    if (loser := _LOST.search(text, max(0, mention.trigger - LOSER), max(0, mention.trigger) + LOST)) is not None:
        return _table().get(loser["who"].lower(), frozenset())  # "|the attackers| lost three men"
    words = text[mention.start : mention.end].lower().split()
    called = frozenset[str]().union(*(_called().get(w, frozenset()) for w in words))
    return _table().get(mention.noun.lower(), called or _sides_in(words))


@cache
def _called() -> dict[str, frozenset[str]]:
    """Map what those counted are called before their noun to their sides."""
    return {word: frozenset({side}) for side, words in count_words().raw["sides_called"].items() for word in words}


@cache
def _table() -> dict[str, frozenset[str]]:
    """Map the words for those counted, in both numbers, to their sides."""
    table: dict[str, frozenset[str]] = {}
    for side, nouns in count_words().raw["sides"].items():
        for noun in nouns:
            for form in both_numbers(noun):
                table[form] = table.get(form, frozenset()) | {side}
    return table
