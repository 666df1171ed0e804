"""What the rest of the report says about a mention: its countries, provinces and places, and the names around it."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from gazetteer.models import Place
from pipeline.models import Mention, SpatialRelation
from pipeline.toponyms.cues import feature_noun_before
from pipeline.toponyms.features import Constraint, Context, Local, division_of
from pipeline.toponyms.neighbours import Neighbours, is_local
from pipeline.toponyms.rank import Ranked

SURE = 0.5
WEAK = 0.15
UNHEARD = 1.0  # weight of what a report does not say: one name alone settles nothing
DEMONYM = 0.5  # what an adjective weighs beside a place: "an Iranian leader in Baghdad"
COUNTRY_SURE = 0.6  # a name this surely a country lies in nothing: "in Iraq, U.S. officials said"
NAMES = 80  # other names that a candidate's distance is taken to
READINGS = 12  # of each name that count as evidence, by their shares
BETWEEN_PLACE_AND_RELATION = re.compile(
    r"(?:\s+(?:air\s?base|military base|base|camp|airport|airfield|town|city|village|district|province|governorate"
    r"|area|region))?\s*,?\s*(?:\([^)]*\)\s*)?(?:(?:which is|which lies|that lies|located|situated|some|about|around"
    r"|roughly|approximately|just|lying|a (?:town|city|village|district))\s*,?\s*)*",
    re.IGNORECASE,
)
CONTAINED = re.compile(r"\s*(?:,|\()\s*(?:in\s+)?(?:the\s+)?(?:[a-z]+\s+){0,2}", re.IGNORECASE)
CONTAINED_IN = re.compile(r"(?:\s+\w+){0,3}?\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,2}")
POSSESSIVE = re.compile(r"(?:'s|’s)\s+(?:[a-z-]+\s+){0,3}")
NEAR_CONTAINER = 40  # characters that may stand between a place and the area said to hold it

Rankings = Sequence[tuple[Ranked, ...]]


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one name, however often it is written, says of where the report is set."""

    countries: Mapping[str, float]
    admin1: Mapping[str, float]
    weight: float
    points: tuple[tuple[Place, float], ...]


_SILENT = _Voice({}, {}, 0.0, ())


class Evidence:
    """What all names of a report say together; each name hears every name but itself."""

    def __init__(self, mentions: Sequence[Mention], ranked: Rankings) -> None:
        self._names = [_key(m) for m in mentions]
        self._voices = dict(_voices(mentions, self._names, ranked))
        self._countries = _summed((v.countries, v.weight) for v in self._voices.values())
        self._admin1 = _summed((v.admin1, v.weight) for v in self._voices.values())
        self._dateline = tuple(
            rows[0].candidate.place
            for mention, rows in zip(mentions, ranked, strict=True)
            if "dateline" in mention.cues and rows and rows[0].score >= SURE
        )

    def context_of(self, number: int) -> Context:
        """Return what the names other than mention ``number``'s own say."""
        name = self._names[number]
        own = self._voices.get(name, _SILENT)
        others = ((other, voice.points) for other, voice in self._voices.items() if other != name)
        return Context(
            _shares(_less(self._countries, own.countries, own.weight)),
            _shares(_less(self._admin1, own.admin1, own.weight)),
            Neighbours.of(islice(others, NAMES)),
            self._dateline,
        )


def _summed(parts: Iterable[tuple[Mapping[str, float], float]]) -> dict[str, float]:
    whole: dict[str, float] = defaultdict(float)
    for shares, weight in parts:
        for key, share in shares.items():
            whole[key] += share * weight
    return whole


def _less(whole: Mapping[str, float], own: Mapping[str, float], weight: float) -> dict[str, float]:
    rest = {key: value - own.get(key, 0.0) * weight for key, value in whole.items()}
    return {key: value for key, value in rest.items() if value > 1e-9}


def _key(mention: Mention) -> str:
    return " ".join(mention.text.casefold().split())


def _voices(mentions: Sequence[Mention], names: Sequence[str], ranked: Rankings) -> Iterator[tuple[str, _Voice]]:
    """Yield each name with its voice; boilerplate is not heard."""
    groups: dict[str, list[tuple[Ranked, ...]]] = defaultdict(list)
    for mention, name, rows in zip(mentions, names, ranked, strict=True):
        if rows and not any(c.startswith("boilerplate") for c in mention.cues):
            groups[name].append(rows)
    adjectives = {name for mention, name in zip(mentions, names, strict=True) if mention.kind == "demonym"}
    for name, group in groups.items():
        best = max(group, key=lambda rows: rows[0].score)
        weight = 1.0 + math.log(len(group))
        yield name, _voice(best, weight * DEMONYM if name in adjectives else weight)


