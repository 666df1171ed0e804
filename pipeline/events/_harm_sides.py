"""Link what happened to the quantities beside it: the objects of a verb, the subjects of a passive, "three dead"."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.events._harm_joints import (
    BREAK,
    LISTED,
    NAME,
    closes_aside,
    is_by_nation,
    is_name_of,
    is_severity,
    joins_left,
    named_before,
    named_object,
    names_with_ages,
    says_more_of,
    without_asides,
    without_name,
)
from pipeline.events._harm_sentence import HarmSentence, counts_persons
from pipeline.events._harm_triggers import Trigger
from pipeline.events._quantities import Quantity, count_words, head_of, is_one_of
from pipeline.events.numbers import cardinal_pattern
from pipeline.models import Count

__all__ = ["link_company", "link_objects", "link_one", "link_pronoun", "link_subjects", "link_unknown_subject"]

REACH = 120  # characters between a subject and its verb


_DIRECT = re.compile(
    r"(?:\s+and\s+(?:then\s+|later\s+)?(?:[a-z]+ed|shot|hung|threw|left|beat)\b(?:\s+(?:away|off|out|down|up)\b)?)?"
    r"[\s“”\"(:]*(?:(?:self-styled|self-proclaimed|so-called|himself\s+and|herself\s+and|themselves\s+and|also|only|just|some|the|his|her|their|its|as|reportedly|another|other|remaining)\s+)*"
    r"(?:(?:(?:an?|the|entire|whole|one)\s+)*(?:family|household|group|crew|team|patrol)\s+of\s+)?",
    re.IGNORECASE,
)
_CHAIN = re.compile(
    r"(?:\s+(?:of|from|in|with|at|near|on|who|for)\s[^;:]{1,60}?)?\s*"
    r"(?:,\s*(?:and\s+)?|\band\b|\bas\s+well\s+as\b|\bplus\b|,?\s*\b(?:along|together)\s+with\b|,?\s*\balongside\b)"
    r"\s*(?:(?:also|the|his|her|their|its)\s+)?",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?:\s+(?:sources?|officials?|officers?|commanders?|chiefs?|witnesses|residents|workers))?"
    r"(?:\s+and\s+(?:an?\s+|the\s+)?(?:[\w’'-]+\s+){0,3}?[\w’'-]+)?(?:\s+in\s+the\s+[\w’'-]+)?"
    r"\s+(?:said|says|say|told|announced|added|confirmed|claimed|reported)\b"
)
_HAS = re.compile(r"\s+(?:have|had|has)\b")


def link_objects(sentence: HarmSentence, trigger: Trigger, position: int) -> bool:
    """Link what follows a trigger: "killed five members of X and a civilian"; tell whether anything did."""
    linked, gap = False, _DIRECT
    if (named := named_object(sentence.text, position, sentence.end)) is not None and not _holds(sentence, named):
        name = sentence.text[slice(*named)]
        sentence.add(trigger, Quantity(*named, Count(1, 1, 1, "exact", name), name, single=True))
        linked, gap, position = True, _CHAIN, named[1]
    elif (him := _HIM_AND.match(sentence.text, position, sentence.end)) is not None:
        one = Count(1, 1, 1, "exact", him["one"])
        sentence.add(trigger, Quantity(*him.span("one"), one, him["one"], single=True))
        linked, gap, position = True, _CHAIN, him.end("one")
    for quantity in (q for q in sentence.quantities if q.start >= position):
        text = sentence.text
        if linked and is_one_of(quantity) and text[position : quantity.start].strip().lower() == "and":
            quantity = replace(quantity, part=False)  # noqa: PLW2901 "its owner and |one of the cooks|"
        if quantity.part and linked and not sentence.trigger_between(position, quantity.start):
            continue
        if linked and (_is_apposition(sentence, quantity, position) or is_severity(text, sentence.start, quantity)):
            continue
        if linked and _is_another_blow(sentence, quantity):
            break
        between = without_asides(text[position : quantity.start])
        between = without_name(between) if linked and sentence.mentions[-1].count.low == 1 else between
        fits = gap.fullmatch(between) and not sentence.trigger_between(position, quantity.start)
        taken = linked and (
            _has_own_trigger(sentence, quantity)
            or _SPEAKS.match(text, quantity.end)
            or (quantity.single and _HAS.match(text, quantity.end))
        )
        if fits and not linked and "animal" in quantity.classes:
            gap, position = _CHAIN, quantity.end  # "killed six cows and |a herdsman|"
            continue
        if not fits or taken or not counts_persons(quantity) or not sentence.free(quantity):
            break
        sentence.add(trigger, quantity)
        linked, gap, position = True, _CHAIN, quantity.end
    linked = linked or _link_one_and_others(sentence, trigger, position)
    return linked or _link_object_pronoun(sentence, trigger, position) or _link_unknown(sentence, trigger, position)


#: the one told of before others: "tore |him| and three others apart"
_HIM_AND = re.compile(rf"\s+(?P<one>him|her)(?=\s+and\s+(?:{cardinal_pattern()}|an?|his|her)\s)", re.IGNORECASE)
_HE_AND = re.compile(r"\b(?P<one>he|she)\s+and\s+\Z", re.IGNORECASE)


def _holds(sentence: HarmSentence, span: tuple[int, int]) -> bool:
    """Return whether a figure or a person was found in a span."""
    return any(q.start < span[1] and span[0] < q.end for q in sentence.quantities)


_COMPANY = re.compile(r",?\s+(?:along\s?with|together\s+with|alongside|as\s+(?:was|were))\b", re.IGNORECASE)


#: who is told of by name, far before what befell him: "|Adil Khan| (age: 30), who led them, fought on and |fell|"
_LED = re.compile(
    rf"(?P<name>{NAME}(?:\s+{NAME}){{1,4}})(?:\s\([^()]{{1,80}}\))?(?:,\s[^.;]{{1,120}}?,)?\s+(?:[a-z]+\s+){{0,4}}\Z"
)


def link_company(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link those with whom one was killed: "shot dead |along with his driver and a guard|", "|as were two of ours|"."""
    begins = _COMPANY.match(sentence.text, trigger.end, sentence.end)
    if begins is None:
        return
    trigger = _first_of_one_deed(sentence, trigger)
    told = any(m.trigger == trigger.start for m in sentence.mentions)
    led = None if told else _LED.search(sentence.text, sentence.start, trigger.start)
    if led is not None and not sentence.trigger_between(led.end("name"), trigger.start):
        one = Count(1, 1, 1, "exact", led["name"])
        sentence.add(trigger, Quantity(*led.span("name"), one, led["name"], single=True))
    if told or led is not None:
        link_objects(sentence, trigger, begins.end())


