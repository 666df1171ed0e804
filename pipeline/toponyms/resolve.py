"""Decide what each mention means: two passes of ranking, the second with what the first found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate, Place
from pipeline.models import (
    Alternative,
    Article,
    Footprint,
    GeoMethod,
    Mention,
    Reason,
    Resolution,
)
from pipeline.toponyms.context import SURE, WEAK, Evidence, binds, is_anchoring, shared, surroundings
from pipeline.toponyms.features import Context, Local
from pipeline.toponyms.footprints import footprint_of, precision_of, related_footprint
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.rank import CANDIDATES, Ranked, Ranker, WeightedRanker

ALTERNATIVES = 5
PASSES = 2  # of ranking with what the pass before found
AND = re.compile(r"\s*(?:,|and|or|,\s*and)\s*(?:the\s+)?")


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
        if relation is not None and is_anchoring(relation) and before.kind != "demonym" and binds(text, before, relation):
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
        locals_ = [Local()] * len(mentions)
        ranked = [self._rank(m, c, Local(), Context()) for m, c in zip(mentions, candidates, strict=True)]
        for _ in range(PASSES):
            evidence = Evidence(mentions, ranked)
            locals_ = shared(mentions, surroundings(self.article.text, mentions, ranked))
            ranked = [
                self._rank(mention, candidates[i], locals_[i], evidence.context_of(i))
                for i, mention in enumerate(mentions)
            ]
        return tuple(self._resolution(m, r, loc) for m, r, loc in zip(mentions, ranked, locals_, strict=True))

    def _candidates(self, mention: Mention) -> tuple[Candidate, ...]:
        name = re.sub(r"\s+", " ", mention.text)
        people = self.gazetteer.demonym(name)
        if people is not None and (mention.kind == "demonym" or not self.gazetteer.has_name(name)):
            return (Candidate(people, name, "exact", 1.0),)
        found = self.gazetteer.candidates(name, limit=CANDIDATES)
        return (Candidate(people, name, "exact", 1.0), *found) if people is not None else found

    def _rank(
        self, mention: Mention, candidates: tuple[Candidate, ...], local: Local, context: Context
    ) -> tuple[Ranked, ...]:
        return self.ranker.rank(mention, candidates, local, context) if candidates else ()

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


def _same_ground(place: Place, other: Place) -> bool:
    """Whether two candidates are a town and the province around it, or one place from two sources."""
    nested = other.place_id == place.admin1_id or place.place_id == other.admin1_id
    return place.country == other.country and (nested or distance_km(place.lat, place.lon, other.lat, other.lon) <= 25.0)