def _voice(rows: tuple[Ranked, ...], weight: float) -> _Voice:
    countries: dict[str, float] = defaultdict(float)
    admin1: dict[str, float] = defaultdict(float)
    for row in rows[:READINGS]:
        place = row.candidate.place
        countries[place.country] += row.score
        admin1[division_of(place)] += row.score
    points = tuple((r.candidate.place, r.score) for r in rows[:READINGS] if is_local(r.candidate.place))
    return _Voice(countries, admin1, weight, points)


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    known = {key: value for key, value in weights.items() if key}
    whole = sum(known.values()) + UNHEARD
    return {key: value / whole for key, value in sorted(known.items())}


def surroundings(text: str, mentions: Sequence[Mention], ranked: Rankings) -> list[Local]:
    """Return what stands around each mention: areas said to hold it, and relations that bind it to another place."""
    tops = [rows[0].candidate.place if rows and rows[0].score >= WEAK else None for rows in ranked]
    found = []
    for i, mention in enumerate(mentions):
        rows = ranked[i]
        sure = bool(rows) and rows[0].candidate.place.feature_code == "PCLI" and rows[0].score >= COUNTRY_SURE
        containers = () if sure else tuple(_containers(text, mentions, tops, i))
        found.append(Local(containers, tuple(_constraints(text, mention, mentions, tops, i))))
    return found


def _containers(text: str, mentions: Sequence[Mention], tops: Sequence[Place | None], i: int) -> Iterator[Place]:
    """Yield the areas said to hold mention ``i``: "Prague, |Oklahoma|", "|Oman|'s Wadi al-Kabir", "Hit in |Anbar|"."""
    top = tops[i]
    own = top.place_id if top else ""
    for area in (*_areas_after(text, mentions, tops, i), *_areas_before(text, mentions, tops, i)):
        if area.place_id != own:
            yield area


def _areas_after(text: str, mentions: Sequence[Mention], tops: Sequence[Place | None], i: int) -> Iterator[Place]:
    for j in range(i + 1, min(i + 3, len(mentions))):
        area, gap = tops[j], text[mentions[j - 1].end : mentions[j].start]
        if area is None or not _is_area(area) or mentions[j].kind == "demonym" or mentions[j].relation is not None:
            return
        beside = j == i + 1 and len(gap) < NEAR_CONTAINER and CONTAINED_IN.fullmatch(gap)
        if not beside and not CONTAINED.fullmatch(gap):
            return
        yield area


def _areas_before(text: str, mentions: Sequence[Mention], tops: Sequence[Place | None], i: int) -> Iterator[Place]:
    area = tops[i - 1] if i else None
    if area is None:
        return
    gap = text[mentions[i - 1].end : mentions[i].start]
    if _is_area(area) and POSSESSIVE.fullmatch(gap):
        yield area
    elif mentions[i - 1].kind == "demonym" and _qualifies(gap):
        yield area  # "the Israeli city of Tel Aviv", "the Syrian town of Hajin"


def _qualifies(gap: str) -> bool:
    """Whether the words between make a demonym the country of the name after: "Syrian |town of| Hajin"."""
    found = feature_noun_before(gap, len(gap)) if gap.strip() else None
    return found is not None and re.fullmatch(r"\s+(?:[a-z-]+\s+){0,2}", gap[: found[1]]) is not None


def _is_area(place: Place) -> bool:
    return place.feature_class in {"A", "L"} or place.bbox is not None or place.feature_code == "PPLC"


def _constraints(
    text: str, mention: Mention, mentions: Sequence[Mention], tops: Sequence[Place | None], i: int
) -> Iterator[Constraint]:
    if i + 1 < len(mentions):
        anchor, relation = tops[i + 1], mentions[i + 1].relation
        if anchor is not None and relation is not None and is_anchoring(relation) and binds(text, mention, relation):
            yield Constraint(anchor, relation)


def is_anchoring(relation: SpatialRelation) -> bool:
    """Whether a relation can say where the place named before it lies."""
    return relation.kind in {"direction", "near"}


def binds(text: str, mention: Mention, relation: SpatialRelation) -> bool:
    """Whether the relation's words follow a named place at once, so that they say where that place is."""
    gap = text[mention.end : relation.start]
    return len(gap) < 60 and BETWEEN_PLACE_AND_RELATION.fullmatch(gap) is not None


def shared(mentions: Sequence[Mention], locals_: Sequence[Local]) -> list[Local]:
    """Let a name that is placed once ("Prague, Oklahoma") be placed so wherever it stands: one sense a discourse."""
    told: dict[str, Local] = {}
    for mention, local in zip(mentions, locals_, strict=True):
        if local.containers or local.constraints:
            told.setdefault(_key(mention), local)
    return [
        local if local.containers or local.constraints else told.get(_key(mention), local)
        for mention, local in zip(mentions, locals_, strict=True)
    ]
