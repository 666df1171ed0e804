"""All names that have one set of consonants, in one row: read at once, and taken apart only where they are alike.

A row keeps the names a line each, their letters a line each where these are not simply the names without spaces, and
the places that bear them: the likeliest of each name, behind these how far the others of each reach, and the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from struct import Struct, pack

from gazetteer.postings import POSTING, Posting, packed, unpacked

MOST_NAMES = 100  # of one set of consonants, from the likeliest places, where nothing narrows the search
MOST_PLACES = 400  # of one name there
KNOWN = 300_000  # places among which near spellings are looked for there: about those of the base
Bearers = Sequence[Posting]  # by falling prominence
Named = tuple[str, str, Bearers]  # folded name, its letters without articles
Kept = tuple[str, str | None, bytes]  # names, letters, places, as one row has them
Row = tuple[str, str, str | None, bytes]  # the same behind their consonants
_ENDS = Struct("<II")
_END, _SIZE = _ENDS.size // 2, POSTING.size
_ENDS_AT, _POSTING_AT = _ENDS.unpack_from, POSTING.unpack_from


def packed_names(named: Sequence[Named]) -> Kept:
    """Return names with their places as a row keeps them.

    Examples
    --------
    >>> row = packed_names([("deir ez zor", "deirzor", [(3, 0)]), ("dayr az zawr", "dayrzawr", [(3, 1), (9, 0)])])
    >>> heard = Spellings([("DRZR", *row)])
    >>> heard.names, heard.letters, heard.bearers(1)
    (['deir ez zor', 'dayr az zawr'], ['deirzor', 'dayrzawr'], [(3, 1), (9, 0)])
    """
    names, letters = "\n".join(name for name, _, _ in named), "\n".join(letters for _, letters, _ in named)
    likeliest = packed(places[0] for _, _, places in named)
    others = [places[1:] for _, _, places in named]
    ends = [0, *accumulate(map(len, others))]
    rest = pack(f"<{len(ends)}I", *ends) + packed(one for more in others for one in more) if ends[-1] else b""
    return names, None if letters == names.replace(" ", "") else letters, likeliest + rest


def postings_of(names: str, places: bytes) -> bytes:
    """Return all postings of a row, the likeliest of each name before all others."""
    count = names.count("\n") + 1
    ends = count * POSTING.size
    return places[:ends] + places[ends + (count + 1) * _END :]


def _lines(text: str, most: int) -> str:
    """Return the first so many lines of a text that has more."""
    return text[: len(text) - len(text.split("\n", most)[-1]) - 1]


class Spellings:
    """The names of some rows, in their order; their places are read only where they are asked for.

    Parameters
    ----------
    rows : iterable of Row
    most : int, optional
        Of the names; default all.
    """

    def __init__(self, rows: Iterable[Row], most: int | None = None) -> None:
        self.letters: list[str] = []
        self.keys: list[str] = []  # the consonants of each
        self._texts: list[str] = []  # the names, a row each
        self._rows: list[tuple[bytes, int, int]] = []  # of each name: places, first of the row, how many
        for row in rows:
            self._take(*row, most)
            if most is not None and len(self.letters) >= most:
                break

    def _take(self, key: str, names: str, letters: str | None, places: bytes, most: int | None) -> None:
        start, count = len(self.letters), names.count("\n") + 1
        kept = count if most is None else min(count, most - start)
        if kept < count:  # of thousands of names only the first are taken apart
            names, letters = _lines(names, kept), None if letters is None else _lines(letters, kept)
        self.letters += (names.replace(" ", "") if letters is None else letters).split("\n")
        self._texts.append(names)
        self.keys += [key] * kept
        self._rows += [(places, start, count)] * kept

    @cached_property
    def names(self) -> list[str]:
        """The names themselves, which are seldom asked for."""
        return "\n".join(self._texts).split("\n") if self._texts else []

    def likeliest(self, which: int) -> int:
        """Return the most prominent place that bears a name."""
        places, start, _ = self._rows[which]
        number: int = POSTING.unpack_from(places, (which - start) * POSTING.size)[0]
        return number

    def bearers(self, which: int, most: int | None = None) -> list[Posting]:
        """Return the places that bear a name, the most prominent first, and no more than so many."""
        places, start, count = self._rows[which]
        at, ends = which - start, count * _SIZE
        likeliest = _POSTING_AT(places, at * _SIZE)
        if len(places) == ends:  # each name has one place
            return [likeliest]
        first, last = _ENDS_AT(places, ends + at * _END)
        if first == last:
            return [likeliest]
        last = last if most is None else min(last, first + most - 1)
        others = ends + (count + 1) * _END
        return [likeliest, *unpacked(places[others + first * _SIZE : others + last * _SIZE])]
