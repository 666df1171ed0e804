"""Words that tell of an event, by the tables of ``data/triggers.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.events.crowd_scenes import FAMILIES as SCENES
from pipeline.events.crowd_scenes import Scene, crowd_scenes, goes_with
from pipeline.events.grammar import ancestors, came_under, first_conjunct, is_verb, subject
from pipeline.events.learned_words import learned_words
from pipeline.events.phrases import LAST, UNSURE, Phrase, phrases_in
from pipeline.events.told_nouns import family_by_company, is_ended, is_hold, is_of_no_people, is_remembered, is_to_end
from pipeline.events.told_verbs import is_told_already
from pipeline.events.trigger_tables import Family, instrument_in, load_tables
from pipeline.events.trigger_words import (
    ELLIPTIC,
    GUNS,
    LEFT,
    classes_of,
    flew,
    flies,
    is_definite,
    is_nature,
    leads_to,
    lemma_of,
    object_classes,
    passive_subject,
    phrasal,
)
from pipeline.events.verb_families import verb_family
from pipeline.parse import ParsedText, Sentence, Token

__all__ = [
    "ELLIPTIC",
    "Trigger",
    "find_triggers",
    "instrument_in",
    "is_definite",
    "load_tables",
    "object_classes",
    "phrasal",
]

STORMED = frozenset({"attack", "raid", "strike", "destruction"})  # families of what is done to a post
VERBS = frozenset({"VERB", "AUX"})
MATTERS = frozenset({"of", "in", "over", "about", "on", "at", "against"})
NAMING = frozenset({"NOUN", "PROPN", "VERB"})  # parts of speech of an event noun; VERB: one in -ing
NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
SERIES = frozenset({"series", "wave", "string", "spate"})
ONE_IN_MANY = frozenset({"clash", "protest", "riot", "harm", "shooting"})  # families: "clashes" are one incident
TAKING = frozenset({"take", "abduction", "arrest", "capture", "seize"})  # families
BODIES = frozenset({"body", "corpse", "remains", "cadaver"})  # lemmas
HOLDING = frozenset({"occupy", "control", "hold"})  # lemmas
HELD = frozenset({"hold", "observe", "join"})  # lemmas before a strike
CAUSE_TOKENS = 25  # on both sides of it
ALONG = frozenset({"accompany", "coincide", "couple"})  # lemmas before "by" or "with"
#: families that a preposition must follow, and the classes of its object: "rammed a car |into|", "fell |to rebels|"
LED_BY = {
    "ram": (frozenset({"into", "at", "through"}), frozenset[str]()),
    "fall": (frozenset({"to", "into", "under"}), frozenset({"fighter", "force", "name", "person", "ground_control"})),
}


STOPPING_WORK = frozenset({"go", "be", "stay", "remain", "come"})  # lemmas before "on strike"
BEGINNING = frozenset({"launch", "mount", "begin", "start", "undertake"})  # lemmas
#: lemmas: "|search| operation", "to |hunt down|"
SEEKING = frozenset(
    ["hunt", "track", "trace", "find", "locate", "search", "look", "catch", "apprehend", "identify", "recover", "comb"]
)
TAKEN_TO = (frozenset({"to"}), frozenset({"route"}))  # "took |to the streets|", not "was taken to hospital"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event; whether it is one of many, one told of before, or another one.

    ``scene``: the part of the sentence that tells of one crowd, of which it then tells.
    ``idiom``: it does so only by the phrase it stands in, which may be meant otherwise: "lay in wait", "slipped over".
    ``learned``: the kind of event that it tells of by what was learned of words; ``chance``: how likely it does, where
    no table knows it.
    """

    token: Token
    family: str
    form: Literal["verb", "noun"]
    plural: bool = False
    definite: bool = False
    other: frozenset[str] = frozenset()
    scene: tuple[int, int] | None = None
    idiom: bool = False
    learned: str = ""
    chance: float = 1.0


