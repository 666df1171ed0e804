"""Which names may be where an event was: not the speaker's place, the actor's home or where a missile came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazetteer.models import Place
from pipeline.events.elsewhere import is_elsewhere
from pipeline.events.grammar import (
    SUBJECTS,
    ancestors,
    came_under,
    distance,
    first_conjunct,
    is_passive,
    is_verb,
    token_for,
)
from pipeline.events.seats import is_seat
from pipeline.events.tellings import Telling, is_perceived, support_verb
from pipeline.events.told_verbs import hangs_on_day, is_of_whole_day
from pipeline.events.trigger_words import classes_of
from pipeline.events.triggers import load_tables
from pipeline.models import Mention, Resolution
from pipeline.parse import ParsedText, Token
from pipeline.toponyms.cues import load_cues
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.surroundings import ABROAD

ORIGIN = frozenset({"from", "by", "than", "with", "for", "since", "between"})
NOT_A_SITE = frozenset({"demonym", "metonym"})
NOT_A_SITE_CUES = frozenset({"anchor", "in organisation", "dateline"})
NO_SITE_NOUNS = frozenset({"state", "capital"})
OBJECTS = frozenset({"pobj", "dobj", "nsubjpass", "conj"})
OUTER_CLAUSES = frozenset({"relcl", "advcl", "acl"})
LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "inside", "on", "off", "of"})
STANDING_THINGS = frozenset({"territory", "thing", "base", "route", "works", "stronghold"})  # object classes
DISTRICT = 3  # UCDP where_prec
REACH_KM = 150.0
STANDING = frozenset({"position", "station", "deploy", "base", "locate", "mount", "park", "mass", "place"})  # lemmas
GUNS = frozenset({"artillery", "gun", "tank", "battery", "launcher", "mortar", "howitzer", "cannon", "warship",
                  "gunboat", "gunner", "sniper", "frigate"})  # lemmas  # fmt: skip
LOCALS = frozenset({"resident", "villager", "inhabitant", "people", "local", "witness", "mayor"})  # lemmas
LOCAL_FORCES = frozenset(
    {"police", "policeman", "officer", "authority", "gendarmerie", "gendarme", "prosecutor"}
)  # lemmas
OF_POLICE = frozenset({"arrest", "capture", "raid", "dispersal", "disarm", "disrupt"})  # families
SEES = frozenset({"see", "witness", "come", "suffer", "endure", "experience", "face", "wake", "be", "remain"})  # lemmas
OPENS = 12  # characters: "In the town of"
LABEL = 4  # characters: a bullet
LABEL_END = re.compile(r"\s*(?:region|province|district|city)?\s*(?:,[^:]{1,40})?(?::|\s[–—-]\s)")
#: "Zurmi |Local Government Area|", "Chattogram|’s Banshkhali upazila|": no organisation, though it looks like one
DISTRICT_NAME = re.compile(
    r"\s+(?:local\s+government(?:\s+area)?|LGA|local\s+council)\b"
    r"|['’]s\s+(?:(?-i:[A-Z])[\w-]+\s+){1,3}(?:upazila|district|area|town|village|neighbou?rhood|county|township|tehsil|suburb)\b",
    re.IGNORECASE,
)
#: "the |Gwoza| - Limankara axis": a road named by its two ends, of which a gazetteer may know one only
ROAD_BETWEEN = re.compile(
    r"\s*[–—-]\s*(?-i:[A-Z])[\w’'-]+\s+(?:road|axis|highway|route|corridor|stretch)\b", re.IGNORECASE
)
BETWEEN_TOWNS = re.compile(r"\s+and\s+(?:the\s+(?:town|village)\s+of\s+)?[A-Z][\w’'-]+")
OF_ONE = re.compile(r"(?<=[\w.)]),\s+of\s+\Z")  # "Constable Tirkey, of |Gumla|": where one is from
OF_ONE_REACH = 12  # characters
OPENING = 25  # characters: a place that opens a sentence holds for all of it
#: "In |Sfax| strikers …", "And near the town of |Hit|, …": it opens its sentence as the place of all that it tells
OPENS_AT = re.compile(
    r"\W*(?:(?:and|but|also|meanwhile|elsewhere|separately|then|later|still),?\s+)?"
    r"(?:in|at|near|outside|around)\s+(?:the\s+(?:\w+\s+){1,2}of\s+)?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A resolution that may be the place of an event, its token, and the steps from there to the nearest trigger."""

    resolution: Resolution
    token: Token
    steps: int

    @property
    def place(self) -> Place | None:
        """The place, if one was found."""
        return self.resolution.place

    @property
    def coarseness(self) -> int:
        """UCDP where_prec, 9 where it has none."""
        return self.resolution.where_prec or 9