_ALSO_SAID = re.compile(r",?\s+and\s+(?:\w+ly\s+)?")


def _first_of_one_deed(sentence: HarmSentence, trigger: Trigger) -> Trigger:
    """Return the first of the words that tell one death: "|laid down his life| and embraced martyrdom"."""
    for before in reversed([t for t in sentence.triggers if t.end <= trigger.start]):
        if before.kinds != trigger.kinds or not _ALSO_SAID.fullmatch(sentence.text, before.end, trigger.start):
            break
        trigger = before
    return trigger


_OTHER_BLOW = re.compile(r"\s+(?:on|at|against|near|in|outside)\s", re.IGNORECASE)


def _is_another_blow(sentence: HarmSentence, quantity: Quantity) -> bool:
    """Return whether "another one" is what did harm, not who came to it: "…, and |another one| on B wounded six"."""
    stands_alone = sentence.text[quantity.start : quantity.end].lower() in {"another", "another one", "one"}
    placed = _OTHER_BLOW.match(sentence.text, quantity.end) is not None
    return stands_alone and placed and any(t.start >= quantity.end for t in sentence.triggers)


_ONE_AND = re.compile(
    r"\s+(?P<one>(?:(?:the|a|an|its|their|his|her|former|senior)\s+)?(?:[^\W\d][\w.’'-]*\s+){0,7}?[^\W\d][\w.’'-]*)"
    r"(?:,\s[^,;:]{1,50},)?\s+(?:and|along\s+with|together\s+with|as\s+well\s+as)\s+",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:others?|more)\b|\bof\s+(?:his|her|their)\b", re.IGNORECASE)


