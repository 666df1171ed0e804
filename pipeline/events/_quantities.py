"""Find quantities: a number and what it counts, "a soldier", "no one"; the words are ``data/counts.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any

from pipeline.events import _forms
from pipeline.events._words import either, table
from pipeline.events.numbers import NumberMention, find_numbers
from pipeline.models import Count

__all__ = ["CountWords", "Quantity", "count_words", "find_quantities", "is_one_more", "is_some_of_them"]

_MAX_WORDS = 8  # of a noun phrase after its number
_WORD = re.compile(r"\s*[“\"‘(]?([^\W_](?:[\w&’'-]|\.(?=\w))*\.?)")
_ONE = Count(1, 1, 1, "exact")
_NONE = Count(0, 0, 0, "exact")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count and what it counts: ``text[start:end]`` is the number and its noun phrase, ``noun`` the head as written.

    ``classes`` is drawn from person, group, attack, force and thing, empty where the head is unknown or missing.
    ``single``: one person told without a number. ``part``: of a larger figure ("including two children").
    """

    start: int
    end: int
    count: Count
    noun: str = ""
    classes: frozenset[str] = frozenset()
    single: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words that say what is counted, read once; the raw table of ``harm`` is kept for the triggers."""

    nouns: Mapping[str, frozenset[str]]
    singular_persons: frozenset[str]
    measures: frozenset[str]
    stops: frozenset[str]
    raw: Mapping[str, Any]


def _plural(noun: str) -> str:
    """Return the plural by rule."""
    if re.search(r"(?:s|sh|ch|x)$", noun):
        return noun + "es"
    return noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"


@cache
def count_words() -> CountWords:
    """Read ``data/counts.yaml``."""
    raw = table("counts")
    nouns: dict[str, frozenset[str]] = {}
    singular: set[str] = set()
    for name, entries in raw["nouns"].items():
        for entry in entries:
            one, _, many = entry.partition("/")
            for form in (one, many or _plural(one)):
                nouns[form] = nouns.get(form, frozenset()) | {name}
            singular |= {one} if name == "person" and one != many else set()
    harm = {
        w
        for kind in raw["harm"].values()
        for role in ("verbs", "passives", "states", "nouns", "conditions")
        for w in kind.get(role, ())
        if " " not in w
    }
    times = {n for n in _forms.words().weekdays if n.endswith("day")} | {n for n in _forms.words().months if n != "may"}
    return CountWords(
        nouns=nouns,
        singular_persons=frozenset(singular - {"personnel", "police", "other", "dead", "life", "major", "general"}),
        measures=frozenset(
            form for m in raw["measures"] for form in (m.partition("/")[0], m.partition("/")[2] or m + "s")
        ),
        stops=frozenset(raw["stops"]) | frozenset(raw["casualties"]) | harm | times,
        raw=raw,
    )


_WITHIN = re.compile(r"\s+of\s+(?:(?:the|its|their|his|her|those|these)\s+)?", re.IGNORECASE)  # "two of |the four| men"


def head_of(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the last word of the noun phrase at ``start``, if no table has it, and where it ends: "a |welder|".

    Examples
    --------
    >>> head_of("a beekeeper near the river", 2, 26), head_of("a lorry and a car", 2, 17)
    (('beekeeper', 11), None)
    """
    words, found = count_words(), _without_adverbs(list(_words_after(text, start, end)))
    known = not found or any(w in words.nouns or w in words.measures for w, _, _ in found[-1:])
    if known or found[-1][0] in words.raw["nobody"] or not found[-1][0].isalpha():
        return None
    return found[-1][0], found[-1][2]