def find_spots(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution]) -> list[Spot]:
    """Return the places that may be where a telling happened.

    Where none is, a telling that is new in the report gets those that the parse hangs on another verb: it may err.
    """
    resolutions = [
        r
        for r in resolutions
        if not OF_ONE.search(parsed.text, max(0, r.mention.start - OF_ONE_REACH), r.mention.start)
    ]
    if telling.definite and not telling.verbs:
        resolutions = [r for r in resolutions if _hangs_on_it(parsed, telling, r) or _lies_by(telling, r)]
    labels = list(_labels(parsed, telling, resolutions))
    spots = list(_spots(parsed, telling, resolutions, strict=True))
    others = [s for s in spots if labels and s.resolution is not labels[0].resolution]
    if others:
        return [s for s in others if _is_in_reach(s, labels[0])] or labels
    if (spots and not labels) or telling.definite:
        return spots
    left = list(_left(parsed, telling, resolutions))
    if left:
        return left
    aside = list(_spots(parsed, telling, resolutions, strict=False))
    loose = _loose(parsed, telling, resolutions)
    if labels:
        finer = [s for s in (*aside, *loose) if s.resolution is not labels[0].resolution]
        return [s for s in finer if s.coarseness <= DISTRICT and _is_in_reach(s, labels[0])] or labels
    return aside or loose or opening_spots(parsed, telling, resolutions)


def _spots(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution], *, strict: bool) -> list[Spot]:
    found = []
    for resolution in resolutions:
        token = _token(parsed, telling, resolution)
        if token is not None and _may_be_site(parsed, telling, resolution, token):
            elsewhere = _is_said_elsewhere(parsed, telling, token) if strict else _is_aside(parsed, token)
            if not elsewhere:
                steps = min(distance(parsed, token, t.token) for t in telling.triggers)
                found.append(Spot(resolution, token, steps))
    return found


def _left(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution]) -> Iterator[Spot]:
    """Yield the places that people were taken from or that were given up: "abducted |from A|", "withdrew |from A|"."""
    if telling.main.family not in load_tables().from_there:
        return
    for resolution in resolutions:
        token = _token(parsed, telling, resolution)
        kind, cues = resolution.mention.kind, set(resolution.mention.cues)
        if token is None or kind in NOT_A_SITE or cues & NOT_A_SITE_CUES or not _is_origin(parsed, token):
            continue
        if any(telling.is_trigger(a) for a in ancestors(parsed, token)):
            yield Spot(resolution, token, 1)


def _hangs_on_it(parsed: ParsedText, telling: Telling, resolution: Resolution) -> bool:
    """Whether a name hangs on what "the battle" tells of, or on the verb that carries it."""
    token = token_for(parsed, telling.sentence, resolution.mention.start, resolution.mention.end)
    if token is None:
        return False
    carriers = {c.i for t in telling.nouns if (c := support_verb(parsed, t.token)) is not None}
    return any(telling.is_trigger(a) or a.i in carriers for a in ancestors(parsed, token))


def _loose(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution]) -> list[Spot]:
    """Return towns and districts that stand after "in" or "near", whatever verb they hang on but one of speech."""
    found = []
    for resolution in resolutions:
        token = _token(parsed, telling, resolution)
        if (
            token is None
            or (resolution.where_prec or 9) > DISTRICT
            or not _may_be_site(parsed, telling, resolution, token)
        ):
            continue
        verb = next((a for a in ancestors(parsed, token) if is_verb(a)), None)
        said = verb is not None and verb.lemma.lower() in load_tables().speech and not _is_of_residents(parsed, token)
        said = said and not (_is_in_what_is_said(parsed, token) or _is_said_after(parsed, telling, token, verb))
        said = said and not _lies_by(telling, resolution)
        if not said and _after_locative(parsed, token):
            found.append(Spot(resolution, token, min(distance(parsed, token, t.token) for t in telling.triggers)))
    return found


def _is_in_what_is_said(parsed: ParsedText, token: Token) -> bool:
    """Whether a name stands in what is said, where the parse saw no verb in it: "report |men … on a car in A|"."""
    for above in ancestors(parsed, token):
        if is_verb(above):
            return False
        if above.dep == "ccomp":
            return True
    return False