def find_triggers(parsed: ParsedText, sentence: Sentence) -> tuple[Trigger, ...]:
    """Return the triggers of a sentence in order of the text.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Two soldiers were killed in an air strike."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> [(t.token.text, t.family, t.form) for t in find_triggers(parsed, parsed.sentences[0])]
    [('killed', 'harm', 'verb'), ('strike', 'airstrike', 'noun')]
    """
    return _with_learned(parsed, sentence, told_by_tables(parsed, sentence))


def told_by_tables(parsed: ParsedText, sentence: Sentence) -> list[Trigger]:
    """Return the triggers that the tables know."""
    found: list[Trigger] = []
    phrases = phrases_in(parsed, sentence)
    within = [(p.start, p.end) for p in phrases.values() if p.part != LAST]  # "met their |death|": the phrase tells it
    for token in parsed.tokens_of(sentence):
        phrase = phrases.get(token.start)
        if phrase is not None and phrase.part != LAST:
            found.append(Trigger(token, phrase.family, _form(token), idiom=phrase.part == UNSURE))
        elif not any(s <= token.start < e for s, e in within) and not _tells_none(parsed, token, found):
            told = _trigger(parsed, token) or _elliptic(parsed, token, found) or _set_phrase(parsed, token)
            told = told or _of_phrase(parsed, token, phrase)
            found += [] if told and _is_unreal(parsed, token) else told
    for scene in crowd_scenes(parsed.text, sentence.start, sentence.end):
        found = _in_scene(parsed, sentence, scene, found)
    return found


def _with_learned(parsed: ParsedText, sentence: Sentence, found: Sequence[Trigger]) -> tuple[Trigger, ...]:
    """Return the triggers with those that no table knows, and each with the kind that it is learned to tell of."""
    told = {w.token.i: w for w in learned_words(parsed, sentence, {t.token.i: t.family for t in found})}
    known = [replace(t, learned=told.pop(t.token.i).sub) if t.token.i in told else t for t in found]
    new = [Trigger(w.token, w.family, _form(w.token), learned=w.sub, chance=w.chance) for w in told.values()]
    return tuple(sorted([*known, *new], key=lambda t: t.token.i))


def _form(token: Token) -> Literal["verb", "noun"]:
    return "verb" if token.pos in VERBS else "noun"


def _in_scene(parsed: ParsedText, sentence: Sentence, scene: Scene, found: list[Trigger]) -> list[Trigger]:
    """Return the triggers with that of a crowd, and with those of its part of the sentence as telling of it."""
    within = [t for t in found if scene.start <= t.token.start < scene.end]
    if any(t.family in SCENES[scene.family] for t in within):
        return found  # the verbs and nouns of the tables tell of it
    token = next(t for t in parsed.tokens_of(sentence) if t.end > scene.at)
    part = (scene.start, scene.end)
    told = Trigger(token, scene.family, _form(token), scene=part)
    rest = [t for t in found if t.token.i != token.i]
    rest = [replace(t, scene=part) if t in within and goes_with(scene, t.family) else t for t in rest]
    return sorted([*rest, told], key=lambda t: t.token.i)


def _tells_none(parsed: ParsedText, token: Token, found: Sequence[Trigger]) -> bool:
    """Whether a word tells of nothing where it stands: it goes along with what was told, or adds to that."""
    along = any(t.form == "noun" for t in found) and _goes_along(parsed, token)
    return along or is_told_already(parsed, token, [t.token for t in found])


def _is_unreal(parsed: ParsedText, token: Token) -> bool:
    """Whether it is only likened to it, or was done without it."""
    return _is_likened(parsed, token) or _is_without(parsed, token)


def _of_phrase(parsed: ParsedText, token: Token, phrase: Phrase | None) -> list[Trigger]:
    """Return the trigger of a phrase that counts only where its word tells of nothing by itself."""
    if phrase is None or (phrase.family == "enter" and _is_visit(parsed, token)):
        return []
    return [Trigger(token, phrase.family, "verb")]


