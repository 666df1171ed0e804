"""What is compared: each event of each article once, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gazetteer.models import Place
from pipeline.events._words import fold, table
from pipeline.events.assumed import is_of_no_day, is_of_the_saying
from pipeline.events.counts import find_counts
from pipeline.events.dates import find_times
from pipeline.events.elsewhere import is_aftermath
from pipeline.events.merging.details import NO_DETAILS, Details, details_of, says_again
from pipeline.events.merging.kind_pairs import unlikeness
from pipeline.events.merging.sites import sites_in
from pipeline.events.merging.spellings import ARTICLE, bare
from pipeline.events.merging.words import Words, is_class_word, words_of
from pipeline.events.places import coarseness
from pipeline.events.seats import CAPITAL, is_bureau
from pipeline.models import Article, Count, Event, Mention, Report, Resolution, SourceRef
from pipeline.toponyms.surroundings import is_within

REACH = 500  # characters read on after the sentence that tells of an event, up to the next event's
MOST_NAMED = 8
DISTRICT = 3  # UCDP where_prec
LEAD = 1_200  # of a report of one event, so much is read
AT_THE_PLACE = frozenset({"near", "outskirts", "inside", "part"})  # kinds of relation
UNKNOWN_IN_AREA = "area"  # the reason of a name that is in no gazetteer, but in an area that is
HELD = ("abducted", "detained", "missing")
_WORD = rf"(?:{ARTICLE})?[A-Z][a-z'’][\w'’]+"
_IN = re.compile(rf"\b(?:in|near|at|outside|around)\s({_WORD}(?:[ -]{_WORD})?)(?![\w-]|[ -][A-Z])")
TAKING = re.compile(r"abduct|kidnap|seiz|detain|arrest|captur|missing|hostage|took|taken|round|held", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event: the event, the documents that have it word for word, and its words.

    ``sentence`` are the words of the sentence that states it, ``around`` those of what follows too; ``held`` how many
    were taken, where that is told. ``named`` are the places narrower than a country that its text names; ``filed`` the
    towns of its dateline, where it names none. ``other_lands`` are the countries of all places that the report names
    but that of the event itself, ``unknown`` the names that are in no gazetteer; ``details`` what else its text tells.
    ``echo``: its report only speaks of it as known; ``other_days`` are those of what else its report tells;
    ``hours_beside``: its time of day is told in another sentence, and may be that of something else. ``peoples`` are
    the words for the people of lands that its report has, ``other_places`` those of what else its report tells,
    ``aftermath`` those where people went or were cared for; ``toll`` whom it killed and hurt, where that was read by
    itself: "Gunmen opened fire … Ten people died."
    """

    event: Event
    docs: frozenset[str]
    members: tuple[Event, ...]
    told_on: date | None
    sentence: Words
    around: Words
    held: int | None = None
    named: tuple[Place, ...] = ()
    filed: tuple[Place, ...] = ()
    other_lands: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    details: Details = NO_DETAILS
    echo: bool = False
    other_days: frozenset[date] = frozenset()
    hours_beside: bool = False
    peoples: frozenset[str] = frozenset()
    toll: tuple[Count, Count] | None = None
    other_places: tuple[Place, ...] = ()
    aftermath: tuple[Place, ...] = ()

    @property
    def dead(self) -> Count:
        """Whom it killed."""
        return self.toll[0] if self.toll else self.event.fatalities

    @property
    def hurt(self) -> Count:
        """Whom it hurt."""
        return self.toll[1] if self.toll else self.event.injuries

    @property
    def lands(self) -> frozenset[str]:
        """The countries of all places that its report names."""
        place = _place_of(self.event)
        return self.other_lands | ({place.country} - {""} if place else frozenset())

    @property
    def days(self) -> frozenset[date]:
        """The single days that its text tells."""
        return self.details.days

    @property
    def key(self) -> str:
        """The id of the event."""
        return self.event.event_id


