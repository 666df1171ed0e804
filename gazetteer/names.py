"""Spellings of place names: folding, consonant skeletons, variants, likeness.

``fold`` makes the key under which a name is filed. ``skeleton`` makes a coarser key that transliterations of one name
share, whatever script they are written in. ``variants`` lists what else to look up. ``similarity`` says how alike two
names are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from gazetteer.tables import yaml_table

MIN_SKELETON = (
    3  # of two consonants, "Hit" and "Hatta" would be one; such names are found by their letters or not at all
)
MAX_VARIANTS = 32
_SPELLING = yaml_table("spelling.yaml")
_INITIALS = re.compile(r"(?<!\w)(?:\w\.){2,}")
_SPACING = "PSZC"  # Unicode major categories that separate words


class _Folder(dict[int, str | None]):
    """A translation table that works out each code point once."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        spaced = " " if unicodedata.category(char)[0] in _SPACING else char
        folded = None if unicodedata.combining(char) else spaced
        self[code] = folded
        return folded


_FOLDER = _Folder({ord(k): v for k, v in _SPELLING["letters"].items()} | {ord(c): None for c in _SPELLING["dropped"]})
_ROMAN = str.maketrans(_SPELLING["romanise"])
_SOUNDS: dict[str, str] = _SPELLING["sounds"]
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)) + "|.", re.DOTALL)
_ARTICLES = frozenset(_SPELLING["articles"])
_ARABIC_ARTICLE: str = _SPELLING["arabic_article"]


@lru_cache(maxsize=8_192)
def fold(name: str) -> str:
    """Reduce a name to the key it is filed under.

    Case, marks, apostrophes, ayn and hamza go; punctuation and hyphens become spaces; initials close up.

    Examples
    --------
    >>> fold("Jurf al-Ṣakhar"), fold("Washington, D.C."), fold("‘Ayn al Asad")
    ('jurf al sakhar', 'washington dc', 'ayn al asad')
    """
    if name.isascii() and (words := name.split()) and "".join(words).isalpha():  # as most names are
        return " ".join(words).lower()
    if "." in name:
        name = _INITIALS.sub(lambda m: m.group().replace(".", ""), name)
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
    return " ".join(name.casefold().translate(_FOLDER).split())


def core_words(folded: str) -> tuple[str, ...]:
    """Split a folded name into its words without articles.

    Examples
    --------
    >>> core_words("deir ez zor"), core_words("الصخر")
    (('deir', 'zor'), ('صخر',))
    """
    words = folded.split()
    if not _ARTICLES.isdisjoint(words):
        words = [w for i, w in enumerate(words) if w not in _ARTICLES or i == len(words) - 1]
    return tuple(words if folded.isascii() else map(_without_arabic_article, words))


def _without_arabic_article(word: str) -> str:
    return word[2:] if word.startswith(_ARABIC_ARTICLE) and len(word) > 4 else word


@lru_cache(maxsize=16_384)
def _consonants(word: str, *, followed: bool = False) -> str:
    """Consonant classes of one romanised word: doubled ones once, w and y only at its head, no h at its end.

    Before another word "Maarat" is "Maarah", as in Arabic, where one letter is written and a t may be said.
    """
    if followed and len(word) > 3 and word.endswith(("at", "et")):
        word = word[:-1]
    out: list[str] = []
    last = ""
    for i, letters in enumerate(_SOUND.findall(word)):
        sound = _SOUNDS.get(letters, "")
        if sound and sound != last and not (i and sound in "WY"):
            out.append(sound)
        last = sound
    if out[-1:] == ["H"] and len(out) > 1:
        out.pop()
    return "".join(out).replace("NB", "MB")


@lru_cache(maxsize=4096)
def sounds(folded: str) -> str:
    """Consonants of a folded name, however few; see :func:`skeleton`."""
    words = core_words(folded)
    return "".join(
        _consonants(w if w.isascii() else w.translate(_ROMAN), followed=i < len(words))
        for i, w in enumerate(words, start=1)
    )


def skeleton(name: str) -> str:
    """Reduce a name to the consonants that its transliterations share; empty if there are fewer than three.

    Articles are dropped, doubled letters are one, vowels go, and letters that romanisations swap fall into one class.

    Examples
    --------
    >>> skeleton("Zurf al Saqr") == skeleton("Jurf as-Sakhr") == skeleton("جرف الصخر")
    True
    >>> skeleton("Hit")
    ''
    """
    found = sounds(fold(name))
    return found if len(found) >= MIN_SKELETON else ""


def is_latin(name: str) -> bool:
    """Whether a name has no letter that would have to be romanised."""
    return name.isascii() or name.translate(_ROMAN) == name


