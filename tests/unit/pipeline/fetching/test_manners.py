"""robots.txt, pauses, and servers that are busy."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from site_here import Reply

from pipeline.fetching import Manners
from pipeline.fetching.addresses import FetchError


@dataclass
class Clock:
    """Time that passes only when somebody waits."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def manners(here, clock) -> Manners:
    here.pages["/a"] = Reply(b"page")
    return Manners(here.client(), 1.0, clock.time, clock.sleep)


def robots(text: str) -> Reply:
    return Reply(text.encode(), "text/plain")


def test_robots_is_read_once_and_heeded(here, manners):
    here.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private/*.html\n")
    assert manners.get(here.url("/a")).body == b"page"
    for path in ("/private/x.html", "/private/y.html"):
        with pytest.raises(FetchError, match=r"of news\.example\.org forbids it"):
            manners.get(here.url(path))
    assert here.paths() == ["/robots.txt", "/a"]


def test_rules_for_sitmap_by_name_count(here, manners):
    here.pages["/robots.txt"] = robots("User-agent: *\nAllow: /\n\nUser-agent: sitmap\nDisallow: /\n")
    with pytest.raises(FetchError, match="forbids it"):
        manners.get(here.url("/a"))


@pytest.mark.parametrize(("status", "free"), [(404, True), (403, True), (500, False), (503, False)])
def test_without_robots_all_is_free_and_where_it_cannot_be_had_nothing_is(here, manners, status, free):
    here.pages["/robots.txt"] = Reply(b"", status=status)
    if free:
        assert manners.get(here.url("/a")).status == 200
        return
    with pytest.raises(FetchError, match="cannot be had"):
        manners.get(here.url("/a"))


def test_robots_is_asked_of_the_host_that_is_led_to(here, manners):
    here.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /to\n")
    here.pages["/a"] = Reply(status=302, headers={"Location": "/to"})
    with pytest.raises(FetchError, match="forbids it"):
        manners.get(here.url("/a"))
    assert "/to" not in here.paths()


def test_there_is_a_pause_between_requests_to_one_host(here, manners, clock):
    for _ in range(3):
        manners.get(here.url("/a"))
    assert len(here.asked) == 4
    assert sum(clock.waits) >= 3.0  # three gaps between four requests


def test_a_longer_pause_of_robots_is_kept_and_one_too_long_refused(here, manners, clock):
    here.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 7\n")
    manners.get(here.url("/a"))
    assert max(clock.waits) == pytest.approx(7.0)
    slow = Manners(here.client(), 1.0, clock.time, clock.sleep)
    here.pages["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 900\n")
    with pytest.raises(FetchError, match="wants 900 s"):
        slow.get(here.url("/a"))


def test_a_busy_server_is_given_the_time_it_asks_for(here, manners, clock):
    here.pages["/a"] = [Reply(status=429, headers={"Retry-After": "12"}), Reply(status=503), Reply(b"now")]
    assert manners.get(here.url("/a")).body == b"now"
    assert 12.0 in clock.waits
    assert len(here.asked) == 4


def test_a_server_that_stays_busy_is_left_alone_after_three_tries(here, manners):
    here.pages["/a"] = Reply(status=429, headers={"Retry-After": "1"})
    with pytest.raises(FetchError, match="busy"):
        manners.get(here.url("/a"))
    assert here.paths().count("/a") == 3


def test_a_server_that_asks_for_an_hour_is_not_waited_for(here, manners, clock):
    here.pages["/a"] = Reply(status=503, headers={"Retry-After": "3600"})
    with pytest.raises(FetchError, match="3600 s"):
        manners.get(here.url("/a"))
    assert max(clock.waits, default=0) < 60
