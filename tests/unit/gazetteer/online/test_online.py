from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from geopy.geocoders import Nominatim
from nominatim_server import LICENCE, QASAB, FakeNominatim, serving

from gazetteer.errors import GazetteerError
from gazetteer.geocoder import SitmapGeocoder
from gazetteer.index import Gazetteer
from gazetteer.online.cache import OnlineCache, Question
from gazetteer.online.fallback import OnlineError, OnlineFallback
from gazetteer.online.pace import Pace

AGENT = "sitmap-tests/1.0 (tests@example.org)"
Ask = Callable[..., OnlineFallback]


@pytest.fixture
def nominatim() -> Iterator[FakeNominatim]:
    with serving() as fake:
        yield fake


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr(Pace, "wait", lambda *_: None)  # test_retries.py has a clock of its own


@pytest.fixture
def fallback(nominatim: FakeNominatim) -> Ask:
    def make(**options: object) -> OnlineFallback:
        return OnlineFallback("nominatim", user_agent=AGENT, domain=nominatim.address, scheme="http", **options)

    return make


def test_an_answer_is_marked_and_keeps_its_attribution(
    gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim
) -> None:
    (answer,) = fallback().lookup(gazetteer, "Qasab")
    place = answer.place
    assert (place.place_id, place.name, place.lat, place.lon) == ("online:nominatim:node42", "Qasab", 33.70, 42.90)
    assert (place.source, answer.service, answer.attribution) == ("online:nominatim", "nominatim", LICENCE)
    assert (place.country, place.admin1) == ("IQ", "Anbar"), "where it lies is read from our own polygons"
    assert place.uncertainty_m >= 25_000
    assert answer.ranked.score <= 0.5
    assert answer.ranked.score == sum(why.contribution for why in answer.ranked.reasons)
    assert "nobody checked it" in answer.ranked.reasons[0].text
    assert answer.answered_on in answer.ranked.reasons[0].text
    ((query, agent),) = nominatim.asked
    assert (query["q"], agent) == (["Qasab"], AGENT)


def test_a_question_is_asked_once(gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim) -> None:
    first = fallback().lookup(gazetteer, "Qasab")
    assert fallback(most=0).lookup(gazetteer, " Qasab ") == first
    assert len(nominatim.asked) == 1
    fallback().lookup(gazetteer, "Qasab", country="IQ")
    assert len(nominatim.asked) == 2, "with other options it is another question"
    assert nominatim.asked[1][0]["countrycodes"] == ["iq"]


