"""Link what happened ("killed", "the death of") to the quantities beside it in a sentence, as subject or object."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.events._harm_died import less_by
from pipeline.events._harm_fates import add_fates, link_whom
from pipeline.events._harm_joints import NAME
from pipeline.events._harm_sentence import CountMention, HarmSentence, counts_persons
from pipeline.events._harm_sides import (
    REACH,
    link_company,
    link_objects,
    link_one,
    link_pronoun,
    link_subjects,
    link_unknown_subject,
)
from pipeline.events._harm_states import link_state
from pipeline.events._harm_triggers import CountKind, Trigger, find_triggers
from pipeline.events._quantities import Quantity, count_words
from pipeline.events._words import either
from pipeline.events.numbers import cardinal_pattern, parse_number
from pipeline.models import Count

__all__ = ["CountMention", "link_sentence"]


def link_sentence(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[CountMention]:
    """Return the counts of one sentence that a trigger explains, in order."""
    sentence = HarmSentence(text, start, end, find_triggers(text, start, end), quantities)
    for index, trigger in enumerate(sentence.triggers):
        partner = _partner(sentence, index)
        if partner is not None:
            _link_shared(sentence, trigger, partner)
        elif not _is_shared(sentence, index):
            _link(sentence, trigger)
    _link_parts(sentence)
    _link_gapped(sentence)
    _link_fates(sentence)
    add_fates(sentence)
    _join_losses(sentence)
    _count_as_many(sentence)
    _add_whole(sentence)
    _add_nobody(sentence)
    _add_only_one(sentence)
    _add_uncounted(sentence)
    _add_unknown(sentence)
    return sorted(sentence.mentions, key=lambda m: (m.start, m.end, m.kind))


_FATES = frozenset({"injured", "abducted", "detained"})  # kinds


def _link_fates(sentence: HarmSentence) -> None:
    """Count the dead of whom it is told first what befell them: "|a guard| wounded in the raid |succumbed|"."""
    told = {m.trigger for m in sentence.mentions}
    for trigger in sentence.triggers:
        if trigger.start in told or "killed" not in trigger.kinds or "passives" not in trigger.roles:
            continue
        before = [i for i, m in enumerate(sentence.mentions) if m.kind in _FATES and m.trigger < trigger.start]
        found = [i for i in before if _is_fate_of(sentence, sentence.mentions[i], trigger)]
        for i in found[-1:]:
            dead = replace(sentence.mentions[i], kind="killed", trigger=trigger.start)
            hurt = sentence.mentions[i].kind == "injured"
            sentence.mentions[i : i + 1] = [dead] if hurt else [sentence.mentions[i], dead]


def _is_fate_of(sentence: HarmSentence, mention: CountMention, trigger: Trigger) -> bool:
    """Whether a participle stands right behind those counted, and the verb in the same clause."""
    between = sentence.text[mention.trigger : trigger.start]
    beside = mention.end < mention.trigger and not sentence.text[mention.end : mention.trigger].strip()
    return (
        beside
        and len(between) <= REACH
        and re.search(r"[;:,]|\b(?:and|but|while|when|after|which|who)\b", between) is None
    )


def _join_losses(sentence: HarmSentence) -> None:
    """Tell the losses of one side together with those of the other: "killed seven of them and |lost| two men"."""
    for i, mention in enumerate(sentence.mentions):
        word = sentence.text[mention.trigger : mention.trigger + 4].lower()
        others = [
            m.trigger for m in sentence.mentions if m.kind == "killed" and m.trigger != mention.trigger and not m.subset
        ]
        if mention.kind == "killed" and word in {"lost", "losi"} and others:
            sentence.mentions[i] = replace(mention, trigger=others[0])


_AS = re.compile(r"\b(?P<twice>twice\s+)?as\s+\Z", re.IGNORECASE)
_LIKE = re.compile(r"(?:an?|the)\s+(?:equal|same|similar|like)\s+number\b")


def _count_as_many(sentence: HarmSentence) -> None:
    """Count as many as were told before, or twice: "four policemen were killed and |as many| wounded"."""
    for i, mention in enumerate(sentence.mentions):
        told = [m for m in sentence.mentions if m.end <= mention.start and m.kind != mention.kind and not m.subset]
        words = mention.count.text.lower()
        as_many = _AS.search(sentence.text, sentence.start, mention.start) if words == "many" else None
        if told and (as_many is not None or _LIKE.match(words)):
            known = told[-1].count
            count = _twice(known) if as_many is not None and as_many["twice"] else known
            sentence.mentions[i] = replace(mention, count=count)


def _twice(count: Count) -> Count:
    """Return a count doubled; an unknown end stays unknown."""
    low, best, high = (None if n is None else 2 * n for n in (count.low, count.best, count.high))
    return replace(count, low=low, best=best, high=high)


@cache
def _nobody_hurt() -> tuple[tuple[re.Pattern[str], tuple[CountKind, ...]], ...]:
    """Compile the phrases by which nobody was hurt; not "no victims have been named"."""
    raw = count_words().raw["nobody_hurt"]
    named = (
        r"(?!\s+(?:(?:have|has)\s+(?:yet\s+)?been|was|were)\s+(?:named|identified)"
        r"|\s+(?:figures?|tolls?|counts?|numbers?|reports?|details)\b)"
    )
    kinds: tuple[tuple[str, tuple[CountKind, ...]], ...] = (("both", ("killed", "injured")), ("killed", ("killed",)))
    return tuple((re.compile(rf"\b(?:{either(raw[k])})\b{named}", re.IGNORECASE), told) for k, told in kinds)


_OF_THE_HURT = re.compile(
    rf"\bof\s+the\s+(?P<count>{cardinal_pattern()})\s+(?:wounded|injured)\b(?!\s+(?:in|on|last)\b)", re.IGNORECASE
)


def _add_whole(sentence: HarmSentence) -> None:
    """Add the hurt of whom something is told of some: "ten |of the 17 injured| were discharged"."""
    found = _OF_THE_HURT.search(sentence.text, sentence.start, sentence.end)
    if found is None or any(m.kind == "injured" and not m.subset for m in sentence.mentions):
        return
    number = parse_number(found["count"])
    if number is not None:
        mention = CountMention(*found.span("count"), number, "injured", "injured", trigger=found.start("count"))
        died = [m for m in sentence.mentions if m.kind == "killed" and not sentence.text[m.end : found.start()].strip()]
        left = less_by(number, died[0].count) if died else number
        sentence.mentions.append(replace(mention, count=left))


def _add_nobody(sentence: HarmSentence) -> None:
    """Add that nobody was hurt where no word of harm says so: "|without making victims|"."""
    for pattern, kinds in _nobody_hurt():
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
            told = {m.kind for m in sentence.mentions if m.start < match.end() and match.start() < m.end}
            none = Count(0, 0, 0, "exact", match[0])
            shape = CountMention(match.start(), match.end(), none, "killed", match[0], trigger=match.start())
            sentence.mentions += [replace(shape, kind=k) for k in kinds if k not in told]


@cache
def _only_one() -> re.Pattern[str]:
    """Compile the phrases by which one person is all who were killed."""
    return re.compile(rf"\b(?:{either(count_words().raw['only_one_killed'])})\b", re.IGNORECASE)


def _add_only_one(sentence: HarmSentence) -> None:
    """Add the one who was killed and no other: "the bomber was |the only fatality|"."""
    match = _only_one().search(sentence.text, sentence.start, sentence.end)
    if match is not None and not any(m.kind == "killed" for m in sentence.mentions):
        one = Count(1, 1, 1, "exact", match[0])
        sentence.mentions.append(CountMention(*match.span(), one, "killed", trigger=match.start()))


_AND = re.compile(r",?\s+(?:and|while|but)\s+\Z")
_LATER = re.compile(
    r"(?:\s+(?:more|others?))?,?\s+(?:later|on\s+(?:the|their|his|her)\s+way|en\s+route|(?:in|at|upon\s+reaching)\s+(?:the\s+|an?\s+)?"
    r"(?:\w+\s+)?(?:hospital|clinic|ambulance|infirmary|ward)|(?:on|upon|before)\s+(?:arrival|reaching)|(?:of|from)\s+(?:\w+\s+)?(?:wounds|injuries))\b(?!\s+(?:was|were|is|are|has|have|had|said)\b)",
    re.IGNORECASE,
)


_OTHER_SIDE = re.compile(
    r"(?:\s+(?:more|others?))?\s+(?:on|from|among|for)\s+the\s+(?:other|opposing|opposite|enemy|rebel|government)(?:\s+(?:side|camp))?\b",
    re.IGNORECASE,
)
_ONE_SIDE = re.compile(
    r"\b(?:on|from|for)\s+(?:one|the\s+one|their|its)\s+(?:side|camp)?,?\s*(?:and\s+)?\Z", re.IGNORECASE
)


def _on_the_other_side(sentence: HarmSentence, quantity: Quantity) -> bool:
    """Whether a bare figure is of the other of two sides: "six killed on one side, |five| on the other"."""
    other = _OTHER_SIDE.match(sentence.text, quantity.end) is not None
    return other and _ONE_SIDE.search(sentence.text, sentence.start, quantity.start) is not None


def _link_gapped(sentence: HarmSentence) -> None:
    """Count those of whom the verb is not said again: "four died on the spot and |two more| on the way to hospital"."""
    for quantity in sentence.quantities:
        told = [m for m in sentence.mentions if m.kind == "killed" and m.trigger < quantity.start and not m.subset]
        joined = _AND.search(sentence.text, max(sentence.start, quantity.start - 10), quantity.start)
        later = joined is not None and _LATER.match(sentence.text, quantity.end)
        if not told or not sentence.free(quantity) or not (later or _on_the_other_side(sentence, quantity)):
            continue
        if not sentence.trigger_between(told[-1].trigger + 1, quantity.start):
            mention = CountMention(quantity.start, quantity.end, quantity.count, "killed", quantity.noun)
            sentence.mentions.append(replace(mention, trigger=told[-1].trigger))


_TAKEN = frozenset({"abducted", "detained"})  # kinds
_JOINED = re.compile(r"\s*(?:and|or|and/or|/)\s*", re.IGNORECASE)


def _partner(sentence: HarmSentence, index: int) -> Trigger | None:
    """Return the next trigger where the two share what they count: "killed or wounded 15"."""
    here, later = sentence.triggers[index], sentence.triggers[index + 1 : index + 2]
    taken = bool(later) and bool({*here.kinds, *later[0].kinds} & _TAKEN)
    if taken and _be_before(sentence, here) is not None:
        return None  # "was |abducted and murdered|" is both
    if not later or here.kinds == later[0].kinds or not _JOINED.fullmatch(sentence.text, here.end, later[0].start):
        return None
    apart = here.roles <= {"nouns", "of"} and "verbs" in later[0].roles  # "took their |lives| and |blinded| a boy"
    return None if apart or _each_counts(sentence, here, later[0]) else later[0]


def _each_counts(sentence: HarmSentence, first: Trigger, second: Trigger) -> bool:
    """Return whether each has its own figure: "claimed |six| lives and wounded |12|"."""
    before = any(not sentence.text[q.end : first.start].strip() for q in sentence.quantities if q.end <= first.start)
    after = any(not sentence.text[second.end : q.start].strip() for q in sentence.quantities if q.start >= second.end)
    return before and after and bool(first.roles & {"nouns", "states"})


def _is_shared(sentence: HarmSentence, index: int) -> bool:
    """Return whether the trigger before has already shared its counts with this one."""
    return index > 0 and _partner(sentence, index - 1) is not None


def _link_shared(sentence: HarmSentence, first: Trigger, second: Trigger) -> None:
    """Link what was "killed or wounded" to both: no more than the figure to each, unless the figure is zero."""
    whole = Trigger(first.start, second.end, (*first.kinds, *second.kinds), first.roles & second.roles or first.roles)
    known = len(sentence.mentions)
    _link(sentence, whole)
    for i, mention in enumerate(sentence.mentions[known:], known):
        count, zero = mention.count, mention.count.high == 0
        most = Count(None, None, count.high, "unknown" if count.high is None else "at_most", count.text)
        sentence.mentions[i] = mention if zero else replace(mention, count=most)


_BODY_OF = re.compile(
    rf"\s+of\s+(?:[a-z][\w’'-]*\s+){{0,4}}?(?P<one>{NAME}(?:\s+(?:al-|bin\s+|de\s+)?{NAME}){{1,3}})"
    r"(?=\s+(?:was|had|has|is|turned|lay|showed|bore)\b)"
)


_PROTESTED = re.compile(
    r"\b(?:protest\w*|demonstrat\w*|march\w*|rall(?:y|ies|ied|ying)|angry|anger|furious)\s+(?:against|over|at|about)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


def _is_protested(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Whether a death is only what people protest against: "they marched |against the killing of| a trader"."""
    return _PROTESTED.search(sentence.text, max(sentence.start, trigger.start - 40), trigger.start) is not None