def find_quantities(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Return the quantities of ``text[start:end]`` in order, without overlap; numbers go before single persons."""
    found: list[Quantity] = []
    numbers = find_numbers(text, start, end)
    for number, next_one in zip_longest(numbers, numbers[1:]):
        if not _is_designation(text, number, start):
            worded = next_one is not None and text[next_one.start].isalpha()  # "two places together |one fighter|"
            quantity = _with_noun(text, number, next_one.start if worded else end)
            found += [] if quantity is None else [quantity]
    for single in (*_nobody(text, start, end), *_titled(text, start, end), *_single_persons(text, start, end)):
        if all(single.end <= q.start or q.end <= single.start for q in found):
            found.append(single)
    ordered = sorted(found, key=lambda q: q.start)
    within = {b.start for a, b in pairwise(ordered) if b.start < a.end or _WITHIN.fullmatch(text, a.end, b.start)}
    return _with_parts(text, [_mark_part(text, start, q) for q in ordered if q.start not in within])


_AND_MORE = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+)(?:also\s+|some\s+|the\s+)?")


def _with_parts(text: str, quantities: list[Quantity]) -> tuple[Quantity, ...]:
    """Mark what is listed with a part as one too: "57 people, including 22 women and |17 children|"."""
    found: list[Quantity] = []
    for quantity in quantities:
        last = found[-1] if found else None
        listed = last is not None and last.part and _AND_MORE.fullmatch(text, last.end, quantity.start) is not None
        found.append(replace(quantity, part=True) if listed and not _tells_anew(text, quantity) else quantity)
    return tuple(found)


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


_AGE = re.compile(r"(?P<who>[^\W\d_][\w’'-]*)(?:,\s|,?\s\()\Z")  # "Ahmed, 17," "the driver (45)"
_AGES = re.compile(  # "aged nine and |12|", "a man of |45|"
    r"\b(?:aged?|ages)\s+(?:between\s+|from\s+)?(?:[\w-]+,\s+)*(?:[\w-]+,?\s+(?:and|to|or)\s+)?\Z"
    r"|\b(?:(?:wo)?m[ae]n|(?:boy|girl|youth|teenager|pensioner)s?)\s+of\s+(?:\d+\s+and\s+)?\Z",
    re.IGNORECASE,
)
_ELDER = re.compile(r"(?:over|under)\s+(?:the\s+age\s+of\s+)?\d\d", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|both|mostly|people|men|women|those|persons|age)\s\Z", re.IGNORECASE)


def _is_age(number: NumberMention, before: str, after: str) -> bool:
    """Return whether a number is how old someone is."""
    if _AGES.search(before):
        return True
    if _ELDER.fullmatch(number.count.text) and _ALL.search(before) and re.match(r"\s*(?:[,.)]|were\b|years\b)", after):
        return True
    beside = _AGE.search(before)
    who = beside["who"] if beside and number.count.text.isdigit() else ""
    is_person = who[:1].isupper() or who.lower() in count_words().singular_persons
    return is_person and re.match(r"\s?[,)]", after) is not None


@cache
def _calendar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile a month at the end, and a month at the start."""
    month = _forms.parts()["month"]
    return re.compile(rf"\b{month}\s+\Z", re.IGNORECASE), re.compile(rf"\s+(?:of\s+)?{month}", re.IGNORECASE)


_NAME_BEFORE = re.compile(r"(?<!\A)\b[A-Z][\w’'-]+\s\Z")  # "Central Negros |1| (CN1) Front", "Sector |2| Command"
_NAME_AFTER = re.compile(r"\s*\([A-Z]|\s(?:Front|Brigade|Division|Command|Battalion|Corps|Company|Unit|Sector)\b")


def _is_designation(text: str, number: NumberMention, start: int) -> bool:
    """Return whether a number is part of a name, an age or a date."""
    before = text[max(start, number.start - 30) : number.start]
    after = text[number.end : number.end + 20]
    month_before, month_after = _calendar()
    if _is_age(number, before, after):
        return True
    if not number.count.text[:1].isdigit():
        return (
            bool(re.search(r"\b(?:number|no|the|this|that|no-?)\s\Z", before, re.IGNORECASE))
            and number.count.text.lower() == "one"
        )
    if _designators().search(before) or (_NAME_BEFORE.search(before) and _NAME_AFTER.match(after)):
        return True
    return bool(month_before.search(before) or month_after.match(after))


def _words_after(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a noun phrase: (lower case, start, end) up to a stop, a comma or the eighth."""
    stops, position = count_words().stops, start
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text, position, end)
        if match is None:
            return
        word = match[1].lower().rstrip(".").removesuffix("’s").removesuffix("'s")
        if word in stops and not (word == "and" and _JOINS_NAMES.match(text, position, end)):
            return
        full_stop = match[1].endswith(".") and "." not in match[1][:-1]
        yield word, match.start(1), match.end(1) - full_stop
        position = match.end()
        if full_stop:
            return


_JOINS_NAMES = re.compile(
    r"(?<=[A-Z]\.)\s+and\s+[A-Z]|(?<=[A-Z][a-z]{3})\s+and\s+(?:[A-Z][\w-]+\s+)+[a-z]"
)  # "Army and Air Force personnel"
_PARTITIVE = re.compile(
    r"\s+of\s+(?:(?:the|its|their|his|her|our|these|those)\s+)?(?!them\b|whom\b|us\b)", re.IGNORECASE
)
_MORE = re.compile(r"\s+(?:more|other|others|additional|further)\b", re.IGNORECASE)


def _with_noun(text: str, number: NumberMention, end: int) -> Quantity | None:
    """Return the quantity of a number, or None where it counts no one and nothing (a measure, a year)."""
    words = count_words()
    partitive = _PARTITIVE.match(text, number.end, end)
    if partitive and _FAMILY.search(text, max(0, number.start - 12), number.start):
        return _bare(text, number, replace(number.count, text=text[number.start : number.end]))
    if partitive and number.count.text.lower() == "one":
        return Quantity(number.start, number.end, number.count, "one", frozenset({"person"}), part=True)
    found = _without_adverbs(list(_words_after(text, partitive.end() if partitive else number.end, end)))
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
    return Quantity(number.start, stop, count, text[begin:stop], words.nouns.get(word, frozenset()))


_FAMILY = re.compile(r"\b(?:family|group|crew|team|party|patrol|gang)\s+of\s+\Z", re.IGNORECASE)


def _bare(text: str, number: NumberMention, count: Count) -> Quantity:
    """Return a number that stands without a noun: "a family of six" counts persons, "30 others" too."""
    if _FAMILY.search(text, max(0, number.start - 12), number.start):
        return Quantity(number.start, number.end, count, "family", frozenset({"person"}))
    more = _MORE.match(text, number.end)
    return Quantity(number.start, more.end() if more else number.end, count)


_NOBODY = re.compile(
    r"\b(?P<none>no\s+one(?:\s+else)?|nobody|none)\b|\b(?P<no>no|without(?:\s+(?:causing|any|inflicting|suffering))*)\b"
    r"|\b(?:not|n[’']t|never|without)\b[^.;,]{0,40}?\b(?P<any>any)\b",
    re.IGNORECASE,
)


def _nobody(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield "no one", and the "no" of "no casualties"."""
    for match in _NOBODY.finditer(text, start, end):
        group = next(name for name in ("none", "no", "any") if match[name])
        count = replace(_NONE, text=match[group])
        found = [] if group == "none" else list(_words_after(text, match.end(), end))
        stop, noun = (found[-1][2], text[found[-1][1] : found[-1][2]]) if found else (match.end(), match[group])
        yield Quantity(match.start(group), stop, count, noun, frozenset({"person"}), single=True)


@cache
def _title_pattern() -> re.Pattern[str]:
    """Compile a title and a name: "Gen. Qassem Soleimani"."""
    titles = either(count_words().raw["titles"])
    name = r"(?:(?:[aA]l|[eE]l|[aA]sh|bin|ibn|Abu|Abd)[-\s])?[A-Z][\w’'-]+"
    before = r"(?:(?:the|an?|senior|top|former|veteran|militia|[A-Z][\w.-]+)\s+){0,3}"
    return re.compile(rf"\b{before}\b(?i:{titles})\.?\s+(?P<name>{name}(?:\s+{name}){{0,3}})")


def _titled(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield persons told by title and name."""
    for match in _title_pattern().finditer(text, start, end):
        yield Quantity(
            match.start(), match.end(), replace(_ONE, text=match[0]), match["name"], frozenset({"person"}), single=True
        )


_DETERMINER = re.compile(r"\b(?:(?:an?|the|his|her|its|their)(?=\s)|another\b(?!-))", re.IGNORECASE)


@cache
def _demonym() -> re.Pattern[str]:
    """Compile a capitalised word with the ending of a demonym: "an Israeli"."""
    return re.compile(rf"[A-Z]\w+(?:{'|'.join(count_words().raw['demonym_endings'])})")


def _without_adverbs(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the words of a phrase without the adverbs behind it: "her husband |critically| wounded"."""
    while len(words) > 1 and words[-1][0].endswith("ly") and words[-1][0] not in count_words().nouns:
        words.pop()
    return words


_ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"})


def _one_more(text: str, words: list[tuple[str, int, int]], *, indefinite: bool) -> list[tuple[str, int, int]]:
    """Return the ordinal that stands alone for one more of those counted: "two died and a |third| was hurt"."""
    alone = indefinite and len(words) == 1 and words[0][0] in _ORDINALS
    return words if alone and not re.match(r"\s+of\b", text[words[0][2] : words[0][2] + 5]) else []


def is_one_more(quantity: Quantity) -> bool:
    """Return whether a quantity is one more of those counted before: "a third".

    Examples
    --------
    >>> [is_one_more(q) for q in find_quantities("Two died and a third was hurt.", 0, 30)]
    [False, True]
    """
    return quantity.noun.lower() in _ORDINALS


def _single_persons(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield "a soldier", "the contractor", "a 50-year-old Israeli", and "another" where it stands alone."""
    persons = count_words().singular_persons
    for match in _DETERMINER.finditer(text, start, end):
        found = _without_adverbs(list(_words_after(text, match.end(), end)))
        if not found:
            if match[0].lower() == "another":
                yield Quantity(
                    match.start(),
                    match.end(),
                    replace(_ONE, text=match[0]),
                    match[0],
                    frozenset({"person"}),
                    single=True,
                )
            continue
        national = _demonym().fullmatch(text[found[-1][1] : found[-1][2]]) is not None
        aged = [] if national else [item for item in found if item[0].endswith("-year-old")]
        indefinite = match[0].lower() in {"a", "an", "another"}
        known = [item for item in found if item[0] in persons] or aged or _one_more(text, found, indefinite=indefinite)
        word, begin, stop = known[-1] if known else found[-1]
        if (known and (indefinite or word == found[-1][0])) or (indefinite and national):
            count = replace(_ONE, text=text[match.start() : stop])
            yield Quantity(match.start(), stop, count, text[begin:stop], frozenset({"person"}), single=True)


@cache
def _parts_before() -> re.Pattern[str]:
    """Compile the words that make a part of the next figure."""
    words = either(count_words().raw["parts"])
    return re.compile(rf"\b(?:{words})(?:\s+(?:also|some|the|at\s+least))?\s*:?\s*\Z", re.IGNORECASE)


_PART_AFTER = re.compile(r"\s+of\s+(?:them|whom|those|these)\b", re.IGNORECASE)
_AMONG_THEM = re.compile(r"\s+(?:among|amongst)\s+(?:them|those|the\s+dead|the\s+victims)\b", re.IGNORECASE)


def is_some_of_them(text: str, quantity: Quantity) -> bool:
    """Return whether a quantity is some of those told of before: "two of them"."""
    return _PART_AFTER.match(text, quantity.end) is not None


def _mark_part(text: str, start: int, quantity: Quantity) -> Quantity:
    """Mark a quantity that is part of a larger figure."""
    before = text[max(start, quantity.start - 30) : quantity.start]
    if _parts_before().search(before) or is_some_of_them(text, quantity) or _AMONG_THEM.match(text, quantity.end):
        return replace(quantity, part=True)
    return quantity
