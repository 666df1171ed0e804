"""Which area the words around a name say that its place lies in: "Yater, located in the |Bint Jbeil| district"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gazetteer.tables import parsed_yaml
from pipeline.models import Resolution
from pipeline.toponyms.relation_words import any_of
from pipeline.toponyms.surroundings import POSSESSIVE

SURE = 0.6  # the least score of an area that binds what is said to lie in it
FARTHEST = 70  # characters between a name and its area
CHAIN = 3  # mentions after a name that may be its areas: "in A area of B district, C province"
_MARKS = re.compile(r"[\"“”‘]|(?<=[\s,])['’]|['’](?=[\s,])")
#: What may follow the area after a comma: no further one of a list, nor a noun that the area only modifies.
_ENDS = re.compile(
    r"\s*(?:$|\n|[.;:)\]–—-]|,(?!\s*(?:and\s+|or\s+)?[A-Z])"
    r"|(?:on|in|at|late|early|last|this|when|where|after|before|during|by|to|was|were|is|has|had|overnight)\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_ELSE = "(?:of|off|from|to|near|with|against|by|for|and|or|than)"  # words that no adjective of an area is
_OF = re.compile(r"\s*of\b")
_AND = re.compile(r"\s*,?\s*(?:and|or|&)\s")
_CAPITAL_BEFORE = re.compile(r"\bthe\s+capital(?:'s|’s)\s+(?:[a-z]+\s+){0,2}$")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The loaded tables; see ``data/whereabouts.yaml`` for what each means."""

    parts: tuple[str, ...]
    of_towns: frozenset[str]
    lying: tuple[str, ...]
    smallest: tuple[str, ...]
    around_town: frozenset[str]
    provinces: frozenset[str]


