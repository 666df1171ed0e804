"""Whether a telling says that it happened: asserted, claimed, denied, planned, hypothetical or negated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.events.crowd_scenes import FAMILIES as SCENES
from pipeline.events.duds import LAID, is_dud
from pipeline.events.grammar import first_conjunct, is_verb, phrase, subject
from pipeline.events.tellings import Telling, governing_verbs, support_verb
from pipeline.events.triggers import load_tables, phrasal
from pipeline.models import EventStatus
from pipeline.parse import ParsedText, Sentence, Token

LINKED = frozenset({"xcomp", "ccomp", "pcomp", "dobj"})
HAS_SUBJECT = frozenset({"nsubj", "nsubjpass", "aux", "auxpass"})
NOBODY = frozenset({"little", "no", "none", "nobody", "neither"})
#: a condition without "if": "|Were| missiles launched at Erbil, then every base would burn"
SUPPOSING = re.compile(r"\W*(?:and\s+|but\s+)?(?:were|should)\s+(?!killed|injured|wounded|also)\w", re.IGNORECASE)
#: what the dead did no more, and what was shot down: "did not |come| home", "did not |reach| their targets"
LIVED_ON = frozenset(
    {"emerge", "survive", "come", "return", "make", "get", "rise", "live", "reach", "find", "attain", "let"}
)
#: the condition that opens a sentence: "|If a truck bomb cannot stop us|, neither will a budget"
IF_FIRST = re.compile(r"\W*(?:If|Unless)\s[^,;.]*")
STOPPING = frozenset({"stop", "cease", "halt", "quit", "avoid"})  # lemmas
ANYBODY = frozenset({"any", "whatever", "whichever"})
FINITE_TAGS = frozenset({"VBD", "VBN", "VBZ", "VBP"})
PLANNED_WORDS = frozenset({"further", "future", "possible", "potential", "more", "any", "no", "threatened", "new"})


def status_of(parsed: ParsedText, telling: Telling) -> EventStatus:
    """Return the status of a telling from the words that govern its triggers.

    Examples
    --------
    >>> from pipeline.events.tellings import find_tellings
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "The militia vowed to attack the base."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> status_of(parsed, find_tellings(parsed, parsed.sentences[0])[0])
    'planned'
    """
    at_once = _said_at_once(parsed, telling)
    if at_once is not None:
        return at_once
    if not telling.verbs and _is_cancelled(parsed, telling):
        return "planned"
    if telling.definite and not telling.verbs:
        carrier = support_verb(parsed, telling.main.token)
        return "hypothetical" if carrier is not None and _own_status(parsed, carrier) == "hypothetical" else "asserted"
    clause = _clause_verb(parsed, telling)
    scene = telling.main.family in SCENES  # what is only planned is no scene of a crowd
    if clause is None:
        idiom = all(t.idiom for t in telling.triggers)
        return "planned" if not scene and _noun_is_planned(parsed, telling.head, idiom=idiom) else "asserted"
    status = _verb_status(parsed, clause, telling)
    return "asserted" if scene and status == "planned" else status


def _said_at_once(parsed: ParsedText, telling: Telling) -> EventStatus | None:
    """Return the status that a look at the sentence gives, or None."""
    if _is_of_nobody(parsed, telling):
        return "negated"
    if telling.main.family in LAID and is_dud(parsed, telling):
        return "asserted"  # "the device did not go off": it had been laid
    condition = IF_FIRST.match(parsed.text, telling.sentence.start, telling.sentence.end)
    within = condition is not None and telling.head.end <= condition.end()
    if within or SUPPOSING.match(parsed.text, telling.sentence.start) is not None:
        return "hypothetical"
    asked = parsed.text[telling.sentence.start : telling.sentence.end].rstrip("”\"' ").endswith("?")
    return "hypothetical" if asked and not _asks_only_who(parsed, telling) else None  # what is asked is not said


def _asks_only_who(parsed: ParsedText, telling: Telling) -> bool:
    """Whether what happened is known and only asked who did it: "|Who cut| the throat of the herbalist at A?"."""
    return any(
        t.token.dep == "ROOT" and t.token.tag == "VBD" and any(c.text == "Who" for c in parsed.children(t.token))
        for t in telling.verbs
    )


def _is_cancelled(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it did not come about: "the protest |was called off|"."""
    above = next(iter(governing_verbs(parsed, telling.head)), None)
    return above is not None and phrasal(parsed, above) in load_tables().cancelling


