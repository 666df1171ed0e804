from __future__ import annotations

import numpy as np
import pytest
from reports import AVON_NORTH, table_of

from pipeline.toponyms.context import Homes
from pipeline.toponyms.features import COLUMN, Table
from pipeline.toponyms.press import ASKED, press_homes

HERE, THERE = "herald.example", "mirror.example"


def evenly(table: Table) -> np.ndarray:
    sizes = np.array([len(table.sheet.candidates(int(owner))) for owner in table.sheet.owner])
    return 1.0 / sizes


def homes_of(*texts: str, hosts: tuple[str, ...]) -> list[Homes]:
    tables = [table_of(text) for text in texts]
    return press_homes([t.sheet for t in tables], [evenly(t) for t in tables], hosts)


def test_the_other_reports_of_an_outlet_tell_where_it_is_at_home() -> None:
    first, second = homes_of("Avon was quiet.", "Brant was quiet.", hosts=(HERE, HERE))
    assert np.degrees(first.lat[0]) == pytest.approx(10.15)  # Brant, which the second report names
    assert first.share[0] == pytest.approx(0.5)  # one of two
    avons = sorted(zip(np.degrees(second.lat).round(1).tolist(), second.share.round(3).tolist(), strict=True))
    assert avons[:2] == [(-40.1, 0.25), (10.1, 0.25)]  # either Avon, the nearer one no surer
    assert avons[2][1] < 0.25  # its own Brant, by the Avon near it: not by itself


def test_a_report_does_not_hear_itself() -> None:
    alone, other = homes_of("Brant was quiet.", "Hills.", hosts=(HERE, HERE))
    assert len(alone.share) == 0  # a province is too large to say where the paper is
    assert other.share.tolist() == [0.5]


@pytest.mark.parametrize("hosts", [("", ""), (HERE, THERE), (HERE, "")])
def test_outlets_that_are_unknown_or_others_tell_nothing(hosts: tuple[str, str]) -> None:
    assert [len(h.share) for h in homes_of("Avon was quiet.", "Brant was quiet.", hosts=hosts)] == [0, 0]


def test_many_reports_are_surer_than_two_and_stragglers_are_told_too() -> None:
    texts = ["Avon was quiet.", *["Brant was quiet."] * (ASKED + 3)]
    found = homes_of(*texts, hosts=(HERE,) * len(texts))
    assert len(found) == len(texts)
    assert float(found[0].share[0]) == pytest.approx((ASKED - 1) / ASKED)
    assert float(found[-1].share[0]) > 0.9  # not among those asked


def test_reports_that_name_no_place_leave_the_home_open() -> None:
    found = homes_of("Hills.", "Hills.", hosts=(HERE, HERE))
    assert [len(home.share) for home in found] == [0, 0]


def test_what_is_learned_of_the_outlet_is_a_feature_from_the_next_pass_on() -> None:
    table = table_of("Avon was quiet.")
    north = next(r for r in range(len(table.values)) if table.candidate(r).place == AVON_NORTH)
    south = 1 - north
    table.hear(evenly(table))
    assert table.values[:, COLUMN["has_press"]].tolist() == [0.0, 0.0]
    (home, _) = homes_of("Avon was quiet.", "Brant was quiet.", hosts=(HERE, HERE))
    table.settle([home])
    table.hear(evenly(table))
    assert table.values[:, COLUMN["has_press"]].tolist() == [1.0, 1.0]
    assert table.values[north, COLUMN["press"]] > 0.3
    assert table.values[south, COLUMN["press"]] < 0.01
    assert table.values[[north, south], COLUMN["press_admin1"]].tolist() == [pytest.approx(0.5), 0.0]
