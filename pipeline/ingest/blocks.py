"""The text split into what is the story and what is not: bylines, biographies, related stories, licences, comments.

A paragraph is never taken from inside a story on a weak sign. Strict cues (``anywhere`` in ``data/blocks.yaml``) hold
everywhere; the weaker ones only where the story is over: after a sign-off, or at the very end of the text, where
nothing but such parts follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest.cues import Cue, biography_goes_on, cues, match_cue, not_names
from pipeline.ingest.dateline import find_dateline, find_dateline_within, match_dateline
from pipeline.ingest.dates import is_date_line
from pipeline.ingest.units import Unit, ends_sentence, front_matter_end, split_units
from pipeline.models import Block, BlockKind, Dateline

_HEADLINE = 220  # characters; a longer first line is no headline
_HEAD_UNITS = 8  # where no paragraph closes like a sentence, how far a dateline is looked for
_TAIL_SHARE = 0.6  # a "sign-off" with more of the text than this after it stood at the head
_NAME = re.compile(r"[A-Z][\w’'.-]+(?: (?:[A-Z][\w’'.-]*|al|el|de|van|bin|von)){1,3}")

Label = tuple[BlockKind, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Blocks that cover the text in order, the first dateline, and the headline if the text has one."""

    blocks: tuple[Block, ...]
    dateline: Dateline | None = None
    title: str = ""


def lay_out(text: str, *, title: str = "") -> Layout:
    r"""Split ``text`` into blocks.

    Parameters
    ----------
    text : str
        The text as the reader sees it, lines ended by newlines.
    title : str
        The headline, where it is known from elsewhere; the text may begin with it.

    Examples
    --------
    >>> layout = lay_out("Two killed\n\nHOMS (AP) — Police said so.\n\nSee also  Rain\n")
    >>> [block.kind for block in layout.blocks]
    ['title', 'dateline', 'body', 'related']
    """
    units = split_units(text)
    labels: list[Label | None] = [None] * len(units)
    _mark_front(text, units, labels)
    _mark_head(units, labels, title)
    _mark_cued(units, labels)
    _mark_after_end(units, labels)
    _mark_end(units, labels)
    dateline = _first_dateline(text, units, labels, title)
    blocks = tuple(_blocks(text, units, labels, dateline, title))
    return Layout(blocks, dateline, _headline(text, blocks))


def _mark_front(text: str, units: tuple[Unit, ...], labels: list[Label | None]) -> None:
    """Mark YAML front matter and a leading HTML comment."""
    end = front_matter_end(text)
    for i, unit in enumerate(units):
        if unit.start < end:
            labels[i] = ("metadata", "front matter")


def _mark_head(units: tuple[Unit, ...], labels: list[Label | None], title: str) -> None:
    """Mark the headline and the lines between it and the story."""
    titled = False
    for i, unit in enumerate(units):
        if labels[i] or not _letters(unit.words):
            continue
        cue = match_cue(unit.words, "head", "anywhere")
        if (
            cue and not cue.ends_story and (titled or cue.kind != "related")
        ):  # "Video: Rocket hits base" may be a headline
            labels[i] = (cue.kind, cue.reason)
        elif is_date_line(unit.words):
            labels[i] = ("metadata", "publication line")
        elif not titled and _is_headline(units, i, title):
            labels[i], titled = ("title", "first line, reads as a headline"), True
        elif titled and _is_name(unit.words):
            labels[i] = ("byline", "a name on a line of its own")
        else:
            return


def _letters(words: str) -> bool:
    return any(c.isalnum() for c in words)


def _is_headline(units: tuple[Unit, ...], i: int, title: str) -> bool:
    words = units[i].words
    if title and words == title.strip():
        return True
    below = units[i + 1 : i + 1 + _HEAD_UNITS]
    if not below or below[0].words[:1].islower() or len(words) > _HEADLINE or "\n" in words or match_dateline(words, 0):
        return False
    if words.endswith((".", ":", ";", ",")) and not words.endswith("..."):
        return False
    if units[i].before_blank:
        return True
    return any(len(unit.words) > len(words) or match_dateline(unit.words, 0) is not None for unit in below)


def _is_name(words: str) -> bool:
    return len(words) <= 60 and words.casefold() not in not_names() and _NAME.fullmatch(words) is not None


