"""What stands between those counted: a list, an aside between dashes, the name of one who is told of before."""

from __future__ import annotations

import re

from pipeline.events._quantities import Quantity, count_words
from pipeline.events.numbers import ORDINALS

__all__ = [
    "BREAK",
    "LISTED",
    "NAME",
    "closes_aside",
    "is_name_of",
    "is_severity",
    "joins_left",
    "named_before",
    "named_object",
    "names_with_ages",
    "says_more_of",
    "without_asides",
    "without_name",
]

NAME = r"[A-Z][\w’'-]+"
BREAK = re.compile(r"[;—]|\s–\s|\b(?:but|while|after|when|because|although|though|whereas)\b", re.IGNORECASE)
LISTED = re.compile(r"\s*(?:,\s*(?:and\s+)?|\band\b|&)\s*")
_JOIN_LEFT = re.compile(
    r"(?:\s+(?:of|from|in|with)\s[^,;:]{1,50}?)?(?:,\s[^,;:]{1,60})?\s*(?:,\s*(?:and\s+)?|\band\b|\bas\s+well\s+as\b|(?:,\s*)?\b(?:(?:along|together)\s+with|alongside)\b)"
    r"\s*(?:(?:also|the|his|her|their|its)\s+)?",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r"\s*[,(]?\s*(?:including|among\s+them)\s+(?:the\s+|at\s+least\s+)?", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:\s[-–]|—|\))\s*")
_OPENS = re.compile(r"\s[-–]\s|—|\(")
_SEVERE = re.compile(
    r"(?:seriously|critically|severely|gravely|grievously|badly|fatally|mortally|lightly|slightly|moderately)\s*(?:[,.;)]|\band\b|\Z)",
    re.IGNORECASE,
)


def joins_left(gap: str, *, in_part: bool) -> bool:
    """Whether a figure is told together with the one after it, or is the whole of which that is a part.

    Examples
    --------
    >>> joins_left(" and ", in_part=False), joins_left(" of which ", in_part=False)
    (True, False)
    """
    if re.match(r"\s+of\s+wh", gap):
        return False  # "three |of which| had been rigged, and four soldiers were hurt"
    return _JOIN_LEFT.fullmatch(gap) is not None or (in_part and _INCLUDING.fullmatch(gap) is not None)


def closes_aside(text: str, start: int, gap: tuple[int, int]) -> bool:
    """Whether what stands before a verb only closes an aside: "Four people – two men and |two women –| were killed".

    Examples
    --------
    >>> closes_aside("Four people – two men – were killed", 0, (21, 24))
    True
    """
    return (
        _CLOSES.fullmatch(without_asides(text[slice(*gap)])) is not None
        and _OPENS.search(text, start, gap[0]) is not None
    )


def is_name_of(text: str, name: Quantity, one: Quantity) -> bool:
    """Whether a person by title and name is the one told of right before: "a police officer, |Colonel Ruiz|, was shot".

    Examples
    --------
    >>> from pipeline.events._quantities import find_quantities
    >>> text = "An officer, Colonel Mario Ruiz, was shot dead."
    >>> one, name = find_quantities(text, 0, len(text))
    >>> is_name_of(text, name, one)
    True
    """
    titled = name.single and text[name.start].isupper() and name.noun[:1].isupper()
    beside = _TO_NAME.fullmatch(text, one.end, name.start) is not None
    return titled and (one.single or one.count.low == one.count.high == 1) and beside