def _is_said_after(parsed: ParsedText, telling: Telling, token: Token, verb: Token | None) -> bool:
    """Whether a name stands between what is told and who says it: "killed two |in A|, the army said"."""
    told = any(t.token.i < token.i for t in telling.triggers)
    speaker = next((c for c in parsed.children(verb) if c.dep in SUBJECTS), None) if verb is not None else None
    return told and verb is not None and speaker is not None and token.i < speaker.i < verb.i


def _lies_by(telling: Telling, resolution: Resolution) -> bool:
    """Whether words after what is told say beside what it was: "condemned the killing |south of A|"."""
    relation = resolution.mention.relation
    after = all(t.token.end <= resolution.mention.start for t in telling.triggers)
    return after and relation is not None and relation.kind in {"direction", "near", "outskirts", "countryside"}


def _is_of_residents(parsed: ParsedText, token: Token) -> bool:
    """Whether those who live there tell it: "residents of |A| said"."""
    prep = parsed.tokens[token.head]
    return (
        token.dep == "pobj" and prep.text.lower() in {"of", "in"} and parsed.tokens[prep.head].lemma.lower() in LOCALS
    )


def opening_spots(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution]) -> list[Spot]:
    """Return the town that opens a sentence, of which the rest is what was said: "|In A|, police said they had"."""
    found = []
    for resolution in resolutions:
        place, start = resolution.place, resolution.mention.start - telling.sentence.start
        token = token_for(parsed, telling.sentence, resolution.mention.start, resolution.mention.end)
        if place is None or token is None or place.feature_class != "P" or place.feature_code == "PPLC":
            continue
        leads = _after_locative(parsed, token) or _opens_at(parsed, telling, resolution.mention)
        if start <= OPENS and leads and _may_be_site(parsed, telling, resolution, token):
            found.append(Spot(resolution, token, 1))
    return found[:1]


def _opens_at(parsed: ParsedText, telling: Telling, mention: Mention) -> bool:
    """Whether a name opens its sentence after "in" or "near", whatever the parse makes of it: "In |Sfax| strikers"."""
    start, after = telling.sentence.start, parsed.text[mention.end : mention.end + 2]
    alone = after[:1] == "," or (after[:1].isspace() and after[1:].islower())
    return alone and OPENS_AT.fullmatch(parsed.text, start, mention.start) is not None


def _after_locative(parsed: ParsedText, token: Token) -> bool:
    noun = first_conjunct(parsed, token)
    while noun.dep in {"compound", "nmod", "poss", "appos", "amod"} and noun.head != noun.i:
        noun = parsed.tokens[noun.head]
    return noun.dep == "pobj" and parsed.tokens[noun.head].text.lower() in LOCATIVE


def _is_in_reach(spot: Spot, label: Spot) -> bool:
    """Whether a place can lie in the one that stands before the sentence: "Kherson: … the Dniprovskyi district"."""
    one, other = spot.place, label.place
    if one is not None and other is not None and other.feature_class == "A":
        return one.country == other.country
    return one is not None and other is not None and distance_km(one.lat, one.lon, other.lat, other.lon) <= REACH_KM


def _labels(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution]) -> Iterator[Spot]:
    """Yield the place that stands before all that a sentence tells: "Nikopol: two shells fell"."""
    for resolution in resolutions:
        mention = resolution.mention
        opens = mention.start - telling.sentence.start <= LABEL and LABEL_END.match(parsed.text, mention.end)
        token = token_for(parsed, telling.sentence, mention.start, mention.end)
        if opens and token is not None and mention.kind not in NOT_A_SITE and not NOT_A_SITE_CUES & set(mention.cues):
            yield Spot(resolution, token, 0)


def _token(parsed: ParsedText, telling: Telling, resolution: Resolution) -> Token | None:
    """Return the token of a name, if it stands in the telling's part of the sentence."""
    token = token_for(parsed, telling.sentence, resolution.mention.start, resolution.mention.end)
    return token if token is not None and telling.covers(token) else None


def owns_site(parsed: ParsedText, telling: Telling, resolution: Resolution) -> bool:
    """Return whether a country stands before a site without a name: "a |Yemeni| port", but not "an American base"."""
    token = _token(parsed, telling, resolution)
    if token is None or resolution.place is None or not resolution.place.feature_code.startswith("PCL"):
        return False
    noun = parsed.tokens[token.head]
    word = noun.lemma.lower()
    codes = load_cues().feature_nouns.get(word, frozenset())
    is_site = bool(codes) and not codes & ABROAD and word not in NO_SITE_NOUNS
    return is_site and noun.i > token.i and noun.dep in OBJECTS


