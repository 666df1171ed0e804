"""Spellings one letter away."""

from __future__ import annotations

from collections.abc import Iterator

MIN_LETTERS, MAX_LETTERS = 3, 30
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_SOUNDS = "BDFHJKLMNRSTWXY"


def near_spellings(key: str) -> Iterator[str]:
    """Yield what becomes of ``key`` when one letter is left out, swapped with the next, replaced or put in.

    At most about 1,700 spellings; none for keys too short or too long to mean anything.

    Examples
    --------
    >>> "mosul" in set(near_spellings("mosull")), list(near_spellings("ab"))
    (True, [])
    """
    if not MIN_LETTERS <= len(key) <= MAX_LETTERS:
        return
    letters = _SOUNDS if key.isupper() else _LETTERS
    cuts = [(key[:i], key[i:]) for i in range(len(key) + 1)]
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    yield from (a + c + b[1:] for a, b in cuts if b for c in letters)
    yield from (a + c + b for a, b in cuts for c in letters)
