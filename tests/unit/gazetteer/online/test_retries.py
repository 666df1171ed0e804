"""The online geocoder failing: bounded tries that honour Retry-After, never two in a second, and no failure is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from geopy.geocoders import Nominatim
from nominatim_server import FakeNominatim, serving

from gazetteer.index import Gazetteer
from gazetteer.online.fallback import OnlineError, OnlineFallback
from gazetteer.online.pace import Pace

AGENT = "sitmap-tests/1.0 (tests@example.org)"
HTML = b"<!doctype html><title>Sign in</title><script>window.canary=1</script>\n" + b"<p>x</p>" * 10_000


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def nominatim() -> Iterator[FakeNominatim]:
    with serving() as fake:
        yield fake


@pytest.fixture
def clock() -> Clock:
    return Clock()


Asking = Callable[..., OnlineFallback]


@pytest.fixture
def asking(nominatim: FakeNominatim, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return what makes a fallback whose turns pass on the fake clock; ``moments`` of it are those of its requests."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    pace = Pace(tmp_path / "pace.sqlite", clock=lambda: clock.now, sleep=clock.sleep)

    def make(geocoder: object = "nominatim", **options: object) -> OnlineFallback:
        if geocoder == "nominatim":
            options |= {"domain": nominatim.address, "scheme": "http"}
        made = OnlineFallback(geocoder, user_agent=AGENT, pace=pace, **options)
        send, made.moments = made._geocoder.geocode, []
        monkeypatch.setattr(
            made._geocoder,
            "geocode",
            lambda name, *, exactly_one, timeout, limit=None, language=None: (
                made.moments.append(clock.now),
                send(name, exactly_one=exactly_one, timeout=timeout, limit=limit, language=language),
            )[1],
        )
        return made

    return make


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 408])
def test_online_geocoder_429_500_times_out_and_is_asked_three_times(
    gazetteer: Gazetteer, asking: Asking, nominatim: FakeNominatim, status: int
) -> None:
    nominatim.status = status
    online = asking()
    with pytest.raises(OnlineError, match=r"asked 3 times.*unmatched \(geocoder unavailable\)"):
        online.lookup(gazetteer, "Qasab")
    assert len(nominatim.asked) == 3
    assert online.moments == [1000.0, 1002.0, 1006.0]
    nominatim.status = 200
    assert len(online.lookup(gazetteer, "Qasab")) == 1, "the failure was not kept"


@pytest.mark.parametrize(
    ("told", "second"),
    [("7", 1007.0), ("0", 1001.0), ("-5", 1001.0), ("soon", 1002.0), ("Fri, 31 Dec 1999 23:59:59 GMT", 1001.0)],
)
def test_retry_after_is_honoured_and_turns_stay_a_second_apart(
    gazetteer: Gazetteer, asking: Asking, nominatim: FakeNominatim, told: str, second: float
) -> None:
    nominatim.failures = [(503, {"Retry-After": told})]
    online = asking()
    assert len(online.lookup(gazetteer, "Qasab")) == 1
    assert online.moments == [1000.0, second]


@pytest.mark.parametrize("told", ["61", "86400", "9" * 30])
def test_a_service_that_wants_long_to_itself_is_given_up(
    gazetteer: Gazetteer, asking: Asking, nominatim: FakeNominatim, told: str
) -> None:
    nominatim.failures = [(429, {"Retry-After": told})]
    with pytest.raises(OnlineError, match=r"left alone for \d+ seconds.*unmatched \(geocoder unavailable\)"):
        asking().lookup(gazetteer, "Qasab")
    assert len(nominatim.asked) == 1


def test_never_over_one_request_a_second(gazetteer: Gazetteer, asking: Asking, nominatim: FakeNominatim) -> None:
    nominatim.failures = [(429, {"Retry-After": "0"}), (429, {"Retry-After": "3"})]
    first, second = asking(), asking()
    first.lookup(gazetteer, "Qasab")
    for online, name in ((second, "Qasab one"), (first, "Qasab two"), (second, "Qasab three")):
        online.lookup(gazetteer, name)
    moments = sorted(first.moments + second.moments)
    assert len(moments) == 6
    assert all(later - sooner >= 1.0 for sooner, later in pairwise(moments))


def test_an_html_page_is_no_answer_and_is_not_asked_again(
    gazetteer: Gazetteer, asking: Asking, nominatim: FakeNominatim
) -> None:
    nominatim.page = HTML
    online = asking()
    with pytest.raises(OnlineError, match=r"unmatched \(geocoder unavailable\)") as caught:
        online.lookup(gazetteer, "Qasab")
    assert len(str(caught.value)) < 400, "geopy's own words hold the whole page"
    assert str(caught.value).isprintable()
    assert len(nominatim.asked) == 1
    nominatim.page = b""
    assert len(online.lookup(gazetteer, "Qasab")) == 1, "the page was not kept"


def test_a_time_out_is_asked_again(gazetteer: Gazetteer, asking: Asking, clock: Clock) -> None:
    from geopy.exc import GeocoderTimedOut

    class Silent(Nominatim):
        def geocode(self, *_: object, **__: object) -> None:
            raise GeocoderTimedOut("Service timed out")

    online = asking(Silent(user_agent=AGENT))
    with pytest.raises(OnlineError, match=r"asked 3 times, last GeocoderTimedOut"):
        online.lookup(gazetteer, "Qasab")
    assert online.moments == [1000.0, 1002.0, 1006.0]


def test_tries_count_as_requests(gazetteer: Gazetteer, asking: Asking, nominatim: FakeNominatim) -> None:
    nominatim.status = 500
    with pytest.raises(OnlineError, match="asked 2 times in this run"):
        asking(most=2).lookup(gazetteer, "Qasab")
    assert len(nominatim.asked) == 2
