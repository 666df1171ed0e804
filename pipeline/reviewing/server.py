"""The server of ``sitmap review``: on 127.0.0.1 alone, for the one page that has the token.

Other pages in the same browser can reach a server on loopback, and so can other users of the machine. So: the page
itself holds nothing; data and decisions need a token that is made anew on each start and stands in the address only
behind the #, which browsers do not send; the Host must be ours (no name rebound to 127.0.0.1) and so must the Origin;
a header that pages of other origins cannot send without asking first is needed, and nobody who asks is let in.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from pipeline.errors import InputError, OutputError
from pipeline.loopback import HEADERS, why_refused
from pipeline.products.review import render_served
from pipeline.reviewing.desk import Desk
from pipeline.terminal import line

__all__ = ["MAX_BODY", "ReviewServer"]

MAX_BODY: Final = 64_000
_TIMEOUT_S = 10
_POLICY = "default-src 'none'; frame-ancestors 'none'"
_log = logging.getLogger("sitmap")


class _RefusedError(Exception):
    """A request that is not let in: the status, and what to do."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class ReviewServer(ThreadingHTTPServer):
    """Serves one desk.

    Parameters
    ----------
    desk : Desk
    port : int
        0 for any that is free.

    Raises
    ------
    OSError
        If the port is taken.
    """

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        self.desk = desk
        self.token = secrets.token_urlsafe(32)
        self.page = render_served().encode()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        """The address to open, token included."""
        return f"http://127.0.0.1:{self.server_port}/#token={self.token}"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version, sys_version = "sitmap", ""
    timeout = _TIMEOUT_S

    def do_GET(self) -> None:
        """Give the page to anyone of ours, the data for the token."""
        routes = {"/": self._page, "/data": self._data}
        self._answer(routes, needs_origin=False)

    def do_POST(self) -> None:
        """Take a decision, or the last one back."""
        self._answer({"/decide": self._decide, "/undo": self._undo}, needs_origin=True)

    def _other_method(self) -> None:
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, {"error": "only GET and POST are known here"})

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer every other method with a refusal; http.server looks for ``do_`` and its name."""
        if name.startswith("do_"):
            return self._other_method
        raise AttributeError(name)

    def _answer(self, routes: dict[str, Callable[[], None]], *, needs_origin: bool) -> None:
        try:
            self._refuse_strangers(needs_origin=needs_origin)
            if self.path != "/":
                self._refuse_without_token()
            routes.get(self.path, self._nothing)()
        except _RefusedError as refused:
            self._send(refused.status, {"error": str(refused)})
        except InputError as error:
            self._send(HTTPStatus.BAD_REQUEST, {"error": line(error)})
        except OutputError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": line(error)})

    def _refuse_strangers(self, *, needs_origin: bool) -> None:
        """Refuse another Host (DNS rebinding) and another Origin (other pages)."""
        port, is_page = self.server.server_port, self.path == "/"
        if why := why_refused(self.headers, port, needs_origin=needs_origin, is_page=is_page):
            raise _RefusedError(HTTPStatus.FORBIDDEN, why)

    def _refuse_without_token(self) -> None:
        given = self.headers.get("X-Sitmap-Token", "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self.server.token.encode()):
            raise _RefusedError(HTTPStatus.UNAUTHORIZED, "open the address that `sitmap review` printed")

    def _nothing(self) -> None:
        raise _RefusedError(HTTPStatus.NOT_FOUND, "there is nothing at this path")

    def _page(self) -> None:
        self._send_bytes(HTTPStatus.OK, self.server.page, "text/html; charset=utf-8")

    def _data(self) -> None:
        self._send(HTTPStatus.OK, self.server.desk.shown())

    def _decide(self) -> None:
        self.server.desk.decide(self._body())
        self._send(HTTPStatus.OK, {"written": True})

    def _undo(self) -> None:
        self._body()
        self.server.desk.undo()
        self._send(HTTPStatus.OK, {"undone": True})

    def _body(self) -> Any:  # noqa: ANN401 - JSON; the desk checks it
        if self.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json")
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            raise _RefusedError(HTTPStatus.LENGTH_REQUIRED, "send a Content-Length")
        if len(length) > len(str(MAX_BODY)) or int(length) > MAX_BODY:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"send at most {MAX_BODY:,} bytes")
        try:
            return json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "the body is not JSON") from error

    def _send(self, status: HTTPStatus, value: object) -> None:
        self._send_bytes(status, json.dumps(value, allow_nan=False).encode(), "application/json")

    def _send_bytes(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind, "Content-Length": str(len(body)), **HEADERS,
            **({} if kind.startswith("text/html") else {"Content-Security-Policy": _POLICY}),
        }.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in http.server
        """Say what was asked, if asked to say more: never on standard error by itself."""
        _log.info("%s", line(format % args))
