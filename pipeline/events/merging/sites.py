"""Sites by name and kind: of two reports of camps the one may name the Wau camp, the other the Tonj camp."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product

from gazetteer.names import core_words, similarity
from pipeline.events._words import either, fold, table
from pipeline.events.merging.evidence import Sign
from pipeline.events.merging.spellings import ARTICLE, bare, names_in_common
from pipeline.events.merging.words import is_class_word

LIKE = 0.6  # of two words that may be spellings of one
LEAST_LETTERS = 3  # of a word of a name, that is compared
_PART = rf"(?:{ARTICLE})?[A-Z][\w'’]+"
_NAME = rf"{_PART}(?:[ -](?:de |el |of )?{_PART}){{0,2}}"
_BETWEEN = r"(?:\s[a-z]+)?"


def sites_in(text: str) -> Mapping[str, frozenset[str]]:
    """Return the names of sites, folded, by their kind.

    Examples
    --------
    >>> sites_in("Shells hit the Wau displacement camp; others fell on the village of Aru.")
    {'camp': frozenset({'wau'}), 'village': frozenset({'aru'})}
    """
    found: dict[str, set[str]] = {}
    for match in _pattern().finditer(text):
        told = (match["before"] or match["after"]).replace("’", "'").removesuffix("'s").rpartition("'s ")[2]
        name = " ".join(core_words(bare(told).replace("-", " ")))
        kind = _kinds()[" ".join(fold(match["kind"] or match["kind_of"]).split())]
        if not _is_no_name(name):
            found.setdefault(kind, set()).add(name)
    return {kind: frozenset(names) for kind, names in found.items()}


def compare_sites(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]], *, without: frozenset[str] = frozenset()
) -> tuple[Sign, ...]:
    """Compare the sites of one kind that both name; the names of places say nothing: "the Goma hospital".

    Examples
    --------
    >>> [sign.name for sign in compare_sites({"camp": frozenset({"wau"})}, {"camp": frozenset({"tonj"})})]
    ['site_kind_other']
    """
    pairs = {kind: (one[kind] - without, other[kind] - without) for kind in sorted(one.keys() & other.keys())}
    told = {kind: pair for kind, pair in pairs.items() if all(pair)}
    for kind, pair in told.items():
        if both := names_in_common(*pair):
            return (Sign("site_kind_same", f"both: {min(both)} ({kind})"),)
    for kind, (first, second) in told.items():
        if _are_unlike(_words(first), _words(second)):
            return (Sign("site_kind_other", f"{min(first)} and {min(second)}, each a {kind}"),)
    return ()


def _are_unlike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether no word of the one may be a word of the other in any spelling."""
    return bool(one and other) and not any(similarity(a, b) >= LIKE for a, b in product(one, other))


def _words(names: frozenset[str]) -> frozenset[str]:
    return frozenset(w for name in names for w in name.replace("-", " ").split() if len(w) >= LEAST_LETTERS)


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kind of each word for a site, as written in the table or with an s."""
    told = {fold(word): kind for kind, words in table("merging")["site_kinds"].items() for word in words}
    return {f"{word}s": kind for word, kind in told.items()} | told


def _is_no_name(name: str) -> bool:
    """Whether all words of a name are of what names no site, or its first is a class: "the Roman Catholic church"."""
    words = name.replace("-", " ").split()
    return set(words) <= set(table("merging")["no_sites"]) or is_class_word(words[0])


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a name before its kind, or after it: "Wau camp", "the village of Aru"."""
    kind = rf"(?i:{either(_kinds())})"
    before = rf"(?<![\w-])(?P<before>{_NAME}){_BETWEEN}\s(?P<kind>{kind})(?!\w)"
    after = rf"\b(?P<kind_of>{kind})\s(?:of\s|called\s|known as\s)?(?P<after>{_NAME})"
    return re.compile(f"{before}|{after}")