def _link_one_and_others(sentence: HarmSentence, trigger: Trigger, position: int) -> bool:
    """Link "killed |the village head and five others|": whoever it is told of first is one more."""
    text = sentence.text
    after = [q for q in sentence.quantities if q.start >= position]
    others = after[0] if after and HURTS & set(trigger.kinds) else None
    if (
        others is None
        or not (_OTHERS.search(text, others.start, others.end) or _OWNED.match(text, others.start))
        or not sentence.free(others)
    ):
        return False  # "the elder and |two others|", "the village head and |two of his sons|"
    first = _ONE_AND.fullmatch(text, position, others.start)
    if first is None or sentence.trigger_between(position, others.start) or _is_no_one(first["one"]):
        return False
    start, end = first.span("one")
    sentence.add(trigger, Quantity(start, end, Count(1, 1, 1, "exact", first["one"].strip()), "", single=True))
    sentence.add(trigger, others)
    return True


def _is_no_one(words: str) -> bool:
    """Whether the last word of a phrase stands for a thing, or for many: "a car", "militants"."""
    known, last = count_words(), words.rsplit(maxsplit=1)[-1].lower()
    kinds = known.nouns.get(last)
    return kinds is not None and ("person" not in kinds or last not in known.singular_persons)


_OWNED = re.compile(r"(?:his|her|their)\s", re.IGNORECASE)


#: "a cook, a guard| and two drivers|", but not "Omar Said, a clerk|, and two drivers|"
_LIST_GOES_ON = re.compile(rf"\s*(?:,\s*)?(?:and\s+)?an?\s|\s+and\s+{cardinal_pattern()}\s", re.IGNORECASE)


def _is_apposition(sentence: HarmSentence, quantity: Quantity, position: int) -> bool:
    """Return whether "…, a top commander" says more of the one before; "a man, a woman and a child" is a list."""
    owned = _OWNED.match(sentence.text, quantity.start) is not None  # "a man, |his wife| and a child"
    if not quantity.single or owned or sentence.text[position : quantity.start].strip() != ",":
        return False
    return _LIST_GOES_ON.match(sentence.text, quantity.end) is None


def _link_object_pronoun(sentence: HarmSentence, trigger: Trigger, position: int) -> bool:
    """Link "killing him": one person."""
    match = re.compile(r"\s+(?:him\b|her\b(?!\s+[a-z]))", re.IGNORECASE).match(sentence.text, position)
    if match is None:
        return False
    word = match[0].strip()
    sentence.add(
        trigger, Quantity(match.end() - len(word), match.end(), Count(1, 1, 1, "exact", word), word, single=True)
    )
    _link_rest(sentence, trigger, match.end())
    return True


_SOMEONE = re.compile(r"\s+(?:himself\s+and\s+)?an(?:other)?\s+|\s+a\s+", re.IGNORECASE)
HURTS = frozenset({"killed", "injured"})


def _link_unknown(sentence: HarmSentence, trigger: Trigger, position: int) -> bool:
    """Link the one person that a word no table has stands for: "killed a beekeeper"."""
    begins = _SOMEONE.match(sentence.text, position)
    head = head_of(sentence.text, begins.end(), sentence.end) if begins and HURTS & set(trigger.kinds) else None
    if begins is None or head is None or sentence.trigger_between(position, head[1]):
        return False
    start = begins.start() + len(begins[0]) - len(begins[0].lstrip())
    text = sentence.text[start : head[1]]
    sentence.add(trigger, Quantity(start, head[1], Count(1, 1, 1, "exact", text), head[0], single=True))
    _link_rest(sentence, trigger, head[1])
    return True


