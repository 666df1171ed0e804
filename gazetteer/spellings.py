"""All names that have one set of consonants, in one row: read at once, and taken apart only where they are alike.

A row keeps the names a line each, their letters a line each where these are not simply the names without spaces, and
the places that bear them: the likeliest of each name, behind these how far the others of each reach, and the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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


def packed_names(named: Sequence[Named]) -> Kept:
    """Return names with their places as a row keeps them.

    Examples
    --------
    >>> row = packed_names([("deir ez zor", "deirzor", [(3, 0)]), ("dayr az zawr", "dayrzawr", [(3, 1), (9, 0)])])
    >>> heard = Spellings([("DRZR", *row)])
    >>> heard.names, heard.letters, list(heard.bearers(1))
    (['deir ez zor', 'dayr az zawr'], ['deirzor', 'dayrzawr'], [(3, 1), (9, 0)])
    """
    names, letters = "\n".join(name for name, _, _ in named), "\n".join(letters for _, letters, _ in named)
    likeliest = packed(places[0] for _, _, places in named)
    others = [places[1:] for _, _, places in named]
    ends = [0, *accumulate(map(len, others))]
    rest = pack(f"<{len(ends)}I", *ends) + packed(one for more in others for one in more) if ends[-1] else b""
    return names, None if letters == names.replace(" ", "") else letters, likeliest + rest


class Spellings:
    """The names of some rows, in their order; their places are read only where they are asked for.

    Parameters
    ----------
    rows : iterable of Row
    most : int, optional
        Of the names; default all.
    """

    def __init__(self, rows: Iterable[Row], most: int | None = None) -> None:
        self.names: list[str] = []
        self.letters: list[str] = []
        self.is_ascii = True
        self._rows: list[tuple[str, bytes, int, int]] = []  # consonants, places, number of the first, how many
        self._starts: list[int] = []
        for key, names, letters, places in rows:
            self._take(key, names, names.replace(" ", "") if letters is None else letters, places)
        if most is not None:
            del self.names[most:], self.letters[most:]

    def _take(self, key: str, names: str, letters: str, places: bytes) -> None:
        start = len(self.names)
        self.names += names.split("\n")
        self.letters += letters.split("\n")
        self.is_ascii = self.is_ascii and names.isascii()
        self._rows.append((key, places, start, len(self.names) - start))
        self._starts.append(start)

    def key(self, which: int) -> str:
        """Return the consonants of a name."""
        return self._row(which)[0]

    def likeliest(self, which: int) -> Posting:
        """Return the most prominent place that bears a name, and which of its names it is."""
        _, places, start, _ = self._row(which)
        place, label = POSTING.unpack_from(places, (which - start) * POSTING.size)
        return place, label

    def bearers(self, which: int) -> Iterator[Posting]:
        """Yield the places that bear a name, the most prominent first."""
        yield self.likeliest(which)
        _, places, start, count = self._row(which)
        ends = count * POSTING.size
        if len(places) > ends:
            first, last = _ENDS.unpack_from(places, ends + 4 * (which - start))
            others = ends + 4 * (count + 1)
            yield from unpacked(places[others + first * POSTING.size : others + last * POSTING.size])

    def _row(self, which: int) -> tuple[str, bytes, int, int]:
        return self._rows[bisect_right(self._starts, which) - 1]
