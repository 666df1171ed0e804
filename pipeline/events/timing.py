"""When, by one telling: the day of the incident, the day it was told, or a time counted from what was told before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.events.dates import TimeMention, when_of
from pipeline.events.grammar import CLAUSES, SUBJECTS, ancestors, first_conjunct, is_verb, token_for
from pipeline.events.tellings import Telling, is_perceived, support_verb
from pipeline.events.triggers import load_tables
from pipeline.models import When
from pipeline.parse import ParsedText, Token

BACK = frozenset({"since", "historical"})  # kinds of time
ASIDE = frozenset({"relcl", "acl"})  # deps of a clause that says more of somebody
OPENING = 3  # characters
WEEK = 7  # days
LATELY = 2  # days: what was said longer ago is no news
WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
WHEN = re.compile(r",?\s+when\b", re.IGNORECASE)
DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!:)|day\b", re.IGNORECASE)
OVERNIGHT = "overnight"
NOTICED = frozenset({"report", "hear", "record", "register"})  # lemmas
RECENT_DAYS = 6
STARTING = frozenset({"begin", "start", "commence", "open", "erupt", "unfold"})  # lemmas
TOLLS = frozenset({"toll", "number", "figure", "count"})  # lemmas
ENDING = frozenset({"end", "finish", "conclude"})  # lemmas
STAMP = re.compile(r"\d{4}[-/.]\d\d?[-/.]\d\d?[T ]\d\d:\d\d.*")
AS_OF = re.compile(r"\bas\s+of\s+\Z", re.IGNORECASE)  # "|as of| 6 May 18 have died": when it was counted
BIDS = re.compile(r"\b(?:on|at|of|since|until|from)\s+\Z", re.IGNORECASE)
DATED = frozenset({"absolute", "relative"})  # kinds of time
STOPS = frozenset({",", ";", "(", ")", "“", "”", '"', "and"})  # what ends a run of words
LASTING = frozenset({"clash", "protest", "riot", "shelling"})  # families of what may last for days


def times_of(telling: Telling, parsed: ParsedText, found: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """Return those of a sentence's times that are a telling's: in its part of it, opening it, or of long ago."""
    found = _with_nights([t for t in found if not _is_stamp(parsed.text, t)])
    found = [t for t in found if not (t.kind in BACK and _is_of_another(parsed, telling, t))]
    found = [t for t in found if not _is_since(parsed, telling, t)]
    found = [_exact(parsed, telling, t) for t in found]
    own = tuple(t for t in found if belongs(parsed, telling, t.start, t.end) or _is_told(parsed, telling, t, found))
    opening = tuple(t for t in found[:1] if t.start - telling.sentence.start <= OPENING)
    return own or opening or tuple(t for t in found if t.kind == "historical")


def _with_nights(found: Sequence[TimeMention]) -> list[TimeMention]:
    """Give a bare "overnight" the day that its sentence tells: "an |overnight| raid, police said on Tuesday"."""
    days = [t for t in found if t.kind in DATED and t.date_prec == 1 and t.text.casefold() != OVERNIGHT]
    if not days:
        return list(found)
    return [_night_to(t, days) if t.text.casefold() == OVERNIGHT else t for t in found]


def _night_to(night: TimeMention, days: Sequence[TimeMention]) -> TimeMention:
    day = next((d for d in days if d.start > night.start), days[-1])
    why = (f"the night to the day told beside it, {day.text}",)
    return replace(night, date_start=day.date_start, date_end=day.date_end, reasons=why)


def _is_stamp(text: str, time: TimeMention) -> bool:
    """Whether a time is when a page was put up, and no part of what is told: "Two killed   2019-03-03 11:40:07"."""
    return STAMP.fullmatch(time.text) is not None and BIDS.search(text, max(0, time.start - 8), time.start) is None


def days_of(
    telling: Telling, parsed: ParsedText, times: Sequence[TimeMention], *, today: date | None
) -> tuple[When | None, When | None]:
    """Return (the day of the incident, the day it was told), as far as said."""
    own: list[When | None] = []
    said: list[When | None] = []
    counted = _counts_itself(parsed, telling, times)
    if telling.definite and not telling.verbs and not counted:  # "a film about the massacre won a prize on Monday"
        of_it = (t for t in times if _is_below_noun(parsed, telling, t) or _is_long_before(parsed, telling, t, today))
        times = list(of_it)
    ordered = sorted(times, key=lambda t: _how_far(parsed, telling, t, times))
    for time in (_going_on(telling, t, today) for t in ordered):
        if time.kind in DATED and not _begins(parsed, telling):
            own_day = _is_told(parsed, telling, time, times) or _follows_noun(parsed, telling, time)
            aside = not own_day and (counted or _is_said_time(parsed, telling, time))
            aside = aside and not _is_long_before(parsed, telling, time, today)
            aside = aside or AS_OF.search(parsed.text, max(0, time.start - 8), time.start) is not None
            days = said if aside else own
            day = when_of(time, previous=None, today=today)
            day = _by_the_day(day) if _is_over(parsed, telling, time) else day
            days.append(_past(day, today) if _is_past(parsed, telling) else day)
    return _narrowed([d for d in own if d is not None]), next(filter(None, said), None)


def _counts_itself(parsed: ParsedText, telling: Telling, times: Sequence[TimeMention]) -> bool:
    """Whether the trigger has a time counted from another: "buried on Sunday after a blast |the previous day|"."""
    counted = (t for t in times if t.kind == "anaphoric" and t.offset_days)
    tokens = (token_for(parsed, telling.sentence, t.start, t.end) for t in counted)
    return any(t is not None and telling.is_trigger(parsed.tokens[t.head]) for t in tokens)


def _is_long_before(parsed: ParsedText, telling: Telling, time: TimeMention, today: date | None) -> bool:
    """Whether a day after the event noun is too old to be when it was told: "condemned the raid |on 3 May|"."""
    noun = max((t.token.end for t in telling.nouns), default=None)
    if noun is None or noun > time.start or today is None or time.date_end is None or telling.verbs:
        return False
    told_late = LATELY < (today - time.date_end).days <= WEEK and time.date_prec == 1
    return told_late and _runs_on(parsed, noun, time.start)


def _by_the_day(over: When | None) -> When | None:
    """Return when it was, of what was over on a day: on that day or the one before."""
    if over is None or over.date_start != over.date_end:
        return over
    why = "over on that day: then or the day before"
    return replace(over, date_start=over.date_start - timedelta(days=1), date_prec=2, reasons=(*over.reasons, why))


def _how_far(parsed: ParsedText, telling: Telling, time: TimeMention, told: Sequence[TimeMention]) -> int:
    """Return how far a time stands from what is told: at its noun, below it, or elsewhere in the sentence."""
    if _is_of_noun(parsed, telling, time) or _follows(parsed, telling, time, told):
        return 0
    token = token_for(parsed, telling.sentence, time.start, time.end)
    below = token is not None and any(telling.is_trigger(a) for a in ancestors(parsed, token))
    return 1 if below else 2


def _is_over(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time says only when it was over: "a siege that |ended on Sunday|"."""
    token = token_for(parsed, telling.sentence, time.start, time.end)
    verb = next((a for a in ancestors(parsed, token) if is_verb(a)), None) if token is not None else None
    if verb is None or telling.is_trigger(verb):
        return False
    is_over = verb.lemma.lower() == "be" and any(c.text.lower() == "over" for c in parsed.children(verb))
    return is_over or verb.lemma.lower() in ENDING