def _link_rest(sentence: HarmSentence, trigger: Trigger, position: int) -> None:
    """Link who is listed after one whom no table has: "killed a village head and |four of his relatives|"."""
    for quantity in (q for q in sentence.quantities if q.start >= position):
        between = without_name(sentence.text[position : quantity.start])
        listed = _CHAIN.fullmatch(between) is not None
        people = "person" in quantity.classes and not quantity.part and sentence.free(quantity)
        if (
            not listed
            or not people
            or _has_own_trigger(sentence, quantity)
            or _SPEAKS.match(sentence.text, quantity.end)
        ):
            return
        sentence.add(trigger, quantity)
        position = quantity.end


_SOMEONE_WAS = re.compile(
    r"\b(?P<one>(?:an?(?:other)?|his|her)\s+(?:[^\W\d][\w’'-]*\s+){0,3}?(?P<noun>[^\W\d][\w’'-]+))(?:\s\([^)]{1,20}\))?(?:\s+(?:in|of|at|from)\s[^,;:]{1,40})?\s+\Z",
    re.IGNORECASE,
)


def link_unknown_subject(sentence: HarmSentence, trigger: Trigger, position: int) -> bool:
    """Link the one person whom "was killed" is told of by a word that no table has: "a beekeeper was killed"."""
    found = _SOMEONE_WAS.search(sentence.text, max(sentence.start, position - 80), position)
    if found is None or not HURTS & set(trigger.kinds):
        return False
    if _BESIDE_ONE.search(sentence.text, max(sentence.start, found.start() - 12), found.start()):
        return False
    head = head_of(sentence.text, found.start("noun"), found.end("noun"))
    if head is None or head[0] in count_words().stops:
        return False
    one = Count(1, 1, 1, "exact", found["one"])
    sentence.add(trigger, Quantity(found.start("one"), found.end("one"), one, head[0], single=True))
    return True


#: "a boy hit |by a pellet| died": not he who died
_BESIDE_ONE = re.compile(r"\b(?:by|with|from|of|in|on|at|for|to|into|near|under|after|before|as)\s+\Z", re.IGNORECASE)
_OWN = re.compile(
    r"\s+(?:(?:others?|more|people)\s+)?(?:(?:was|were|has\s+been|have\s+been|had\s+been|are|is)\s+)?"
    r"(?:\w+ly\s+|also\s+|still\s+)?",
    re.IGNORECASE,
)


def _has_own_trigger(sentence: HarmSentence, quantity: Quantity) -> bool:
    """Return whether a trigger of its own follows: "and 12 were wounded", "and 12 wounded"."""
    return any(
        t.start >= quantity.end and _OWN.fullmatch(sentence.text, quantity.end, t.start) for t in sentence.triggers
    )


def link_subjects(sentence: HarmSentence, trigger: Trigger, position: int, *, part: bool = False) -> bool:
    """Link what stands before a passive: "two soldiers and a civilian were killed"; tell whether anything did."""
    linked = in_part = False
    last: Quantity | None = None
    if (stranger := _stranger_before(sentence, trigger, position)) is not None:
        sentence.add(trigger, stranger, part=part)
        linked, position = True, stranger.start
    for quantity in reversed([q for q in sentence.quantities if q.end <= position]):
        gap = without_asides(sentence.text[quantity.end : position])
        crossed = sentence.trigger_between(quantity.end, position)
        some = _SOME_OF_THEM.fullmatch(gap) is not None or _is_one_apart(sentence, quantity)
        some = some or _is_some_of_those(sentence, quantity, trigger)
        if not linked and not crossed and _WHOM.fullmatch(gap):
            sentence.add(trigger, replace(quantity, part=False), part=part)
            return True  # "four were hit, |one of whom| died"
        if quantity.part and not linked and not crossed and not part and not some:
            continue
        if linked and last is not None and _is_told_twice(sentence, quantity, last, trigger):
            position = quantity.start
            continue
        apart = not joins_left(gap, in_part=in_part) if linked else _is_far(sentence, quantity, position)
        apart = apart or (linked and (_is_speaker(sentence, quantity) or _is_whole_of(sentence, quantity, gap)))
        if apart or crossed or not counts_persons(quantity) or not sentence.free(quantity):
            break
        if not linked and quantity.count.high != 0 and re.search(r"\b(?:no|not)\b", gap, re.IGNORECASE):
            break
        sentence.add(trigger, quantity, part=part)
        linked, position, in_part, last = True, quantity.start, quantity.part, quantity
    if linked:
        _link_whole(sentence, trigger, position)
        _link_named(sentence, trigger, position)
    return linked or _link_names(sentence, trigger, position, part=part)


