"""Find the words that say what happened to those counted: killed, injured, missing (``data/counts.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pipeline.events._fate_forms import fate_rows
from pipeline.events._quantities import count_words, is_aside_of_state
from pipeline.events._words import by_letters, either, fold, opened
from pipeline.events.numbers import cardinal_pattern

__all__ = ["CountKind", "Trigger", "find_triggers"]

CountKind = Literal["killed", "injured", "missing", "detained", "abducted", "displaced", "attacks", "troops", "other"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that says what happened to those counted, and the parts it can play."""

    start: int
    end: int
    kinds: tuple[CountKind, ...]
    roles: frozenset[str]


@cache
def _trigger_table() -> tuple[re.Pattern[str], Mapping[str, tuple[CountKind, frozenset[str]]]]:
    """Compile the triggers, and map each to its kind and roles."""
    table: dict[str, tuple[CountKind, frozenset[str]]] = {}
    for kind, roles in count_words().raw["harm"].items():
        for role, phrases in roles.items():
            for phrase in phrases:
                table[phrase] = (kind, table.get(phrase, (kind, frozenset()))[1] | {role})
    for phrase in count_words().raw["persons_only"]:
        table[phrase] = (table[phrase][0], table[phrase][1] | {"persons"})
    return re.compile(rf"(?<![\w-])(?:{either(table)})(?![\w-])", re.IGNORECASE), table


@cache
def _suffered() -> re.Pattern[str]:
    """Compile "suffered minor injuries or traumatic brain injuries"."""
    raw = count_words().raw
    verbs, nouns = "|".join(raw["suffer"]), "|".join(raw["suffered"])
    return re.compile(
        rf"\b(?:{verbs})\s+(?:[^\W\d][\w-]*,?\s+){{0,5}}?(?:{nouns})"
        rf"(?:\s+(?:or|and)\s+(?:[\w-]+\s+){{0,3}}(?:{nouns}))?\b",
        re.IGNORECASE,
    )


