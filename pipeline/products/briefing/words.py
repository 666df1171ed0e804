"""Say numbers, dates, ranges, trends and likelihoods in words that claim no more than the figures do."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# Bidi controls, zero-width fillers, byte-order marks: a reader cannot see them, and they can reorder what can be seen.
# The joiners U+200C and U+200D stay: Persian and Indic names are misspelt without them.
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_HALF_PAIR = re.compile(r"[\ud800-\udfff]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@cache
def tables() -> Mapping[str, Any]:
    """Read ``data/words.yaml`` once."""
    text = files("pipeline.products.briefing").joinpath("data/words.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@dataclass(frozen=True, slots=True)
class Range:
    """A number as low, best and high; None where the text leaves that end open."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def is_stated(self) -> bool:
        """Whether the text gives any number."""
        return (self.low, self.best, self.high) != (None, None, None)


def plain(text: object) -> str:
    r"""Return ``text`` on one line, without control characters and invisible or reordering ones.

    Examples
    --------
    >>> plain("Ain\u202e al-Asad\n air base\x00")
    'Ain al-Asad air base'
    """
    return " ".join(visible(str(text)).split())


def visible(text: str) -> str:
    """Return ``text`` with its spaces as they are, each control character a space, and no invisible ones."""
    return _HALF_PAIR.sub("\ufffd", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))


def digits(number: float) -> str:
    """Write a number with thousands separators, and at most two decimals, so that a mean of four weeks is exact.

    Examples
    --------
    >>> digits(1200), digits(2.0), digits(2.25)
    ('1,200', '2', '2.25')
    """
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def number_word(number: int) -> str:
    """Write zero to nine in words, larger numbers in digits.

    Examples
    --------
    >>> number_word(4), number_word(14)
    ('four', '14')
    """
    small: Sequence[str] = tables()["numbers"]
    return small[number] if 0 <= number < len(small) else digits(number)


def plural(number: int, noun: str, several: str = "") -> str:
    """Return the noun in the form that the number asks for.

    Examples
    --------
    >>> plural(1, "incident"), plural(0, "incident"), plural(2, "province"), plural(3, "country", "countries")
    ('incident', 'incidents', 'provinces', 'countries')
    """
    return noun if number == 1 else several or f"{noun}s"


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["Iraq", "Syria", "Yemen"])
    'Iraq, Syria and Yemen'
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def range_phrase(count: Range) -> str:
    """Say low, best and high as a reader would.

    Examples
    --------
    >>> range_phrase(Range(8, 8, 8)), range_phrase(Range(62, 62, None)), range_phrase(Range(2, 3, None))
    ('8', 'at least 62', 'at least 2, best estimate 3')
    >>> range_phrase(Range(None, None, 40)), range_phrase(Range(5, 6, 7)), range_phrase(Range())
    ('at most 40', '5 to 7, best estimate 6', 'not stated')
    """
    low, best, high = count.low, count.best, count.high
    if not count.is_stated:
        return "not stated"
    if low is not None and low == high:
        return digits(low)
    ends = _ends(low, high)
    if best is None or (high is None and best == low):
        return ends
    return f"{ends}, best estimate {digits(best)}" if ends else f"about {digits(best)}"


def _ends(low: int | None, high: int | None) -> str:
    """Say the two ends of a range, either of which may be open."""
    if low is not None and high is not None:
        return f"{digits(low)} to {digits(high)}"
    if low is not None:
        return f"at least {digits(low)}"
    return f"at most {digits(high)}" if high is not None else ""


def day_phrase(day: date) -> str:
    """Write a day in full.

    Examples
    --------
    >>> day_phrase(date(2023, 11, 20))
    '20 November 2023'
    """
    return f"{day.day} {day:%B %Y}"


