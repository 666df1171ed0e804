"""Download a file: resumed where it was cut off, bounded in size and time, over https, with its checksum."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO, NoReturn, Protocol
from urllib.parse import urlsplit

from gazetteer.errors import SourceError
from gazetteer.sources import Progress, no_progress

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_BLOCK = 1 << 16
_PASSING = frozenset({408, 429, 500, 502, 503, 504})  # a server that says so may answer later
_MAGIC = {".zip": b"PK", ".gz": b"\x1f\x8b"}
_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")
_BY_HAND = "download it by hand and give the file: sitmap gazetteer add SOURCE PATH"


class DownloadError(SourceError):
    """A file could not be downloaded; the message says what to do."""


class _TryAgainError(Exception):
    """The download was cut off or the server is busy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may take.

    Parameters
    ----------
    most_bytes : int
        Larger files are refused.
    timeout_s : float
        Seconds without a byte after which the connection counts as cut.
    attempts : int
        Attempts in a row that bring nothing before it is given up; and ten times as many in all.
    pause_s : float
        Seconds before the second attempt; doubled for each further one.
    """

    most_bytes: int = 4 << 30
    timeout_s: float = 30.0
    attempts: int = 4
    pause_s: float = 1.0


class _Response(Protocol):
    """What urllib answers with."""

    status: int
    headers: Message

    def read(self, amount: int, /) -> bytes: ...


def download(url: str, to: Path, *, limits: Limits | None = None, progress: Progress = no_progress) -> str:
    """Download ``url`` to ``to`` and return the SHA-256 of the file; what a cut download left is taken up again.

    Parameters
    ----------
    url : str
        https, or http on this machine.
    to : Path
        Written whole or not at all; while it is not whole it is ``<name>.part``, with ``<name>.part.json`` beside it.
    progress : callable
        Called with the name, bytes so far and bytes in all (0: not known).

    Raises
    ------
    DownloadError
        The address is not https, the file is not there, too large or not what it should be, or the network is gone.

    Examples
    --------
    >>> download("http://example.org/SY.zip", Path("SY.zip"))
    Traceback (most recent call last):
    gazetteer.adding.download.DownloadError: http://example.org/SY.zip: only https is used (http on this machine alone)
    """
    limits = limits or Limits()
    check_address(url)
    to.parent.mkdir(parents=True, exist_ok=True)
    part = _Part(to)
    idle = total = 0
    while True:
        before = part.size()
        try:
            _fetch(url, part, limits, progress)
            break
        except _TryAgainError as error:
            idle = 0 if part.size() > before else idle + 1
            total += 1
            if idle >= limits.attempts or total >= 10 * limits.attempts:
                raise DownloadError(f"{url}: {error}; run it again to go on from there, or {_BY_HAND}") from None
            time.sleep(min(30.0, limits.pause_s * 2 ** max(0, idle - 1)))
    _check_kind(url, part.path, to.suffix)
    return part.finish()


def check_address(url: str) -> None:
    """Refuse what is neither https nor http on this machine, and addresses with a password.

    Raises
    ------
    DownloadError
        It is one of these.
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise DownloadError("the address holds a user name or password; leave it out")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise DownloadError(f"{url}: only https is used (http on this machine alone)")


