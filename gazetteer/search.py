"""Look a name up: as written first, then ever farther from its letters, until there is enough."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from gazetteer.columns import Columns
from gazetteer.database import Database
from gazetteer.models import Bearer, Candidate, Kind, MatchKind, Place
from gazetteer.names import MIN_SKELETON, core_words, fold, is_latin, similarity, sounds, variants, without_generics
from gazetteer.near_spellings import near_spellings
from gazetteer.spellings import KNOWN, MOST_NAMES, Spellings
from gazetteer.sphere import Bbox, in_box
from gazetteer.squares import squares_in

_ROWS = 400  # read for one key: places come by falling prominence, so these are the likeliest
_LIKEST = 12  # names of the same consonants: farther from the letters, consonants alone say little
_HEARD = 6  # one in so many of the places wanted may be one that only sounds alike, where nothing narrows the search,
_LEAST_HEARD = 8  # and in any case so many: what sounds less alike than these is hardly ever meant
_ALL = -1  # SQLite's word for no limit
_SKELETON_ALONE = 0.55  # likeness asked of a name that shares only its consonants with the query,
_SKELETON_BESIDE = 0.88  # and where places bear the query itself
_FUZZY = 0.75
_IN_BOX = 0.7  # asked of what lies in a box, the other names there being few
_ROUGHLY = 0.4  # likeness of the letters alone below which no two names are as alike as that
_SQUARES = 400  # the largest box whose places are all looked at: five degrees wide and high
_NEIGHBOURS = 3_000  # the most prominent of them
_PHRASE = 0.5  # asked of a name that contains all words of the query
_PART = 4  # letters of a query that may be part of a name
_ALIKE = 0.98  # the most for names that are not the same
_OTHER_SCRIPT = 0.95
_TOGETHER = 50  # keys in one statement
_ONE_KEY = "SELECT * FROM (SELECT key, place, label FROM name WHERE key = ?{key}{within} ORDER BY place LIMIT ?1)"
_MANY_KEYS = """SELECT n.key, n.place, n.label FROM json_each(?) AS k CROSS JOIN name AS n
  ON n.key = k.value AND n.place < ?{within}"""
_BONES = "SELECT key, names, letters, places FROM skeleton WHERE key = ? ORDER BY place"
_BONES_IN = "SELECT key, names, letters, places FROM skeleton_in WHERE key = ?{within}"
_NEAR_BONES = """SELECT s.key, s.names, s.letters, s.places FROM json_each(?) AS k
  CROSS JOIN skeleton AS s ON s.key = k.value AND s.place < ?"""
_NEAR_BONES_IN = """SELECT s.key, s.names, s.letters, s.places FROM json_each(?) AS k
  CROSS JOIN skeleton_in AS s ON s.key = k.value{within}"""
_IN_SQUARES = "SELECT place FROM square WHERE square BETWEEN ? AND ?"
_WORDS = "SELECT rowid FROM phrase WHERE phrase MATCH ? ORDER BY rowid LIMIT ?"
Hit = tuple[float, int, int]  # minus the likeness, place, which of its names
_Alike = tuple[float, Spellings, int]  # likeness of a name, those that it is one of, which of them


@dataclass(frozen=True, slots=True)
class Region:
    """What narrows a search: countries by code, a box (west, south, east, north), both or neither."""

    countries: frozenset[str] | None = None
    box: Bbox | None = None

    @property
    def is_open(self) -> bool:
        """Whether it narrows nothing."""
        return self.countries is None and self.box is None

    @property
    def codes(self) -> tuple[str, ...]:
        """The countries, for SQL; none if all are open."""
        return tuple(sorted(self.countries or ()))

    @property
    def within(self) -> str:
        """The condition that SQL gets for the countries, which then follow all other values."""
        return "" if self.countries is None else f" AND country IN ({', '.join('?' * len(self.countries))})"

    def holds(self, columns: Columns, number: int) -> bool:
        """Whether a place lies in it."""
        if self.countries is not None and columns.country(number) not in self.countries:
            return False
        return self.is_around(columns, number)

    def is_around(self, columns: Columns, number: int) -> bool:
        """Whether a place lies in the box, if there is one."""
        return self.box is None or in_box(*columns.point(number), self.box)


_EVERYWHERE = Region()


class _Query(NamedTuple):
    """A name as asked for, folded, where it may lie, and how many places are wanted."""

    name: str
    folded: str
    region: Region
    limit: int

    def of(self, kind: MatchKind, found: int) -> _Query:
        """Return what is wanted of a kind of match beside so many found: fewer places that only sound alike."""
        if kind != "skeleton" or not self.region.is_open:
            return self
        heard = found + max(self.limit // _HEARD, _LEAST_HEARD)
        return self if heard >= self.limit else _Query(self.name, self.folded, self.region, heard)

    @property
    def forms(self) -> tuple[str, ...]:
        """The folded name, and what is left of it without generic words."""
        return (self.folded, *without_generics(self.name))

    def most(self, found: _Found) -> int:
        """Return how many places of one key can be wanted beside those found: all, where some will not lie there."""
        return self.limit + len(found) if self.region.box is None else _ALL


_Found = Mapping[int, Candidate]
_Stage = Callable[[_Query, _Found], Iterator[Hit]]


class Search:
    """Find places by name in one index.

    Parameters
    ----------
    database, columns
        Of the index.
    place : callable
        Makes the place of a number.
    """

    def __init__(self, database: Database, columns: Columns, place: Callable[[int], Place]) -> None:
        self._database, self._columns, self._place = database, columns, place
        self._stages: tuple[tuple[MatchKind, _Stage], ...] = (
            ("exact", self._exact),
            ("variant", self._variant),
            ("skeleton", self._skeletal),
            ("fuzzy", self._near),
            ("fuzzy", self._in_box),
            ("fuzzy", self._phrase),
        )

    def find(self, name: str, limit: int, *, fuzzy: bool, region: Region) -> tuple[Candidate, ...]:
        """Return at most ``limit`` candidates: by kind of match, then likeness, then prominence.

        Each kind is looked for only where those before it have not given enough, and near spellings and parts of names
        only where there is nothing else.
        """
        query = _Query(name, fold(name), region, limit)
        found: dict[int, Candidate] = {}
        for kind, look in self._stages:
            if len(found) >= limit or (kind == "fuzzy" and (found or not fuzzy)):
                break
            wanted = query.of(kind, len(found))
            self._add(found, kind, look(wanted, found), wanted.limit)
        return tuple(found.values())

    def bearing(self, name: str, limit: int, worth: Callable[[Kind], bool]) -> list[Bearer]:
        """Return of the first ``limit`` places that bear the name itself, by prominence, those that are worth it.

        Their names are read only where it is not the usual one.
        """
        found: dict[int, int] = {}
        for _, number, label in sorted(self._exact(_Query(name, fold(name), _EVERYWHERE, limit), {})):
            found.setdefault(number, label)
        read = self._columns
        return [
            Bearer(kind, read.label(number, 0) if label else name)
            for number, label in islice(found.items(), limit)
            if worth(kind := read.kind(number))
        ]

    def _add(self, found: dict[int, Candidate], kind: MatchKind, hits: Iterable[Hit], limit: int) -> None:
        for unlikeness, number, label in sorted(hits):
            if number in found:
                continue
            if label:
                place, name = self._columns.called(number, label)
            else:
                place = self._place(number)
                name = place.name
            found[number] = Candidate(place, name, kind, -unlikeness)
            if len(found) >= limit:
                break

    def numbers_in(self, box: Bbox) -> list[int]:
        """Return the numbers of the places in a box, the most prominent first."""
        found = (row[0] for squares in squares_in(box) for row in self._database.rows(_IN_SQUARES, squares))
        return sorted(number for number in found if in_box(*self._columns.point(number), box))

    def _exact(self, query: _Query, found: _Found) -> Iterator[Hit]:
        """Yield what bears the name; one of a single letter only as it is written, for "A" and "Å" fold alike."""
        keys = (query.folded,) if query.folded == query.name else (query.folded, query.name)
        if len(query.folded) > 1:
            return self._named(keys, lambda _: 1.0, query, query.most(found))
        written = normalize("NFC", query.name)
        hits = self._named(keys, lambda _: 1.0, query, _ALL)
        return (hit for hit in hits if normalize("NFC", self._columns.label(hit[1], hit[2])) == written)

    def _variant(self, query: _Query, found: _Found) -> Iterator[Hit]:
        """Yield what bears a variant of the name."""
        keys = [key for key in variants(query.name) if len(key) > 1]
        return self._named(keys, lambda key: max(0.85, 0.95 * similarity(query.name, key)), query, query.most(found))

    def _skeletal(self, query: _Query, found: _Found) -> Iterator[Hit]:
        """Yield what has the same consonants, where names are transliterated; if nothing narrows it, the likest."""
        floor = _SKELETON_BESIDE if found else _SKELETON_ALONE
        most = _LIKEST if query.region.is_open else None
        alike: list[_Alike] = []
        forms = query.forms
        for form in forms:
            bones = sounds(form)
            if len(bones) >= MIN_SKELETON:
                alike += islice(_alike(form, bones, self._heard(bones, query.region), floor, most), most)
        return self._bearing(alike if len(forms) == 1 else _each_once(alike), query, found)

    def _heard(self, bones: str, region: Region) -> Spellings:
        """Return the names that have some consonants."""
        if region.is_open:
            return Spellings(self._database.rows(_BONES, (bones,)), MOST_NAMES)
        return Spellings(self._database.rows(_BONES_IN.format(within=region.within), (bones, *region.codes)))

    def _near(self, query: _Query, found: _Found) -> Iterator[Hit]:
        """Yield what is spelled one letter off, or has one consonant off; well-known places if nothing narrows it."""
        region = query.region
        yield from self._spelled_nearly(query, KNOWN if region.is_open else self._columns.count)
        alike: list[_Alike] = []
        for form in query.forms:
            bones = sounds(form)
            heard = self._nearly_heard(json.dumps([*near_spellings(bones)]), region)
            alike += _alike(form, bones, heard, _FUZZY)
        yield from self._bearing(_each_once(alike), query, found)

    def _nearly_heard(self, keys: str, region: Region) -> Spellings:
        if region.is_open:
            return Spellings(self._database.rows(_NEAR_BONES, (keys, KNOWN)))
        return Spellings(self._database.rows(_NEAR_BONES_IN.format(within=region.within), (keys, *region.codes)))

    def _spelled_nearly(self, query: _Query, before: int) -> Iterator[Hit]:
        region, keys = query.region, json.dumps([*near_spellings(query.folded)])
        rows = self._database.rows(_MANY_KEYS.format(within=region.within), (keys, before, *region.codes))
        likeness = lru_cache(lambda key: similarity(query.name, key))
        for key, number, label in rows:
            if likeness(key) >= _FUZZY and region.is_around(self._columns, number):
                yield -likeness(key), number, label

    def _in_box(self, query: _Query, _: _Found) -> Iterator[Hit]:
        """Yield what is spelled roughly so, of all that lies in the box."""
        box = query.region.box
        if box is None or sum(last - first + 1 for first, last in squares_in(box)) > _SQUARES:
            return
        for number in [n for n in self.numbers_in(box) if query.region.holds(self._columns, n)][:_NEIGHBOURS]:
            labels = enumerate(self._columns.labels(number))
            rough = [(label, i) for i, label in labels if _roughly(query.name, label)]
            unlike = min(((-similarity(query.name, label), i) for label, i in rough), default=(0.0, 0))
            if unlike[0] <= -_IN_BOX:
                yield unlike[0], number, unlike[1]

    def _phrase(self, query: _Query, _: _Found) -> Iterator[Hit]:
        """Yield what has a name that contains all words of the query."""
        words = set(query.folded.split())
        asked = " ".join(f'"{word}"' for word in sorted(words) if word.isalnum())
        if len(query.folded) < _PART or not asked:
            return
        for (number,) in self._database.rows(_WORDS, (asked, _ROWS if query.region.is_open else _ALL)):
            if query.region.holds(self._columns, number):
                labels = enumerate(self._columns.labels(number))
                alike = [(-similarity(query.name, label), i) for i, label in labels if words <= {*fold(label).split()}]
                if alike and min(alike)[0] <= -_PHRASE:
                    yield min(alike)[0], number, min(alike)[1]

    def _bearing(self, alike: list[_Alike], query: _Query, found: _Found) -> Iterator[Hit]:
        """Yield the places of some names, those of the likest names first, until there are as many as are wanted."""
        fresh: set[int] = set()
        most, last, wanted = query.most(found), 0.0, query.limit - len(found)
        for likeness, heard, which in sorted(alike, key=itemgetter(0), reverse=True):
            if likeness < last and len(fresh) >= wanted:
                return
            last = likeness
            bearers = heard.bearers(which, None if most == _ALL else most)
            if query.region.box is not None:
                bearers = [one for one in bearers if query.region.is_around(self._columns, one[0])]
            for number, label in bearers:
                yield -likeness, number, label
                if number not in found:
                    fresh.add(number)

    def _named(self, keys: Sequence[str], likeness: Callable[[str], float], query: _Query, most: int) -> Iterator[Hit]:
        """Yield the places that bear one of some names, at most so many of each."""
        region = query.region
        scores: dict[str, float] = {}
        for key, number, label in self._rows(keys, most, region):
            if region.is_around(self._columns, number):
                if key not in scores:
                    scores[key] = -likeness(key)
                yield scores[key], number, label

    def _rows(self, keys: Sequence[str], most: int, region: Region) -> Iterator[tuple[str, int, int]]:
        known, codes = self._columns.sieve.sifted(keys), region.codes
        for start in range(0, len(known), _TOGETHER):
            part = known[start : start + _TOGETHER]
            yield from self._database.rows(_by_keys(len(part), region.within), (most, *part, *codes))


@lru_cache
def _by_keys(count: int, within: str) -> str:
    """Return the statement for so many keys: the most of each, the keys, the countries."""
    last = iter(range(count + 2, count + 2 + within.count("?")))
    numbered = "".join(f"?{next(last)}" if letter == "?" else letter for letter in within)
    return " UNION ALL ".join(_ONE_KEY.format(key=i + 2, within=numbered) for i in range(count))


def _roughly(name: str, label: str) -> bool:
    """Whether two names could be alike, from their letters as they are: quick, and true rather too often."""
    if is_latin(name) != is_latin(label):
        return True
    return Levenshtein.normalized_similarity(name, label, score_cutoff=_ROUGHLY) > 0


def _alike(form: str, bones: str, heard: Spellings, floor: float, most: int | None = None) -> Iterator[_Alike]:
    """Yield the names that are as like a form of the query as asked, those with the likest letters first.

    Latin queries meet Latin names only; in two scripts, consonants are all that can be compared.
    """
    latin = is_latin(form)
    if not latin:
        for i in [i for i, name in enumerate(heard.names) if is_latin(name)]:
            likeness = _OTHER_SCRIPT * _sounded(bones, heard.keys[i])
            if likeness >= floor:
                yield round(likeness, 4), heard, i
    letters, cutoff = "".join(core_words(form)), max(0.0, 2 * floor - 1)
    ratio, keys = Levenshtein.normalized_similarity, heard.keys
    more = most and 2 * most  # for some may be of two scripts at once
    for found, spelled, i in extract(letters, heard.letters, scorer=ratio, score_cutoff=cutoff, limit=more):
        sounded = 1.0 if keys[i] == bones else _sounded(bones, keys[i])
        is_same = spelled == 1.0 and heard.names[i] == form
        likeness = 1.0 if is_same else _likeness(spelled, sounded)
        if likeness >= floor and (found.isascii() or is_latin(found)) == latin:
            yield likeness, heard, i


def _sounded(bones: str, key: str) -> float:
    return 1.0 if key == bones else Levenshtein.normalized_similarity(bones, key)


@lru_cache(maxsize=4_096)
def _likeness(spelled: float, sounded: float) -> float:
    """Return the likeness of names that are not the same, from that of their letters and that of their consonants."""
    return round(min(_ALIKE, (spelled + sounded) / 2), 4)


def _each_once(alike: Iterable[_Alike]) -> list[_Alike]:
    """Return each name once, with the greatest likeness that some form of the query has to it."""
    best: dict[tuple[str, int], _Alike] = {}
    for one in alike:
        likeness, heard, which = one
        name = heard.names[which], heard.likeliest(which)
        if name not in best or likeness > best[name][0]:
            best[name] = one
    return [*best.values()]
