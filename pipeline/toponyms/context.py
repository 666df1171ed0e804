"""What the rest of a report says of each candidate: the countries, provinces and places of its other names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.toponyms.neighbours import distances_km, loudest, together
from pipeline.toponyms.readings import ALONE, HOLDS_COUNTRY, HOLDS_PROVINCE, REACH_KM, Floats, Ints
from pipeline.toponyms.sheet import Sheet

SURE = 0.5  # the least share of a dateline that is heard
UNHEARD = 1.0  # weight of what a report does not say: one name alone settles nothing
DEMONYM = 0.5  # what an adjective weighs beside a place: "an Iranian leader in Baghdad"
FAINT = 0.01  # readings of a smaller share are not heard
SCALES = (0.5, 1.0, 3.0, 10.0)  # of a reading's reach, at which nearness is felt
_SCALES = np.array(SCALES)[:, None, None]
_IS_COUNTRY, _SKELETON, _FUZZY = (ALONE.index(name) for name in ("is_country", "skeleton", "fuzzy"))
#: Columns of a line (a reading of a name), from what the other names say.
AROUND = (
    "country", "country_first", "country_named", "admin1", "admin1_first", "admin1_named", "admin2",
    "same", "nearby_30", "nearby", "nearby_200", "nearby_600", "spelling", "others", "dateline", "dateline_near",
    "outlet", "outlet_admin1", "has_outlet", "outlet_country", "has_country",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Homes:
    """Where the outlet of a report may be at home: radians, shares, codes of provinces; empty if unknown."""

    lat: Floats
    lon: Floats
    share: Floats
    province: Ints
    country: int = 0  # of the domain; 0: not said


NO_HOMES = Homes(np.empty(0), np.empty(0), np.empty(0), np.empty(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Heard:
    """What the other names say: columns of lines, and how near each line lies to each name of the report."""

    columns: Floats  # (lines, len(AROUND))
    near: Floats  # (lines, names)


def hear(sheet: Sheet, shares: Floats, homes: Homes = NO_HOMES) -> Heard:
    """Return what the names of a report say of each other, each by the shares of its readings.

    Parameters
    ----------
    sheet : Sheet
    shares : array (rows,)
        Of the pass before.
    homes : Homes, optional
        Of the outlet.
    """
    share = _line_shares(sheet, shares)
    weight = _weights(sheet)
    weighed = share * weight[sheet.named]
    country, country_first = _shares(sheet, "country", weighed)
    province, province_first = _shares(sheet, "province", weighed)
    near = _nearness(sheet, share)
    is_vast = (sheet.alone[:, _IS_COUNTRY] > 0) & ~sheet.is_local
    is_coarse = sheet.alone[:, _SKELETON] + sheet.alone[:, _FUZZY] > 0
    columns = [
        country, country_first, _named(sheet, "country", share * (sheet.holds == HOLDS_COUNTRY)),
        province, province_first, _named(sheet, "province", share * (sheet.holds == HOLDS_PROVINCE)),
        _shares(sheet, "county", weighed)[0], _named(sheet, "place", share),
        *together(near, sheet.others) * ~is_vast, np.where(is_coarse, country - 1.0, 0.0),
        np.log1p(weight.sum() - weight[sheet.named]) / 3.0, *_of_dateline(sheet, shares), *_of_outlet(sheet, homes),
    ]  # fmt: skip
    return Heard(np.array(columns).T, near[2])


def _line_shares(sheet: Sheet, shares: Floats) -> Floats:
    """Return the shares of each name's readings where it is surest; boilerplate is not heard, nor what is faint."""
    rising = np.argsort(np.maximum.reduceat(shares, sheet.first), kind="stable")
    rising = rising[sheet.heard[rising]]
    surest = np.full(len(sheet.names), -1)
    surest[sheet.name_of[rising]] = rising  # of several of one name the last one stays
    mention = surest[sheet.named]
    lines = np.flatnonzero(mention >= 0)
    found = np.zeros(len(mention))
    found[lines] = shares[sheet.first[mention[lines]] + sheet.within[lines]]
    return np.where(found > FAINT, found, 0.0)


