"""Names of where it was not, by the words around them: where a bus was bound for, people fled, met or are cared for."""

from __future__ import annotations

import re

from pipeline.events.tellings import Telling
from pipeline.models import Mention
from pipeline.parse import ParsedText

#: "a bus to |Taftan|", "a convoy bound for |Gao|": where it was to go
BOUND = re.compile(
    r"\b(?:bus|minibus|coach|train|convoy|truck|lorry|car|vehicle|taxi|flight|plane|ship|tanker|vessel|boat|ferry)e?s?\s+"
    r"(?:(?:was|were|is|are|that|which)\s+)*(?:(?:bound|headed|heading|destined)\s+(?:for|to)|(?:travel(?:l)?ing|going|on\s+the\s+way|en\s+route)\s+to|to)"
    r"\s+(?:the\s+(?:\w+\s+){1,3}of\s+)?\Z",
    re.IGNORECASE,
)
#: "a message ahead of talks in |Kuala Lumpur|": where they meet
MEETING = re.compile(
    r"\b(?:talks?|negotiations?|summit|meetings?|conference|hearing|trial|visit|ceremony|session|exhibition)\s+(?:(?:with|on|about)\s+[\w\s-]{1,30}\s+)?"
    r"(?:in|at|to)\s+(?:the\s+[a-z]+\s+(?:capital|city|town)\s+of\s+)?\Z",
    re.IGNORECASE,
)
#: "a minibus carrying traders from Qena to |Luxor|"
FROM_TO = re.compile(
    r"\b(?:bus|minibus|coach|train|convoy|truck|lorry|car|vehicle|taxi|plane|ship|boat|ferry)e?s?\b[^.;]{0,60}?\bfrom\s+"
    r"(?:[A-Z][\w’'-]+\s+){1,3}to\s+\Z"
)
#: "the wounded were shifted to |Quetta|", "moved to a hospital in |Sibi| for treatment": where they are cared for
CARED = re.compile(
    r"\b(?:injur\w+|wound\w*|hurt|victims?|casualt\w+|bod(?:y|ies)|dead|remains|killed)\b[^.;]{0,80}?"
    r"\b(?:shifted|moved|rushed|taken|transferred|airlifted|flown|evacuated|ferried|referred|transported|brought)\s+(?:(?:wounded|injured|unconscious|alive|dead)\s+)?(?:by\s+\w+\s+)?(?:later\s+)?"
    r"(?:to|for\s+treatment\s+(?:to|in))\s+(?:(?:an?|the|its|their|local|nearby)\s+)*(?:[\w’'.-]+\s+){0,5}?(?:in\s+|of\s+)?\Z",
    re.IGNORECASE,
)
#: "the third was taken wounded to |Mocha| hospital": the same, told by the state they were in
TAKEN_SO = re.compile(
    r"\b(?:taken|brought|carried|rushed|transferred|transported|evacuated|flown|airlifted|admitted|moved|shifted)\s+"
    r"(?:(?:away|out|\w+ly)\s+)?(?:wounded|injured|hurt|unconscious|alive|bleeding|dead)\s+(?:to|in)\s+(?:(?:an?|the)\s+)?"
    r"(?:(?:[\w-]+\s+){0,3}(?:in|of)\s+)?\Z",
    re.IGNORECASE,
)
#: "moved towards |Drodro|", "sought shelter in |Goma|": where people went then
WENT = re.compile(
    r"\b(?:fled|fle(?:e|es|eing)|mov(?:ed|ing)|escaped|displaced|(?:sought|taken|taking|seeking|found)\s+(?:shelter|refuge)|shelter(?:ed|ing)|passed\s+away|"
    r"succumbed|treat(?:ed|ment)|hospitali[sz]ed|airlifted|flown)\b[^.;]{0,60}?\b(?:to|towards?|into|in|at|around|near)\s+"
    r"(?:(?:the|an?|nearby|neighbou?ring|town|city|village|camp|of)\s+)*(?:[A-Z][\w’'-]+,?\s+(?:(?:centre|center|town)\s+)?(?:and\s+)?){0,3}\Z"
)
#: "died at |Sibi| district hospital", but not "shelled |Sibi| hospital"; "on the |Bule| axis"
HOSPITAL = re.compile(
    r"(?:['’]s)?\s+(?:(?:[a-z]+\s+)?(?:[A-Z]\w+\s+)?(?:hospital|clinic|morgue|mortuary)|[A-Z]\w+ Hospital)\b"
)
AXIS = re.compile(r"\s+axis\b")
CARING = re.compile(
    r"\b(?:died|dead|treated|succumb\w*|admitted|taken|rushed|wound\w*|injur\w*|pronounced|doctors?|medics?|bodies)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
HOSPITAL_IN = re.compile(
    r"\b(?:hospitals?|clinics?|morgue)\s+(?:in|of|at)\s+(?:the\s+(?:town|city|capital)\s+of\s+)?\Z"
)
#: "Captain Saeed (26, resident of |Karachi|)": where one told of in brackets is at home
DRIVEN_FROM = re.compile(
    r"\b(?:displaced|uprooted|evacuated|who\s+(?:had\s+)?fled|hailing|originally|refugees?|migrants?|natives?)\s+(?:from|of)\s+"
    r"(?:(?:the|town|village|city|district)\s+(?:of\s+)?)*\Z",
    re.IGNORECASE,
)
HOME = re.compile(
    r"\([^()]*\b(?:resident|native|hailing|inhabitant)\s+(?:of|from)\s+(?:(?:the|district|village)\s+)?(?:[A-Z]\w+\s+)?\Z"
)
#: "is undergoing treatment in |Sibi|", "in stable condition at the |Gao| hospital": the same, whoever it is
TREATED = re.compile(
    r"\b(?:treat(?:ed|ment)|recover(?:ing|ed)|admitted|hospitali[sz]ed|condition|(?:brought|rushed|taken)\s+to\s+(?:an?|the)\s+hospital)\b"
    r"(?:\s+for\s+[^,.;]{1,30})?\s+(?:at|to|in)\s+(?:(?:an?|the)\s+)?(?:(?:[\w-]+\s+){0,2}(?:hospital|clinic)\s+(?:in|of)\s+)?\Z",
    re.IGNORECASE,
)
#: "succumbed to her injuries |on the way to Kohat|", "died en route to |Sibi|"
ON_THE_WAY = re.compile(
    r"\b(?:on\s+(?:the|their|his|her|its)\s+way|en\s+route)\s+to\s+(?:\w+\s+hospital\s+in\s+)?\Z", re.IGNORECASE
)
DIED_IN = re.compile(
    r"\b(?:died|dies|passed\s+away|succumbed)\s+(?:\w+\s+){0,3}?(?:in|at)\s+(?:the\s+)?\Z", re.IGNORECASE
)
#: "was airlifted to |Raipur|": nobody is flown to where he was hurt
FLOWN_OUT = re.compile(
    r"\b(?:airlifted|helicoptered|medevac\w*|stretchered)\s+(?:out\s+|later\s+|back\s+)?(?:to|into)\s+(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,4}?\Z",
    re.IGNORECASE,
)
#: "|Batken| hospital speaks of four dead": only who counts them
HOSPITAL_SAYS = re.compile(
    r"(?:['’]s)?\s+(?:[\w’'-]+\s+){0,3}?(?:hospitals?|clinics?|morgue|mortuary|infirmary|health\s+cent(?:re|er))\s+(?:(?:has|have|had|alone|now|today|later)\s+)*"
    r"(?:speaks?|spoke|says?|said|reports?|reported|counts|counted|received|admitted|took|taken|registered|lists?|listed|confirm\w*|treated|gave|gives)\b",
    re.IGNORECASE,
)
#: "a missile fired from the airspace of the occupied |Kherson| region": where it came from
OUT_OF = re.compile(
    r"\bfrom\s+(?:the\s+)?(?:airspace|air\s+space|skies|sky|direction|waters|territory|territorial\s+waters)\s+(?:of|over|above|off)\s+"
    r"(?:the\s+)?(?:(?:occupied|annexed|neighbou?ring|nearby|temporarily|of)\s+)*\Z",
    re.IGNORECASE,
)
BEFORE = 60  # characters
FAR_BEFORE = 200  # characters
TIME_ZONE = re.compile(
    r"(?:\bstill \w+(?: (?:night|evening|morning|afternoon))?|\btime|\([^()]*\d(?:\s*[ap]\.?m\.?)?)\s+in\s+$"
)
OWN_TIME = re.compile(r"\s+(?:local\s+)?time\b")


def is_elsewhere(parsed: ParsedText, telling: Telling, mention: Mention) -> bool:
    """Return whether a bus was to go there, shots or the hurt came from there, or it only names a time zone."""
    start, end = telling.sentence.start, mention.start
    if TIME_ZONE.search(parsed.text, max(0, end - 40), end) or OWN_TIME.match(parsed.text, mention.end):
        return True  # "still Thursday evening in Washington", "at 19:40 Moscow time"
    if HOSPITAL_SAYS.match(parsed.text, mention.end) is not None:
        return True
    near, far = max(start, end - BEFORE), max(start, end - FAR_BEFORE)
    if any(form.search(parsed.text, near, end) for form in (BOUND, MEETING, ON_THE_WAY, OUT_OF)):
        return True
    away = any(form.search(parsed.text, far, end) for form in (HOME, FROM_TO, DRIVEN_FROM))
    return away or is_cared_for(parsed, telling, end) or _died_in(parsed.text, mention, near)


def _died_in(text: str, mention: Mention, begin: int) -> bool:
    """Whether a name is that of the hospital in which one died later: "has died in |Malakal| hospital"."""
    died = DIED_IN.search(text, begin, mention.start) is not None
    return died and HOSPITAL.match(text, mention.end) is not None


def is_cared_for(parsed: ParsedText, telling: Telling, offset: int) -> bool:
    """Whether a name at an offset says where the wounded are cared for: "is undergoing treatment in |Sibi|"."""
    start = max(telling.sentence.start, offset - FAR_BEFORE)
    return any(cared.search(parsed.text, start, offset) for cared in (CARED, TREATED, TAKEN_SO, FLOWN_OUT))


def is_aftermath(text: str, mention: Mention) -> bool:
    """Return whether a name is that of where people went or were cared for then: "moved towards |Drodro|".

    Examples
    --------
    >>> is_aftermath("Thousands fled to Goma.", Mention("a", 18, 22, "Goma"))
    True
    """
    before = text[max(0, mention.start - FAR_BEFORE) : mention.start]
    if any(form.search(before) for form in (CARED, WENT, HOSPITAL_IN)):
        return True
    in_care = HOSPITAL.match(text, mention.end) is not None and CARING.search(before) is not None
    return in_care or AXIS.match(text, mention.end) is not None
