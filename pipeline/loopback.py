"""What servers on this machine alone have in common: whom they let in, and what goes with every answer.

Other pages in the same browser can reach a server on loopback. So the Host must be ours (no name rebound to 127.0.0.1)
and so must the Origin, where one is told, and no other site may ask for what the page gets.
"""

from __future__ import annotations

from email.message import Message
from typing import Final

__all__ = ["HEADERS", "why_refused"]

#: Go with every answer of such a server.
HEADERS: Final = {
    "Cache-Control": "no-store", "Connection": "close", "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def why_refused(headers: Message, port: int, *, needs_origin: bool = False, is_page: bool = False) -> str:
    """Return why a request is not let in; empty if it is.

    Parameters
    ----------
    headers : Message
        Of the request.
    port : int
        That the server listens on.
    needs_origin : bool
        For requests that change something.
    is_page : bool
        A link on another site may lead to the page, and to nothing else.

    Examples
    --------
    >>> asked = Message()
    >>> asked["Host"] = "evil.example:8000"
    >>> why_refused(asked, 8000)
    'this server is 127.0.0.1 and answers to no other name'
    """
    hosts = [[f"{name}:{port}"] for name in ("127.0.0.1", "localhost")]
    if headers.get_all("Host", []) not in hosts:
        return "this server is 127.0.0.1 and answers to no other name"
    origins = headers.get_all("Origin", [])
    if (needs_origin or origins) and origins != [f"http://{headers['Host']}"]:
        return "no other origin is let in"
    if headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"} and not is_page:
        return "no other site is let in"
    return ""
