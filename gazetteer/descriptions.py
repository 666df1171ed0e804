"""Take a description of a place apart: "Khuwayn al Kabir village (Tell al-Khuwaiyn)" is two names of a village."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gazetteer.names import announced_features, fold, without_generics
from gazetteer.tables import yaml_table

_TABLE = yaml_table("descriptions.yaml")
_ALTERNATIVES, _ENDS, _WAY = (re.compile(_TABLE[key]) for key in ("alternatives", "ends", "way"))
_WAY_WORDS = re.compile(_TABLE["way_words"], re.IGNORECASE)
_LEAD = re.compile(_TABLE["lead"])
_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SITES: dict[str, str] = _TABLE["sites"]
_SITE = re.compile(rf"\s+({'|'.join(sorted(map(re.escape, _SITES), key=len, reverse=True))})$", re.IGNORECASE)
_QUALIFIERS: dict[str, list[str]] = _TABLE["qualifiers"]
NAMESAKES: tuple[str, ...] = tuple(_TABLE["namesakes"])
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Description:
    """Names that a description gives, the likeliest first, the features it announces, and areas it names at its end.

    Parameters
    ----------
    names : tuple of str
        To be tried in turn; the first is the description itself without what is said of it.
    features : tuple of str
        ``class/code`` of the kinds that its words announce.
    areas : tuple of str
        What follows a comma: "Al-Khalidiya neighborhood, Homs city" lies in Homs.
    """

    names: tuple[str, ...]
    features: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def describe(text: str) -> Description:
    """Take a description of a place apart.

    Examples
    --------
    >>> describe("Khuwayn al Kabir village (Tell al-Khuwaiyn)").names
    ('Khuwayn al Kabir village', 'Tell al-Khuwaiyn')
    >>> describe("Salma - Kinsibba road").names, describe("Babr Amr neighborhood, Homs city").areas
    (('Salma', 'Kinsibba'), ('Homs city',))
    """
    asides = tuple(part.strip() for part in _ASIDE.findall(text))
    plain = " ".join(_ASIDE.sub(" ", text).split())
    head, *areas = (part.strip() for part in plain.split(","))
    names, features = [], list(announced_features(head))
    for part in (*_parts(head), *(name for aside in asides for name in _parts(aside))):
        said = _LEAD.sub("", part)
        bare, feature = _without_site(said)
        names += [said, bare]
        features += [feature] if feature else []
    kept = tuple(dict.fromkeys(name for name in names if name))[:_MOST_NAMES]
    return Description(kept or (text.strip(),), tuple(dict.fromkeys(features)), tuple(a for a in areas if a))


def _parts(text: str) -> list[str]:
    """Split a way into its ends, and other names of one thing from each other."""
    if _WAY.search(text.casefold()):
        ends = [" ".join(_WAY_WORDS.sub(" ", end).split()) for end in _ENDS.split(text)]
        return [end for end in ends if end]
    return _ALTERNATIVES.split(text)


def _without_site(name: str) -> tuple[str, str]:
    found = _SITE.search(name)
    return (name[: found.start()], _SITES[found[1].casefold()]) if found else (name, "")


def readings(name: str) -> tuple[str, ...]:
    """Return folded forms under which a name may be filed: without generic words, its qualifier translated.

    "Town", "village" and their like are always taken off; other generic words may be part of the name ("Tishreen Dam").

    Examples
    --------
    >>> readings("Eastern Ghariyah town")
    ('eastern ghariyah', 'ghariyah', 'ghariyah sharqi', 'ghariyah sharqiyah')
    """
    forms = without_generics(name, kind="P/") or (fold(name),)
    forms += tuple(bare for form in forms for bare in without_generics(form))
    return tuple(dict.fromkeys((*forms, *(t for form in forms for t in _translated(form)))))


def _translated(form: str) -> Iterator[str]:
    words = form.split()
    for edge, rest in ((words[:1], words[1:]), (words[-1:], words[:-1])):
        for qualifier in _QUALIFIERS.get("".join(edge), ()) if rest else ():
            yield f"{' '.join(rest)} {qualifier}"
