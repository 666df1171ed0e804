"""The server of ``sitmap serve``: on 127.0.0.1 alone, the products of one folder by their names, and nothing else.

Names are looked up in a table and never joined from what was asked; links out of the folder are not followed. Nothing
can be changed through it. Whom it lets in is said in ``pipeline.loopback``.
"""

from __future__ import annotations

import json
import logging
import os
import re
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO, Final

from pipeline.errors import InputError
from pipeline.loopback import HEADERS, why_refused
from pipeline.products.points.archive import told_by
from pipeline.products.points.order import TILES
from pipeline.products.points.records import Records
from pipeline.serving.ranges import UnsatisfiableError, part_asked
from pipeline.terminal import line

__all__ = ["PRODUCTS", "ResultsServer"]

_HTML: Final = "text/html; charset=utf-8"
_JSON: Final = "application/geo+json"
#: What may be asked for, and what it is.
PRODUCTS: Final = {
    "map.html": _HTML, "briefing.html": _HTML, "review.html": _HTML, TILES: "application/vnd.pmtiles",
    "events.geojson": _JSON, "claims.geojson": _JSON, "areas.geojson": _JSON, "mentions.geojson": _JSON,
    "events.csv": "text/csv; charset=utf-8", "events.parquet": "application/vnd.apache.parquet",
    "events.gpkg": "application/geopackage+sqlite3", "project.qgz": "application/zip", "run.json": "application/json",
    "briefing.md": "text/markdown; charset=utf-8", "briefing.pdf": "application/pdf",
    "briefing.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
_PAGE: Final = "map.html"
_EVENT: Final = re.compile(r"/event/([0-9]{1,9})")
_TIMEOUT_S: Final = 10
_BLOCK: Final = 1 << 18
#: Pages bring their own policy, which lets only their scripts run; what is no page may not act as one.
_POLICY: Final = {
    True: "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    False: "default-src 'none'; frame-ancestors 'none'",
}
#: No link is followed and no pipe waited for; systems that lack one of these lack what it is against.
_PLAINLY: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_log = logging.getLogger("sitmap")


class _RefusedError(Exception):
    """A request that is not let in: the status, why, and what goes with it."""

    def __init__(self, status: HTTPStatus, why: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.headers = headers or {}


class ResultsServer(ThreadingHTTPServer):
    """Serves one folder.

    Parameters
    ----------
    folder : Path
        That `sitmap map` wrote to.
    port : int
        0 for any that is free.

    Raises
    ------
    InputError
        If there is no map in it.
    OSError
        If the port is taken.
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        if not (folder / _PAGE).is_file():
            raise InputError(f"{folder / _PAGE}: not found; run `sitmap map --out {folder}` first, or name its folder")
        self.folder = folder
        self._records: Records | None = None
        self._opening = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        """The address to open."""
        return f"http://127.0.0.1:{self.server_port}/"

    @property
    def has_points(self) -> bool:
        """Whether there are tiles, as there are of more events than a page can hold."""
        return (self.folder / TILES).is_file()

    def warm(self) -> None:
        """Begin to open the table of a million events, seconds before the first of them is asked for.

        The end of the process waits for it: a thread that is cut off while it imports may keep a lock that is needed.
        """
        if self.has_points:
            threading.Thread(target=self._warm).start()

    def _warm(self) -> None:
        with suppress(InputError):  # told to whoever asks for an event
            self.records()

    def records(self) -> Records:
        """Return the table of the events, opened by whoever asks first.

        Raises
        ------
        InputError
            If it cannot be read, or is of another run than the tiles.
        """
        with self._opening:
            if self._records is None:
                path = self.folder / "events.parquet"
                found = Records(path)
                if found.fingerprint != told_by(self.folder / TILES).get("fingerprint"):
                    raise InputError(f"{path}: of another run than {TILES}; run `sitmap map` again")
                self._records = found
            return self._records


class _Handler(BaseHTTPRequestHandler):
    server: ResultsServer
    server_version, sys_version = "sitmap", ""
    timeout = _TIMEOUT_S

    def do_GET(self) -> None:
        """Give a product, a part of one, or the record of an event."""
        try:
            self._refuse_strangers()
            if found := _EVENT.fullmatch(self.path):
                self._event(int(found[1]))
            else:
                self._product(self._name())
        except _RefusedError as refused:
            self._tell(refused.status, {"error": str(refused)}, refused.headers)
        except InputError as error:
            self._tell(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": line(error)})

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _other_method(self) -> None:
        self._tell(HTTPStatus.METHOD_NOT_ALLOWED, {"error": "only GET and HEAD are known here"})

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer every other method with a refusal; http.server looks for ``do_`` and its name."""
        if name.startswith("do_"):
            return self._other_method
        raise AttributeError(name)

    def _refuse_strangers(self) -> None:
        is_page = PRODUCTS.get(self._name()) == _HTML
        if why := why_refused(self.headers, self.server.server_port, is_page=is_page):
            raise _RefusedError(HTTPStatus.FORBIDDEN, why)

    def _name(self) -> str:
        return _PAGE if self.path == "/" else self.path[1:]

    def _product(self, name: str) -> None:
        kind = PRODUCTS.get(name)
        if kind is None:
            raise _RefusedError(HTTPStatus.NOT_FOUND, "there is nothing at this path")
        with _opened(self.server.folder / name) as stream:
            about = os.fstat(stream.fileno())
            headers = {
                "Content-Type": kind,
                "Accept-Ranges": "bytes",
                "ETag": f'"{about.st_mtime_ns:x}-{about.st_size:x}"',
            }
            try:
                part = part_asked(self.headers.get("Range"), about.st_size)
            except UnsatisfiableError as error:
                behind = {"Content-Range": f"bytes */{about.st_size}"}
                raise _RefusedError(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, str(error), behind) from error
            if part is None:
                self._begin(HTTPStatus.OK, headers, about.st_size)
                self._copy(stream, about.st_size)
                return
            headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{about.st_size}"
            self._begin(HTTPStatus.PARTIAL_CONTENT, headers, len(part))
            stream.seek(part.start)
            self._copy(stream, len(part))

    def _copy(self, stream: BinaryIO, length: int) -> None:
        while self.command != "HEAD" and length > 0 and (block := stream.read(min(_BLOCK, length))):
            self.wfile.write(block)
            length -= len(block)

    def _event(self, row: int) -> None:
        try:
            record = self.server.records().of(row)
        except IndexError as error:
            raise _RefusedError(HTTPStatus.NOT_FOUND, f"there is no event {row}") from error
        self._tell(HTTPStatus.OK, record)

    def _tell(self, status: HTTPStatus, value: object, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(value, allow_nan=False).encode()
        self._begin(status, {"Content-Type": "application/json"} | (headers or {}), len(body))
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(self, status: HTTPStatus, headers: dict[str, str], length: int) -> None:
        self.send_response(status)
        policy = _POLICY[headers["Content-Type"] == _HTML]
        said = {**headers, "Content-Length": str(length), "Content-Security-Policy": policy, **HEADERS}
        for name, value in said.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in http.server
        """Say what was asked, if asked to say more: never on standard error by itself."""
        _log.info("%s", line(format % args))


def _opened(path: Path) -> BinaryIO:
    """Open a plain file that lies in the folder itself."""
    try:
        handle = os.open(path, _PLAINLY)
    except OSError as error:
        raise _RefusedError(HTTPStatus.NOT_FOUND, "this run has no such product") from error
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise _RefusedError(HTTPStatus.NOT_FOUND, "this run has no such product")
