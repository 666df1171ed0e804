"""How a telling is told: in passing, in quotation marks, of a site of civilians, only days before another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.events.crowd_scenes import FAMILIES as SCENES
from pipeline.events.elsewhere import is_cared_for
from pipeline.events.grammar import first_conjunct
from pipeline.events.joining import HARM
from pipeline.events.places import is_locative
from pipeline.events.tellings import Telling, is_nominal, support_verb
from pipeline.events.triggers import instrument_in, load_tables
from pipeline.parse import ParsedText

ON_SITES = frozenset({"attack", "raid", "ambush", "shooting", "strike", "clash"})  # families
MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})  # deps of a verb that says the main thing
SPANS = frozenset({"day", "week", "month", "year"})
HANGING = frozenset({"acl", "pcomp", "pobj", "amod", "dobj", "nsubj"})
DISTRICT, SECTOR = 3, 5  # UCDP where_prec
PERFECT = frozenset({"has", "have", "had"})
STREET = re.compile(r"\b[A-Z][\w’'-]+ (?i:road|street|avenue|chowk|bazaar|market|colony|square|boulevard|roundabout)\b")
LABEL = re.compile(r"\W*[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}(?:,[^:.]{1,40})?:\s")


def is_on_civilian_site(parsed: ParsedText, telling: Telling) -> bool:
    """Whether what is attacked or stormed is a place of civilians: "stormed |a church|", "an attack on |a village|"."""
    sites = load_tables().civilian_sites
    heads = [t.token for t in telling.triggers if t.family in ON_SITES]
    links = [c for h in heads for c in parsed.children(h) if c.dep in {"dobj", "nsubjpass", "prep"}]
    things = [c for c in links if c.dep != "prep"]
    things += [p for c in links if c.text.lower() in {"on", "against", "into"} for p in parsed.children(c)]
    return any(form in sites for t in things for form in (t.lemma.lower(), t.text.lower()))


def is_quoted(parsed: ParsedText, telling: Telling) -> bool:
    """Whether its main word stands between quotation marks."""
    begin = parsed.text.rfind("\n", 0, telling.sentence.start) + 1
    before = parsed.text[begin : telling.head.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def is_days_before(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it only dates another: "it came |days after| jets struck", "three weeks after gunmen attacked"."""
    for verb in (v for t in telling.verbs if (v := first_conjunct(parsed, t.token)).dep == "advcl"):
        marks = {c.text.lower() for c in parsed.children(verb) if c.dep == "mark"}
        spans = [c for c in parsed.children(parsed.tokens[verb.head]) if c.dep == "npadvmod" and c.i < verb.i]
        own = [c for c in parsed.children(verb) if c.dep == "npadvmod" and c.i < verb.i]
        if "after" in marks and any(c.lemma.lower() in SPANS for c in (*spans, *own)):
            return True
    return False


def has_auxiliary(parsed: ParsedText, telling: Telling, words: frozenset[str]) -> bool:
    """Return whether one of its verbs, or of those that carry its nouns, has one of the auxiliaries."""
    carriers = [support_verb(parsed, t.token) for t in telling.nouns] if not telling.verbs else []
    verbs = [*(t.token for t in telling.verbs), *(c for c in carriers if c is not None)]
    return any(c.dep == "aux" and c.text.lower() in words for v in verbs for c in parsed.children(v))


def is_bare(parsed: ParsedText, telling: Telling, width: int, order: int) -> bool:
    """Whether no verb tells of it: a noun in passing, as in "since the attacks on Israel"."""
    verbs = telling.verbs
    nominal = is_nominal(parsed, telling) and (order == 0 or width <= DISTRICT)
    if nominal or telling.main.family in SCENES:
        return False  # "Heavy shelling of villages near Hama": all that is said; a crowd is told by its whole clause
    whole = not has_auxiliary(parsed, telling, PERFECT)  # "have been killed in Syria" is how tallies are told
    if not telling.nouns and telling.head.dep in MAIN and whole and _is_by_weapon(parsed, telling):
        return False  # "a drone killed a farmer and ten of his kin"
    if not telling.nouns and telling.head.dep in MAIN and width <= (SECTOR if whole else DISTRICT):
        return False  # "Ten people were killed in Kalat"
    if telling.nouns and all(t.token.dep in {"relcl", "acl"} for t in verbs):  # "the attack that killed three"; no verb
        return all(support_verb(parsed, t.token) is None for t in telling.nouns)
    if all(t.token.tag == "VBG" and t.token.dep in HANGING for t in verbs):
        return True
    return not telling.nouns and all(t.family in HARM for t in verbs)


def _is_by_weapon(parsed: ParsedText, telling: Telling) -> bool:
    """Whether a weapon is what did it: "|a drone| killed a farmer", "was struck |by two shells|"."""
    verbs = [t.token for t in telling.verbs]
    doers = [c for v in verbs for c in parsed.children(v) if c.dep == "nsubj"]
    doers += [p for v in verbs for c in parsed.children(v) if c.dep == "agent" for p in parsed.children(c)]
    plain = [
        d for d in doers if not any(c.dep in {"acl", "relcl"} for c in parsed.children(d))
    ]  # not "a shell |fired at A|"
    return any(instrument_in(d.text) not in {None, "gunfire"} for d in plain)


def names_place(parsed: ParsedText, telling: Telling, names: Sequence[tuple[int, int]]) -> bool:
    """Whether it says where by a name, known or not; the names of actors aside ("Resistance |in Iraq|")."""
    if LABEL.match(parsed.text, telling.sentence.start, telling.sentence.end):
        return True
    tokens = (t for t in telling.tokens if not any(s <= t.start < e for s, e in names))
    return any(is_locative(parsed, t) and not is_cared_for(parsed, telling, t.start) for t in tokens)


def names_street(text: str) -> bool:
    """Return whether a text names a street or a market, which are those of the town it is told from.

    >>> names_street("A barber was shot dead on Brewery Road."), names_street("It was in the Qila area.")
    (True, False)
    """
    return STREET.search(text) is not None
