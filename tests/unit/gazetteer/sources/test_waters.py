"""What a box around a sea has of land is cut off; everything else stays as it is."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, box

from gazetteer.models import Place
from gazetteer.sources import SourcePlace
from gazetteer.sources.waters import without_land

SEA = SourcePlace(Place("x:sea", "Sea", 0.5, 0.5, "H", "SEA", bbox=(0.0, 0.0, 2.0, 1.0)))
COAST = SourcePlace(Place("x:coast", "Coast", 0.5, 1.5, "A", "PCLI"), geometry=box(1, -1, 3, 2))
SPLIT = SourcePlace(Place("x:isthmus", "Isthmus", 0.5, 1.2, "A", "PCLI"), geometry=box(1, -1, 1.5, 2))


def test_the_land_is_cut_off() -> None:
    water = without_land([SEA], [COAST])[0].geometry
    assert water is not None
    assert water.equals(box(0, 0, 1, 1))


def test_only_the_part_that_holds_the_point_is_kept() -> None:
    water = without_land([SEA], [SPLIT])[0].geometry
    assert water is not None
    assert water.contains(Point(0.5, 0.5))
    assert not water.contains(Point(1.8, 0.5))


@pytest.mark.parametrize(
    "source",
    [
        COAST,
        SourcePlace(Place("x:river", "River", 0.5, 0.5, "H", "STM", bbox=(0.0, 0.0, 2.0, 1.0))),
        SourcePlace(Place("x:across", "Across", 0.0, 179.0, "H", "SEA", bbox=(170.0, -5.0, -170.0, 5.0))),
        SourcePlace(Place("x:ashore", "Ashore", 0.5, 1.7, "H", "GULF", bbox=(0.0, 0.0, 2.0, 1.0))),
        SourcePlace(Place("x:point", "Point", 0.5, 0.5, "H", "SEA")),
    ],
    ids=["land", "a river", "across the antimeridian", "a point on land", "no box"],
)
def test_what_is_no_boxed_water_stays(source: SourcePlace) -> None:
    assert without_land([source], [COAST]) == [source]
