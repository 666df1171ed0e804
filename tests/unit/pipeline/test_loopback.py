from __future__ import annotations

from email.message import Message

import pytest

from pipeline.loopback import why_refused


def asked(**headers: str) -> Message:
    message = Message()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost:80"])
def test_our_own_page_is_let_in(host):
    assert why_refused(asked(Host=host, Origin=f"http://{host}"), 80, needs_origin=True) == ""


@pytest.mark.parametrize("headers", [{}, {"Host": "evil:80"}, {"Host": "127.0.0.1:81"}, {"Host": "localhost"}])
def test_other_hosts_are_not(headers):
    assert "answers to no other name" in why_refused(asked(**headers), 80)


def test_two_hosts_are_none():
    message = asked(Host="127.0.0.1:80")
    message["Host"] = "127.0.0.1:80"
    assert "answers to no other name" in why_refused(message, 80)


def test_what_changes_something_must_say_where_it_comes_from():
    assert "no other origin" in why_refused(asked(Host="localhost:80"), 80, needs_origin=True)
    assert "no other origin" in why_refused(asked(Host="localhost:80", Origin="http://127.0.0.1:80"), 80)
