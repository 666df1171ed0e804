"""Find quantities: a number and what it counts, "a soldier", "no one"; the words are ``data/counts.yaml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, zip_longest

from pipeline.events import _forms
from pipeline.events._noun_phrases import CountWords, Quantity, count_words, without_adverbs, words_after
from pipeline.events._persons import is_one_more, single_persons
from pipeline.events._set_right import without_set_right
from pipeline.events._words import either
from pipeline.events.numbers import NumberMention, cardinal_pattern, find_numbers
from pipeline.models import Count

__all__ = [
    "CountWords",
    "Quantity",
    "count_words",
    "find_quantities",
    "head_of",
    "is_aside_of_state",
    "is_one_more",
    "is_one_of",
    "is_some_of_them",
]

_WITHIN = re.compile(r"\s+of\s+(?:(?:the|its|their|his|her|those|these)\s+)?", re.IGNORECASE)  # "two of |the four| men"


def head_of(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the last word of the noun phrase at ``start``, if no table has it, and where it ends: "a |welder|".

    Examples
    --------
    >>> head_of("a beekeeper near the river", 2, 26), head_of("a lorry and a car", 2, 17)
    (('beekeeper', 11), None)
    """
    words, found = count_words(), without_adverbs(list(words_after(text, start, end)))
    known = not found or any(w in words.nouns or w in words.measures for w, _, _ in found[-1:])
    if known or found[-1][0] in words.raw["nobody"] or not found[-1][0].isalpha():
        return None
    return found[-1][0], found[-1][2]


