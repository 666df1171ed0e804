"""Decide what each mention means: two passes of ranking, the second with what the first found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate, Place
from gazetteer.names import fold
from pipeline.models import (
    Alternative,
    Article,
    Mention,
    MentionStatus,
    Reason,
    Resolution,
)
from pipeline.toponyms.anchors import with_anchors
from pipeline.toponyms.borders import border_of
from pipeline.toponyms.context import SURE, WEAK, Evidence, shared, surroundings
from pipeline.toponyms.features import Context, Local
from pipeline.toponyms.footprints import place_footprint
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.joint_footprints import relate
from pipeline.toponyms.rank import CANDIDATES, Ranked, Ranker, WeightedRanker
from pipeline.toponyms.weights import load_weights

ALTERNATIVES = 5
SOME_SUPPORT = 0.15  # of the document, for a candidate that the words beside the name speak against
COARSE_SURE = 0.4  # the least share of a place that only shares its consonants with the name
PASSES = 2  # of ranking with what the pass before found


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
    return _Resolver(article, gazetteer, ranker or WeightedRanker()).run(with_anchors(article.text, mentions))


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
        found = tuple(self._resolution(m, r) for m, r in zip(mentions, ranked, strict=True))
        return relate(self.article.text, found, self.gazetteer)

    def _candidates(self, mention: Mention) -> tuple[Candidate, ...]:
        name = re.sub(r"\s+", " ", mention.text)
        if mention.kind == "descriptive":
            border = border_of(mention.text, self.gazetteer)
            return tuple(Candidate(side, side.name, "exact", 1.0) for side in (border.countries if border else ()))
        people = self.gazetteer.demonym(name)
        if people is not None and (mention.kind == "demonym" or not self.gazetteer.has_name(name)):
            return (Candidate(people, name, "exact", 1.0),)
        found = (*self._usual(name), *self.gazetteer.candidates(name, limit=CANDIDATES))
        return (Candidate(people, name, "exact", 1.0), *found) if people is not None else found

    def _usual(self, name: str) -> tuple[Candidate, ...]:
        """Return what reports usually mean by a name, where the gazetteer does not have it under that name."""
        meant = load_weights().usual_sense.get(fold(name))
        return self.gazetteer.candidates(meant, limit=1) if meant else ()

    def _rank(
        self, mention: Mention, candidates: tuple[Candidate, ...], local: Local, context: Context
    ) -> tuple[Ranked, ...]:
        return self.ranker.rank(mention, candidates, local, context) if candidates else ()

    def _resolution(self, mention: Mention, ranked: tuple[Ranked, ...]) -> Resolution:
        if mention.kind == "descriptive":
            return Resolution(mention, "unmatched")  # a border: drawn where all places are known
        if not ranked:
            why = Reason("no candidate", 0.0, "the gazetteer has no place of this name")
            return Resolution(mention, "unmatched", reasons=(why,))
        best = ranked[0]
        if against := _why_not(best):
            return Resolution(mention, "unmatched", reasons=(against,), alternatives=_alternatives(ranked))
        place = best.candidate.place
        footprint, geo, where, method = place_footprint(mention, place, self.gazetteer)
        if method == "exact" and best.candidate.match in {"skeleton", "fuzzy"}:
            method = "fuzzy"
        same = sum(r.score for r in ranked[1:ALTERNATIVES] if _same_ground(place, r.candidate.place))
        score = min(1.0, best.score + same)
        status: MentionStatus = "resolved" if score >= SURE else "ambiguous"
        others = _alternatives(ranked[1:])
        return Resolution(mention, status, place, round(score, 4), best.reasons, others, footprint, geo, where, method)


def _why_not(best: Ranked) -> Reason | None:
    """Return why not even the best candidate is taken, if it is not."""
    place, name = best.candidate.place, best.candidate.matched_name
    against = [reason for reason in best.reasons if reason.contribution < 0]
    contradicted = any(reason.feature in {"container", "relation"} for reason in against)
    supported = sum(reason.contribution for reason in best.reasons if reason.feature in {"country", "nearby"})
    if contradicted and supported < SOME_SUPPORT and place.feature_class in {"P", "S"}:
        return Reason("elsewhere", 0.0, f"{place.name} ({place.country}) is not where the words say")
    if best.candidate.match in {"skeleton", "fuzzy"}:
        if contradicted or best.score < COARSE_SURE:
            return Reason("too unsure", 0.0, f"the nearest name is “{name}”, too far off to be taken")
    elif best.score < WEAK and sum(reason.contribution for reason in best.reasons) < load_weights().threshold:
        words = "; ".join(reason.text for reason in against)
        return Reason("nothing fits", 0.0, f"not even {place.name} ({place.country}) fits: {words}")
    return None


def _alternatives(ranked: Sequence[Ranked]) -> tuple[Alternative, ...]:
    return tuple(Alternative(r.candidate.place, round(r.score, 4), r.reasons) for r in ranked[:ALTERNATIVES])


def _same_ground(place: Place, other: Place) -> bool:
    """Whether two candidates are a town and the province around it, or one place from two sources."""
    nested = other.place_id == place.admin1_id or place.place_id == other.admin1_id
    return place.country == other.country and (
        nested or distance_km(place.lat, place.lon, other.lat, other.lon) <= 25.0
    )
