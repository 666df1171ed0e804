"""Names that may be spellings of one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from gazetteer.names import fold as fold_name
from gazetteer.names import similarity, skeleton, sounds
from pipeline.events._words import fold, table

ARTICLE = r"(?:[ae]l|[ae][dnrstz]|[ae]sh)-"  # before a capital: "the |al-|Funduq junction"
ALIKE, ALIKE_BY_SOUND = 0.85, 0.75  # of names that the gazetteer lacks; of those with the same consonants
LEAST_SOUNDS = 2


def names_in_common(one: Iterable[str], other: Iterable[str]) -> frozenset[str]:
    """Return the names that both have, in whatever spelling or with whatever word for what it is.

    Examples
    --------
    >>> names_in_common({"pale township", "mindat"}, {"pale town"})
    frozenset({'pale'})
    """
    pairs = product(map(bare, one), map(bare, other))
    return frozenset(min(pair) for pair in pairs if are_alike(*pair))


def are_alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: alike, or less so, but with the same consonants.

    Examples
    --------
    >>> are_alike("qoqfin", "qawqafin"), are_alike("hamrin", "himreen"), are_alike("mina", "mora")
    (True, True, False)
    """
    bones = skeleton(one)
    return similarity(one, other) >= (ALIKE_BY_SOUND if bones and bones == skeleton(other) else ALIKE)


def bare(name: str) -> str:
    """Return a name without the word for what it is, in lower case.

    Examples
    --------
    >>> bare("Pale Township"), bare("village of Dembo"), bare("Camp")
    ('pale', 'dembo', 'camp')
    """
    words = fold(name).split()
    kept = [w for w in words if w not in table("merging")["place_words"]]
    return " ".join(kept or words)


@lru_cache(maxsize=100_000)
def sound_of(name: str) -> str:
    """Return what the spellings of a name share: its consonants, or itself if it has hardly any.

    Examples
    --------
    >>> sound_of("Khiam") == sound_of("al-Khiyam"), sound_of("Aya")
    (True, 'aya')
    """
    plain = fold_name(name)
    found = sounds(plain)
    return found if len(found) >= LEAST_SOUNDS else plain