def _mark_cued(units: tuple[Unit, ...], labels: list[Label | None]) -> None:
    """Mark what a strict cue announces, and the list of headlines below a bare one."""
    listing: Cue | None = None
    for i, unit in enumerate(units):
        cue = None if labels[i] else match_cue(unit.words, "anywhere")
        if cue:
            labels[i] = (cue.kind, cue.reason)
            listing = cue if cue.is_list and _is_bare(unit.words) else None
        elif listing and not labels[i] and _is_list_item(unit):
            labels[i] = (listing.kind, f"in the list below {listing.reason}")
        elif unit.words:
            listing = None


def _is_bare(words: str) -> bool:
    return len(words.split()) <= 4 and not words.endswith(".")


def _is_list_item(unit: Unit) -> bool:
    return 15 <= len(unit.words) <= 160 and not ends_sentence(unit.words) and not match_dateline(unit.words, 0)


def _mark_after_end(units: tuple[Unit, ...], labels: list[Label | None]) -> None:
    """Mark what stands after a sign-off, a licence line or a comment form, until a dateline begins another story."""
    ends = dict(_ends(units, labels))
    if not ends:
        return
    begins = [match_dateline(unit.words, 0, strict=True) is not None for unit in units]
    over = _over(units, labels, begins)
    ended: Label | None = None
    for i, unit in enumerate(units):
        cue = ends.get(i)
        if cue and over[i]:
            ended = (cue.kind, cue.reason) if cue.kind == "comment" or not ended else ended
        elif ended and begins[i]:
            ended = None
        elif ended and (labels[i] is None or ended[0] == "comment"):
            labels[i] = _after(unit, ended, labels[i - 1])


def _ends(units: tuple[Unit, ...], labels: list[Label | None]) -> Iterator[tuple[int, Cue]]:
    for i, (unit, label) in enumerate(zip(units, labels, strict=True)):
        cue = match_cue(unit.words, "anywhere") if label else None
        if cue and cue.ends_story:
            yield i, cue


def _over(units: tuple[Unit, ...], labels: list[Label | None], begins: list[bool]) -> list[bool]:
    """Return, for each unit, whether a story stands before it and the lesser part of the text after it."""
    restart, rests = units[-1].end, [0] * len(units)
    for i in range(len(units) - 1, -1, -1):
        rests[i] = restart - units[i].end
        restart = units[i].start if begins[i] else restart
    over, story = [], 0
    for unit, label, rest in zip(units, labels, rests, strict=True):
        over.append(story > 0 and rest * (1 - _TAIL_SHARE) <= story * _TAIL_SHARE)
        story += len(unit.words) if label is None else 0
    return over


def _after(unit: Unit, ended: Label, before: Label | None) -> Label:
    cue = match_cue(unit.words, "anywhere", "after", "tail")
    if ended[0] == "comment":
        return ("comment", f"after: {ended[1]}")
    if cue:
        return (cue.kind, cue.reason)
    if before and before[0] == "biography" and _goes_on(unit.words):
        return ("biography", "goes on with a biography")
    return ("biography" if unit.is_prose else "related", f"after the end of the story ({ended[1]})")


def _goes_on(words: str) -> bool:
    return biography_goes_on().match(words) is not None


def _mark_end(units: tuple[Unit, ...], labels: list[Label | None]) -> None:
    """Mark weakly cued paragraphs at the very end of the text, from the last one upwards."""
    waiting: list[int] = []
    for i in range(len(units) - 1, 0, -1):
        if labels[i] or not _letters(units[i].words):
            continue
        cue = match_cue(units[i].words, "tail")
        if is_date_line(units[i].words):
            labels[i] = ("metadata", "publication line")
        elif cue:
            labels[i] = (cue.kind, cue.reason)
            for j in waiting if cue.kind == "biography" else ():
                labels[j] = ("biography", "goes on with a biography")
            waiting = []
        elif _goes_on(units[i].words) and len(waiting) < 2:
            waiting.append(i)
        else:
            return