def tellings_of(reports: Sequence[Report]) -> list[Told]:
    """Return the tellings of all reports, those word for word alike as one; sorted by id."""
    found: dict[str, list[Told]] = {}
    for report in reports:
        for at, event in enumerate(told_by(report)):
            found.setdefault(event.event_id, []).append(telling_of(at, report))
    return [as_one(found[key]) for key in sorted(found)]


def told_by(report: Report) -> tuple[Event, ...]:
    """Return the events of a report, and after them what it only speaks of as known."""
    return (*report.events, *report.echoes)


def telling_of(at: int, report: Report) -> Told:
    """Return the telling of one of what a report tells, by its place in :func:`told_by`."""
    event = told_by(report)[at]
    starts = _starts_of_others(event, report.events)
    told = _with_names(_told(event, report.article, starts), report, alone=not starts)
    is_echo, days = at >= len(report.events), _days_of_others(event, report)
    places = tuple(filter(None, (_place_of(e) for e in report.events if e is not event and _is_fine(e))))
    toll = None if is_echo else _toll_beside(event, report)
    return replace(told, echo=is_echo, other_days=days, other_places=places, toll=toll)


def _is_fine(event: Event) -> bool:
    return coarseness(event.placement) <= DISTRICT


def _toll_beside(event: Event, report: Report) -> tuple[Count, Count] | None:
    """Return the dead and hurt of what is spoken of beside an event that tells none, if it may be that event."""
    if _tells_harm(event):
        return None
    others = [e for e in report.echoes if _tells_harm(e) and _may_be_toll_of(event, e)]
    first = min(others, key=lambda e: (e.sources[0].sent_start, e.event_id), default=None)
    return None if first is None else (first.fatalities, first.injuries)


def _tells_harm(event: Event) -> bool:
    return any(c.best is not None or c.low is not None for c in (event.fatalities, event.injuries))


def _may_be_toll_of(event: Event, other: Event) -> bool:
    """Whether what a report speaks of may be the harm of an event: of its place, and of its day or of no day."""
    here, there = _place_of(event), _place_of(other)
    alike = unlikeness(event.sub_event_type, other.sub_event_type) is not None
    return (
        alike
        and _are_of_one_day(event, other)
        and (there is None or (here is not None and may_be_one_place(here, there)))
    )


def _are_of_one_day(event: Event, other: Event) -> bool:
    one, two = event.when, other.when
    touch = one is not None and two is not None and one.date_start <= two.date_end and two.date_start <= one.date_end
    return touch or is_of_no_day(two)


def _starts_of_others(event: Event, events: Sequence[Event]) -> list[int]:
    """Return where the report tells of other events; what is of one day and may be of one place tells of this one."""
    return sorted(e.sources[0].sent_start for e in events if e is not event and _is_another(event, e))


def _is_another(one: Event, other: Event) -> bool:
    a, b, here, there = one.when, other.when, _place_of(one), _place_of(other)
    if a is not None and b is not None and (a.date_start > b.date_end or b.date_start > a.date_end):
        return True
    return here is not None and there is not None and not may_be_one_place(here, there)


def may_be_one_place(one: Place, other: Place) -> bool:
    """Whether two places are one, or one lies in the other: what a province and a town in it saw may be one thing."""
    return one.place_id == other.place_id or is_within(one, other) or is_within(other, one)


def _days_of_others(event: Event, report: Report) -> frozenset[date]:
    """Return the single days, told in words, of what else a report tells or speaks of."""
    echoes = () if is_of_the_saying(event.when) else report.echoes  # which may be of the very thing that was told
    others = (e.when for e in (*report.events, *echoes) if e is not event and not _may_be_retold(event, e))
    return frozenset(w.date_start for w in others if w is not None and w.text and w.date_start == w.date_end)


def _may_be_retold(event: Event, other: Event) -> bool:
    """Whether an event of no day that is told may be another of the report, which has a day: a toll, then the story."""
    here, there, dead, dead_too = _place_of(event), _place_of(other), event.fatalities.best, other.fatalities.best
    return (
        is_of_no_day(event.when)
        and unlikeness(event.sub_event_type, other.sub_event_type) is not None
        and (here is None or there is None or may_be_one_place(here, there))
        and (dead is None or dead_too is None or dead == dead_too)
    )


