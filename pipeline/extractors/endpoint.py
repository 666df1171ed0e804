"""One chat endpoint of the OpenAI-compatible kind, asked with a deadline, a cap on bytes and bounded retries.

Only the address that the user gives is contacted: no redirect is followed and no proxy of the environment is used.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

from pipeline.errors import UsageError
from pipeline.settings import EXTRACTOR_TIMEOUT

ATTEMPTS = 3
LONGEST_WAIT = 60.0  # seconds that an endpoint may ask us to wait
MOST_BYTES = 2_000_000
CHUNK = 65_536
RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_CHAT = "/chat/completions"


class EndpointError(Exception):
    """The endpoint gave no usable answer; the message says how, in our words and never in its."""


class _TransientError(EndpointError):
    """As that, but worth asking again; ``wait`` is what the endpoint asks for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What tells and passes time; handed in, so that tests need not wait."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _utc_now


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible chat endpoint.

    Parameters
    ----------
    url : str
        The base (``http://localhost:8000/v1``) or the whole address up to ``/chat/completions``.
    model : str
        As the server calls it.
    key : str
        Sent as a bearer token; never shown. Only over https, or to this machine.
    timeout : float
        Seconds for one answer, all in all.
    clock : Clock

    Raises
    ------
    UsageError
        An address that cannot be used, or a key that would travel in the clear.

    Examples
    --------
    >>> Endpoint("http://localhost:8000/v1", "my-model").path
    '/v1/chat/completions'
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = EXTRACTOR_TIMEOUT
    clock: Clock = Clock()

    def __post_init__(self) -> None:
        parts = _parts(self.url)
        if self.key and not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise UsageError("the extractor's key holds characters that no key has; set the variable to the key alone")
        if self.key and parts.scheme != "https" and not _is_this_machine(parts.hostname or ""):
            raise UsageError(f"{self.url}: a key is only sent over https, or to this machine; use https")

    @property
    def path(self) -> str:
        """What is asked of the server."""
        parts = _parts(self.url)
        path = parts.path.rstrip("/")
        path = path if path.endswith(_CHAT) else path + _CHAT
        return path + (f"?{parts.query}" if parts.query else "")

    def ask(self, messages: Sequence[Mapping[str, str]]) -> str:
        """Return the text of the model's answer.

        Raises
        ------
        EndpointError
            No answer after the last attempt, or one that is no chat completion.
        """
        body = json.dumps({"model": self.model, "messages": list(messages), "temperature": 0, "stream": False}).encode()
        for attempt in range(ATTEMPTS):
            try:
                return _content(self._post(body))
            except _TransientError as error:
                wait = 2.0**attempt if error.wait is None else error.wait
                if attempt == ATTEMPTS - 1 or wait > LONGEST_WAIT:
                    raise EndpointError(f"{error} ({attempt + 1} attempts)") from error
                self.clock.sleep(wait)
        raise EndpointError("it was not asked")

    def _post(self, body: bytes) -> bytes:
        parts = _parts(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        deadline = self.clock.monotonic() + self.timeout
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        try:
            connection.request("POST", self.path, body, self._headers())
            response = connection.getresponse()
            if response.status != http.HTTPStatus.OK:
                raise self._refused(response)
            return self._read(response, deadline)
        except TimeoutError as error:
            raise _TransientError(f"no answer within {self.timeout:g} s") from error
        except (OSError, http.client.HTTPException) as error:
            raise _TransientError(f"it cannot be reached ({type(error).__name__})") from error
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "sitmap"}
        return headers | ({"Authorization": f"Bearer {self.key}"} if self.key else {})

    def _read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        """Read an answer that comes in time and is not too long, however slowly it drips."""
        found = bytearray()
        while chunk := response.read1(CHUNK):
            found += chunk
            if len(found) > MOST_BYTES:
                raise EndpointError(f"the answer is longer than {MOST_BYTES:,} bytes")
            if self.clock.monotonic() > deadline:
                raise _TransientError(f"no full answer within {self.timeout:g} s")
        return bytes(found)

    def _refused(self, response: http.client.HTTPResponse) -> EndpointError:
        said = f"it answered with HTTP {response.status}"
        if response.status in RETRIED:
            return _TransientError(said, self._asked_to_wait(response.getheader("Retry-After")))
        return EndpointError(said + (", a redirect, which is not followed" if 300 <= response.status < 400 else ""))

    def _asked_to_wait(self, value: str | None) -> float | None:
        """Return the seconds of a Retry-After (RFC 9110, 10.2.3: seconds or a date); None where there is none."""
        if value is None:
            return None
        if value.strip().isdecimal():
            return float(value)
        try:
            until = parsedate_to_datetime(value)
        except ValueError:
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - self.clock.now()).total_seconds())


def _parts(url: str) -> SplitResult:
    """Return the parts of an address that can be used."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        raise UsageError(f"{url!r} is no address of an extractor; give http://HOST:PORT/v1 or https://HOST/v1")
    if parts.username or parts.password:
        raise UsageError("the extractor's address holds a name or password; give the key with --extractor-key-env")
    return parts


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _content(body: bytes) -> str:
    """Return the text of a chat completion."""
    try:
        found = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise EndpointError("the answer is no chat completion") from error
    if not isinstance(found, str):
        raise EndpointError("the answer is no chat completion")
    return found
