"""Which triggers of a sentence speak of one incident: harm and the blow that did it, a verb and the noun it carries."""

from __future__ import annotations

import re

from pipeline.events.grammar import PASSIVE_SUBJECTS, SUBJECTS, ancestors, conjuncts, first_conjunct, is_verb, subject
from pipeline.events.told_nouns import is_hold
from pipeline.events.trigger_words import passive_subject
from pipeline.events.triggers import ELLIPTIC, Trigger, load_tables
from pipeline.events.verb_families import verb_family
from pipeline.parse import ParsedText, Token

JOINING_PREPOSITIONS = frozenset({"in", "by", "during", "with", "from", "through", "as", "of", "under"})
HARM = frozenset({"harm", "killing"})  # families
UNLINKED = frozenset({"ROOT", "acl", "amod", "dep", "parataxis", "appos", "ccomp", "advcl"})
AFTER = frozenset({"after", "following", "amid"})
OVERCOMES = frozenset(
    {"seize", "conquer", "occupation", "enter", "fall", "expel", "repel", "transfer", "vacate"}
)  # families
HURT = frozenset({"wound", "injure", "hurt", "maim"})  # lemmas
HOURS_AFTER = re.compile(
    r"\b(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)\s+(?:after|before)\b", re.IGNORECASE
)
LISTED = 6  # tokens between two words of one list of dead and hurt
FINITE = frozenset({"VBD", "VBZ", "VBP"})  # tags
TRAILED = frozenset({"trip", "suicide", "clash", "spray", "ram"})  # families
UNREST = frozenset({"protest", "dispersal", "riot"})
MET_BY = frozenset({"launch", "shooting", "harm", "clash", "arrest", "raid", "burning", "killing"})
FIGHTS = frozenset({"clash", "engage", "repel", "change", "seize"})  # families
FINDINGS = frozenset({"finding", "finding_bodies"})  # families
COUNTED = 9  # tokens: "shot down 41 out of some 58 attack drones launched"
STOPPED = frozenset({"repel", "intercept"})  # families
SPARKING = frozenset({"trigger", "spark", "prompt", "ignite", "provoke", "start", "cause"})  # lemmas
ASKING = frozenset({"demand", "seek", "urge", "request", "oppose", "condemn", "denounce"})  # lemmas
SPANS = frozenset({"hour", "day", "night", "week", "month"})  # lemmas
SPOIL = frozenset({"looting", "burning", "disrupt", "arrest"})
TAKING = frozenset({"abduction", "capture", "take"})
BY_CAPTORS = frozenset({"abduction", "take", "sexual"})
BLOWS = frozenset(
    [
        "attack",
        "strike",
        "airstrike",
        "shelling",
        "bombing",
        "launch",
        "land",
        "arrive",
        "raid",
        "explosion",
        "going_off",
        "shooting",
        "ambush",
        "destruction",
        "damage",
        "spray",
    ]
)


def same_incident(parsed: ParsedText, one: Trigger, other: Trigger) -> bool:
    """Return whether two triggers of a sentence speak of one incident."""
    if one.scene is not None or other.scene is not None:  # what a crowd did in one part of a sentence, and the rest
        return one.scene == other.scene
    if _is_unrest_met(parsed, one, other) or _is_unrest_met(parsed, other, one):
        return True
    if one.form == other.form == "verb":
        return not _are_told_apart(parsed, one, other) and _two_verbs_join(parsed, one, other)
    if one.form == other.form == "noun":
        return _nouns_join(parsed, one.token, other.token) or _nouns_join(parsed, other.token, one.token)
    noun, verb = (one, other) if one.form == "noun" else (other, one)
    return _noun_joins_verb(parsed, noun, verb)


def _are_apart_in_time(parsed: ParsedText, one: Token, other: Token) -> bool:
    """Whether it is said how long after one the other was: "killing two, |hours after| gunmen had killed a man"."""
    first, last = sorted((one.end, other.end))
    return HOURS_AFTER.search(parsed.text, first, last) is not None


def _two_verbs_join(parsed: ParsedText, one: Trigger, other: Trigger) -> bool:
    if _are_dead_and_hurt(parsed, one, other) or _trails(parsed, one, other) or _trails(parsed, other, one):
        return True
    if _goes_off(parsed, one, other) or _goes_off(parsed, other, one):
        return True
    return _verbs_join(parsed, one, other) or _verbs_join(parsed, other, one)