def _place_of(event: Event) -> Place | None:
    return event.placement.resolution.place if event.placement.resolution else None


def _told(event: Event, article: Article, starts: Sequence[int]) -> Told:
    source = event.sources[0]
    counts = find_counts(source.sentence) if TAKING.search(source.sentence) else ()
    held = next((c.count.best for c in counts if c.kind in HELD), None)
    text = _around(article, source.sent_start, source.sent_end, starts)
    around, sentence = words_of(text), words_of(source.sentence)
    beside = not sentence.hours and not starts and bool(around.hours)
    if beside:
        sentence = replace(sentence, hours=around.hours)
    body = body_of(article)
    sites = sites_in(body if len(body) <= LEAD else text)
    details = replace(details_of(_detailed(article, text), article.date), again=says_again(text), sites=sites)
    return Told(
        event, frozenset({source.doc_id}), (event,), article.date, sentence, around, held, details=details,
        hours_beside=beside,
    )  # fmt: skip


def _detailed(article: Article, around: str) -> str:
    """Return the text of which names, figures and words are compared: all of a short report, else what is around."""
    body = body_of(article)
    return f"{article.title}. {body}" if len(body) <= LEAD else around


def _with_names(told: Told, report: Report, *, alone: bool) -> Told:
    """Return a telling with the places that its report names, as far as they may say where it was."""
    own = told.event.placement.resolution
    lands = {r.place.country for r in report.resolutions if r.place and (own is None or r.mention != own.mention)}
    told = replace(told, other_lands=frozenset(lands - {""}), peoples=_peoples(report))
    told = replace(told, unknown=_unknown(report, told.event, alone=alone), aftermath=_aftermath(report))
    return replace(told, named=_named(report, told.event, alone=alone), filed=_filed(report) if alone else ())


def _aftermath(report: Report) -> tuple[Place, ...]:
    """Return the places where people went or were cared for, wherever a report names them."""
    placed = ((r.place, r.mention) for r in report.resolutions if r.place is not None)
    return tuple(dict.fromkeys(place for place, m in placed if is_aftermath(report.article.text, m)))


def _peoples(report: Report) -> frozenset[str]:
    """Return the words for the people of a land, which name nothing that few reports do: "Libyan"."""
    return frozenset(fold(r.mention.text) for r in report.resolutions if r.mention.kind == "demonym")


def _unknown(report: Report, event: Event, *, alone: bool) -> frozenset[str]:
    """Return the names of the event's sentence, or of a short report of one event, that no gazetteer has."""
    source = event.sources[0]
    names = [r.mention for r in report.resolutions if _is_unknown(r) and r.mention.kind == "toponym"]
    names = [m for m in names if not m.text.isupper() and not is_aftermath(report.article.text, m)]
    near = [m for m in names if (alone and m.start < LEAD) or source.sent_start <= m.start < source.sent_end]
    told = frozenset(_with_kind(m) for m in near if "dateline" not in m.cues)
    beside = frozenset() if _is_fine(event) else _names_after_in(report, source) - _names_of(event)
    written = told | beside
    no_names = {*table("merging")["no_sites"], *table("merging")["place_words"]}
    no_sites = {name for name in written if bare(name) in no_names or is_class_word(name)}
    return written - no_sites - _words_of_actors(event)


def _words_of_actors(event: Event) -> frozenset[str]:
    """Return the words of who did it and to whom, which name no place: "UNISFA"."""
    names = (actor.name for actor in (event.perpetrator, event.target) if actor is not None)
    return frozenset(word for name in names for word in fold(name).replace(":", " ").split())


def _names_of(event: Event) -> frozenset[str]:
    """Return the names of the place of an event."""
    found = event.placement.resolution
    return (
        frozenset()
        if found is None
        else frozenset({fold(found.mention.text), fold(found.place.name if found.place else "")})
    )


