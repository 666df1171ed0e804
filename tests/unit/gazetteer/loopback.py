"""A server on this machine that serves files as the real ones do, and fails as the real ones do."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """What the server has and how it behaves; ``requests`` are (path, Range header) as they came."""

    files: dict[str, bytes] = field(default_factory=dict)
    etag: str = '"one"'
    cut_after: list[int] = field(default_factory=list)  # bytes after which the next answers break off
    errors: list[int] = field(default_factory=list)  # statuses of the next answers
    headers: dict[str, str] = field(default_factory=dict)
    ranges: bool = True
    redirect: str = ""
    address: str = ""
    requests: list[tuple[str, str]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    served: Served

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:  # the name that http.server calls
        served, wanted = self.served, self.headers.get("Range", "")
        served.requests.append((self.path, wanted))
        if served.redirect:
            self.head(302, {"Location": served.redirect})
        elif served.errors:
            self.send_error(served.errors.pop(0))
        elif self.path not in served.files:
            self.send_error(404)
        else:
            self.answer(served.files[self.path], self.begins_at(wanted))

    def begins_at(self, wanted: str) -> int | None:
        """Where the part that is asked for begins; None for the whole file."""
        found = re.fullmatch(r"bytes=(\d+)-", wanted)
        same = self.served.ranges and self.headers.get("If-Range") == self.served.etag
        return int(found[1]) if found and same else None

    def answer(self, content: bytes, start: int | None) -> None:
        if start is not None and start >= len(content):
            self.head(416, {"Content-Range": f"bytes */{len(content)}"})
            return
        body = content[start or 0 :]
        part = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if start is not None else {}
        usual = {"Content-Length": str(len(body)), "ETag": self.served.etag, "Content-Type": "application/zip"}
        self.head(200 if start is None else 206, usual | part | self.served.headers)
        self.wfile.write(body[: self.served.cut_after.pop(0)] if self.served.cut_after else body)

    def head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()


@contextmanager
def serving(**what: object) -> Iterator[Served]:
    served = Served(**what)  # type: ignore[arg-type]
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"served": served}))
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