@cache
def load_whereabouts() -> Whereabouts:
    """Load the tables once."""
    raw = parsed_yaml(files("pipeline.toponyms").joinpath("data/whereabouts.yaml").read_text("utf8"))
    return Whereabouts(
        tuple(raw["parts"]),
        frozenset(raw["of_towns"]),
        tuple(raw["lying"]),
        tuple(raw["smallest"]),
        frozenset(raw["around_town"]),
        frozenset(raw["provinces"]),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """An area that holds a mention by the words of the report.

    ``outright`` where the words can mean nothing else ("a village in A"), not so a comma alone, which may be a list's;
    ``is_town`` where the area is a town, which holds only its own parts.
    """

    area: Resolution
    outright: bool
    is_town: bool = False


def areas_said(text: str, resolutions: Sequence[Resolution], i: int) -> list[Said]:
    """Return the areas that mention ``i`` is said to lie in, the smallest first.

    Parameters
    ----------
    text : str
        Of the report.
    resolutions : sequence of Resolution
        Of all its mentions, ascending.
    i : int
    """
    found: list[Said] = []
    last, end, outright = i, resolutions[i].mention.end, False
    for j in range(i + 1, len(resolutions)):
        area = resolutions[j]
        if area.mention.start > end + FARTHEST:
            break
        if area.mention.kind == "demonym" and len(found) < CHAIN:
            continue  # "in the northern |Mozambican| province of Cabo Delgado"
        gap = _gap(text, resolutions[last + 1 : j], end, area.mention.start)
        said = _said(text, resolutions[last], area, gap, first=not found)
        if said is None or len(found) == CHAIN:
            break
        outright = outright or said.outright
        found.append(Said(area, outright, said.is_town))
        last, end = j, area.mention.end
    if not found and (owner := _owner(text, resolutions, i)) is not None:
        found.append(owner)
    return [said for said in found if _is_area(said)]


def _gap(text: str, between: Sequence[Resolution], start: int, end: int) -> str | None:
    """Return the words between two mentions on one line, without quotes and adjectives of countries."""
    if not start <= end <= start + FARTHEST or "\n" in text[start:end].strip(" "):
        return None
    words = list(text[start:end])
    for mention in (r.mention for r in between if r.mention.kind == "demonym"):
        words[mention.start - start : mention.end - start] = " " * (mention.end - mention.start)
    return re.sub(r"\s+", " ", _MARKS.sub("", "".join(words)))


def _said(text: str, inner: Resolution, area: Resolution, gap: str | None, *, first: bool) -> Said | None:
    """Return what the words between two names say, None if not that the second holds the first.

    ``first``: the inner one is the name itself, and not an area on the way.
    """
    relation = area.mention.relation
    if gap is None or (relation is not None and relation.start < area.mention.start):
        return None  # "the village, |south of| A"
    is_town = _is_town(area) and not land_noun(area.mention.cues)
    noun = _part_noun(gap, inner.mention.text) if first else ""
    if outright().fullmatch(gap):
        of_it = _OF.match(gap) is not None and not noun
        holds = noun in load_whereabouts().of_towns if is_town else not (first and of_it)  # "the king |of| A"
        return Said(area, outright=True, is_town=is_town) if holds else None
    smallest = _smallest().search(text, max(0, inner.mention.start - 20), inner.mention.start) is not None
    if not by_comma().fullmatch(gap) or (not smallest and (is_town or not _ends(text, area.mention.end))):
        return None
    return Said(area, outright=smallest, is_town=is_town)


def _is_town(resolution: Resolution) -> bool:
    return resolution.place is not None and resolution.place.feature_class == "P"


def _part_noun(after: str, name: str) -> str:
    """Return the noun after a name or at its end, small: "Karrada| area", "Doura |district|"."""
    found = _noun_after().match(after) or _noun_last().search(name)
    return found[1].lower() if found else ""


def _ends(text: str, end: int) -> bool:
    """Whether what follows an area after a comma lets it be the area of what stands before."""
    noun = _noun_after().match(text, end)
    if noun is not None:  # "A, B |district|, C province"
        return _AND.match(text, noun.end()) is None
    return _ENDS.match(text, end) is not None


def _owner(text: str, resolutions: Sequence[Resolution], i: int) -> Said | None:
    """Return the area before a name that holds it: "|Baghdad|'s southern Doura district"."""
    if not i or resolutions[i - 1].mention.kind == "demonym":
        return None
    before, mention = resolutions[i - 1], resolutions[i].mention
    gap = text[before.mention.end : mention.start]
    if len(gap) > FARTHEST or not POSSESSIVE.fullmatch(gap):
        return None
    noun = _part_noun(text[mention.end : mention.end + FARTHEST], mention.text)
    holds = not _is_town(before) or noun in load_whereabouts().of_towns
    return Said(before, outright=True, is_town=_is_town(before)) if holds else None


def _is_area(said: Said) -> bool:
    place, area = said.area.place, said.area
    is_sure = area.status == "resolved" and area.score >= SURE
    return place is not None and is_sure and place.feature_class in {"A", "P"}


def in_the_capital(text: str, start: int) -> bool:
    """Whether a name is said to be one of the capital's: "the capital's |Mohammadpur| area".

    >>> in_the_capital("in the capital's Mohammadpur area", 17)
    True
    """
    begin = max(0, start - 40)
    return text.find("capital", begin, start) >= 0 and _CAPITAL_BEFORE.search(text, begin, start) is not None


def land_noun(cues: Sequence[str]) -> str:
    """Return the noun that makes a name that of the land around a town, empty if none does.

    >>> land_noun(("feature: district",)), land_noun(("feature: city",))
    ('district', '')
    """
    nouns = (cue.removeprefix("feature: ") for cue in cues if cue.startswith("feature: "))
    return next((noun for noun in nouns if noun in load_whereabouts().around_town), "")


@cache
def _pieces() -> tuple[str, str, str]:
    words = load_whereabouts()
    return any_of(words.parts), any_of(words.lying), rf"(?:(?!{_ELSE}\b)[a-z][\w-]*\s+){{0,2}}?"


@cache
def outright() -> re.Pattern[str]:
    """Return what between two names says that the second holds the first, and nothing else."""
    part, lying, some = _pieces()
    into = rf"(?:in|of|inside|within)\s+(?:the\s+)?{some}(?:{part}\s+of\s+)?(?:the\s+)?"
    told = rf"\s*,\s+(?:an?|the)\s+{some}{part}\s+{into}"
    return re.compile(rf"(?:(?:\s+|-){part})?(?:{told}|\s*,?\s+(?:\([^)]*\)\s*)?(?:{lying}\s+)*{into})", re.IGNORECASE)


@cache
def by_comma() -> re.Pattern[str]:
    """Return what between two names most often says so: a comma, a bracket."""
    part, _, some = _pieces()
    return re.compile(rf"(?:(?:\s+|-){part})?\s*(?:,|\()\s*(?:the\s+)?{some}(?:{part}\s+of\s+)?")


@cache
def _noun_after() -> re.Pattern[str]:
    return re.compile(rf"[\s-]+({_pieces()[0]})\b", re.IGNORECASE)


@cache
def _noun_last() -> re.Pattern[str]:
    return re.compile(rf"\s({_pieces()[0]})$", re.IGNORECASE)


@cache
def _smallest() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(load_whereabouts().smallest)}\s+$", re.IGNORECASE)
