"""Time and memory of merging by the number of reports, and of all products that are made of what it finds.

usage: merging.py [5000 20000 50000] [--products]

Made-up reports of an event each in 400 towns over a year, a third of them retold; with --products each names eight
places too, with reasons and runners-up as long as real ones. They lie in a work file, as after reading. Each number is
a process of its own, as memory is a process's.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from gazetteer import Gazetteer
from gazetteer.models import Place
from pipeline.codes import event_type_of
from pipeline.corrections import PlaceRulings
from pipeline.engines import Kept
from pipeline.events import merge_onto
from pipeline.events.identity import content_id
from pipeline.models import (
    Actor,
    Alternative,
    Article,
    Count,
    Event,
    Mention,
    Placement,
    Reason,
    Report,
    Resolution,
    SourceRef,
    When,
)
from pipeline.run import Clock, Material, conclude
from pipeline.settings import Settings
from pipeline.store import Work, open_work, pack

KINDS = (
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Armed clash",
    "Attack",
    "Remote explosive/landmine/IED",
)
ACTORS = [Actor(f"Group {n}", 2 + n % 2) for n in range(40)]
FILLER = ("officials", "said", "residents", "heard", "smoke", "rose", "road", "closed", "night", "aid", "later", "town")
COUNTRIES, PROVINCES, TOWNS = 12, 8, 400
MENTIONS = 8


def town(n: int) -> Place:
    """Return the n-th town: in a grid of its country, half a degree from the next."""
    country, at = n % COUNTRIES, n // COUNTRIES
    code, province = f"C{chr(65 + country)}", f"adm:{country}-{at % PROVINCES}"
    return Place(f"town:{n}", f"Town {n}", 10 + at % 6 * 0.5 + country, 20 + at // 6 * 0.5 + 3 * country, "P", "PPL",
                 code, province, province)  # fmt: skip


def made_up(number: int, seed: int = 1) -> list[Report]:
    """Return what :func:`one_by_one` yields."""
    return list(one_by_one(number, seed))


def one_by_one(number: int, seed: int = 1) -> Iterator[Report]:
    """Yield so many reports of one event each; a third retell an incident of another report in other words."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    towns = [town(n) for n in range(TOWNS)]
    for n in range(number):
        incident = chance.randrange(n) if n and chance.random() < 1 / 3 else n
        facts = random.Random(f"{seed}/{incident}")  # noqa: S311
        yield _report(n, incident, facts, chance, facts.choice(towns))


def _report(n: int, incident: int, facts: random.Random, chance: random.Random, place: Place) -> Report:
    day, kind = date(2023, 1, 1) + timedelta(days=facts.randrange(365)), facts.choice(KINDS)
    sides, dead = (facts.choice(ACTORS), facts.choice(ACTORS)), facts.randrange(0, 30)
    text = f"Report {n} of {place.name}: incident {incident}, {dead} killed. " + " ".join(chance.choices(FILLER, k=80))
    resolution = Resolution(Mention(str(n), 0, 4, place.name), "resolved", place, 0.9, geo_precision=1, where_prec=1)
    event = Event(
        content_id(n), "asserted", event_type_of(kind), kind, When(day, day, 1, 1),
        Placement(resolution, None, 1, 1, "exact", place.name), *sides, Count(dead, dead, dead), Count(),
        (SourceRef(str(n), text[:60], 0, 60),),
    )  # fmt: skip
    return Report(Article(str(n), text, date=day), (), (event,))


def naming(report: Report, towns: list[Place], chance: random.Random) -> Report:
    """Return a report that names places too, which say nothing of where its event was."""
    reasons = tuple(Reason(f"feature {n}", chance.uniform(-2, 2), "it is a word or two for a person") for n in range(8))
    found = []
    for n in range(MENTIONS):
        place, start = chance.choice(towns), 80 + 8 * n
        others = tuple(Alternative(chance.choice(towns), chance.random(), reasons) for _ in range(5))
        mention = Mention(report.article.doc_id, start, start + 4, report.article.text[start : start + 4], "demonym")
        found.append(Resolution(mention, "resolved", place, 0.8, reasons, others, geo_precision=1, where_prec=1))
    return replace(report, resolutions=tuple(found))


def main() -> None:
    """Print a line for each number of reports, and how time grows."""
    parser = argparse.ArgumentParser(description="Time and memory of merging.")
    parser.add_argument("numbers", type=int, nargs="*", default=[5000, 20000])
    parser.add_argument("--products", action="store_true", help="make all products, too")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(_measured(given.numbers[0], products=given.products)))
        return
    spent = [_shown(number, products=given.products) for number in given.numbers]
    if len(spent) > 1:
        print(f"exponent {math.log(spent[-1] / spent[0]) / math.log(given.numbers[-1] / given.numbers[0]):.3f}")


def _shown(number: int, *, products: bool) -> float:
    call = [sys.executable, __file__, str(number), "--one", *(["--products"] if products else [])]
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    each = 1000 * told["seconds"] / number
    print(f"{number} reports -> {told['events']} events: {told['seconds']:.1f} s, {each:.2f} ms a report; "
          f"{told['before']:.0f} MB before, {told['peak']:.0f} MB at the peak", flush=True)  # fmt: skip
    return float(told["seconds"])


def _measured(number: int, *, products: bool) -> dict[str, float]:
    """Lay reports into a work file, merge them, make products if asked; return what that took."""
    with tempfile.TemporaryDirectory() as folder, open_work(Path(folder), keep=False) as work:
        reports = _kept(work, number, naming_places=products)
        before, began = _peak(), time.process_time()
        events = _products(reports, work, Path(folder)) if products else len(merge_onto(work, reports).events)
        return {"seconds": time.process_time() - began, "events": events, "before": before, "peak": _peak()}


def _kept(work: Work, number: int, *, naming_places: bool) -> Kept:
    chance, towns = random.Random(2), [town(n) for n in range(TOWNS)]  # noqa: S311 - no secret
    for report in one_by_one(number):
        doc_id = report.article.doc_id
        work.keep([pack(doc_id, doc_id, naming(report, towns, chance) if naming_places else report)])
    return Kept(work, [str(n) for n in range(number)])


def _products(reports: Kept, work: Work, out: Path) -> int:
    """Make what `sitmap map` makes of reports that are read; return the number of events."""
    with Gazetteer.open() as gazetteer:
        material = Material(work, reports, (), (), (), PlaceRulings.of((), gazetteer))
        made = conclude(material, Settings((), out), gazetteer, Clock(), generated="2024-02-29T12:00:00Z")
    return len(made.layers.events)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