def _narrowed(days: Sequence[When]) -> When | None:
    """Return the first day told, or a closer one within it: "during the feast, |on Thursday|"."""
    if not days:
        return None
    first = days[0]
    within = [d for d in days if first.date_start <= d.date_start and d.date_end <= first.date_end]
    return min(within, key=lambda d: d.date_end - d.date_start)


def _exact(parsed: ParsedText, telling: Telling, time: TimeMention) -> TimeMention:
    """Return a day long ago, or one since which something lasts, as the day of what is told to have been on it.

    "On 4 May 2019 rebels killed six", "tense since 4 May, |when| a clash left six dead".
    """
    if time.date_start is None or not _names_day(parsed, telling, time):
        return time
    return replace(time, kind="absolute", date_end=time.date_start, date_prec=1, time_precision=1)


def _names_day(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time is one day on which the telling was."""
    if time.kind == "historical":
        return time.date_prec == 1
    return time.kind == "since" and DAY.search(time.text) is not None and _tells_when(parsed, telling, time)


def _tells_when(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether "when" leads on from a day to what is told."""
    match = WHEN.match(parsed.text, time.end)
    return match is not None and all(t.token.start >= match.end() for t in telling.triggers)


def _is_told(parsed: ParsedText, telling: Telling, time: TimeMention, times: Sequence[TimeMention]) -> bool:
    """Whether a time is when it was, whatever verb it hangs on."""
    return _tells_when(parsed, telling, time) or _follows(parsed, telling, time, times)


def _follows(parsed: ParsedText, telling: Telling, time: TimeMention, times: Sequence[TimeMention]) -> bool:
    """Whether a second day ends what an event noun begins: "condemned on Monday a raid in A |on 3 May|"."""
    nouns = [t.token for t in telling.nouns]
    if not nouns or time.kind not in DATED:
        return False
    first, last = min(n.start for n in nouns), max(n.end for n in nouns)
    is_second = any(t.kind in DATED and telling.sentence.start <= t.start and t.end <= first for t in times)
    return is_second and last <= time.start and _runs_on(parsed, last, time.start)


def _runs_on(parsed: ParsedText, start: int, end: int) -> bool:
    """Whether no verb, mark or "and" parts what stands before ``start`` from what stands at ``end``."""
    return not any(is_verb(t) or t.text in STOPS for t in parsed.tokens if start <= t.start < end)


def _is_of_another(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time is of a clause that says more of somebody: "rebels |active here since 1999| killed two"."""
    token = token_for(parsed, telling.sentence, time.start, time.end)
    for above in ancestors(parsed, token) if token is not None else ():
        if telling.is_trigger(above) or telling.is_below(parsed, above):
            return False
        if above.dep in ASIDE:
            return True
    return False


def _is_since(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time says since when something else goes on: "the third raid |since the push began in May|"."""
    token = token_for(parsed, telling.sentence, time.start, time.end)
    for above in ancestors(parsed, token) if token is not None else ():
        if telling.is_trigger(above):
            return False
        if is_verb(above) and any(c.dep == "mark" and c.text.lower() == "since" for c in parsed.children(above)):
            return True
    return False


def _is_of_noun(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time stands right at the event noun: "condemned |Monday's| bombing"."""
    token = token_for(parsed, telling.sentence, time.start, time.end)
    return token is not None and any(token.head == t.token.i for t in telling.nouns)


def _is_below_noun(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time hangs on what "the attack" names, or on the verb that carries it; or opens the sentence."""
    token = token_for(parsed, telling.sentence, time.start, time.end)
    carriers = {c.i for t in telling.nouns if (c := support_verb(parsed, t.token)) is not None}
    heads = {t.token.head for t in telling.nouns if t.token.dep in SUBJECTS}
    carriers |= {i for i in heads if parsed.tokens[i].lemma.lower() in STARTING}  # "The raid |began| on Friday"
    above = [] if token is None else [token, *ancestors(parsed, token)]
    first = next((i for i, a in enumerate(above) if is_verb(a)), len(above))  # "came after the mayor said |on Tuesday|"
    hangs = any(telling.is_trigger(a) or a.i in carriers for a in above[: first + 1])
    hangs = hangs or any(_was_hurt_in(parsed, telling, a) for a in above[first : first + 1])
    return hangs or _follows_noun(parsed, telling, time) or time.start - telling.sentence.start <= OPENING


def _follows_noun(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time stands between a noun and the verb it leads up to: "the toll of a strike |on Monday| rose"."""
    for noun in (t.token for t in telling.nouns):
        verb = next((a for a in ancestors(parsed, noun) if is_verb(a)), None)
        between = parsed.tokens[noun.i + 1 : verb.i] if verb is not None else ()
        if any(t.start <= time.start < t.end for t in between) and not any(t.text in STOPS for t in between):
            return True
    return False


def _was_hurt_in(parsed: ParsedText, telling: Telling, verb: Token) -> bool:
    """Whether a participle says who came to harm in what is told: "those |injured| in the strike on Sunday"."""
    harmed = verb.tag == "VBN" and load_tables().verbs.get(verb.lemma.lower()) == "harm"
    return harmed and any(a.i == verb.i for t in telling.nouns for a in ancestors(parsed, t.token))


def _going_on(telling: Telling, time: TimeMention, today: date | None) -> TimeMention:
    """Return the day on which what still goes on began, days ago: "fighting has raged |since Wednesday|"."""
    began = time.date_start
    recent = began is not None and today is not None and 0 <= (today - began).days <= RECENT_DAYS
    lasting = bool(LASTING & {t.family for t in telling.triggers})
    if time.kind != "since" or not recent or (time.date_prec or 9) > 2 or not lasting:
        return time
    return replace(time, kind="relative", date_end=began, date_prec=1, time_precision=1)


def _is_past(parsed: ParsedText, telling: Telling) -> bool:
    """Whether a verb in the past tells of it, or carries its noun: "|were| killed", "|heard| two explosions"."""
    carriers = (next((a for a in ancestors(parsed, t.token) if is_verb(a)), t.token) for t in telling.nouns)
    verbs = [t.token for t in telling.verbs] or list(carriers)
    helping = (c for v in verbs for c in parsed.children(v) if c.dep in {"aux", "auxpass"})
    return any(t.tag == "VBD" for t in (*verbs, *helping))


def _past(day: When | None, today: date | None) -> When | None:
    """Return the day a week before, where a weekday of what has happened would lie ahead: "died |this Sunday|"."""
    if day is None or today is None or not WEEKDAY.search(day.text) or not 0 < (day.date_start - today).days <= WEEK:
        return day
    why = "that day of the week before: it has happened"
    first, last = (one - timedelta(days=WEEK) for one in (day.date_start, day.date_end))
    return replace(day, date_start=first, date_end=last, reasons=(*day.reasons, why))


def anaphoric_of(telling: Telling, parsed: ParsedText, times: Sequence[TimeMention]) -> TimeMention | None:
    """Return the first time that counts from the incident told before: "24 hours earlier"."""
    if _begins(parsed, telling):
        return None
    return next((t for t in times if t.kind == "anaphoric"), None)


def counted_back(telling: Telling, parsed: ParsedText, times: Sequence[TimeMention]) -> TimeMention | None:
    """Return how long before the main clause's event it was: "came |two days after| troops seized the town"."""
    for verb in (v for t in telling.verbs if (v := first_conjunct(parsed, t.token)).dep == "advcl"):
        mark = next((c for c in parsed.children(verb) if c.dep == "mark" and c.text.lower() == "after"), None)
        said = [t for t in times if mark is not None and t.kind == "duration" and t.end == mark.end]
        if said and said[0].offset_days is not None and (said[0].date_prec or 9) <= 1:
            return replace(said[0], kind="anaphoric")
    return None


def belongs(parsed: ParsedText, telling: Telling, start: int, end: int) -> bool:
    """Return whether a span stands in the telling's part of the sentence."""
    token = token_for(parsed, telling.sentence, start, end)
    return token is not None and telling.covers(token)


def _is_said_time(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time hangs on the speech verb: "officials said on Tuesday"."""
    token = token_for(parsed, telling.sentence, time.start, time.end)
    for above in ancestors(parsed, token) if token is not None else ():
        if telling.is_trigger(above) or is_perceived(telling, above):
            return False
        if is_verb(above):
            below = any(telling.is_trigger(a) for a in ancestors(parsed, above))
            aside = not below and not telling.is_below(parsed, above)
            told = above.lemma.lower() in load_tables().speech or _is_toll(parsed, above)
            return not _is_seen(parsed, telling, above) and (aside or told or _reports(parsed, above, telling))
    return False


def _is_seen(parsed: ParsedText, telling: Telling, verb: Token) -> bool:
    """Whether a verb says that it was noticed while it went on: "clashes |were reported| on Tuesday in A"."""
    deps = {c.dep for c in parsed.children(verb)}
    seen = verb.lemma.lower() in NOTICED and "auxpass" in deps and "agent" not in deps
    return seen and any(t.token.head == verb.i and t.token.dep == "nsubjpass" for t in telling.nouns)


def _is_toll(parsed: ParsedText, verb: Token) -> bool:
    """Whether a verb says how many it came to: "the death toll |rose| to 23 on Tuesday"."""
    return any(c.dep == "nsubj" and c.lemma.lower() in TOLLS for c in parsed.children(verb))


def _reports(parsed: ParsedText, verb: Token, telling: Telling) -> bool:
    """Whether the telling stands in a clause below ``verb``: "on Tuesday posted a statement … had been killed"."""
    token, clauses = telling.head, 0
    while token.i not in {verb.i, token.head}:
        clauses += token.dep in CLAUSES
        token = parsed.tokens[token.head]
    return token.i == verb.i and clauses > 0


def _begins(parsed: ParsedText, telling: Telling) -> bool:
    """Whether the sentence only says when a series began: "The attacks began on October 17"."""
    return telling.plural and parsed.tokens[telling.head.head].lemma.lower() in {"begin", "start"}