def test_what_another_run_was_told_while_this_one_waited_is_not_asked_again(
    gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = fallback(), fallback()
    found = []

    def other_comes_first(*_: object) -> None:
        monkeypatch.setattr(Pace, "wait", lambda *_: None)
        found.append(first.lookup(gazetteer, "Qasab"))

    monkeypatch.setattr(Pace, "wait", other_comes_first)
    assert [second.lookup(gazetteer, "Qasab")] == found
    assert len(nominatim.asked) == 1


def test_a_cache_that_others_write_to_for_too_long_is_not_to_be_deleted(tmp_path: Path) -> None:
    question = Question("nominatim", "Qasab")
    OnlineCache(tmp_path / "online.sqlite").keep(question, [])
    with closing(sqlite3.connect(tmp_path / "online.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GazetteerError, match=r"online\.sqlite: in use by other runs; wait until they are done"):
            OnlineCache(tmp_path / "online.sqlite", patience=0.0).find(question)


def test_no_answer_is_kept_too(gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim) -> None:
    nominatim.places = []
    assert fallback().lookup(gazetteer, "Nowhere") == ()
    assert fallback().lookup(gazetteer, "Nowhere") == ()
    assert len(nominatim.asked) == 1


def test_a_place_elsewhere_is_no_answer(gazetteer: Gazetteer, fallback: Ask) -> None:
    assert fallback().lookup(gazetteer, "Qasab", country="US") == ()


def test_bulk_is_refused(gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim) -> None:
    online = fallback(most=2)
    for name in ("a", "b"):
        online.lookup(gazetteer, name)
    with pytest.raises(OnlineError, match=r"asked 2 times in this run; more is bulk.*gazetteer add geonames"):
        online.lookup(gazetteer, "c")
    assert len(nominatim.asked) == 2


@pytest.mark.parametrize("agent", ["", "geopy/2.5", "x", "python-requests/2", "ok-name\r\nX-Evil: 1", "naïve-app/1"])
def test_a_user_agent_that_names_nobody_is_refused(agent: str) -> None:
    with pytest.raises(OnlineError, match="does not say who asks"):
        OnlineFallback("nominatim", user_agent=agent)


@pytest.mark.parametrize(("service", "options"), [("nosuch", {}), ("bing", {}), ("nominatim", {"colour": 1})])
def test_a_service_that_cannot_be_set_up_is_named(service: str, options: dict[str, object]) -> None:
    with pytest.raises(OnlineError, match=f"{service}: cannot be set up"):
        OnlineFallback(service, user_agent=AGENT, **options)


@pytest.mark.parametrize("address", ["http://nominatim.example.org", "ftp://127.0.0.1", "https://", "file:///x"])
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(OnlineError, match="give the address of a Nominatim as https://HOST"):
        OnlineFallback(address, user_agent=AGENT)


@pytest.mark.parametrize(("status", "times"), [(400, 1), (401, 1), (403, 1), (429, 3), (500, 3)])
def test_a_refusal_is_told(
    gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim, status: int, times: int
) -> None:
    nominatim.status = status
    with pytest.raises(OnlineError, match="no answer for 'Qasab'"):
        fallback().lookup(gazetteer, "Qasab")
    assert len(nominatim.asked) == times, "what will not pass is not asked again"
    nominatim.status = 200
    assert len(fallback().lookup(gazetteer, "Qasab")) == 1, "a failure is not kept"


def test_nobody_there_is_told(gazetteer: Gazetteer, nominatim: FakeNominatim) -> None:
    port = int(nominatim.address.split(":")[1])
    online = OnlineFallback("nominatim", user_agent=AGENT, domain=f"127.0.0.2:{port}", scheme="http")
    with pytest.raises(OnlineError, match=r"nominatim: no answer for 'Qasab'.*leave the online service out"):
        online.lookup(gazetteer, "Qasab")


@pytest.mark.filterwarnings("ignore:Latitude normalization")  # geopy warns before it refuses
@pytest.mark.parametrize(
    "places",
    [
        ["text"],
        [5],
        {"error": "no"},
        [QASAB | {"lat": "x"}],
        [QASAB | {"lat": "95"}],
        [QASAB | {"lon": "y"}],
        [QASAB | {"lon": "nan"}],
        "text",
    ],
    ids=str,
)
def test_what_geopy_cannot_read_is_told(
    gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim, places: object
) -> None:
    nominatim.places = places
    with pytest.raises(OnlineError, match="no answer for"):
        fallback().lookup(gazetteer, "Qasab")


@pytest.mark.parametrize("lon", ["200", "-181", "180.1"])
def test_what_is_not_on_earth_is_passed_over(
    gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim, lon: str
) -> None:
    nominatim.places = [QASAB | {"lon": lon}, QASAB]
    assert [a.place.lon for a in fallback().lookup(gazetteer, "Qasab")] == [42.90]


def test_hostile_words_lose_their_control_characters(
    gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim
) -> None:
    wild = {"name": "Qa\x1b[31m\nsab", "osm_type": ["node"], "class": {"a": 1}, "licence": "l\x07" * 300}
    nominatim.places = [QASAB | wild | {"boundingbox": ["nan", "x"]}]
    (answer,) = fallback().lookup(gazetteer, "Qasab")
    told = [answer.place.name, answer.place.place_id, answer.attribution]
    assert all(text.isprintable() and len(text) <= 200 for text in told)
    assert answer.place.name == "Qa [31m sab"
    assert math.isclose(answer.place.uncertainty_m, 25_000)


def test_a_wide_box_makes_a_wide_uncertainty(gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim) -> None:
    nominatim.places = [QASAB | {"boundingbox": ["32.7", "34.7", "41.9", "43.9"]}]
    assert 120_000 < fallback().lookup(gazetteer, "Qasab")[0].place.uncertainty_m < 160_000


def test_any_geocoder_of_geopy_can_be_handed_in(gazetteer: Gazetteer, nominatim: FakeNominatim) -> None:
    geocoder = Nominatim(user_agent="other-name/1.0", domain=nominatim.address, scheme="http")
    online = OnlineFallback(geocoder, user_agent=AGENT)
    assert online.lookup(gazetteer, "Qasab")[0].service == "nominatim"
    assert nominatim.asked[0][1] == AGENT


def test_the_geocoder_asks_only_for_what_the_gazetteer_lacks(
    gazetteer: Gazetteer, fallback: Ask, nominatim: FakeNominatim
) -> None:
    geocoder = SitmapGeocoder(gazetteer, online=fallback())
    assert "online" not in geocoder.geocode("Mosul").raw
    assert nominatim.asked == []
    found = geocoder.geocode("Qxzzv al-Bqasab")
    assert (found.raw["online"], found.raw["attribution"]) == ("nominatim", LICENCE)
    assert geocoder.geocode("Qxzzv al-Bqasab", country_codes=["us"]) is None
    assert SitmapGeocoder(gazetteer).geocode("Qxzzv al-Bqasab") is None


def test_a_cache_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "online.sqlite"
    path.write_text("not a database, and long enough to look like one" * 50, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"online\.sqlite: cannot be used .*delete it"):
        OnlineCache(path).find(Question("nominatim", "Hit"))
