"""What a report tells beside the codes: names, ages, numbers, days and the words that few other reports use."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.events._words import either, fold, table
from pipeline.events.dates import TimeMention, find_times
from pipeline.events.merging.spellings import ARTICLE, sound_of
from pipeline.events.numbers import cardinal, find_numbers, parse_number

STEM = 6  # letters of a word that are compared: "bombed", "bombing"
LEAST_LETTERS = 3
LEAST_FIGURE = 3  # "two" is in every report
YEARS = range(1900, 2101)
MOST_WORDS_IN_NAME = 3
UNCOMMON = 0.5  # rarity
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAME = re.compile(rf"(?<![\w-])(?:{ARTICLE})?[A-Z][\w'’-]+(?:[ -](?:{ARTICLE}|de |el |of )?[A-Z][\w'’-]+)*")
_PERSON = r"[A-Z][\w'’-]+(?: (?:al-|ad-|as-|ash-|de |el |of )?[A-Z][\w'’-]+){1,3}"
_AFTER = re.compile(r"(an?|one|two|three) days? after\b", re.IGNORECASE)
_NOUN = re.compile(r"\s+(?:other |more |people |of the )?([^\W\d_]{3,})")
_AGE = re.compile(
    r"\b(?P<before>[\w-]+?)[- ]year[- ]old\b|\b(?:aged?|age of) (?P<aged>[\w-]+)|"
    r"\b(?:man|woman|boy|girl|child|volunteer|driver|resident|civilian) of (?P<of>\d{1,3})\b|"
    r", (?P<comma>\d{1,2}),(?! \d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Details:
    """Of the text that tells of an event: ages, figures with the noun they count, days told, names and word stems.

    ``names`` are the names as written, folded, by their sounds; ``stems`` the beginnings of its words,
    ``sites`` the names of camps, hotels and the like, by their kind.
    """

    ages: frozenset[int] = frozenset()
    figures: frozenset[tuple[int, str]] = frozenset()
    days: frozenset[date] = frozenset()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stems: frozenset[str] = frozenset()
    again: bool = False
    sites: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def name_keys(self) -> frozenset[str]:
        """The sounds of the names that are no words of every report."""
        return frozenset(key for key, names in self.names.items() if any(map(is_uncommon, names)))


NO_DETAILS = Details()


def details_of(text: str, today: date | None) -> Details:
    """Return the details of a text.

    Examples
    --------
    >>> found = details_of("A boy, 11, and 43 pupils were hurt in Sarmin on Monday.", date(2024, 10, 15))
    >>> found.ages, found.figures, found.days
    (frozenset({11}), frozenset({(43, 'pupil')}), frozenset({datetime.date(2024, 10, 14)}))
    """
    ages = frozenset(filter(None, map(_age, _AGE.finditer(text))))
    times = find_times(text, today=today)
    figures, days = _figures(text, ages, times), _days(times, today)
    return Details(ages, figures, days, names_in(text), stems_of(text), says_again(text))


def _age(match: re.Match[str]) -> int | None:
    count = parse_number(next(filter(None, match.groups())).strip("-"))
    return None if count is None else count.best


def _figures(text: str, ages: Iterable[int], times: Sequence[TimeMention]) -> frozenset[tuple[int, str]]:
    """Return the numbers that are no days, years, ages or small ones, each with the stem of the noun after it."""
    found, left_out = set(), set(ages)
    for number in find_numbers(text):
        value = number.count.best
        if value is None or value < LEAST_FIGURE or value in YEARS or value in left_out:
            continue
        if any(t.start < number.end and number.start < t.end for t in times):
            continue
        if (noun := _NOUN.match(text, number.end)) is not None:
            found.add((value, stem(noun[1])))
    return frozenset(found)


def _days(told: Sequence[TimeMention], today: date | None) -> frozenset[date]:
    """Return the single days that are told, and those counted from them: "on Friday, a day after the attack"."""
    days = {m.date_start for m in told if m.date_start is not None and m.date_start == m.date_end}
    starts = days | ({today} if today is not None else set())
    return frozenset(days | {d for m in told for d in _counted(starts, m)})


def _counted(starts: Iterable[date], mention: TimeMention) -> list[date]:
    """Return the days that "a day earlier" or "two days after the raid" may stand for, from any other day told."""
    off = mention.offset_days
    if off is None and (after := _AFTER.match(mention.text)) is not None:
        off = -(cardinal(after[1]) or 1)
    return [] if not off else [d + timedelta(days=off) for d in starts if 1 < d.year < 9999]


def names_in(text: str) -> Mapping[str, frozenset[str]]:
    """Return the names of a text, each run of capitalised words and its single words, by their sounds.

    Examples
    --------
    >>> sorted(name for names in names_in("They entered Warta Nabada").values() for name in names)
    ['nabada', 'they', 'warta', 'warta nabada']
    """
    found: dict[str, set[str]] = {}
    speakers = _speakers(text)
    for match in _NAME.finditer(text):
        words = fold(match[0]).replace("-", " ").split()
        if speakers.intersection(words):
            continue
        for size in range(1, min(len(words), MOST_WORDS_IN_NAME) + 1):
            for at in range(len(words) - size + 1):
                name = " ".join(words[at : at + size]).removesuffix("'s")
                found.setdefault(sound_of(name), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _speakers(text: str) -> frozenset[str]:
    """Return the words of the names of those who only speak of it: one official speaks of all that happens near him."""
    names = (name for match in _speaker().finditer(text) for name in match.groups() if name)
    return frozenset(word for name in names for word in fold(name).replace("-", " ").split())


@cache
def _speaker() -> re.Pattern[str]:
    """Return the pattern of a person who speaks: "A B, the mayor, said", "said the mayor, A B."."""
    speaking = rf"(?:{either(table('merging')['speaking_verbs'])})"
    aside = r"(?:, (?!(?:was|were|is|has|had|who|and|died)\b)[^,.;]{1,80},)?"
    before = rf"({_PERSON}){aside}\s(?:\w+\s)?{speaking}\b"
    return re.compile(rf"{before}|\b{speaking}\s(?:\w+\s)?(?:by\s)?[^,.;]{{0,60}}?,?\s({_PERSON})(?=[.,])")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the beginning of a word, which its forms share.

    Examples
    --------
    >>> stem("bombings"), stem("bombed"), stem("Pupils")
    ('bomb', 'bomb', 'pupil')
    """
    plain = fold(word).removesuffix("'s")
    if plain.endswith("s") and not plain.endswith("ss") and len(plain) > LEAST_LETTERS:
        plain = plain[:-1]
    if len(plain) >= STEM:
        plain = plain.removesuffix("ing").removesuffix("ed")
    return plain[:STEM]


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the words of a text."""
    return frozenset(stem(m[0]) for m in _WORD.finditer(text) if len(m[0]) >= LEAST_LETTERS)


@cache
def _frequencies() -> tuple[Mapping[str, int], int]:
    """Return how many of the counted texts have a stem, and how many texts were counted."""
    path = files("pipeline.events").joinpath("data/word_frequencies.csv")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]
    counts = {word: int(number) for word, number in rows}
    return counts, counts.pop("")


def rarity(word: str) -> float:
    """Return how rare a stem is, 0 for what every report says to 1 for what none of the counted ones does.

    Examples
    --------
    >>> rarity("kill") < rarity("mosque") < rarity("qxzwv") == 1.0
    True
    """
    counts, texts = _frequencies()
    return 1 - math.log(1 + counts.get(word, 0)) / math.log(1 + texts)


def is_uncommon(name: str) -> bool:
    """Return whether all words of a name are in few reports.

    Examples
    --------
    >>> is_uncommon("warta nabada"), is_uncommon("police")
    (True, False)
    """
    return all(len(word) >= LEAST_LETTERS and rarity(stem(word)) >= UNCOMMON for word in name.split())


def says_again(text: str) -> bool:
    """Return whether a text speaks of "another", a "second" or a "separate" one.

    Examples
    --------
    >>> says_again("A second strike hit the port."), says_again("A strike hit the second floor.")
    (True, False)
    """
    return _again().search(text) is not None


@cache
def _again() -> re.Pattern[str]:
    words = table("merging")
    between = r"\s+(?:[\w-]+\s+){0,2}?"
    return re.compile(
        rf"(?<![\w-])(?:(?:{either(words['again_before'])}){between}(?:{either(words['again_events'])})s?|"
        rf"{either(words['again_words'])})(?!\w)",
        re.IGNORECASE,
    )
