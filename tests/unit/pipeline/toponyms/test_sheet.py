from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from reports import candidates_of, mentions_of, table_of

from pipeline.toponyms.context import NO_HOMES, Homes
from pipeline.toponyms.features import COLUMN, Table
from pipeline.toponyms.learned import load_ranker
from pipeline.toponyms.ragged import Ragged
from pipeline.toponyms.readings import CODE_BITS, readings_of
from pipeline.toponyms.resolve import Asked, answers_of, chances_of, sought_together
from pipeline.toponyms.sheet import MOST_REPORTS, Codes
from pipeline.toponyms.surroundings import bonds_of

TEXTS = (
    "Avon and Brant were quiet.",
    "Avon, Hills, was quiet; Southland was not.",
    "Brant.",
    "Avon, as Southland says.",
)
HOMES = (
    NO_HOMES,
    Homes(np.radians([10.15, -40.1]), np.radians([10.2, 90.1]), np.array([0.7, 0.3]), np.array([5, 0]), country=3),
    NO_HOMES,
    Homes(np.radians([-40.0]), np.radians([90.0]), np.array([1.0]), np.array([0])),
)


def asked_of(text: str, homes: Homes = NO_HOMES) -> Asked:
    mentions = mentions_of(text)
    readings = [r for m in mentions if (r := readings_of(m.text, candidates_of(m.text))) is not None]
    numbers = tuple(range(len(mentions)))
    bonds = tuple(bonds_of(text, mentions))
    return Asked(tuple(mentions), tuple(readings), numbers, bonds, "", homes, "herald.example")


def tables(reports: Sequence[Asked]) -> tuple[Table, list[Table]]:
    """Return the table of some reports, and that of each by itself."""
    (together,) = sought_together(reports)
    return together.table, [lot.table for report in reports for lot in sought_together([report])]


def test_reports_in_one_table_say_nothing_of_each_other() -> None:
    together, apart = tables([asked_of(text, homes) for text, homes in zip(TEXTS, HOMES, strict=True)])
    shares = np.random.default_rng(7).uniform(0.0, 1.0, len(together.values))
    together.settle(HOMES)
    together.hear(shares)
    begin = 0
    for table, homes in zip(apart, HOMES, strict=True):
        end = begin + len(table.values)
        table.settle([homes])
        table.hear(shares[begin:end])
        np.testing.assert_allclose(together.values[begin:end], table.values, rtol=1e-12, atol=1e-12)
        assert [together.nearest(begin + row) for row in range(end - begin)] == [
            table.nearest(row) for row in range(end - begin)
        ]
        begin = end
    assert begin == len(together.values)
    assert together.values[:, COLUMN["press"]].any()
    assert together.values[:, COLUMN["outlet_country"]].any() or together.values[:, COLUMN["has_country"]].any()


def test_answers_are_those_of_each_report_by_itself() -> None:
    ranker, asked = load_ranker(), [asked_of(text) for text in TEXTS]
    hosts = [""] * len(asked)  # of unknown outlets: these learn nothing of each other
    (lot,) = sought_together(asked)
    together = list(answers_of(lot, chances_of([lot.table], hosts, ranker)[0], ranker))
    for report, found in zip(asked, together, strict=True):
        (one,) = sought_together([report])
        (alone,) = answers_of(one, chances_of([one.table], [""], ranker)[0], ranker)
        assert found.keys() == alone.keys() == set(range(len(report.mentions)))
        for number, answer in alone.items():
            assert [r.candidate for r in found[number].ranked] == [r.candidate for r in answer.ranked]
            assert found[number].share == pytest.approx(answer.share, abs=1e-5)


def test_a_table_holds_no_more_reports_than_its_codes_leave_room_for() -> None:
    lots = sought_together([asked_of("Avon.")] * (MOST_REPORTS + 1))
    assert [len(lot.hosts) for lot in lots] == [MOST_REPORTS, 1]
    assert len(lots[0].table.sheet.names) == MOST_REPORTS, "a name of each report, though they are all called Avon"
    assert sought_together([]) == []


def test_a_code_is_counted_by_report_kind_and_name() -> None:
    largest = (1 << CODE_BITS) - 1
    lines = np.array([[7, 0, 7, 7], [largest, 7, 7, 0]])
    codes = Codes.of(lines, np.array([0, 0, 0, 1]), np.array([0, 0, 1, 0]), Ragged.of([2, 1]))
    assert codes.count == 6  # 0 and 7, 7 and the largest; 7; 0
    assert codes.of_lines.tolist() == [[1, 0, 3, 8], [5, 4, 6, 9]]
    assert codes.codes.tolist() == [0, 1, 0, 1, 2, 3, 2, 3, 4, 5]
    assert codes.begins.tolist() == [0, 2, 4, 6, 8, 9]
    assert codes.names.tolist() == [[0, 0, 1, 4], [2, 2, 3, 5]]
    assert codes.is_code.tolist() == [False, True, False, True, True, True, True, True, True, False]


def test_a_table_of_one_report_needs_no_numbers_of_reports() -> None:
    table = table_of(TEXTS[0])
    assert table.sheet.report.tolist() == [0] * len(table.sheet.line)
