"""Decide what each mention means: two passes of ranking, the second with what the first found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gazetteer.index import Gazetteer
from gazetteer.models import Place

from pipeline.models import (
    Alternative,
    Article,
    Footprint,
    GeoMethod,
    Mention,
    Reason,
    Resolution,
    SpatialRelation,
)
from pipeline.toponyms.cues import feature_noun_before
from pipeline.toponyms.features import Constraint, Context, Local
from pipeline.toponyms.footprints import footprint_of, precision_of, related_footprint
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.rank import CANDIDATES, Ranked, Ranker, WeightedRanker

ALTERNATIVES = 5
SURE = 0.5
WEAK = 0.15
COUNTRY_SURE = 0.6  # a name this surely a country lies in nothing: "in Iraq, U.S. officials said"
BETWEEN_PLACE_AND_RELATION = re.compile(
    r"(?:\s+(?:air\s?base|military base|base|camp|airport|airfield|town|city|village|district|province|governorate|area|region))?"
    r"\s*,?\s*(?:\([^)]*\)\s*)?(?:(?:which is|which lies|that lies|located|situated|some|about|around|roughly|approximately|just|lying|"
    r"a (?:town|city|village|district))\s*,?\s*)*",
    re.IGNORECASE,
)
CONTAINED = re.compile(r"\s*(?:,|\()\s*(?:in\s+)?(?:the\s+)?(?:[a-z]+\s+){0,2}", re.IGNORECASE)
CONTAINED_IN = re.compile(r"(?:\s+\w+){0,3}?\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,2}")
AND = re.compile(r"\s*(?:,|and|or|,\s*and)\s*(?:the\s+)?")
POSSESSIVE = re.compile(r"(?:'s|’s)\s+(?:[a-z-]+\s+){0,3}")


def resolve_toponyms(
    article: Article, mentions: Sequence[Mention], *, gazetteer: Gazetteer, ranker: Ranker | None = None
) -> tuple[Resolution, ...]:
    """Return one resolution a mention, in order.

    Parameters
    ----------
    article : Article
    mentions : sequence of Mention
        Ascending, as a :class:`~pipeline.toponyms.recognize.Recognizer` makes them.
    gazetteer : Gazetteer
    ranker : Ranker, optional
        Default: the plain weighted scoring.

    Returns
    -------
    tuple of Resolution
        With status, reasons and up to five runners-up each.
    """
    return _Resolver(article, gazetteer, ranker or WeightedRanker()).run(_with_anchors(article.text, mentions))


def _with_anchors(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mark the names that only say where the one before them is: "Zurf al Saqr, south of |Baghdad|"."""
    marked = list(mentions[:1])
    for before, mention in pairwise(mentions):
        relation = mention.relation
        told = marked[-1].relation
        if relation is not None and relation.kind in {"direction", "near"} and before.kind != "demonym" and binds(text, before, relation):
            mention = replace(mention, cues=(*mention.cues, "anchor"))
        elif relation is None and told is not None and told.kind == "near" and AND.fullmatch(text[before.end : mention.start]):
            mention = replace(mention, relation=replace(told, anchor_text=mention.text))  # "near A and B" is near each
        marked.append(mention)
    return tuple(marked)