def is_of_force(parsed: ParsedText, telling: Telling, resolution: Resolution) -> bool:
    """Return whether a town or province is that of the police who do it: "|Istanbul| police arrested"."""
    token, place = _token(parsed, telling, resolution), resolution.place
    if token is None or place is None or place.feature_code.startswith("PCL") or telling.main.family not in OF_POLICE:
        return False
    noun = parsed.tokens[token.head]
    near = token.dep in {"compound", "nmod", "poss", "amod"} and noun.lemma.lower() in LOCAL_FORCES
    return near and any(noun.head == t.token.i for t in telling.verbs) and noun.dep in SUBJECTS


def _may_be_site(parsed: ParsedText, telling: Telling, resolution: Resolution, token: Token) -> bool:
    mention = resolution.mention
    names_district = DISTRICT_NAME.match(parsed.text, mention.end) is not None
    barred = _barring(mention) and not names_district
    if mention.kind in NOT_A_SITE or resolution.status == "rejected" or barred or is_seat(parsed.text, mention):
        return False
    opens = _opens_at(parsed, telling, mention)
    modifies = not names_district and not opens and _only_modifies(parsed, resolution, token)
    if any(c.startswith("boilerplate") for c in mention.cues) or modifies:
        return False
    beside = mention.relation is not None and (mention.relation.kind != "border" or mention.relation.distance_km)
    does = not opens and _is_doer(parsed, telling, token, resolution)
    if (not beside and _is_origin(parsed, token)) or does:
        return False
    if is_elsewhere(parsed, telling, mention) or _is_of_the_guns(parsed, token):
        return False
    # "the US struck", "a small US outpost", "a base housing U.S. troops"
    is_country = resolution.place is not None and resolution.place.feature_code.startswith("PCL")
    return not is_country or _is_where(parsed, telling, token)


def _barring(mention: Mention) -> frozenset[str]:
    """Return the cues that bar a name; what lies about it is no organisation, as "|Homs| Countryside" may look."""
    cues = NOT_A_SITE_CUES & set(mention.cues)
    around = mention.relation is not None and mention.relation.kind in {"countryside", "road", "outskirts"}
    return cues - {"in organisation"} if around else cues


def _is_of_the_guns(parsed: ParsedText, token: Token) -> bool:
    """Whether it is where they stand who fire: "artillery |positioned in A| shelled"."""
    for above in ancestors(parsed, token):
        gun = parsed.tokens[above.head]
        if above.dep == "acl" and above.lemma.lower() in STANDING and gun.dep == "nsubj":
            return gun.lemma.lower() in GUNS
    return False


def _only_modifies(parsed: ParsedText, resolution: Resolution, token: Token) -> bool:
    """Whether the name only says whose or which: "U.S. forces", "Gaza war", but not "Taji camp" or "Homs-Hama road"."""
    mention = resolution.mention
    cues, relation = mention.cues, mention.relation
    if not any(c.startswith("attributive") for c in cues) or any(c.startswith("feature") for c in cues):
        return False
    if (relation is not None and relation.end > mention.end) or parsed.text[mention.end :].lstrip()[:1] in ",.;:":
        return False  # "in Turbat, sources said"
    if ROAD_BETWEEN.match(parsed.text, mention.end):
        return False
    noun = parsed.tokens[token.head]
    known = noun.lemma.lower() in load_cues().feature_nouns or noun.lemma.lower() in load_tables().area_nouns
    return not (known or _stands_in_town(parsed, resolution, token, noun))


def _stands_in_town(parsed: ParsedText, resolution: Resolution, token: Token, noun: Token) -> bool:
    """Whether it is a town's own: what stands in it ("|Demoso's| hilltop church") or a part ("|Djugu|'s Petsi")."""
    place = resolution.place
    if place is None or place.feature_class != "P" or place.feature_code == "PPLC":
        return False
    if noun.pos == "PROPN":
        part = token.dep == "poss" and noun.dep == "pobj" and parsed.tokens[noun.head].text.lower() in LOCATIVE
        return part and not any(e.label == "PERSON" and e.start <= noun.start < e.end for e in parsed.entities)
    return bool(STANDING_THINGS & classes_of(parsed, noun))