#: "a member| of the council, |Mrs. Okoro"
_TO_NAME = re.compile(r"(?:\s+(?:of|from|in|at|with)\s(?!.*\band\b)[^,;:.]{1,50})?\s*,\s*")
_ASIDE = re.compile(
    r",\s+(?:and\s+)?not\s+[\w-]+(?=,)|\s*\([^()]{1,80}\)|\s[—–-]\s+(?:aged?|all|both|most|mostly|many|some|half|none|each)\s[^—–;]{1,60}?\s[—–-](?=\s)"
)
#: how old those are of whom it is told: "two girls| aged 9 and 11|", "a man| in his fifties|"
_AGED = re.compile(
    r",?\s+(?:both\s+|all\s+)?aged\s+(?:between\s+)?[\w-]+(?:,\s+[\w-]+)*(?:,?\s+and\s+[\w-]+)?(?=\s*(?:[,;)–—-]|and\b|\w+\b|\Z))"
    r"|,?\s+in\s+(?:his|her|their)\s+(?:early\s+|late\s+|mid-)?(?:teens|\w+ties)\b"
)
_SAYS_MORE = re.compile(r"(?:an?|his|her|its|their)\s", re.IGNORECASE)
_CLOSED = re.compile(r"[^,;:]{0,80},\s+(?:(?:was|were|is|has|had|been|also|later)\s+)*")


_QUOTES = re.compile(r"[“”\"]")


def without_asides(gap: str) -> str:
    """Return what stands between two without what is told aside: "Omar Said |(age: 31 years)| and two others".

    Examples
    --------
    >>> without_asides(" (age: 31 years) and ")
    ' and '
    """
    return _QUOTES.sub("", _AGED.sub("", _ASIDE.sub("", gap)))


_BY_NAME = re.compile(
    rf",\s+{NAME}(?:\s+(?:al-|bin\s+|de\s+)?{NAME}){{0,4}}(?=,\s|\s+(?:and|along\s+with|as\s+well\s+as)\s+(?:an?|the|his|her)\s)"
)


def without_name(gap: str) -> str:
    """Return what stands between two without the name of the first: "a tribal elder|, Omar Said|, and his driver".

    Examples
    --------
    >>> without_name(", Omar Said, and ")
    ', and '
    """
    named = _BY_NAME.match(gap)
    return gap if named is None else gap[named.end() :]


def says_more_of(text: str, one: Quantity, aside: Quantity, verb: int) -> bool:
    """Whether the person before a verb is the one told of before the comma: "a fourth victim, |her infant,| died".

    Examples
    --------
    >>> from pipeline.events._quantities import find_quantities
    >>> text = "A fourth victim, her infant, died."
    >>> says_more_of(text, *find_quantities(text, 0, len(text)), text.index("died"))
    True
    """
    beside = one.single and aside.single and text[one.end : aside.start].strip() == ","
    said = _SAYS_MORE.match(text, aside.start) is not None or one.noun.lower() in ORDINALS
    return beside and said and _CLOSED.fullmatch(text, aside.end, verb) is not None


def is_by_nation(text: str, quantity: Quantity) -> bool:
    """Whether a person is only told by nation, between commas: "the driver, |a Kenyan|, and a passenger".

    Examples
    --------
    >>> from pipeline.events._quantities import find_quantities
    >>> text = "The driver, a Kenyan, and a nurse died."
    >>> [is_by_nation(text, q) for q in find_quantities(text, 0, len(text))]
    [False, True, False]
    """
    between = text[: quantity.start].rstrip().endswith(",") and text[quantity.end : quantity.end + 1] == ","
    indefinite = text[quantity.start : quantity.start + 2].lower() in {"a ", "an"}
    return quantity.single and between and indefinite and quantity.noun[:1].isupper()


_NAMED_AND = re.compile(
    rf"(?:\A|[.;:“\"]\s*|\n|\b(?:that|said)\s+)(?P<one>{NAME}(?:\s+(?:al-|bin\s+|de\s+)?{NAME}){{1,4}})"
    r"(?:,\s[^,;:.]{1,70},|\s\(\d\d?\))?\s+(?:and|as\s+well\s+as|along\s+with)\s+\Z"
)

