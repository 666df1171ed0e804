"""Which report tells of what: by id, whatever order the reports come in, the last of one name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from merging_tellings import event, report

from pipeline.events.merging.register import NEVER, Register
from pipeline.events.merging.shelf import InMemory
from pipeline.events.merging.tellings import tellings_of
from pipeline.models import Claim, Count, Report, SourceRef


def claiming(doc_id: str, text: str, day: date | None) -> Report:
    claim = Claim("c", "count", "dead", Count(3, 3, 3), (SourceRef(doc_id, text, 0, len(text)),))
    made = report(doc_id, claims=(claim,), text=text)
    return replace(made, article=replace(made.article, date=day))


def test_tellings_are_those_of_all_reports_in_the_order_of_their_ids():
    reports = [report(d, event(d, dead=n)) for n, d in enumerate("cab")]
    register = Register(reports, InMemory())
    assert [register.telling(n) for n in range(len(register))] == tellings_of(reports)
    assert register.ids == sorted(register.ids)
    assert [register.number_of(one) for one in register.ids] == [0, 1, 2]
    assert register.number_of("none of this id") == -1


def test_of_two_reports_of_one_name_the_last_counts():
    old, new = report("a", event("a", dead=1)), report("a", event("a", "Aleppo", dead=2))
    register = Register([old, report("b", event("b")), new], InMemory())
    assert [register.telling(n) for n in range(len(register))] == tellings_of([new, report("b", event("b"))])
    assert register.text_of("a") == new.article.text


def test_a_claim_of_several_reports_is_told_by_their_days_and_then_their_texts():
    told = [claiming("z", "Aa.", date(2024, 1, 2)), claiming("y", "Bb.", date(2024, 1, 2)),
            claiming("x", "Cc.", date(2024, 1, 1)), claiming("w", "Dd.", None)]  # fmt: skip
    for reports in (told, told[::-1]):
        shelf = InMemory()
        (places,) = Register(reports, shelf).claims()
        assert [shelf.get(place, Claim).sources[0].doc_id for place in places] == ["w", "x", "z", "y"]


def test_what_has_no_day_meets_nobody():
    dated = report("a", event("a"))
    undated = report("b", *(replace(e, when=None) for e in report("b", event("b")).events))
    register = Register([dated, undated], InMemory())
    days = {register.ids[number]: day for day, number in register.first_days()}
    assert days[undated.events[0].event_id] == NEVER
    assert days[dated.events[0].event_id] == dated.events[0].when.date_start.toordinal() - 3
