"""What speaks for each candidate of each mention of some reports: one table, a row a candidate, a column a feature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from gazetteer.models import Candidate
from gazetteer.names import fold
from pipeline.models import Mention
from pipeline.toponyms.context import AROUND, NO_HOMES, Homes, at_home, hear, voices_of
from pipeline.toponyms.cues import fits, load_cues
from pipeline.toponyms.readings import ALONE, HOLDS_NOTHING, Flags, Floats, Ints, Readings
from pipeline.toponyms.sheet import Sheet
from pipeline.toponyms.surroundings import Bonds, held, relation_fit, within
from pipeline.toponyms.weights import load_weights

WEAK = 0.15
WORTH_NAMING = 0.15
COUNTRY_SURE = 0.6  # a name this surely a country lies in nothing: "in Iraq, U.S. officials said"
BESIDE = (-3, -2, -1, 1, 2, 3)  # mentions whose nearness is felt apart from the rest of the report
_NEXT = [number for number, step in enumerate(BESIDE) if abs(step) == 1]
#: Columns of a mention by itself, and of it among the others.
HERE = ("cue", "said", "is_dateline", "boilerplate", "adjective")
AMONG = ("container", "contained", "relation", "related", "holding", "holder", "beside", "alongside")
FEATURES = (*ALONE, *HERE, *AROUND, *AMONG)
COLUMN = {name: number for number, name in enumerate(FEATURES)}
_SEAT, _IS_COUNTRY = COLUMN["seat"], COLUMN["is_country"]
_HEARD = len(ALONE) + len(HERE)


class Table:
    """The features of some reports, filled in pass by pass.

    Parameters
    ----------
    sheet : Sheet
    bonds : sequence of Bonds
        Of each mention of the sheet.
    homes : sequence of Homes, optional
        Where the outlet of each report may be at home.
    """

    def __init__(self, sheet: Sheet, bonds: Sequence[Bonds], homes: Sequence[Homes] = ()) -> None:
        told = homes or [NO_HOMES] * len(sheet.lines_of)
        self.sheet, self._bonds, self._voices = sheet, bonds, voices_of(sheet, told)
        self._bound = [i for i, bond in enumerate(bonds) if bond.inside or bond.owner is not None]
        self._anchored = [i for i, bond in enumerate(bonds) if bond.anchor is not None]
        self._near = np.zeros(sheet.cells)
        self.values = np.zeros((len(sheet.line), len(FEATURES)))
        self.values[:, : len(ALONE)] = sheet.alone[sheet.line]
        here = np.array([_here(mention) for mention in sheet.mentions])
        self.values[:, len(ALONE) : _HEARD] = here[sheet.owner]
        for number, mention in enumerate(sheet.mentions):
            if mention.cues:
                self.values[sheet.rows(number), COLUMN["cue"]] = _cue(mention, sheet.readings_of(number))
        self._steps = _steps_aside(sheet)
        self.values[:, _SEAT] *= 1.0 - self.values[:, COLUMN["said"]]

    def settle(self, homes: Sequence[Homes]) -> None:
        """Let what is heard from now on know where each outlet's other reports say that it is at home."""
        self._voices = replace(self._voices, press=at_home(self.sheet, homes, overlapping=True))

    def hear(self, shares: Floats) -> None:
        """Fill in what the rest of the report says, by the shares (rows,) of the pass before."""
        sheet = self.sheet
        heard = hear(sheet, shares, self._voices)
        self._near = heard.near
        end = _HEARD + len(AROUND)
        self.values[:, _HEARD:end] = heard.columns[sheet.line]
        among = np.zeros((len(sheet.line), len(AMONG)))
        lies_in_nothing, is_area = self._standing(shares) if self._bound else ([], [])
        bound = [i for i in self._bound if not lies_in_nothing[i]]
        container = self._throughout(self._containers(bound, is_area, shares))
        relation, holding = self._throughout(self._relations(shares)), self._holding(bound, shares)
        for column, told in enumerate((container, relation, holding)):
            for number, values in told.items():
                among[sheet.rows(number), 2 * column], among[sheet.rows(number), 2 * column + 1] = values, 1.0
        among[:, 6:] = self._beside(heard.near)
        self.values[:, end:] = among

    def candidate(self, row: int) -> Candidate:
        """Return the candidate of a row."""
        mention = int(self.sheet.owner[row])
        return self.sheet.candidates(mention)[row - int(self.sheet.first[mention])]

    def nearest(self, row: int) -> str:
        """Return the name of the report whose readings lie nearest to a row's place, empty if none is near."""
        sheet, line = self.sheet, self.sheet.line[row]
        begin, size = int(sheet.beside.begins[line]), int(sheet.beside.sizes[line])
        near = self._near[begin : begin + size]
        at = int(near.argmax())
        return sheet.names[int(sheet.names_of.begins[sheet.report[line]]) + at] if near[at] > WORTH_NAMING else ""

    def _standing(self, shares: Floats) -> tuple[list[bool], list[bool]]:
        """Return for each mention whether it lies in nothing, and whether it is an area, by its likeliest reading.

        An adjective lies in nothing ("an Iranian leader was received in Baghdad"), nor does what is surely a country.
        """
        sheet = self.sheet
        highest = np.maximum.reduceat(shares, sheet.first)
        rows = np.flatnonzero(shares == highest[sheet.owner])
        best = rows[np.searchsorted(sheet.owner[rows], np.arange(len(sheet.first)))]  # the first of those alike
        is_adjective = np.array([r.is_adjective for r in sheet.readings])[sheet.name_of]
        is_country = (self.values[best, _IS_COUNTRY] > 0) & (highest >= COUNTRY_SURE)
        is_area = (highest >= WEAK) & (sheet.holds[sheet.line[best]] != HOLDS_NOTHING)
        return (is_adjective | is_country).tolist(), is_area.tolist()

    def _containers(self, bound: Sequence[int], is_area: Sequence[bool], shares: Floats) -> dict[int, Floats]:
        """Return, by mention, how its rows lie to the areas said to hold it."""
        found = {}
        for i in bound:
            areas = self._areas(i, is_area)
            inner = self.sheet.readings_of(i)
            told = [held(inner, self.sheet.readings_of(j), shares[self.sheet.rows(j)]) for j in areas]
            if told:
                found[i] = told[0] if len(told) == 1 else np.max(told, axis=0)
        return found

    def _areas(self, i: int, is_area: Sequence[bool]) -> list[int]:
        """Return the areas said to hold a mention; one sense a discourse."""
        bond, areas = self._bonds[i], []
        for j in bond.inside:
            if not is_area[j]:
                break
            areas.append(j)
        if bond.owner is not None and is_area[bond.owner]:
            areas.append(bond.owner)
        return [j for j in areas if self._other(i, j)]

    def _relations(self, shares: Floats) -> dict[int, Floats]:
        anchors = ((i, self._bonds[i].anchor) for i in self._anchored)
        return {i: self._relation(i, anchor, shares) for i, anchor in anchors if anchor is not None}

    def _holding(self, bound: Sequence[int], shares: Floats) -> dict[int, Floats]:
        """Return, by mention, how much of what is said to lie in it each reading holds: "Prague, |Oklahoma|"."""
        found: dict[int, Floats] = {}
        for i in bound:
            bond = self._bonds[i]
            for j in (*bond.inside[:1], *([] if bond.owner is None else [bond.owner])):
                if self._other(i, j):
                    inner = within(self.sheet.readings_of(i), self.sheet.readings_of(j))
                    found[j] = np.maximum(found.get(j, 0.0), shares[self.sheet.rows(i)] @ inner)
        return found

    def _throughout(self, found: dict[int, Floats]) -> dict[int, Floats]:
        """Let a name that is placed once ("Prague, Oklahoma") be placed so wherever it stands."""
        if not found:
            return found
        told: dict[int, Floats] = {}
        for number, values in found.items():
            told.setdefault(int(self.sheet.name_of[number]), values)
        names = self.sheet.name_of.tolist()
        return {i: found.get(i, told[name]) for i, name in enumerate(names) if name in told}

    def _other(self, i: int, j: int) -> bool:
        return bool(self.sheet.name_of[i] != self.sheet.name_of[j])

    def _relation(self, i: int, j: int, shares: Floats) -> Floats:
        anchor = self.sheet.candidates(j)[int(np.argmax(shares[self.sheet.rows(j)]))].place
        relation = self.sheet.mentions[j].relation
        rows = self.sheet.candidates(i)
        if relation is None:
            return np.zeros(len(rows))
        return np.array([relation_fit(c.place, anchor, relation) for c in rows])

    def _beside(self, near: Floats) -> Floats:
        """Return how near each row lies to the name before or after it, and to a few on either side: (rows, 2)."""
        cells, counts = self._steps
        felt = near[cells] * counts
        return np.array([felt[_NEXT].max(axis=0), 1.0 - np.prod(1.0 - felt, axis=0)]).T


