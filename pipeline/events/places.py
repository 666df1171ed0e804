"""Event to place: which of the places a sentence names is where *this* happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.models import Place

from pipeline.events.grammar import PASSIVE_SUBJECTS, SUBJECTS, ancestors, conjuncts, distance, is_passive, token_for
from pipeline.events.tellings import Telling
from pipeline.events.triggers import load_tables
from pipeline.models import Placement, Resolution
from pipeline.parse import ParsedText, Token
from pipeline.toponyms.cues import feature_noun_before, fits, load_cues
from pipeline.toponyms.features import Constraint, is_within, relation_fit

ORIGIN = frozenset({"from", "by", "than", "with", "for", "since", "between"})
BESIDE = re.compile(r"(?:'s|’s)?\s*,?\s*(?:in\s+)?(?:the\s+)?(?:[a-z]+\s+){0,2}")
TIME_ZONE = re.compile(r"(?:evening|morning|afternoon|midnight|noon|still \w+(?: night)?|time|o'clock|[ap]\.?m\.?)\s+in\s+$")
FAR_STEPS = 4
NOT_A_SITE = frozenset({"demonym", "metonym"})
NOT_SAID = Placement(None, None, None, None, None, "", None, ("the text does not say where",))


@dataclass(frozen=True, slots=True)
class Spot:
    """A resolution that may be the place of an event, with the token it hangs on."""

    resolution: Resolution
    token: Token
    steps: int

    @property
    def place(self) -> Place | None:
        """The place, if one was found."""
        return self.resolution.place


def find_places(parsed: ParsedText, telling: Telling, resolutions: Sequence[Resolution], earlier: Sequence[Resolution]) -> tuple[Placement, ...]:
    """Return where a telling happened: none, one, or several where places are coordinated ("in A and B").

    ``resolutions`` are those of the sentence; ``earlier`` those before it in the article, for "the base".
    """
    spots = [s for r in resolutions if (s := _spot(parsed, telling, r)) is not None]
    if not spots and not telling.definite:
        spots = [s for r in resolutions if (s := _spot(parsed, telling, r, strict=False)) is not None]
    known = [s for s in spots if s.place is not None]
    best = _coordinated(parsed, _finest(known))
    if best:
        return tuple(placement_of(parsed.text, s.resolution) for s in best)
    pointed = _pointed_at(parsed, telling, earlier)
    if pointed is not None:
        return (pointed,)
    if spots:
        return (_unknown(parsed.text, spots[0].resolution, resolutions),)
    owned = next((r for r in resolutions if _owns_site(parsed, telling, r)), None)
    return (placement_of(parsed.text, owned, reasons=("known only by its country",)),) if owned is not None else ()


def _unknown(text: str, unmatched: Resolution, resolutions: Sequence[Resolution]) -> Placement:
    """Return the placement for a name that the gazetteer lacks: the area named right beside it, or nowhere."""
    words = unmatched.mention.text
    why = f"no place called “{words}” is known"
    for other in resolutions:
        first, last = sorted((other.mention, unmatched.mention), key=lambda m: m.start)
        if other.place is not None and other.place.feature_class == "A" and BESIDE.fullmatch(text[first.end : last.start]):
            wide = placement_of(text, other, reasons=(why, f"placed only to {other.place.name}, which it is named with"))
            return replace(wide, description=re.sub(r"\s+", " ", text[first.start : last.end]))
    return Placement(unmatched, None, None, None, None, words, None, (why,))


def _owns_site(parsed: ParsedText, telling: Telling, resolution: Resolution) -> bool:
    """Whether a country's adjective or name stands before a site without a name: "a |Yemeni| port", "an |Iraqi| base"."""
    token = token_for(parsed, telling.sentence, resolution.mention.start, resolution.mention.end)
    if token is None or resolution.place is None or token.i not in {t.i for t in telling.tokens}:
        return False
    noun = parsed.tokens[token.head]
    site = noun.lemma.lower() in load_cues().feature_nouns and noun.i > token.i and noun.lemma.lower() not in {"state", "capital"}
    return site and noun.dep in {"pobj", "dobj", "nsubjpass", "conj"} and resolution.place.feature_code.startswith("PCL")


def placement_of(text: str, resolution: Resolution, *, reasons: tuple[str, ...] = ()) -> Placement:
    """Return the placement that a resolution gives, with the words that say so."""
    mention = resolution.mention
    start = _description_start(text, resolution)
    words = re.sub(r"\s+", " ", text[start : mention.end])
    return Placement(resolution, resolution.footprint, resolution.geo_precision, resolution.where_prec, resolution.method,
                     words, active_relation(resolution), reasons)  # fmt: skip