def _link_names(sentence: HarmSentence, trigger: Trigger, position: int, *, part: bool) -> bool:
    """Link those told by name and age alone: "|Ali Said (40)| and |Omar Said (22)| were killed"."""
    spans = names_with_ages(sentence.text, sentence.start, position)
    for span in spans:
        name = sentence.text[slice(*span)]
        sentence.add(trigger, Quantity(*span, Count(1, 1, 1, "exact", name), name, single=True), part=part)
    return bool(spans)


_SAYS = re.compile(r"\b(?:according\s+to|as\s+told\s+by|citing|quoting)\s+\Z", re.IGNORECASE)


def _is_speaker(sentence: HarmSentence, quantity: Quantity) -> bool:
    """Whether one is only he who says it: "according to |a spokesman|, twelve bandits were killed"."""
    return _SAYS.search(sentence.text, max(sentence.start, quantity.start - 20), quantity.start) is not None


_OUT_OF = re.compile(
    r"(?:\A|[.;:,“\"\n]|\b(?:that|and|but))\s*(?:out\s+)?of\s+(?:(?:the|these|those|its|about|some)\s+)*\Z",
    re.IGNORECASE,
)


def _is_whole_of(sentence: HarmSentence, quantity: Quantity, gap: str) -> bool:
    """Whether a figure is only that of which the next is a part: "|of the eleven passengers|, two were killed"."""
    before = sentence.text[max(sentence.start, quantity.start - 40) : quantity.start]
    return "," in gap and _OUT_OF.search(before) is not None


def _is_told_twice(sentence: HarmSentence, one: Quantity, last: Quantity, trigger: Trigger) -> bool:
    """Whether one person is told of by two words: by what he is and by name, by nation, or by whose child it is."""
    if says_more_of(sentence.text, one, last, trigger.start):
        _retell(sentence, last, one)
        return True
    return is_name_of(sentence.text, last, one) or is_by_nation(sentence.text, one)


def _retell(sentence: HarmSentence, aside: Quantity, one: Quantity) -> None:
    """Tell what was linked of an aside of the one whom it is said of."""
    for i, mention in enumerate(sentence.mentions):
        if mention.start == aside.start:
            told = replace(mention, start=one.start, end=one.end, count=one.count, noun=one.noun)
            sentence.mentions[i] = told


_OPENS_CLAUSE = re.compile(r"(?:\A|[.;:,“\"]|\b(?:and|that|while|but))\s*\Z")


def _is_one_apart(sentence: HarmSentence, quantity: Quantity) -> bool:
    """Whether one of many opens a clause, told of by itself: "|One of the gunmen| was also killed"."""
    opens = _OPENS_CLAUSE.search(sentence.text[sentence.start : quantity.start]) is not None
    return is_one_of(quantity) and opens


def _link_named(sentence: HarmSentence, trigger: Trigger, position: int) -> None:
    """Link the one told by name before others: "|Omar Hassan| and two of his guards were killed"."""
    if (he := _HE_AND.search(sentence.text, max(sentence.start, position - 10), position)) is not None:
        one = Count(1, 1, 1, "exact", he["one"])
        sentence.add(trigger, Quantity(*he.span("one"), one, he["one"], single=True))
        return
    named = named_before(sentence.text, sentence.start, position)
    if named is not None and not any(q.start < named[1] and named[0] < q.end for q in sentence.quantities):
        name = sentence.text[slice(*named)]
        sentence.add(trigger, Quantity(*named, Count(1, 1, 1, "exact", name), name, single=True))