def _weights(sheet: Sheet) -> Floats:
    found: Floats = 1.0 + np.log(sheet.times)
    found[[r.is_adjective for r in sheet.readings]] *= DEMONYM
    return found


def _by_code(sheet: Sheet, codes: str, values: Floats) -> tuple[Ints, Floats]:
    """Return for each line the number of its code, and what the other names give each code: (names, codes)."""
    known, number = sheet.codes[codes]
    size = len(sheet.names), len(known)
    own = np.bincount(sheet.named * size[1] + number, values, size[0] * size[1]).reshape(size)
    rest = np.maximum(own.sum(axis=0) - own, 0.0)
    if known[0] == 0:
        rest[:, 0] = 0.0
    return number, rest


def _shares(sheet: Sheet, codes: str, values: Floats) -> tuple[Floats, Floats]:
    """Return the share of each line's country or province in the report, and whether it is the largest."""
    number, rest = _by_code(sheet, codes, values)
    found = rest[sheet.named, number]
    highest = rest.max(axis=1)[sheet.named]
    whole = rest.sum(axis=1)[sheet.named] + UNHEARD
    return found / whole, ((found >= highest) & (found > FAINT)).astype(float)


def _named(sheet: Sheet, codes: str, values: Floats) -> Floats:
    """Return 0 to 1: how surely another name means the place of each line's code."""
    number, rest = _by_code(sheet, codes, values)
    found: Floats = np.minimum(rest[sheet.named, number], 1.0)
    return found


def _nearness(sheet: Sheet, share: Floats) -> Floats:
    """Return (scales, lines, names): how near each line lies to the names' readings, by the root of their shares.

    The root lets a reading that is unlikely by itself ("Walker County" of six) speak for the town inside it.
    """
    at = np.flatnonzero(sheet.is_local & (share > 0))
    km = distances_km(sheet.lat, sheet.lon, sheet.lat[at], sheet.lon[at]) / -sheet.reach[at]
    return loudest(np.sqrt(share[at]) * np.exp(km / _SCALES), sheet.named[at], len(sheet.names))


def _of_dateline(sheet: Sheet, shares: Floats) -> tuple[Floats, Floats]:
    """Return whether a line is in the country of the dateline, and how near it."""
    same, near = np.zeros(len(sheet.named)), np.zeros(len(sheet.named))
    for number in sheet.datelines:
        rows = sheet.rows(number)
        best = rows.start + int(np.argmax(shares[rows]))
        if shares[best] >= SURE:
            line = sheet.line[best]
            other = sheet.named != sheet.named[line]
            same = np.maximum(same, (sheet.country == sheet.country[line]) & (sheet.country > 0))
            km = distances_km(sheet.lat, sheet.lon, sheet.lat[[line]], sheet.lon[[line]])[:, 0]
            near = np.maximum(near, other * np.exp(-km / (3 * REACH_KM)))
    return same, near


def _of_outlet(sheet: Sheet, homes: Homes) -> list[Floats]:
    """Return how near each line lies to the outlet's home, if in its province, if there is one; of its country too."""
    none = np.zeros(len(sheet.named))
    country = [((sheet.country == homes.country) & (homes.country > 0)).astype(float), none + float(homes.country > 0)]
    if not len(homes.share):
        return [none, none, none, *country]
    km = distances_km(sheet.lat, sheet.lon, homes.lat, homes.lon)
    near = (homes.share * np.exp(-km / REACH_KM)).max(axis=1)
    inside = (sheet.province[:, None] == homes.province) & (homes.province > 0)
    return [near, np.minimum(1.0, (homes.share * inside).sum(axis=1)), none + 1.0, *country]
