"""How local papers, armies and medics tell that somebody died or was hurt, beside the words of the wire.

Each row is the source of a pattern, what it tells of, and the parts it can play as in ``data/counts.yaml``. What is
told of persons only ("|brought down| two fighters", but not two drones) plays the part "persons" too.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events._quantities import count_words
from pipeline.events._words import either
from pipeline.events._wound_forms import Row, wound_rows
from pipeline.events.numbers import cardinal_pattern

__all__ = ["fate_rows"]

_BE = r"(?:was|were|is|are|being|(?:has|have|had)\s+been)"
_WORDS = r"(?:[\w-]+\s+){0,3}?"
_SOMEONE = r"(?:an?|the|his|her|their|him|them|two|three|four|five|\d+)\b[^.;:]{0,60}?"


def fate_rows() -> Iterator[Row]:
    """Yield the rows.

    Examples
    --------
    >>> {kind for _, kind, _ in fate_rows()} == {"killed", "injured"}
    True
    """
    for rows in (_deaths(), _ends(), _tolls(), _limbs(), _wounds(), wound_rows()):
        yield from rows


def _deaths() -> Iterator[Row]:
    """Yield the words for dying and killing: "|brought lifeless|", "|tore| two guests apart", "two soldiers |lost|"."""
    fetched = r"(?:captured|seized|brought|taken|carried|pulled|dug|dragged|recovered|retrieved|picked\s+up|fished|hauled|lifted)"  # noqa: E501
    lifeless = rf"{_BE}\s+(?:\w+ly\s+)?{fetched}\s+(?:[\w-]+\s+){{0,6}}?(?:dead|lifeless)"
    burnt = r"(?:burn(?:ed|t)|charred|scorched|carboni[sz]ed|disfigured)"
    beyond = rf"{burnt}\s+beyond\s+(?:recognition|recognising|recognizing|naming|identification|identifying)"
    apart = r"(?:apart|to\s+(?:pieces|bits|shreds|ribbons))"
    tearing = (
        r"(?:tore|tears|tearing|ripp(?:ed|ing)|rips|blew|blows|blowing|cut|cuts|cutting|hack(?:ed|s|ing)"
        r"|chopp(?:ed|ing)|blast(?:ed|ing)|shot)"
    )
    torn = rf"(?:torn|ripped|blown|cut|hacked|chopped|blasted|shot)\s+{apart}"
    end = r"(?=\s*(?:[.,;)]|\Z)|\s+(?:and|while|but|in|on|during|with|to)\b)"
    grave = r"(?:an?|one|the)\s+(?:common|mass|single|shared|collective)\s+(?:grave|pit|tomb)"
    fatally = r"(?:fatally|mortally|lethally)\s+(?:hit|struck|touched|reached|stabbed|shot|hurt|mauled|beaten|burn(?:ed|t)|poisoned)"  # noqa: E501
    yield fatally, "killed", frozenset({"verbs", "states"})
    low = r"(?:g(?:ave|ive|iven|iving)\s+(?:of|in|on|as)\s+(?:low|discharge))"  # Spanish armies: "dar de baja"
    yield low, "killed", frozenset({"verbs"})
    yield beyond, "killed", frozenset({"verbs", "states"})
    yield lifeless, "killed", frozenset({"passives"})
    yield rf"{tearing}(?=\s+{_SOMEONE}\s{apart}\b)", "killed", frozenset({"verbs", "persons"})
    yield torn, "killed", frozenset({"verbs", "states", "persons"})
    yield rf"lost{end}", "killed", frozenset({"states", "persons"})
    yield r"(?:laid\s+to\s+rest|(?:laid|buried|interred|put)\s+in\s+" + grave + ")", "killed", frozenset({"verbs"})
    yield (
        r"cost(?:s|ing)?(?=\s+(?:an?|the)\s[^.;:,]{1,50}\s(?:his|her|their)\s+li(?:fe|ves)\b)",
        "killed",
        frozenset({"verbs"}),
    )


def _ends() -> Iterator[Row]:
    """Yield the words that do not say "dead": "|never rose again|", "|lay lifeless|", "the army |mourns| six men"."""
    figures = rf"(?:(?:at\s+least|about|some|around|more\s+than|over)\s+)?{cardinal_pattern()}"
    lifeless = r"(?:dead|lifeless|slain|charred|motionless|cut\s+down|in\s+(?:their|his|her)\s+(?:own\s+)?blood|in\s+pools?\s+of\s+blood)"  # noqa: E501
    throats = r"(?:throats?\s+(?:were\s+|was\s+|had\s+been\s+)?(?:slit|cut|slashed))"
    never = r"(?:never\s+(?:rose|got\s+up|woke|stood|moved|breathed|walked)\s*(?:up\s+)?(?:again)?|(?:did|would|will)\s+(?:not|never)\s+(?:rise|get\s+up|wake|see\s+home)\s*(?:up\s+)?(?:again)?)"  # noqa: E501
    fallen = r"fell(?=\s+(?:or\s+froze|at\s+once|on\s+the\s+spot|in\s+(?:their|his|her)\s+tracks|to\s+(?:\w+\s+)?(?:bullets|snipers?|gunfire|blades|enemy\s+fire)|that\s+(?:day|night|\w+day)|with\s+\w+\s+(?:others?|more)\s))"  # noqa: E501
    quoted = r"(?<=[“\"‘'])(?:fell|departed|left\s+us|flew\s+away|went\s+to\s+god)(?=[”\"’'])"
    undone = r"(?:did|done|do|doing|does)\s+(?:away\s+with|for|in)(?=\s+(?:an?|the|two|three|four|five|\d+|his|her|him|them)\b)"  # noqa: E501
    said = r"(?:achieved|tasted|drank\s+the\s+cup\s+of|reached|gained|found|were\s+granted|was\s+granted)\s+(?:martyrdom|shahadat|shahada)"  # noqa: E501
    whole = frozenset({"passives", "persons"})
    yield never, "killed", whole
    yield (
        rf"(?:lie|lies|lay|lying|lain)\s+(?:\w+\s+)?{lifeless}",
        "killed",
        frozenset({"passives", "states", "persons"}),
    )
    yield rf"(?:had|have|has|having|with|and)\s+(?:their|his|her|the)\s+{throats}", "killed", whole
    yield fallen, "killed", whole
    yield quoted, "killed", whole
    yield said, "killed", frozenset({"passives"})
    yield undone, "killed", frozenset({"verbs", "persons"})
    yield rf"mourn(?:s|ed|ing)?(?=\s+{figures})", "killed", frozenset({"verbs", "persons"})
    yield r"(?:is|are|was|were)\s+(?:past|beyond)\s+(?:all\s+)?(?:help|saving|rescue)", "killed", whole
    yield r"(?:are|is)\s+no\s+more(?=\s*(?:[.,;]|\Z))", "killed", whole
    yield (
        rf"(?<![\w,)”]\s)(?:deceased|dead|deaths?|killed|fatalities|martyrs|slain|fallen)\s*:(?=\s*{figures})",
        "killed",
        frozenset({"figures"}),
    )
    yield rf"(?<![\w,)”]\s)(?:injured|wounded|hurt|injuries)\s*:(?=\s*{figures})", "injured", frozenset({"figures"})


def _tolls() -> Iterator[Row]:
    """Yield the ways of putting a toll: "|bringing to| nine the dead", "|the maimed at| around 90"."""
    figures = rf"(?:(?:at\s+least|about|some|around|more\s+than|over|no\s+fewer\s+than)\s+)?{cardinal_pattern()}"
    dead, hurt = (
        r"(?:dead|deaths|death|killed|slain|martyrs|fallen|victims|toll|tally)",
        r"(?:maimed|wounded|injured|hurt)",
    )
    yield (
        rf"(?:bring|tak|rais)(?:s|es|ing|ed)?\s+to(?=\s+{figures}\s+the\s+(?:number\s+of\s+)?{dead}\b)",
        "killed",
        frozenset({"tolls"}),
    )
    yield rf"brought\s+to(?=\s+{figures}\s+the\s+(?:number\s+of\s+)?{dead}\b)", "killed", frozenset({"tolls"})
    yield rf"put(?:s|ting)?\s+the\s+{_WORDS}(?:martyrs|slain|fallen)(?=\s+at\s)", "killed", frozenset({"tolls"})
    yield rf"the\s+{hurt}\s+at(?=\s+{figures})", "injured", frozenset({"tolls"})
    treated = r"(?:treated|hospitali[sz]ed|admitted|under\s+treatment|in\s+hospital|maimed|hurt)"
    yield (
        rf"number\s+of\s+{_WORDS}{treated}(?:\s+for\s+{_WORDS}(?:wounds|injuries|burns))?",
        "injured",
        frozenset({"tolls"}),
    )


def _limbs() -> Iterator[Row]:
    """Yield what only maims: "|lost three fingers|", "the mine |took the hand of| a boy", "|cost| a farmer his leg"."""
    limbs = either(count_words().raw["limbs"])
    blow = (
        r"(?:mine|grenade|shell|blast|explosion|bomb\w*|munitions?|remnants?|fragments?|shrapnel"
        r"|splinters?|rocket|bullet|device|charge|it|which|that)"
    )
    off = (
        r"(?:took|taking|tore|tearing|ripp(?:ed|ing)|blew|blowing|sever(?:ed|ing)|sheared|shearing"
        r"|sliced|slicing)\s+(?:off\s+)?"
    )
    whose = rf"(?:the|an?|one|both|two)\s+(?:(?:left|right|lower)\s+)?(?:{limbs})\s+(?:of|off|from)"
    yield (
        rf"(?:lost|loses|losing|lose)\s+(?:(?:two|three|four|five|several|some|the)\s+|(?=\w+s\b))(?:(?:left|right)\s+)?(?:{limbs})",
        "injured",
        frozenset({"passives"}),
    )
    yield (
        rf"(?:(?<=\s)took|tore|tearing|ripp(?:ed|ing)|blew|blowing|sever(?:ed|ing)|sheared|shearing|sliced|slicing)\s+off\s+{whose}",
        "injured",
        frozenset({"verbs"}),
    )
    yield rf"{blow}\s+(?:has\s+|had\s+)?{off}{whose}", "injured", frozenset({"verbs"})
    yield (
        rf"cost(?:s|ing)?(?=\s+(?:an?|the|him|her|two|three|one|\d+)\b[^.;:,]{{0,50}}(?:,\s\d\d?,)?\s(?:his|her|their|both|an?)\s+{_WORDS}(?:{limbs})\b)",
        "injured",
        frozenset({"verbs"}),
    )
    yield rf"minus\s+(?:an?|one|both|his|her|two|three)\s+(?:{limbs})", "injured", frozenset({"with"})


def _wounds() -> Iterator[Row]:
    """Yield the words for being hurt: "|overcome| by gas", "|beat up| a vendor", "|suffered a broken wrist|"."""
    raw = count_words().raw
    suffer = "|".join(raw["suffer"])
    broken = (
        r"(?:broken|fractured|cracked|shattered|crushed|dislocated|sprained|split|smashed|bruised|burst"
        r"|ruptured|perforated)"
    )
    part = (
        rf"(?:{either(raw['struck'])}|{either(raw['limbs'])}|ribs?|nose|jaw|skull|bones?|collarbone|spine"
        rf"|pelvis|lips?|eardrums?|head|face|neck|finger|teeth|tooth)"
    )
    not_killed = (
        r"(?![^.;:]{0,80}\b(?:to\s+(?:death|a\s+pulp)|dead|back|off|retreat|record|odds)\b)(?!\s+(?:the"
        r"|down|out|at|by\s+\d))"
    )
    gas = r"(?:(?:tear\s*-?\s*)?gas|teargas|fumes|smoke|chlorine|vapou?rs?|chemicals|pepper)"
    life = r"(?:disabled|crippled|maimed|scarred|blinded|paraly[sz]ed)\s+for\s+life"
    yield (
        rf"(?:{suffer})\s+(?:an?\s+|his\s+|her\s+|two\s+|several\s+)?{_WORDS}{broken}\s+{_WORDS}{part}",
        "injured",
        frozenset({"passives"}),
    )
    yield life, "injured", frozenset({"verbs", "states"})
    yield (
        rf"(?:overcome|sickened|affected|poisoned|overwhelmed|choked|asphyxiated|suffocated)(?:\s+by\s+(?:the\s+|a\s+)?{_WORDS}{gas})",
        "injured",
        frozenset({"verbs", "states", "persons"}),
    )
    yield r"overcome(?=\s+or\b|\s*[.,;])", "injured", frozenset({"verbs", "persons"})
    yield (
        rf"(?:beat|beats|beating|beaten)(?:\s+up)?(?=\s+{cardinal_pattern()}\b|\s+an?\b|\s+(?:him|her)\b|\s*[.,;]|\s+(?:up|by|with|in|on|and|when|during)\b){not_killed}",
        "injured",
        frozenset({"verbs", "states", "persons"}),
    )
