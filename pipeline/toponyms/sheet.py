"""The candidates of a whole report in one table: what the ranking passes read and fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gazetteer.models import Candidate
from pipeline.models import Mention
from pipeline.toponyms.readings import Flags, Floats, Ints, Readings

_CODES = ("place", "country", "province", "county")
_OF_LINES = (*_CODES, "lat", "lon", "reach", "is_local", "holds", "alone")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report's names with their readings, and its mentions as rows of those.

    A *name* is what several mentions may share; its readings are consecutive lines. A mention has a row for each
    reading of its name: ``line[row]`` is the reading's line, ``owner[row]`` the mention, ``first[mention]`` its first row.
    Only mentions with candidates are here.
    """

    mentions: tuple[Mention, ...]
    names: tuple[str, ...]  # as first written
    name_of: Ints  # of each mention
    times: Floats  # how often each name is written
    readings: tuple[Readings, ...]  # of each name
    begin: Ints  # first line of each name
    named: Ints  # name of each line
    line: Ints
    owner: Ints
    first: Ints
    spans: tuple[slice, ...]  # rows of each mention
    place: Ints  # of each line, as the rest
    country: Ints
    province: Ints
    county: Ints
    lat: Floats
    lon: Floats
    reach: Floats
    is_local: Flags
    holds: Ints
    alone: Floats
    codes: Mapping[
        str, tuple[Ints, Ints]
    ]  # of place, country, province, county: those of the report, each line's number

    @classmethod
    def of(cls, mentions: Sequence[Mention], readings: Sequence[Readings]) -> Sheet:
        """Return the sheet of mentions and the readings of each."""
        keys = [name_key(m.text, adjective=m.kind == "demonym") for m in mentions]
        numbers = {key: n for n, key in enumerate(dict.fromkeys(keys))}
        of_name = {key: r for key, r in zip(reversed(keys), reversed(readings), strict=True)}
        books = [of_name[key] for key in numbers]
        sizes = np.array([len(b.candidates) for b in books])
        begin = np.cumsum(sizes) - sizes
        name_of = np.array([numbers[key] for key in keys])
        counts = Counter(keys)
        own = sizes[name_of]
        first = np.cumsum(own) - own
        owner = np.repeat(np.arange(len(mentions)), own)
        lines = {key: np.concatenate([getattr(b, key) for b in books]) for key in _OF_LINES}
        spans = tuple(slice(start, start + size) for start, size in zip(first.tolist(), own.tolist(), strict=True))
        return cls(
            tuple(mentions), tuple(mentions[keys.index(k)].text for k in numbers), name_of, np.array([float(counts[k]) for k in numbers]), tuple(books),
            begin, np.repeat(np.arange(len(books)), sizes),
            begin[name_of][owner] + np.arange(len(owner)) - first[owner], owner, first, spans,
            *lines.values(), {key: np.unique(lines[key], return_inverse=True) for key in _CODES},
        )  # fmt: skip

    def candidates(self, mention: int) -> tuple[Candidate, ...]:
        """Return the candidates of a mention, in the order of its rows."""
        return self.readings[self.name_of[mention]].candidates

    def rows(self, mention: int) -> slice:
        """Return the rows of a mention."""
        return self.spans[mention]


def name_key(text: str, *, adjective: bool) -> str:
    """Return what mentions of one name share; an adjective is a name of its own."""
    key = " ".join(text.casefold().split())
    return f"{key} (adjective)" if adjective else key