def _is_of_nobody(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it is said of none: "no casualties were reported", "no one was hurt", "no shots were fired"."""
    main = telling.main.token
    sides = [c for c in parsed.children(main) if c.dep in {"nsubj", "nsubjpass", "dobj"}] if is_verb(main) else [main]
    if not is_verb(main) and parsed.tokens[main.head].lemma == "of":
        sides.append(parsed.tokens[parsed.tokens[main.head].head])  # "no reports of casualties"
    words = [side.text.lower() for side in sides]
    words += [
        c.text.lower() for side in sides for c in parsed.children(side) if c.dep in {"det", "neg"} or c.text == "little"
    ]
    return bool(NOBODY & set(words)) or any(_is_not_one(parsed, side) for side in sides)


def _is_not_one(parsed: ParsedText, noun: Token) -> bool:
    """Whether a noun stands for none at all: "|not a shot| fell", "|not one| soldier was hurt"."""
    beside = [c.text.lower() for c in parsed.children(noun) if c.i < noun.i]
    return beside[:1] == ["not"] and bool({"a", "an", "one", "single"} & set(beside[1:] or [noun.text.lower()]))


def _clause_verb(parsed: ParsedText, telling: Telling) -> Token | None:
    """Return the verb that asserts the telling: its own, or the one that carries its noun."""
    verbs = [t.token for t in telling.verbs]
    if verbs:
        return min(verbs, key=lambda t: (sum(1 for _ in governing_verbs(parsed, t)), t.i))
    return support_verb(parsed, telling.main.token)


def _verb_status(parsed: ParsedText, verb: Token, telling: Telling) -> EventStatus:
    own = _own_status(parsed, verb)
    if own != "asserted" and not (own == "negated" and _is_of_dead(verb, telling)):
        return own
    above = _status_from_above(parsed, verb)
    if above != "asserted":
        return above
    verb = first_conjunct(parsed, verb)  # "sent to storm the town and |seize| the men"
    hangs = verb.dep in {"acl", "advcl", "xcomp", "relcl"} and not telling.nouns and not _is_done(parsed, verb)
    hangs = hangs or (verb.dep == "advcl" and telling.main.family == "arrest")  # "entered A |to make| arrests"
    noun = parsed.tokens[verb.head]
    meant = not is_verb(noun) and noun.lemma.lower() in load_tables().planning  # "a |vow| to die fighting"
    planned = _is_infinitive(parsed, verb) and (hangs or meant)
    return "planned" if planned else "asserted"


def _is_of_dead(verb: Token, telling: Telling) -> bool:
    """Whether what is denied is that they lived or flew on: "four did not |come| home"."""
    of_dead = any(t.token.i == verb.i and t.family in {"harm", "intercept", "strike"} for t in telling.triggers)
    return of_dead and verb.lemma.lower() in LIVED_ON


def _is_done(parsed: ParsedText, verb: Token) -> bool:
    """Whether the verb above says that it came about: "|used| machetes to kill", "|went on| to seize"."""
    above = parsed.tokens[verb.head]
    below = verb.dep in {"xcomp", "advcl"} and is_verb(above)
    return below and (above.lemma.lower() in load_tables().done or _took_so_long(parsed, above))


def _took_so_long(parsed: ParsedText, verb: Token) -> bool:
    """Whether it is told how long a deed took, which then was done: "|it took| the rebels three hours to seize A"."""
    if verb.lemma.lower() != "take" or verb.tag != "VBD":
        return False
    spans = {"minute", "hour", "day", "week", "month"}
    it = any(c.dep in {"nsubj", "expl"} and c.text.lower() == "it" for c in parsed.children(verb))
    return it and any(c.lemma.lower() in spans for c in parsed.children(verb))


def _status_from_above(parsed: ParsedText, verb: Token) -> EventStatus:
    """Return what the verbs above say, up to the end of the clause: "|denied| bombing", "|vowed| to strike"."""
    speech = load_tables().speech
    if any(
        v.lemma.lower() in speech and _own_status(parsed, v) == "negated" for v in governing_verbs(parsed, verb)[1:]
    ):
        return "hypothetical"  # "did not say who had sent the drone"
    for below, above in pairwise(governing_verbs(parsed, verb)):
        if below.dep == "ccomp" and ";" in parsed.text[below.end : above.start]:
            break  # two sentences in one: "they held a vigil; it will go on"
        if phrasal(parsed, above) in load_tables().denial and not _is_condemned(below, above):
            return "denied"
        if below.tag == "VBG" and below.dep in {"xcomp", "dobj"} and above.lemma.lower() in STOPPING:
            return "negated"  # "both armies |stopped| firing at each other"
        linked = below.dep in LINKED or (below.dep == "advcl" and _is_infinitive(parsed, below))
        if (linked and _is_planning(parsed, below, above)) or (below.dep == "acl" and _is_infinitive(parsed, below)):
            return "planned"  # "a plan to strike", "an attempt to disrupt"
        if linked and _own_status(parsed, above) == "hypothetical":
            return "hypothetical"
        if below.dep in {"relcl", "ccomp"} or above.dep == "ROOT":
            break
    return "asserted"


def _is_condemned(below: Token, above: Token) -> bool:
    """Whether a deed is turned down, not the tale of it: "we |reject| last night's attack targeting the station"."""
    return above.lemma.lower() in {"reject", "dismiss"} and below.dep in {"acl", "relcl"}


def _is_planning(parsed: ParsedText, below: Token, above: Token) -> bool:
    """Whether a verb speaks of what is yet to come: "vowed to", but not "warned that rebels |had| attacked"."""
    finite = below.dep == "ccomp" and below.tag in FINITE_TAGS
    feared = above.lemma == "fear" and below.tag == "VBN" and not _is_infinitive(parsed, below)  # "were feared killed"
    return phrasal(parsed, above) in load_tables().planning and not finite and not feared


def _own_status(parsed: ParsedText, verb: Token) -> EventStatus:
    tables, children = load_tables(), parsed.children(verb)
    if verb.dep == "ccomp" and any(c.text.lower() == "who" and c.dep in {"nsubj", "nsubjpass"} for c in children):
        return "hypothetical"  # "did not say who had sent the drone"
    if any(c.dep == "neg" for c in children):
        return "negated"
    if any(c.dep == "mark" and c.text.lower() in tables.conditional for c in children):
        return "hypothetical"
    if verb.tag == "VB" and verb.dep in {"ROOT", "ccomp"} and not any(c.dep in HAS_SUBJECT for c in children):
        return "planned"  # "Strike them", he said
    auxiliaries = {c.text.lower() for c in children if c.dep == "aux"}
    if auxiliaries & tables.hypothetical:
        return "hypothetical"
    return "hypothetical" if _shares_auxiliary(parsed, verb) or _is_of_any(parsed, verb) else "asserted"


def _shares_auxiliary(parsed: ParsedText, verb: Token) -> bool:
    """Whether a verb stands under the auxiliary of the first of a row: "pirates |will| seize and |shoot|"."""
    first = first_conjunct(parsed, verb)
    if first.i == verb.i or verb.tag != "VB" or any(c.dep in HAS_SUBJECT for c in parsed.children(verb)):
        return False
    return any(c.dep == "aux" and c.text.lower() in load_tables().hypothetical for c in parsed.children(first))


def _is_of_any(parsed: ParsedText, verb: Token) -> bool:
    """Whether it is said of whoever should do so: "|any| officer who tortured a citizen could be tried"."""
    verb = first_conjunct(parsed, verb)
    noun = parsed.tokens[verb.head]
    return verb.dep == "relcl" and any(c.text.lower() in ANYBODY and c.dep == "det" for c in parsed.children(noun))


def _is_infinitive(parsed: ParsedText, verb: Token) -> bool:
    return verb.tag == "VB" and any(c.dep == "aux" and c.text.lower() == "to" for c in parsed.children(verb))


def _noun_is_planned(parsed: ParsedText, noun: Token, *, idiom: bool = False) -> bool:
    """Whether a noun is the object of planning: "warned of attacks", "to prevent further strikes"."""
    for verb in governing_verbs(parsed, noun)[:1]:
        if verb.lemma.lower() == "call" and phrasal(parsed, verb) == "call" and noun.dep in {"oprd", "dobj", "attr"}:
            return False  # "what the army |calls| a deliberate attack"
        if phrasal(parsed, verb) in load_tables().planning or _own_status(parsed, verb) != "asserted":
            return True
        if _is_infinitive(parsed, verb) and verb.dep in {"xcomp", "advcl", "acl"}:
            return True
    return not idiom and any(c.lemma.lower() in PLANNED_WORDS for c in parsed.children(noun))


def speaker_of(parsed: ParsedText, telling: Telling) -> tuple[str, Token | None]:
    """Return who says it, as (words, head token): the subject of the speech verb above, or after "according to"."""
    for verb in governing_verbs(parsed, telling.head):
        if verb.lemma.lower() in load_tables().speech and verb.i != telling.head.i:
            doer = subject(parsed, verb)
            if doer is not None and doer.pos != "PRON":
                return _words(parsed, doer), doer
    named = next(_according_to(parsed, telling.sentence), None)
    return (_words(parsed, named), named) if named is not None else ("", None)


def _according_to(parsed: ParsedText, sentence: Sentence) -> Iterator[Token]:
    """Yield whom "according to" names."""
    for before, token in pairwise(parsed.tokens_of(sentence)):
        if token.text.lower() == "to" and before.text.lower() == "according":
            yield from parsed.children(token)


def _words(parsed: ParsedText, head: Token) -> str:
    start, end = phrase(parsed, head)
    return parsed.text[start:end]
