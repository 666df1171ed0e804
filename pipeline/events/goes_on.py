"""Where a text goes on: what its lead tells of a region or of nowhere, the next sentences place in a town.

"A car bomb killed 22 people in a town south of Baghdad. The car had been left |in Mahmoudiya|, 20 miles south of the
capital." Where they name none, the town of the dateline will do, if it lies there and the report speaks of it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shapely.geometry import Point

from gazetteer.models import Place
from gazetteer.names import fold
from pipeline.events.elsewhere import is_aftermath
from pipeline.events.grammar import ancestors, is_verb, token_for
from pipeline.events.incidents import Incident
from pipeline.events.places import coarseness, placement_of
from pipeline.events.reading import Reading
from pipeline.events.report_place import dateline_town
from pipeline.events.seats import is_seat
from pipeline.events.triggers import load_tables
from pipeline.models import Placement, Resolution
from pipeline.parse import Sentence
from pipeline.toponyms.surroundings import is_within

LEAD = 2  # sentences of a report that open it
NEXT = 3  # sentences after the lead that still tell of it
TOWN, DISTRICT, PROVINCE = 2, 3, 4  # UCDP where_prec
#: A sentence that goes on about what was told, and not with something else.
GOES_ON = re.compile(
    r"\W*(?:The|Those|Both|All|It|They|He|She|Gunmen|Soldiers|Troops|Police|Officers|Witnesses|Residents)\b"
)
BREAKS = re.compile(
    r"\b(?:elsewhere|meanwhile|separate(?:ly)?|another|also|previous(?:ly)?|in\s+a\s+similar|earlier\s+(?:this|in\s+the)"
    r"|last\s+(?:week|month|year)|in\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|\d{4}))\b",
    re.IGNORECASE,
)
#: Lemmas of what those told of did before or after it.
AFTER_IT = frozenset({"bury", "mourn", "pray", "attend", "marry", "live", "hail", "study", "come", "return", "go",
                      "fly", "flee", "arrive", "head", "send", "bring", "take", "meet", "gather", "work",
                      "serve"})  # fmt: skip
WHERE = tuple(f"preposition: {word}" for word in ("in", "at", "near", "outside"))


def where_it_goes_on(reading: Reading, incident: Incident, others: Sequence[Incident]) -> Placement:
    """Return the placement of an incident of the lead, as finely as the text goes on to say.

    Parameters
    ----------
    reading : Reading
    incident : Incident
    others : sequence of Incident
        All of the report: a sentence that tells of another one is none that goes on.
    """
    told = incident.best.placement
    if incident.itemised or not 0 <= incident.order < LEAD or not _is_vague(incident):
        return told
    for sentence in _next_sentences(reading, incident, others):
        found = list(_towns(reading, sentence, told))
        if found:
            return _as_told(reading, found[0], told, "as the text goes on") if len(found) == 1 else told
    town = dateline_town(reading)
    if town is None or not _lies_there(town, told) or not any(_is_again(r, town) for r in reading.resolutions):
        return told
    return _as_told(reading, town, told, "where the report is datelined")


def _is_vague(incident: Incident) -> bool:
    """Whether no more than a province is told of where it was, and no name that nobody knows."""
    told = incident.best.placement
    unknown = told.resolution is None and (told.description or any(d.names_place for d in incident.drafts))
    return coarseness(told) >= PROVINCE and not unknown


def _next_sentences(reading: Reading, incident: Incident, others: Sequence[Incident]) -> Iterator[Sentence]:
    """Yield the sentences after an incident's first that go on about it."""
    first = min(d.source.sent_start for d in incident.drafts)
    told = {d.source.sent_start for o in others if o is not incident for d in o.drafts}
    after = [s for s in reading.parsed.sentences if s.start > first][:NEXT]
    for sentence in after:
        words = reading.parsed.text[sentence.start : sentence.end]
        if sentence.start in told or BREAKS.search(words):
            return
        if GOES_ON.match(words):
            yield sentence


def _towns(reading: Reading, sentence: Sentence, told: Placement) -> Iterator[Resolution]:
    """Yield the towns of a sentence that say where, and lie in what the lead names."""
    for found in reading.in_sentence(sentence):
        cues = found.mention.cues
        is_site = found.mention.kind == "toponym" and any(c.startswith(WHERE) for c in cues) and "anchor" not in cues
        aside = is_seat(reading.parsed.text, found.mention) or is_aftermath(reading.parsed.text, found.mention)
        aside = aside or _is_said_there(reading, sentence, found)
        if (
            is_site
            and not aside
            and (found.where_prec or PROVINCE) <= DISTRICT
            and _lies_there(found, told, reading.country)
        ):
            yield found


def _is_said_there(reading: Reading, sentence: Sentence, found: Resolution) -> bool:
    """Whether a town is where somebody spoke or was buried: "the governor told reporters in |Gusau|"."""
    token = token_for(reading.parsed, sentence, found.mention.start, found.mention.end)
    verb = next((a for a in ancestors(reading.parsed, token) if is_verb(a)), None) if token is not None else None
    return verb is not None and verb.lemma.lower() in load_tables().speech | AFTER_IT


def _lies_there(found: Resolution | None, told: Placement, country: str = "") -> bool:
    """Whether a town lies in the area of a placement; in the country of the report where there is none."""
    place = found.place if found is not None else None
    if place is None or place.feature_class not in {"P", "S"}:
        return False
    area = told.resolution.place if told.resolution is not None else None
    if area is None:
        return bool(country) and place.country == country
    if fold(place.name) == fold(area.name):
        return False  # the province told of, not its town
    drawn = told.footprint is not None and told.relation is not None and told.relation.kind != "part"
    shape = told.footprint.geometry if drawn and told.footprint is not None else None
    if shape is None:
        return is_within(place, area)  # "northwest Pakistan": where that ends is not said
    return bool(shape.covers(Point(place.lon, place.lat)))


def _is_again(resolution: Resolution, town: Resolution) -> bool:
    """Whether the report names the town of its dateline in the running text too."""
    place, home = resolution.place, town.place
    named = place is not None and home is not None and _is_of_name(place, home)
    return named and resolution.mention.start > town.mention.end and "dateline" not in resolution.mention.cues


def _is_of_name(place: Place, home: Place) -> bool:
    return place.place_id == home.place_id or (place.name == home.name and place.country == home.country)


def _as_told(reading: Reading, town: Resolution, told: Placement, why: str) -> Placement:
    """Return the placement in or near a town, with what the lead tells of."""
    reason = f"the lead tells of “{told.description or 'no place'}”; placed {why}"
    placed = placement_of(reading.parsed.text, town, reasons=(*told.reasons, reason))
    geo, where = max(TOWN, placed.geo_precision or TOWN), max(TOWN, placed.where_prec or TOWN)
    return replace(placed, geo_precision=geo, where_prec=where)