def _with_kind(mention: Mention) -> str:
    """Return a name with the word for a wide place that stands beside it: "Duk |county|", in which a town may lie."""
    kinds = (cue.removeprefix("feature: ") for cue in mention.cues if cue.startswith("feature: "))
    kind = next((k for k in kinds if k in table("merging")["wide_words"]), "")
    name = fold(mention.text)
    return f"{name} {kind}" if kind and kind not in name.split() else name


def _names_after_in(report: Report, source: SourceRef) -> frozenset[str]:
    """Return the names after "in" in a sentence that were not taken for places: "in |Eringeti|"."""
    text = report.article.text
    taken = [(r.mention.start, r.mention.end) for r in report.resolutions]
    found = _IN.finditer(text, source.sent_start, source.sent_end)
    free = (m for m in found if not any(a < m.end(1) and m.start(1) < b for a, b in taken))
    return frozenset(fold(m[1].removesuffix("'s")) for m in free if not find_times(m[1], today=None))


def _is_unknown(resolution: Resolution) -> bool:
    """Whether no gazetteer has a name, even if the area where it is said to lie stands for it."""
    return resolution.place is None or any(r.feature == UNKNOWN_IN_AREA for r in resolution.reasons)


def _filed(report: Report) -> tuple[Place, ...]:
    """Return the town of the dateline; a capital is where the bureau is."""
    places = [r.place for r in report.resolutions if "dateline" in r.mention.cues and r.place is not None]
    towns = [p for p in places if p.feature_class == "P" and not is_bureau(p)]
    return tuple(dict.fromkeys(towns))[:MOST_NAMED]


def _named(report: Report, event: Event, *, alone: bool) -> tuple[Place, ...]:
    """Return the places that the sentence of an event names, and those of the lead of a report of nothing else.

    Outside the sentence a capital mostly stands for its government.
    """
    source, towns = event.sources[0], [r for r in report.resolutions if _is_local(r)]
    inside = [r.place for r in towns if source.sent_start <= r.mention.start < source.sent_end]
    lead = [r.place for r in towns if alone and r.mention.start < LEAD and not _is_capital(r.place)]
    return tuple(dict.fromkeys(filter(None, [*inside, *lead])))[:MOST_NAMED]


def _is_capital(place: Place | None) -> bool:
    return place is not None and place.feature_code == CAPITAL


def _is_local(resolution: Resolution) -> bool:
    """Whether a name stands for a place narrower than a country, and not for where the report was written."""
    place, aside = resolution.place, {"dateline"} & set(resolution.mention.cues)
    return (
        place is not None
        and not place.feature_code.startswith("PCL")
        and resolution.mention.kind == "toponym"
        and not aside
        and not _is_anchor(resolution.mention)
    )


def _is_anchor(mention: Mention) -> bool:
    """Whether a name only tells from where to look: "south-west of Erbil"."""
    return mention.relation is not None and mention.relation.kind not in AT_THE_PLACE


def _around(article: Article, start: int, end: int, starts: Sequence[int]) -> str:
    """Return the text that may speak of an event: its sentence and on to the next event's, or all of a short report."""
    if not starts:
        return f"{article.title}. {body_of(article)[:LEAD]} {article.text[start:end]}"
    following = next((s for s in starts if s > start), len(article.text))
    return article.text[start : max(end, min(following, end + REACH))]


def as_one(copies: Sequence[Told]) -> Told:
    """Return tellings that are word for word alike, by several reports, as one."""
    first = min(copies, key=lambda t: (str(t.told_on or "9999"), min(t.docs)))
    members = tuple(t.event for t in sorted(copies, key=lambda t: (str(t.told_on or ""), min(t.docs))))
    docs, echo = frozenset(d for t in copies for d in t.docs), all(t.echo for t in copies)
    return replace(first, docs=docs, members=members, echo=echo)


def body_of(article: Article) -> str:
    """Return the body of an article, or all of its text where no parts are known."""
    return " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "body") or article.text
