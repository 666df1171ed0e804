"""All sources into one draft of an index: stage each, join what is one, write in order of prominence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from msgspec import structs

from gazetteer.adding.record import AddedSource, added_sources, attribution_rows, read_added
from gazetteer.building.boundaries import Boundaries
from gazetteer.building.joining import Joins, join
from gazetteer.building.staging import Staging, rank
from gazetteer.building.writing import IndexWriter
from gazetteer.sources import Progress, SourcePlace
from gazetteer.sources.world import read_world
from gazetteer.versions import SCHEMA_VERSION, fingerprint, packages, spelling_version

Added = Sequence[tuple[AddedSource, Iterable[SourcePlace]]]
_EVERY = 10_000  # places between two tellings of progress
_SORTS = 5


def assemble(
    draft: Path, path: Path, sources: Iterable[SourcePlace] | None, added: Added | None, tell: Progress
) -> tuple[dict[str, int], str]:
    """Write what is to become the index at ``path`` to ``draft``; return its counts and fingerprint."""
    with closing(Staging(draft.with_name(f"{draft.name}.staged"))) as staging:
        origins = _stage(staging, path, sources, added, tell)
        tell("joining places", 0, 1)
        joins = join(staging)
        mark = fingerprint(origins)
        with closing(IndexWriter(draft, len(staging))) as writer:
            for done, place in enumerate(_in_order(staging, joins)):
                writer.add(place)
                if done % _EVERY == 0:
                    tell("writing places", done, len(staging))
            for done, table in enumerate(writer.sort()):
                tell(f"sorting {table}", done, _SORTS)
            return writer.finish(_meta(mark, origins)), mark


def _stage(
    staging: Staging, path: Path, sources: Iterable[SourcePlace] | None, added: Added | None, tell: Progress
) -> tuple[AddedSource, ...]:
    """Read the base and then what was added; return whom to name for that."""
    if sources is None:
        sources = read_world(tell)
        added = _added_to(path, sources, tell) if added is None else added
    # sorted, so that what decides between equals does not depend on the order in which the base came
    base = sorted(sources, key=lambda source: source.place.place_id)
    del sources  # the base is not held while what comes on top is read
    for _ in staging.add(base):
        pass
    base.clear()
    for origin, places in added or ():
        for count in staging.add(places):
            if count % _EVERY == 0:
                tell(f"reading {origin.key}", count, 0)
    return tuple(origin for origin, _ in added or ())


def _added_to(path: Path, base: Sequence[SourcePlace], tell: Progress) -> Added:
    origins = added_sources(path)
    boundaries = _boundaries(base) if origins else None
    return [(origin, read_added(origin, boundaries, tell)) for origin in origins if boundaries is not None]


def _boundaries(base: Sequence[SourcePlace]) -> Boundaries:
    """Return the divisions drawn: of the first order, and finer ones where that above them is not drawn."""
    drawn = [source for source in base if source.geometry is not None and source.place.feature_class == "A"]
    first = {source.place.place_id for source in drawn if source.place.feature_code == "ADM1"}
    return Boundaries(
        [
            source
            for source in drawn
            if source.place.place_id in first or (source.place.admin1_id and source.place.admin1_id not in first)
        ]
    )


def _in_order(staging: Staging, joins: Joins) -> Iterator[SourcePlace]:
    """Yield the places that are left when those that are one have been joined, by falling prominence."""
    ranks = staging.ranks.copy()
    known_as: dict[str, tuple[str, str]] = {}
    for head in joins.joined():
        source = joins.read(head)
        ranks[head] = rank(source.place)
        if source.place.feature_class == "A":
            name = source.place.name, source.place.place_id
            known_as.update((other, name) for other in source.also)
    heads = np.flatnonzero(joins.is_head())
    order = heads[np.argsort(~ranks[heads], kind="stable")]
    del ranks, heads
    for number in order:
        yield _in_known_division(joins.read(int(number)), known_as)


def _in_known_division(source: SourcePlace, known_as: Mapping[str, tuple[str, str]]) -> SourcePlace:
    """Name the division that a place lies in as the index does, where its own source has another id for it."""
    above = known_as.get(source.place.admin1_id)
    if above is None:
        return source
    return replace(source, place=structs.replace(source.place, admin1=above[0], admin1_id=above[1]))


def _meta(mark: str, origins: Sequence[AddedSource]) -> dict[str, object]:
    return {
        "schema": SCHEMA_VERSION,
        "spelling": spelling_version(),
        "fingerprint": mark,
        "packages": packages(),
        "added": attribution_rows(origins),
    }
