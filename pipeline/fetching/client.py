"""One address -> its answer: each hop checked, connected to where the check led, bounded in bytes and in time."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from pipeline.fetching.addresses import FetchError, Resolver, Target, target_of

_BLOCK = 1 << 16
_MOVED = frozenset({301, 302, 303, 307, 308})
_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 47}  # zlib's window bits: gzip alone, or either
_PLAIN = frozenset({"", "identity"})


@dataclass(frozen=True, slots=True)
class Caps:
    """What a fetch may take.

    Parameters
    ----------
    max_bytes : int
        Of a body, unpacked.
    timeout_s : float
        Seconds for one hop in all, however slowly its bytes come.
    max_hops : int
        Addresses that one fetch may lead through.
    """

    max_bytes: int = 5_000_000
    timeout_s: float = 30.0
    max_hops: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the address it came from in the end, status, headers (names in lower case), body unpacked."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def kind(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Client:
    """Asks for addresses.

    Parameters
    ----------
    agent : str
        What it calls itself.
    caps : Caps
    resolver : Resolver
        What checks each hop.

    Examples
    --------
    >>> Client("sitmap").get("http://127.0.0.1/")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pipeline.fetching.addresses.FetchError: 127.0.0.1: 127.0.0.1 is not on the public internet; ...
    """

    agent: str
    caps: Caps = field(default_factory=Caps)
    resolver: Resolver = field(default_factory=Resolver)

    def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, before: Callable[[Target], object] | None = None
    ) -> Answer:
        """Return the answer to a GET, redirects followed.

        Parameters
        ----------
        url : str
        headers : mapping, optional
            Further headers, such as ``If-None-Match``; only the first host is sent them.
        before : callable, optional
            Called with the target of each hop before it is asked; it may wait, or raise.

        Raises
        ------
        FetchError
            If a hop may not be asked, the answer breaks a cap, or nothing comes.
        """
        target, extra = target_of(url), dict(headers or {})
        first = target.origin
        for _ in range(self.caps.max_hops):
            if before is not None:
                before(target)
            answer = self._hop(target, extra if target.origin == first else {})
            if answer.status not in _MOVED or "location" not in answer.headers:
                return answer
            onwards = target_of(urljoin(target.url, answer.headers["location"]))
            if target.scheme == "https" and onwards.scheme == "http":
                raise FetchError(f"{url}: leads from https to http ({onwards.host})")
            target = onwards
        raise FetchError(f"{url}: leads on and on ({self.caps.max_hops} redirects)")

    def _hop(self, target: Target, headers: Mapping[str, str]) -> Answer:
        asked = {"User-Agent": self.agent, "Accept-Encoding": "gzip", "Accept": "*/*", "Connection": "close", **headers}
        connection = _connection(target, self.resolver.address_of(target), self.caps.timeout_s)
        try:
            with _cut_off_after(connection, self.caps.timeout_s):
                connection.connect()
                connection.request("GET", target.path, headers=asked)
                return self._answer(target, connection.getresponse())
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise FetchError(
                f"{target.url}: no answer ({why}; at most {self.caps.timeout_s:.0f} s are waited)"
            ) from error
        finally:
            connection.close()

    def _answer(self, target: Target, response: http.client.HTTPResponse) -> Answer:
        headers = {name.lower(): value for name, value in response.getheaders()}
        known = headers.get("content-length", "")
        if known.isdigit() and int(known) > self.caps.max_bytes:
            raise FetchError(
                f"{target.url}: {int(known):,} bytes, more than the {self.caps.max_bytes:,} that are taken"
            )
        body = b"" if response.status in _MOVED else self._body(target, response, headers.get("content-encoding", ""))
        return Answer(target.url, response.status, headers, body)

    def _body(self, target: Target, response: http.client.HTTPResponse, packing: str) -> bytes:
        """Return the body, unpacked as it comes, so that a bomb is dropped before it goes off."""
        packing = packing.strip().lower()
        if packing not in _PLAIN and packing not in _PACKED:
            raise FetchError(f"{target.url}: comes packed as {packing[:40]!r}, which was not asked for")
        most = self.caps.max_bytes
        body = bytearray()
        for block in _unpacked(_blocks(response), packing, most):
            body += block
            if len(body) > most:
                raise FetchError(f"{target.url}: more than the {most:,} bytes that are taken")
        return bytes(body)


def _blocks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while block := response.read(_BLOCK):
        yield block
    if response.length:  # bytes that were told and did not come
        raise ValueError(f"cut off {response.length:,} bytes before its end")


def _unpacked(blocks: Iterator[bytes], packing: str, most: int) -> Iterator[bytes]:
    if packing in _PLAIN:
        yield from blocks
        return
    unpack = zlib.decompressobj(_PACKED[packing])
    for block in blocks:
        yield unpack.decompress(block, most + 1)
    if not unpack.eof:
        raise ValueError("the packed body is cut off")


def _connection(target: Target, address: str, timeout_s: float) -> _Plain:
    """Return a connection that goes to ``address``, and tells and checks the name of the host."""
    make = _Secure if target.scheme == "https" else _Plain
    return make(target, address, timeout_s)


class _Plain(http.client.HTTPConnection):
    """Plain HTTP to an address that was checked; ``line`` is its socket even after ``sock`` is let go."""

    line: socket.socket | None = None

    def __init__(self, target: Target, address: str, timeout_s: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout_s)
        self._address = address

    def connect(self) -> None:
        """Connect to the checked address, not to whatever the name stands for by now."""
        self.sock = self.line = socket.create_connection((self._address, self.port), self.timeout)


class _Secure(_Plain):
    """The same over TLS, with the certificate checked against the host's name."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Connect, and shake hands as the host that was named."""
        super().connect()
        self.sock = self.line = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


@contextlib.contextmanager
def _cut_off_after(connection: _Plain, seconds: float) -> Iterator[None]:
    """Shut the line after so many seconds in all: a time-out of the socket begins anew with each byte."""
    began = time.monotonic()

    def cut() -> None:
        with contextlib.suppress(OSError):  # it ended just now
            if connection.line is not None:  # else it is not connected yet, and has its own time-out
                connection.line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if time.monotonic() - began >= seconds:  # a body without a length ends where the line is cut
            raise TimeoutError("it took too long")
    finally:
        timer.cancel()