def _goes_off(parsed: ParsedText, blast: Trigger, thrown: Trigger) -> bool:
    """Whether what was thrown goes off: "threw a grenade at a post, |which| missed it and |exploded|"."""
    if blast.family not in {"explosion", "going_off"} or thrown.family != "launch" or thrown.token.i > blast.token.i:
        return False
    first = first_conjunct(parsed, blast.token)
    doers = [c for v in (blast.token, first) for c in parsed.children(v) if c.dep == "nsubj"]
    it = any(d.text.lower() in {"which", "that", "it"} and d.i > thrown.token.i for d in doers)
    return it and any(c.dep in {"dobj", "nsubjpass"} for c in parsed.children(thrown.token))


def _are_told_apart(parsed: ParsedText, one: Trigger, other: Trigger) -> bool:
    """Whether two verbs tell of harm hours apart, or one of harm by a blow of its own."""
    hours = {one.family, other.family} <= HARM and _are_apart_in_time(parsed, one.token, other.token)
    return hours or _has_own_blow(parsed, one, other) or _has_own_blow(parsed, other, one)


def _trails(parsed: ParsedText, harm: Trigger, blow: Trigger) -> bool:
    """Whether a participle behind a comma tells the harm of the last verb before: "jets bombed A, |killing two|"."""
    token, above = harm.token, blow.token
    if harm.family not in HARM or blow.family not in BLOWS | TRAILED or token.tag != "VBG" or above.i >= token.i:
        return False
    between = parsed.tokens[above.i + 1 : token.i]
    closed = bool(between) and between[-1].text in {",", "–", "—"}
    return closed and not any(t.tag in FINITE or t.text in {";", ":"} for t in between)


def _has_own_blow(parsed: ParsedText, harm: Trigger, blow: Trigger) -> bool:
    """Whether those told of were hurt by another blow, said in a clause of their own: "and two were killed |when|"."""
    if harm.family not in HARM or blow.family not in BLOWS | TRAILED or harm.token.dep != "conj":
        return False
    verbs = [harm.token, *conjuncts(parsed, harm.token)]
    verbs = [v for v in verbs if v.i >= harm.token.i]
    clauses = [c for v in verbs for c in parsed.children(v) if c.dep == "advcl" and c.i > harm.token.i]
    own = [
        c for c in clauses if verb_family(parsed, c) in BLOWS | TRAILED and _is_when(parsed, c, parsed.tokens[c.head])
    ]
    return bool(own) and blow.token.i < harm.token.i


def _are_dead_and_hurt(parsed: ParsedText, one: Trigger, other: Trigger) -> bool:
    """Whether one tells of the dead and the other, right after, of those hurt: "4 civilians killed, 16 injured"."""
    words = {one.token.lemma.lower() in HURT, other.token.lemma.lower() in HURT}
    near = abs(one.token.i - other.token.i) <= LISTED
    passive = any(c.dep == "auxpass" for t in (one, other) for c in parsed.children(t.token))
    listed = not passive and {one.token.dep, other.token.dep} <= UNLINKED
    return near and listed and len(words) == 2 and {one.family, other.family} <= {"harm"}


def _is_unrest_met(parsed: ParsedText, unrest: Trigger, other: Trigger) -> bool:
    """Whether one trigger is a protest and the other, in the same clause or below, what came of it."""
    if unrest.family not in UNREST or other.family not in UNREST | MET_BY or _is_cause(parsed, other):
        return False
    above = {a.i for a in ancestors(parsed, unrest.token)}
    return other.token.i in above or unrest.token.i in {a.i for a in ancestors(parsed, other.token)}


def _is_cause(parsed: ParsedText, other: Trigger) -> bool:
    """Whether people only gather because of it: "to protest |against killings|", "a vigil for nine |killed| in"."""
    if other.form == "noun" and _hangs_on(parsed, other.token, {"against", "over"}):
        return True
    clauses = (t for t in (other.token, *ancestors(parsed, other.token)) if t.dep in {"acl", "relcl"})
    nouns = [first_conjunct(parsed, parsed.tokens[clause.head]) for clause in clauses]
    nouns += [parsed.tokens[parsed.tokens[n.head].head] for n in nouns if _hangs_on(parsed, n, {"of"})]
    asked = (parsed.tokens[n.head].lemma.lower() in ASKING for n in nouns if n.dep == "dobj")
    return any(asked) or any(_hangs_on(parsed, noun, {"against", "over", "for"}) for noun in nouns)