def _steps_aside(sheet: Sheet) -> tuple[Ints, Flags]:
    """Return (steps, rows): the cell of each row and the name so many mentions on, and whether that is another name."""
    at = sheet.owner + np.array(BESIDE)[:, None]
    inside = np.minimum(np.maximum(at, 0), len(sheet.mentions) - 1)
    own, names = sheet.name_of[sheet.owner], sheet.name_of[inside]
    counts = (at == inside) & (sheet.report_of[inside] == sheet.report[sheet.line]) & (names != own)
    return sheet.near_cells(sheet.line, np.where(counts, names, own)), counts


def _here(mention: Mention) -> tuple[float, ...]:
    is_usual, is_adjective = fold(mention.text) in load_weights().usual_sense, mention.kind == "demonym"
    if not mention.cues:
        return (0.0, float(is_usual), 0.0, 0.0, float(is_adjective))
    said = is_usual or any(c.startswith("feature") for c in mention.cues)
    return (
        0.0,
        float(said),
        float("dateline" in mention.cues),
        float(any(c.startswith("boilerplate") for c in mention.cues)),
        float(is_adjective),
    )


def _cue(mention: Mention, readings: Readings) -> Floats | float:
    nouns = [cue.removeprefix("feature: ") for cue in mention.cues if cue.startswith("feature: ")]
    if "dateline" in mention.cues:
        nouns.append("town")  # a dateline names where the reporter sits
    if not nouns:
        return 0.0
    codes = [f"{c.place.feature_class}.{c.place.feature_code}" for c in readings.candidates]
    return np.array([max(_fit(code, noun) for noun in nouns) for code in codes])


@lru_cache(maxsize=5_000)
def _fit(code: str, noun: str) -> float:
    return 1.0 if fits(code, load_cues().feature_nouns[noun]) else -0.6