def similarity(first: str, second: str) -> float:
    """Say how alike two names are, 0 to 1: half their letters without articles, half their consonants.

    Names in two scripts are compared by consonants alone. 1 means equal when folded.

    Examples
    --------
    >>> similarity("Zurf al Saqr", "Jurf al-Sakhar") > similarity("Zurf al Saqr", "Saqr")
    True
    """
    a, b = fold(first), fold(second)
    if a == b:
        return 1.0 if a else 0.0
    sounded = Levenshtein.normalized_similarity(sounds(a), sounds(b))
    if is_latin(a) != is_latin(b):
        return round(0.95 * sounded, 4)
    spelled = Levenshtein.normalized_similarity("".join(core_words(a)), "".join(core_words(b)))
    return round(min(0.98, (spelled + sounded) / 2), 4)


@dataclass(frozen=True, slots=True)
class Generic:
    """A generic word of the language of places, where it stands and the feature it announces (``"A/ADM1"``)."""

    words: tuple[str, ...]
    before: bool
    after: bool
    feature: str


def _generics() -> Iterator[Generic]:
    for row in yaml_table("generic.yaml"):
        where = row["where"]
        for phrase in row["words"]:
            yield Generic(tuple(fold(phrase).split()), where != "after", where != "before", row["feature"])


def _by_edge(*, before: bool) -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for generic in _generics():
        if generic.before if before else generic.after:
            table[generic.words] = (*table.get(generic.words, ()), generic.feature)
    return table


_BEFORE = _by_edge(before=True)
_AFTER = _by_edge(before=False)
_LONGEST = max(len(words) for words in (*_BEFORE, *_AFTER))
_SWAPS: dict[str, list[str]] = yaml_table("variants.yaml")["words"]


def _stripped(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield (words left, features announced) for each generic phrase at either edge, longest first."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if words[-size:] in _AFTER:
            yield words[:-size], _AFTER[words[-size:]]
        if words[:size] in _BEFORE:
            rest = words[size:]
            yield (rest[1:] if rest[0] == "of" and len(rest) > 1 else rest), _BEFORE[words[:size]]


def is_generic(name: str) -> bool:
    """Whether a name is nothing but a word for a kind of thing.

    Examples
    --------
    >>> is_generic("Air Base"), is_generic("Harir Air Base")
    (True, False)
    """
    words = tuple(fold(name).split())
    return words in _BEFORE or words in _AFTER


def announced_features(name: str) -> tuple[str, ...]:
    """Features that the generic words of a name announce, as ``class/code``; empty if it has none.

    Examples
    --------
    >>> announced_features("Anbar province"), announced_features("Anbar")
    (('A/ADM1',), ())
    """
    found = (feature for _, features in _stripped(tuple(fold(name).split())) for feature in features)
    return tuple(dict.fromkeys(feature for feature in found if feature))


def without_generics(name: str, *, kind: str = "") -> tuple[str, ...]:
    """Forms of a folded name with one generic word or phrase taken off either end.

    ``kind`` keeps to words that announce such a feature: ``"A/"`` takes off "province", not "camp" or "northern".

    Examples
    --------
    >>> without_generics("Al Anbar Governorate"), without_generics("City of London")
    (('al anbar',), ('london',))
    """
    found = _stripped(tuple(fold(name).split()))
    return tuple(dict.fromkeys(" ".join(words) for words, what in found if any(f.startswith(kind) for f in what)))


def _swapped(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for i, word in enumerate(words):
        for other in _SWAPS.get(word, ()):
            yield tuple(w for w in (*words[:i], other, *words[i + 1 :]) if w)


def _rearticled(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if words[0] in _ARTICLES and len(words) > 1:
        yield words[1:]
    elif words[0].startswith(_ARABIC_ARTICLE):
        yield (_without_arabic_article(words[0]), *words[1:])
    elif not words[0].isascii():
        yield (_ARABIC_ARTICLE + words[0], *words[1:])
    else:
        yield ("al", *words)
        yield ("the", *words)


def _step(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield from _swapped(words)
    yield from _rearticled(words)
    yield from (rest for rest, _ in _stripped(words))


@lru_cache(maxsize=4096)
def variants(name: str) -> tuple[str, ...]:
    """Other folded names to look up, nearest first: abbreviations, articles, generic words.

    Examples
    --------
    >>> variants("Mt. Sinjar")[:2], "anbar" in variants("al-Anbar province")
    (('mount sinjar', 'al mt sinjar'), True)
    """
    start = tuple(fold(name).split())
    seen: dict[tuple[str, ...], None] = {start: None}
    layer: Iterable[tuple[str, ...]] = (start,) if start else ()
    for _ in range(3):
        layer = tuple(dict.fromkeys(v for words in layer for v in _step(words) if v and v not in seen))
        seen.update(dict.fromkeys(layer))
        if len(seen) > MAX_VARIANTS:
            break
    return tuple(" ".join(words) for words in seen if words != start)[:MAX_VARIANTS]
