"""Of whom it is said that nobody was hurt, nobody was killed: "|No one was injured|, but the windows broke"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.incidents import Incident

DEADLY = frozenset({"killing", "execution", "finding_bodies", "finding", "die", "death"})  # families
ELSE = "else"  # "no one else was hurt": somebody was


def with_none_dead(incidents: Sequence[Incident]) -> None:
    """Count no dead in an incident in which nobody was hurt, where no dead are told.

    The count has no words of its own, so that it makes the incident no surer.
    """
    for incident in incidents:
        best = incident.best
        hurt, dead = best.injuries, best.fatalities
        nobody = hurt.high == 0 and ELSE not in hurt.text.lower()
        silent = dead.low is None and dead.high is None and not dead.text and best.family not in DEADLY
        if nobody and silent:
            incident.best = replace(best, fatalities=replace(hurt, text=""))
