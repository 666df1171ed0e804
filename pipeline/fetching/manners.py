"""Politeness: robots.txt, a pause between requests to one host, and waiting as long as a server asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from protego import Protego

from pipeline.fetching.addresses import FetchError, Target
from pipeline.fetching.client import Answer, Client

_LONGEST_PAUSE = 60.0  # seconds; a host that wants more is left alone
_TRIES = 3
_ROBOT = "sitmap"  # the name that robots.txt may use
_LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_CLIENT_ERRORS = range(400, 500)


@dataclass(slots=True)
class Manners:
    """Asks as a guest does; keeps what each host said and when it was asked last.

    Parameters
    ----------
    client : Client
    pause_s : float
        Seconds between two requests to one host; more, where its robots.txt says so.
    clock, sleep : callable
        Seconds, and waiting.
    """

    client: Client
    pause_s: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _rules: dict[str, Protego | str] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        """Return the answer, each hop asked for only where its host lets robots, and not too often.

        Raises
        ------
        FetchError
            If robots.txt forbids it or cannot be had, the server is still busy after three tries, or for any reason
            of :meth:`Client.get`.
        """
        for left in reversed(range(_TRIES)):
            answer = self.client.get(url, headers, before=self._may_ask)
            if answer.status not in _LATER or not left:
                break
            self._wait_as_told(answer)
        if answer.status in _LATER:
            raise FetchError(f"{url}: the server is busy ({answer.status}); try again later")
        return answer

    def _may_ask(self, target: Target) -> None:
        """Wait for the host's turn, or refuse where its robots.txt forbids the path."""
        rules = self._rules_of(target)
        if isinstance(rules, str):
            raise FetchError(f"{target.url}: robots.txt cannot be had, which forbids all for now ({rules})")
        if not rules.can_fetch(target.url, _ROBOT):
            raise FetchError(f"{target.url}: robots.txt of {target.host} forbids it")
        self._wait(target, max(self.pause_s, float(rules.crawl_delay(_ROBOT) or 0.0)))

    def _rules_of(self, target: Target) -> Protego | str:
        """Return what robots.txt says (RFC 9309): not there, all is allowed; not to be had, nothing is: why not."""
        if target.origin not in self._rules:
            self._rules[target.origin] = self._read_rules(target)
        return self._rules[target.origin]

    def _read_rules(self, target: Target) -> Protego | str:
        try:
            answer = self.client.get(f"{target.origin}/robots.txt", before=lambda hop: self._wait(hop, self.pause_s))
        except FetchError as error:
            return str(error)
        if answer.status in _CLIENT_ERRORS:
            return Protego.parse("")
        if answer.status != HTTPStatus.OK:
            return f"the server answers {answer.status}"
        return Protego.parse(answer.body.decode("utf-8", "replace"))

    def _wait(self, target: Target, pause: float) -> None:
        if pause > _LONGEST_PAUSE:
            raise FetchError(f"{target.host}: wants {pause:.0f} s between requests; fetch by hand, and rarely")
        since = self.clock() - self._asked.get(target.origin, float("-inf"))
        if since < pause:
            self.sleep(pause - since)
        self._asked[target.origin] = self.clock()

    def _wait_as_told(self, answer: Answer) -> None:
        """Wait as long as ``Retry-After`` says, in seconds or as a date; a while where it says nothing."""
        wanted = seconds_told(answer.headers.get("retry-after", ""), now=datetime.now(UTC))
        pause = 5.0 if wanted is None else wanted
        if pause > _LONGEST_PAUSE:
            raise FetchError(f"{answer.url}: the server asks to come back in {pause:.0f} s; try again then")
        self.sleep(max(pause, self.pause_s))


def seconds_told(text: str, *, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for, or None where it says nothing readable.

    Examples
    --------
    >>> seconds_told("120", now=datetime(2024, 5, 3, tzinfo=UTC))
    120.0
    >>> seconds_told("Fri, 03 May 2024 00:01:00 GMT", now=datetime(2024, 5, 3, tzinfo=UTC))
    60.0
    """
    if text.strip().isdigit():
        return float(text)
    try:
        day = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (day if day.tzinfo else day.replace(tzinfo=UTC)).timestamp() - now.timestamp())
