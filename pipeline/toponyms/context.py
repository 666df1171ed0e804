"""What the rest of a report says of each candidate: the countries, provinces and places of its other names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.toponyms.neighbours import apart_km, loudest, on_sphere, together
from pipeline.toponyms.readings import ALONE, HOLDS_COUNTRY, HOLDS_PROVINCE, REACH_KM, Flags, Floats, Ints
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
    "outlet", "outlet_admin1", "has_outlet", "outlet_country", "has_country", "press", "press_admin1", "has_press",
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


@dataclass(frozen=True, slots=True)
class Voices:
    """What of the lines of a report is the same in every pass."""

    weight: Floats  # of a line's name among the others
    named: Floats  # (kinds, lines): 1 where a line can name what its code of that kind stands for
    is_felt: Flags  # whether nearness to it is felt
    is_coarse: Flags  # whether it only sounds like the name
    others: Floats  # how much the other names weigh
    outlet: list[Floats]
    press: list[Floats]


def voices_of(sheet: Sheet, homes: Homes = NO_HOMES) -> Voices:
    """Return what stays the same of a report whose outlet may be at ``homes``."""
    weight = 1.0 + np.log(sheet.times)
    weight[[r.is_adjective for r in sheet.readings]] *= DEMONYM
    of_lines = weight[sheet.named]
    always = np.ones(len(of_lines))
    return Voices(
        of_lines,
        np.array([always, sheet.holds == HOLDS_COUNTRY, sheet.holds == HOLDS_PROVINCE, 0.0 * always]),
        (sheet.alone[:, _IS_COUNTRY] <= 0) | sheet.is_local,
        sheet.alone[:, _SKELETON] + sheet.alone[:, _FUZZY] > 0,
        np.log1p(weight.sum() - of_lines) / 3.0,
        [*at_home(sheet, homes), *_of_domain(sheet, homes)],
        at_home(sheet, NO_HOMES),
    )


def hear(sheet: Sheet, shares: Floats, voices: Voices) -> Heard:
    """Return what the names of a report say of each other, each by the shares of its readings.

    Parameters
    ----------
    sheet : Sheet
    shares : array (rows,)
        Of the pass before.
    voices : Voices
        Of the sheet.
    """
    share = line_shares(sheet, shares)
    (_, country, province, county), (_, country_first, province_first, _) = _shares(sheet, share * voices.weight)
    place_named, country_named, province_named, _ = _named(sheet, share * voices.named)
    near = _nearness(sheet, share)
    columns = [
        country, country_first, country_named, province, province_first, province_named, county, place_named,
        *together(near, sheet.others) * voices.is_felt, voices.is_coarse * (country - 1.0),
        voices.others, *_of_dateline(sheet, shares), *voices.outlet, *voices.press,
    ]  # fmt: skip
    return Heard(np.array(columns).T, near[2])


def line_shares(sheet: Sheet, shares: Floats) -> Floats:
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


def _by_code(sheet: Sheet, values: Floats) -> Floats:
    """Return (names, codes): what the other names give each code, of values (kinds, lines)."""
    size = len(sheet.names), len(sheet.is_code)
    own = np.bincount(sheet.cells.ravel(), values.ravel(), size[0] * size[1]).reshape(size)
    found: Floats = np.maximum(own.sum(axis=0) - own, 0.0) * sheet.is_code
    return found


def _shares(sheet: Sheet, values: Floats) -> tuple[Floats, Flags]:
    """Return (kinds, lines): the share of each line's country, say, in the report, and whether it is the largest."""
    rest = _by_code(sheet, np.broadcast_to(values, sheet.cells.shape))
    found = rest.ravel()[sheet.cells]
    highest = np.maximum.reduceat(rest, sheet.kinds, axis=1).T[:, sheet.named]
    whole = np.add.reduceat(rest, sheet.kinds, axis=1).T[:, sheet.named] + UNHEARD
    return found / whole, (found >= highest) & (found > FAINT)


def _named(sheet: Sheet, values: Floats) -> Floats:
    """Return (kinds, lines), 0 to 1: how surely another name means the place of each line's code."""
    found: Floats = np.minimum(_by_code(sheet, values).ravel()[sheet.cells], 1.0)
    return found


def _nearness(sheet: Sheet, share: Floats) -> Floats:
    """Return (scales, lines, names): how near each line lies to the names' readings, by the root of their shares.

    The root lets a reading that is unlikely by itself ("Walker County" of six) speak for the town inside it.
    """
    at = np.flatnonzero(sheet.is_local & (share > 0))
    km = apart_km(sheet.sphere, sheet.sphere[:, at])
    km /= -sheet.reach[at]
    near = np.exp(km / _SCALES)
    near *= np.sqrt(share[at])
    return loudest(near, sheet.named[at], len(sheet.names))


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
            km = apart_km(sheet.sphere, sheet.sphere[:, [line]])[:, 0]
            near = np.maximum(near, other * np.exp(-km / (3 * REACH_KM)))
    return same, near


def at_home(sheet: Sheet, homes: Homes, *, overlapping: bool = False) -> list[Floats]:
    """Return how near each line lies to the outlet's home, whether it is in its province, and if there is one.

    ``overlapping``: the shares of the homes are of the same reports, and do not add up.
    """
    none = np.zeros(len(sheet.named))
    if not len(homes.share):
        return [none, none, none]
    km = apart_km(sheet.sphere, on_sphere(homes.lat, homes.lon))
    near = (homes.share * np.exp(-km / REACH_KM)).max(axis=1)
    inside = (sheet.province[:, None] == homes.province) & (homes.province > 0)
    shares = homes.share * inside
    return [near, shares.max(axis=1) if overlapping else np.minimum(1.0, shares.sum(axis=1)), none + 1.0]


def _of_domain(sheet: Sheet, homes: Homes) -> list[Floats]:
    """Return whether each line is in the country of the outlet's domain, and if that says one."""
    is_said = homes.country > 0
    return [((sheet.country == homes.country) & is_said).astype(float), np.full(len(sheet.named), float(is_said))]
