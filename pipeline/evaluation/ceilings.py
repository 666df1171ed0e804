"""What could be reached at best, and what is reached without looking at the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from gazetteer import Candidate, Gazetteer, Place
from gazetteer.sphere import distance_km
from pipeline.evaluation.corpora import Row, is_located
from pipeline.toponyms.readings import CANDIDATES

NEAR_KM = 161.0  # 100 miles, the usual measure of geoparsing


def ceiling_and_baseline(
    documents: Sequence[Row], gazetteer: Gazetteer, *, near_km: float = NEAR_KM
) -> dict[str, float]:
    """Return ``ceiling`` and ``population``: shares of the annotated places that have coordinates.

    Parameters
    ----------
    documents : sequence of mapping
        With ``text`` and ``toponyms`` [{start, end, lat, lon}].
    gazetteer : Gazetteer
    near_km : float
        How near is right, in kilometres.

    Returns
    -------
    dict
        ``ceiling``: any candidate of the name (or the land of the demonym) is near; ``population``: the most populous
        place of exactly that name is.

    Examples
    --------
    >>> ceiling_and_baseline(read_documents(path), gazetteer)["ceiling"]  # doctest: +SKIP
    0.93
    """
    find = cache(lambda name: candidates_of(name, gazetteer))
    total = possible = famous = 0
    for document in documents:
        for gold in filter(is_located, document["toponyms"]):
            found = find(document["text"][gold["start"] : gold["end"]])
            total += 1
            possible += any(is_near(gold, candidate.place, near_km) for candidate in found)
            best = most_populous(found)
            famous += best is not None and is_near(gold, best, near_km)
    return {"ceiling": possible / max(total, 1), "population": famous / max(total, 1)}


def candidates_of(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the candidates of a name as resolving asks for them, the land of a demonym among them."""
    written = re.sub(r"\s+", " ", name)
    people = gazetteer.demonym(written)
    found = gazetteer.candidates(written, limit=CANDIDATES)
    return (*found, Candidate(people, written, "variant", 1.0)) if people is not None else found


def most_populous(candidates: Sequence[Candidate]) -> Place | None:
    """Return the place with the most inhabitants among those of exactly the name, if there is one."""
    exact = [c.place for c in candidates if c.match == "exact"]
    return min(exact, key=lambda place: (-place.population, place.place_id), default=None)


def is_near(gold: Row, place: Place, near_km: float) -> bool:
    """Whether a place lies near an annotated one."""
    return distance_km(gold["lat"], gold["lon"], place.lat, place.lon) <= near_km
