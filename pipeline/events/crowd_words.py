"""The words by which crowds are known (``data/crowds.yaml``) as patterns, alone and as they stand to each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from pipeline.events._words import by_letters

GAP = 140  # characters between a crowd and what it does
SAID = (
    r"\b(?:said|says?|told|tells|according|reported|reports|claimed|accused|blamed|fled|fleeing|watched|saw|escaped)\b"
)
#: where a clause turns to somebody else, or to what was done to those told of
TURNS = r"\b(?:(?:was|were|is|are)(?!\s+\w+ing\b)|been|being|when|after|because|until|by|since|while)\b"
#: a verb of the active: "residents |beat|", "mobs were |torching|"
ACTIVE = (
    r"(?:(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )(?<!\bgot )(?<!\bis )(?<!\bare )|(?=\w+ing\b))\b"  # behind it
)
#: not behind a participle of the passive, as headlines have it: "villagers |killed in| raid"
WITH_OBJECT = (
    r"(?!\s*(?:[.,;:]|$|(?:in|at|on|by|near|during|when|as|after|amid|over|and|from|with|for"
    r"|to(?!\s+death\s+(?!by|in|on|at|near|during|when|,|\.)\w))\b))"
)
#: what is wrecked is said after the verb, unless that ends with the fire: "set the huts on |fire|"
WITH_THING = r"(?:(?<=fire)|(?<=ablaze)|(?<=alight)|(?<=aflame)|(?<=torch)|(?!\s*(?:[.,;:]|$)))"
BEFORE_FORCES = r"\s+(?:(?!an?\s+(?!police|army|military|gendarmerie|security)|one\b)[\w-]+\s+){0,2}?"


@cache
def words(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of words.

    Examples
    --------
    >>> words("crowd_weapons").search("police used tear gas")[0]
    'tear gas'
    """
    return re.compile(rf"(?<![\w-]){_list(name)}(?![\w-])", re.IGNORECASE)


@cache
def told(name: str) -> re.Pattern[str]:
    """Return a pattern of words of several lists that stand to each other as said by :func:`_patterns`.

    Examples
    --------
    >>> told("crowd_beats").search("Residents of Beni beat two men with clubs.")["blow"]
    'beat'
    """
    return re.compile(_patterns()[name], re.IGNORECASE)


@cache
def _lists() -> Mapping[str, str]:
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/crowds.yaml").read_text("utf8"))
    lists = {name: re.split(r",\s+", listed.strip()) for name, listed in raw.items()}
    lists["crowd"] = [*lists["people"], *lists["ones"]]
    lists["anybody"] = [*lists["crowd"], *lists["anyone"]]
    return {name: by_letters(listed) for name, listed in lists.items()}


def _list(name: str) -> str:
    """Return the words of a list as one group, with any white space between two."""
    return re.sub(" ", r"\\s+", f"(?:{_lists()[name]})")


@cache
def _patterns() -> Mapping[str, str]:
    """Return the patterns by name; a crowd and what it does stand apart by no other doer and no other clause."""
    crowd, anybody, forces, armed = (rf"\b{_list(n)}\b" for n in ("crowd", "anybody", "forces", "armed"))
    apart = rf"(?:(?!{SAID}|{armed}|{forces}(?!\s+{_list('of_police')}\b)|{TURNS})[^.;]){{0,{GAP}}}?"
    by_them = rf"\bby\b(?:(?!{armed}|{forces})[^.;,]){{0,60}}?"
    things = rf"\b(?:{_list('state_things')}|{_list('private_things')}|engine)\b"
    blows, wrecks, fires = _list("blows"), _list("wrecks"), _list("fires")
    person = rf"\b(?P<blow>{blows}|{fires})\b"
    what = r"(?P<what>(?:(?!\b(?:as|because|when|after|by)\b)[^.;]){0,60})"
    no_forces = rf"(?!\s+(?:(?!an?\b|one\b)[\w-]+\s+){{0,2}}?{forces})"
    return {
        "crowd_beats": rf"{crowd}{apart}{ACTIVE}(?P<blow>{blows})\b{WITH_OBJECT}{no_forces}"
        rf"(?!\s+(?:[\w-]+\s+){{0,3}}?{things})",
        "by_crowd": rf"{person}(?:(?!{things})[^.;]){{0,90}}?{by_them}{crowd}",
        "crowd_on_forces": rf"{crowd}{apart}{ACTIVE}(?P<blow>{blows}|{_list('on_forces')}){BEFORE_FORCES}{forces}",
        "crowd_wrecks": rf"{crowd}{apart}{ACTIVE}(?P<wreck>{wrecks})\b{WITH_THING}{what}",
        "wrecked_by": rf"\b(?P<wreck>{wrecks})\b[^.;]{{0,60}}?{by_them}(?:{crowd}|{_list('masked')})",
        "state_wrecked": rf"\b{_list('state_things')}\b[^.;]{{0,60}}?\b(?:was|were|been)\s+(?:\w+\s+){{0,2}}?"
        rf"(?P<wreck>{wrecks}|hit)\b",
        "crowd_shows": rf"{anybody}{apart}(?<!have )(?<!has )(?<!had )(?!\b{_list('done_to_them')}\b)"
        rf"\b(?P<show>{_list('shows')})\b",
        "showing_crowd": rf"(?:^|[.:;]\s)\W*(?P<show>{_list('showing')})\b[^.;]{{0,70}}?,\s+"
        rf"(?:[\w-]+\s+){{0,4}}?{anybody}",
        "no_people": rf"\s+(?:[\w’'-]+\s+){{0,3}}?{_list('no_people')}\b",
        "accused": rf"\b{_list('suspicion')}\b[^.;]{{0,60}}?\b{_list('accused')}\b",
        "beaten": person,
        "spared": rf"\b{_list('suspicion')}\s+(?:[\w-]+\s+)?{armed}",
    }