def _hangs_on(parsed: ParsedText, token: Token, words: set[str]) -> bool:
    return token.dep == "pobj" and parsed.tokens[token.head].text.lower() in words


def _verbs_join(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether ``verb`` goes on telling of what ``above`` began: "hit X, killing Y", "targeted and destroyed"."""
    token = verb.token
    stopped = above.family == "intercept" and verb.family == "launch"
    if (verb.family in HARM and _is_left(parsed, token, above.token)) or (
        stopped and _is_of_the_same(parsed, token, above.token)
    ):
        return True
    if (
        _is_stopped_then(verb, above)
        or above.token.i in _where(parsed, verb)
        or _describes_side(parsed, verb, above)
        or _are_listed(parsed, verb, above)
    ):
        return True
    if token.head != above.token.i or (_has_blow(parsed, token) and _has_blow(parsed, above.token)):
        return False
    if token.dep == "advcl" and above.family in HARM and verb.family in BLOWS | FIGHTS | UNREST:
        return True  # "were killed when a drone hit an outpost"
    if any(c.dep in SUBJECTS | PASSIVE_SUBJECTS for c in parsed.children(token)):
        harm_twice = verb.family == "harm" and above.family in HARM
        joined = harm_twice and token.dep in {"conj", "ccomp"}  # "six were killed and 83 were injured"
        joined = joined or _are_caught_beside(parsed, verb, above)
        return joined or _is_its_toll(parsed, verb, above)
    return _goes_on(verb, above) or _came_of_it(verb, above)


def _is_stopped_then(verb: Trigger, above: Trigger) -> bool:
    """Whether what was sent is said to be stopped: "sent a missile towards A, and the defenders |broke it up|"."""
    after = verb.token.dep == "conj" and verb.token.head == above.token.i
    return verb.family == "intercept" and above.family == "launch" and after


def _is_of_the_same(parsed: ParsedText, fired: Token, stopped: Token) -> bool:
    """Whether what was fired is what was stopped, whatever the parse makes of it: "a missile |fired| at A |was|"."""
    thing = passive_subject(parsed, stopped)
    if thing is not None and thing.head == fired.i:
        return True
    span = parsed.tokens[stopped.i + 1 : fired.i]
    counted = any(t.tag == "CD" for t in span) and any(t.text.lower() == "of" for t in span)
    return fired.dep == "acl" and 0 < len(span) <= COUNTED and counted  # "shot down 41 out of 58 drones |fired|"


def _are_caught_beside(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether those caught were caught where others fell: "nine were killed and four |detained| in a raid"."""
    both = verb.family in {"arrest", "capture"} and above.family in HARM and verb.token.dep == "conj"
    placed = [any(c.dep == "prep" for c in parsed.children(t.token)) for t in (verb, above)]
    passive = all(any(c.dep in PASSIVE_SUBJECTS for c in parsed.children(t.token)) for t in (verb, above))
    return both and passive and not all(placed)


def _where(parsed: ParsedText, verb: Trigger) -> frozenset[int]:
    """Return what a clause says the harm of: "a clash in A on Sunday |where| five were killed"; nearest blow only."""
    token = verb.token
    leads = any(c.dep == "advmod" and c.text.lower() in {"where", "when"} for c in parsed.children(token))
    if verb.family not in HARM or token.dep != "relcl" or not leads:
        return frozenset()
    head = parsed.tokens[token.head]
    above = next((a for a in ancestors(parsed, head) if is_verb(a)), None)
    return frozenset({head.i} | ({above.i} if above is not None else set()))


def _is_where(parsed: ParsedText, noun: Token, verb: Trigger) -> bool:
    """Whether a clause tells the harm of a noun before it: "a |clash| in A on Sunday where five were killed"."""
    return noun.i < verb.token.i and bool(_where(parsed, verb) & {noun.i, *(a.i for a in ancestors(parsed, noun))})


def _is_its_toll(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether a clause beside a blow says no more than how many it hurt: "fired on the crowd, and four were killed"."""
    if verb.family not in HARM or above.family not in BLOWS | FIGHTS | UNREST or verb.token.dep != "conj":
        return False
    own = {c.dep for c in parsed.children(verb.token)}
    return own & PASSIVE_SUBJECTS != set() and not own & {"agent", "prep", "npadvmod", "advcl", "dobj"}


def _is_left(parsed: ParsedText, verb: Token, above: Token) -> bool:
    """Whether a blow left people so: "beat a man and |left| his friend hurt", "a raid that |left| five dead"."""
    head = parsed.tokens[verb.head]
    return head.lemma.lower() == "leave" and head.dep in {"conj", "advcl", "xcomp", "acl"} and head.head == above.i


def _goes_on(verb: Trigger, above: Trigger) -> bool:
    """Whether a verb without a subject of its own speaks of the same incident as the one it hangs on."""
    if verb.token.dep in {"advcl", "xcomp", "acl", "dep"}:
        return verb.family in HARM | SPOIL or above.family in {"respond", "launch"}
    if verb.token.dep == "conj":
        both = verb.family in HARM | BLOWS and above.family in HARM | BLOWS | {"respond"}
        with_toll = verb.family in HARM and above.family in SPOIL and verb.token.tag == above.token.tag
        with_spoil = with_toll or (verb.family in SPOIL | TAKING | {"disarm"} and above.family in HARM | BLOWS | FIGHTS)
        taken = verb.family in BY_CAPTORS and above.family in BY_CAPTORS  # "carried off and raped"
        return both or with_spoil or taken or verb.family == above.family
    return verb.token.dep == "ccomp" and verb.family == "harm" and above.family in HARM


def _describes_side(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether a clause says what one side did: "attacked by men |who fired| rockets", "a missile |launched| from"."""
    if verb.token.dep not in {"relcl", "acl"}:
        return False
    noun = parsed.tokens[verb.token.head]
    if above.family in STOPPED and verb.family in BLOWS and noun.head == above.token.i:
        return True  # "repelled a band |which attacked| a post"
    found = any({verb.family, above.family} <= families for families in ({"disrupt"}, FINDINGS))
    if found and noun.head == above.token.i:
        return True  # "a bomb |found| in the bazaar was |defused|", "|found| six bodies |dumped| in"
    with_weapon = verb.family in HARM | BLOWS and noun.lemma.lower() in load_tables().object_classes["weapon"]
    if verb.family != "launch" and not with_weapon:  # "detonated a charge |that destroyed| a pylon"
        return False
    link = parsed.tokens[noun.head]
    return link.i == above.token.i or (link.dep == "agent" and link.head == above.token.i)


def _came_of_it(verb: Trigger, above: Trigger) -> bool:
    """Whether a clause tells what came of what was shot down: "shot down a missile, |damaging| a depot"."""
    after = verb.token.tag == "VBG" and verb.token.dep in {"advcl", "xcomp", "acl", "conj"}
    return after and above.family == "intercept" and verb.family in {"damage", "destruction", "harm"}


def _are_listed(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether both tell of those hurt, side by side: "one woman |killed| and three men |injured| in the shelling"."""
    if not {verb.family, above.family} <= HARM or {verb.token.dep, above.token.dep} - {"acl", "amod", "ROOT"}:
        return False
    people = [parsed.tokens[t.token.head] for t in (verb, above)]
    return people[0].i != people[1].i and people[0] in conjuncts(parsed, people[1])


def _has_blow(parsed: ParsedText, verb: Token) -> bool:
    """Whether a verb has its own event noun: "injured |in that attack|", "|another one| killed"."""
    own = next((c for c in parsed.children(verb) if c.dep in SUBJECTS), None)
    if own is not None and (own.lemma.lower() in load_tables().nouns or own.text.lower() in ELLIPTIC):
        return True
    preps = (c for c in parsed.children(verb) if c.dep in {"prep", "agent"})
    return any(p.lemma.lower() in load_tables().nouns for c in preps for p in parsed.children(c))


def _nouns_join(parsed: ParsedText, noun: Token, above: Token) -> bool:
    head = parsed.tokens[noun.head]
    if noun.dep in {"appos", "attr"} and head.i == above.i:
        return True
    words = JOINING_PREPOSITIONS if load_tables().nouns.get(above.lemma.lower()) in HARM else {"of"}
    return noun.dep == "pobj" and head.lemma.lower() in words and head.head == above.i


def _noun_joins_verb(parsed: ParsedText, noun: Trigger, verb: Trigger) -> bool:
    token, blow = noun.token, verb.token
    head = parsed.tokens[token.head]
    told_of_it = blow.dep in {"relcl", "acl"} and blow.head == token.i
    if told_of_it or _is_where(parsed, token, verb) or _is_by_the_captors(parsed, noun, verb):
        return True
    if noun.family == "explosion" and blow.dep == "advcl" and blow.head == head.i:
        return verb.family in BLOWS  # "blasts were heard after drones hit the site"
    if token.dep == "dobj" and head.lemma.lower() in SPARKING and head.dep == "advcl" and head.head == blow.i:
        return verb.family in BLOWS | FIGHTS  # "opened fire on troops, |triggering| a firefight"
    if head.i == blow.i:
        return token.dep in SUBJECTS | PASSIVE_SUBJECTS | {"dobj", "attr", "npadvmod"}
    under = verb.family in HARM and head.text.lower() == "under" and _is_when(parsed, parsed.tokens[head.head], blow)
    if under or (token.dep == "pobj" and _preposition_joins(parsed, token, verb)):
        return True  # "two were killed after their post |came under fire|"
    shared = subject(parsed, blow)
    return verb.family in HARM | BLOWS and shared is not None and shared.i == token.i


def _is_by_the_captors(parsed: ParsedText, noun: Trigger, verb: Trigger) -> bool:
    """Whether a clause says how those who hold people took them: "in the hands of gunmen |who took| them"."""
    took = is_hold(noun.token) and verb.token.dep == "relcl" and verb.family in BY_CAPTORS
    return took and parsed.tokens[parsed.tokens[verb.token.head].head].head == noun.token.i


def _is_when(parsed: ParsedText, verb: Token, above: Token) -> bool:
    """Whether a clause with "after", "when" or "as" hangs on a verb."""
    marks = {c.text.lower() for c in parsed.children(verb) if c.dep in {"mark", "advmod"}}
    return verb.head == above.i and bool(marks & {"after", "when", "as", "while"})


def _preposition_joins(parsed: ParsedText, token: Token, verb: Trigger) -> bool:
    """Whether a preposition ties its event noun to a verb: hanging on it, on one of its sides, or on what leads it."""
    prep = _preposition_of(parsed, token)
    blow, word, above = verb.token, prep.text.lower(), parsed.tokens[prep.head]
    if word in AFTER and verb.family in OVERCOMES | {"raid"} and _is_said_of(blow, above):
        return True  # "seized the hill, officials said, |after| clashes"
    if prep.head == blow.i:
        after = word in AFTER and verb.family in OVERCOMES  # "seized the hill |after| clashes"
        to_death = word == "to" and token.lemma.lower() == "death"
        return word in JOINING_PREPOSITIONS or after or to_death
    if word in {"in", "by", "of"} and _is_side(above, blow):
        return verb.family in HARM | {"launch"}  # "killed six people in an attack", "fired a barrage of"
    if word not in {"in", "during"} or verb.family not in HARM or not is_verb(above):
        return False
    below = blow not in conjuncts(parsed, above) and above in tuple(
        ancestors(parsed, blow)
    )  # "In clashes near A, ten were killed, officials said"
    return (below and prep.i < blow.i) or _leads(parsed, blow, above)  # "killed two and fled during a raid"


def _preposition_of(parsed: ParsedText, noun: Token) -> Token:
    """Return the preposition of an event noun; that of its time where it lasted: "after |two days of| fighting"."""
    prep = parsed.tokens[noun.head]
    time = parsed.tokens[prep.head]
    lasted = prep.text.lower() == "of" and time.lemma.lower() in SPANS and time.dep == "pobj"
    return parsed.tokens[time.head] if lasted else prep


def _is_said_of(blow: Token, above: Token) -> bool:
    """Whether what hangs on ``above`` may speak of a deed: on its verb, or on the one of speech over it."""
    return above.i == blow.i or (above.lemma.lower() in load_tables().speech and blow.head == above.i)


def _leads(parsed: ParsedText, verb: Token, other: Token) -> bool:
    """Whether ``other`` is coordinated with ``verb`` and has no subject of its own."""
    return other in conjuncts(parsed, verb) and not any(
        c.dep in SUBJECTS | PASSIVE_SUBJECTS for c in parsed.children(other)
    )


def _is_side(noun: Token, verb: Token) -> bool:
    return noun.head == verb.i and noun.dep in {"dobj", "nsubjpass", "nsubj"}