def _first_dateline(text: str, units: tuple[Unit, ...], labels: list[Label | None], title: str) -> Dateline | None:
    """Return the dateline of the first or second paragraph of the story, also behind a headline that runs into it."""
    story = [unit for unit, label in zip(units, labels, strict=True) if label is None]
    second = [i for i, unit in enumerate(story) if unit.is_prose][1:2]
    near = story[: second[0] + 1] if second else story[:_HEAD_UNITS]
    starts = [_skip_title(text, _words_start(unit, text), title) for unit in near]
    found = find_dateline(text, starts)
    if found or len(units) > 1:
        return found
    return find_dateline_within(text, 0, min(len(text), _HEADLINE))


def _words_start(unit: Unit, text: str) -> int:
    piece = text[unit.start : unit.end]
    return unit.start + len(piece) - len(piece.lstrip())


def _skip_title(text: str, start: int, title: str) -> int:
    """Return where the story begins when a headline runs into it: ``Headline. Story``."""
    if not title or "\n" in title or not text.startswith(title, start):
        return start
    match = re.compile(r"[ .:|–—-]*").match(text, start + len(title))
    return match.end() if match else start + len(title)


def _blocks(
    text: str, units: tuple[Unit, ...], labels: list[Label | None], dateline: Dateline | None, title: str
) -> Iterator[Block]:
    for unit, label in zip(units, labels, strict=True):
        if label:
            yield Block(unit.start, unit.end, *label)
            continue
        start = unit.start
        found = _dateline_of(text, unit, dateline)
        headline = _skip_title(text, 0, title) if start == 0 else 0
        if found and len(units) == 1:
            headline = headline or found.start
        if headline:
            yield Block(start, headline, "title", "the headline runs into the story")
            start = headline
        if found:
            yield from _dateline_blocks(text, start, found.start, min(found.end, unit.end))
            start = min(found.end, unit.end)
        if start < unit.end:
            yield from _split_inline(text, start, unit.end)


def _dateline_of(text: str, unit: Unit, first: Dateline | None) -> Dateline | None:
    """Return the dateline in this paragraph: the article's own, or that of another story behind it in the same file."""
    if first and unit.start <= first.start < unit.end:
        return first
    start = _words_start(unit, text)
    if first is None or start <= first.start:
        return None
    found = match_dateline(text, start, strict=True)
    return found or (_dateline_of_item(text, start) if _is_bare_dateline(text, first) else None)


def _is_bare_dateline(text: str, found: Dateline) -> bool:
    """Whether a dateline is a place in capitals with neither day nor agency, as each item of a round-up has one."""
    plain = found.month is None and not found.agency
    return plain and bool(found.places) and text[slice(*found.places[0])].isupper()


def _dateline_of_item(text: str, start: int) -> Dateline | None:
    found = match_dateline(text, start)
    return found if found is not None and _is_bare_dateline(text, found) else None


def _dateline_blocks(text: str, start: int, begin: int, end: int) -> Iterator[Block]:
    if text[start:begin].strip():
        yield Block(start, begin, "body")
        start = begin
    yield Block(start, end, "dateline", "place, day or agency before a dash")


def _split_inline(text: str, start: int, end: int) -> Iterator[Block]:
    """Yield the blocks of one paragraph of the story: its body, and what a cue inside it sets apart."""
    wanted = [cue for cue in cues("inline") if cue.needs in text]
    hits = [(match, cue) for cue in wanted for match in cue.pattern.finditer(text, start, end)]
    for match, cue in sorted(hits, key=lambda hit: hit[0].start()):
        if match.start() < start:
            continue
        if match.start() > start:
            yield Block(start, match.start(), "body")
        start = _stop(text, match, end, cue)
        yield Block(match.start(), start, cue.kind, cue.reason)
    if start < end:
        yield Block(start, end, "body")


def _stop(text: str, match: re.Match[str], end: int, cue: Cue) -> int:
    """Return the end of the line or sentence, or of the cue itself when that is too far to tell apart."""
    if cue.ends_story:
        return end
    sentence = re.compile(r"[.!?][”\"’')]*(?=\s)|\n").search(text, match.end(), end)
    stop = sentence.end() if sentence else end
    return stop if stop - match.start() <= cue.most else match.end()


def _headline(text: str, blocks: tuple[Block, ...]) -> str:
    return next((text[b.start : b.end].strip() for b in blocks if b.kind == "title"), "")
