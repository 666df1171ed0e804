"""What is needed to read one article, and one of its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gazetteer.models import Place
from pipeline.events.actors import Lexicon, find_actors
from pipeline.events.counts import CountMention
from pipeline.events.dates import TimeMention
from pipeline.events.day_headings import day_headings
from pipeline.events.entries import FEWEST, entry_starts, item_starts
from pipeline.events.generalities import is_chronicle
from pipeline.events.places import placement_of
from pipeline.events.tellings import Telling
from pipeline.models import Article, Placement, Resolution, SourceRef, When
from pipeline.parse import ParsedText, Sentence

ACTOR_NAMES = frozenset({"named", "state", "state_person", "official", "generic"})
DISTRICT = 3  # UCDP where_prec
LABEL_LEAD = 4  # characters before a place that heads an item: a bullet
ITEM_LEAD = 40  # characters: "* SALMAN PAK, Iraq - "
PROSE_CHARS = 60  # of a line that is running text, and closes like it
OPENS_IN = re.compile(
    r"(?:(?:Meanwhile|Elsewhere|Also|Separately),?\s+)?[Ii]n\s+(?:the\s+(?:town|city|village)\s+of\s+)?"
)
CLOSED = (".", "!", "?", "”", '"', ")", "…", ":")
HOSPITALS = frozenset({"feature: hospital", "attributive: hospital", "attributive: clinic"})
FROM = "preposition: from"  # where people came from is not where it was


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read one article: its text, parse, places, today, and the lexicon of actors.

    ``entries`` and ``items`` are where entries by the hour and items by place begin; ``province`` is the one that it
    speaks of, if it is one; ``prose`` where its running text begins; ``chronicle``: it tells of the day in the present.
    """

    article: Article
    parsed: ParsedText
    resolutions: tuple[Resolution, ...]
    today: date | None
    lexicon: Lexicon
    country: str = ""
    entries: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    province: Resolution | None = None
    prose: int = 0
    chronicle: bool = False
    days: tuple[tuple[int, When], ...] = ()

    @property
    def capital(self) -> Resolution | None:
        """Where the report names the capital of its country."""
        named = (r for r in self.resolutions if r.place is not None and r.place.feature_code == "PPLC")
        return next((r for r in named if r.place is not None and r.place.country == self.country), None)

    def in_its_province(self, placement: Placement) -> Placement:
        """Return a placement; for a name that no gazetteer has, or none, the one province that the report speaks of."""
        known = placement.resolution is not None and placement.resolution.place is not None
        if known or self.province is None:
            return placement
        why = "placed only to the one province that the report speaks of"
        wide = placement_of(self.parsed.text, self.province, reasons=(*placement.reasons, why))
        return replace(wide, description=placement.description)

    def in_sentence(self, sentence: Sentence) -> tuple[Resolution, ...]:
        """Return the resolutions inside a sentence."""
        return tuple(r for r in self.resolutions if sentence.start <= r.mention.start < sentence.end)

    def names_in(self, sentence: Sentence) -> tuple[tuple[int, int], ...]:
        """Return the names of actors in a sentence, as (start, end)."""
        actors = find_actors(self.parsed.text, sentence.start, sentence.end, lexicon=self.lexicon, country=self.country)
        return tuple((a.start, a.end) for a in actors if a.kind in ACTOR_NAMES)

    def sites_in(self, sentence: Sentence, names: Sequence[tuple[int, int]]) -> tuple[Resolution, ...]:
        """Return the resolutions inside a sentence that are no part of an actor's name ("Resistance in |Iraq|")."""
        return tuple(
            r
            for r in self.in_sentence(sentence)
            if not any(s <= r.mention.start and r.mention.end <= e for s, e in names)
        )

    def before(self, offset: int) -> tuple[Resolution, ...]:
        """Return the resolutions before an offset."""
        return tuple(r for r in self.resolutions if r.mention.end <= offset)

    def sentence_before(self, start: int) -> Sentence | None:
        """Return the sentence before the one at ``start``, if it stands in the same paragraph."""
        before = [s for s in self.parsed.sentences if s.end <= start]
        if not before or "\n" in self.parsed.text[before[-1].end - 1 : start]:
            return None
        return before[-1]

    def opening_town(self, offset: int) -> Resolution | None:
        """Return the town that opens the paragraph of ``offset``, before that: "|In Hama|, …", "|Hama|. At noon …"."""
        text = self.parsed.text
        start = text.rfind("\n", 0, offset) + 1
        opens = OPENS_IN.match(text, start, offset)
        towns = [r for r in self.resolutions if r.place is not None and r.place.feature_class == "P"]
        led = (r for r in towns if opens is not None and r.mention.start == opens.end())
        below = start > self.prose  # what opens the first is a dateline
        heads = (r for r in towns if r.mention.start == start and text[r.mention.end : offset].startswith("."))
        return next(led, None) or (next(heads, None) if below else None)

    def exact_site_in(self, sentence: Sentence) -> Resolution | None:
        """Return the town or district that a sentence places itself at, its dateline aside."""
        sites = (r for r in self.in_sentence(sentence) if r.mention.kind == "toponym" and r.place is not None)
        exact = [r for r in sites if (r.where_prec or 9) <= DISTRICT and "dateline" not in r.mention.cues]
        return exact[0] if len(exact) == 1 else None

    def is_headline(self, sentence: Sentence) -> bool:
        """Return whether a sentence stands in the title, or in a line like one above the first running text."""
        block = self.article.block_at(sentence.start)
        return block is not None and (block.kind == "title" or block.end <= self.prose)

    def begins_item(self, offset: int) -> bool:
        """Return whether a sentence that begins at an offset is the first of an item of a list by place."""
        return any(start <= offset < start + ITEM_LEAD for start in self.items)

    def source(self, sentence: Sentence) -> SourceRef:
        """Return the reference to a sentence."""
        a = self.article
        return SourceRef(
            a.doc_id,
            a.text[sentence.start : sentence.end],
            sentence.start,
            sentence.end,
            a.source,
            a.url,
            a.date,
            a.title,
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, the ``order``-th of the report, with what is found once for all that it tells.

    ``owners``: the telling whose own word says what happened to those counted.
    """

    sentence: Sentence
    order: int
    counts: tuple[CountMention, ...]
    times: tuple[TimeMention, ...]
    sites: tuple[Resolution, ...]
    earlier: tuple[Resolution, ...]
    names: tuple[tuple[int, int], ...] = ()
    is_item: bool = False
    chronicle: bool = False
    owners: Mapping[CountMention, Telling] = field(default_factory=dict)


def reading_of(
    article: Article, parsed: ParsedText, resolutions: Sequence[Resolution], today: date | None, lexicon: Lexicon
) -> Reading:
    """Return the reading of an article, with what is found once for all of it."""
    country, text = _main_country(resolutions), parsed.text
    named = [r.mention.start for r in resolutions if r.place is not None]
    items = item_starts(text)
    placed = sum(any(s <= n < s + LABEL_LEAD for n in named) for s in items)
    starts = entry_starts(text), items if placed >= FEWEST else ()
    province, prose = _one_province(resolutions, country), _prose_start(article)
    page = *starts, province, prose, is_chronicle(parsed), day_headings(text, today)
    return Reading(article, parsed, tuple(resolutions), today, lexicon, country, *page)


def _prose_start(article: Article) -> int:
    """Return where the first line of running text begins; what stands above it are headings."""
    for block in article.blocks:
        words = article.text[block.start : block.end].strip()
        if block.kind == "dateline" or (block.is_content and len(words) >= PROSE_CHARS and words.endswith(CLOSED)):
            return block.start
    return 0


def _one_province(resolutions: Sequence[Resolution], country: str) -> Resolution | None:
    """Return where the report names the only province that it speaks of: all its places lie there."""
    told = [r for r in resolutions if r.place is not None and _is_place(r) and not _is_wide(r.place)]
    named = [r for r in told if r.place is not None and r.place.feature_code == "ADM1" and r.place.country == country]
    provinces = {r.place.place_id if r in named else r.place.admin1_id for r in told if r.place is not None}
    named = [r for r in named if FROM not in r.mention.cues]
    return named[0] if named and len(provinces) == 1 else None


def _is_wide(place: Place) -> bool:
    """Whether a place is a country or more."""
    return place.feature_code.startswith("PCL") or not place.country


def _main_country(resolutions: Sequence[Resolution]) -> str:
    """Return the country (ISO 2) most of the article's places lie in, datelines and modifiers aside."""
    named = Counter(r.place.country for r in resolutions if r.place is not None and r.place.country and _is_place(r))
    return min(named, key=lambda c: (-named[c], c)) if named else ""


def _is_place(resolution: Resolution) -> bool:
    """Whether a name stands for a place told of."""
    mention = resolution.mention
    modifies = any(c.startswith("attributive") for c in mention.cues)
    cared = any(c in HOSPITALS for c in mention.cues)  # "according to |Medina| hospital"
    named = any(c.startswith("feature") for c in mention.cues)  # "Nineveh |province| is tense", not "Nineveh officials"
    aside = any(c == "dateline" or c.startswith("boilerplate") for c in mention.cues)
    return mention.kind == "toponym" and not aside and not cared and (named or not modifies)
