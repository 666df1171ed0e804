"""What the words around a trigger are: the class of an object, a weapon that flies, a verb with its particle."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events._quantities import count_words
from pipeline.events.grammar import subject
from pipeline.events.trigger_tables import load_tables
from pipeline.parse import ParsedText, Token

DEFINITE = frozenset({"the", "both", "this", "that", "these", "those", "his", "her", "their", "its", "such"})
PEOPLE = frozenset({"they", "them", "he", "him", "she", "her", "we", "us", "me", "whom"})
NEW = frozenset({"latest", "recent", "new", "fresh", "ensue", "ensuing", "subsequent"})  # lemmas
DONE_TO = frozenset({"nsubj", "nsubjpass"})  # deps
PAST = frozenset({"VBN", "VBD"})  # tags
LEFT = frozenset({"compound", "amod", "nmod"})
GUNS = frozenset({"artillery", "mortar", "rocket", "tank", "shell", "howitzer", "grad", "cannon", "missile"})
FIRING = GUNS | {
    "army",
    "enemy",
    "gun",
    "hostile",
    "insurgent",
    "military",
    "militant",
    "police",
    "rebel",
    "sniper",
    "troop",
}
WITH_OBJECT = frozenset({"take", "expel"})  # families of phrases around an object: "|forced| a man |into| a car"
DOWNED = frozenset({"shoot down", "bring down", "knock down", "intercept"})
APPEARING = frozenset({"turn up", "wash up"})
ONTO = frozenset({"to", "on", "onto", "over", "into", "upon", "with", "off"})
RIGGED = frozenset({"trapped", "rigged", "laden"})
FILLED = frozenset({"pack", "packed", "load", "loaded", "fill", "filled", "stuff", "rig", "full", "fit", "fitted"})
EXPLOSIVE = frozenset({"explosive", "explosives", "bomb", "tnt", "dynamite"})  # lemmas
DEALS = frozenset({"agreement", "deal", "pact", "accord"})  # lemmas
STOPPING = frozenset({"stop", "end", "halt", "cease"})  # lemmas
FIGHTING = frozenset(
    {"fire", "fighting", "hostility", "hostilities", "war", "clash", "bloodshed", "violence", "conflict"}
)  # lemmas
ELLIPTIC = frozenset({"one", "another", "others", "second", "third"})
LIGHT = frozenset({"prt", "dobj", "advmod", "prep", "acomp", "oprd", "ccomp"})  # deps of what makes a phrase of a verb
OUT_OF = 7  # tokens: "41 out of some 58 attack drones"
LIGHT_REACH = 4  # tokens: "took full and final control"
FAR = 9  # tokens
ABLAZE = frozenset(
    {"ablaze", "alight", "afire", "aflame"}
)  # they may stand farther off: "set the towers of A |ablaze|"


def object_classes(parsed: ParsedText, verb: Token) -> frozenset[str]:
    """Return what a verb's objects are, by ``object_classes`` of the table: "seized |the town|", "seized |rifles|"."""
    things = [c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass", "pobj"}]
    things += [] if things else filter(None, [after_which(parsed, verb)])
    if not things and verb.dep in {"pcomp", "conj"} and any(c.dep == "auxpass" for c in parsed.children(verb)):
        things += filter(None, [subject(parsed, verb)])  # "went missing after |being seized|"
    if (verb.dep == "relcl" and not (_is_where(parsed, verb) or (things and _does_it(parsed, verb)))) or (
        verb.dep == "acl" and verb.tag == "VBN"
    ):
        things.append(parsed.tokens[verb.head])
    above = parsed.tokens[verb.head]
    if not things and verb.dep == "advcl" and verb.tag == "VBN" and verb.i < above.i:
        things += [c for c in parsed.children(above) if c.dep in DONE_TO]  # "|Seized| off A, the tanker was led away"
    if not things and verb.dep == "conj" and verb.tag == "VBN" and above.tag == "VBN":  # "was found and |defused|"
        own = [c for c in parsed.children(verb) if c.dep == "nsubj"]  # "two died and |ten houses| burned"
        things += own or [c for c in parsed.children(above) if c.dep == "nsubjpass"]
    if not things:  # "a missile |fired at A| was shot down", the participle taken for the verb
        things += filter(None, [passive_subject(parsed, verb)])
    if not any(t.pos == "NOUN" for t in things):
        things += beside_place(parsed, verb)
    if not things and phrasal(parsed, verb) in APPEARING:  # "|the body| turned up"
        things += [c for c in parsed.children(verb) if c.dep == "nsubj"]
    if not things:  # "found |a mine| weighing five kilos"
        clauses = (c for c in parsed.children(verb) if c.dep == "ccomp" and c.tag == "VBG")
        things += [x for c in clauses for x in parsed.children(c) if x.dep == "nsubj"]
    if not things:  # "stepped on |a mine|"
        preps = (c for c in parsed.children(verb) if c.dep == "prep" and c.text.lower() in ONTO)
        things += [p for c in preps for p in parsed.children(c) if p.dep == "pobj"]
    things += [said for t in things if (said := _told_before(parsed, verb, t)) is not None]
    things += [x for t in things for x in parsed.children(t) if x.dep in {"conj", "appos"}]
    things += [
        x for t in things if t.tag == "VBN" for x in parsed.children(t) if x.dep == "nsubj"
    ]  # "|a bomb| packed into a keg was"
    return frozenset(name for thing in things for name in classes_of(parsed, thing))


def after_which(parsed: ParsedText, verb: Token) -> Token | None:
    """Return the subject of a passive clause, or of one beside it, whose "after" was taken for a preposition.

    "Officers sighed after |a bomb| was found".
    """
    above, below = parsed.tokens[verb.head], parsed.children(verb)
    if verb.dep != "conj" or any(c.dep in {"nsubj", "nsubjpass"} for c in below) or verb.tag != "VBN":
        return None
    if not any(c.dep == "auxpass" for c in below):
        return after_which(parsed, above)
    preps = [c for c in parsed.children(above) if c.text.lower() == "after" and c.i < verb.i]
    return next((p for c in preps for p in parsed.children(c) if p.dep == "pobj"), None)


def _told_before(parsed: ParsedText, verb: Token, pronoun: Token) -> Token | None:
    """Return what "it" stands for as the object of a verb that goes on: "stopped |a lorry| and set it on fire"."""
    if pronoun.text.lower() in {"it", "them"} and verb.dep == "advcl":  # "|the huts| were gutted when men lit them"
        return next((c for c in parsed.children(parsed.tokens[verb.head]) if c.dep == "nsubjpass"), None)
    if pronoun.text.lower() not in {"it", "them"} or verb.dep != "conj":
        return None
    return next((c for c in parsed.children(parsed.tokens[verb.head]) if c.dep == "dobj"), None)


def _does_it(parsed: ParsedText, verb: Token) -> bool:
    """Whether what a relative clause hangs on is its doer: "an attack |that brought down| a ward"."""
    return any(c.dep == "nsubj" and c.text.lower() in {"that", "which", "who"} for c in parsed.children(verb))


def _is_where(parsed: ParsedText, verb: Token) -> bool:
    """Whether a relative clause says what was there or then: "on Monday, |where they captured| and killed four"."""
    joined = [verb, *(c for c in parsed.children(verb) if c.dep == "conj")]
    return any(c.text.lower() in {"where", "when"} for v in joined for c in parsed.children(v))


def classes_of(parsed: ParsedText, noun: Token) -> frozenset[str]:
    """Return the classes of ``object_classes`` that a noun is of, with "person" and "name"; looked up once a text."""
    if noun.i not in parsed.classes:
        parsed.classes[noun.i] = frozenset(_classes_of(parsed, noun))
    return parsed.classes[noun.i]


def _classes_of(parsed: ParsedText, noun: Token) -> Iterator[str]:
    word = noun.lemma.lower()
    beside = {f"{c.lemma.lower()} {word}" for c in parsed.children(noun) if c.dep in LEFT and c.i < noun.i}
    below = [p for c in parsed.children(noun) if c.lemma == "of" for p in parsed.children(c)]
    of = {p.lemma.lower() for p in below}
    of |= {f"{c.lemma.lower()} {p.lemma.lower()}" for p in below for c in parsed.children(p) if c.dep in LEFT}
    named = {c.lemma.lower() for c in parsed.children(noun) if c.dep == "compound" and noun.pos == "PROPN"}
    forms = {word, noun.text.lower(), noun.text.lower().removesuffix("s"), *beside, *of}
    forms |= named & load_tables().object_classes["nature"]  # "|Cyclone| Hudhud"
    nature = {"nature"} if _is_gunfire(parsed, noun) else set()
    no_more = nature | ({"remains"} if _is_of_the_living(parsed, noun) else set())
    yield from (name for name, listed in load_tables().object_classes.items() if forms & listed and name not in no_more)
    if ends_fighting(parsed, noun):
        yield "accord"
    if any(c.text.lower() in RIGGED or is_filled(parsed, c) for c in parsed.children(noun)):
        yield "weapon"  # "a booby-trapped motorcycle", "a car |packed with explosives|"
    people = noun.pos == "PRON" and noun.text.lower() in PEOPLE
    people = people or any(p.text.lower() in {"them", "whom"} for p in below)  # "executed |nine of them|"
    if people or any("person" in count_words().nouns.get(form, ()) for form in (word, noun.text.lower())):
        yield "person"
    elif noun.pos == "PROPN":
        yield "name"
        if noun.tag == "NNP":
            yield "lone_name"  # "Tehran protested", not "Kenyans protested"


def _is_of_the_living(parsed: ParsedText, noun: Token) -> bool:
    """Whether a "head" is one who leads or one of a herd: "the village |head|", "90 |head| of cattle"."""
    below = parsed.children(noun)
    of = [p for c in below if c.text.lower() == "of" for p in parsed.children(c)]
    counted = any(c.dep == "nummod" for p in of for c in parsed.children(p))  # "left the |heads| of two policemen"
    return noun.lemma.lower() == "head" and (any(c.dep == "compound" for c in below) or (bool(of) and not counted))


def ends_fighting(parsed: ParsedText, noun: Token) -> bool:
    """Return whether an agreement is one to fight no more: "an agreement |to stop the fire|"."""
    if noun.lemma.lower() not in DEALS:
        return False
    ends = [c for c in parsed.children(noun) if c.dep in {"acl", "relcl"} and c.lemma.lower() in STOPPING]
    return any(p.lemma.lower() in FIGHTING for c in ends for p in parsed.children(c) if p.dep == "dobj")


def is_filled(parsed: ParsedText, word: Token) -> bool:
    """Return whether a participle says that a thing holds explosives: "packed |with explosives|"."""
    within = (p for c in parsed.children(word) if c.text.lower() in {"with", "of"} for p in parsed.children(c))
    return word.lemma.lower() in FILLED and any(p.lemma.lower() in EXPLOSIVE for p in within)


def _is_gunfire(parsed: ParsedText, noun: Token) -> bool:
    """Whether "fire" is somebody's: "killed by |Israeli army| fire", "by |sniper| fire"."""
    beside = [c for c in parsed.children(noun) if c.dep in LEFT and c.i < noun.i]
    return noun.lemma.lower() == "fire" and any(c.text[:1].isupper() or c.lemma.lower() in FIRING for c in beside)


def is_definite(parsed: ParsedText, noun: Token) -> bool:
    """Return whether a noun speaks of what was told: "the attack", "their strikes"; not "in |the latest attack|"."""
    return not (_is_one_of_a_row(parsed, noun) or _counts_whom(parsed, noun)) and any(
        c.dep == "poss" or (c.dep == "det" and c.text.lower() in DEFINITE) for c in parsed.children(noun)
    )


def _counts_whom(parsed: ParsedText, noun: Token) -> bool:
    """Whether a noun of harm tells anew of how many it was: "documented |the death| of 21 people"."""
    if load_tables().nouns.get(noun.lemma.lower()) not in {"harm", "killing"}:
        return False
    whom = (p for c in parsed.children(noun) if c.text.lower() == "of" for p in parsed.children(c))
    return any(p.tag == "CD" or c.dep == "nummod" for p in whom for c in (p, *parsed.children(p)))


def _is_one_of_a_row(parsed: ParsedText, noun: Token) -> bool:
    """Whether "the" only says which of a row it is that is told now: "in |the latest| attack", "in the worst"."""
    prep = parsed.tokens[noun.head]
    told_now = noun.dep == "pobj" and prep.text.lower() in {"in", "during", "by"}
    return told_now and any(
        c.dep == "amod" and (c.tag == "JJS" or c.lemma.lower() in NEW) for c in parsed.children(noun)
    )


def phrasal(parsed: ParsedText, verb: Token) -> str:
    """Return the verb's lemma with its particle or light object: "carry out", "take full control", "burst into"."""
    tables, lemma = load_tables(), lemma_of(verb)
    if lemma == "set" and _is_set_on_fire(parsed, verb):
        return "set fire"
    if lemma == "shoot" and verb.i + 1 < len(parsed.tokens) and parsed.tokens[verb.i + 1].text.lower() == "down":
        return "shoot down"  # "was reported shot |down there|", of which a parse makes a place
    if lemma == "set" and any(t.text.lower() in ABLAZE for t in parsed.tokens[verb.i : verb.i + FAR]):
        return "set ablaze"
    for child in parsed.children(verb):
        if child.dep == "advmod" and child.i == verb.i - 1 and f"{child.text.lower()} {lemma}" in tables.phrases:
            return f"{child.text.lower()} {lemma}"  # "sexually assaulted"
        if verb.i < child.i <= verb.i + LIGHT_REACH and child.dep in LIGHT:
            joined = f"{lemma} {child.lemma.lower()}"
            leads = child.dep == "prep" and bool(parsed.children(child))  # "they were fired |on|" leads to nothing
            with_object = leads and any(c.dep in {"dobj", "nsubjpass"} for c in parsed.children(verb))
            if joined in tables.phrases and not (with_object and tables.verbs.get(joined) not in WITH_OBJECT):
                return joined  # "fired rockets at" is not "fired at"
    return lemma


def _is_set_on_fire(parsed: ParsedText, verb: Token) -> bool:
    """Whether something is set |on fire|, and nobody set on."""
    preps = (c for c in parsed.children(verb) if c.text.lower() == "on")
    return any(p.lemma.lower() == "fire" for c in preps for p in parsed.children(c))


def lemma_of(verb: Token) -> str:
    """Return the lemma of a verb; that of a past form too that was left as it is: "retook"."""
    lemma = verb.lemma.lower()
    return load_tables().inflected.get(lemma, lemma) if lemma == verb.text.lower() else lemma


def leads_to(parsed: ParsedText, verb: Token, words: frozenset[str], classes: frozenset[str]) -> bool:
    """Whether one of the prepositions, with an object of one of the classes if any is asked, follows the verb."""
    preps = [c for c in parsed.children(verb) if c.dep in {"prep", "dative"} and c.text.lower() in words]
    found = {name for c in preps for p in parsed.children(c) for name in classes_of(parsed, p)}
    return bool(preps) and (not classes or bool(classes & found))


def flies(parsed: ParsedText, noun: Token) -> bool:
    """Whether a noun names what can be launched or land: "a salvo of |rockets|"."""
    words = [noun, *(c for c in parsed.children(noun) if c.dep in LEFT)]
    of = [p for c in parsed.children(noun) if c.lemma == "of" for p in parsed.children(c)]
    of += _those_counted(parsed, noun)
    # "Rockets" at the start of a sentence may be tagged as a name, whose lemma is the word itself
    forms = {form for w in [*words, *of] for form in (w.lemma.lower(), w.text.lower().removesuffix("s"))}
    return bool(forms & load_tables().munitions)


def _those_counted(parsed: ParsedText, number: Token) -> tuple[Token, ...]:
    """Return what a number is so many of, whatever verb the parse hangs it on: "41 |out of 58 drones|"."""
    after = parsed.tokens[number.i + 1 : number.i + OUT_OF]
    out_of = [t.text.lower() for t in after[:2]] == ["out", "of"]
    return tuple(t for t in after if t.pos == "NOUN")[:1] if number.tag == "CD" and out_of else ()


def flew(parsed: ParsedText, noun: Token) -> bool:
    """Whether "another" or "one" stands for a weapon told before: "drones were fired at A and |another| at B"."""
    verb = parsed.tokens[noun.head]
    if noun.text.lower() == "it" and phrasal(parsed, verb) in DOWNED:
        return True
    sent = _told_before(parsed, verb, noun)
    if sent is not None and flies(parsed, sent):
        return True  # "sent a missile towards A, and the defenders broke |it| up"
    if noun.text.lower() not in ELLIPTIC or any(c.lemma == "of" for c in parsed.children(noun)):
        return False
    sentence = parsed.sentence_at(noun.start)
    before = parsed.tokens_of(sentence) if sentence is not None else ()
    munitions = load_tables().munitions
    return any(t.i < noun.i and t.pos in {"NOUN", "PROPN"} and t.lemma.lower() in munitions for t in before)


def flew_toward(parsed: ParsedText, verb: Token) -> bool:
    """Whether it is a missile that was "fired at" something, and no shots: "|a rocket| fired at a guesthouse"."""
    things = [c for c in parsed.children(verb) if c.dep in {"dobj", "nsubj", "nsubjpass"}]
    things += [parsed.tokens[verb.head]] if verb.dep in {"acl", "relcl"} else []
    flying = load_tables().object_classes["flying"] | {"shell", "mortar", "mortar shell"}
    return any(w.lemma.lower() in flying for t in things for w in (t, *parsed.children(t)) if w is t or w.dep in LEFT)


def beside_place(parsed: ParsedText, verb: Token) -> list[Token]:
    """Return what a parse sets beside the place that opens a sentence, and is what its passive happened to.

    "In Rubio, |a truck| was looted", "In Ariha, Idlib, |a bomb| was defused".
    """
    while verb.dep == "conj" and not any(c.dep in {"nsubj", "nsubjpass"} for c in parsed.children(verb)):
        verb = parsed.tokens[verb.head]
    below = parsed.children(verb)
    if not any(c.dep == "auxpass" for c in below):
        return []
    before = [c for c in below if c.i < verb.i]
    names = [c for c in before if c.dep in {"nsubjpass", "nsubj"}]
    if not names:
        names = [p for c in before if c.dep == "prep" for p in parsed.children(c) if p.dep == "pobj"]
    return [t for n in names if n.pos == "PROPN" for t in _set_beside(parsed, n)]


def _set_beside(parsed: ParsedText, name: Token) -> Iterator[Token]:
    """Yield the common nouns that stand beside a name, or beside a name that does."""
    for child in parsed.children(name):
        if child.dep in {"appos", "conj"} and child.pos == "NOUN":
            yield child
        elif child.dep in {"appos", "conj"} and child.pos == "PROPN":
            yield from _set_beside(parsed, child)


def passive_subject(parsed: ParsedText, verb: Token) -> Token | None:
    """Return the subject of a passive that a parse gave to the participle before it: "|a missile| fired at A was".

    The participle is then the passive's own subject, or stands beside it.
    """
    below = parsed.children(verb)
    own = any(c.dep in DONE_TO and c.pos != "VERB" for c in below)
    if own or not any(c.dep == "auxpass" for c in below):
        return None
    beside = parsed.children(parsed.tokens[verb.head])
    participles = [c for c in below if c.tag in PAST and c.dep in DONE_TO | {"csubj", "csubjpass"}]
    participles += [t for t in beside if t.i < verb.i and t.dep == verb.dep and t.tag in PAST]
    return next((c for p in participles for c in parsed.children(p) if c.dep in DONE_TO), None)


def is_nature(parsed: ParsedText, noun: Token) -> bool:
    """Whether a word for a weapon only names the weather: "the bomb cyclone", not "a wave of missiles"."""
    of = any(c.lemma == "of" for c in parsed.children(noun))
    return noun.lemma.lower() in load_tables().object_classes["nature"] and not of