@cache
def _sources() -> tuple[tuple[str, Trigger], ...]:
    """Return patterns of what is told with something between: "lost |five| men", "beat |a boy| to death"."""
    raw = count_words().raw
    about = r"(?:(?:at\s+least|about|some|up\s+to|more\s+than|another)\s+)?"
    number = rf"{about}(?:{cardinal_pattern()}|an?|several|dozens|hundreds)\s+(?:of\s+)?"
    words = r"(?:[\w-]+\s+){0,3}?"
    someone = r"(?:an?|the|his|her|their|two|three|four|him|one|\d+)\b[^.;:]{0,60}?"
    limbs = rf"(?:lost|loses|losing|lose)\s+(?:an?|one|both|his|her|their)\s+{words}(?:{either(raw['limbs'])})"
    theirs = rf"(?:{words}(?:{either(raw['own_losses'])})\b|(?<=of\s)(?:its|their|his)\s+own\b)"
    lost = rf"(?:lost|losing)(?=\s+{number}{theirs})"
    figure = r"(?:figure|number|count|total|tally|balance)"
    raised = rf"(?:rais|revis|updat|lift|put|giv|gave|bring|brought|rose)\w*\s+(?:that|this|the|its|their)\s+{figure}"
    figures = rf"{about}{cardinal_pattern()}(?!\s+of\b)"
    are = r"(?:(?:were|are)(?:\s+(?:now|then))?|(?:now\s+)?number(?:ed|s)?|total(?:l?ed|s)?)"
    kinds = r"(?:bullet|gunshot|shrapnel|splinter|stab|knife|burn|head|leg|serious|severe|minor|light|multiple|deep)"
    bears = rf"(?:have|has|had)\s+{kinds}\s+(?:[\w-]+\s+)?(?:{'|'.join(raw['suffered'])})"
    beaten = rf"(?:{either(raw['to_death'])})(?=\s+{someone}\sto\s+death\b)"
    straight = rf"(?:{either(raw['to_death'])})\s+to\s+death(?=\s+{number})"
    hurt = rf"with\s+(?!{cardinal_pattern()}\b)(?:an?\s+)?(?:[^\W\d][\w-]*\s+){{0,3}}?(?:{'|'.join(raw['suffered'])})"
    whose, struck = r"(?:the|his|her|their|both|one|an?)", either(raw["struck"])
    hit = rf"(?:hit|struck)\s+in\s+{whose}\s+{words}(?:{struck})"
    shot_in = rf"shot\s+(?:in|through)\s+{whose}\s+(?:left\s+|right\s+)?(?:{either(raw['limbs'])}|shoulder|thigh)"
    by = rf"(?:hit|struck|grazed|cut|reached|touched|pierced|caught)\s+by\s+(?:an?\s+)?(?:[\w-]+\s+){{0,2}}?(?:{either(raw['missiles'])})"  # noqa: E501
    lodged = rf"with\s+(?:an?\s+)?(?:{either(raw['missiles'])})\s+in\s+{whose}\s+{words}(?:{struck})"
    having = r"(?:had|(?:has|have)\s+had|having)\s+(?:to\s+have\s+)?"
    taken_off = rf"{having}(?:an?|one|both|his|her|their)\s+{words}(?:{either(raw['limbs'])})"
    taken_off = rf"{taken_off}\s+(?:amputated|severed|(?:blown|torn|cut)\s+off)"
    stabbed = (
        rf"(?:speared|stabbed|slashed|knifed)\s+in\s+{whose}\s+{words}(?:{struck})(?!\s+(?:and\s+)?(?:died|killed))"
    )
    light = r"(?:(?:minor|light|slight|small|superficial|facial|several|some|multiple|only|just)\s+)*"
    cuts = rf"(?:{'|'.join(raw['suffer'])})\s+{light}(?:cuts?|scratch(?:es)?|grazes?)"
    ward = rf"(?:an?\s+|the\s+)?(?:(?!(?:mortuary|morgue)\b)[\w’'-]+\s+){{0,4}}?(?:{either(raw['wards'])})"
    be = r"(?:was|were|is|are|(?:has|have|had)\s+been)"
    carried = r"(?:taken|rushed|brought|carried|airlifted|moved|shifted|evacuated|transferred|admitted)"
    in_ward = rf"{be}\s+(?:\w+ly\s+)?{carried}\s+(?:to|at|in|into)\s+{ward}"
    broken = rf"with\s+(?:an?\s+)?(?:broken|fractured)\s+{words}(?:{struck}|ribs|nose|jaw|skull|bones)"
    fought = r"(?:fight\w*|battles?|clash\w*|combat|action|skirmish\w*|fray|field\s+of\s+hono\w+|line\s+of\s+duty)"
    told = r",\s[^,.;:]{3,60}\s(?:said|says|announced|reported|added)\b"
    there = rf"(?:in|on|during)\s+(?:the|that|this|an?)\s+(?:[\w-]+\s+)?{fought}"
    fell = rf"(?<!\band\s)fell(?=\s*(?:[.;]|\Z)|{told}|,?\s+(?:and|while)\s+{number}|\s+{there})"
    clinic = r"(?:an?\s+|the\s+)?hospital"
    expired = rf"expired(?=\s+(?:on\s+(?:the|their|his|her)\s+way|(?:in|at)\s+{clinic}|before\s+(?:reaching|arriving)))"
    struck_last = r"(?<!was\s)(?<!were\s)(?<!been\s)(?<!is\s)(?<!are\s)(?<!being\s)hit(?=\s*(?:[.;]|\Z))"
    put = r"(?:put|puts|putting)\s+(?:the|its|their)\s+(?!number)(?:[\w-]+\s+){0,3}?"
    wounds = r"(?:[\w-]+\s+){0,3}?(?:wounds?|injur(?:y|ies)|burns?)"
    treats = rf"treat(?:ed|ing|s)(?=\s+(?:them\s+)?{number}{words}for\s+{wounds}\b)"
    treated = rf"treated\s+for\s+{wounds}"
    shot = rf"(?:shot|shooting|shoots|gunned|gunning)(?=\s+{someone}(?:\s|(?<=m)\s)(?:dead|down)\b)"
    rows: tuple[tuple[str, CountKind, str], ...] = (
        (limbs, "injured", "passives"),
        (lost, "killed", "verbs"),
        (beaten, "killed", "verbs"),
        (straight, "killed", "verbs"),
        (shot, "killed", "verbs"),
        (hit, "injured", "verbs"),
        (shot_in, "injured", "verbs"),
        (by, "injured", "verbs"),
        (lodged, "injured", "with"),
        (hurt, "injured", "with"),
        (broken, "injured", "with"),
        (taken_off, "injured", "passives"),
        (stabbed, "injured", "verbs"),
        (cuts, "injured", "passives"),
        (in_ward, "injured", "conditions"),
        (bears, "injured", "passives"),
        (fell, "killed", "passives"),
        (struck_last, "injured", "states"),
        (expired, "killed", "passives"),
        (rf"{put}(?:fatalities|deaths|dead)(?=\s+at\s)", "killed", "tolls"),
        (rf"{put}(?:wounded|injured|injuries)(?=\s+at\s)", "injured", "tolls"),
        (treats, "injured", "verbs"),
        (treated, "injured", "states"),
        (rf"number\s+of\s+{words}(?:killed|dead|slain|martyred)", "killed", "tolls"),
        (rf"{raised}(?=\s+(?:to|at|as|from)\s)", "killed", "tolls"),
        (rf"(?:{either(raw['to_death'])})\s+to\s+death", "killed", "verbs"),
        (
            rf"cost(?:s|ing)?(?=\s+(?:{number}|{someone}\s)(?:[\w-]+\s+){{0,3}}?(?:his|her|their)\s+li(?:fe|ves)\b)",
            "killed",
            "verbs",
        ),
        (rf"claim(?:ed|s|ing)(?=\s+{number}{words}victims?\b)", "killed", "verbs"),
        (rf"the\s+(?:dead|slain|killed|martyrs)\s+{are}(?=\s+{figures})", "killed", "figures"),
        (rf"the\s+(?:wounded|injured|hurt)\s+{are}(?=\s+{figures})", "injured", "figures"),
        (rf"number\s+of\s+{words}(?:wounded|injured)", "injured", "tolls"),
    )
    known = [(source, kind, frozenset({role})) for source, kind, role in rows]
    return tuple((source, Trigger(0, 0, (kind,), roles)) for source, kind, roles in (*fate_rows(), *known))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Trigger], ...]:
    return tuple((_word(source), shape) for source, shape in _sources())


