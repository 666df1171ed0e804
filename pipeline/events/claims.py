"""Tallies and background figures: "66 attacks since October 17", "900 troops". Never summed with events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.events.counts import CountMention
from pipeline.events.dates import TimeMention, find_times
from pipeline.events.drafts import Draft
from pipeline.events.identity import content_id
from pipeline.events.periods import period_of, said_by
from pipeline.events.reading import Reading
from pipeline.events.tally_forms import told_otherwise
from pipeline.models import Claim, ClaimType, Resolution
from pipeline.parse import Sentence

TALLY_WORDS = re.compile(
    r"\b(?:so far|in total|a total of|out of|since|as of|overall|altogether|to date|more than \d+ (?:attacks|times)|"
    r"in the (?:past|last) (?:\w+ )?(?:weeks?|months?|years?)|has limited|have limited|limited its)\b",
    re.IGNORECASE,
)
# Words that put a figure over a long time, and those that have a war do the harm: such a figure is of no one incident.
WIDE = re.compile(
    r"\b(?:since(?!\s+then)|(?:so far\s+)?this\s+(?:year|month)|so far (?:in|this)|"
    r"(?:in|over|during|within) the (?:past|last) (?:\w+ )?(?:days|weeks?|months?|years?|decades?)|to date|"
    r"in (?:a|one|two|three|four|five|\d+) (?:months?|years?|decades?))\b",
    re.IGNORECASE,
)
WAR = re.compile(
    r"\b(?:war|conflict|fighting|insurgency|violence|hostilities|campaign|offensive|crisis|unrest)\s+(?:[^.,;]{0,40}\s)?(?:has|have|had)\s+"
    r"(?:also\s+|already\s+|so far\s+)?(?:killed|displaced|forced|claimed|left|cost|uprooted|injured|wounded|driven)\b",
    re.IGNORECASE,
)
#: "clashes between herders and farmers have killed |thousands|": over years
THOUSANDS = re.compile(
    r"\b(?:has|have|had)\s+(?:\w+\s+)?(?:killed|claimed|left|cost)\s+"
    r"(?:(?:more than|over|some|about|at least|an estimated)\s+)?(?:the lives of\s+)?"
    r"(?:(?:tens|hundreds|scores) of |(?:hundreds|thousands)\b|\d{1,3},\d{3}\b|\d{4,}\b)",
    re.IGNORECASE,
)
PERFECT = re.compile(r"\b(?:has|have|had|having)\b", re.IGNORECASE)
SUPERLATIVE = re.compile(r"\b(?:\w{3,}est|first|most|worst|only)\b[^.;]{0,60}\bsince\b", re.IGNORECASE)
SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|several|\d+)\s+(?:\w+\s+){0,2}(?:bases|sites|towns|villages|outposts|locations|cities|districts)\b",
    re.IGNORECASE,
)
STATIONED = re.compile(
    r"\b(?:has|have|had|keeps?|maintains?|sent|sends?|station(?:s|ed)|deploy(?:s|ed|ing)?|based|serv(?:e|es|ing)|remain|work|with|commands?)\b",
    re.IGNORECASE,
)
LOST = re.compile(r"\b(?:lost|losing)\s+(?:[^\s.;,]+\s+){0,3}\Z", re.IGNORECASE)
FEW = 10  # below that a number of troops, things or displaced is rather of one incident
HISTORY_DAYS = 365
MANY_DISPLACED = 1000
A_YEAR = 5  # UCDP date_prec
SERIES = re.compile(
    r"\b(?:the|these|those)\s+(?:\w+\s+)?(?:attacks|strikes|assaults|clashes|bombings|raids)\b", re.IGNORECASE
)
LIST_GAP = re.compile(r"[\s,]*(?:(?:and|or|in|the|neighbou?ring|nearby)\s+)*")
BEGAN = re.compile(r"\b(?:began|started|begun|broke out)\b", re.IGNORECASE)
TALLIES = frozenset({"count", "casualty_total"})
CASUALTIES: dict[str, str] = {
    "killed": "deaths",
    "injured": "injured",
    "missing": "missing",
    "detained": "detained",
    "abducted": "abducted",
    "displaced": "displaced",
}
TOLD_OF_INCIDENTS = frozenset({"killed", "injured", "missing"})


def tally_counts(
    counts: Sequence[CountMention], sentence: str, drafts: Sequence[Draft], *, tallied: bool
) -> tuple[CountMention, ...]:
    """Return the counts of a sentence that are tallies: of attacks, of troops, or of harm over a series.

    ``tallied`` says whether a tally of a series stands just before, so that "the attacks" means all of it.
    """
    dated = any(d.when is not None for d in drafts)
    total = is_total(sentence, drafts)
    found = [
        c for c in counts if _is_force(c, sentence) or (c.kind == "attacks" and _is_tally(c, sentence, dated=dated))
    ]
    series = SERIES.search(sentence) is not None and not dated
    beside = TALLY_WORDS.search(sentence) is not None and any(c.kind == "attacks" for c in found)
    if total:
        found += [c for c in counts if c.kind in CASUALTIES and c.kind != "displaced" and (c.count.low or 0) > 1]
        found += [c for c in counts if c.kind in {"displaced", "other"} and (c.count.low or 0) >= FEW]
    elif (tallied and series) or beside:
        found += [c for c in counts if c.kind in TOLD_OF_INCIDENTS]
    elif not dated and not any(d.placed for d in drafts):
        found += [c for c in counts if c.kind in TOLD_OF_INCIDENTS and c.cumulative]
    if len({d.placement.description for d in drafts if d.placed}) != 1:
        found += [c for c in counts if c.kind in TOLD_OF_INCIDENTS and _is_of_several(c, sentence)]
    found += [c for c in counts if c.kind == "displaced" and (c.count.low or 0) >= MANY_DISPLACED]
    plain = [c for c in dict.fromkeys(found) if not c.subset and not _is_year(c, sentence)]
    return tuple(sorted((_lost(c, sentence) for c in plain), key=lambda c: c.start))


def is_total(sentence: str, drafts: Sequence[Draft] = ()) -> bool:
    """Return whether the harm that a sentence tells is that of a war or of a long time, not of an incident.

    Examples
    --------
    >>> is_total("The war has killed 150,000 people."), is_total("The blast killed 15 people.")
    (True, False)
    """
    if any(d.when is not None and d.when.time_precision == 1 for d in drafts):
        return any(t.kind == "historical" for d in drafts for t in d.times)
    if any(form.search(sentence) for form in (WAR, THOUSANDS)):
        return True
    if any(t.kind == "historical" for d in drafts for t in d.times):
        return True
    if any(t.date_prec == A_YEAR and t.kind == "absolute" for d in drafts for t in d.times):
        return True
    wide = WIDE.search(sentence)
    if wide is None or (wide[0].lower() == "since" and not PERFECT.search(sentence)):  # "since" may be "because"
        return False
    return not SUPERLATIVE.search(sentence)


def counts_a_total(draft: Draft) -> bool:
    """Return whether a draft tells the harm of a war or of a long time: a claim, not an incident."""
    counted = any(c.kind in CASUALTIES and (c.count.low or 0) > 1 for c in draft.counts)
    return counted and is_total(draft.source.sentence, [draft])


def _is_tally(mention: CountMention, sentence: str, *, dated: bool) -> bool:
    many = (mention.count.best or mention.count.low or 0) >= 10
    return (many or TALLY_WORDS.search(sentence) is not None) and not (dated and not many)


def _is_force(mention: CountMention, sentence: str) -> bool:
    """Whether troops are counted as a force: many of them, or with words that say where they are kept."""
    if mention.count.low is None:  # "an unknown number of personnel"
        return False
    many = mention.count.low >= FEW
    return mention.kind == "troops" and (many or (bool(mention.noun) and STATIONED.search(sentence) is not None))


def _is_of_several(mention: CountMention, sentence: str) -> bool:
    """Whether harm is told of several places at once: "struck two bases, and about two dozen were hurt"."""
    return (mention.count.low or 0) > 1 and SEVERAL.search(sentence) is not None


def _is_year(mention: CountMention, sentence: str) -> bool:
    """Whether a figure is a year that stands before a noun: "In |2014| the militants"."""
    figure = re.escape(mention.count.text)
    return bool(re.fullmatch(r"(?:19|20)\d\d", mention.count.text)) and bool(
        re.search(rf"\b(?:in|since|from|by|of|until)\s+{figure}\b", sentence, re.IGNORECASE)
    )


def _lost(mention: CountMention, sentence: str) -> CountMention:
    """Return fighters that a side has lost as deaths."""
    at = sentence.find(mention.count.text)
    is_lost = mention.kind == "troops" and at >= 0 and LOST.search(sentence[:at]) is not None
    return replace(mention, kind="killed") if is_lost else mention


def ordinal_tallies(text: str, start: int, end: int) -> tuple[CountMention, ...]:
    """Return what is counted without a number and its noun; see :func:`pipeline.events.tally_forms.told_otherwise`."""
    return told_otherwise(text, start, end)


def make_claim(
    reading: Reading, sentence: Sentence, mention: CountMention, times: Sequence[TimeMention], speaker: str
) -> Claim:
    """Return the claim that a count makes, with its period and the places it is about."""
    source = reading.source(sentence)
    measure = CASUALTIES.get(mention.kind) or mention.noun or mention.kind
    dated = [t for t in times if mention.kind != "troops" or t.kind == "since"]  # a level is told as of the report
    start, end = period_of(reading.parsed.text, sentence, dated, reading.today)
    return Claim(
        content_id("claim", source.sentence, mention.count.text, measure, mention.start - sentence.start),
        _claim_type(mention, end, reading.today),
        measure,
        mention.count,
        (source,),
        period_start=start,
        period_end=end,
        scope=scope_of(reading, sentence, mention),
        attributed_to=speaker or said_by(reading.parsed, sentence),
    )


def _claim_type(mention: CountMention, end: date | None, today: date | None) -> ClaimType:
    """Return the type; what ended more than a year ago is historical, whatever it counts."""
    if end is not None and today is not None and (today - end).days > HISTORY_DAYS:
        return "historical"
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