def _is_origin(parsed: ParsedText, token: Token) -> bool:
    """Whether it is where something comes from: "missiles from |Yemen|", "shelled by |Israel|"."""
    noun = first_conjunct(parsed, token)
    while noun.dep in {"compound", "nmod"} and noun.head != noun.i:
        noun = parsed.tokens[noun.head]  # "youth from |Warrap| state"
    head = parsed.tokens[first_conjunct(parsed, noun).head]
    if head.text.lower() == "between" and BETWEEN_TOWNS.match(parsed.text, noun.end):
        return False  # "an ambush between |Goma| and Sake", of which a gazetteer may know one only
    if head.text.lower() == "of" and parsed.tokens[head.head].lemma.lower() in load_tables().holders:
        return True  # "a native of A"
    if parsed.tokens[head.head].lemma.lower() == "border":
        return False  # "a forest on the border with A"
    return head.dep == "agent" or (head.dep == "prep" and head.text.lower() in ORIGIN)


def _is_doer(parsed: ParsedText, telling: Telling, token: Token, resolution: Resolution) -> bool:
    """Whether it is the subject of what is done or said: "|Israel| struck", "|Moscow| said"."""
    token = first_conjunct(parsed, token)
    if token.dep not in SUBJECTS:
        return False
    verb, tables = parsed.tokens[token.head], load_tables()
    if any((met := came_under(parsed, t.token)) is not None and met.i == verb.i for t in telling.nouns):
        return False  # "|Kharkiv| came under rocket fire"
    does = telling.is_trigger(verb) and not is_passive(parsed, verb)
    if resolution.place is not None and resolution.place.feature_code == "PPLC" and not is_passive(parsed, verb):
        return does or verb.lemma.lower() not in SEES  # "|Baku| blamed", not "|Beirut| saw"
    return does or verb.lemma.lower() in tables.speech | tables.support_verbs


def _is_where(parsed: ParsedText, telling: Telling, token: Token) -> bool:
    """Whether a country stands where a place stands: after a preposition, or as what a trigger verb hits."""
    token = first_conjunct(parsed, token)
    if token.dep in {"dobj", "nsubjpass"} and telling.is_trigger(parsed.tokens[token.head]):
        return True
    return token.dep in {"pobj", "appos", "npadvmod", "ROOT"}


def _is_said_elsewhere(parsed: ParsedText, telling: Telling, token: Token) -> bool:
    """Whether the name hangs on another verb than those that tell: "said in |Baghdad|", "men operating in |Syria|"."""
    tables = load_tables()
    if _is_of_whole_day(parsed, telling, token):
        return True
    for above in ancestors(parsed, token):
        word = above.lemma.lower()
        if telling.is_trigger(above) or is_perceived(telling, above):
            return False
        goes_on = above.dep == "conj" and word not in tables.speech  # "targeted and destroyed a centre near"
        if not is_verb(above) or goes_on:
            continue
        if telling.is_below(parsed, above):
            if _is_raised(telling, above):
                return False
            return word in tables.speech or _in_outer_clause(parsed, telling, above, token)
        hangs = above.dep == "acl" and above.tag == "VBN"  # "targets linked to Iran in Baghdad": the parse cannot tell
        return word in tables.speech or (not hangs and word not in tables.siting | tables.support_verbs)
    return False


def _is_of_whole_day(parsed: ParsedText, telling: Telling, token: Token) -> bool:
    """Whether a name is of all that a day brought: "a bomb killed two, on a day that left 38 dead around |Iraq|"."""
    return is_of_whole_day(parsed, token) and not is_of_whole_day(parsed, telling.main.token)


def _is_raised(telling: Telling, verb: Token) -> bool:
    """Whether it is told of what its subject "is said to" have met: "villages in A |are said to| have been bombed"."""
    return verb.tag == "VBN" and any(t.token.dep == "xcomp" and t.token.head == verb.i for t in telling.verbs)


def _is_aside(parsed: ParsedText, token: Token) -> bool:
    """Whether the name stands where something is said or goes on, whatever the parse makes of the rest."""
    verb = next((a for a in ancestors(parsed, token) if is_verb(a)), None)
    if verb is not None and hangs_on_day(parsed, verb):
        return True
    return verb is not None and (verb.lemma.lower() in load_tables().speech or verb.tag == "VBG")


def _in_outer_clause(parsed: ParsedText, telling: Telling, verb: Token, token: Token) -> bool:
    """Whether a name hangs on the main verb while the telling stands in a clause below it."""
    if token.start - telling.sentence.start < OPENING:
        return False
    below, deps = telling.head, set()
    while below.i not in {verb.i, below.head}:
        deps.add(below.dep)
        below = parsed.tokens[below.head]
    return bool(deps & OUTER_CLAUSES)
