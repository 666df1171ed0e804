"""What a report only speaks of as known ("those held over |Friday's shooting|"): no event, but it may find its event.

Such a telling starts no event of its own. Kept beside the events of its report, it joins the event that another report
tells in full, as one more source; what joins none is dropped (:func:`pipeline.events.merge.merge_reports`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.drafts import SAID
from pipeline.events.fold import fold
from pipeline.events.incidents import Incident
from pipeline.events.passed_over import MONTH, PassedOver
from pipeline.events.reading import Reading

MOST_ECHOES = 4  # of one report: more is a chronicle
#: the grounds on which a telling of something that happened starts no event; see ``passed_over.GROUNDS``
ECHOED = frozenset(
    {
        "speaks of something told elsewhere",
        "told in passing, without place or day",
        "told in passing, without a day or an exact place",
        "told in passing, of those hurt",
        "told in a clause, in passing",
        "who did it, and with what, is not said",
        "several at once, without place or day",
        "shots heard: whose, and at whom, is not said",
        "says neither who, nor where, nor when",
        "says neither where nor when",
    }
)


def echoes_of(reading: Reading, passed: Sequence[PassedOver]) -> list[Incident]:
    """Return the incidents that a report only speaks of, each once: those with a day, and a place, a side or a toll."""
    drafts = [p.draft for p in passed if p.why in ECHOED and p.draft.status in SAID and not p.draft.habitual]
    return [i for i in fold(reading, drafts, as_told=True)[0] if _may_be_found(i)][:MOST_ECHOES]


def _may_be_found(incident: Incident) -> bool:
    """Whether it tells enough to be known again in another report."""
    best = incident.best
    when = incident.told_when
    told = bool(best.placement.description) or best.perpetrator is not None or best.target is not None
    harmed = bool(best.fatalities.low or best.injuries.low)
    return when is not None and when.date_prec < MONTH and (told or harmed)
