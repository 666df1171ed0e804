"""Persons told without a number: "a soldier", "Gen. Omar Haddad", "no one", the "policeman" of a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.events._noun_phrases import Quantity, count_words, without_adverbs, words_after
from pipeline.events._words import either
from pipeline.events.numbers import ORDINALS, cardinal_pattern
from pipeline.models import Count

__all__ = ["is_one_more", "single_persons"]

_ONE = Count(1, 1, 1, "exact")
_NONE = Count(0, 0, 0, "exact")
_PERSON = frozenset({"person"})


def single_persons(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the persons of ``text[start:end]`` that are told without a number, the surest forms first.

    Examples
    --------
    >>> [q.noun for q in single_persons("Policeman killed, a boy and Gen. Omar Haddad hurt", 0, 49)]
    ['Omar Haddad', 'boy', 'Policeman']
    """
    yield from _nobody(text, start, end)
    yield from _titled(text, start, end)
    yield from _called(text, start, end)
    yield from _aged(text, start, end)
    yield from _bare_objects(text, start, end)
    yield from _determined(text, start, end)
    yield from _headlining(text, start, end)


_NOBODY = re.compile(
    r"\b(?P<none>no\s+one(?:\s+else)?|nobody|none|neither(?=\s+of\s+(?:the\s+(?:two|three)|them)\b))\b|\b(?P<no>no|without(?:\s+(?:causing|any|inflicting|suffering))*)\b"
    r"|\b(?:not|n[’']t|never|without)\b[^.;,]{0,40}?\b(?P<any>any)\b",
    re.IGNORECASE,
)