def _is_far(sentence: HarmSentence, quantity: Quantity, position: int) -> bool:
    """Whether a figure stands too far before a verb to be its subject, or in another clause."""
    gap = without_asides(sentence.text[quantity.end : position])
    broken = BREAK.search(gap) is not None
    return len(gap) > REACH or (broken and not closes_aside(sentence.text, sentence.start, (quantity.end, position)))


#: "31, of whom |23| were soldiers, were killed": the aside only says who they were
_ONLY_SAYS = re.compile(r"\s+(?:was|were|is|are)\s+[^,;:.]{1,40},\s+(?:was|were|is|are|had|have|has)\s")
_OF_WHOM = re.compile(r"\b(?:of|from\s+among)\s+whom\s+(?:at\s+least\s+)?\Z", re.IGNORECASE)


def _is_some_of_those(sentence: HarmSentence, quantity: Quantity, trigger: Trigger) -> bool:
    """Whether a figure has another fate than those it is of: "seven came in with wounds, of whom |one| died"."""
    told = any({m.kind} & set(trigger.kinds) for m in sentence.mentions)
    opens = _OF_WHOM.search(sentence.text, max(sentence.start, quantity.start - 24), quantity.start) is not None
    aside = _ONLY_SAYS.match(sentence.text, quantity.end, trigger.start) is not None
    return opens and not told and not aside


_WHOM = re.compile(r"\s+of\s+whom(?:,\s[^,;:]{1,60},)?\s+(?:\w+ly\s+|later\s+|also\s+)*", re.IGNORECASE)
_AND_A = re.compile(
    r"\band\s+(?P<one>an?\s+(?:[^\W\d][\w’'-]*\s+){0,2}?(?P<noun>[^\W\d][\w’'-]+))"
    r"(?:\s+(?:who|whose)\s[^,;:]{1,90}|,\s[^,;:]{1,60},)?\s+\Z",
    re.IGNORECASE,
)


def _stranger_before(sentence: HarmSentence, trigger: Trigger, position: int) -> Quantity | None:
    """Return the last of a list, whom no table has: "two guards and |a conservationist| were killed"."""
    found = _AND_A.search(sentence.text, max(sentence.start, position - 150), position)
    head = head_of(sentence.text, found.start("noun"), found.end("noun")) if found is not None else None
    if found is None or head is None or head[0] in count_words().stops or not HURTS & set(trigger.kinds):
        return None
    listed = any(
        LISTED.fullmatch(sentence.text, q.end, found.start("one")) for q in sentence.quantities if "person" in q.classes
    )
    one = Count(1, 1, 1, "exact", found["one"])
    return (
        Quantity(found.start("one"), found.end("one"), one, head[0], frozenset({"person"}), single=True)
        if listed
        else None
    )


_SOME_OF_THEM = re.compile(
    r"\s+of\s+(?:them|those|these|the\s+(?:wounded|injured|victims))(?:,\s[^,;:]{1,80},)?\s+(?:\w+ly\s+|later\s+|also\s+|reportedly\s+)*",
    re.IGNORECASE,
)
_SPELLED_OUT = re.compile(r"\s*(?:\s[-–]|—|:|\()\s*")


def _link_whole(sentence: HarmSentence, trigger: Trigger, position: int) -> None:
    """Link the sum told before its parts: "|nine people| – two soldiers and seven villagers – were killed"."""
    before = [q for q in sentence.quantities if q.end <= position and "person" in q.classes and sentence.free(q)]
    if not before or not _SPELLED_OUT.fullmatch(sentence.text, before[-1].end, position):
        return
    parts = [i for i, m in enumerate(sentence.mentions) if m.trigger == trigger.start]
    for i in parts:
        sentence.mentions[i] = replace(sentence.mentions[i], subset=True)
    sentence.add(trigger, before[-1])