def span_phrase(first: date, last: date) -> str:
    """Write a span of days, each part said once.

    Examples
    --------
    >>> span_phrase(date(2023, 11, 20), date(2023, 11, 26))
    '20 to 26 November 2023'
    >>> span_phrase(date(2023, 11, 1), date(2023, 11, 30))
    'November 2023'
    >>> span_phrase(date(2023, 12, 28), date(2024, 1, 3))
    '28 December 2023 to 3 January 2024'
    """
    if first == last:
        return day_phrase(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return f"{first:%B %Y}"
    if same_month:
        return f"{first.day} to {day_phrase(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else day_phrase(first)
    return f"{start} to {day_phrase(last)}"


def date_phrase(first: date | None, last: date | None, time_precision: int | None) -> str:
    """Write an event's date no more finely than it is known.

    Parameters
    ----------
    first, last : date or None
        The span within which the event lies.
    time_precision : int or None
        ACLED's: 1 day, 2 week, 3 month.

    Examples
    --------
    >>> date_phrase(date(2023, 11, 20), date(2023, 11, 20), 1)
    '20 November 2023'
    >>> date_phrase(date(2023, 11, 20), date(2023, 11, 20), 2)
    'about 20 November 2023, to the week'
    >>> date_phrase(None, None, None)
    'date not stated'
    """
    if first is None:
        return "date not stated"
    if last is not None and last > first:
        phrase = span_phrase(first, last)
        return phrase if phrase == f"{first:%B %Y}" else f"between {phrase.replace(' to ', ' and ', 1)}"
    if time_precision == 2:
        return f"about {day_phrase(first)}, to the week"
    return f"{first:%B %Y}" if time_precision == 3 else day_phrase(first)


def change_percent(week: int, mean: float) -> float | None:
    """Return the change of ``week`` against ``mean`` in per cent; None where there is nothing to compare with."""
    return None if mean == 0 else (week - mean) / mean * 100


def is_small(week: int, mean: float) -> bool:
    """Whether numbers are so small that ACLED calls any change limited."""
    small = tables()["small"]
    return bool(mean <= small["mean"] and week <= small["week"])


def trend_word(week: int, mean: float) -> str:
    """Return ACLED's word for this week against the mean of the four weeks before.

    Examples
    --------
    >>> trend_word(10, 5.0), trend_word(11, 10.0), trend_word(4, 10.0), trend_word(5, 2.0)
    ('large increase', 'limited change', 'large decrease', 'limited change')
    """
    if is_small(week, mean):
        return str(tables()["small"]["word"])
    change = change_percent(week, mean)
    rows = tables()["trend"]
    return str(next(row["word"] for row in rows if change is None or _reached(change, row)))


def _reached(change: float, row: Mapping[str, Any]) -> bool:
    """Whether a change reaches the floor of a row of the trend table."""
    if "above" in row:
        return bool(change > row["above"])
    return "from" not in row or bool(change >= row["from"])


def probability_word(share: float) -> str:
    """Return the ICD 203 word for a probability.

    Raises
    ------
    ValueError
        If ``share`` is not between 0 and 1.

    Examples
    --------
    >>> probability_word(0.7), probability_word(0.5), probability_word(0.9)
    ('likely', 'roughly even chance', 'very likely')
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not at {share}")
    return str(next(row["word"] for row in tables()["likelihood"] if share <= row["to"] / 100))


@cache
def _mixed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns of a likelihood and of a confidence level."""
    steps = tables()["likelihood"]
    terms = [row[key] for row in steps for key in ("word", "also")] + list(tables()["likelihood_forms"])
    levels = "|".join(tables()["confidence"])
    return (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{levels})[ -](?:level of )?confidence|\bconfidence(?: is|:) (?:{levels})\b", re.IGNORECASE),
    )


def lint_confidence(text: str) -> list[str]:
    """Return the sentences that put a likelihood and a confidence level side by side, which ICD 203 forbids.

    Examples
    --------
    >>> lint_confidence("We have high confidence in the place. An attack is likely.")
    []
    >>> lint_confidence("It is likely, with moderate confidence, that this was a drone.")
    ['It is likely, with moderate confidence, that this was a drone.']
    """
    likelihood, level = _mixed()
    sentences = filter(None, map(str.strip, _SENTENCE.split(text)))
    return [sentence for sentence in sentences if likelihood.search(sentence) and level.search(sentence)]