class _Resolver:
    def __init__(self, article: Article, gazetteer: Gazetteer, ranker: Ranker) -> None:
        self.article, self.gazetteer, self.ranker = article, gazetteer, ranker

    def run(self, mentions: Sequence[Mention]) -> tuple[Resolution, ...]:
        candidates = [self._candidates(m) for m in mentions]
        first = [self._rank(m, c, Local(), Context()) for m, c in zip(mentions, candidates, strict=True)]
        context = self._context(mentions, first)
        locals_ = self._locals(mentions, first)
        second = [self._rank(*row, context) for row in zip(mentions, candidates, locals_, strict=True)]
        context = self._context(mentions, second)
        locals_ = _shared(mentions, self._locals(mentions, second))
        final = [self._rank(*row, context) for row in zip(mentions, candidates, locals_, strict=True)]
        return tuple(self._resolution(m, r, loc) for m, r, loc in zip(mentions, final, locals_, strict=True))

    def _candidates(self, mention: Mention) -> tuple[object, ...]:
        name = re.sub(r"\s+", " ", mention.text)
        if mention.kind == "demonym":
            place = self.gazetteer.demonym(name)
            return self.gazetteer.candidates(place.name, limit=3) if place else ()
        return self.gazetteer.candidates(name, limit=CANDIDATES)

    def _rank(self, mention: Mention, candidates, local: Local, context: Context) -> tuple[Ranked, ...]:  # type: ignore[no-untyped-def]
        return self.ranker.rank(mention, candidates, local, context) if candidates else ()

    def _context(self, mentions: Sequence[Mention], ranked: Sequence[tuple[Ranked, ...]]) -> Context:
        """Return the shares of countries and provinces among what is resolved so far, boilerplate left out."""
        countries: dict[str, float] = defaultdict(float)
        admin1: dict[str, float] = defaultdict(float)
        places: dict[tuple[str, str], tuple[str, Place, float]] = {}
        dateline = []
        for mention, rows in zip(mentions, ranked, strict=True):
            if not rows or any(c.startswith("boilerplate") for c in mention.cues):
                continue
            for row in rows[:3]:
                place = row.candidate.place
                countries[place.country] += row.score
                admin1[place.admin1_id] += row.score * (not place.feature_code.startswith("PCL"))
            place, score = rows[0].candidate.place, rows[0].score
            if score >= SURE and not place.feature_code.startswith("PCL"):
                places[mention.text, place.place_id] = (mention.text, place, score)
            if "dateline" in mention.cues and score >= SURE:
                dateline.append(place)
        return Context(_shares(countries), _shares(admin1), tuple(places.values()), tuple(dateline))

    def _locals(self, mentions: Sequence[Mention], ranked: Sequence[tuple[Ranked, ...]]) -> list[Local]:
        found = []
        tops = [rows[0].candidate.place if rows and rows[0].score >= WEAK else None for rows in ranked]
        for i, mention in enumerate(mentions):
            known = ranked[i][0] if ranked[i] else None
            sure = known is not None and known.candidate.place.feature_code == "PCLI" and known.score >= COUNTRY_SURE
            containers = () if sure else tuple(p for p in self._containers(mentions, tops, i) if p is not None)
            constraints = tuple(self._constraints(mention, mentions, tops, i))
            found.append(Local(containers, constraints))
        return found

    def _containers(self, mentions: Sequence[Mention], tops: Sequence[Place | None], i: int) -> list[Place | None]:
        """Return the areas said to hold mention ``i``: "Prague, |Oklahoma|", "|Oman|'s Wadi al-Kabir", "Hit in |Anbar|"."""
        text, mention, found = self.article.text, mentions[i], []
        for j in (i + 1, i + 2):
            if j < len(mentions) and _is_area(tops[j]) and mentions[j].kind != "demonym" and mentions[j].relation is None:
                gap = text[mentions[j - 1].end : mentions[j].start]
                if CONTAINED.fullmatch(gap) or (j == i + 1 and len(gap) < 40 and CONTAINED_IN.fullmatch(gap)):
                    found.append(tops[j])
                    continue
            break
        if i > 0 and _is_area(tops[i - 1]) and POSSESSIVE.fullmatch(text[mentions[i - 1].end : mention.start]):
            found.append(tops[i - 1])
        if i > 0 and mentions[i - 1].kind == "demonym" and _qualifies(text[mentions[i - 1].end : mention.start]):
            found.append(tops[i - 1])  # "the Israeli city of Tel Aviv", "the Syrian town of Hajin"
        return [p for p in found if p is not None and (tops[i] is None or p.place_id != tops[i].place_id)]  # type: ignore[union-attr]

    def _constraints(self, mention: Mention, mentions: Sequence[Mention], tops: Sequence[Place | None], i: int) -> list[Constraint]:
        if i + 1 >= len(mentions):
            return []
        anchor, relation = tops[i + 1], mentions[i + 1].relation
        if anchor is None or relation is None or relation.kind not in {"direction", "near"}:
            return []
        return [Constraint(anchor, relation)] if binds(self.article.text, mention, relation) else []

    def _resolution(self, mention: Mention, ranked: tuple[Ranked, ...], local: Local) -> Resolution:
        if not ranked:
            why = Reason("no candidate", 0.0, "the gazetteer has no place of this name")
            return Resolution(mention, "unmatched", reasons=(why,))
        best = ranked[0]
        alternatives = tuple(Alternative(r.candidate.place, round(r.score, 4), r.reasons) for r in ranked[1 : 1 + ALTERNATIVES])
        if best.score < WEAK and best.candidate.match not in {"exact", "variant"}:
            why = Reason("too unsure", 0.0, f"the nearest name is “{best.candidate.matched_name}”, too far off to be taken")
            shown = (Alternative(best.candidate.place, round(best.score, 4), best.reasons), *alternatives)
            return Resolution(mention, "unmatched", reasons=(why,), alternatives=shown[:ALTERNATIVES])
        place = best.candidate.place
        footprint, geo, where, method = place_footprint(mention, place, self.gazetteer)
        if method == "exact" and best.candidate.match in {"skeleton", "fuzzy"}:
            method = "fuzzy"
        score = min(1.0, best.score + sum(r.score for r in ranked[1:ALTERNATIVES] if _same_ground(place, r.candidate.place)))
        return Resolution(mention, "resolved" if score >= SURE else "ambiguous", place, round(score, 4), best.reasons,
                          alternatives, footprint, geo, where, method)  # fmt: skip


