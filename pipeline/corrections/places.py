"""Corrections of places, applied between resolution and extraction, so that the events move with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gazetteer.index import Gazetteer
from gazetteer.lookup import lookup
from gazetteer.models import Place
from gazetteer.names import fold
from pipeline.corrections.records import Correction, Outcome
from pipeline.models import CORRECTION, Alternative, Article, Footprint, GeoMethod, Mention, Reason, Report, Resolution
from pipeline.toponyms.footprints import place_footprint, precision_of
from pipeline.toponyms.geodesy import disc
from pipeline.toponyms.joint_footprints import relate

__all__ = ["PlaceRulings", "Ruling", "put_at", "rulings_of"]

MACHINE = "machine"  # feature of the reason beside its own answer, among the alternatives
KINDS = frozenset({"place", "coordinates", "not_a_place"})
RADIUS_KM = {1: 2.0, 2: 25.0, 3: 100.0}  # by geo_precision, where none is said
WHERE_PREC = {1: 1, 2: 2, 3: 5}
#: Names that stand for a place; "Syrian" is none, whatever is said of "Syria".
_NAMES = frozenset({"toponym", "metonym", "descriptive"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """A correction with the place it means; None: no place."""

    correction: Correction
    place: Place | None

    @property
    def is_known(self) -> bool:
        """Whether the gazetteer knows the place meant."""
        return self.place is not None or self.correction.kind == "not_a_place"


@dataclass(frozen=True, slots=True)
class PlaceRulings:
    """What an analyst said of names in the reports, by folded name; applying them twice is applying them once.

    Parameters
    ----------
    by_name : mapping
        Folded name to rulings, in the order of the files.
    gazetteer : Gazetteer
    """

    by_name: Mapping[str, tuple[Ruling, ...]]
    gazetteer: Gazetteer

    @classmethod
    def of(cls, corrections: Iterable[Correction], gazetteer: Gazetteer) -> PlaceRulings:
        """Return the rulings of those corrections that are about names of places."""
        found: dict[str, list[Ruling]] = defaultdict(list)
        for ruling in rulings_of((c for c in corrections if not c.event_id), gazetteer):
            found[fold(ruling.correction.words)].append(ruling)
        return cls({name: tuple(rulings) for name, rulings in found.items()}, gazetteer)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What the rulings are made of."""
        return tuple(ruling.correction for rulings in self.by_name.values() for ruling in rulings)

    def touching(self, article: Article, resolutions: Sequence[Resolution]) -> tuple[Correction, ...]:
        """Return the corrections that change what is read in an article, in the order of its names."""
        found = (self._ruling(article, r, resolutions) for r in resolutions) if self.by_name else ()
        return tuple(dict.fromkeys(ruling.correction for ruling in found if ruling is not None))

    def on_each(self, article: Article, resolutions: Sequence[Resolution]) -> list[Ruling | None]:
        """Return the ruling that wins for each of the names of an article; None where nothing was said."""
        return [self._ruling(article, r, resolutions) for r in resolutions]

    def apply(self, article: Article, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
        """Return the resolutions as the analyst has them; the machine's own answers stay among the alternatives."""
        rulings = self.on_each(article, resolutions)
        if not any(rulings):
            return tuple(resolutions)
        ruled = [_ruled(r, by, self.gazetteer) if by else r for r, by in zip(resolutions, rulings, strict=True)]
        return relate(article.text, ruled, self.gazetteer)

    def _ruling(self, article: Article, resolution: Resolution, among: Sequence[Resolution]) -> Ruling | None:
        """Return the ruling that wins: one report's before all reports', then the later line."""
        known = [r for r in self._matching(article, resolution.mention, among) if r.is_known]
        return _last(known) if known else None

    def _matching(self, article: Article, mention: Mention, among: Sequence[Resolution]) -> Iterator[Ruling]:
        rulings = self.by_name.get(fold(mention.text), ()) if mention.kind in _NAMES else ()
        for ruling in rulings:
            one = ruling.correction
            if one.doc_id in {"", article.doc_id} and (not one.country or one.country == main_country(among)):
                yield ruling

    def outcomes(self, reports: Iterable[Report]) -> tuple[Outcome, ...]:
        """Return what became of each ruling over all reports, in the order of the files."""
        matched: Counter[Correction] = Counter()
        winners: dict[Correction, set[Correction]] = defaultdict(set)
        for report in reports:
            for resolution in report.resolutions:
                found = list(self._matching(report.article, resolution.mention, report.resolutions))
                known = [ruling for ruling in found if ruling.is_known]
                for ruling in known:
                    matched[ruling.correction] += 1
                    winners[ruling.correction].add(_last(known).correction)
        rulings = (ruling for rulings in self.by_name.values() for ruling in rulings)
        return tuple(_outcome(r, matched[r.correction], winners[r.correction]) for r in rulings)


def rulings_of(corrections: Iterable[Correction], gazetteer: Gazetteer) -> Iterator[Ruling]:
    """Yield the corrections of places with the places that they mean."""
    for one in corrections:
        if one.kind in KINDS:
            yield Ruling(one, _place_meant(one, gazetteer))


def _last(rulings: Sequence[Ruling]) -> Ruling:
    """Return the ruling that wins: of those on one report, else of those on all, the last."""
    return next((r for r in reversed(rulings) if r.correction.doc_id), rulings[-1])


def _outcome(ruling: Ruling, matched: int, winners: Collection[Correction]) -> Outcome:
    one = ruling.correction
    if not ruling.is_known:
        return Outcome(one, "unknown place")
    if not matched:
        return Outcome(one, "matches nothing")
    if not any(one.agrees_with(winner) for winner in winners):
        by = min(winners, key=lambda winner: winner.where)
        return Outcome(one, "overruled", matched, f"{by.where} says otherwise of {one.about}")
    return Outcome(one, "applied", matched)


def main_country(resolutions: Iterable[Resolution]) -> str:
    """Return the country (ISO 3166-1 alpha-2) that most of the places read lie in; of equals the first by code."""
    places = filter(None, map(own_place, resolutions))
    named = Counter(place.country for place in places if place.country)
    return min(named, key=lambda code: (-named[code], code), default="")


def own_place(resolution: Resolution) -> Place | None:
    """Return what the machine took a name for, whatever was set since."""
    if not any(reason.feature == CORRECTION for reason in resolution.reasons):
        return resolution.place
    return next((a.place for a in resolution.alternatives if any(r.feature == MACHINE for r in a.reasons)), None)


def _place_meant(one: Correction, gazetteer: Gazetteer) -> Place | None:
    if isinstance(one.setting, tuple):
        return _point_place(one, gazetteer)
    if not one.value:
        return None
    try:
        return gazetteer.place(one.value)
    except KeyError:
        if ":" in one.value:  # an id, which names no place
            return None
    name, *areas = (part.strip() for part in one.value.split(","))
    found = lookup(gazetteer, name, within=areas, limit=1)
    return found[0].place if found and not found[0].area_only else None


def _point_place(one: Correction, gazetteer: Gazetteer) -> Place:
    """Return a place of its own for coordinates: a locality in the country and province they lie in."""
    lat, lon = (float(degrees) for degrees in one.setting)  # type: ignore[union-attr, arg-type]
    country, division = gazetteer.admin_at(lat, lon)
    return Place(
        place_id=f"correction:{lat:.5f},{lon:.5f}",
        name=one.words or f"{lat:.4f}, {lon:.4f}",
        lat=lat,
        lon=lon,
        feature_class="L",
        feature_code="LCTY",
        country=country.country if country else "",
        admin1=division.name if division else "",
        admin1_id=division.place_id if division else "",
        uncertainty_m=_radius_km(one) * 1000.0,
    )


def _radius_km(one: Correction) -> float:
    return one.radius_km or RADIUS_KM[one.precision or 1]


def _ruled(resolution: Resolution, ruling: Ruling, gazetteer: Gazetteer) -> Resolution:
    one, place, mention = ruling.correction, ruling.place, resolution.mention
    if place is None:
        why = Reason(CORRECTION, 0.0, f"“{mention.text}” is no place: {one.mark}")
        return Resolution(mention, "rejected", reasons=(why,), alternatives=_others(resolution, None))
    if one.kind == "coordinates":
        mention = replace(mention, relation=None)
        return put_at(replace(resolution, mention=mention), ruling, gazetteer)
    footprint, geo, where, method = place_footprint(mention, place, gazetteer)
    found = put_at(resolution, ruling, gazetteer)
    return replace(found, footprint=footprint, geo_precision=geo, where_prec=where, method=method)


def put_at(resolution: Resolution, ruling: Ruling, gazetteer: Gazetteer) -> Resolution:
    """Return a resolution at the place of a ruling itself, whatever relation the words give."""
    one, place = ruling.correction, ruling.place
    if place is None:
        return resolution
    said = f"“{resolution.mention.text}”" if resolution.mention.text else "the place"
    why = Reason(CORRECTION, 0.0, f"{said} is {_described(place)}: {one.mark}")
    footprint, geo, where, method = _precisely(one, place, gazetteer)
    others = _others(resolution, place)
    return Resolution(
        resolution.mention, "resolved", place, 1.0, (why,), others, footprint, geo, where, method
    )  # fmt: skip


def _precisely(one: Correction, place: Place, gazetteer: Gazetteer) -> tuple[Footprint, int, int, GeoMethod]:
    if one.kind != "coordinates":
        geo, where, metres, method = precision_of(place)
        return Footprint(place.lat, place.lon, metres, gazetteer.polygon(place.place_id)), geo, where, method
    geo = one.precision or 1
    circle = disc(place.lat, place.lon, _radius_km(one))
    method = "exact" if geo < 3 else "admin"
    return Footprint(place.lat, place.lon, place.uncertainty_m, circle), geo, WHERE_PREC[geo], method


def _described(place: Place) -> str:
    inside = ", ".join(filter(None, (place.admin1, place.country)))
    return f"{place.name} ({inside})" if inside else place.name


def _others(resolution: Resolution, place: Place | None) -> tuple[Alternative, ...]:
    """Return the machine's own answer, then its runners-up, without the place that was set."""
    own = own_place(resolution)
    why = (Reason(MACHINE, 0.0, "what was read before the correction"),)
    score = resolution.score if resolution.place == own else _own_score(resolution)
    first = (Alternative(own, score, why),) if own is not None else ()
    known = {place.place_id if place else "", own.place_id if own else ""}
    shown = () if own is not None and place is not None and own.place_id == place.place_id else first
    return (*shown, *(a for a in resolution.alternatives if a.place.place_id not in known))


def _own_score(resolution: Resolution) -> float:
    """Return how sure the machine was of its own answer, where something else is set."""
    return next((a.score for a in resolution.alternatives if any(r.feature == MACHINE for r in a.reasons)), 0.0)
