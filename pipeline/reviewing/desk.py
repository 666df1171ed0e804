"""What a review session knows: the events, the decisions made, and the file that they are written to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.brief import read_record
from pipeline.corrections.check import Fault, checked
from pipeline.errors import InputError
from pipeline.ingest.text import clean
from pipeline.products.load import load_layers
from pipeline.products.review import review_data
from pipeline.reviewing.notebook import Notebook

__all__ = ["Desk", "open_desk"]

_Text = Annotated[str, Field(max_length=500)]
_KINDS = frozenset({"accept", "place", "coordinates", "reject", "merge", "split", "edit"})
_FORMULA = re.compile(r"[=+@\-\t\r]")
_MOST_ROWS = 300  # an event and all those resting on the same name


class _Row(BaseModel):
    """A line as the page sends it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: _Text
    event_id: _Text
    other_id: Annotated[str, Field(max_length=5000)] = ""
    field: _Text = ""
    value: _Text = ""
    precision: _Text = ""


class _Decision(BaseModel):
    """A decision as the page sends it; ``words``, ``place`` and ``at`` go back to the page as they came."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    event_id: _Text
    kind: _Text
    slot: _Text
    words: Annotated[str, Field(max_length=1000)]
    who: Annotated[str, Field(max_length=80)] = ""
    rows: Annotated[list[_Row], Field(min_length=1, max_length=_MOST_ROWS)]
    place: _Text | None = None
    at: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None


@dataclass(slots=True)
class Desk:
    """One session of review.

    Parameters
    ----------
    data : mapping
        What the page shows.
    ids : set of str
        The events that there are, by any of their ids.
    notebook : Notebook
        The file that decisions go to.
    today : callable
        The day, YYYY-MM-DD; passed in.
    who : str
        The reviewer, if the command was told.
    """

    data: Mapping[str, Any]
    ids: frozenset[str]
    notebook: Notebook
    today: Callable[[], str]
    who: str = ""
    decisions: list[_Decision] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def shown(self) -> dict[str, Any]:
        """Return the data of the page with the decisions of this session."""
        with self._lock:
            made = [one.model_dump(exclude={"rows", "who"}) for one in self.decisions]
        return {**self.data, "decisions": made, "who": self.who, "file": self.notebook.path.name}

    def decide(self, sent: object) -> None:
        """Write a decision, in place of the one that filled the same slot of the event in this session.

        Raises
        ------
        InputError
            If what was sent is no decision on one of the events.
        OutputError
            If the file cannot be written.
        """
        decision = self._read(sent)
        rows = [self._line(row, decision.who) for row in decision.rows]
        slot = (decision.event_id, decision.slot)
        with self._lock:
            if any(one.id == decision.id for one in self.decisions):
                raise InputError(f"decision {decision.id} was made before; send each once")
            self.notebook.add(decision.id, rows)
            for former in [one for one in self.decisions if (one.event_id, one.slot) == slot]:
                self._drop(former)
            self.decisions.append(decision)
            self.who = decision.who or self.who

    def undo(self) -> None:
        """Take the last decision of this session out of the file.

        Raises
        ------
        InputError
            If there is none, or the file was changed meanwhile.
        """
        with self._lock:
            if not self.decisions:
                raise InputError("nothing was decided in this session; there is nothing to undo")
            self._drop(self.decisions[-1])

    def _drop(self, decision: _Decision) -> None:
        self.notebook.take_back(decision.id)
        self.decisions.remove(decision)

    def _read(self, sent: object) -> _Decision:
        try:
            decision = _Decision.model_validate(sent)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise InputError(f"not a decision: {where or 'the whole'}: {first['msg']}; reload the page") from error
        named = [one for row in decision.rows for one in (row.event_id, *filter(None, row.other_id.split(";")))]
        unknown = next((one for one in (decision.event_id, *named) if one not in self.ids), None)
        if unknown is not None:
            raise InputError(f"no event {unknown[:40]!r} in this review; run `sitmap map` and reload the page")
        return decision

    def _line(self, row: _Row, who: str) -> Mapping[str, str]:
        """Return a line of the file; refuse what is no correction, and what a spreadsheet would run as a formula."""
        cells = {**row.model_dump(), "who": who or self.who, "when": self.today()}
        line = {name: " ".join(clean(text).text.split()) for name, text in cells.items() if text}
        for name, text in line.items():
            if _FORMULA.match(text) and not (row.kind == "coordinates" and name == "value"):
                raise InputError(
                    f"column {name}: {text[:40]!r} would be a formula in a spreadsheet; write it otherwise"
                )
        if row.kind not in _KINDS:
            raise InputError(f"column kind: {row.kind[:40]!r} is not decided here; reload the page")
        made = checked(line, file=self.notebook.path.name, line=0)
        if isinstance(made, Fault):
            raise InputError(f"column {made.column}: {made}")
        return line


def open_desk(folder: Path, *, today: Callable[[], str], who: str = "", limit: int | None = None) -> Desk:
    """Return the desk for what ``sitmap map`` wrote into a folder.

    Raises
    ------
    InputError
        If the folder does not hold a run's outputs.
    """
    layers = load_layers(folder)
    record = read_record(folder / "run.json")
    data = review_data(layers) if limit is None else review_data(layers, limit=limit)
    data |= {"title": folder.resolve().name, "generated": record.versions.get("sitmap", "")}
    ids = _ids(layers.events["event_id"], layers.events["member_ids"])
    return Desk(data, ids, Notebook(folder / "corrections.csv"), today, who)


def _ids(own: Sequence[str], members: Sequence[str]) -> frozenset[str]:
    return frozenset(one for cell in (*own, *members) for one in str(cell).split(";") if one)
