"""Which addresses may be asked: http and https on the public internet, nothing of this machine or its network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final
from urllib.parse import quote, urlsplit

from pipeline.errors import SitmapError

IPAddress = IPv4Address | IPv6Address
#: From a host and a port to its addresses as text.
Lookup = Callable[[str, int], Sequence[str]]

_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 2000  # characters of an address
#: Networks whose addresses end in an IPv4 address: IPv4-compatible, NAT64.
_CARRIERS: Final = (ipaddress.IPv6Network("::/96"), ipaddress.IPv6Network("64:ff9b::/96"))


class FetchError(SitmapError):
    """An address is not asked, or an answer not taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address, taken apart; ``path`` is what is asked for, query and all."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what robots.txt and pauses are kept by."""
        return f"{self.scheme}://{self.host}:{self.port}"


def target_of(url: str) -> Target:
    """Take an address apart.

    Raises
    ------
    FetchError
        If it is not http or https, has no host, holds a password, or characters that no address has.

    Examples
    --------
    >>> target_of("https://news.example.org/a b?x=1#top").path
    '/a%20b?x=1'
    >>> target_of("file:///etc/passwd")
    Traceback (most recent call last):
    pipeline.fetching.addresses.FetchError: file:///etc/passwd: only http and https are fetched
    """
    if len(url) > _LONGEST or any(ord(c) < ord(" ") or ord(c) == 0x7F for c in url):
        raise FetchError(f"{url[:80]!r}: no address is that long or has such characters")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (
            (parts.hostname or "").encode("idna").decode("ascii") if not _is_literal(parts.hostname) else parts.hostname
        )
    except ValueError as error:  # UnicodeError is one
        raise FetchError(f"{url}: not an address ({error})") from error
    if parts.scheme not in _PORTS:
        raise FetchError(f"{url}: only http and https are fetched")
    if not host:
        raise FetchError(f"{url}: names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{host}: the address holds a user name or password; leave it out")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    )
    return Target(url.partition("#")[0], parts.scheme, host.lower(), port or _PORTS[parts.scheme], path)


_QUERY: Final = "/?%:@!$&'()*+,;=~-._[]"


def _is_literal(host: str | None) -> bool:
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return False
    return True


def is_public(address: IPAddress) -> bool:
    """Whether an address is on the public internet; one that carries another is judged by that.

    Examples
    --------
    >>> from ipaddress import ip_address
    >>> [is_public(ip_address(a)) for a in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "8.8.8.8")]
    [False, False, False, False, True]
    """
    inner = _carried(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: IPAddress) -> IPv4Address | None:
    """Return the IPv4 address inside an IPv6 one: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return None
    teredo = address.teredo
    inner = address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
    if inner is None and any(address in network for network in _CARRIERS):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return inner


def lookup(host: str, port: int) -> list[str]:
    """Return all addresses of a host, as the system resolves them.

    Raises
    ------
    OSError
        If there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Resolver:
    """Turns a host into the address to connect to, after checking all that the name stands for.

    Parameters
    ----------
    lookup : callable
        From host and port to addresses; the system's by default.
    allowed : callable
        Whether an address may be asked; :func:`is_public` by default.
    """

    lookup: Lookup = lookup
    allowed: Callable[[IPAddress], bool] = is_public

    def address_of(self, target: Target) -> str:
        """Return the address to connect to. It is this one that is asked: the name is not resolved again.

        Raises
        ------
        FetchError
            If the name stands for nothing, or for any address that may not be asked.
        """
        try:
            found = [ipaddress.ip_address(text.split("%")[0]) for text in self.lookup(target.host, target.port)]
        except (OSError, ValueError) as error:
            raise FetchError(f"{target.host}: cannot be found ({getattr(error, 'strerror', None) or error})") from error
        bad = next((one for one in found if not self.allowed(one)), None)
        if bad is not None or not found:
            where = f"{bad} is not on the public internet" if bad else "it has no address"
            raise FetchError(f"{target.host}: {where}; sitmap fetches from public addresses alone")
        return str(found[0])
