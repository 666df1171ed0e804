"""Tallies and background figures: "66 attacks since October 17", "900 troops". Never summed with events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.events.counts import CountMention
from pipeline.events.dates import TimeMention, find_times
from pipeline.events.drafts import Draft, Reading
from pipeline.events.identity import content_id
from pipeline.models import Claim, ClaimType, Count, Resolution
from pipeline.parse import Sentence

TALLY_WORDS = re.compile(
    r"\b(?:so far|in total|a total of|out of|since|as of|overall|altogether|to date|more than \d+ (?:attacks|times)|"
    r"in the (?:past|last) (?:\w+ )?(?:weeks?|months?|years?)|has limited|have limited|limited its)\b",
    re.IGNORECASE,
)
SERIES = re.compile(
    r"\b(?:the|these|those)\s+(?:\w+\s+)?(?:attacks|strikes|assaults|clashes|bombings|raids)\b", re.IGNORECASE
)
LIST_GAP = re.compile(r"[\s,]*(?:(?:and|or|in|the|neighbou?ring|nearby)\s+)*")
ORDINAL = re.compile(
    r"\b(?P<least>at least )?the (?P<number>\d{1,4})(?:st|nd|rd|th) (?:such )?(?P<noun>attack|strike|assault|raid)\b",
    re.IGNORECASE,
)
BEGAN = re.compile(r"\b(?:began|started|begun|broke out)\b", re.IGNORECASE)
TALLIES = frozenset({"count", "casualty_total"})
CASUALTIES: dict[str, str] = {"killed": "deaths", "injured": "injured", "missing": "missing"}


def tally_counts(
    counts: Sequence[CountMention], sentence: str, drafts: Sequence[Draft], *, tallied: bool
) -> tuple[CountMention, ...]:
    """Return the counts of a sentence that are tallies: of attacks, of troops, or of harm over a series.

    ``tallied`` says whether a tally of a series stands just before, so that "the attacks" means all of it.
    """
    dated = any(d.when is not None for d in drafts)
    found = [c for c in counts if c.kind == "troops" or (c.kind == "attacks" and _is_tally(c, sentence, dated=dated))]
    series = SERIES.search(sentence) is not None and not dated
    beside = TALLY_WORDS.search(sentence) is not None and any(c.kind == "attacks" for c in found)
    if (tallied and series) or beside:
        found += [c for c in counts if c.kind in CASUALTIES]
    elif not dated and not any(d.placed for d in drafts):
        found += [c for c in counts if c.kind in CASUALTIES and c.cumulative]
    return tuple(sorted(dict.fromkeys(found), key=lambda c: c.start))


def _is_tally(mention: CountMention, sentence: str, *, dated: bool) -> bool:
    many = (mention.count.best or mention.count.low or 0) >= 10
    return (many or TALLY_WORDS.search(sentence) is not None) and not (dated and not many)


def ordinal_tallies(text: str, start: int, end: int) -> tuple[CountMention, ...]:
    """Return what an ordinal counts: "the 28th attack on American forces since October 17" says that there were 28.

    Examples
    --------
    >>> [m.count.low for m in ordinal_tallies("It was at least the 32nd attack since October.", 0, 46)]
    [32]
    """
    found = []
    for match in ORDINAL.finditer(text, start, end):
        number, open_ended = int(match["number"]), match["least"] is not None
        count = Count(number, number, None if open_ended else number, "at_least" if open_ended else "exact", match[0])
        found.append(CountMention(match.start(), match.end(), count, "attacks", f"{match['noun']}s"))
    return tuple(found)


def make_claim(
    reading: Reading, sentence: Sentence, mention: CountMention, times: Sequence[TimeMention], speaker: str
) -> Claim:
    """Return the claim that a count makes, with its period and the places it is about."""
    since = next((t for t in times if t.kind == "since" and t.date_start is not None), None)
    source = reading.source(sentence)
    measure = CASUALTIES.get(mention.kind) or mention.noun or mention.kind
    return Claim(
        content_id("claim", source.sentence, mention.count.text, measure, mention.start - sentence.start),
        _claim_type(mention),
        measure,
        mention.count,
        (source,),
        period_start=since.date_start if since else None,
        period_end=reading.today if since else None,
        scope=scope_of(reading, sentence, mention),
        attributed_to=speaker,
    )


def _claim_type(mention: CountMention) -> ClaimType:
    if mention.kind == "troops":
        return "force_level"
    return "casualty_total" if mention.kind in CASUALTIES else "count"


def scope_of(reading: Reading, sentence: Sentence, mention: CountMention) -> tuple[Resolution, ...]:
    """Return the places a count is about: those that follow it, up to the next number, or any of the sentence."""
    text = reading.parsed.text
    places = [r for r in reading.in_sentence(sentence) if r.place is not None and _is_told_of(r)]
    following = [r for r in places if r.mention.start >= mention.end]
    near: list[Resolution] = []
    for resolution in following:
        gap = text[near[-1].mention.end if near else mention.end : resolution.mention.start]
        if re.search(r"\d", gap) or (near and not LIST_GAP.fullmatch(gap)):
            break
        near.append(resolution)
    return tuple(near or (places if not following else ()))


def _is_told_of(resolution: Resolution) -> bool:
    """Whether a name is that of a place, not whose forces: "|U.S.| troops"."""
    mention = resolution.mention
    aside = any(c == "anchor" or c.startswith("attributive") for c in mention.cues)
    return mention.kind == "toponym" and not aside


def with_period(claims: Sequence[Claim], reading: Reading) -> tuple[Claim, ...]:
    """Give open tallies the day that the report says the series began: "The attacks began on October 17"."""
    began = _series_start(reading)
    if began is None:
        return tuple(claims)
    return tuple(_since(c, began, reading.today) if c.claim_type in TALLIES else c for c in claims)


def _since(claim: Claim, began: date, today: date | None) -> Claim:
    if claim.period_start is not None:
        return claim
    return replace(claim, period_start=began, period_end=claim.period_end or today)


def _series_start(reading: Reading) -> date | None:
    for sentence in reading.parsed.sentences:
        words = reading.parsed.text[sentence.start : sentence.end]
        if SERIES.search(words) and BEGAN.search(words):
            times = find_times(reading.parsed.text, sentence.start, sentence.end, today=reading.today)
            first = next((t for t in times if t.date_start is not None), None)
            if first is not None:
                return first.date_start
    return None


def casualty_scope(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Let a total of harm "in the attacks" take the places of the tally it follows."""
    out: list[Claim] = []
    for claim in claims:
        tally = next((c for c in reversed(out) if c.claim_type == "count" and c.scope), None)
        takes = claim.claim_type == "casualty_total" and not claim.scope and tally is not None
        out.append(replace(claim, scope=tally.scope) if takes and tally is not None else claim)
    return tuple(out)