def _nobody(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield "no one", and the "no" of "no casualties"."""
    for match in _NOBODY.finditer(text, start, end):
        group = next(name for name in ("none", "no", "any") if match[name])
        count = replace(_NONE, text=match[group])
        found = [] if group == "none" else list(words_after(text, match.end(), end))
        stop, noun = (found[-1][2], text[found[-1][1] : found[-1][2]]) if found else (match.end(), match[group])
        yield Quantity(match.start(group), stop, count, noun, _PERSON, single=True)


#: no names: "the General |Staff|"
_BODIES = "Staff|Command|Assembly|Headquarters|Council|Hospital|Secretariat|Directorate|Minister"


@cache
def _title_pattern() -> re.Pattern[str]:
    """Compile a title and a name: "Gen. Qassem Soleimani"."""
    titles = either(count_words().raw["titles"])
    name = rf"(?!(?:{_BODIES})\b)(?:(?:[aA]l|[eE]l|[aA]sh|bin|ibn|Abu|Abd)[-\s])?[A-Z][\w’'-]+"
    before = r"(?:(?:the|an?|senior|top|former|veteran|militia|[A-Z][\w.-]+)\s+){0,3}"
    return re.compile(rf"\b{before}\b(?i:{titles})\.?\s+(?P<name>{name}(?:\s+{name}){{0,3}})")


def _titled(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield persons told by title and name."""
    for match in _title_pattern().finditer(text, start, end):
        yield Quantity(match.start(), match.end(), replace(_ONE, text=match[0]), match["name"], _PERSON, single=True)


_SIDES = frozenset(  # "militant Islamic Jihad", "a rebel Houthi force": said of a group
    {
        "militant",
        "rebel",
        "insurgent",
        "jihadist",
        "terrorist",
        "extremist",
        "guerrilla",
        "member",
        "citizen",
        "national",
    }
)
_NAME = r"(?:(?:al|el|Al|El|bin|Bin|ibn|Abu|Abd|de|von)[-\s])?[A-Z][a-z’'-][\w’'-]*"


@cache
def _called_pattern() -> re.Pattern[str]:
    """Compile a word for a person and a name: "officer Jean Baptiste"."""
    persons = either(count_words().singular_persons - _SIDES)
    channel = r"(?:[A-Z][\w-]+\s+){0,2}TV"
    before = rf"(?:(?:the|an?|his|her|their|fellow|local|senior|veteran|former|police|army|{channel})\s+){{0,3}}"
    return re.compile(
        rf"\b(?:{before}(?:{persons}|colleague)\s+(?P<name>{_NAME}(?:\s+{_NAME}){{1,3}})\b(?!\s+[a-z]+s\b(?<!was|has))"
        rf"|(?:his|her|their)\s+(?:[a-z-]+\s+){{0,2}}(?:{either(count_words().raw['kin'])})\s+(?P<kin>{_NAME}(?=[\s,(])))"
    )


def _called(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield persons told by what they are and by name: "killed |journalist Maria Lopez|"."""
    for match in _called_pattern().finditer(text, start, end):
        name = match["name"] or match["kin"]
        yield Quantity(match.start(), match.end(), replace(_ONE, text=match[0]), name, _PERSON, single=True)


@cache
def _aged_pattern() -> re.Pattern[str]:
    """Compile persons who are told by how old each is: "the boys aged 12 and 15"."""
    words = count_words()
    plurals = either(n for n, c in words.nouns.items() if "person" in c and n not in words.singular_persons)
    age = rf"(?:\d\d?|{cardinal_pattern()})"
    return re.compile(
        rf"\b(?:(?:the|his|her|their|these|both)\s+)?(?P<who>(?i:{plurals})),?\s+(?:both\s+|all\s+)?aged:?\s+"
        rf"(?P<ages>{age}(?:,\s+{age})*,?\s+and\s+{age})\b(?!\s+(?:over|above|older|under|below))"
    )


def _aged(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield those who are told by the age of each: "killed |the boys aged 12 and 15|"."""
    if text.find("aged", start, end) < 0:  # as in most sentences: the pattern takes long to find nothing
        return
    for match in _aged_pattern().finditer(text, start, end):
        number = len(re.findall(r",\s+(?:and\s+)?|\s+and\s+", match["ages"])) + 1
        count = Count(number, number, number, "exact", match[0])
        yield Quantity(match.start(), match.end(), count, match["who"], _PERSON)


@cache
def _bare_object_pattern() -> re.Pattern[str]:
    """Compile one person told without an article after a verb, as headlines do: "Mine kills |farmer|"."""
    persons = either(count_words().singular_persons)
    follows = r"(?=\s*[,.;\n]|\s*\Z|\s+(?:and|in|at|near|on|outside|as|over|during|after|from)\b)"
    return re.compile(rf"\b(?i:kills|injures|wounds|shoots)\s+(?P<who>(?:[\w’'-]+\s+){{0,2}}?(?i:{persons})){follows}")


def _bare_objects(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the one person of a headline whom a verb in the present tells of."""
    for match in _bare_object_pattern().finditer(text, start, end):
        one = replace(_ONE, text=match["who"])
        yield Quantity(match.start("who"), match.end(), one, match["who"].split()[-1], _PERSON, single=True)


_DETERMINER = re.compile(r"\b(?:(?:an?|the|his|her|its|their)(?=\s)|another\b(?!-))", re.IGNORECASE)


@cache
def _demonym() -> re.Pattern[str]:
    """Compile a capitalised word with the ending of a demonym: "an Israeli"."""
    return re.compile(rf"[A-Z]\w+(?:{'|'.join(count_words().raw['demonym_endings'])})")


_HURT = (
    *("shot dead", "gunned down", "killed", "wounded", "injured", "hurt", "martyred", "slain", "dead", "dies"),
    *("stabbed to death", "beheaded", "abducted", "kidnapped", "murdered", "assassinated"),
)
_ANY_HURT = re.compile(either(_HURT), re.IGNORECASE)


@cache
def _headlined() -> re.Pattern[str]:
    """Compile a person told without an article, as headlines do, before a participle: "|Policeman| killed in"."""
    persons, hurt = either(count_words().singular_persons), either(_HURT)
    joined = r"\s+(?:in|by|as|at|near|after|during|when|on|outside|over|and|for)\b"
    follows = rf"(?={joined}|\s*[,;:.\n]|\s*\Z)"
    armed = r"(?:\s+(?i:with)\s+[\w-]+)?"  # "Attacker |with knife| killed"
    listed = rf"(?:,|\s+and|\s+&)\s+(?:{cardinal_pattern()}|an?)\s[^,.;\n]{{1,40}}?"  # "Woman, |two children| killed"
    return re.compile(
        rf"(?P<who>(?:[A-Z][\w’'-]*\s+){{0,3}}(?i:{persons}))(?:{armed}(?=\s+(?i:{hurt}){follows})"
        rf"|(?=(?i:{listed})\s+(?i:{hurt}){follows}))"
    )


_NUMBERED = re.compile(rf"{cardinal_pattern()}\s[^,.;]{{1,40}},\s\Z", re.IGNORECASE)  # "Two soldiers, "


def _headlining(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the one person with whom a headline opens: "|Policeman| shot dead", "Two soldiers, |boy| killed"."""
    if _ANY_HURT.search(text, start, end) is None:  # as in most sentences: told in a hundredth of the time
        return
    for match in _headlined().finditer(text, start, end):
        before = text[start : match.start()]
        listed = before.endswith(", ") and before[:1].isalnum()
        if not before.strip("\n “\"'‘") or before.rstrip().endswith(":") or (listed and _NUMBERED.match(before)):
            one = replace(_ONE, text=match["who"])
            yield Quantity(match.start(), match.end(), one, match["who"].split()[-1], _PERSON, single=True)


_SAYS_MORE = re.compile(
    r"\s+(?:[A-Z\d(“\"'‘]|\w+(?:ed|ing|ly|wn|st|rn)\b|(?:nearby|there|inside|outside|home|old|there|alone|aboard|there)\b)"
)


def _is_modifier(text: str, word: tuple[str, int, int], phrase: list[tuple[str, int, int]]) -> bool:
    """Return whether a word for a person only says more of the noun after it: "a |human| rights group"."""
    return word is not phrase[-1] and _SAYS_MORE.match(text, word[2]) is None and phrase[-1][0] not in _persons()


@cache
def _persons() -> frozenset[str]:
    return count_words().singular_persons


_TENTH = 10
_ORDINALS = frozenset(word for word, n in ORDINALS.items() if n <= _TENTH)
_ONE_OF_TWO = "other"  # "one died, |the other| was hurt"


def _one_more(text: str, words: list[tuple[str, int, int]], *, indefinite: bool) -> list[tuple[str, int, int]]:
    """Return the ordinal that stands alone for one more of those counted: "two died and a |third| was hurt"."""
    alone = indefinite and len(words) == 1 and words[0][0] in _ORDINALS | {_ONE_OF_TWO}
    return words if alone and not re.match(r"\s+of\b", text[words[0][2] : words[0][2] + 5]) else []


_THEN_DOES = re.compile(
    r"\s+(?:fatality|casualty|death|is|was|has|had|lost|got|fell|fled|remains|later|(?!wounded|injured|killed|suspected|alleged|armed)[a-z]+ed)\b"
)


def _is_subject(text: str, end: int) -> bool:
    """Whether what is told of one by number alone comes next: "two died and the third |is| in hospital"."""
    return _THEN_DOES.match(text, end) is not None


def is_one_more(quantity: Quantity) -> bool:
    """Return whether a quantity is one more of those counted before: "a third".

    Examples
    --------
    >>> [is_one_more(q) for q in single_persons("A boy died and a third was hurt.", 0, 32)]
    [False, True]
    """
    return quantity.noun.lower() in _ORDINALS | {_ONE_OF_TWO} and quantity.single


def _determined(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield "a soldier", "the contractor", "a 50-year-old Israeli", and "another" where it stands alone."""
    for match in _DETERMINER.finditer(text, start, end):
        found = without_adverbs(list(words_after(text, match.end(), end)))
        if not found:
            if match[0].lower() == "another":
                yield Quantity(
                    match.start(),
                    match.end(),
                    replace(_ONE, text=match[0]),
                    match[0],
                    _PERSON,
                    single=True,
                )
            continue
        national = _demonym().fullmatch(text[found[-1][1] : found[-1][2]]) is not None
        aged = [] if national else [item for item in found if item[0].endswith("-year-old")]
        indefinite = match[0].lower() in {"a", "an", "another"}
        persons = _persons() | ({"personnel"} if indefinite else set())  # "a police personnel"
        known = (
            [item for item in found if item[0] in persons and not _is_modifier(text, item, found)]
            or aged
            or _one_more(text, found, indefinite=indefinite or _is_subject(text, found[0][2]))
        )
        word, begin, stop = known[-1] if known else found[-1]
        if (known and (indefinite or word == found[-1][0])) or (indefinite and national):
            count = replace(_ONE, text=text[match.start() : stop])
            yield Quantity(match.start(), stop, count, text[begin:stop], _PERSON, single=True)
            yield from _paired(text, word, stop, end)


@cache
def _pairs() -> tuple[frozenset[str], re.Pattern[str]]:
    """Read the words for kin, and compile one that is told with another: "his wife |and son|"."""
    kin = count_words().raw["kin"]
    return frozenset(kin), re.compile(rf"\s+and\s+(?P<who>(?:[\w-]+\s+)?(?:{either(kin)}))\b(?!\s+of\b)", re.IGNORECASE)


def _paired(text: str, word: str, stop: int, end: int) -> Iterator[Quantity]:
    """Yield the second of two kin of whom the first alone has an article: "his wife and |son|", "a man and |woman|"."""
    kin, pair = _pairs()
    match = pair.match(text, stop, end) if word in kin else None
    if match is not None and match["who"].split()[0].lower() not in {"a", "an", "the", "his", "her", "their", "its"}:
        one = replace(_ONE, text=match["who"])
        yield Quantity(match.start("who"), match.end("who"), one, match["who"].split()[-1], _PERSON, single=True)
