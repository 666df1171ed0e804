"""A server on loopback that answers as Nominatim does, and counts what it is asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LICENCE = "Data © OpenStreetMap contributors, ODbL 1.0. https://osm.org/copyright"
QASAB = {
    "place_id": 1,
    "licence": LICENCE,
    "osm_type": "node",
    "osm_id": 42,
    "lat": "33.70",
    "lon": "42.90",
    "class": "place",
    "type": "village",
    "name": "Qasab",
    "display_name": "Qasab, Anbar, Iraq",
    "boundingbox": ["33.68", "33.72", "42.88", "42.92"],
}


class FakeNominatim:
    """What is answered, with which status, and what was asked: (query, user agent).

    ``failures`` come first, each once: (status, headers).
    """

    def __init__(self) -> None:
        self.places: Any = [QASAB]
        self.page = b""
        self.status = 200
        self.failures: list[tuple[int, dict[str, str]]] = []
        self.asked: list[tuple[dict[str, list[str]], str]] = []
        self.address = ""


@contextmanager
def serving() -> Iterator[FakeNominatim]:
    """Serve on a free port of loopback."""
    fake = FakeNominatim()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append((parse_qs(urlsplit(self.path).query), self.headers["User-Agent"]))
            body = fake.page or json.dumps(fake.places).encode()
            status, headers = fake.failures.pop(0) if fake.failures else (fake.status, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html" if fake.page else "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