def _goes_along(parsed: ParsedText, noun: Token) -> bool:
    """Whether a noun tells of what went on with what was told: "clashes accompanied by |shelling|"."""
    prep = parsed.tokens[noun.head]
    tied = noun.dep == "pobj" and prep.text.lower() in {"by", "with"}
    return tied and parsed.tokens[prep.head].lemma.lower() in ALONG


def _set_phrase(parsed: ParsedText, token: Token) -> list[Trigger]:
    """Return the trigger of two words that tell of one whatever the parse makes of them: "shot dead"."""
    if token.i + 1 >= len(parsed.tokens) or token.text.lower() not in load_tables().set_firsts:
        return []
    second = parsed.tokens[token.i + 1]
    pair = f"{token.text} {second.text}".lower()
    if token.pos in VERBS and second.head == token.i and token.dep not in {"amod", "compound"}:
        return []  # the parse took it for what it is, and it tells of none: "the film |blew up|"
    family = load_tables().set_phrases.get(pair)
    return [] if family is None else [Trigger(token, family, "verb")]


def _elliptic(parsed: ParsedText, token: Token, before: Sequence[Trigger]) -> list[Trigger]:
    """Return the event that "another one" or "a second" stands for: "a strike on A, and |another| on B"."""
    named = next((t for t in reversed(before) if t.form == "noun"), None)
    stands_alone = token.text.lower() in ELLIPTIC and token.dep in {"nsubj", "nsubjpass"}
    if named is None or not stands_alone or not _is_placed_or_done(parsed, token, named):
        return []
    return [Trigger(token, named.family, "noun", other=frozenset({"another"}))]


def _is_placed_or_done(parsed: ParsedText, token: Token, named: Trigger) -> bool:
    """Whether it has a preposition of its own ("another |in B|") and hangs on another verb than the one it repeats."""
    own = any(c.dep == "prep" and c.text.lower() != "of" for c in parsed.children(token))
    return own and token.head != named.token.head


def _trigger(parsed: ParsedText, token: Token) -> list[Trigger]:
    tables = load_tables()
    if token.pos in VERBS and not _is_gerund_noun(parsed, token):
        if _only_counts(parsed, token) or _is_for_life(parsed, token):
            return []
        family = verb_family(parsed, token)
        if family and _is_event_verb(parsed, token, family) and _may_do(parsed, token, tables.families[family]):
            return [Trigger(token, family, "verb", definite=_retells(parsed, token, family))]
    elif token.pos in NAMING and token.dep not in {"compound", "nmod"}:
        by_company = family_by_company(parsed, token)
        family = by_company or _noun_family(parsed, token) or _under_fire(parsed, token)
        if (
            family
            and not _is_month(token)
            and not _is_handled(parsed, token, family)
            and not (family == "sexual" and _is_fought(parsed, token))
            and not (is_of_no_people(parsed, token) or is_remembered(parsed, token) or is_to_end(parsed, token))
            and not (token.dep == "pobj" and parsed.tokens[token.head].text.lower() == "since")
        ):
            held = is_hold(token)
            definite = not held and (
                is_definite(parsed, token) or _is_pointed_at(parsed, token) or is_ended(parsed, token)
            )
            marks = not held and _is_plural(parsed, token, family), definite, _others(parsed, token)
            return [Trigger(token, family, "noun", *marks)]
    return []


def _is_fought(parsed: ParsedText, noun: Token) -> bool:
    """Whether it is only what people or laws are against: "a law |against sexual abuse|"."""
    prep = parsed.tokens[first_conjunct(parsed, noun).head]
    return noun.dep in {"pobj", "conj"} and prep.text.lower() in {"against", "about", "on"}


def _is_month(token: Token) -> bool:
    """Whether it is the month: "in |March|"."""
    return token.text == "March" and token.pos == "PROPN"


