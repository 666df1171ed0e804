"""The candidates of some reports in one table: what the ranking passes read and fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from gazetteer.models import Candidate
from pipeline.models import Mention
from pipeline.toponyms.neighbours import on_sphere
from pipeline.toponyms.ragged import Ragged
from pipeline.toponyms.readings import CODE_BITS, CODES, Flags, Floats, Ints, Readings

KINDS = CODES[:4]  # of codes: those of places
#: Of a sheet: more make arrays that the processor does not keep at hand. Report, kind and code make one number, which
#: leaves room for 32.
MOST_REPORTS = 8


@dataclass(frozen=True, slots=True)
class Codes:
    """How often the names of a report mean each country, say: a table (names, codes) for each report and kind.

    The tables stand one after the other, as *cells*: those of a report together, in it those of a kind, in these those
    of a name.
    """

    of_lines: Ints  # (kinds, lines): the cell of a line's name and code
    names: Ints  # (kinds, lines): which name and kind, of all reports, that cell is of
    begins: Ints  # where the cells of each name and kind begin
    codes: Ints  # the code of each cell
    is_code: Flags  # of each cell: not so the code for "none"
    count: int  # of codes

    @classmethod
    def of(cls, lines: Ints, report: Ints, own: Ints, names: Ragged) -> Self:
        """Return the tables for codes (kinds, lines) of lines, each of a report and the how manieth of its names."""
        kinds, reports = len(lines), len(names.sizes)
        heads = np.arange(reports * kinds) << CODE_BITS  # of report and kind
        table = report * kinds + np.arange(kinds)[:, None]
        known, codes = np.unique(lines | heads[table], return_inverse=True)
        first = known.searchsorted(heads)
        widths = np.diff(first, append=len(known))
        of_table = Ragged.of(names.sizes.repeat(kinds))  # the names of each table
        rows = of_table.owners
        cells = Ragged.of(widths[rows])
        name = of_table.begins[table] + own
        here = (first[rows] - cells.begins).repeat(cells.sizes) + np.arange(int(cells.sizes.sum()))
        codes = codes.reshape(lines.shape)
        is_code = (known & ((1 << CODE_BITS) - 1)) != 0
        return cls(cells.begins[name] + codes - first[table], name, cells.begins, here, is_code[here], len(known))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names of some reports with their readings, and their mentions as rows of those.

    A *name* is what several mentions of a report may share; its readings are consecutive lines. A mention has a row for
    each reading of its name: ``line[row]`` is the reading's line, ``owner[row]`` the mention, ``first[mention]`` its
    first row. Only mentions with candidates are here. Reports say nothing of each other, and stand one after the other.
    """

    mentions: tuple[Mention, ...]
    names: tuple[str, ...]  # as first written
    name_of: Ints  # of each mention
    times: Floats  # how often each name is written
    readings: tuple[Readings, ...]  # of each name
    named: Ints  # name of each line
    line: Ints
    owner: Ints
    first: Ints
    spans: tuple[slice, ...]  # rows of each mention
    country: Ints  # of each line, as the rest
    province: Ints
    lat: Floats
    lon: Floats
    sphere: Floats  # (3, lines): where it lies on a sphere of radius 1, in 32 bits: to half a metre
    reach: Floats  # in 32 bits too
    is_local: Flags
    holds: Ints
    alone: Floats
    within: Ints  # of each line: the how manieth of its name
    heard: Flags  # of each mention: whether it is none of the boilerplate's
    datelines: tuple[int, ...]  # the mentions in one
    report: Ints  # of each line
    report_of: Ints  # of each mention
    names_of: Ragged  # the names of each report
    lines_of: tuple[slice, ...]  # the lines of each report
    codes: Codes
    beside: Ragged  # for each line the names of its report: cells that say how near it lies to each
    cells: int  # how many of these there are

    @classmethod
    def of(
        cls, mentions: Sequence[Mention], readings: Sequence[Readings], reports: Sequence[int] | None = None
    ) -> Self:
        """Return the sheet of mentions and the readings of each.

        Parameters
        ----------
        mentions, readings : sequence
        reports : sequence of int, optional
            The number of each mention's report, from 0, ascending and without gaps, at most :data:`MOST_REPORTS`.
            Default: all are of one.
        """
        report_of = np.zeros(len(mentions), dtype=np.int64) if reports is None else np.array(reports)
        begins, name_of = _names(mentions, report_of)
        books = tuple(readings[at] for at in begins)
        of_name = Ragged.of([len(b.candidates) for b in books])
        rows = Ragged.of(of_name.sizes[name_of])
        named = of_name.owners
        names_of = Ragged.counted(report_of[begins], int(report_of[-1]) + 1)
        report = report_of[begins][named]
        of_lines = np.concatenate([b.codes for b in books], axis=1)
        lat, lon, reach, is_local, *_ = np.concatenate([b.spots for b in books], axis=1)
        _, country, province, _, holds = of_lines
        beside = Ragged.of(names_of.sizes[report])
        return cls(
            mentions=tuple(mentions),
            names=tuple(mentions[at].text for at in begins),
            name_of=name_of,
            times=np.bincount(name_of).astype(float),
            readings=books,
            named=named,
            line=of_name.begins[name_of].repeat(rows.sizes) + rows.within,
            owner=rows.owners,
            first=rows.begins,
            spans=rows.slices(),
            country=country,
            province=province,
            lat=lat,
            lon=lon,
            sphere=on_sphere(lat, lon).astype(np.float32),
            reach=reach.astype(np.float32),
            is_local=is_local > 0,
            holds=holds,
            alone=np.concatenate([b.alone for b in books]),
            within=of_name.within,
            heard=np.array([not any(c.startswith("boilerplate") for c in m.cues) for m in mentions]),
            datelines=tuple(n for n, m in enumerate(mentions) if "dateline" in m.cues),
            report=report,
            report_of=report_of,
            names_of=names_of,
            lines_of=Ragged.counted(report, len(names_of.sizes)).slices(),
            codes=Codes.of(of_lines[: len(KINDS)], report, named - names_of.begins[report], names_of),
            beside=beside,
            cells=int(beside.sizes.sum()),
        )

    def near_cells(self, lines: Ints, names: Ints) -> Ints:
        """Return which of the cells of :attr:`beside` are those of lines and names of the same report."""
        found: Ints = self.beside.begins[lines] + names - self.names_of.begins[self.report[lines]]
        return found

    def candidates(self, mention: int) -> tuple[Candidate, ...]:
        """Return the candidates of a mention, in the order of its rows."""
        return self.readings_of(mention).candidates

    def every_candidate(self) -> list[Candidate]:
        """Return the candidate of each row."""
        return [candidate for name in self.name_of.tolist() for candidate in self.readings[name].candidates]

    def readings_of(self, mention: int) -> Readings:
        """Return the readings of a mention's name."""
        return self.readings[int(self.name_of[mention])]

    def rows(self, mention: int) -> slice:
        """Return the rows of a mention."""
        return self.spans[mention]


def _names(mentions: Sequence[Mention], report_of: Ints) -> tuple[list[int], Ints]:
    """Return the first mention of each name, and the number of each mention's name: a name is one report's."""
    keys = [
        (number, name_key(m.text, adjective=m.kind == "demonym"))
        for number, m in zip(report_of.tolist(), mentions, strict=True)
    ]
    begins = {key: at for at, key in reversed(list(enumerate(keys)))}
    numbers = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    return [begins[key] for key in numbers], np.array([numbers[key] for key in keys])


def name_key(text: str, *, adjective: bool) -> str:
    """Return what mentions of one name share; an adjective is a name of its own."""
    key = " ".join(text.casefold().split())
    return f"{key} (adjective)" if adjective else key
