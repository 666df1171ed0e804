"""Say in words what spoke for a candidate and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gazetteer.models import Candidate
from pipeline.models import Reason
from pipeline.toponyms.readings import Floats

SMALLEST = 0.05  # what adds less to the logit is not told


def reasons_of(
    names: Sequence[str], added: Floats, candidate: Candidate, said: Mapping[str, str]
) -> tuple[Reason, ...]:
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
    told = [(name, value) for name, value in zip(names, added.tolist(), strict=True) if abs(value) >= SMALLEST]
    told.sort(key=lambda row: -abs(row[1]))
    facts = _facts(candidate, said)
    worded = [(name, value, _WORDS[name][value < 0]) for name, value in told]
    return tuple(
        [
            Reason(name, round(value, 3), words.format_map(facts) if "{" in words else words)
            for name, value, words in worded
        ]
    )


def _facts(candidate: Candidate, said: Mapping[str, str]) -> dict[str, str]:
    """Return what fills the blanks of the words."""
    place = candidate.place
    near, outlet = said.get("nearby", ""), said.get("outlet", "")
    return {
        "match": f"“{candidate.matched_name}” ({candidate.match})",
        "place": place.name,
        "people": f"population {place.population:,}" if place.population else "no population known",
        "kind": f"{place.feature_class}.{place.feature_code}",
        "country": place.country or "no one country",
        "admin1": place.admin1 or place.name,
        "near": f"“{near}” of the same report" if near else "other places of the report",
        "outlet": f", {outlet}" if outlet else "",
    }


#: For each feature what is said where it speaks for a candidate, and where against it.
_WORDS = {
    "name": ("the name matches {match}", "the name matches no better than {match}"),
    "own": ("its usual name is “{place}”", "its usual name is “{place}”"),
    "spelling": ("the consonants agree", "only the consonants agree, and little else in the report is in that country"),
    "prominence": ("{people}", "{people}"),
    "rivals": ("few other places have the name", "many other places have the name"),
    "kind": ("kind of place: {kind}", "kind of place: {kind}"),
    "cue": ("the word beside the name fits this kind of place", "no word beside the name fits this kind of place"),
    "seat": (
        "the word beside the name means the province",
        "a town of that name lies in it, and nothing says that the province is meant",
    ),
    "country": ("the report names other places in {country}", "the report names few other places in {country}"),
    "admin1": ("the report names other places in {admin1}", "the report names few other places in {admin1}"),
    "same": ("another name of the report means the same place", "no other name of the report means the same place"),
    "nearby": ("close to {near}", "far from the other places of the report"),
    "container": ("lies as the areas named beside it say", "not in the area named with it"),
    "relation": ("lies where the words say", "does not lie where the words say"),
    "usual": ("reports usually mean {place} by this name", "reports usually mean another place by this name"),
    "dateline": ("in the country of the dateline", "away from the dateline"),
    "outlet": ("near the home of the outlet{outlet}", "away from the home of the outlet{outlet}"),
    "press": ("near what the outlet's other reports name", "away from what the outlet's other reports name"),
}