def _is_handled(parsed: ParsedText, noun: Token, family: str) -> bool:
    """Whether the dead and hurt are only dealt with: "evacuated |the casualties|", "mourned |the deaths|"."""
    verb = parsed.tokens[noun.head]
    return family == "harm" and noun.dep == "dobj" and phrasal(parsed, verb) not in load_tables().support_verbs


def _is_pointed_at(parsed: ParsedText, noun: Token) -> bool:
    """Whether it is only the matter of something: "the victims of |the bombing|", "debated |attacks on civilians|"."""
    noun, tables = first_conjunct(parsed, noun), load_tables()  # "against high prices and |the killing of| two men"
    prep = parsed.tokens[noun.head]
    if noun.dep == "dobj" and prep.lemma.lower() in tables.matter_verbs:
        return True
    above = parsed.tokens[prep.head].lemma.lower()
    return noun.dep == "pobj" and prep.text.lower() in MATTERS and above in tables.pointing_nouns


def _is_gerund_noun(parsed: ParsedText, token: Token) -> bool:
    """Whether an event noun in -ing is taken for a verb: "|shelling| from across the border killed two"."""
    named = token.tag == "VBG" and token.dep in NOMINAL and token.text.lower() in load_tables().nouns
    return named and not any(c.dep in {"dobj", "nsubj", "aux", "prt"} for c in parsed.children(token))


COUNTING = frozenset({"claim life", "take life", "cost life"})  # phrases


def _only_counts(parsed: ParsedText, verb: Token) -> bool:
    """Whether a participle only says who is counted: "the number of |those killed|"."""
    if verb.dep == "relcl" and parsed.tokens[verb.head].tag == "NNS" and phrasal(parsed, verb) in COUNTING:
        return True  # "a spate of attacks |that claimed six lives|"
    if verb.dep != "acl" or verb.tag != "VBN":
        return False
    noun = parsed.tokens[verb.head]
    above = parsed.tokens[parsed.tokens[noun.head].head].lemma.lower() if noun.dep == "pobj" else ""
    return noun.text.lower() == "those" or above in {"number", "toll", "tally", "total"}


def _is_for_life(parsed: ParsedText, verb: Token) -> bool:
    """Whether one who was hurt only is in danger: "is |fighting| for his life"."""
    below = (p for c in parsed.children(verb) if c.text.lower() == "for" for p in parsed.children(c))
    return any(p.lemma.lower() == "life" and p.dep == "pobj" for p in below)


def _may_do(parsed: ParsedText, verb: Token, family: Family) -> bool:
    """Whether the one who does it is one who can: no storm that hits a coast, no car that strikes a tree."""
    if not family.subjects and not family.not_subjects:
        return True
    doers = [c for c in parsed.children(verb) if c.dep == "nsubj"]
    agents = [
        p for c in parsed.children(verb) if c.dep == "agent" for p in parsed.children(c) if c.text.lower() == "by"
    ]
    doers += agents
    if verb.dep == "relcl" and any(d.text.lower() in {"that", "which"} for d in doers):
        doers.append(parsed.tokens[verb.head])  # "a fire that killed four"
    if family.subjects:
        doers += [c for c in parsed.children(verb) if c.dep == "nsubjpass" and not agents]
    hangs = verb.dep == "conj" or (verb.dep == "advcl" and verb.tag == "VBG")
    if family.subjects or (hangs and not doers):  # "the storm hit the coast and |killed| four"
        doers += [] if doers else filter(None, [subject(parsed, verb)])
    doers += [said for d in doers if (said := _who_says(parsed, verb, d)) is not None]
    doers += [c for d in doers for c in parsed.children(d) if c.dep == "appos"]  # "In Ariha, Idlib, |a bomb| blew up"
    classes = {name for doer in doers for name in classes_of(parsed, doer)}
    classes |= {"weapon" for doer in doers if flew(parsed, doer)}
    armed = not family.subjects or "weapon" in family.subjects
    if armed and any(flies(parsed, doer) and not is_nature(parsed, doer) for doer in doers):
        return True
    return (not family.subjects or bool(classes & set(family.subjects))) and not classes & set(family.not_subjects)