_ONE_NAME = re.compile(
    r"(?P<name>\b(?:[Hh]e|[Ss]he)|(?<!and\s)\b[A-Z][\w’'-]+(?:\s+(?:(?:al|el|bin|Al|El)[-\s])?[A-Z][\w’'-]+)*)"
    r"(?:,\s\d\d?,)?\s+\Z"
)
_ONE_WITH_POST = re.compile(
    r"(?:\A|(?<=[.;:“\"?!])\s*|(?<=[.;:“\"?!]\s)|\n|\bthat\s+)(?P<name>[A-Z][\w’'-]+(?:\s+(?:al-|bin\s+|de\s+)?[A-Z][\w’'-]+){1,3}),(?:\s\d\d?,)?\s[^,;:.]{3,70},\s+\Z"
)


def link_one(sentence: HarmSentence, trigger: Trigger, position: int) -> bool:
    """Link the one person whom "was killed" is told of by name, as he or she, or by a word that no table has."""
    if not re.compile(r"(?:was|is|has|had)\b", re.IGNORECASE).match(sentence.text, position):
        return False
    if sentence.text[position : trigger.start].lower().find(" not") >= 0:
        return False
    match = _ONE_NAME.search(sentence.text, max(sentence.start, position - 50), position)
    match = match or _ONE_WITH_POST.search(sentence.text, max(sentence.start, position - 130), position)
    if match is None or match["name"].lower() in count_words().stops - {"he", "she"}:
        return link_unknown_subject(sentence, trigger, position)
    start, name = match.start("name"), match["name"]
    one = Count(1, 1, 1, "exact", name)
    sentence.add(trigger, Quantity(start, start + len(name), one, name, single=True))
    return True


_HE = re.compile(r"\b(?:he|she)\s+(?:(?:alone|too|also|later|himself|herself|has|had)\s+){0,2}\Z", re.IGNORECASE)


_NAMED = re.compile(
    r"(?<!and\s)\b(?P<name>[A-Z][\w’'-]+(?:\s+(?:(?:al|el|bin|Al|El)[-\s])?[A-Z][\w’'-]+)+)"
    r",(?:\s\d\d?,)?(?:\s(?:an?|the)\s[^,;:]{1,40},)?\s\Z"
)
#: who is told of by name alone: "|Abuh| passed on in the clinic"
_NAME_OPENS = re.compile(
    rf"[“\"\s]*(?P<name>(?!(?:The|They|It|We|Who|This|That|There|All|Both|Many|Some|None|Others|Dozens|Several|Nobody)\b){NAME}(?:\s{NAME}){{0,3}})\s+(?:later\s+|then\s+|also\s+|himself\s+|herself\s+|has\s+|had\s+)*"
)
_ONE_DIES = re.compile(
    r"passed\s+(?:on|away)|died|dies|los\w+\s+h\w+\s+life|was\s+found\s+dead|succumbed", re.IGNORECASE
)


def link_pronoun(sentence: HarmSentence, trigger: Trigger) -> None:
    """Link the one of whom "he died" is told, or "Omar Said, 33, died"."""
    match = _HE.search(sentence.text, max(sentence.start, trigger.start - 24), trigger.start)
    if match is None and _ONE_DIES.fullmatch(sentence.text, trigger.start, trigger.end):
        match = _NAMED.search(sentence.text, max(sentence.start, trigger.start - 100), trigger.start)
        match = match or _NAME_OPENS.fullmatch(sentence.text[sentence.start : trigger.start])
        if match is not None and match.re is _NAME_OPENS:
            name, start = match["name"], sentence.start + match.start("name")
            sentence.add(trigger, Quantity(start, start + len(name), Count(1, 1, 1, "exact", name), name, single=True))
        elif match is not None:
            one = Count(1, 1, 1, "exact", match["name"])
            sentence.add(trigger, Quantity(match.start(), match.end("name"), one, match["name"], single=True))
        return
    if match is not None:
        word = match[0].split()[0]
        sentence.add(
            trigger,
            Quantity(match.start(), match.start() + len(word), Count(1, 1, 1, "exact", word), word, single=True),
        )