#: "|Omar Said (51)|, his wife and a son were killed"
_NAMED_LIST = re.compile(
    rf"(?:\A|[.;:“\"]\s*|\n)(?P<one>{NAME}(?:\s+(?:al-|bin\s+|de\s+)?{NAME}){{1,4}})(?:,\s\d\d?|\s\(\d\d?\))?,\s+\Z"
)
_OWNED = re.compile(r"(?:his|her|their)\s", re.IGNORECASE)


def named_before(text: str, start: int, position: int) -> tuple[int, int] | None:
    """Return the name of one to whom those counted are added: "|Ali Hassan|, chief of the guard, and two men were".

    Examples
    --------
    >>> named_before("Omar Hassan and two of his guards were killed.", 0, 16)
    (0, 11)
    """
    of_kin = _OWNED.match(text, position) is not None
    found = _NAMED_AND.search(text[start:position]) or (_NAMED_LIST.search(text[start:position]) if of_kin else None)
    if found is None or found["one"].split()[0].lower() in count_words().stops | {"the", "a", "an"}:
        return None
    return start + found.start("one"), start + found.end("one")


_ONE_AGED = rf"{NAME}(?:\s+(?:al-|bin\s+|de\s+)?{NAME}){{0,4}}(?:\s\(\d\d?\)|,\s\d\d?,?)"
_ALL_AGED = re.compile(
    rf"(?:\A|[.;:“\"]\s*|\n)(?P<all>{_ONE_AGED}(?:,?\s+{_ONE_AGED}){{0,8}},?\s+and\s+{_ONE_AGED})\s+\Z"
)
_EACH_AGED = re.compile(_ONE_AGED)


def names_with_ages(text: str, start: int, position: int) -> tuple[tuple[int, int], ...]:
    """Return those of whom a verb is told by name and age alone: "|Ali Said (40)| and |Omar Said (22)| were killed".

    Examples
    --------
    >>> names_with_ages("Ali Said (40) and Omar Said (22) were killed.", 0, 33)
    ((0, 13), (18, 32))
    """
    found = _ALL_AGED.search(text[start:position])
    if found is None:
        return ()
    return tuple(
        (start + m.start(), start + m.end()) for m in _EACH_AGED.finditer(text[start:position], *found.span("all"))
    )


_NAMED_OBJECT = re.compile(
    rf"\s+(?P<one>{NAME}(?:\s+(?:al-|bin\s+|de\s+)?{NAME}){{1,3}}(?:\s\(\d\d?\))?)"
    r"(?=,\s(?:\d\d?\b|an?\s|the\s|his\s|her\s|who\b)|\s+and\s+(?:an?|his|her|two|three|four|five|\d+|others?)\b|\s+(?:in|at|near|outside|on)\s|\.?\s*\Z)"
)


def named_object(text: str, position: int, end: int) -> tuple[int, int] | None:
    """Return the name of the one person whom a verb is told of: "killed |Omar Khan|, a tribal elder".

    Examples
    --------
    >>> named_object("Gunmen killed Omar Khan, a tribal elder.", 13, 40)
    (14, 23)
    """
    found = _NAMED_OBJECT.match(text, position, end)
    return None if found is None else found.span("one")


def is_severity(text: str, start: int, quantity: Quantity) -> bool:
    """Whether a figure only says how badly some of those told before were hurt: "injuring 12, |two seriously|".

    Examples
    --------
    >>> from pipeline.events._quantities import find_quantities
    >>> text = "injuring 12, two seriously."
    >>> [is_severity(text, 0, q) for q in find_quantities(text, 0, len(text))]
    [False, True]
    """
    words = text[quantity.start : quantity.start + len(quantity.count.text) + 24]
    after = re.compile(rf"{re.escape(quantity.count.text)}\s+", re.IGNORECASE).match(words)
    beside = text[max(start, quantity.start - 8) : quantity.start].rstrip().endswith((",", "(", "and"))
    return beside and after is not None and _SEVERE.match(words, after.end()) is not None
