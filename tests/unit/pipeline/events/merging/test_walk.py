"""Day by day comes to what all at once comes to, and holds no more than some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from merging_tellings import PLACES, SHELLING, STRIKE, event, report

from pipeline.events.judgements import NO_JUDGEMENTS, Judgements
from pipeline.events.merging.aspects import compare
from pipeline.events.merging.blocking import blocked_pairs
from pipeline.events.merging.groups import grouped
from pipeline.events.merging.joined import joined
from pipeline.events.merging.register import Register
from pipeline.events.merging.shelf import InMemory
from pipeline.events.merging.tellings import Told, tellings_of
from pipeline.events.merging.walk import groups_by_day
from pipeline.models import Event, Report, When

DAYS = st.integers(0, 5)
TOLD = st.tuples(st.sampled_from([*PLACES]), DAYS, st.sampled_from([STRIKE, SHELLING]), st.sampled_from([None, 3, 4]))


def placed(doc_id: str, place: str, day: int, sub: str, dead: int | None) -> Report:
    return report(doc_id, event(doc_id, place, day=day, sub=sub, dead=dead))


def by_day(reports: Sequence[Report], judgements: Judgements = NO_JUDGEMENTS) -> list[Event]:
    found = groups_by_day(Register(reports, InMemory()), compare, judgements)
    return sorted((joined(group) for group in found if not group.is_of_echoes), key=lambda e: e.event_id)


def at_once(reports: Sequence[Report], judgements: Judgements = NO_JUDGEMENTS) -> list[Event]:
    told = tellings_of(reports)
    found = grouped(told, blocked_pairs(told), compare, judgements)
    return sorted((joined(group) for group in found if not group.is_of_echoes), key=lambda e: e.event_id)


@given(st.lists(TOLD, min_size=2, max_size=9), st.data())
@settings(max_examples=80, deadline=None)
def test_day_by_day_the_groups_are_those_of_all_tellings_at_once(told, data):
    reports = [placed(f"d{n}", *what) for n, what in enumerate(told)]
    ids = st.sampled_from([e.event_id for r in reports for e in r.events])
    pairs = st.frozensets(st.frozensets(ids, min_size=2, max_size=2), max_size=2)
    same, different = data.draw(pairs), data.draw(pairs)
    judgements = Judgements(same, different - same)
    assert by_day(reports, judgements) == at_once(reports, judgements)


@given(st.lists(st.tuples(TOLD, st.booleans()), min_size=2, max_size=9), st.data())
@settings(max_examples=80, deadline=None)
def test_day_by_day_what_reports_only_speak_of_joins_as_all_at_once_in_any_order(told, data):
    reports = [placed(f"d{n}", *what) for n, (what, _) in enumerate(told)]
    made = [
        replace(r, events=(), echoes=r.events) if is_echo else r for r, (_, is_echo) in zip(reports, told, strict=True)
    ]
    rows = by_day(made)
    assert rows == at_once(made) == by_day(data.draw(st.permutations(made)))
    assert {row.event_id for row in rows} <= {e.event_id for r in made for e in r.events}
    assert {i for r in made for e in r.events for i in [e.event_id]} <= {i for row in rows for i in row.member_ids}


def test_what_has_no_day_is_an_event_of_its_own_and_can_be_judged():
    reports = [placed("a", "Homs", 0, STRIKE, 3), placed("b", "Homs", 0, STRIKE, 3)]
    undated = replace(reports[1], events=tuple(replace(e, when=None) for e in reports[1].events))
    assert len(by_day(reports)) == 1
    assert len(by_day([reports[0], undated])) == 2
    ids = frozenset(e.event_id for r in (reports[0], undated) for e in r.events)
    (one,) = by_day([reports[0], undated], Judgements(same=frozenset({ids})))
    assert set(one.member_ids) == ids


class Watched(Register):
    """Counts the tellings that are alive."""

    def telling(self, number: int) -> Told:
        self.asked = [*getattr(self, "asked", []), number]
        return super().telling(number)


def test_each_telling_is_read_once_and_a_group_comes_before_later_days_are_read():
    reports = [placed(f"d{n}", "Homs", 0, STRIKE, n) for n in range(4)]
    start = date(2024, 1, 1)
    moved = []
    for n, one in enumerate(reports):
        day = start + timedelta(days=30 * n)
        moved.append(replace(one, events=tuple(replace(e, when=When(day, day, 1, 1)) for e in one.events)))
    register = Watched(moved, InMemory())
    seen = [
        (group.tellings[0].event.when.date_start, len(register.asked))
        for group in groups_by_day(register, compare, NO_JUDGEMENTS)
    ]
    assert [count for _, count in sorted(seen)] == [1, 2, 3, 4]
    assert sorted(register.asked) == [0, 1, 2, 3]


def test_a_span_at_either_end_of_the_calendar_is_walked():
    first, last = date(1, 1, 1), date(9999, 12, 30)
    reports = [placed(f"d{n}", "Homs", 0, STRIKE, 3) for n in range(2)]
    whens = [When(first, first, 1, 1), When(first, last, 3, 5)]
    moved = [
        replace(r, events=tuple(replace(e, when=w) for e in r.events)) for r, w in zip(reports, whens, strict=True)
    ]
    assert by_day(moved) == at_once(moved)