def active_relation(resolution: Resolution):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return the relation that makes the place a footprint, or None where it only says which place is meant."""
    return None if "anchor" in resolution.mention.cues else resolution.mention.relation


def _description_start(text: str, resolution: Resolution) -> int:
    """Return where the words that say where begin: "|an air base west of Baghdad"."""
    relation = active_relation(resolution)
    if relation is None:
        return resolution.mention.start
    noun = feature_noun_before(text, relation.start)
    if noun is None:
        return relation.start
    lead = re.search(r"(?:\b(?:an?|the)\s+)?(?:[a-z-]+\s+){0,2}$", text[max(0, noun[1] - 40) : noun[1]])
    article = lead and re.search(r"\b(?:an?|the)\s", lead[0])
    return noun[1] - (len(lead[0]) - article.start() if lead and article else 0)


def _spot(parsed: ParsedText, telling: Telling, resolution: Resolution, *, strict: bool = True) -> Spot | None:
    mention = resolution.mention
    token = token_for(parsed, telling.sentence, mention.start, mention.end)
    if token is None or token.i not in {t.i for t in telling.tokens} or not _may_be_site(parsed, telling, resolution, token, strict=strict):
        return None
    return Spot(resolution, token, min(distance(parsed, token, t.token) for t in telling.triggers))


def _may_be_site(parsed: ParsedText, telling: Telling, resolution: Resolution, token: Token, *, strict: bool) -> bool:
    mention = resolution.mention
    if mention.kind in NOT_A_SITE or resolution.status == "rejected" or {"anchor", "in organisation", "dateline"} & set(mention.cues):
        return False
    if any(c.startswith("boilerplate") for c in mention.cues):
        return False
    if _only_modifies(parsed, mention.cues, token) or (mention.relation is None and _is_origin(parsed, token)) or _is_doer(parsed, telling, token):
        return False
    if TIME_ZONE.search(parsed.text, max(0, mention.start - 30), mention.start):
        return False  # "still Thursday evening in Washington"
    country = resolution.place is not None and resolution.place.feature_code.startswith("PCL")
    if country and not _is_where(parsed, telling, token):
        return False  # "the US struck", "a small US outpost", "a base housing U.S. troops"
    if strict:
        return not _said_elsewhere(parsed, telling, token)
    verb = next((a for a in ancestors(parsed, token) if a.pos in {"VERB", "AUX"}), None)
    return verb is None or (verb.lemma.lower() not in load_tables().speech and verb.tag != "VBG")  # the parse may err


def _only_modifies(parsed: ParsedText, cues: Sequence[str], token: Token) -> bool:
    """Whether the name only says whose or which: "U.S. forces", "Gaza war" — but not "Taji camp" or "Kherson region"."""
    if not any(c.startswith("attributive") for c in cues) or any(c.startswith("feature") for c in cues):
        return False
    noun = parsed.tokens[token.head]
    return noun.lemma.lower() not in {*load_cues().feature_nouns, "border", "area", "coast", "countryside", "outskirts", "suburb"}


def _is_origin(parsed: ParsedText, token: Token) -> bool:
    token = _first_conjunct(parsed, token)
    head = parsed.tokens[token.head]
    first = parsed.tokens[head.head] if token.dep == "conj" else head
    return head.dep in {"prep", "agent"} and head.text.lower() in ORIGIN or (first.dep == "agent")


def _is_doer(parsed: ParsedText, telling: Telling, token: Token) -> bool:
    token = _first_conjunct(parsed, token)
    if token.dep not in SUBJECTS:
        return False
    verb = parsed.tokens[token.head]
    return not is_passive(parsed, verb) and token.dep not in PASSIVE_SUBJECTS and verb.i in {t.token.i for t in telling.triggers} or (
        verb.lemma.lower() in load_tables().speech | load_tables().support_verbs)  # fmt: skip


def _is_where(parsed: ParsedText, telling: Telling, token: Token) -> bool:
    """Whether a country stands where a place stands: after a preposition, or as what a trigger verb hits."""
    token = _first_conjunct(parsed, token)
    hit = token.dep in {"dobj", "nsubjpass"} and token.head in {t.token.i for t in telling.triggers}
    return hit or token.dep in {"pobj", "appos", "npadvmod", "ROOT"}


def _first_conjunct(parsed: ParsedText, token: Token) -> Token:
    while token.dep == "conj":
        token = parsed.tokens[token.head]
    return token


def _said_elsewhere(parsed: ParsedText, telling: Telling, token: Token) -> bool:
    """Whether the name hangs on another verb ("said in Baghdad", "militants operating in Syria"), not on what is told."""
    tables = load_tables()
    triggers = {t.token.i for t in telling.triggers}
    above_triggers = {a.i for t in telling.triggers for a in ancestors(parsed, t.token)}
    for above in ancestors(parsed, token):
        if above.i in triggers:
            return False
        coordinated = above.dep == "conj" and above.lemma.lower() not in tables.speech  # "targeted and destroyed a centre near"
        if above.pos in {"VERB", "AUX"} and not coordinated:
            if above.i in above_triggers:
                return above.lemma.lower() in tables.speech or _in_outer_clause(parsed, telling, above, token)
            hangs = above.dep == "acl" and above.tag == "VBN"  # "targets linked to Iran in Baghdad": the parse cannot tell
            return not hangs and above.lemma.lower() not in tables.siting | tables.support_verbs
    return False


def _in_outer_clause(parsed: ParsedText, telling: Telling, verb: Token, token: Token) -> bool:
    """Whether a name hangs on the main verb while the telling stands in a clause below it; one that opens the sentence holds for all."""
    if token.start - telling.sentence.start < 25:
        return False
    below, deps = telling.head, set()
    while below.i != verb.i and below.head != below.i:
        deps.add(below.dep)
        below = parsed.tokens[below.head]
    return bool(deps & {"relcl", "advcl", "acl"})


def _finest(spots: Sequence[Spot]) -> list[Spot]:
    """Drop places that hold another one of the sentence, and repeats: "Kursk, Russia" is Kursk."""
    kept = []
    for spot in spots:
        holds = any(o is not spot and o.place and spot.place and is_within(o.place, spot.place) for o in spots)
        same = any(k.place and spot.place and k.place.place_id == spot.place.place_id and not (active_relation(spot.resolution)) for k in kept)
        if not holds and not same:
            kept.append(spot)
    return kept


def _coordinated(parsed: ParsedText, spots: Sequence[Spot]) -> list[Spot]:
    """Return the nearest spot and those coordinated with it."""
    if not spots:
        return []
    first = min(spots, key=lambda s: (s.resolution.geo_precision or 9, s.steps, s.token.i) if _close(spots) else (s.steps, s.token.i))
    exact = [s for s in spots if (s.resolution.where_prec or 9) <= 2 and s.steps <= first.steps + FAR_STEPS]
    if (first.resolution.where_prec or 9) >= 6 and exact:
        first = exact[0]  # "a drone aimed at the garrison of al-Tanf was the 28th attack on forces in Iraq"
    return [s for s in spots if s is first or _are_coordinated(parsed, first.token, s.token)]


def _are_coordinated(parsed: ParsedText, one: Token, other: Token) -> bool:
    """Whether two names stand side by side: "in A and B", "at two locations in A and one location in B"."""
    pairs = ((one, other), (_site_noun(parsed, one), _site_noun(parsed, other)))
    return any(a.i != b.i and (b in conjuncts(parsed, a) or a in conjuncts(parsed, b)) for a, b in pairs)


def _site_noun(parsed: ParsedText, token: Token) -> Token:
    """Return the noun that a name's preposition hangs on: "|location| in Iraq"."""
    prep = parsed.tokens[token.head]
    noun = parsed.tokens[prep.head]
    return noun if prep.dep == "prep" and noun.pos == "NOUN" else token


