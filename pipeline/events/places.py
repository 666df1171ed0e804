"""Event to place: which of the places a sentence names is where *this* happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gazetteer.models import Place, is_country
from pipeline.events.areas import where_said
from pipeline.events.crowd_scenes import FAMILIES as SCENES
from pipeline.events.grammar import conjuncts, token_for
from pipeline.events.seats import is_seat
from pipeline.events.sites import (
    DISTRICT,
    NO_SITE_NOUNS,
    NOT_A_SITE,
    Spot,
    find_spots,
    is_of_force,
    opening_spots,
    owns_site,
)
from pipeline.events.tellings import Telling
from pipeline.models import Placement, Resolution, SpatialRelation
from pipeline.parse import ParsedText, Token
from pipeline.toponyms.cues import feature_noun_before, fits, load_cues
from pipeline.toponyms.surroundings import is_within, qualifies, relation_fit
from pipeline.toponyms.whereabouts import land_noun

WHERE = frozenset({"in", "at", "near", "around", "outside", "inside", "on", "off"})
WHEN = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
BESIDE = re.compile(r"(?:'s|’s)?\s*,?\s*(?:in\s+)?(?:the\s+)?(?:[a-z]+\s+){0,2}")
AFTER_NOUN = (
    "last|late|early|overnight|yesterday|today|where|who|also|then|again|just|while|as|but|on|in|at|by|"
    "was|were|with|from|and|had|has|is|are|after|before|during|for|of|to|near|that|which|when|said"
)
#: "the (air) base" and not "the base on"
POINTING = re.compile(rf"\b(?:the|that|this|same)\s+((?:[a-z]+\s(?!(?:{AFTER_NOUN})\b))?[a-z-]+)\b(?!\s+of\s+[A-Z])")
POSSESSIVE = frozenset({"his", "her", "their", "its", "our", "my", "your"})  # "said that |his| city"
LEAD_IN = re.compile(r"(?:\b(?:an?|the)\s+)?(?:[a-z-]+\s+){0,2}$")
UNKNOWN_NAME = re.compile(r"no place called “([^”]+)” that fits is known")
IN_CAPITAL = re.compile(
    r"\b(?:[Ii]n|on|outside|across|near)\s+the\s+(?:[A-Z]\w+\s+)?capital\b(?!\s+(?:of|city\s+of)\b)"
)
OWN_CAPITAL = re.compile(r"(?:['’]s?)?\s+capital\b(?!\s+of\b)")
IN = re.compile(r"\b(?:in|on|outside|across|near|around)\s+(?:the\s+)?\Z", re.IGNORECASE)
#: "Narayanpur |district under south| Bastar"
UNDER = re.compile(
    r"\s+(?:(?:district|county|township|tehsil|upazila|municipality)\s*,?\s+)?(?:under|of)\s+(?:the\s+)?(?:[a-z]+\s)?"
)
#: "the village of Gubden|, Karabudakhkent District|, two men …": where the first lies
IN_APPOSITION = re.compile(
    r",\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:District|Province|County|Governorate|Region|Oblast|Raion|Township|Municipality|Division|Department)\b"
    r"(?!\s*(?:,\s*(?:and\b|[A-Z])|and\b|or\b))"
)
AND = re.compile(r"\s*(?:and|,\s*and)\s+")
ARTICLE = re.compile(r"\b(?:an?|the)\s")
ROAD = re.compile(r"\s+(?:road|highway|motorway|route)\b")
BETWEEN = re.compile(
    r"\b(?:border|boundary|junction|edge)\s+(?:of|between|shared\s+by)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$"
)
BETWEEN_CHARS = 60
FAR_STEPS = 4
TOWN, PROVINCE, COUNTRY, UNKNOWN = 2, 4, 6, 9  # UCDP where_prec: up to, from; and no code at all
NOT_SAID = Placement(None, None, None, None, None, "", None, ("the text does not say where",))


def find_places(
    parsed: ParsedText,
    telling: Telling,
    resolutions: Sequence[Resolution],
    earlier: Sequence[Resolution],
    *,
    capital: Resolution | None = None,
) -> tuple[Placement, ...]:
    """Return where a telling happened: none, one, or several where places are coordinated ("in A and B").

    ``resolutions`` are those of the sentence; ``earlier`` those before it in the article, for "the base"; ``capital``
    is where the report names that of its country, for "in the capital".
    """
    spots = _off_roads(parsed.text, find_spots(parsed, telling, resolutions))
    spots = where_said(parsed.text, spots, resolutions)
    best = _after_colon(parsed, telling, resolutions) or _coordinated(parsed, _finest(parsed, spots))
    wide = all(s.coarseness >= PROVINCE for s in best)
    pointed = _pointed_at(parsed, telling, earlier) if wide else None
    if best and (pointed is None or not _lies_in(pointed, best)):
        return tuple(placement_of(parsed.text, s.resolution) for s in best)
    pointed = pointed or (None if spots else _there(parsed, telling, resolutions))
    if pointed is not None:
        return (pointed,)
    around = _around_unknown(parsed, telling, resolutions, capital)
    if around is not None:
        return (around,)
    if spots:
        return (_unknown(parsed.text, spots[0].resolution, resolutions),)
    return _by_whom(parsed, telling, resolutions)


def _by_whom(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution]) -> tuple[Placement, ...]:
    """Return where it was by those who did it, or by whose site it was."""
    if telling.main.family in SCENES and (home := _home_of_crowd(telling, resolutions)) is not None:
        return (placement_of(parsed.text, home, reasons=("where those who gathered are from",)),)
    force = next((r for r in resolutions if is_of_force(parsed, telling, r)), None)
    if force is not None:
        return (placement_of(parsed.text, force, reasons=("where those who did it serve",)),)
    owned = next((r for r in resolutions if owns_site(parsed, telling, r)), None)
    return (placement_of(parsed.text, owned, reasons=("known only by its country",)),) if owned is not None else ()


def _home_of_crowd(telling: Telling, resolutions: Sequence[Resolution]) -> Resolution | None:
    """Return where a crowd is from: "the dockers |of Mombasa| downed tools", "|Ibagué's| teachers"."""
    named = [r for r in resolutions if r.place is not None and r.mention.kind == "toponym"]
    here = [r for r in named if any(r.mention.start <= t.start < r.mention.end for t in telling.tokens)]
    fine = [r for r in here if (r.where_prec or UNKNOWN) < PROVINCE]
    return min(fine, key=lambda r: (r.where_prec or UNKNOWN, r.mention.start), default=None)


def unknown_name(placement: Placement) -> str:
    """Return the name that no gazetteer has, where a placement stands for it; an empty string for any other.

    Examples
    --------
    >>> unknown_name(NOT_SAID)
    ''
    """
    found = next((m for r in placement.reasons if (m := UNKNOWN_NAME.match(r))), None)
    return found[1] if found is not None else ""


def _around_unknown(
    parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution], capital: Resolution | None
) -> Placement | None:
    """Return the town around what has no place of its own: the capital, or the town that opens the sentence."""
    if capital is not None and (
        IN_CAPITAL.search(telling.text()) or _is_in_its_capital(parsed.text, capital, resolutions)
    ):
        return placement_of(parsed.text, capital, reasons=("“the capital” is that of the country told of",))
    opening = next(iter(opening_spots(parsed, telling, resolutions)), None)
    if opening is None:
        return None
    town = placement_of(
        parsed.text, opening.resolution, reasons=("somewhere in or near the town that opens the sentence",)
    )
    return replace(town, geo_precision=max(2, town.geo_precision or 2), where_prec=max(2, town.where_prec or 2))


def _is_in_its_capital(text: str, capital: Resolution, resolutions: Sequence[Resolution]) -> bool:
    """Whether a sentence speaks of the capital of its country: "in |Somalia|'s capital"."""
    home = capital.place.country if capital.place is not None else ""
    places = [(r.mention, r.place) for r in resolutions if r.place is not None]
    owners = [m for m, place in places if place.feature_code.startswith("PCL") and place.country == home]
    return any(OWN_CAPITAL.match(text, m.end) and IN.search(text, max(0, m.start - 12), m.start) for m in owners)


def _lies_in(pointed: Placement, wide: Sequence[Spot]) -> bool:
    """Whether what is pointed at lies in the area named with it: "that town, in the province of |Arauca|"."""
    place = pointed.resolution.place if pointed.resolution is not None else None
    return place is not None and all(s.place is not None and is_within(place, s.place) for s in wide)


def _off_roads(text: str, spots: Sequence[Spot]) -> Sequence[Spot]:
    """Drop names that only say where a road leads, where another place is named: "on the A road in |B|"."""
    ends = [s for s in spots if ROAD.match(text, s.resolution.mention.end)]
    others = [s for s in spots if s not in ends and s.coarseness <= TOWN]
    return others if ends and others else spots


def placement_of(text: str, resolution: Resolution, *, reasons: tuple[str, ...] = ()) -> Placement:
    """Return the placement that a resolution gives, with the words that say so."""
    relation = active_relation(resolution)
    end = max(resolution.mention.end, relation.end if relation else 0)
    words = re.sub(r"\s+", " ", text[_description_start(text, resolution) : end])
    return Placement(
        resolution,
        resolution.footprint,
        resolution.geo_precision,
        resolution.where_prec,
        resolution.method,
        words,
        relation,
        reasons,
    )


def coarseness(placement: Placement) -> int:
    """Return UCDP's where_prec, 9 where there is none: the larger, the less is known.

    Examples
    --------
    >>> coarseness(NOT_SAID)
    9
    """
    return placement.where_prec or UNKNOWN


def active_relation(resolution: Resolution) -> SpatialRelation | None:
    """Return the relation that makes the place a footprint, or None where it only says which place is meant."""
    return None if "anchor" in resolution.mention.cues else resolution.mention.relation


def specialises(exact: Placement, vague: Placement, text: str) -> str:
    """Return why ``exact`` can be the place that ``vague`` describes, or an empty string.

    An air base that lies west of Baghdad can be "an air base west of Baghdad".
    """
    relation = vague.relation
    anchor, place = (p.resolution.place if p.resolution else None for p in (vague, exact))
    if relation is None or anchor is None or place is None or exact.relation is not None:
        return ""
    if relation.kind not in {"direction", "near"} or not vague.description or coarseness(exact) > TOWN:
        return ""
    if place.place_id == anchor.place_id or not _is_of_kind(place, text, relation):
        return ""
    if place.country != anchor.country or relation_fit(place, anchor, relation) <= 0:
        return ""
    return f"“{vague.description}” fits {place.name}, which lies {relation.text}"


def _is_of_kind(place: Place, text: str, relation: SpatialRelation) -> bool:
    """Whether a place is what the noun before the relation says, if it says any: "an |air base| west of"."""
    noun = feature_noun_before(text, relation.start)
    codes = load_cues().feature_nouns.get(noun[0]) if noun else None
    return codes is None or fits(f"{place.feature_class}.{place.feature_code}", codes)


def _description_start(text: str, resolution: Resolution) -> int:
    """Return where the words that say where begin: "|an air base west of Baghdad"."""
    relation = active_relation(resolution)
    if relation is None:
        return resolution.mention.start
    noun = feature_noun_before(text, relation.start)
    if noun is None:
        return relation.start
    lead = LEAD_IN.search(text[max(0, noun[1] - 40) : noun[1]])
    article = ARTICLE.search(lead[0]) if lead else None
    return noun[1] - (len(lead[0]) - article.start() if lead and article else 0)


def _finest(parsed: ParsedText, spots: Sequence[Spot]) -> list[Spot]:
    """Drop names of no place, places that hold another one of the sentence, and repeats: "Kursk, Russia" is Kursk."""
    known = [(s, s.place) for s in spots if s.place is not None]
    kept, seen = [], set()
    for spot, place in known:
        holds = any(
            o is not spot and (_holds(place, other) or _is_of(parsed, o.token, spot.token)) for o, other in known
        )
        finer = any(
            o is not spot and other.place_id == place.place_id and o.coarseness < spot.coarseness for o, other in known
        )
        repeats = finer or (place.place_id in seen and active_relation(spot.resolution) is None)
        named_for = any(o is not spot and _bears_name_of_province(place, other) for o, other in known)
        if not holds and not repeats and not named_for:
            kept.append(spot)
            seen.add(place.place_id)
    return kept


def _holds(place: Place, other: Place) -> bool:
    """Whether a place holds another one of the sentence; a site is held by its town, and never holds that."""
    return is_within(other, place) and not (place.feature_class == "S" and other.feature_class in {"A", "P"})


def _bears_name_of_province(town: Place, other: Place) -> bool:
    """Whether a town may stand for the province that it is the namesake of, in which another town or district lies."""
    both = town.feature_class == "P" and town.place_id != other.place_id
    finer = other.feature_class == "P" or (other.feature_code in {"ADM2", "ADM3"} and other.name != town.name)
    return both and finer and town.name == town.admin1 and town.admin1_id == other.admin1_id != ""


def _is_of(parsed: ParsedText, part: Token, whole: Token) -> bool:
    """Whether one name says what the other belongs to: "|Kulachi| tehsil of |Dera Ismail Khan|"."""
    prep = parsed.tokens[whole.head]
    noun = parsed.tokens[part.head] if part.dep in {"compound", "nmod"} else part
    gap = parsed.text[part.end : whole.start] if part.end < whole.start else ""
    return (whole.dep == "pobj" and prep.lemma == "of" and prep.head == noun.i) or UNDER.fullmatch(gap) is not None


def _coordinated(parsed: ParsedText, spots: Sequence[Spot]) -> list[Spot]:
    """Return the nearest spot and those coordinated with it."""
    if not spots:
        return []
    first = _nearest(spots)
    exact = [s for s in spots if s.coarseness <= TOWN and s.steps <= first.steps + FAR_STEPS]
    first = _constrained(spots, first) or first
    if (first.coarseness == PROVINCE or first.coarseness >= COUNTRY) and exact:
        first = exact[0]  # "a drone aimed at the garrison of al-Tanf was the 28th attack on forces in Iraq"
    if _is_by_a_border(first) or BETWEEN.search(parsed.text[: first.resolution.mention.start][-BETWEEN_CHARS:]):
        return [first]  # "on the border of the provinces of A and B": one place
    listed = _listed_with(parsed.text, spots, first)
    return [s for s in spots if s in listed or _are_coordinated(parsed, first.token, s.token)]


def _is_by_a_border(spot: Spot) -> bool:
    """Whether a country only says at whose border it was: "close to |Mali| and Burkina Faso"."""
    relation, place = active_relation(spot.resolution), spot.place
    return relation is not None and relation.kind == "near" and place is not None and is_country(place)


def _constrained(spots: Sequence[Spot], first: Spot) -> Spot | None:
    """Return the place of which a relation beside it only says where it lies: "at A, some 50 km south of B"."""
    relation, anchor = active_relation(first.resolution), first.place
    if relation is None or anchor is None or relation.kind != "direction":
        return None
    exact = [s for s in spots if s is not first and s.coarseness <= TOWN and active_relation(s.resolution) is None]
    fitting = [s for s in exact if s.place is not None and relation_fit(s.place, anchor, relation) > 0]
    return fitting[0] if fitting else None


def _after_colon(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution]) -> list[Spot]:
    """Return the places that a list after a colon names: "attacked three bases: A in the north, B and C"."""
    colon = next((t.end for t in parsed.tokens_of(telling.sentence) if t.text == ":"), None)
    if colon is None or any(t.token.start > colon for t in telling.triggers):
        return []
    listed = [
        r for r in resolutions if r.mention.start > colon and r.mention.kind == "toponym" and not r.mention.relation
    ]
    tokens = [token_for(parsed, telling.sentence, r.mention.start, r.mention.end) for r in listed]
    spots = _finest(parsed, [Spot(r, t, 0) for r, t in zip(listed, tokens, strict=True) if t is not None])
    exact = [s for s in spots if s.coarseness <= TOWN]
    return exact if len(exact) > 1 else []


def _nearest(spots: Sequence[Spot]) -> Spot:
    """Return the spot nearest to a trigger; where all are about equally near, the finest."""
    steps = [s.steps for s in spots]
    if max(steps) - min(steps) <= 1:
        return min(spots, key=lambda s: (s.resolution.geo_precision or UNKNOWN, s.steps, s.token.i))
    return min(spots, key=lambda s: (s.steps, s.token.i))


def _listed_with(text: str, spots: Sequence[Spot], first: Spot) -> list[Spot]:
    """Return the spot and those joined to it by no more than "and", where the parse saw no list."""
    in_order = sorted(spots, key=lambda s: s.resolution.mention.start)
    run: list[Spot] = []
    for spot in in_order:
        joined = run and AND.fullmatch(text[run[-1].resolution.mention.end : spot.resolution.mention.start])
        if not joined and first in run:
            break
        run = [*run, spot] if joined else [spot]
    return run if first in run else [first]


def _are_coordinated(parsed: ParsedText, one: Token, other: Token) -> bool:
    """Whether two names stand side by side: "in A and B", "at two locations in A and one location in B"."""
    pairs = ((one, other), (_site_noun(parsed, one), _site_noun(parsed, other)))
    if IN_APPOSITION.match(parsed.text, min(one, other, key=lambda t: t.i).end):
        return False
    return any(a.i != b.i and (b in conjuncts(parsed, a) or a in conjuncts(parsed, b)) for a, b in pairs)


def _site_noun(parsed: ParsedText, token: Token) -> Token:
    """Return the noun that a name's preposition hangs on: "|location| in Iraq"."""
    prep = parsed.tokens[token.head]
    noun = parsed.tokens[prep.head]
    return noun if prep.dep == "prep" and noun.pos == "NOUN" else token


