"""Who did it, told after the deed: "the group claimed the attack", "officials blamed the militia for it"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.events.actors import Lexicon, as_actor, find_actors
from pipeline.events.drafts import SAID, Draft
from pipeline.events.grammar import is_passive, phrase, preposition_objects, subject
from pipeline.events.pointers import opens_apart
from pipeline.events.role_reader import MEMBERS_REACH, STOP
from pipeline.events.triggers import load_tables
from pipeline.models import Actor
from pipeline.parse import ParsedText, Sentence, Token

CLAIMED = frozenset({"responsibility", "credit", "operation", "it", "incident", "this", "that", "blast", "killing"})
BLAMING = frozenset({"blame", "suspect", "accuse"})  # lemmas whose object did it
ON = frozenset({"on", "to", "for", "at"})
BY = frozenset({"by"})
POINTING = frozenset(
    {"blame", "attribute", "point", "pin", "trace", "ascribe"}
)  # lemmas before "on" or "to" and who did it
DOING = frozenset(
    ["carry", "conduct", "launch", "stage", "perpetrate", "execute", "mount", "commit", "order", "plant"]
)  # lemmas
WORK = frozenset({"work", "handiwork", "doing", "deed"})
DOERS = frozenset({"attacker", "bomber", "assailant", "gunman", "perpetrator", "killer", "man"})  # lemmas
REACH = 8  # sentences so far back the deed may stand that was told last
SCENE = 3  # and the deed before it, if both are of one scene
ARMED = frozenset({1, 2, 3, 4, 8})  # ACLED inter codes
CIVILIANS = 7
ANSWERS = frozenset(
    ["intercept", "repel", "respond", "arrest", "capture", "disarm", "disrupt", "seize", "transfer", "clash", "rescue"]
)  # families


def with_blamed(
    drafts: list[Draft], parsed: ParsedText, sentence: Sentence, order: int, *, lexicon: Lexicon, country: str
) -> list[Draft]:
    """Return the drafts, the last of which is given the one whom ``sentence``, the ``order``-th, says to have done it.

    A perpetrator that is known by name is kept.
    """
    told = _told_last(drafts, order)
    is_own = bool(told) and told[0].source.sent_start == sentence.start  # deed and blame in one sentence
    if not told or (opens_apart(parsed, sentence) and not is_own):
        return drafts
    country = _country(told) or country
    for token in _blamed(parsed, parsed.tokens_of(sentence)):
        actor = _actor(parsed, token, lexicon, country)
        if actor is not None:
            return _given(drafts, told, actor)
    return drafts


def with_owned_up(drafts: list[Draft], told: Sequence[Draft], order: int) -> list[Draft]:
    """Return the drafts, the last of which is given the one who says to have done it: "JNIM said it had hit a convoy".

    ``told`` is what the sentence tells: a claim without place or day of its own is of what was told before.
    """
    owned = [d for d in told if d.attributed_to and d.past_perfect and d.perpetrator is not None]
    before = _told_last(drafts, order)
    if any(d.family in ANSWERS for d in told):  # "it had shot down ten drones" owns up to nothing
        return drafts
    if len(owned) != len(told) or not owned or not before or any(d.placed or d.when is not None for d in owned):
        return drafts
    actor = owned[0].perpetrator
    is_claim = actor is not None and actor.inter in ARMED and not actor.name.startswith("Unidentified")
    return _given(drafts, before, actor) if is_claim and actor is not None else drafts


IT_SAID = re.compile(
    r"\W*(?:it|they|the\s+(?:group|militants|militia|rebels|insurgents|movement|jihadists|outfit))\s+(?:also\s+)?"
    r"(?:said|says|claimed|claims|added|adds)\b",
    re.IGNORECASE,
)


def as_claimed(told: list[Draft], drafts: Sequence[Draft], words: str) -> list[Draft]:
    """Return what those who have just claimed the deed say of it as claimed: "|It said| 13 soldiers had died"."""
    by_them = bool(drafts) and drafts[-1].status == "claimed" and IT_SAID.match(words) is not None
    return [replace(d, status="claimed") if by_them and d.status == "asserted" else d for d in told]


def tells_anew(draft: Draft) -> bool:
    """Whether a draft tells of a deed of its own, not of one told before or what "it" boasts of having done."""
    pinned = draft.placed and draft.when is not None  # "had claimed a drone attack on A on Monday": another one
    boasts = (draft.status == "claimed" and not pinned) or (
        draft.by_pronoun and not draft.placed and draft.when is None
    )
    return draft.status in SAID and not draft.definite and not boasts


def _told_last(drafts: Sequence[Draft], order: int) -> list[Draft]:
    """Return the deeds that a claim may be of: those of the sentence told last, and of what it goes on from."""
    if not drafts or not 0 <= order - drafts[-1].order <= REACH:
        return []
    source = drafts[-1].source
    found: list[Draft] = []
    for draft in reversed(drafts):
        if draft.source != source:
            later = found[-1]
            if later.placed or later.when is not None or later.apart or order - draft.order > SCENE:
                break
            source = draft.source
        found.append(draft)
    return [d for d in found if _is_open(d)]


def _country(told: Sequence[Draft]) -> str:
    """Return the country that the deeds are told of, by which "the rebels" and "the regional branch" are read."""
    found = (d.placement.resolution for d in told)
    return next((r.place.country for r in found if r is not None and r.place is not None), "")


def _given(drafts: Sequence[Draft], told: Sequence[Draft], actor: Actor) -> list[Draft]:
    mine = {id(d) for d in told if d.target is None or d.target.name != actor.name}
    return [replace(d, perpetrator=actor) if id(d) in mine else d for d in drafts]


def _actor(parsed: ParsedText, token: Token, lexicon: Lexicon, country: str) -> Actor | None:
    """Return the armed actor that a phrase names, a state by its bare name among them: "Iran blamed |Israel|"."""
    start, end = phrase(parsed, token)
    stop = STOP.search(parsed.text, end, end + MEMBERS_REACH)
    last = stop.start() if stop else end
    told = find_actors(parsed.text, start, last, lexicon=lexicon, country=country)
    found = [m for m in told if m.start < end]
    armed = sorted((m for m in found if m.actor.inter in ARMED), key=lambda m: m.kind == "generic")
    actor = armed[0].actor if armed else None
    if actor is None and not found:
        state = lexicon.state_of(parsed.text[start:end])
        return as_actor(state, lexicon) if state and state != country else None
    return actor


def _is_open(draft: Draft) -> bool:
    """Whether it is not known by name who did it."""
    actor: Actor | None = draft.perpetrator
    violent = draft.status in SAID and not draft.headline and draft.family not in {"protest", "agreement"}
    unnamed = actor is None or actor.name.startswith("Unidentified") or actor.inter == CIVILIANS
    return violent and unnamed


def _blamed(parsed: ParsedText, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the heads of the phrases that may name who did it."""
    for verb in tokens:
        if any(c.dep == "neg" for c in parsed.children(verb)):
            continue
        lemma = verb.lemma.lower()
        if lemma == "claim" or lemma in DOING:
            yield from _owner_of_deed(parsed, verb, lemma)
        elif lemma in BLAMING | POINTING:
            yield from _accused(parsed, verb, lemma)
        elif lemma == "be":
            yield from _said_to_be(parsed, verb)
        elif lemma == "hold" and any(c.text.lower() == "responsible" for c in parsed.children(verb)):
            yield from (c for c in parsed.children(verb) if c.dep in {"dobj", "nsubj", "nsubjpass"} and c.i > verb.i)


