"""The candidates of a whole report in one table: what the ranking passes read and fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gazetteer.models import Candidate
from pipeline.models import Mention
from pipeline.toponyms.neighbours import on_sphere
from pipeline.toponyms.readings import CODE_BITS, CODES, Flags, Floats, Ints, Readings

KINDS = CODES[:4]  # of codes: those of places


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report's names with their readings, and its mentions as rows of those.

    A *name* is what several mentions may share; its readings are consecutive lines. A mention has a row for each
    reading of its name: ``line[row]`` is the reading's line, ``owner[row]`` the mention, ``first[mention]`` its first
    row. Only mentions with candidates are here.
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
    sphere: Floats  # (3, lines): where it lies on a sphere of radius 1
    reach: Floats
    is_local: Flags
    holds: Ints
    alone: Floats
    cells: Ints  # (kinds, lines): where a line's code of each of KINDS stands in a table (names, codes of the report)
    kinds: Ints  # the first code of each of KINDS
    is_code: Flags  # of each code: not so the one for "none"
    within: Ints  # of each line: the how manieth of its name
    others: Flags  # (lines, names): whether a name is another than the line's
    heard: Flags  # of each mention: whether it is none of the boilerplate's
    datelines: tuple[int, ...]  # the mentions in one

    @classmethod
    def of(cls, mentions: Sequence[Mention], readings: Sequence[Readings]) -> Sheet:
        """Return the sheet of mentions and the readings of each."""
        keys = [name_key(m.text, adjective=m.kind == "demonym") for m in mentions]
        begins = {key: at for at, key in reversed(list(enumerate(keys)))}
        numbers = {key: n for n, key in enumerate(dict.fromkeys(keys))}
        books = tuple(readings[begins[key]] for key in numbers)
        name_of = np.array([numbers[key] for key in keys])
        sizes = np.array([len(b.candidates) for b in books])
        own, begin = sizes[name_of], np.cumsum(sizes) - sizes
        first, owner = np.cumsum(own) - own, np.repeat(np.arange(len(keys)), own)
        named = np.repeat(np.arange(len(books)), sizes)
        of_lines = np.concatenate([b.codes for b in books], axis=1)
        lat, lon, reach, is_local, *_ = np.concatenate([b.spots for b in books], axis=1)
        _, country, province, _, holds = of_lines
        codes, kinds, is_code = _numbered(of_lines[: len(KINDS)])
        return cls(
            mentions=tuple(mentions),
            names=tuple(mentions[begins[key]].text for key in numbers),
            name_of=name_of,
            times=np.bincount(name_of).astype(float),
            readings=books,
            named=named,
            line=begin[name_of][owner] + np.arange(len(owner)) - first[owner],
            owner=owner,
            first=first,
            spans=tuple(slice(start, start + size) for start, size in zip(first.tolist(), own.tolist(), strict=True)),
            country=country,
            province=province,
            lat=lat,
            lon=lon,
            sphere=on_sphere(lat, lon),
            reach=reach,
            is_local=is_local > 0,
            holds=holds,
            alone=np.concatenate([b.alone for b in books]),
            within=np.arange(len(named)) - begin[named],
            others=named[:, None] != np.arange(len(books)),
            heard=np.array([not any(c.startswith("boilerplate") for c in m.cues) for m in mentions]),
            datelines=tuple(n for n, m in enumerate(mentions) if "dateline" in m.cues),
            cells=named * len(is_code) + codes,
            kinds=kinds,
            is_code=is_code,
        )

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


def _numbered(codes: Ints) -> tuple[Ints, Ints, Flags]:
    """Return codes (kinds, lines) as numbers from 0, kind after kind; the first of each kind; which are codes."""
    kinds = np.arange(len(codes)) << CODE_BITS
    known, numbers = np.unique(codes | kinds[:, None], return_inverse=True)
    return numbers.reshape(codes.shape), np.searchsorted(known, kinds), known & ((1 << CODE_BITS) - 1) != 0


def name_key(text: str, *, adjective: bool) -> str:
    """Return what mentions of one name share; an adjective is a name of its own."""
    key = " ".join(text.casefold().split())
    return f"{key} (adjective)" if adjective else key