def is_locative(parsed: ParsedText, token: Token) -> bool:
    """Return whether a name says where, whatever the gazetteer knows of it: "around |Al-Shifa| hospital"."""
    if token.pos != "PROPN" or WHEN.match(token.text):
        return False
    noun = token
    while noun.dep in {"compound", "nmod", "poss", "conj"} and noun.head != noun.i:
        noun = parsed.tokens[noun.head]
    prep = parsed.tokens[noun.head]
    return noun.dep == "pobj" and prep.text.lower() in WHERE


def _pointed_at(parsed: ParsedText, telling: Telling, earlier: Sequence[Resolution]) -> Placement | None:
    """Return the place that "the base" or "the city" points back to: the last one of that kind."""
    for words, codes in _pointing_nouns(telling.text()):
        for resolution in reversed(earlier):
            place = resolution.place
            usable = resolution.mention.kind == "toponym" and not {"dateline", "anchor"} & set(resolution.mention.cues)
            usable = usable and not is_seat(parsed.text, resolution.mention)
            if place is not None and usable and fits(f"{place.feature_class}.{place.feature_code}", codes):
                why = f"“the {words}” points back to {place.name}, the last place of that kind named before"
                return placement_of(parsed.text, resolution, reasons=(why,))
    return None


def _there(parsed: ParsedText, telling: Telling, named: Sequence[Resolution]) -> Placement | None:
    """Return the town that "there" points back to: the last one that the sentence names before it."""
    word = next((t for t in telling.tokens if t.text.lower() == "there" and t.pos == "ADV"), None)
    whole = parsed.sentence_at(telling.sentence.start)
    begin = telling.sentence.start if whole is None else whole.start
    towns = [
        r
        for r in named
        if word is not None and begin <= r.mention.start < word.start and r.place is not None and _is_town(r)
    ]
    if not towns or towns[-1].place is None:
        return None
    why = f"“there” points back to {towns[-1].place.name}, the last town named before"
    return placement_of(parsed.text, towns[-1], reasons=(why,))