def _owner_of_deed(parsed: ParsedText, verb: Token, lemma: str) -> Iterator[Token]:
    """Yield who claims the deed told of, or carried it out; the speaker where that is "it" or "its jets"."""
    objects = [c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass"}]
    if not any(_is_deed(parsed, o, claimed=lemma == "claim") for o in objects):
        return
    if is_passive(parsed, verb):
        yield from preposition_objects(parsed, verb, BY)
        return
    doer = subject(parsed, verb)
    if doer is not None:
        owned = any(c.dep == "poss" and c.text.lower() in {"its", "their"} for c in parsed.children(doer))
        yield from _speaker(parsed, verb) if owned or doer.pos == "PRON" else (doer,)


def _accused(parsed: ParsedText, verb: Token, lemma: str) -> Iterator[Token]:
    if lemma in POINTING:
        deeds = (c for c in parsed.children(verb) if c.dep == "dobj" and _is_deed(parsed, c, claimed=True))
        for head in (verb, *deeds):
            yield from preposition_objects(parsed, head, ON)
    if lemma in BLAMING and is_passive(parsed, verb):
        doer = subject(parsed, verb)
        yield from () if doer is None else (doer,)
    elif lemma in BLAMING:
        yield from (c for c in parsed.children(verb) if c.dep == "dobj")


def _said_to_be(parsed: ParsedText, verb: Token) -> Iterator[Token]:
    """Yield who "was behind" it, "was responsible" for it, whose "work" it was, whose "man" the bomber was."""
    doer, children = subject(parsed, verb), parsed.children(verb)
    if any((c.dep == "prep" and c.text.lower() == "behind") or c.text.lower() == "responsible" for c in children):
        yield from () if doer is None else (doer, *_speaker(parsed, verb))
    for told in (c for c in children if c.dep == "attr"):
        if told.lemma.lower() in WORK:
            yield from preposition_objects(parsed, told, frozenset({"of"}))
        elif doer is not None and doer.lemma.lower() in DOERS:
            yield told
        elif told.lemma.lower() in DOERS and doer is not None:
            yield doer  # "|the ADF| are the perpetrators"
            yield from _speaker(parsed, verb)


def _is_deed(parsed: ParsedText, token: Token, *, claimed: bool) -> bool:
    """Whether a word stands for what was told: "it", "the attack"; one "an attack" is told of anew."""
    told_before = (
        claimed or token.pos == "PRON" or any(c.text.lower() in {"the", "this"} for c in parsed.children(token))
    )
    return told_before and (token.text.lower() in CLAIMED or token.lemma.lower() in load_tables().nouns)


def _speaker(parsed: ParsedText, verb: Token) -> Iterator[Token]:
    """Yield who says so: "|JNIM| said it was behind the attack"."""
    doer = subject(parsed, parsed.tokens[verb.head]) if verb.dep == "ccomp" else None
    if doer is not None:
        yield doer
