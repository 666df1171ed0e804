"""One line of a corrections file, checked; and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from pipeline.models import Count

__all__ = ["Correction", "Kind", "Outcome", "Setting", "State"]

Kind = Literal["place", "coordinates", "not_a_place", "reject", "merge", "split", "actor", "edit", "accept"]
State = Literal["applied", "overruled", "matches nothing", "unknown place"]
#: What a value means once read: words, a point (lat, lon), a span of days, or a number of people.
Setting = str | tuple[float, float] | tuple[date, date] | Count


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    Parameters
    ----------
    kind : str
        See ``data/kinds.yaml``.
    file, line : str, int
        Where it is written: the file's name without its folder, and the line.
    event_id, other_ids : str, tuple of str
        The events it is about, by any id that they go by or went by.
    doc_id, words, country : str
        The report, words of it (a place's name, or some of the sentence), and the country (ISO 3166-1 alpha-2) that
        most of the report's places must lie in.
    field, value, setting : str
        What is set, as written, and as read.
    radius_km, precision : float or None, int or None
        Of ``coordinates``: how far around the point, and ACLED's ``geo_precision``.
    who, when, note : str
        Who says so, when, and why.
    """

    kind: Kind
    file: str
    line: int
    event_id: str = ""
    other_ids: tuple[str, ...] = ()
    doc_id: str = ""
    words: str = ""
    country: str = ""
    field: str = ""
    value: str = ""
    setting: Setting = ""
    radius_km: float | None = None
    precision: int | None = None
    who: str = ""
    when: str = ""
    note: str = ""

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"

    @property
    def mark(self) -> str:
        """Who set it, and where that is written: what every corrected thing carries."""
        return f"set by {self.who or 'an analyst'} in {self.where}"

    def agrees_with(self, other: Correction) -> bool:
        """Whether two lines on one thing say the same of it."""
        return (self.kind, self.field, self.setting) == (other.kind, other.field, other.setting)

    @property
    def about(self) -> str:
        """What it is about, for messages."""
        named = (
            f"event {self.event_id}" if self.event_id else "",
            f"“{self.words}”" if self.words else "",
            f"in {self.doc_id}" if self.doc_id else "",
        )
        return " ".join(filter(None, named))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction: ``matched`` places or events, and whether another line overruled it."""

    correction: Correction
    state: State
    matched: int = 0
    why: str = ""

    @property
    def warning(self) -> str:
        """What is to be said of it on standard error and in the briefing; empty where all is well."""
        one = self.correction
        if self.state == "applied":
            return self.why
        told = {
            "matches nothing": f"matches nothing any more: {one.kind} {one.about}",
            "overruled": f"not applied: {self.why}",
            "unknown place": f"not applied: the gazetteer has no place {one.value!r}",
        }
        return f"{one.where}: {told[self.state]}"

    def row(self) -> Mapping[str, object]:
        """Return it as plain values, for ``run.json``."""
        shown = ("kind", "event_id", "doc_id", "words", "country", "field", "value", "who", "when", "note")
        told = asdict(self.correction)
        about = {name: told[name] for name in shown if told[name]}
        others = {"other_id": ";".join(self.correction.other_ids)} if self.correction.other_ids else {}
        state = {"state": self.state, "matched": self.matched, "warning": self.warning}
        return {"where": self.correction.where, **about, **others, **state}
