"""Say in words what spoke for a candidate and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gazetteer.models import Candidate
from pipeline.models import Reason
from pipeline.toponyms.readings import Floats

SMALLEST = 0.0005  # a contribution that is rounded to nothing is not told


def reasons_of(names: Sequence[str], added: Floats, candidate: Candidate, said: Mapping[str, str]) -> tuple[Reason, ...]:
    """Return the reasons of a candidate, the weightiest first.

    Parameters
    ----------
    names : sequence of str
        Features, or groups of them.
    added : array (names,)
        To the logit.
    candidate : Candidate
    said : mapping
        Names of the report that a reason can tell of: ``nearby``, ``outlet``.
    """
    words = _words(candidate, said)
    found = [
        Reason(name, round(value, 3), words[name][value < 0])
        for name, value in zip(names, added.tolist(), strict=True)
        if abs(value) >= SMALLEST
    ]
    return tuple(sorted(found, key=lambda r: -abs(r.contribution)))


def _words(candidate: Candidate, said: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return for each feature what is said where it speaks for the candidate, and where against it."""
    place, near, outlet = candidate.place, said.get("nearby", ""), said.get("outlet", "")
    outlet = f", {outlet}" if outlet else ""
    people = f"population {place.population:,}" if place.population else "no population known"
    kind = f"kind of place: {place.feature_class}.{place.feature_code}"
    name, usual = f"“{candidate.matched_name}” ({candidate.match})", f"its usual name is “{place.name}”"
    country, admin1 = place.country or "no one country", place.admin1 or place.name
    return {
        "name": (f"the name matches {name}", f"the name matches no better than {name}"),
        "own": (usual, usual),
        "spelling": ("the consonants agree", "only the consonants agree, and little else in the report is in that country"),
        "prominence": (people, people),
        "rivals": ("few other places have the name", "many other places have the name"),
        "kind": (kind, kind),
        "cue": ("the word beside the name fits this kind of place", "the word beside the name does not fit"),
        "seat": ("the word beside the name means the province", "a town of that name lies in it, and nothing says that the province is meant"),
        "country": (f"the report names other places in {country}", f"the report names few other places in {country}"),
        "admin1": (f"the report names other places in {admin1}", f"the report names few other places in {admin1}"),
        "same": ("another name of the report means the same place", "no other name of the report means the same place"),
        "nearby": (
            f"close to “{near}” of the same report" if near else "close to other places of the report",
            "far from the other places of the report",
        ),
        "container": ("lies in the area named with it", "not in the area named with it"),
        "relation": ("lies where the words say", "does not lie where the words say"),
        "usual": (f"reports usually mean {place.name} by this name", "reports usually mean another place by this name"),
        "dateline": ("in the country of the dateline", "away from the dateline"),
        "outlet": (f"near the home of the outlet{outlet}", f"away from the home of the outlet{outlet}"),
    }  # fmt: skip
