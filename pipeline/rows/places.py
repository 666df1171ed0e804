"""The place that a row names, within the areas that it says the place lies in; each distinct one is looked up once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gazetteer import Gazetteer, lookup
from gazetteer.descriptions import describe
from gazetteer.lookup import Ranked
from gazetteer.models import Place
from gazetteer.sphere import distance_km
from gazetteer.surroundings import Area, resolve_areas
from pipeline.ingest.tabular import TableRow
from pipeline.models import Alternative, MentionStatus, Reason

ANSWERS = 10
ALTERNATIVES = 5
SAME_GROUND_KM = 25.0  # places nearer to each other than this are no two answers
TIE = 0.02  # of the score; set on all of UCDP's places of Syria, see docs/accuracy.md: none of them is unseen
_ASIDE = re.compile(r"\s*\([^()]*\)")
Key = tuple[str, ...]  # country, admin1, admin2, admin3, place


@dataclass(frozen=True, slots=True)
class Named:
    """What the names of a row were taken to mean.

    Parameters
    ----------
    status : {"resolved", "ambiguous", "unmatched"}
        Of the name of the place; of the smallest area where the row names no place.
    place : Place or None
        The likeliest place of that name, also where others are as likely.
    areas : tuple of Area
        Those that the place is said to lie in, the widest first.
    score : float
    reasons : tuple of Reason
    alternatives : tuple of Alternative
    is_fuzzy : bool
        Whether the name is spelled otherwise in the gazetteer.
    notes : tuple of str
        Areas that are named but not known.
    """

    status: MentionStatus
    place: Place | None
    areas: tuple[Area, ...] = ()
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    is_fuzzy: bool = False
    notes: tuple[str, ...] = ()

    @property
    def area(self) -> Place | None:
        """The smallest area that the row names."""
        return self.areas[-1].place if self.areas else None


def look_within(gazetteer: Gazetteer, name: str, areas: Sequence[str | Place]) -> Sequence[Ranked]:
    """Look a name up within the areas it is said to lie in; best first."""
    return lookup(gazetteer, name, within=areas, limit=ANSWERS)


def key_of(row: TableRow) -> Key:
    """Return the names by which a row says where, the widest first.

    GDELT gives them in one: "Haditha, Al Anbar, Iraq".
    """
    place = row.text("place")
    areas = [row.text(name) for name in ("country", "admin1", "admin2", "admin3")]
    if row.kind == "gdelt" and "," in place:
        place, *wider = (part.strip() for part in place.split(","))
        areas = [*reversed(wider[-4:]), *[""] * (4 - len(wider[-4:]))]
    return (*areas, place)


def named_places(gazetteer: Gazetteer, keys: Iterable[Key]) -> dict[Key, Named]:
    """Return what each of the names means.

    They are looked up area by area: the gazetteer keeps the names around the last few areas at hand.
    """
    areas: dict[Key, tuple[Area, ...]] = {}
    found = {}
    for key in sorted(set(keys)):
        within = key[:-1]
        if within not in areas:
            areas[within] = resolve_areas(gazetteer, [_ASIDE.sub("", name) for name in reversed(within) if name])
        found[key] = _named(gazetteer, key, areas[within])
    return found


def _named(gazetteer: Gazetteer, key: Key, areas: tuple[Area, ...]) -> Named:
    notes = tuple(_unknown_areas(key, areas))
    name = key[-1]
    if not name:
        return _area_alone(areas, notes)
    found = look_within(gazetteer, name, [area.place for area in reversed(areas)])
    named = _town_first(gazetteer, name, [ranked for ranked in found if not ranked.area_only])
    others = tuple(Alternative(r.place, r.score, _reasons(r)) for r in named[1 : 1 + ALTERNATIVES])
    if not named or found[0].area_only:
        why = (
            (Reason("unmatched", 0.0, f"no place called {name!r} is known there"), *_reasons(found[0])) if found else ()
        )
        why = why or (Reason("unmatched", 0.0, f"no place called {name!r} is known"),)
        likely = tuple(Alternative(r.place, r.score, _reasons(r)) for r in named[:ALTERNATIVES])
        return Named("unmatched", None, areas, 0.0, why, likely, notes=notes)
    best = named[0]
    rival = _rival(gazetteer, named)
    reasons = _reasons(best)
    if rival is not None:
        told = f"{rival.place.name!r} at {rival.place.lat:.3f}, {rival.place.lon:.3f} is as likely"
        reasons = (*reasons, Reason("rival", round(rival.score - best.score, 4), told))
    status: MentionStatus = "ambiguous" if rival is not None else "resolved"
    fuzzy = best.candidate.match == "fuzzy"
    return Named(status, best.place, areas, best.score, reasons, others, fuzzy, notes)


def _town_first(gazetteer: Gazetteer, name: str, named: list[Ranked]) -> list[Ranked]:
    """Put the town before the province or district that is called after it, unless the name says which is meant."""
    if not named or named[0].place.feature_class != "A" or describe(name).features:
        return named
    towns = (r for r in named if r.place.feature_class == "P" and r.candidate.match in {"exact", "variant"})
    town = next((town for town in towns if gazetteer.within(town.place, named[0].place)), None)
    return named if town is None else [town, *(ranked for ranked in named if ranked is not town)]


def _rival(gazetteer: Gazetteer, named: Sequence[Ranked]) -> Ranked | None:
    """Return an answer that is as good as the first and lies elsewhere; an area that holds the first is none."""
    best = named[0]
    for other in named[1:]:
        apart = distance_km(best.place.lat, best.place.lon, other.place.lat, other.place.lon)
        as_good = apart > SAME_GROUND_KM and best.score - other.score < TIE
        if as_good and not (other.place.feature_class == "A" and gazetteer.within(best.place, other.place)):
            return other
    return None


def _area_alone(areas: tuple[Area, ...], notes: tuple[str, ...]) -> Named:
    if not areas:
        return Named("unmatched", None, notes=notes)
    why = Reason("area", 1.0, f"the row names no place, only {areas[-1].said!r}")
    return Named("resolved", areas[-1].place, areas, 1.0, (why,), notes=notes)


def _unknown_areas(key: Key, areas: tuple[Area, ...]) -> Iterable[str]:
    """Say which areas were named but not understood."""
    heard = {area.said for area in areas}
    for name in key[:-1]:
        if name and _ASIDE.sub("", name) not in heard:
            yield f"{name!r} is not known, or does not lie in the other areas that the row names: not used"


def _reasons(ranked: Ranked) -> tuple[Reason, ...]:
    return tuple(Reason(why.feature, why.contribution, why.text) for why in ranked.reasons)