def _is_town(resolution: Resolution) -> bool:
    mention, place = resolution.mention, resolution.place
    aside = {"dateline", "anchor", "in organisation", "preposition: from"} & set(mention.cues)
    return mention.kind == "toponym" and not aside and place is not None and place.feature_class == "P"


def _pointing_nouns(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the words after "the" or "that" that name a kind of place, with its feature codes."""
    nouns = load_cues().feature_nouns
    for found in POINTING.finditer(text):
        last = found[1].split()[-1]
        codes = nouns.get(found[1]) or nouns.get(last)
        if codes is not None and found[1].split()[0] not in POSSESSIVE and last not in {*NO_SITE_NOUNS, "region"}:
            yield found[1], codes


def _is_area(resolution: Resolution) -> bool:
    """Whether it is an area, or a town's name that stands for its district: "Churachandpur |district|"."""
    is_division = resolution.place is not None and resolution.place.feature_class == "A"
    return is_division or land_noun(resolution.mention.cues) != ""


def _unknown(text: str, unmatched: Resolution, resolutions: Sequence[Resolution]) -> Placement:
    """Return the placement for a name that the gazetteer lacks: the area named right beside it, or nowhere."""
    words = unmatched.mention.text
    why = f"no place called “{words}” that fits is known"
    for other in (r for r in resolutions if r.place is not None and _is_area(r)):
        first, last = sorted((other.mention, unmatched.mention), key=lambda m: m.start)
        gap = text[first.end : last.start]
        if other.mention.kind in NOT_A_SITE and not qualifies(gap):
            continue  # "the American base at Harir" is not in America
        if other.place is not None and BESIDE.fullmatch(gap):
            beside = f"placed only to {other.place.name}, which it is named with"
            wide = placement_of(text, other, reasons=(why, beside))
            about = re.sub(r"\s+", " ", text[first.start : last.end])
            return replace(wide, description=about, where_prec=max(DISTRICT, wide.where_prec or DISTRICT))
    return Placement(unmatched, None, None, None, None, words, None, (why,))
