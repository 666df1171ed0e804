"""Link what happened ("killed", "the death of") to the quantities beside it in a sentence, as subject or object."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.events._harm_triggers import CountKind, Trigger, find_triggers
from pipeline.events._quantities import Quantity, count_words
from pipeline.events._words import either
from pipeline.models import Count

__all__ = ["CountMention", "link_sentence"]

_REACH = 120  # characters between a subject and its verb


@dataclass(frozen=True, slots=True)
class CountMention:
    """A count as written, at ``text[start:end]``.

    ``subset``: part of a larger figure. ``cumulative``: a running total. ``trigger``: offset of the word that says what
    happened; mentions with the same trigger are told together ("two soldiers and a civilian were killed").
    """

    start: int
    end: int
    count: Count
    kind: CountKind
    noun: str = ""
    subset: bool = False
    cumulative: bool = False
    trigger: int = -1


@dataclass(slots=True)
class _Sentence:
    """One sentence while it is read: what it holds, and what has been linked so far."""

    text: str
    start: int
    end: int
    triggers: Sequence[Trigger]
    quantities: Sequence[Quantity]
    mentions: list[CountMention] = field(default_factory=list)

    def free(self, quantity: Quantity) -> bool:
        """Return whether a quantity is not linked yet."""
        return all(m.start != quantity.start for m in self.mentions)

    def trigger_between(self, start: int, end: int) -> bool:
        """Return whether any trigger stands between two offsets."""
        return any(start <= t.start and t.end <= end for t in self.triggers)

    def add(self, trigger: Trigger, quantity: Quantity, *, part: bool = False, cumulative: bool = False) -> None:
        """Link a quantity to a trigger."""
        for kind in trigger.kinds:
            self.mentions.append(
                CountMention(
                    quantity.start, quantity.end, quantity.count, kind, quantity.noun,
                    part or quantity.part, cumulative or self.is_cumulative(trigger), trigger.start,
                )
            )  # fmt: skip

    def is_cumulative(self, trigger: Trigger) -> bool:
        """Return whether words beside a trigger make its figure a running total."""
        near = self.text[max(self.start, trigger.start - 60) : min(self.end, trigger.end + 60)]
        return _cumulative().search(near) is not None


@cache
def _cumulative() -> re.Pattern[str]:
    """Compile the words of a running total."""
    return re.compile(rf"\b(?:{either(count_words().raw['cumulative'])})\b", re.IGNORECASE)


def link_sentence(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[CountMention]:
    """Return the counts of one sentence that a trigger explains, in order."""
    sentence = _Sentence(text, start, end, find_triggers(text, start, end), quantities)
    for index, trigger in enumerate(sentence.triggers):
        partner = _partner(sentence, index)
        if partner is not None:
            _link_shared(sentence, trigger, partner)
        elif not _is_shared(sentence, index):
            _link(sentence, trigger)
    _link_parts(sentence)
    _add_uncounted(sentence)
    _add_unknown(sentence)
    return sorted(sentence.mentions, key=lambda m: (m.start, m.end, m.kind))


_JOINED = re.compile(r"\s*(?:and|or|and/or|/)\s*", re.IGNORECASE)


def _partner(sentence: _Sentence, index: int) -> Trigger | None:
    """Return the next trigger where the two share what they count: "killed or wounded 15"."""
    here, later = sentence.triggers[index], sentence.triggers[index + 1 : index + 2]
    if not later or here.kinds == later[0].kinds or not _JOINED.fullmatch(sentence.text, here.end, later[0].start):
        return None
    return later[0]


def _is_shared(sentence: _Sentence, index: int) -> bool:
    """Return whether the trigger before has already shared its counts with this one."""
    return index > 0 and _partner(sentence, index - 1) is not None


def _link_shared(sentence: _Sentence, first: Trigger, second: Trigger) -> None:
    """Link what was "killed or wounded" to both: no more than the figure to each, unless the figure is zero."""
    whole = Trigger(first.start, second.end, (*first.kinds, *second.kinds), first.roles & second.roles or first.roles)
    known = len(sentence.mentions)
    _link(sentence, whole)
    for i, mention in enumerate(sentence.mentions[known:], known):
        count, zero = mention.count, mention.count.high == 0
        most = Count(None, None, count.high, "unknown" if count.high is None else "at_most", count.text)
        sentence.mentions[i] = mention if zero else replace(mention, count=most)


def _link(sentence: _Sentence, trigger: Trigger) -> None:
    """Link one trigger by the first of its parts that fits."""
    if "tolls" in trigger.roles:
        _link_toll(sentence, trigger)
    elif "of" in trigger.roles and (of := re.compile(r"\s+of\s+").match(sentence.text, trigger.end)):
        _link_objects(sentence, trigger, of.end())
    elif _AMONG.search(sentence.text, max(sentence.start, trigger.start - 30), trigger.start):
        _link_subjects(sentence, trigger, trigger.start, part=True)
    elif "passives" in trigger.roles:
        if not _link_subjects(sentence, trigger, trigger.start):
            _link_pronoun(sentence, trigger)
    elif (passive := _be_before(sentence, trigger)) is not None:
        if not _link_subjects(sentence, trigger, passive):
            _link_one(sentence, trigger, passive)
    elif "verbs" not in trigger.roles or not _link_objects(sentence, trigger, trigger.end):
        _link_state(sentence, trigger)


_AMONG = re.compile(r"\bamong\s+(?:the|those)\s+(?:people\s+)?\Z", re.IGNORECASE)
_BE = re.compile(
    r"(?P<be>\b(?:(?:have|has|had|having|to|would|could|may|might|will)\s+)?(?:reportedly\s+|also\s+|not\s+)*"
    r"(?:was|were|is|are|been|being|be|got))"
    r"(?:\s+(?:also|reportedly|either|not|all|both|lightly|slightly|seriously|critically|badly|fatally|allegedly|confirmed|apparently|"
    r"feared|believed|presumed|\w+ly)){0,3}\s+\Z",
    re.IGNORECASE,
)


def _be_before(sentence: _Sentence, trigger: Trigger) -> int | None:
    """Return where the auxiliary of a passive begins, or None where the trigger has none."""
    match = _BE.search(sentence.text, max(sentence.start, trigger.start - 60), trigger.start)
    return None if match is None else match.start("be")


_DIRECT = re.compile(
    r"[\s“\"(:]*(?:(?:himself\s+and|herself\s+and|themselves\s+and|also|only|just|some|the|his|her|their|its|as|reportedly|another)\s+)*",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"(?:\s+(?:of|from|in|with|at|near|on|who|for)\s[^;:]{1,60}?)?\s*"
    r"(?:,\s*(?:and\s+)?|\band\b|\bas\s+well\s+as\b|\bplus\b)\s*(?:(?:also|the|his|her|their|its)\s+)?",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\s+(?:said|says|told|announced|added|confirmed|claimed|reported|have|had|has)\b")


def _counts_persons(quantity: Quantity) -> bool:
    """Return whether a quantity may count persons: its noun does, or it has none that says otherwise."""
    return "person" in quantity.classes or "group" in quantity.classes or not quantity.classes


def _link_objects(sentence: _Sentence, trigger: Trigger, position: int) -> bool:
    """Link what follows a trigger: "killed five members of X and a civilian"; tell whether anything did."""
    linked, gap = False, _DIRECT
    for quantity in (q for q in sentence.quantities if q.start >= position):
        text = sentence.text
        if quantity.part and linked and not sentence.trigger_between(position, quantity.start):
            continue
        if linked and _is_apposition(sentence, quantity, position):
            continue
        if linked and _is_another_blow(sentence, quantity):
            break
        fits = gap.fullmatch(text, position, quantity.start) and not sentence.trigger_between(position, quantity.start)
        taken = linked and (
            _has_own_trigger(sentence, quantity) or (quantity.single and _SPEAKS.match(text, quantity.end))
        )
        if not fits or taken or not _counts_persons(quantity) or not sentence.free(quantity):
            break
        sentence.add(trigger, quantity)
        linked, gap, position = True, _CHAIN, quantity.end
    return linked or _link_object_pronoun(sentence, trigger, position)


_OTHER_BLOW = re.compile(r"\s+(?:on|at|against|near|in|outside)\s", re.IGNORECASE)


def _is_another_blow(sentence: _Sentence, quantity: Quantity) -> bool:
    """Return whether "another one" is what did harm, not who came to it: "…, and |another one| on B wounded six"."""
    stands_alone = sentence.text[quantity.start : quantity.end].lower() in {"another", "another one", "one"}
    placed = _OTHER_BLOW.match(sentence.text, quantity.end) is not None
    return stands_alone and placed and any(t.start >= quantity.end for t in sentence.triggers)


def _is_apposition(sentence: _Sentence, quantity: Quantity, position: int) -> bool:
    """Return whether "…, a top commander" says more of the one before; "a man, a woman and a child" is a list."""
    if not quantity.single or sentence.text[position : quantity.start].strip() != ",":
        return False
    return re.compile(r"\s*(?:,\s*)?(?:and\s+)?an?\s").match(sentence.text, quantity.end) is None


def _link_object_pronoun(sentence: _Sentence, trigger: Trigger, position: int) -> bool:
    """Link "killing him": one person."""
    match = re.compile(r"\s+(?:him\b|her\b(?!\s+[a-z]))", re.IGNORECASE).match(sentence.text, position)
    if match is None:
        return False
    word = match[0].strip()
    sentence.add(
        trigger, Quantity(match.end() - len(word), match.end(), Count(1, 1, 1, "exact", word), word, single=True)
    )
    return True


_OWN = re.compile(
    r"\s+(?:(?:others?|more|people)\s+)?(?:(?:was|were|has\s+been|have\s+been|had\s+been|are|is)\s+)?"
    r"(?:\w+ly\s+|also\s+|still\s+)?",
    re.IGNORECASE,
)


def _has_own_trigger(sentence: _Sentence, quantity: Quantity) -> bool:
    """Return whether a trigger of its own follows: "and 12 were wounded", "and 12 wounded"."""
    return any(
        t.start >= quantity.end and _OWN.fullmatch(sentence.text, quantity.end, t.start) for t in sentence.triggers
    )


_BREAK = re.compile(r"[;—]|\s–\s|\b(?:but|while|after|when|because|although|though|whereas)\b", re.IGNORECASE)
_JOIN_LEFT = re.compile(
    r"(?:\s+(?:of|from|in|with)\s[^,;:]{1,50}?|,\s[^,;:]{1,60})?\s*(?:,\s*(?:and\s+)?|\band\b|\bas\s+well\s+as\b)"
    r"\s*(?:(?:also|the|his|her|their|its)\s+)?",
    re.IGNORECASE,
)


def _link_subjects(sentence: _Sentence, trigger: Trigger, position: int, *, part: bool = False) -> bool:
    """Link what stands before a passive: "two soldiers and a civilian were killed"; tell whether anything did."""
    linked = False
    for quantity in reversed([q for q in sentence.quantities if q.end <= position]):
        gap = sentence.text[quantity.end : position]
        crossed = sentence.trigger_between(quantity.end, position)
        if quantity.part and not linked and not crossed and not part:
            continue
        apart = _JOIN_LEFT.fullmatch(gap) is None if linked else len(gap) > _REACH or _BREAK.search(gap) is not None
        if apart or crossed or not _counts_persons(quantity) or not sentence.free(quantity):
            break
        if not linked and quantity.count.high != 0 and re.search(r"\b(?:no|not)\b", gap, re.IGNORECASE):
            break
        sentence.add(trigger, quantity, part=part)
        linked, position = True, quantity.start
    return linked


_ONE_NAME = re.compile(
    r"(?P<name>\b(?:[Hh]e|[Ss]he)|(?<!and\s)\b[A-Z][\w’'-]+(?:\s+(?:(?:al|el|bin|Al|El)[-\s])?[A-Z][\w’'-]+)*)"
    r"(?:,\s\d\d?,)?\s+\Z"
)


def _link_one(sentence: _Sentence, trigger: Trigger, position: int) -> None:
    """Link the one person whom "was killed" is told of by name or as he or she."""
    if not re.compile(r"(?:was|is|has|had)\b", re.IGNORECASE).match(sentence.text, position):
        return
    if sentence.text[position : trigger.start].lower().find(" not") >= 0:
        return
    match = _ONE_NAME.search(sentence.text, max(sentence.start, position - 50), position)
    if match is not None and match["name"].lower() not in count_words().stops - {"he", "she"}:
        name = match["name"]
        sentence.add(
            trigger,
            Quantity(match.start(), match.start() + len(name), Count(1, 1, 1, "exact", name), name, single=True),
        )


_HE = re.compile(r"\b(?:he|she)\s+\Z", re.IGNORECASE)


def _link_pronoun(sentence: _Sentence, trigger: Trigger) -> None:
    """Link the one of whom "he died" is told."""
    match = _HE.search(sentence.text, max(sentence.start, trigger.start - 6), trigger.start)
    if match is not None:
        word = match[0].strip()
        sentence.add(
            trigger,
            Quantity(match.start(), match.start() + len(word), Count(1, 1, 1, "exact", word), word, single=True),
        )


_BESIDE = re.compile(
    r"\s+(?:(?:others?|more|people|\w+ly|been|were|feared|left|civilian|combat|serious|minor|military)\s+)?",
    re.IGNORECASE,
)


def _link_state(sentence: _Sentence, trigger: Trigger) -> bool:
    """Link the number right before a state or a noun: "three dead", "eight injuries", "no casualties or injuries"."""
    for quantity in reversed([q for q in sentence.quantities if q.end <= trigger.start]):
        beside = _BESIDE.fullmatch(sentence.text, quantity.end, trigger.start)
        if (
            beside
            and (sentence.free(quantity) or quantity.count.high == 0)
            and (_counts_persons(quantity) or "thing" not in quantity.classes)
        ):
            sentence.add(*_as_noun(sentence, trigger, quantity))
            return True
        break
    return _share_zero(sentence, trigger)


def _as_noun(sentence: _Sentence, trigger: Trigger, quantity: Quantity) -> tuple[Trigger, Quantity]:
    """Return both with the trigger as the noun counted ("eight injuries"); dead and wounded together are not split."""
    if "nouns" not in trigger.roles or (quantity.classes and quantity.count.high != 0):
        return trigger, quantity
    if len(trigger.kinds) > 1 and quantity.count.high != 0:
        trigger = replace(trigger, kinds=("other",))
    return trigger, replace(quantity, end=trigger.end, noun=sentence.text[trigger.start : trigger.end])


def _share_zero(sentence: _Sentence, trigger: Trigger) -> bool:
    """Extend "no deaths" over "or injuries"."""
    zeros = [m for m in sentence.mentions if m.count.high == 0 and m.end <= trigger.start]
    if not zeros or not re.fullmatch(
        r"\s*\w*\s*(?:,|or|and|nor)\s+(?:\w+\s+)?", sentence.text[_last_end(sentence, trigger) : trigger.start]
    ):
        return False
    zero = zeros[-1]
    sentence.add(trigger, Quantity(zero.start, zero.end, zero.count, zero.noun))
    return True


def _last_end(sentence: _Sentence, trigger: Trigger) -> int:
    """Return where the trigger before this one ends."""
    return max((t.end for t in sentence.triggers if t.end <= trigger.start), default=sentence.start)


def _link_toll(sentence: _Sentence, trigger: Trigger) -> None:
    """Link the figure after "the death toll": a running total; "from 5 to 12" is 12."""
    for quantity in sentence.quantities:
        if quantity.start < trigger.end or quantity.single:
            continue
        if quantity.start - trigger.end <= 80 and not sentence.trigger_between(trigger.end, quantity.start):
            count = quantity.count
            if count.text.lower().startswith("from "):
                count = Count(count.high, count.high, count.high, "exact", count.text)
            sentence.add(trigger, replace(quantity, count=count), cumulative=True)
        return


def _link_parts(sentence: _Sentence) -> None:
    """Give "including two children" the kind of the figure that it is part of."""
    for quantity in sentence.quantities:
        before = [m for m in sentence.mentions if m.start < quantity.start and not m.subset]
        if quantity.part and sentence.free(quantity) and _counts_persons(quantity) and before:
            whole = max(before, key=lambda m: m.start)
            if quantity.start - whole.end <= _REACH:
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


def _add_uncounted(sentence: _Sentence) -> None:
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
            sentence.add(trigger, Quantity(match.start("noun"), match.end("noun"), Count(text=noun), noun))


def _add_unknown(sentence: _Sentence) -> None:
    """Add a count that is not known where casualties are spoken of and none is told ("were being assessed")."""
    known = {m.trigger for m in sentence.mentions}
    for trigger in sentence.triggers:
        if trigger.start in known or "nouns" not in trigger.roles:
            continue
        if len(trigger.kinds) > 1 or _not_known().search(sentence.text, sentence.start, sentence.end):
            word = sentence.text[trigger.start : trigger.end]
            sentence.add(trigger, Quantity(trigger.start, trigger.end, Count(text=word), word))
