"""How the hurt are told by what they bear, need or where they lie: "|needed stitches|", "|lie in| the city's |wards|".

Each row is the source of a pattern, what it tells of, and the parts it can play as in ``data/counts.yaml``. What is
told of persons only ("|patched up| nine men", but no quarrel) plays the part "persons" too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pipeline.events._quantities import count_words
from pipeline.events._words import either
from pipeline.events.numbers import cardinal_pattern

__all__ = ["Row", "wound_rows"]

Row = tuple[str, Literal["killed", "injured"], frozenset[str]]
_BE = r"(?:was|were|is|are|being|(?:has|have|had|shall|will|must|could)\s+(?:to\s+)?(?:been|be))"
_WORDS = r"(?:(?!with\b|and\b|but\b)[^\W\d][\w’'-]*,?\s+){0,3}?"
_WHOSE = r"(?:an?|the|his|her|their|its|one|both|two|three)"
_PASSIVE = frozenset({"passives", "persons"})
_ACTIVE = frozenset({"verbs", "persons"})


def wound_rows() -> Iterator[Row]:
    """Yield the rows.

    Examples
    --------
    >>> {kind for _, kind, _ in wound_rows()}
    {'injured'}
    """
    for rows in (_borne(), _treated(), _in_wards(), _parts_of_one()):
        yield from rows


def _part() -> str:
    """Return an alternation of the parts of a body that are hurt."""
    raw = count_words().raw
    return rf"(?:{either(raw['struck'])}|{either(raw['limbs'])}|{either(raw['other_parts'])})"


def _borne() -> Iterator[Row]:
    """Yield what the hurt have: "|has burns|", "|needed stitches|", "with |a cracked skull|"."""
    raw = count_words().raw
    sores, marks = either(raw["sores"]), either(raw["missiles"])
    have = (
        r"(?:have|has|had|having|got|gets?|needs?|needed|needing|requir(?:e|es|ed|ing)|nurs(?:es|ed|ing)"
        r"|b(?:ore|ears?|earing)|show(?:s|ed|ing)?|claim(?:s|ed)?|complain(?:s|ed|ing)?\s+of"
        r"|(?:came|come|got|went)\s+(?:away|off|home)\s+with|escaped\s+with|carr(?:y|ies|ied))"
    )
    need = r"(?:needs?|needed|needing|requir(?:e|es|ed|ing)|(?:shall|will|must|had\s+to)\s+(?:have|undergo|get))"
    care = (
        r"(?:oxygen|surgery|an\s+operation|operations|treatment|hospitali[sz]ation|first\s+aid|amputations?"
        r"|(?:medical|hospital)\s+(?:care|attention|help|treatment)|blood\s+transfusions?)"
    )
    off = r"(?:away|off|out|home)(?:\s+of\s+(?:it|there|this))?\s+(?:\w+ly\s+)?(?:injured|hurt|wounded|bruised|burn(?:ed|t)|bloodied|bleeding|limping)"  # noqa: E501
    yield rf"{have}\s+{_WORDS}(?:{sores})", "injured", _PASSIVE
    yield rf"{need}\s+(?:\w+\s+)?{care}", "injured", _PASSIVE
    yield rf"(?:came|come|comes|got|walked|limped|crawled|went|made\s+it)\s+{off}", "injured", _PASSIVE
    yield rf"(?:has|have|had)\s+(?:an?\s+)?(?:{marks})\s+in\s+{_WHOSE}\s+{_WORDS}{_part()}", "injured", _PASSIVE
    yield (
        rf"with\s+(?:an?\s+)?(?:{marks})\s+(?:lodged\s+|still\s+)?in\s+(?:them|him|her|their\s+\w+)",
        "injured",
        frozenset({"with"}),
    )
    broken = r"(?:broken|fractured|cracked|severed|shattered|smashed|crushed|split|dislocated|mangled|sprained|pierced|punctured)"  # noqa: E501
    yield rf"with\s+(?:an?\s+)?{broken}\s+{_WORDS}{_part()}", "injured", frozenset({"with"})
    yield (
        rf"(?:is|are|was|were|left|be)\s+without\s+(?:an?|one|both|his|her|their)\s+(?:left\s+|right\s+)?(?:{either(raw['limbs'])})",
        ("injured"),
        _PASSIVE,
    )


def _treated() -> Iterator[Row]:
    """Yield what is done for the hurt: "|were patched up|", "|evaluated for injuries|", "|sent| ten men |to hospital|"."""  # noqa: E501
    hurts = r"(?:injur(?:y|ies)|wounds?|concussions?|burns?|trauma|smoke\s+inhalation|shock)"
    put = r"(?:put|puts|putting|land(?:s|ed|ing)?|sent|sends|sending|leav(?:es|ing)|left)"
    number = rf"(?:(?:at\s+least|about|some|around|more\s+than|over)\s+)?(?:{cardinal_pattern()}|several|dozens)"
    there = r"(?:(?:in(?:to)?|to)\s+(?:the\s+)?(?:hospitals?|clinics?|infirmary|intensive\s+care|casualty\s+ward|rear|sick\s*bay))"  # noqa: E501
    yield (
        rf"{_BE}\s+(?:\w+ly\s+)?(?:patched\s+up|bandaged|stitched(?:\s+up)?|sewn\s+up|operated\s+(?:up)?on"  # noqa: ISC004
        r"|given\s+(?:first\s+aid|oxygen|stitches))",
        "injured",
        _PASSIVE,
    )
    yield (
        rf"(?:evaluated|assessed|examined|checked|screened|monitored|treated)\s+for\s+(?:[\w-]+\s+){{0,3}}?{hurts}",
        "injured",
        frozenset({"verbs", "states", "persons"}),
    )
    yield rf"{put}(?=\s+{number}\b[^.;:]{{0,50}}?\s{there}\b)", "injured", _ACTIVE
    yield (
        r"beaten\s+(?:in)?to\s+(?:an?\s+)?(?:stupor|pulp|coma|unconsciousness)",
        "injured",
        frozenset({"verbs", "states"}),
    )
    yield (
        rf"took\s+an?\s+(?:\w+\s+)?(?:bullet|round|pellet|splinter|slug|fragment)\s+(?:in|to|through)\s+{_WHOSE}",
        "injured",
        (_PASSIVE),
    )
    yield r"bitten\s+by\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+)?dogs?", "injured", frozenset({"verbs", "states", "persons"})


def _in_wards() -> Iterator[Row]:
    """Yield where the hurt lie: "|lie in| the capital's |wards|", "|are at| the National |Hospital|"."""
    ward = rf"(?:{either(count_words().raw['wards'])}|beds|stretchers)"
    coma = r"(?:an?\s+|the\s+)?(?:(?:deep|induced|artificial|medically\s+induced)\s+){0,2}coma"
    near = r"(?!\s+(?:gates?|entrance|doors?|when|to\b|grounds|roof|compound|morgue|mortuary))"
    yield rf"(?:lie|lies|lay|lying)\s+in\s+(?:{coma}|(?:[\w’'-]+\s+){{0,4}}?{ward}){near}", "injured", _PASSIVE
    yield (
        rf"(?:is|are)\s+(?:now\s+|still\s+)?(?:at|in)\s+the\s+(?:[\w’'-]+\s+){{0,3}}?(?:hospital|clinic|infirmary){near}",
        ("injured"),
        _PASSIVE,
    )


def _parts_of_one() -> Iterator[Row]:
    """Yield the part that a blow takes or breaks: "|took| a boy's foot", "|tore a foot off| a picker"."""
    limbs = either(count_words().raw["limbs"])
    took = r"(?:took|tore|blew|ripped|sheared|severed|sliced|cut|chopped|hacked)"
    broke = (
        r"(?:broke|breaking|fractured|fracturing|cracked|cracking|smashed|smashing|shattered|shattering|crushed|crushing"
        r"|mangled|mangling|severed|severing|split|dislocated|pierced|tore|took|tearing|taking|blew|blowing)(?:\s+off)?"
    )
    yield rf"{took}\s+(?:an?|one|both|the)\s+(?:left\s+|right\s+)?(?:{limbs})\s+(?:off|from)", "injured", _ACTIVE
    yield rf"{broke}\s+(?:the|an?|both)\s+(?:left\s+|right\s+)?{_part()}\s+of", "injured", _ACTIVE