def _close(spots: Sequence[Spot]) -> bool:
    """Whether all spots are about equally near to the trigger, so that the finer one wins."""
    steps = [s.steps for s in spots]
    return max(steps) - min(steps) <= 1


def _pointed_at(parsed: ParsedText, telling: Telling, earlier: Sequence[Resolution]) -> Placement | None:
    """Return the place that "the base" or "the city" points back to: the last one of that kind."""
    part = telling.text(parsed)
    for found in re.finditer(r"\b(?:the|that|this|same)\s+((?:[a-z]+\s)?[a-z-]+)", part):
        codes = load_cues().feature_nouns.get(found[1]) or load_cues().feature_nouns.get(found[1].split()[-1])
        if codes is None or found[1].split()[-1] in {"state", "capital", "region"}:
            continue
        for resolution in reversed(earlier):
            place = resolution.place
            usable = resolution.mention.kind == "toponym" and not {"dateline", "anchor"} & set(resolution.mention.cues)
            if place is not None and usable and fits(f"{place.feature_class}.{place.feature_code}", codes):
                why = f"“the {found[1]}” points back to {place.name}, the last place of that kind named before"
                return placement_of(parsed.text, resolution, reasons=(why,))
    return None


def specialises(exact: Placement, vague: Placement, text: str) -> str:
    """Return why ``exact`` can be the place that ``vague`` describes ("an air base west of Baghdad"), or an empty string."""
    relation, anchor = vague.relation, vague.resolution.place if vague.resolution else None
    place = exact.resolution.place if exact.resolution else None
    if relation is None or relation.kind not in {"direction", "near"} or anchor is None or place is None or exact.relation is not None:
        return ""
    if (exact.where_prec or 9) > 2 or not vague.description or place.place_id == anchor.place_id:
        return ""
    noun = feature_noun_before(text, relation.start)
    codes = load_cues().feature_nouns.get(noun[0]) if noun else None
    if codes is not None and not fits(f"{place.feature_class}.{place.feature_code}", codes):
        return ""
    if place.country != anchor.country or relation_fit(place, Constraint(anchor, relation)) <= 0:
        return ""
    return f"“{vague.description}” fits {place.name}, which lies {relation.text} {anchor.name}"
