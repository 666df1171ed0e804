"""Figures of benchmarks over time: what was measured when, and whether a new one is worse than usual beyond noise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

HISTORY = Path(__file__).resolve().parent / "history.jsonl"
LAST = 5  # runs of which the median is what is usual


class HistoryError(Exception):
    """The file of figures, or a line of it, cannot be used."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one run: less is better. ``cores`` are those of the machine."""

    name: str
    value: float
    unit: str
    commit: str
    date: str
    cores: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure held against what is usual; ``usual`` and ``most`` are None where it was never measured before."""

    name: str
    value: float
    usual: float | None
    most: float | None

    @property
    def is_worse(self) -> bool:
        """Whether it is worse than noise explains."""
        return self.most is not None and self.value > self.most

    def __str__(self) -> str:
        if self.usual is None or self.most is None:
            return f"{self.name}: {self.value:.3f}, measured for the first time"
        change, allowed = self.value / self.usual - 1, self.most / self.usual - 1
        said = f"{self.name}: {self.value:.3f}, usually {self.usual:.3f}: {abs(change):.0%} "
        return said + (f"worse, {allowed:.0%} are allowed" if change > 0 else "better")


def held_against(
    found: Mapping[str, float], history: Sequence[Figure], tolerances: Mapping[str, float]
) -> list[Verdict]:
    """Hold each figure against the median of its last runs.

    Parameters
    ----------
    found : mapping
        Name to value.
    history : sequence of Figure
        In the order of the runs.
    tolerances : mapping
        Name to the share by which the value may exceed what is usual.

    Examples
    --------
    >>> before = [Figure("write", value, "ratio", "abc", "2026-11-28", 2) for value in (1.0, 1.2, 1.1)]
    >>> [str(verdict) for verdict in held_against({"write": 1.65}, before, {"write": 0.25})]
    ['write: 1.650, usually 1.100: 50% worse, 25% are allowed']
    """
    return [_verdict(name, value, history, tolerances[name]) for name, value in found.items()]


def _verdict(name: str, value: float, history: Sequence[Figure], tolerance: float) -> Verdict:
    before = [figure.value for figure in history if figure.name == name][-LAST:]
    if not before:
        return Verdict(name, value, None, None)
    usual = median(before)
    return Verdict(name, value, usual, usual * (1 + tolerance))


def read(path: Path = HISTORY) -> list[Figure]:
    """Return the figures of a file in their order; none if there is no file.

    Raises
    ------
    HistoryError
        Naming the line that is no figure.
    """
    if not path.is_file():
        return []
    return list(_figures(path))


def append(figures: Sequence[Figure], path: Path = HISTORY) -> None:
    """Add figures at the end of a file."""
    with path.open("a", encoding="utf-8") as stream:
        stream.writelines(f"{json.dumps(asdict(figure))}\n" for figure in figures)


def _figures(path: Path) -> Iterator[Figure]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield _figure(json.loads(line))
        except (ValueError, TypeError) as error:
            raise HistoryError(f"{path}:{number}: is no figure ({error}); mend or remove the line") from error


def _figure(row: Mapping[str, Any]) -> Figure:
    kinds = {field.name: _KINDS[str(field.type)] for field in fields(Figure)}
    if set(row) != set(kinds):
        raise ValueError(f"has {', '.join(sorted(map(str, row)))}; wanted are {', '.join(kinds)}")
    figure = Figure(**{name: kind(row[name]) for name, kind in kinds.items()})
    date.fromisoformat(figure.date)
    if not 0 < figure.value < float("inf"):
        raise ValueError(f"value {figure.value} is not above 0")
    return figure


_KINDS: Mapping[str, Callable[[Any], Any]] = {"str": str, "float": float, "int": int}