@cache
def _any_form() -> re.Pattern[str]:
    """Return all forms in one pattern, as most sentences have none."""
    return _word(by_letters(one for source, _ in _sources() for one in opened(source)))


def _word(source: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{source})(?!\w)", re.IGNORECASE)


@cache
def _casualties() -> re.Pattern[str]:
    """Compile the words for dead and wounded together."""
    return re.compile(rf"\b(?:{'|'.join(count_words().raw['casualties'])})\b", re.IGNORECASE)


_UNCOUNTED = re.compile(r"\ban?\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)  # "|an unknown| number of people killed"
_HURT = frozenset({"wounded", "injured", "hurt"})
_FATAL = re.compile(
    r"(?<!non-)(?<!non)(?<!not\s)\b(?:fatal|mortal|lethal)\b", re.IGNORECASE
)  # "sustained |fatal| wounds"
_OF = re.compile(r"\s+(?:of|to)\b", re.IGNORECASE)
#: "two |of the (nine) wounded| died": who they are
_OF_THE = re.compile(
    rf"\bof\s+(?:the|those)\s+\Z|\b(?-i:of)\s+(?:the|those)\s+(?:{cardinal_pattern()}\s+)\Z", re.IGNORECASE
)


def _told(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the words of the table; in "an unknown number of people wounded" the last word only."""
    while (match := pattern.search(text, start, end)) is not None:
        counted = not match[0].lower().startswith("number") or _UNCOUNTED.search(text, start, match.start()) is None
        start = match.end() if counted else match.start() + len("number")
        if counted:
            yield match


def find_triggers(text: str, start: int, end: int) -> tuple[Trigger, ...]:
    """Return the triggers of a sentence in order, without overlap."""
    pattern, table = _trigger_table()
    found = [
        Trigger(m.start(), m.end(), ("killed" if _FATAL.search(m[0]) else "injured",), frozenset({"passives"}))
        for m in _suffered().finditer(text, start, end)
    ]
    found += [
        Trigger(m.start(), m.end(), ("killed", "injured"), frozenset({"nouns"}))
        for m in _casualties().finditer(text, start, end)
    ]
    for form, shape in _forms() if _any_form().search(text, start, end) else ():
        shapes = (replace(shape, start=m.start(), end=m.end()) for m in _told(form, text, start, end))
        found += [s for s in shapes if all(s.end <= t.start or t.end <= s.start for t in found)]
    for match in _told(pattern, text, start, end):
        if match[0].lower() in _HURT and _OF_THE.search(text, max(start, match.start() - 20), match.start()):
            continue
        kind, roles = table[fold(match[0])]
        if "conditions" in roles and is_aside_of_state(text, match.start(), match.end()):
            continue
        if roles == {"of"} and not _OF.match(text, match.end()):
            continue  # "the death toll of the |massacre| rose"
        if all(match.end() <= t.start or t.end <= match.start() for t in found):
            found.append(Trigger(match.start(), match.end(), (kind,), roles))
    return tuple(sorted(found, key=lambda t: t.start))