def find_quantities(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Return the quantities of ``text[start:end]`` in order, without overlap; numbers go before single persons."""
    found: list[Quantity] = []
    numbers = without_set_right(text, _said_once(text, find_numbers(text, start, end)))
    for number, next_one in zip_longest(numbers, numbers[1:]):
        if not _is_designation(text, number, start):
            worded = next_one is not None and text[next_one.start].isalpha()  # "two places together |one fighter|"
            quantity = _with_noun(text, number, next_one.start if worded else end)
            found += [] if quantity is None else [quantity]
    for single in single_persons(text, start, end):
        if all(single.end <= q.start or q.end <= single.start for q in found):
            found.append(single)
    ordered = sorted(found, key=lambda q: q.start)
    within = {b.start for a, b in pairwise(ordered) if b.start < a.end or _WITHIN.fullmatch(text, a.end, b.start)}
    marked = [_mark_part(text, start, q) for q in ordered if q.start not in within]
    return _with_parts(text, _with_those_among(text, _with_kinds(text, marked)))


def _said_once(text: str, numbers: Sequence[NumberMention]) -> list[NumberMention]:
    """Return the numbers with each that is said in figures too as one: "three |(03)|"."""
    found: list[NumberMention] = []
    for number in numbers:
        last = found[-1] if found else None
        again = last is not None and last.count.low == number.count.low and text[last.end : number.start].strip() == "("
        if last is not None and again and text[number.end : number.end + 1] == ")":
            found[-1] = replace(last, end=number.end + 1)
        else:
            found.append(number)
    return found


_OF_KINDS = re.compile(
    r"[”\"’]?\s*(?:,|:|\(|\s[-–—]\s)\s*(?:including\s+)?"
)  # "nine children|, |five boys and four girls"
_LISTED = re.compile(r"\s*(?:,|,?\s+and)\s+")
_LISTED_BY_SIDE = re.compile(r"(?:\s+(?:from|of|on|among)\s[^,;.]{1,40}?)?(?:,|,?\s+and)\s+")


def _with_kinds(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Mark what a figure is made up of as its parts: "nine children, |five boys| and |four girls|"."""
    found = list(quantities)
    for at, whole in enumerate(quantities):
        joint, left, end = _OF_KINDS, whole.count.best or 0, at
        while left > 0 and end + 1 < len(found) and joint.fullmatch(text, found[end].end, found[end + 1].start):
            bare = not found[end + 1].noun  # "nine people, |five| from one side and four from the other"
            joint = _LISTED_BY_SIDE if bare else _LISTED
            left, end = left - (found[end + 1].count.best or left + 1), end + 1
        parts = found[at + 1 : end + 1]
        if left == 0 and len(parts) > 1 and _may_be_of(whole, parts):
            found[at + 1 : end + 1] = [replace(q, part=True) for q in parts]
    return found


def _may_be_of(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a word for persons takes in those told beside it: "children" boys and girls, "people" all."""
    raw, noun = count_words().raw, whole.noun.lower()
    if all(not q.noun for q in parts) and "person" in whole.classes:
        return True  # "three advisers, |two| from A and |one| from B"
    by_sex = all(not q.noun or q.noun.lower() in raw["sexes_and_ages"] for q in parts)
    return noun in raw["of_kinds"]["by_any"] or (by_sex and noun in raw["of_kinds"]["by_sex_or_age"])


def _with_those_among(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Mark what is listed before a part of those told: "five people, |two women| and a child among them"."""
    found = list(quantities)
    for at in range(len(found) - 2, 0, -1):
        whole, here, last = found[at - 1 : at + 2]
        listed = "and" in text[here.end : last.start] and _LISTED.fullmatch(text, here.end, last.start)
        aside = _OF_KINDS.fullmatch(text, whole.end, here.start) and _AMONG_THEM.match(text, last.end)
        if last.part and listed and aside:
            found[at] = replace(here, part=True)
    return found


_AND_MORE = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+)(?:also\s+|some\s+|the\s+)?")


def _with_parts(text: str, quantities: list[Quantity]) -> tuple[Quantity, ...]:
    """Mark what is listed with a part as one too: "57 people, including 22 women and |17 children|"."""
    found: list[Quantity] = []
    for quantity in quantities:
        last = found[-1] if found else None
        listed = last is not None and last.part and _AND_MORE.fullmatch(text, last.end, quantity.start) is not None
        is_part = (listed and not _tells_anew(text, quantity)) or (
            last is not None and _is_named_part(text, last, quantity)
        )
        found.append(replace(quantity, part=True) if is_part else quantity)
    return tuple(found)


_AMONG_NAMES = re.compile(
    r",?\s+(?:including|among\s+them|among\s+whom)\s(?P<names>[^.;:]{1,90}),?\s+and\s+(?:[\w-]+\s+)?", re.IGNORECASE
)
_IN_NAMES = frozenset({"of", "and", "in", "from", "the"})


def _is_named_part(text: str, whole: Quantity, quantity: Quantity) -> bool:
    """Whether one told by name is one of a figure: "15 people, including the mayor's aide A and |officer B|"."""
    between = _AMONG_NAMES.fullmatch(text, whole.end, quantity.start) if quantity.single and not whole.single else None
    return between is not None and not (count_words().stops - _IN_NAMES) & set(between["names"].lower().split())


def _tells_anew(text: str, quantity: Quantity) -> bool:
    """Whether a figure has something of its own happen to it: "including a boy, and 12 |were wounded|"."""
    after = re.compile(r"\s+(?:others?\s+|more\s+|people\s+)?(?:w\w+ly\s+)?(?P<word>[^\W\d]+)").match(
        text, quantity.end
    )
    if after is None or text[quantity.end : quantity.end + 1] == ",":
        return quantity.noun.lower() in {"others", "other"}
    return after["word"].lower() in count_words().stops - {"in", "of", "from", "on", "at", "and", "or", "who", "with"}


@cache
def _designators() -> re.Pattern[str]:
    """Compile "Tower " at the end: a capitalised word whose number is a name, and the words for an age."""
    words = either(count_words().raw["designators"])
    return re.compile(rf"\b(?:(?-i:(?=[A-Z]))(?:{words})|aged?|article|section|No\.)s?\s+\Z", re.IGNORECASE)


_AGE = re.compile(r"(?P<who>[^\W\d_][\w’'-]*)\.?(?:,\s|,?\s\()\Z")  # "Ahmed, 17," "Laura M., 27," "the driver (45)"
_AGES = re.compile(  # "aged nine and |12|", "a man of |45|"
    r"\b(?:aged?|ages):?\s+(?:between\s+|from\s+)?(?:[\w-]+,\s+)*(?:[\w-]+,?\s+(?:and|to|or)\s+)?\Z"
    r"|\b(?:(?:wo)?m[ae]n|(?:boy|girl|youth|teenager|pensioner)s?)\s+of\s+(?:\d+\s+and\s+)?\Z",
    re.IGNORECASE,
)
_OF_AGES = re.compile(
    rf"(?:\A|[,;:(]|\b(?:(?:wo)?m[ae]n|boys?|girls?|youths?|\w+e[rn]s?|{cardinal_pattern()}),?)\s+of\s+(?:\d\d?,\s+)*(?:\d\d?,?\s+and\s+)?\Z",
    re.IGNORECASE,
)  # "three, of |19|, 23 and 60, had died"
_AGES_END = re.compile(r"\s*(?:,|\)|\.(?:\s|\Z)|;|and\s+\d\d?\s*[,);])")
_ELDER = re.compile(r"(?:over|under)\s+(?:the\s+age\s+of\s+)?\d\d", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|both|mostly|people|men|women|those|persons|age)\s\Z", re.IGNORECASE)


def _is_age(number: NumberMention, before: str, after: str) -> bool:
    """Return whether a number is how old someone is."""
    if _AGES.search(before) or (_OF_AGES.search(before) and _AGES_END.match(after)):
        return True
    if _ELDER.fullmatch(number.count.text) and _ALL.search(before) and re.match(r"\s*(?:[,.)]|were\b|years\b)", after):
        return True
    beside = _AGE.search(before)
    who = beside["who"] if beside and number.count.text.isdigit() else ""
    named = any(part[:1].isupper() for part in re.split(r"[-’']", who))  # "al-Jaas"
    is_person = named or who.lower() in count_words().singular_persons
    return is_person and re.match(r"\s?(?:[,);]|\.(?:\s|\Z))", after) is not None


@cache
def _calendar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile a month at the end, and a month at the start."""
    month = _forms.parts()["month"]
    return re.compile(rf"\b{month}\s+\Z", re.IGNORECASE), re.compile(rf"\s+(?:of\s+)?{month}", re.IGNORECASE)


@cache
def _limbs() -> re.Pattern[str]:
    """Compile the parts of one body: "both |legs| of a shepherd" are no two."""
    return re.compile(rf"\s+(?:{either(count_words().raw['limbs'])})\b", re.IGNORECASE)


_NAME_BEFORE = re.compile(r"(?<!\A)\b[A-Z][\w’'-]+\s\Z")  # "Central Negros |1| (CN1) Front", "Sector |2| Command"
_NAME_AFTER = re.compile(r"\s*\([A-Z]|\s(?:Front|Brigade|Division|Command|Battalion|Corps|Company|Unit|Sector)\b")


def _is_designation(text: str, number: NumberMention, start: int) -> bool:
    """Return whether a number is part of a name, an age or a date."""
    before = text[max(start, number.start - 30) : number.start]
    after = text[number.end : number.end + 20]
    month_before, month_after = _calendar()
    if _is_age(number, before, after) or _limbs().match(after):
        return True
    if not number.count.text[:1].isdigit():
        pointed = re.search(r"\b(?P<word>number|no|the|this|that|no-?)\s\Z", before, re.IGNORECASE)
        noun = re.match(r"\s+(?P<noun>[a-z]+)\b", after)
        said = (
            pointed is not None and pointed["word"].lower() == "that" and noun is not None
        )  # "that |one officer| died"
        persons = said and noun is not None and noun["noun"] in count_words().singular_persons
        return pointed is not None and number.count.text.lower() == "one" and not persons
    if _designators().search(before) or (_NAME_BEFORE.search(before) and _NAME_AFTER.match(after)):
        return True
    return bool(month_before.search(before) or month_after.match(after))


_PARTITIVE = re.compile(
    r"\s+of\s+(?:(?:the|its|their|his|her|our|these|those)\s+)?(?!them\b|whom\b|us\b)", re.IGNORECASE
)
_MORE = re.compile(r"\s+(?:more|other|others|additional|further)\b", re.IGNORECASE)


def _with_noun(text: str, number: NumberMention, end: int) -> Quantity | None:  # noqa: PLR0911
    """Return the quantity of a number, or None where it counts no one and nothing (a measure, a year)."""
    words = count_words()
    partitive = _PARTITIVE.match(text, number.end, end)
    if partitive and _FAMILY.search(text, max(0, number.start - 12), number.start):
        return _bare(text, number, replace(number.count, text=text[number.start : number.end]))
    if partitive and (some := _one_of(text, number, partitive.end(), end)) is not None:
        return some
    found = without_adverbs(list(words_after(text, partitive.end() if partitive else number.end, end)))
    known = [i for i, (word, _, _) in enumerate(found) if word in words.nouns]
    head = known[-1] if known else len(found) - 1
    if any(word in words.measures for word, _, _ in found[: head + 1]) and (not known or found[0][0] in words.measures):
        return None
    if not known and re.fullmatch(r"(?:19|20)\d\d", number.count.text):
        return None
    count = replace(number.count, text=text[number.start : number.end])
    if not found:
        return _bare(text, number, count)
    word, begin, stop = found[head]
    if not known and count.text.lower() == "both" and not word.endswith("s"):
        return None  # "two families, |both armed|"
    return Quantity(number.start, stop, count, text[begin:stop], words.nouns.get(word, frozenset()))


def _one_of(text: str, number: NumberMention, position: int, end: int) -> Quantity | None:
    """Return some of those told of: "|one of the gunmen|", "|one| of the wounded", "|two of their own|"."""
    words = count_words()
    if (own := _OWN.match(text, number.end, end)) is not None:
        return Quantity(number.start, own.end(), number.count, "own", frozenset({"person"}))
    if number.count.text.lower() != "one":
        return None
    one = Quantity(number.start, number.end, number.count, "one", frozenset({"person"}), part=True)
    nouns = (w for w in words_after(text, position, end) if "person" in words.nouns.get(w[0], ()))
    noun, _, stop = next(nouns, ("", 0, 0))
    many = noun and noun not in words.singular_persons
    return replace(one, end=stop, noun=noun) if many else one


_OWN = re.compile(r"\s+of\s+(?:its|their|his|our)\s+own\b(?!\s+(?!was\b|has\b)\w+s\b)", re.IGNORECASE)


_FAMILY = re.compile(r"\b(?:family|group|crew|team|party|patrol|gang)\s+of\s+\Z", re.IGNORECASE)


def _bare(text: str, number: NumberMention, count: Count) -> Quantity:
    """Return a number that stands without a noun: "a family of six" counts persons, "30 others" too."""
    if _FAMILY.search(text, max(0, number.start - 12), number.start):
        return Quantity(number.start, number.end, count, "family", frozenset({"person"}))
    more = _MORE.match(text, number.end)
    return Quantity(number.start, more.end() if more else number.end, count)


@cache
def _parts_before() -> re.Pattern[str]:
    """Compile the words that make a part of the next figure."""
    words = either(count_words().raw["parts"])
    return re.compile(rf"\b(?:{words})(?:\s+(?:also|some|the|at\s+least))?\s*:?\s*\Z", re.IGNORECASE)


@cache
def _named_in_part() -> re.Pattern[str]:
    """Compile what may stand before the name of one who is a part: "including |battalion| commander Omar Said"."""
    stop = rf"(?!(?:{either(count_words().stops)})\b)"
    return re.compile(rf"\b(?:including|among\s+them)\s+(?:{stop}[\w’'-]+\s+){{0,4}}\Z", re.IGNORECASE)


#: what says in an aside who those counted are: "Six civilians, |all members of| one family, were killed"
_WHO_THEY_ARE = re.compile(
    r"(?:,|\(|\s[—–-])\s*(?:all|both|most|mostly|many|some|each)\s+(?:[a-z’'-]+\s+){0,4}(?:of|from|in)\s+\Z",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(
    r"\b(?:one|two|another|some)\s+of\s+(?:them|those|whom|the\s+(?:wounded|injured|victims|dead)),\s\Z", re.IGNORECASE
)  # "one of them, |a nurse|,"
_PART_AFTER = re.compile(r"\s+of\s+(?:them|whom|those|these|the\s+(?:wounded|injured))\b", re.IGNORECASE)
_AMONG_THEM = re.compile(r"\s+(?:among|amongst)\s+(?:them|those|the\s+dead|the\s+victims)\b", re.IGNORECASE)


def is_some_of_them(text: str, quantity: Quantity) -> bool:
    """Return whether a quantity is some of those told of before: "two of them"."""
    return _PART_AFTER.match(text, quantity.end) is not None


def is_one_of(quantity: Quantity) -> bool:
    """Return whether a quantity is one of many told of by what they are.

    Examples
    --------
    >>> [is_one_of(q) for q in find_quantities("One of the gunmen fled, one of them died.", 0, 41)]
    [True, False]
    """
    return (
        quantity.part and quantity.count.low == 1 and quantity.noun.lower() not in {"one", ""} and not quantity.single
    )


_STATE_OF_SOME = re.compile(
    rf",\s+{cardinal_pattern()}\s+(?:(?:of\s+(?:them|whom)|others?|more)\s+)?(?:still\s+)?\Z", re.IGNORECASE
)
_STATED = re.compile(r"\s*,\s+(?:(?:also|later)\s+)?(?:was|were|had|have|has|are)\b", re.IGNORECASE)
_IN_STATE = re.compile(
    r"\s+(?:of\s+(?:them|whom)\s+)?in\s+(?:an?\s+)?(?:critical|serious|grave|stable)\s+(?:state|condition)"
)


def is_aside_of_state(text: str, start: int, end: int) -> bool:
    """Return whether words only say aside how some fare: "11 people, two |in a critical state|, were taken away".

    Examples
    --------
    >>> is_aside_of_state("11 people, two in a critical state, were taken away", 15, 34)
    True
    """
    some = _STATE_OF_SOME.search(text, max(0, start - 40), start)
    return some is not None and _STATED.match(text, end) is not None


def _is_some_in_state(text: str, quantity: Quantity) -> bool:
    state = _IN_STATE.match(text, quantity.end)
    return (
        state is not None
        and text[: quantity.start].rstrip().endswith(",")
        and _STATED.match(text, state.end()) is not None
    )


def _mark_part(text: str, start: int, quantity: Quantity) -> Quantity:
    """Mark a quantity that is part of a larger figure."""
    before = text[max(start, quantity.start - 30) : quantity.start]
    if quantity.single and _named_in_part().search(text[max(start, quantity.start - 60) : quantity.start]):
        return replace(quantity, part=True)
    if quantity.single and _ONE_OF_THEM.search(before):
        return replace(quantity, part=True)
    if _WHO_THEY_ARE.search(text[max(start, quantity.start - 60) : quantity.start]):
        return replace(quantity, part=True)
    if _is_some_in_state(text, quantity):
        return replace(quantity, part=True)
    if _parts_before().search(before) or is_some_of_them(text, quantity) or _AMONG_THEM.match(text, quantity.end):
        return replace(quantity, part=True)
    return quantity
