"""Beside what a name is said to lie: "Kobe, |on the Gao-Ansongo axis|" is not the one in Japan.

Unlike an area, an anchor holds nothing; it only says how far off a place can be at the most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.models import Place
from gazetteer.sphere import distance_km
from pipeline.models import Resolution, SpatialRelation

SURE = 0.6  # the least score of an anchor
NEXT = 3  # mentions after a name among which its anchors are
FAR_KM = 300.0  # from a town that a place is near, or that a road leads to
DETOUR = 1.5  # by how much the way over a place may be longer than between the ends of its road
SLACK_KM = 100.0
#: Kinds that say beside what a place lies; the first hold two ends.
STRETCHES = frozenset({"road", "between", "midway"})
KINDS = STRETCHES | {"near", "direction"}
#: "A|, a village on the |B-C axis"
GAP = re.compile(
    r"(?:\s+(?:town|city|village|district|area|camp|base|locality))?\s*,\s*(?:\([^)]*\)\s*)?"
    r"(?:(?:an?\s+)?(?:[a-z]+\s+)?(?:town|city|village|district|area|hamlet|locality)\s+)?"
    r"(?:(?:which\s+is|that\s+lies|which\s+lies|located|situated|lying|some|about|around|just|on|along|off|in)\s+)*(?:the\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """The anchors that a mention is said to lie by: one, or both ends of a stretch."""

    anchors: tuple[Place, ...]
    relation: SpatialRelation

    def allows(self, place: Place) -> bool:
        """Return whether a place can lie there.

        Examples
        --------
        >>> relation = SpatialRelation("near", "near Gao", 6, 14, "Gao")
        >>> gao = Place("1", "Gao", "P", "PPLA", "ML", "", "", 16.27, -0.04)
        >>> Beside((gao,), relation).allows(gao)
        True
        """
        ways = [distance_km(a.lat, a.lon, place.lat, place.lon) for a in self.anchors]
        if len(self.anchors) > 1:
            one, *_, other = self.anchors
            return ways[0] + ways[-1] <= DETOUR * distance_km(one.lat, one.lon, other.lat, other.lon) + SLACK_KM
        return ways[0] <= max(FAR_KM, 2.0 * (self.relation.distance_km or 0.0))

    @property
    def lands(self) -> frozenset[str]:
        """The countries of the anchors."""
        return frozenset(a.country for a in self.anchors)


def beside_said(text: str, resolutions: Sequence[Resolution], i: int) -> Beside | None:
    """Return what mention ``i`` is said to lie beside; None where nothing is, or the anchors are not sure.

    Parameters
    ----------
    text : str
        Of the report.
    resolutions : sequence of Resolution
        Of all its mentions, ascending.
    i : int
    """
    end = resolutions[i].mention.end
    for last in range(i + 1, min(i + 1 + NEXT, len(resolutions))):
        relation = resolutions[last].mention.relation
        if relation is None or relation.start < end:
            continue
        ends = resolutions[i + 1 : last + 1] if relation.kind in STRETCHES else resolutions[last : last + 1]
        if (
            relation.kind not in KINDS
            or GAP.fullmatch(text, end, relation.start) is None
            or not all(map(_is_sure, ends))
        ):
            return None
        return Beside(tuple(r.place for r in ends if r.place is not None), relation)
    return None


def _is_sure(resolution: Resolution) -> bool:
    place = resolution.place
    return place is not None and resolution.score >= SURE and place.feature_class in {"P", "S"}
