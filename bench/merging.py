"""Time of merging by the number of reports: made-up events in 400 towns over a year, a third of them retold.

Usage: python bench/merging.py 5000 20000 50000
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import date, timedelta

from gazetteer.models import Place
from pipeline.codes import event_type_of
from pipeline.events.identity import content_id
from pipeline.events.merge import merge_reports
from pipeline.models import Actor, Article, Count, Event, Mention, Placement, Report, Resolution, SourceRef, When

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


def town(n: int) -> Place:
    """Return the n-th town: in a grid of its country, half a degree from the next."""
    country, at = n % COUNTRIES, n // COUNTRIES
    code, province = f"C{chr(65 + country)}", f"adm:{country}-{at % PROVINCES}"
    return Place(f"town:{n}", f"Town {n}", 10 + at % 6 * 0.5 + country, 20 + at // 6 * 0.5 + 3 * country, "P", "PPL",
                 code, province, province)  # fmt: skip


def made_up(number: int, seed: int = 1) -> list[Report]:
    """Return so many reports of one event each; a third retell an incident of another report in other words."""
    chance, found = random.Random(seed), []  # noqa: S311 - no secret
    towns = [town(n) for n in range(TOWNS)]
    for n in range(number):
        incident = chance.randrange(n) if n and chance.random() < 1 / 3 else n
        facts = random.Random(f"{seed}/{incident}")  # noqa: S311
        found.append(_report(n, incident, facts, chance, facts.choice(towns)))
    return found


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


def main() -> None:
    """Print a line for each number of reports."""
    for number in map(int, sys.argv[1:] or ["5000", "20000"]):
        reports = made_up(number)
        began = time.process_time()
        events, _ = merge_reports(reports)
        took = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        each = 1000 * took / number
        print(f"{number} reports -> {len(events)} events: {took:.1f} s, {each:.2f} ms a report, {peak:.0f} MB")


if __name__ == "__main__":
    main()