def _link_body(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Link the one whose body is told of by name: "the body of |Omar Said| turned up"."""
    body = sentence.text[trigger.start : trigger.end].lower() in {"body", "corpse"}
    found = _BODY_OF.match(sentence.text, trigger.end, sentence.end) if body else None
    if found is None:
        return False
    titled = [q for q in sentence.quantities if q.start < found.end() and found.start() < q.end]
    if titled:
        alone = len(titled) == 1 and titled[0].single and sentence.free(titled[0])
        if alone:
            sentence.add(trigger, titled[0])
        return alone
    one = Count(1, 1, 1, "exact", found["one"])
    sentence.add(trigger, Quantity(*found.span("one"), one, found["one"], single=True))
    return True


def _link(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link one trigger by the first of its parts that fits."""
    if trigger.roles & {"tolls", "figures"}:
        (_link_toll if "tolls" in trigger.roles else _link_figure)(sentence, trigger)
    elif "of" in trigger.roles and (of := _OF.match(sentence.text, trigger.end)):
        _ = (
            _is_protested(sentence, trigger)
            or _link_body(sentence, trigger)
            or link_objects(sentence, trigger, of.end())
        )
    elif _AMONG.search(sentence.text, max(sentence.start, trigger.start - 30), trigger.start):
        link_subjects(sentence, trigger, trigger.start, part=True)
    elif "conditions" in trigger.roles:
        _link_condition(sentence, trigger)
    elif "with" in trigger.roles:
        _link_with(sentence, trigger)
    elif "passives" in trigger.roles:
        _link_passive(sentence, trigger)
        link_company(sentence, trigger)
    elif (passive := _be_before(sentence, trigger)) is not None:
        _ = link_subjects(sentence, trigger, passive) or link_one(sentence, trigger, passive)
        link_company(sentence, trigger)
    elif (inverted := _inverted(sentence, trigger)) is not None:
        link_objects(sentence, trigger, inverted)
    elif "verbs" not in trigger.roles or not link_objects(sentence, trigger, trigger.end):
        _ = (
            link_whom(sentence, trigger)
            or _is_done_by(sentence, trigger)
            or link_state(sentence, trigger)
            or _link_coordinate(sentence, trigger)
        )


_OF = re.compile(r"\s+(?:of|(?<=injuries\s)to|(?<=injury\s)to)\s+", re.IGNORECASE)
_PASSIVE_AND = re.compile(
    r"(?P<be>\b(?:(?:have|has|had)\s+been|was|were|being|been)\s+(?:\w+ly\s+)?\w+(?:ed|en|ht|ot|ut)\b[^;:“”\"]{0,60}?)"
    r"(?:\b(?:and|but)\b|,)\s+(?:(?:then|later|\w+ly)\s+)?\Z",
    re.IGNORECASE,
)


_INVERTED = re.compile(
    r"\s+(?:(?:in|by|during|at)\s[^,;:.]{1,50}?\s+)?(?:was|were|is|are)\b", re.IGNORECASE
)  # "killed |was| the mayor"
_OPENING = re.compile(r"\W*(?:(?:also|reportedly|and|meanwhile,?)\s+)?", re.IGNORECASE)


def _inverted(sentence: HarmSentence, trigger: Trigger) -> int | None:
    """Return where those begin whom an opening verb tells of: "|Killed were| a woman and her two children"."""
    opens = _OPENING.fullmatch(sentence.text, sentence.start, trigger.start) is not None
    after = _INVERTED.match(sentence.text, trigger.end) if opens and "verbs" in trigger.roles else None
    return after.end() if after is not None else None


def _link_coordinate(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Link those of whom a passive tells more: "three men |were seized| by residents and |killed|"."""
    text = sentence.text
    passive = _PASSIVE_AND.search(text, max(sentence.start, trigger.start - 110), trigger.start)
    if passive is None or text[trigger.start : trigger.end].lower().endswith(("ing", "s")):
        return False
    if _INVERTED.match(text, trigger.end):
        return False
    begins = passive.start("be")
    told = [m for m in sentence.mentions if begins <= m.trigger < trigger.start and m.end <= begins and not m.subset]
    for mention in told:
        kinds = [k for k in trigger.kinds if k != mention.kind]
        sentence.mentions += [replace(mention, kind=k, trigger=trigger.start) for k in kinds]
    apart = any(begins <= q.start < trigger.start and "person" in q.classes for q in sentence.quantities)
    if told or apart:
        return bool(told)
    return link_subjects(sentence, trigger, begins) or link_one(sentence, trigger, begins)


def _link_with(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link those who are told to have wounds: "left |20 people| with minor injuries"; not the dead found with them."""
    before = [q for q in sentence.quantities if q.end <= trigger.start]
    if not before or "thing" in before[-1].classes or not sentence.free(before[-1]):
        return
    gap = sentence.text[before[-1].end : trigger.start]
    left = _LEFT_WITH.fullmatch(gap) is not None and any(m.end <= before[-1].start for m in sentence.mentions)
    got_away = left or (counts_persons(before[-1]) and _GOT_AWAY.fullmatch(gap) is not None)
    bare = not before[-1].noun and not before[-1].single and not gap.strip()  # "took in |25| with gunshot wounds"
    people = bare or "person" in before[-1].classes or _MORE.search(sentence.text, before[-1].start - 9, before[-1].end)
    aside = gap.strip() in {"", ","} and not _DEAD_YET.search(sentence.text, trigger.end, sentence.end)
    if got_away or (people and aside):
        sentence.add(trigger, before[-1])


#: "one was killed, |sixteen| with wounds", "two died and five more |left| with burns"
_LEFT_WITH = re.compile(r"\s+(?:(?:more|others?)\s+)?(?:(?:left|came\s+off|got\s+off)\s+)?", re.IGNORECASE)
_DEAD_YET = re.compile(r"\b(?:died|dead|passed\s+away|succumbed|perished)\b", re.IGNORECASE)


_MORE = re.compile(r"\banother\b|\b(?:others|more)\b", re.IGNORECASE)  # "left |six more| with shrapnel wounds"


_GOT_AWAY = re.compile(
    r"(?:\s+(?:caught|trapped|hit|wounded|found|living|sheltering|working)\s[^,;:]{1,40}?)?\s+(?:who\s+)?(?:\w+ly\s+)?(?:escaped|survived|emerged|fled|got\s+away|came\s+away|(?:was|were)\s+left|ended\s+up|(?:was|were)\s+(?:hospitali[sz]ed|admitted|found\s+alive|(?:brought|taken|rushed|carried|evacuated|transported|ferried|airlifted|admitted|rescued|saved|pulled\s+out|dragged\s+out)(?:\s+(?:to|by|from)\s[^,;:]{1,40}?)?))\s+"
    r"(?:the\s+(?:attack|blast|ambush|shooting)\s+)?",
    re.IGNORECASE,
)


def _link_passive(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link "two men died"; of "burned to death", which is both, the object first."""
    active = "verbs" in trigger.roles and _be_before(sentence, trigger) is None
    if active and link_objects(sentence, trigger, trigger.end):
        return
    if not link_subjects(sentence, trigger, trigger.start):
        link_pronoun(sentence, trigger)
        _link_maimed(sentence, trigger)
        if all(m.trigger != trigger.start for m in sentence.mentions):
            link_unknown_subject(sentence, trigger, trigger.start)


_ITS_OWNER = re.compile(r"los\w+\s+(?:his|her)\b", re.IGNORECASE)
_WHO_LOST = re.compile(r"(?P<who>[^\W\d][\w’'-]*)\s+(?:has\s+|had\s+|also\s+)*\Z")


def _link_maimed(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link the one whom "lost |his| foot" is told of, by whatever word: "the uniformed lost his left foot"."""
    told = any(m.trigger == trigger.start for m in sentence.mentions)
    if told or "injured" not in trigger.kinds or not _ITS_OWNER.match(sentence.text, trigger.start):
        return
    found = _WHO_LOST.search(sentence.text, max(sentence.start, trigger.start - 40), trigger.start)
    if found is not None:
        one = Count(1, 1, 1, "exact", found["who"])
        sentence.add(trigger, Quantity(*found.span("who"), one, found["who"], single=True))


_STAYS = re.compile(
    r"\b(?P<be>(?:is|are|was|were|remains?|remained|(?:has|have|had)\s+been)\s+(?:(?:still|also|now|\w+ly)\s+)?)\Z",
    re.IGNORECASE,
)
_DIED_THERE = re.compile(
    r",?\s+(?:where|but|and)\s+(?:(?:he|she|they|later)\s+){0,2}(?:died|succumbed|w\w+\s+(?:pronounced|declared)\s+dead)",
    re.IGNORECASE,
)


_OF_THEM = re.compile(r"\s+of\s+(?:them|those|these|the\s+(?:wounded|injured|victims))\b", re.IGNORECASE)


_BODIES = re.compile(r"\b(?:body|bodies|corpses?|remains|dead)\b", re.IGNORECASE)  # taken to hospital too


def _link_condition(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link those who are "in hospital" or "in critical condition"; of wounded told before they are some."""
    text, known = sentence.text, len(sentence.mentions)
    told = any(m.kind in trigger.kinds and not m.subset for m in sentence.mentions)
    stays = _STAYS.search(text, max(sentence.start, trigger.start - 30), trigger.start)
    is_where = text[trigger.start : trigger.end].lower().startswith("in ")
    if _DIED_THERE.match(text, trigger.end):
        return
    if stays is not None or not is_where:
        start = trigger.start if stays is None else stays.start("be")
        linked = link_subjects(sentence, trigger, start) or link_state(sentence, trigger)
        if not linked and text[max(sentence.start, start - 4) : start].strip().lower() in {"he", "she"}:
            link_one(sentence, trigger, start)  # "|he is| in hospital"
    elif text[trigger.start : trigger.end].lower().endswith(("condition", "coma")):
        link_state(sentence, trigger)
    if len(sentence.mentions) == known and not is_where:
        link_pronoun(sentence, trigger)
    sentence.mentions[known:] = [m for m in sentence.mentions[known:] if not _BODIES.search(m.noun)]
    sentence.mentions[known:] = [
        replace(m, subset=True) if told or _OF_THEM.match(text, m.end) else m for m in sentence.mentions[known:]
    ]


_AMONG = re.compile(r"\bamong\s+(?:the|those)\s+(?:people\s+)?\Z", re.IGNORECASE)
_BE = re.compile(
    r"(?P<be>\b(?:(?:have|has|had|having|to|would|could|may|might|will)\s+)?(?:reportedly\s+|also\s+|not\s+)*"
    r"(?:was|were|is|are|been|being|be|got|remained|resulted))"
    r"(?:\s+(?:also|reportedly|either|not|all|both|lightly|slightly|seriously|critically|badly|fatally|allegedly|confirmed|apparently|"
    r"feared|believed|presumed|reported|thought|listed|left|\w+ly"
    r"|(?:taken|brought|carried|evacuated|rushed|pulled|dug|dragged|found|admitted)(?:\s+(?:out|away|ashore|(?:in)?to\s+(?:the\s+|an?\s+)?\w+))?)"
    r"){0,3}\s+[“\"‘']?\Z",
    re.IGNORECASE,
)


def _be_before(sentence: HarmSentence, trigger: Trigger) -> int | None:
    """Return where the auxiliary of a passive begins, or None where the trigger has none."""
    match = _BE.search(sentence.text, max(sentence.start, trigger.start - 60), trigger.start)
    return None if match is None else match.start("be")


_FIRST_GAVE = re.compile(
    r"\b(?:first|initially|originally|previously|earlier)\s+(?:gave|given|put|set|reported|counted|announced)\b[^.;,]{0,30}\Z",
    re.IGNORECASE,
)


def _is_superseded(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Whether a toll is only the first of two: "first gave |the number of dead| as 38, conceded that 42 had died"."""
    first = _FIRST_GAVE.search(sentence.text, max(sentence.start, trigger.start - 60), trigger.start)
    return first is not None and any(
        set(t.kinds) & set(trigger.kinds) for t in sentence.triggers if t.start > trigger.end
    )


def _link_toll(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link the figure after "the death toll": a running total; "from 5 to 12" is 12."""
    if _is_superseded(sentence, trigger):
        return
    for quantity in sentence.quantities:
        if quantity.start < trigger.end or quantity.single:
            continue
        if quantity.start - trigger.end <= REACH and not sentence.trigger_between(trigger.end, quantity.start):
            count = quantity.count
            if count.text.lower().startswith("from "):
                count = Count(count.high, count.high, count.high, "exact", count.text)
            sentence.add(trigger, replace(quantity, count=count), cumulative=not _is_disputed(sentence, trigger))
        return


_PUT = re.compile(
    r"\b(?:put|puts|putting|gave|gives|giving|set|sets)\s+(?:the|its|their)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE
)
_WHILE = re.compile(r"\b(?:while|but|whereas|though|although|whilst)\b", re.IGNORECASE)


def _is_disputed(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Whether somebody else puts the toll otherwise: "14 died, a chief said, |while| a group |put the toll| at 17"."""
    put = _PUT.search(sentence.text, max(sentence.start, trigger.start - 40), trigger.start)
    told = [m for m in sentence.mentions if m.kind in trigger.kinds and not m.subset and m.count.qualifier == "exact"]
    return put is not None and bool(told) and _WHILE.search(sentence.text, told[-1].end, trigger.start) is not None


def _link_figure(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link the figure right after "the wounded were"."""
    after = next((q for q in sentence.quantities if q.start >= trigger.end), None)
    if after is not None and not sentence.text[trigger.end : after.start].strip() and counts_persons(after):
        sentence.add(trigger, after)


def _link_parts(sentence: HarmSentence) -> None:
    """Give "including two children" the kind of the figure that it is part of."""
    for quantity in sentence.quantities:
        before = [m for m in sentence.mentions if m.start < quantity.start and not m.subset]
        if quantity.part and sentence.free(quantity) and counts_persons(quantity) and before:
            whole = max(before, key=lambda m: m.start)
            if quantity.start - whole.end <= REACH:
                mention = CountMention(quantity.start, quantity.end, quantity.count, whole.kind, quantity.noun)
                sentence.mentions.append(replace(mention, subset=True, trigger=whole.trigger))


@cache
def _not_known() -> re.Pattern[str]:
    """Compile the words that say a count is not known."""
    return re.compile(rf"\b(?:{either(count_words().raw['unknown'])})\b", re.IGNORECASE)


@cache
def _plural_persons() -> str:
    """Return an alternation of plural words for persons."""
    words = count_words()
    plurals = (n for n, c in words.nouns.items() if "person" in c and n not in words.singular_persons)
    return either(plurals)


_SOME = re.compile(r"\bsome\s+(?:(?!of\b)[\w-]+\s+)?\Z", re.IGNORECASE)  # "injuring |some| policemen"
_SEVERAL = Count(2, 3, None, "several")


def _is_done_by(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Whether those before a verb did it, to others without a number: "|two attackers| killed security guards"."""
    before = next((q for q in reversed(sentence.quantities) if q.end <= trigger.start), None)
    named = before is not None and "person" in before.classes and "verbs" in trigger.roles
    return named and _bare_object().match(sentence.text, trigger.end, sentence.end) is not None


@cache
def _bare_object() -> re.Pattern[str]:
    """Compile those whom a verb is told of without a number: "two attackers shot and killed |security guards|"."""
    return re.compile(
        rf"\s+(?:(?!in\b|at\b|by\b|near\b|on\b|as\b|and\b|were\b|when\b|after\b)[a-z][\w-]*\s+){{0,2}}?(?:{_plural_persons()})\b"
        r"(?!\s+(?:say|said|claim|report|told))"
    )


def _add_uncounted(sentence: HarmSentence) -> None:
    """Add a count that is not known where persons stand beside a trigger without a number: "killing civilians"."""
    after = re.compile(rf"\s+(?:[^\W\d][\w.-]*\s+){{0,3}}?(?P<noun>{_plural_persons()})\b", re.IGNORECASE)
    before = re.compile(rf"\b(?P<noun>{_plural_persons()})\s+\Z", re.IGNORECASE)
    for trigger in sentence.triggers:
        told = any(m.kind in trigger.kinds for m in sentence.mentions)
        if told or not trigger.roles & {"verbs", "passives"} or len(trigger.kinds) > 1:
            continue
        passive = _be_before(sentence, trigger) if "passives" not in trigger.roles else trigger.start
        match = (
            after.match(sentence.text, trigger.end, sentence.end)
            if passive is None
            else before.search(sentence.text, max(sentence.start, passive - 30), passive)
        )
        if match is not None and not sentence.trigger_between(trigger.end, match.end()):
            noun = match["noun"]
            some = _SOME.search(sentence.text, sentence.start, match.start("noun")) is not None
            count = replace(_SEVERAL, text=f"some {noun}") if some else Count(text=noun)
            sentence.add(trigger, Quantity(match.start("noun"), match.end("noun"), count, noun))


def _add_unknown(sentence: HarmSentence) -> None:
    """Add a count that is not known where casualties are spoken of and none is told ("were being assessed")."""
    known = {m.trigger for m in sentence.mentions}
    for trigger in sentence.triggers:
        if trigger.start in known or "nouns" not in trigger.roles:
            continue
        if len(trigger.kinds) > 1 or _not_known().search(sentence.text, sentence.start, sentence.end):
            word = sentence.text[trigger.start : trigger.end]
            sentence.add(trigger, Quantity(trigger.start, trigger.end, Count(text=word), word))
