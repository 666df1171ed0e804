"""Events told to lie beside places: what the rows of the events and areas layers say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from shapely.geometry import Point

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.frames import Layers
from pipeline.frames.build import build_layers
from pipeline.ingest import article_from_record
from pipeline.settings import DEFAULT_MODEL

Story = tuple[str, str, str, str, tuple[str, str], tuple[float, float]]
Tell = Callable[[str], Layers]

# report, location and rel_text, rel_anchor, kind of area, (country, admin1), a point (lat, lon) in the area
STORIES = [
    ("Gunmen killed three soldiers between Hit and Haditha in Iraq on Monday.", "between Hit and Haditha",
     "Hit; Haditha", "sector", ("Iraq", "Anbar"), (33.89, 42.6)),
    ("Warplanes bombed a convoy between Homs and Hama in Syria on Monday, killing four people.",
     "between Homs and Hama", "Homs; Hama", "sector", ("Syria", ""), (34.93, 36.74)),
    ("A car bomb exploded on the Damascus-Homs highway on Monday, killing four people.", "Damascus-Homs highway",
     "Damascus; Homs", "sector", ("Syria", ""), (34.12, 36.51)),
    ("Regime forces shelled Aleppo's northern countryside in Syria on Monday, killing two people.",
     "Aleppo's northern countryside", "Aleppo", "sector", ("Syria", "Aleppo"), (36.5, 37.16)),
    ("A missile hit a tanker 60 nautical miles off Aden on Monday.", "60 nautical miles off Aden", "Aden", "sea",
     ("Yemen", ""), (11.9, 45.0)),
    ("A drone struck a truck near the Syrian border in Iraq on Monday, killing two people.", "near the Syrian border",
     "Syrian", "sector", ("Iraq", ""), (34.37, 41.05)),
]  # fmt: skip


@pytest.fixture(scope="module")
def tell(built_index: None) -> Iterator[Tell]:
    with Gazetteer.open() as gazetteer:
        tools = Tools.default(gazetteer, model=DEFAULT_MODEL)

        def layers_of(text: str) -> Layers:
            article = article_from_record({"doc_id": "d", "text": text, "date": "2024-01-10"}, path="d", line=1)
            reports = list(read_reports([article], tools, as_of=date(2024, 1, 10)))
            return build_layers(reports, reports[0].events, reports[0].claims, gazetteer=gazetteer)

        yield layers_of


@pytest.mark.parametrize("story", STORIES, ids=[story[1] for story in STORIES])
def test_an_event_beside_places_is_an_area_and_is_called_by_its_words(tell: Tell, story: Story) -> None:
    text, words, anchor, kind, (country, admin1), (lat, lon) = story
    layers = tell(text)
    assert len(layers.events) == len(layers.areas) == 1
    event, area = layers.events.iloc[0], layers.areas.iloc[0]
    assert (event.location, event.rel_text, event.rel_anchor) == (words, words, anchor)
    assert (event.country, event.admin1, event.place_id) == (country, admin1, "")
    assert (area.kind, event.geo_method, event.geo_precision) == (kind, "relative", 3)
    assert area.geometry.covers(Point(lon, lat))
    assert area.geometry.covers(event.geometry)


def test_an_event_between_two_towns_is_at_neither(tell: Tell) -> None:
    area = tell("Gunmen killed three soldiers between Hit and Haditha in Iraq on Monday.").areas.geometry.iloc[0]
    assert not area.contains(Point(42.8, 33.6))
    assert not area.contains(Point(42.4, 34.2))