def _who_says(parsed: ParsedText, verb: Token, doer: Token) -> Token | None:
    """Return who says that "it" or "they" did it: "|the army| says |it| has taken the hill"."""
    above = parsed.tokens[verb.head]
    said = verb.dep == "ccomp" and is_verb(above) and above.lemma.lower() in load_tables().speech
    if not said or doer.text.lower() not in {"it", "they"}:
        return None
    return next((c for c in parsed.children(above) if c.dep == "nsubj" and c.i != doer.i), None)


def _is_event_verb(parsed: ParsedText, verb: Token, family: str) -> bool:
    """Whether the verb itself tells of violence; "launch" or "land" do only with what flies or explodes."""
    if verb.dep in {"amod", "compound"} and (verb.tag == "VBG" or family == "strike"):
        return False
    if (
        _is_no_deed(parsed, verb, family)
        or _is_held(verb, family)
        or _handles_dead(parsed, verb, family)
        or (family == "enter" and _is_visit(parsed, verb))
    ):
        return False
    if family == "gather":
        return verb.dep != "relcl" and not any(c.dep == "dobj" for c in parsed.children(verb))
    led_by = TAKEN_TO if family == "protest" and phrasal(parsed, verb) == "take to" else LED_BY.get(family)
    if led_by is not None:
        return leads_to(parsed, verb, *led_by)
    if not load_tables().families[family].needs_instrument or family == "respond":
        return True
    children = parsed.children(verb)
    wanted = (
        {"dobj", "nsubjpass"}
        if family in {"launch", "intercept"}
        else {"nsubj"}
        if family == "damage"
        else {"nsubj", "dobj", "nsubjpass"}
    )
    objects = [c for c in children if c.dep in wanted]
    objects += filter(None, [passive_subject(parsed, verb)])
    if verb.dep == "xcomp" and verb.tag == "VBN":  # "|a third| was reported shot down"
        objects += [c for c in parsed.children(parsed.tokens[verb.head]) if c.dep == "nsubjpass"]
    if family == "launch" and verb.lemma.lower() == "fire" and not any(c.dep in {"aux", "dobj"} for c in children):
        objects += [c for c in children if c.dep == "nsubj"]  # "|a rocket| fired at a post missed its target"
    if verb.dep in {"acl", "relcl"}:
        objects.append(parsed.tokens[verb.head])
    beside = {"conj", "pobj", "appos"} if family in {"land", "arrive"} else {"conj", "pobj"}
    objects += [x for c in objects for x in parsed.children(c) if x.dep in beside]
    return any(flies(parsed, c) or flew(parsed, c) or (family == "damage" and _is_aircraft(c)) for c in objects)


def _is_aircraft(noun: Token) -> bool:
    """Whether what does damage is flown by men: "|warplanes| levelled the tower"."""
    return instrument_in(noun.text) == "Air/drone strike"


def _is_no_deed(parsed: ParsedText, verb: Token, family: str) -> bool:
    """Whether an operation is only begun, or only said what had been done to one found dead."""
    begun = family == "raid" and _only_seeks(parsed, verb)
    begun = begun or (family in TAKING and verb.dep == "amod")  # "the |kidnapped| girls", "their |pick|-up"
    at_it = family == "disrupt" and _is_at_it(parsed, verb)
    return begun or at_it or (family in TAKING and _is_of_found(parsed, verb))


