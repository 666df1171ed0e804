"""What the rest of a report says of each candidate: the countries, provinces and places of its other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.toponyms.neighbours import apart_km, beside_km, on_sphere
from pipeline.toponyms.ragged import Ragged, each_with, highest
from pipeline.toponyms.readings import ALONE, HOLDS_COUNTRY, HOLDS_PROVINCE, REACH_KM, Flags, Floats, Ints
from pipeline.toponyms.sheet import Sheet

SURE = 0.5  # the least share of a dateline that is heard
UNHEARD = 1.0  # weight of what a report does not say: one name alone settles nothing
DEMONYM = 0.5  # what an adjective weighs beside a place: "an Iranian leader in Baghdad"
FAINT = 0.01  # readings of a smaller share are not heard
#: Nearness is felt at a half of a reading's reach, the whole, 3 and 10 times; the first two are powers of the third,
#: which takes less time than to work out each.
_WIDE = np.array([[3.0], [10.0]], dtype=np.float32)
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
    near: Floats  # of each of the sheet's cells of a line and a name of its report


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


def voices_of(sheet: Sheet, homes: Sequence[Homes]) -> Voices:
    """Return what stays the same of reports whose outlets may be at ``homes``, one each."""
    weight = 1.0 + np.log(sheet.times)
    weight[[r.is_adjective for r in sheet.readings]] *= DEMONYM
    of_lines = weight[sheet.named]
    whole = np.add.reduceat(weight, sheet.names_of.begins)
    always = np.ones(len(of_lines))
    return Voices(
        of_lines,
        np.array([always, sheet.holds == HOLDS_COUNTRY, sheet.holds == HOLDS_PROVINCE, 0.0 * always]),
        (sheet.alone[:, _IS_COUNTRY] <= 0) | sheet.is_local,
        sheet.alone[:, _SKELETON] + sheet.alone[:, _FUZZY] > 0,
        np.log1p(whole[sheet.report] - of_lines) / 3.0,
        [*at_home(sheet, homes), *_of_domain(sheet, homes)],
        at_home(sheet, ()),
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
        *_together(near, sheet.beside) * voices.is_felt, voices.is_coarse * (country - 1.0),
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
    """Return for each cell of the sheet's codes what the other names give the code, of values (kinds, lines)."""
    codes = sheet.codes
    own = np.bincount(codes.of_lines.ravel(), values.ravel(), len(codes.codes))
    whole = np.bincount(codes.codes, own, codes.count)
    found: Floats = np.maximum(whole[codes.codes] - own, 0.0) * codes.is_code
    return found


def _shares(sheet: Sheet, values: Floats) -> tuple[Floats, Flags]:
    """Return (kinds, lines): the share of each line's country, say, in the report, and whether it is the largest."""
    codes = sheet.codes
    rest = _by_code(sheet, np.broadcast_to(values, codes.of_lines.shape))
    found = rest[codes.of_lines]
    most = np.maximum.reduceat(rest, codes.begins)[codes.names]
    whole = np.add.reduceat(rest, codes.begins)[codes.names] + UNHEARD
    return found / whole, (found >= most) & (found > FAINT)


def _named(sheet: Sheet, values: Floats) -> Floats:
    """Return (kinds, lines), 0 to 1: how surely another name means the place of each line's code."""
    found: Floats = np.minimum(_by_code(sheet, values)[sheet.codes.of_lines], 1.0)
    return found


def _nearness(sheet: Sheet, share: Floats) -> Floats:
    """Return (scales, cells): how near each line lies to what its report's other names may mean, by their shares' root.

    The root lets a reading that is unlikely by itself ("Walker County" of six) speak for the town inside it.
    """
    at = np.flatnonzero(sheet.is_local & (share > 0))
    one, other = each_with(sheet.report, Ragged.counted(sheet.report[at], len(sheet.lines_of)))
    other = at[other]
    is_another = sheet.named[one] != sheet.named[other]
    one, other = one[is_another], other[is_another]
    km = beside_km(sheet.sphere[:, one], sheet.sphere[:, other])
    km /= -sheet.reach[other]
    near = _felt(km) * np.sqrt(share).astype(np.float32)[other]
    return highest(near, sheet.near_cells(one, sheet.named[other]), sheet.cells)


def _felt(reaches: Floats) -> Floats:
    """Return (scales, pairs): what is felt at each scale of what lies minus so many reaches away."""
    third, tenth = np.exp(reaches / _WIDE)
    whole = third * third * third
    return np.array([whole * whole, whole, third, tenth])


def _together(near: Floats, cells: Ragged) -> Floats:
    """Return (scales, lines), 0 to 1: how near a line lies to all names taken together, as independent chances."""
    found: Floats = 1.0 - np.multiply.reduceat(1.0 - near, cells.begins, axis=-1)
    return found


def _of_dateline(sheet: Sheet, shares: Floats) -> tuple[Floats, Floats]:
    """Return whether a line is in the country of its report's dateline, and how near it."""
    same, near = np.zeros(len(sheet.named)), np.zeros(len(sheet.named))
    for number in sheet.datelines:
        rows = sheet.rows(number)
        best = rows.start + int(np.argmax(shares[rows]))
        if shares[best] >= SURE:
            line, all_of = sheet.line[best], sheet.lines_of[sheet.report_of[number]]
            country, sphere = sheet.country[all_of], sheet.sphere[:, all_of]
            other = sheet.named[all_of] != sheet.named[line]
            same[all_of] = np.maximum(same[all_of], (country == sheet.country[line]) & (country > 0))
            km = apart_km(sphere, sheet.sphere[:, [line]])[:, 0]
            near[all_of] = np.maximum(near[all_of], other * np.exp(-km / (3 * REACH_KM)))
    return same, near


def at_home(sheet: Sheet, homes: Sequence[Homes], *, overlapping: bool = False) -> list[Floats]:
    """Return how near each line lies to its outlet's home, whether it is in its province, and if there is one.

    ``homes`` are of each report; none at all where none is known. ``overlapping``: the shares of the homes are of the
    same reports, and do not add up.
    """
    told = Ragged.of([len(home.share) for home in homes])
    found = np.zeros((3, len(sheet.named)))
    if not told.sizes.any():
        return [*found]
    lines = np.flatnonzero(told.sizes[sheet.report])
    one, other = each_with(sheet.report[lines], told)
    starts = np.flatnonzero(np.diff(one, prepend=-1))
    lat, lon, share, province = (
        np.concatenate([getattr(home, name) for home in homes])[other] for name in ("lat", "lon", "share", "province")
    )
    km = beside_km(sheet.sphere[:, lines[one]], on_sphere(lat, lon))
    inside = share * ((sheet.province[lines[one]] == province) & (province > 0))
    found[0, lines] = np.maximum.reduceat(share * np.exp(-km / REACH_KM), starts)
    add = np.maximum if overlapping else np.add
    found[1, lines] = np.minimum(add.reduceat(inside, starts), 1.0)
    found[2, lines] = 1.0
    return [*found]


def _of_domain(sheet: Sheet, homes: Sequence[Homes]) -> list[Floats]:
    """Return whether each line is in the country of the outlet's domain, and if that says one."""
    country = np.array([home.country for home in homes])[sheet.report]
    is_said = country > 0
    return [((sheet.country == country) & is_said).astype(float), is_said.astype(float)]
