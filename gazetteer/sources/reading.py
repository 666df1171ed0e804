"""What came of reading a source: rows read, rows that could not be, whom to credit; too many bad rows stop it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from gazetteer.errors import SourceError

MOST_BAD = 0.02  # share of bad rows above which a file is not what it is taken for
_KEPT = 20  # bad rows that are kept to be shown
_CHECK_EVERY = 20_000
_LONGEST_VALUE = 60


@dataclass(slots=True)
class Reading:
    """The tally of one source, filled by its importer.

    Parameters
    ----------
    rows, bad : int
        Rows read, good and bad; and the bad ones among them.
    bad_beside : int
        Bad rows of files that only add to the source, such as tables of codes.
    examples : list of str
        The first bad rows: file, line, cause, value.
    credits : dict of str to str
        Key under which places name a source of their own within this one -> whom to credit.

    Examples
    --------
    >>> reading = Reading()
    >>> reading.good()
    >>> reading.skip("SY.txt line 7", "expected 19 columns, found 3")
    >>> reading.rows, reading.bad, reading.examples
    (2, 1, ['SY.txt line 7: expected 19 columns, found 3'])
    """

    rows: int = 0
    bad: int = 0
    bad_beside: int = 0
    examples: list[str] = field(default_factory=list)
    credits: dict[str, str] = field(default_factory=dict)

    def good(self) -> None:
        """Count a row that was read."""
        self.rows += 1

    def skip(self, where: str, cause: str) -> None:
        """Count a row that could not be read.

        Raises
        ------
        SourceError
            So many are bad that the file is not what it is taken for.
        """
        self.rows += 1
        self.bad += 1
        if len(self.examples) < _KEPT:
            self.examples.append(f"{where}: {cause}")
        if self.bad % _CHECK_EVERY == 0:
            self.check(where)

    def add_beside(self, other: Reading) -> None:
        """Take over the bad rows of a file that adds to the source."""
        self.bad_beside += other.bad
        self.examples += other.examples[: max(0, _KEPT - len(self.examples))]

    def check(self, file: str) -> None:
        """Raise SourceError if too large a share was bad, or nothing was read at all."""
        if self.rows == 0:
            raise SourceError(f"{file}: holds no places; is it the right file?")
        if self.bad > MOST_BAD * self.rows:
            shown = "; ".join(self.examples[:3])
            raise SourceError(
                f"{file}: {self.bad:,} of {self.rows:,} rows cannot be read ({shown}); mend them or give another file"
            )


def degrees(text: str, what: str, most: int) -> float:
    """Return a coordinate; ValueError with what it is called and its value if it is none within ``most`` degrees."""
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{what} is {shown(text)}, not a number") from None
    if not isfinite(value) or abs(value) > most:
        raise ValueError(f"{what} is {shown(text)}, not within {most} degrees")
    return value


def shown(value: object) -> str:
    """Return a value as a message may show it: quoted, on one line, not too long."""
    text = str(value)
    return repr(text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…")
