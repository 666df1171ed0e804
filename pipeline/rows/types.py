"""The kind of event that a row tells of, in ACLED's terms, by the tables of ``data/types.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.codes import event_type_of, event_types, sub_event_types
from pipeline.events.kinds import decide_sub_type
from pipeline.events.triggers import instrument_in, load_tables
from pipeline.ingest.tabular import TableRow
from pipeline.models import Actor

UNKNOWN = "Other"
_GENERAL = frozenset({"attack"})  # ACLED's name for violence on civilians, and anybody's word for any violence
_WORD = re.compile(r"[\w'/-]+")
_MOST_WORDS = 3  # of a trigger: "exchange of fire"


@dataclass(frozen=True, slots=True)
class Kind:
    """ACLED's sub-event type, None where the row tells of no incident; and what a reader should know of the coding."""

    sub: str | None
    notes: tuple[str, ...] = ()

    @property
    def event_type(self) -> str:
        """ACLED's event type."""
        return event_type_of(self.sub or UNKNOWN)


def kind_of(row: TableRow, perpetrator: Actor | None, target: Actor | None) -> Kind:
    """Return what kind of event a row tells of.

    ACLED's own types are kept, UCDP's and GDELT's mapped by table; other words are read by the trigger words of the
    reports. What cannot be told is ``Other``, and the notes say so.
    """
    if row.kind == "ucdp":
        return _ucdp(row.text("type"))
    if row.kind == "gdelt":
        return _gdelt(row.text("type"))
    return _named(row, perpetrator, target)


@cache
def _tables() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(
        files("pipeline.rows").joinpath("data/types.yaml").read_text(encoding="utf-8")
    )
    return loaded


@cache
def _own(what: str) -> Mapping[str, str]:
    """Return ACLED's names by their lower case: of ``sub`` or of ``event`` types."""
    return {name.casefold(): name for name in (sub_event_types() if what == "sub" else event_types())}


def _ucdp(code: str) -> Kind:
    if not code.isdecimal() or int(code) not in _tables()["ucdp"]:
        return Kind(UNKNOWN, (f"type_of_violence {code!r} is none of 1 to 3: the kind of event is not known",))
    words = _tables()["ucdp_words"][int(code)]
    return Kind(_tables()["ucdp"][int(code)], (f"UCDP codes it as {words}; with what weapons it does not say",))


def _gdelt(code: str) -> Kind:
    table = _tables()["gdelt"]
    padded = code if len(code) > 1 else f"0{code}"
    known = next((padded[:length] for length in range(len(padded), 1, -1) if padded[:length] in table), None)
    if known is None:
        return Kind(UNKNOWN, (f"CAMEO code {code!r} is not known: the kind of event is not known",))
    said = _tables()["gdelt_words"][padded[:2]]
    sub = table[known]
    return Kind(sub, (f"CAMEO {padded} ({said}): " + ("coded by machine" if sub else "words, no incident"),))


def _named(row: TableRow, perpetrator: Actor | None, target: Actor | None) -> Kind:
    """Return the kind that the cells of type and sub-type name; without any, what the notes name as weapon."""
    cells = [row.text("sub_type").casefold(), row.text("type").casefold()]
    sub = next((_own("sub")[cell] for cell in cells if cell in _own("sub")), None)
    if sub and (row.kind == "acled" or sub.casefold() not in _GENERAL):
        return Kind(sub)
    for cell in filter(None, (row.text("sub_type"), row.text("type"))):
        found = _by_words(cell, perpetrator, target)
        if found:
            return Kind(found, (f"kind of event read from {cell!r}",))
    told = f"{row.text('headline')} {row.text('notes')}"
    weapon = instrument_in(told)
    own = _own("event").get(row.text("type").casefold())
    if own:
        return _of_type(own, weapon)
    if weapon and weapon in sub_event_types():
        return Kind(weapon, ("kind of event read from the weapon that the description names",))
    cell = row.text("sub_type") or row.text("type")
    return Kind(
        UNKNOWN, (f"kind of event {cell!r} is not known" if cell else "the table does not say what kind of event",)
    )


def _of_type(event_type: str, weapon: str | None) -> Kind:
    if weapon in sub_event_types() and event_type_of(weapon or UNKNOWN) == event_type:
        return Kind(weapon, ("sub-type read from the weapon that the description names",))
    sub = _tables()["event_types"][event_type]
    return Kind(sub, (f"the table says no more than {event_type}: the sub-type is the usual one",))


def _by_words(cell: str, perpetrator: Actor | None, target: Actor | None) -> str | None:
    """Return the sub-event type that a cell names: by the table, a weapon, or a word that tells of an event."""
    words: Mapping[str, str] = _tables()["words"]
    if cell.casefold() in words:
        return words[cell.casefold()]
    weapon = instrument_in(cell)
    if weapon and weapon in sub_event_types():
        return weapon
    triggers = load_tables()
    families = (triggers.nouns.get(run) or triggers.verbs.get(run) for run in _runs(cell))
    family = next(filter(None, families), None)
    return decide_sub_type(family, perpetrator, target) if family else None


def _runs(cell: str) -> Iterator[str]:
    """Yield the runs of words of a cell, the longest first, with and without an ending."""
    words = _WORD.findall(cell.casefold())
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            run = " ".join(words[at : at + size])
            yield from dict.fromkeys((run, run.removesuffix("s"), run.removesuffix("es"), run.removesuffix("ed")))