def place_footprint(mention: Mention, place: Place, gazetteer: Gazetteer) -> tuple[Footprint, int, int, GeoMethod]:
    """Return footprint, geo_precision, where_prec and method of a mention that means ``place``."""
    relation = mention.relation
    if relation is not None and relation.kind in {"near", "direction", "part", "coast"} and "anchor" not in mention.cues:
        footprint, geo, where = related_footprint(place, relation, gazetteer)
        return footprint, geo, where, "relative"
    geo, where, _, method = precision_of(place)
    return footprint_of(place, gazetteer), geo, where, method


def binds(text: str, mention: Mention, relation: SpatialRelation) -> bool:
    """Whether the relation's words follow a named place at once, so that they say where that place is."""
    gap = text[mention.end : relation.start]
    return len(gap) < 60 and BETWEEN_PLACE_AND_RELATION.fullmatch(gap) is not None


def _qualifies(gap: str) -> bool:
    """Whether the words between a demonym and a name make the one the country of the other: "Syrian |town of| Hajin"."""
    found = feature_noun_before(gap, len(gap)) if gap.strip() else None
    return found is not None and re.fullmatch(r"\s+(?:[a-z-]+\s+){0,2}", gap[: found[1]]) is not None


def _same_ground(place: Place, other: Place) -> bool:
    """Whether two candidates are a town and the province around it, or one place from two sources."""
    nested = other.place_id == place.admin1_id or place.place_id == other.admin1_id
    return place.country == other.country and (nested or distance_km(place.lat, place.lon, other.lat, other.lon) <= 25.0)


def _is_area(place: Place | None) -> bool:
    return place is not None and (place.feature_class in {"A", "L"} or place.bbox is not None or place.feature_code == "PPLC")


def _shared(mentions: Sequence[Mention], locals_: Sequence[Local]) -> list[Local]:
    """Let a name that is placed once ("Prague, Oklahoma") be placed by that wherever it stands: one sense a discourse."""
    told: dict[str, Local] = {}
    for mention, local in zip(mentions, locals_, strict=True):
        if (local.containers or local.constraints) and mention.text not in told:
            told[mention.text] = local
    return [loc if loc.containers or loc.constraints else told.get(m.text, loc) for m, loc in zip(mentions, locals_, strict=True)]


def _shares(weights: dict[str, float]) -> dict[str, float]:
    known = {key: value for key, value in weights.items() if key}
    whole = sum(known.values())
    return {key: value / whole for key, value in sorted(known.items())} if whole else {}


def without_place(resolution: Resolution, reason: Reason) -> Resolution:
    """Return the resolution as rejected, its reason first; nothing is dropped."""
    return replace(resolution, status="rejected", reasons=(reason, *resolution.reasons))
