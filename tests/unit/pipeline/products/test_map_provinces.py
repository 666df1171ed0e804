from __future__ import annotations

import tracemalloc

import pytest

from pipeline.products.map import provinces
from pipeline.products.map.provinces import province_names, province_shape, provinces_of


@pytest.fixture(scope="module", autouse=True)
def loaded() -> int:
    """The most memory that Python held while the outlines were read."""
    provinces._provinces.cache_clear()
    tracemalloc.start()
    provinces._provinces()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_outlines_are_read_without_their_corners_as_numbers(loaded: int) -> None:
    assert loaded < 64_000_000, "as lists of numbers they are 100 MB more"


def test_each_point_has_its_province_and_the_sea_none() -> None:
    points = [(43.3, 33.4), (-30.0, 0.0), (2.35, 48.85)]
    found = provinces_of(points)
    assert found[1] == -1
    assert [province_names(number) for number in (found[0], found[2])] == [("Anbar", "IQ"), ("Paris", "FR")]
    assert provinces_of([]) == []


def test_the_outline_of_a_province_holds_the_points_in_it() -> None:
    (number,) = provinces_of([(43.3, 33.4)])
    shape = province_shape(number)
    assert shape.is_valid
    assert shape.bounds[0] < 43.3 < shape.bounds[2]
    assert shape.bounds[1] < 33.4 < shape.bounds[3]