def _is_at_it(parsed: ParsedText, verb: Token) -> bool:
    """Whether somebody only was at work on a bomb when it went off: "a shell |he was dismantling|"."""
    below = {c.text.lower() for c in parsed.children(verb)}
    return (
        verb.tag == "VBG"
        and verb.dep in {"relcl", "advcl", "pcomp"}
        and bool(below & {"was", "were", "while", "when", "as"})
    )


def _only_seeks(parsed: ParsedText, verb: Token) -> bool:
    """Whether an operation is only begun, to look for somebody: "launched an operation |to hunt down| the men"."""
    if verb.lemma.lower() not in BEGINNING:
        return False
    things = [c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass"}]
    below = [c for t in (verb, *things) for c in parsed.children(t)]
    return any(c.lemma.lower() in SEEKING and (c.tag == "VB" or c.dep in LEFT) for c in below)


def _is_of_found(parsed: ParsedText, verb: Token) -> bool:
    """Whether it only says of one found dead what was done before: "the body of a man |kidnapped| in May was found"."""
    if verb.dep not in {"acl", "relcl"}:
        return False
    prep = parsed.tokens[parsed.tokens[verb.head].head]
    return prep.lemma == "of" and parsed.tokens[prep.head].lemma.lower() in BODIES


def _handles_dead(parsed: ParsedText, verb: Token, family: str) -> bool:
    """Whether it is the dead who are taken: "one |body| was taken away by the attackers"."""
    taken = (c for c in parsed.children(verb) if c.dep in {"dobj", *NOMINAL}) if family in TAKING else ()
    return any(c.lemma.lower() in BODIES for c in taken)


def _is_held(verb: Token, family: str) -> bool:
    """Whether it only says how things are: "towns |occupied by| the rebels"."""
    held = verb.dep == "acl" and verb.lemma.lower() in HOLDING
    return held and family in {"seize", "conquer", "occupation"}


def _is_visit(parsed: ParsedText, verb: Token) -> bool:
    """Whether forces go somewhere for something else than to hold it: "moved into the quarter |to arrest| two men"."""
    ends = (c for c in parsed.children(verb) if c.dep in {"advcl", "xcomp"} and c.tag == "VB")
    return any(c.lemma.lower() in load_tables().visiting for c in ends)


def _under_fire(parsed: ParsedText, noun: Token) -> str | None:
    """Return the family of the fire that somebody |came under|: "came under fire from |Grad rockets|"."""
    if noun.lemma.lower() != "fire" or came_under(parsed, noun) is None:
        return None
    of = (p for c in parsed.children(noun) if c.text.lower() in {"from", "of"} for p in parsed.children(c))
    words = {w.lemma.lower() for p in of for w in (p, *parsed.children(p))}
    return "shelling" if words & GUNS else "shooting"


#: lemmas of what is only said, sent or paid, and comes in barrages all the same
WORDS = frozenset(
    {
        "accusation",
        "criticism",
        "question",
        "insult",
        "complaint",
        "abuse",
        "tweet",
        "message",
        "lawsuit",
        "claim",
        "rumour",
        "rumor",
        "promise",
        "boo",
        "jeer",
        "email",
        "demand",
        "denial",
        "letter",
        "statement",
        "tariff",
        "advert",
        "advertisement",
        "joke",
        "goal",
        "penalty",
        "allegation",
        "query",
        "post",
        "comment",
        "word",
        "applause",
        "laughter",
        "scandal",
        "headline",
        "leak",
        "writ",
        "petition",
        "amendment",
        "memo",
        "invective",
        "slur",
        "lie",
        "tax",
        "fee",
        "nerve",
        "conscience",
        "heckle",
        "praise",
        "apology",
        "excuse",
        "tackle",
        "emotion",
        "memory",
        "colour",
        "color",
    }
)


def _noun_family(parsed: ParsedText, noun: Token) -> str | None:
    tables, word = load_tables(), noun.lemma.lower()
    left = [c for c in parsed.children(noun) if c.i < noun.i and c.dep in LEFT]
    figurative = any(c.lemma.lower() in tables.figurative for c in left) or _is_of_work(parsed, noun)
    if figurative or _is_post(parsed, noun, left) or _is_of_other_matter(parsed, noun):
        return None
    of = [p.text.lower() for c in parsed.children(noun) if c.lemma == "of" for p in parsed.children(c)]
    joined = tables.noun_of.get(word)
    if joined is not None:
        return next((joined[o] for o in of if o in joined), None)
    for child in reversed(left):
        family = tables.nouns.get(f"{child.lemma.lower()} {word}")
        if family:
            return family
    if word == "fire" and any(c.lemma.lower() in GUNS for c in left):
        return "shelling"
    word = "protest" if word == "strike" and _is_held_for_a_cause(parsed, noun) else word
    return tables.nouns.get(word) or tables.nouns.get(noun.text.lower())


def _is_of_other_matter(parsed: ParsedText, noun: Token) -> bool:
    """Whether a noun of an event stands for another matter: a vigil for the dead, a protest on paper, a thing taken."""
    word = noun.lemma.lower()
    if any(p.lemma.lower() in WORDS for c in parsed.children(noun) if c.lemma == "of" for p in parsed.children(c)):
        return True  # "a barrage of |accusations|"
    if word in {"vigil", "procession"}:
        return _is_for_the_dead(parsed, noun)
    if word == "protest":
        return _is_of_a_capital(parsed, noun)
    return load_tables().nouns.get(word) == "seize" and _is_of_things(parsed, noun)


def _is_of_things(parsed: ParsedText, noun: Token) -> bool:
    """Whether what is taken is no place, or not said: "the seizure of |a gun|", "|Seizure| without bloodshed"."""
    of = [p for c in parsed.children(noun) if c.lemma == "of" for p in parsed.children(c)]
    if noun.lemma.lower() != "seizure" and not of:
        return False  # "since the takeover", "after the capture"
    grounds = {"territory", "stronghold", "name", "base", "route"}
    return not any(grounds & classes_of(parsed, p) for p in of)


def _is_likened(parsed: ParsedText, token: Token) -> bool:
    """Whether a thing is only said to be like it: "it was |like a bomb had gone off|", "|as if| shells had fallen"."""
    clause = next((t for t in (token, *ancestors(parsed, token)) if t.dep in {"advcl", "pobj", "ccomp"}), token)
    marks = [c.text.lower() for c in parsed.children(clause) if c.dep == "mark"]
    if clause.dep == "pobj":
        marks.append(parsed.tokens[clause.head].text.lower())
    return "like" in marks or _follows_as(parsed, clause)


def _is_without(parsed: ParsedText, token: Token) -> bool:
    """Whether it was done without it: "took the town |without firing| a shot", "|without casualties|"."""
    return token.dep in {"pobj", "pcomp"} and parsed.tokens[token.head].text.lower() == "without"


def _follows_as(parsed: ParsedText, clause: Token) -> bool:
    """Whether "like", "as if" or "as though" opens a clause, whatever the parse makes of that."""
    begin = min((c.i for c in parsed.children(clause)), default=clause.i)
    before = [t.text.lower() for t in parsed.tokens[max(0, begin - 2) : begin + 2]]
    return "like" in before[:-1] or any(pair in {("as", "if"), ("as", "though")} for pair in pairwise(before))


def _is_of_a_capital(parsed: ParsedText, protest: Token) -> bool:
    """Whether it is a state that protests, on paper: "drew |protests from Yerevan|"."""
    verb = parsed.tokens[protest.head]
    below = (*parsed.children(protest), *(parsed.children(verb) if protest.dep == "dobj" else ()))
    of = [p for c in below if c.text.lower() == "from" for p in parsed.children(c)]
    return any("lone_name" in classes_of(parsed, p) or "institution" in classes_of(parsed, p) for p in of)


def _is_of_work(parsed: ParsedText, strike: Token) -> bool:
    """Whether it is work that stops: "teachers went |on strike|"."""
    prep = parsed.tokens[strike.head]
    on = strike.lemma.lower() == "strike" and strike.dep == "pobj" and prep.text.lower() == "on"
    return on and not parsed.children(strike) and parsed.tokens[prep.head].lemma.lower() in STOPPING_WORK


def _is_held_for_a_cause(parsed: ParsedText, strike: Token) -> bool:
    """Whether people hold it to demand something: "youths |held a flash strike| with banners against"."""
    verb = parsed.tokens[strike.head]
    held = strike.dep in {"dobj", "nsubjpass"} and verb.lemma.lower() in HELD
    span = parsed.tokens[max(0, strike.i - CAUSE_TOKENS) : strike.i + CAUSE_TOKENS]
    return held and any(t.text.lower() in load_tables().causes for t in span)


def _is_for_the_dead(parsed: ParsedText, noun: Token) -> bool:
    """Whether people gather for those whom what is told killed: "a vigil for |the 20 people killed in| a strike"."""
    whom = [p for c in parsed.children(noun) if c.text.lower() == "for" for p in parsed.children(c)]
    of_them = (c.lemma.lower() for p in whom for c in parsed.children(p))
    return any(load_tables().verbs.get(word) in {"harm", "killing"} for word in of_them)


def _is_post(parsed: ParsedText, noun: Token, left: Sequence[Token]) -> bool:
    """Whether a picket is a post of soldiers: "an army |picket|", "gunmen stormed the |picket|"."""
    if noun.lemma.lower() != "picket":
        return False
    above = load_tables().verbs.get(lemma_of(parsed.tokens[noun.head]), "") if noun.dep in NOMINAL else ""
    before = parsed.tokens[max(0, noun.i - CAUSE_TOKENS) : noun.i]
    whose = any(c.dep == "poss" for c in parsed.children(noun))
    if whose and any("police" in classes_of(parsed, t) for t in before if t.pos == "NOUN"):
        return True  # "two policemen were hurt by a grenade tossed at |their picket|"
    beside = {name for c in left for name in classes_of(parsed, c)}
    return above in STORMED or bool(beside & {"force", "police", "name"})


def _is_plural(parsed: ParsedText, noun: Token, family: str) -> bool:
    if noun.tag in PLURAL_TAGS and family not in ONE_IN_MANY:
        return True
    if any(c.dep == "nummod" and c.text.lower() not in {"one", "1"} for c in parsed.children(noun)):
        return True
    return parsed.tokens[parsed.tokens[noun.head].head].lemma.lower() in SERIES  # "a |series| of attacks"


def _others(parsed: ParsedText, noun: Token) -> frozenset[str]:
    """Return the words before a noun that say it is another one."""
    words = frozenset(c.lemma.lower() for c in parsed.children(noun) if c.i < noun.i)
    return words & load_tables().other


def _retells(parsed: ParsedText, verb: Token, family: str) -> bool:
    """Whether a verb speaks of what was told: "|the drone| was fired by", "the first time they have struck"."""
    if verb.dep in {"relcl", "acl", "advcl"} and parsed.tokens[verb.head].lemma.lower() == "time":
        return True
    noun = parsed.tokens[verb.head]
    if verb.dep == "acl" and _is_pointed_at(parsed, noun):
        return True  # "the funeral of five policemen |killed| last week"
    if verb.dep in {"relcl", "acl"} and noun.lemma.lower() in load_tables().munitions and is_definite(parsed, noun):
        return True  # "the operation, which hit targets in"
    deps = {"nsubj", "nsubjpass", "dobj"} if family == "launch" else {"nsubj", "nsubjpass"}
    things = [c for c in parsed.children(verb) if c.dep in deps and family in {"launch", "land", "arrive"}]
    return any(t.lemma.lower() in load_tables().munitions and is_definite(parsed, t) for t in things)
