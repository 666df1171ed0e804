"""Capitals that are named by their country: "in the Somali capital", "Haiti's capital", "the capital of Mali"."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from gazetteer.index import Gazetteer
from gazetteer.models import Place, is_country
from pipeline.models import Mention, Reason, Resolution
from pipeline.toponyms.footprints import moved_to
from pipeline.toponyms.relations import relation_of

CUE = "capital of its country"
_GOODS = r"(?!\s+(?:market|gain|punishment|letter|fund|control|flight|offence|offense|expenditure|investment)s?\b)"
_AFTER = re.compile(rf"(?:['’]s?)?\s+capital(?:\s+city)?\b{_GOODS}(?!,?\s+(?:of\s+)?[A-Z])")
_BEFORE = re.compile(r"\b[Tt]he\s+(capital(?:\s+city)?\s+of\s+(?:the\s+)?)$")
_REACH = 30  # characters


def with_capitals(text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Return the resolutions, each country whose capital is meant read as that town.

    Parameters
    ----------
    text : str
        Of the report.
    resolutions : sequence of Resolution
        Of all its mentions, ascending.
    gazetteer : Gazetteer

    Examples
    --------
    >>> with_capitals("Rain fell.", [], gazetteer=None)
    ()
    """
    return tuple(_with_capital(text, r, gazetteer) for r in resolutions)


def _with_capital(text: str, resolution: Resolution, gazetteer: Gazetteer) -> Resolution:
    place = resolution.place
    if place is None or not is_country(place) or (mention := _of_capital(text, resolution.mention)) is None:
        return resolution
    capital = capital_of(place.country, gazetteer)
    if capital is None:
        return resolution
    why = Reason("capital", 0.0, f"“{mention.text}” is {capital.name}")
    meant = replace(resolution, mention=mention, reasons=(why,), alternatives=())
    return moved_to(meant, capital, gazetteer)


def _of_capital(text: str, mention: Mention) -> Mention | None:
    """Return the mention with the words for the capital, where its country only says whose that is."""
    start, end = mention.start, mention.end
    if after := _AFTER.match(text, end):
        end = after.end()
    elif mention.kind != "demonym" and (before := _BEFORE.search(text, max(0, start - _REACH), start)):
        start = before.start(1)
    else:
        return None
    cues = (*(c for c in mention.cues if c != "demonym" and not c.startswith("attributive")), CUE)
    relation = relation_of(text, start, end)
    return replace(mention, start=start, end=end, text=text[start:end], kind="toponym", relation=relation, cues=cues)


@lru_cache(maxsize=512)
def capital_of(country: str, gazetteer: Gazetteer) -> Place | None:
    """Return the capital of a country by its ISO 3166-1 alpha-2 code; None where that is disputed or not known."""
    name = _capitals().get(country, "")
    places = (c.place for c in gazetteer.candidates(name)) if name else ()
    return next((p for p in places if (p.feature_code, p.country) == ("PPLC", country)), None)


@cache
def _capitals() -> Mapping[str, str]:
    """Return the names of capitals, as GeoNames has them, by country; without those that are disputed."""
    text = files("pipeline.toponyms").joinpath("data/capitals.csv").read_text(encoding="utf-8")
    return {row["iso2"]: row["capital"] for row in csv.DictReader(text.splitlines())}
