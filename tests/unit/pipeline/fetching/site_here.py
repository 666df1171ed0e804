"""A site on this machine that behaves as told, and a client that may ask it and nothing else of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pipeline.fetching import Caps, Client
from pipeline.fetching.addresses import Resolver

HOST = "news.example.org"


@dataclass
class Reply:
    """One answer: ``drip`` sends the body a byte at a time, with so many seconds between."""

    body: bytes = b""
    kind: str = "text/html"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0


@dataclass
class Site:
    """What the site answers by path, and what it was asked: (path, headers)."""

    pages: dict[str, Reply | list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def client(self, caps: Caps | None = None, **hosts: str) -> Client:
        """A client for which the site's name stands for this machine; ``hosts`` are further names."""
        known = {HOST: "127.0.0.1", **{name.replace("_", "."): address for name, address in hosts.items()}}
        lookup: Callable[[str, int], list[str]] = lambda host, _: [known.get(host, host)]  # noqa: E731
        return Client("sitmap/test", caps or Caps(), Resolver(lookup, lambda address: str(address) == "127.0.0.1"))


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:  # the name that http.server calls
        self.site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        told = self.site.pages.get(self.path, Reply(b"not here", "text/plain", 404))
        reply = (told.pop(0) if len(told) > 1 else told[0]) if isinstance(told, list) else told
        etag = reply.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            reply = Reply(status=304, headers={"ETag": etag})
        self.send_response(reply.status)
        usual = {"Content-Type": reply.kind, "Content-Length": str(len(reply.body))}
        for name, value in (usual | reply.headers).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.send_body(reply)

    def send_body(self, reply: Reply) -> None:
        pieces = [reply.body] if not reply.drip else [reply.body[at : at + 1] for at in range(len(reply.body))]
        try:
            for piece in pieces:
                self.wfile.write(piece)
                time.sleep(reply.drip)
        except OSError:
            pass  # the client had enough


@contextmanager
def site() -> Iterator[Site]:
    """Run a site while in use."""
    made = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": made}))
    server.daemon_threads = True
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