class _Part:
    """A file on its way, and what the server said of it, so that the rest is of the same file."""

    def __init__(self, to: Path) -> None:
        self._to = to
        self.path = to.with_name(f"{to.name}.part")
        self._note = to.with_name(f"{to.name}.part.json")

    def size(self) -> int:
        """Return how many bytes there are that can be gone on from."""
        return self.path.stat().st_size if self.path.exists() and self._note.exists() else 0

    def validator(self, url: str) -> str:
        """Return the server's mark of the version that was begun from ``url``; empty if it gave none."""
        try:
            noted = json.loads(self._note.read_text("utf-8"))
            return str(noted["validator"]) if noted["url"] == url else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def begin(self, url: str, headers: Mapping[str, str] | Message) -> None:
        """Start anew with the version that the headers tell of."""
        etag = headers.get("ETag") or ""
        mark = headers.get("Last-Modified") or "" if etag.startswith("W/") or not etag else etag
        self.path.write_bytes(b"")
        self._note.write_text(json.dumps({"url": url, "validator": mark}), "utf-8")

    def drop(self) -> None:
        """Forget what there is."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def finish(self) -> str:
        """Give the file its name; return its SHA-256."""
        with self.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.path.replace(self._to)
        self._note.unlink(missing_ok=True)
        return digest


def _fetch(url: str, part: _Part, limits: Limits, progress: Progress) -> None:
    """Get what is missing of a file.

    Raises
    ------
    _TryAgainError
        Not all came.
    DownloadError
        It will not come.
    """
    have, mark = part.size(), part.validator(url)
    headers = {"User-Agent": "sitmap", "Accept-Encoding": "identity"}
    if have and mark:
        headers |= {"Range": f"bytes={have}-", "If-Range": mark}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the scheme was checked
    try:
        with _opener(url).open(request, timeout=limits.timeout_s) as response:
            _take(response, url, part, limits, progress)
    except urllib.error.HTTPError as error:
        _refused(url, error, part)
    except urllib.error.URLError as error:
        raise _TryAgainError(f"cannot be reached ({error.reason})") from error
    except (http.client.HTTPException, ConnectionError, TimeoutError) as error:
        raise _TryAgainError(f"cut off ({error!r})") from error
    except OSError as error:
        raise DownloadError(f"{part.path}: cannot be written ({error.strerror or error})") from error


def _opener(url: str) -> urllib.request.OpenerDirector:
    """Return an opener that follows redirects to https only, and asks no proxy for this machine."""
    handlers: list[urllib.request.BaseHandler] = [_SafeRedirects()]
    if urlsplit(url).hostname in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        """Follow, if the address may be asked."""
        check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refused(url: str, error: urllib.error.HTTPError, part: _Part) -> NoReturn:
    """Say what an error of the server means."""
    if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.drop()  # what is here is longer than what is there: begin again
        raise _TryAgainError("the file has changed")
    if error.code in _PASSING:
        raise _TryAgainError(f"the server answers {error.code} {error.reason}")
    if error.code in {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE}:
        raise DownloadError(f"{url}: there is no such file ({error.code}); check the code or the mirror's address")
    raise DownloadError(f"{url}: the server answers {error.code} {error.reason}; {_BY_HAND}")


def _take(response: _Response, url: str, part: _Part, limits: Limits, progress: Progress) -> None:
    """Append the body to what there is, or begin with it."""
    if response.headers.get_content_type() == "text/html":
        raise DownloadError(f"{url}: a web page came instead of the file (a login or a wrong address?); {_BY_HAND}")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise DownloadError(f"{url}: comes packed as {response.headers['Content-Encoding']}, which was not asked for")
    if not _goes_on(response, part.size()):
        part.begin(url, response.headers)
    have = part.size()
    length = response.headers.get("Content-Length", "")
    total = have + int(length) if length.isdigit() else 0
    with part.path.open("ab") as file:
        while have <= limits.most_bytes and total <= limits.most_bytes:
            block = _read(response)
            if not block:
                break
            have += file.write(block)
            progress(f"downloading {part.path.stem}", have, total)
    if max(have, total) > limits.most_bytes:
        part.drop()
        raise DownloadError(f"{url}: larger than {limits.most_bytes:,} bytes; {_BY_HAND}")
    if total and have != total:
        raise _TryAgainError(f"cut off at {have:,} of {total:,} bytes")


def _read(response: _Response) -> bytes:
    try:
        return response.read(_BLOCK)
    except (http.client.HTTPException, OSError) as error:
        raise _TryAgainError(f"cut off ({error!r})") from error


def _goes_on(response: _Response, have: int) -> bool:
    """Whether the answer is the rest of what there is."""
    if response.status != http.HTTPStatus.PARTIAL_CONTENT:
        return False
    found = _RANGE.match(response.headers.get("Content-Range", ""))
    if not found or found[1] is None or int(found[1]) != have:
        raise _TryAgainError("the server sent another part than was asked for")
    return True


def _check_kind(url: str, path: Path, suffix: str) -> None:
    """Refuse what does not begin as its kind of file does: a page that says sorry, an empty file."""
    with path.open("rb") as file:
        start = file.read(64)
    wanted = _MAGIC.get(suffix)
    if not start or (wanted and not start.startswith(wanted)) or (not wanted and start.lstrip()[:1] == b"<"):
        path.unlink()
        raise DownloadError(
            f"{url}: what came is no {suffix.removeprefix('.') or 'data'} file (it begins {start[:20]!r})"
        )
