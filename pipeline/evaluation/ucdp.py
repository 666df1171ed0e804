"""UCDP's places of Syria: found from their descriptions, and found in the headlines that name them."""

from __future__ import annotations

import csv
import gzip
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer
from gazetteer.lookup import Ranked
from gazetteer.sphere import distance_km
from pipeline.errors import InputError
from pipeline.evaluation.corpora import is_located, read_documents, write_documents
from pipeline.evaluation.means import Means
from pipeline.evaluation.pairs import MISS_KM
from pipeline.evaluation.results import Error, Figures, Results
from pipeline.rows import look_within

PLACES, HEADLINES = "UCDP places", "UCDP headlines"
NEAR_KM = 10.0
COUNTRY = "Syria"
FILES = {
    PLACES: ("ucdp/ucdp_syria_places.csv", "ucdp/ucdp_syria_events.csv.gz"),
    HEADLINES: ("ucdp/ucdp_syria_headlines.jsonl",),
}
Look = Callable[[Gazetteer, str, Sequence[str]], Sequence[Ranked]]


@dataclass(frozen=True, slots=True)
class Case:
    """A coded place and how near the answers came.

    Parameters
    ----------
    number : int
        Of the row, from 0; of a headline, its id. Those of even number may be studied; of the odd ones only totals
        are seen.
    described : str
        UCDP's words for the place, with its areas.
    where_prec : str
        UCDP's precision code, 1 to 7.
    events : int
        Events coded there.
    km : float
        How far off the first answer is; for a headline, the nearest place found in it.
    nearest_km : float
        How far off the best of the answers is.
    expected : str
        Where it was coded: "lat, lon".
    answer : str
        The first answer; for a headline, all places found in it.
    score : float
    reasons : tuple of str
    """

    number: int
    described: str
    where_prec: str
    events: int
    km: float
    nearest_km: float
    expected: str
    answer: str = ""
    score: float = 0.0
    reasons: tuple[str, ...] = ()


def measure_places(shared: Path, gazetteer: Gazetteer, look: Look = look_within) -> Results:
    """Look up each coded place by its description, with its district and governorate as context.

    Parameters
    ----------
    shared : Path
        The shared folder.
    gazetteer : Gazetteer
        With Who's On First's Syria, where that is meant.
    look : callable, optional
        (gazetteer, name, areas) -> answers, best first.

    Returns
    -------
    Results
        ``first10``: first answer within 10 km, ``any10``: one of the answers is; by place, by event, and for the
        rows of odd number alone.

    Raises
    ------
    InputError
        If a file is missing or a row cannot be used.
    """
    path, coded = (shared / name for name in FILES[PLACES])
    precision = _precision(coded)
    cases = []
    for number, row in enumerate(_rows(path)):
        areas = [area for area in (row["adm_2"], row["adm_1"], COUNTRY) if area]
        found = look(gazetteer, row["where_coordinates"], areas)
        cases.append(_placed(number, row, found, precision.get(_key(row), "")))
    return _results(PLACES, "places", cases)


def _placed(number: int, row: Mapping[str, str], found: Sequence[Ranked], where_prec: str) -> Case:
    lat, lon = float(row["latitude"]), float(row["longitude"])
    off = [distance_km(lat, lon, ranked.place.lat, ranked.place.lon) for ranked in found]
    described = ", ".join(filter(None, (row["where_coordinates"], row["adm_2"], row["adm_1"])))
    case = Case(number, described, where_prec, int(row["events"]), MISS_KM, MISS_KM, f"{lat:.3f}, {lon:.3f}")
    if not found:
        return case
    best = found[0]
    answer = f"{best.place.name}, {best.place.admin1} ({best.place.place_id})"
    reasons = tuple(why.text for why in best.reasons)
    return replace(case, km=off[0], nearest_km=min(off), answer=answer, score=best.score, reasons=reasons)


def measure_headlines(means: Means) -> Results:
    """Geoparse each headline; the coded place should be among the places found, within 10 km.

    Raises
    ------
    InputError
        If the file is missing or a line cannot be used.
    """
    rows = read_documents(means.shared / FILES[HEADLINES][0])
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder) / "headlines.jsonl", Path(folder) / "answered.jsonl"
        write_documents(
            texts, [{"doc_id": str(i), "text": r["headline"], "date": r["date"]} for i, r in enumerate(rows)]
        )
        means.geoparse(texts, out, given=False)
        answered = read_documents(out)
    cases = [_headline(row, found["toponyms"]) for row, found in zip(rows, answered, strict=True)]
    results = _results(HEADLINES, "headlines", cases)
    results.judges[HEADLINES] = means.judge
    return results


def _headline(row: Mapping[str, Any], toponyms: Sequence[Mapping[str, Any]]) -> Case:
    found = [toponym for toponym in toponyms if is_located(toponym)]
    off = min((distance_km(row["lat"], row["lon"], t["lat"], t["lon"]) for t in found), default=MISS_KM)
    answer = "; ".join(f"{t['text']} -> {t['name']}, {t['admin1']}, {t['country']}" for t in found)
    described = f"{row['place']}: {row['headline']}"
    expected = f"{row['lat']:.3f}, {row['lon']:.3f}"
    return Case(int(row["id"]), described, str(row["where_prec"]), 1, off, off, expected, answer)


def _results(row: str, part: str, cases: Sequence[Case]) -> Results:
    results = Results()
    results.add(row, _shares(row, cases) | {"first10_odd": _share([c for c in cases if c.number % 2])})
    codes = sorted({case.where_prec for case in cases})
    results.by_precision[row] = {code: _shares(row, [c for c in cases if c.where_prec == code]) for code in codes}
    wrong = [c for c in cases if c.km > NEAR_KM and c.number % 2 == 0]  # those of odd number are not to be looked at
    results.errors.extend(
        Error(row, part, str(c.number), c.described, c.answer, round(c.km, 1), c.score, c.expected, c.events, c.reasons)
        for c in wrong
    )
    return results


def _shares(row: str, cases: Sequence[Case]) -> Figures:
    found: Figures = {"places": len(cases), "first10": _share(cases)}
    if row == HEADLINES:  # each tells of one event, and has no first answer
        return found
    events = sum(case.events for case in cases)
    return found | {
        "events": events,
        "any10": sum(case.nearest_km <= NEAR_KM for case in cases) / max(len(cases), 1),
        "first10_events": sum(case.events for case in cases if case.km <= NEAR_KM) / max(events, 1),
    }


def _share(cases: Sequence[Case]) -> float:
    return sum(case.km <= NEAR_KM for case in cases) / max(len(cases), 1)


def _precision(path: Path) -> dict[tuple[str, ...], str]:
    """Return the finest ``where_prec`` that a place was coded with, 1 a point to 7."""
    finest: dict[tuple[str, ...], str] = {}
    for row in _rows(path):
        code = row["where_prec"].partition(".")[0]
        key = _key(row)
        finest[key] = min(code, finest.get(key, code))
    return finest


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("where_coordinates", "adm_1", "adm_2", "latitude", "longitude"))


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, gzipped or not."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            return list(csv.DictReader(file))
    except (OSError, EOFError, UnicodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); give the folder that holds it with --shared") from error
