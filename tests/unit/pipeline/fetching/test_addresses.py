"""Nothing of this machine or its network is asked, by whatever name or spelling."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetching.addresses import FetchError, Resolver, is_public, target_of

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::10.0.0.1", "::127.0.0.1", "2001:db8::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_no_public_host_are_refused(address):
    assert not is_public(ip_address(address))
    with pytest.raises(FetchError, match="not on the public internet"):
        Resolver(lambda *_: [address]).address_of(target_of("https://news.example.org/"))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_asked(address):
    assert Resolver(lambda *_: [address]).address_of(target_of("https://news.example.org/")) == str(ip_address(address))


def test_a_name_that_stands_for_one_private_address_among_others_is_refused():
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is not"):
        Resolver(lambda *_: ["1.1.1.1", "10.0.0.1"]).address_of(target_of("https://news.example.org/"))


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://localhost/",
        "http://[::1]/",
    ],
)
def test_other_spellings_of_this_machine_are_refused_by_what_they_resolve_to(url):
    with pytest.raises(FetchError):
        Resolver().address_of(target_of(url))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("data:text/html,x", "only http and https"),
        ("gopher://example.org:70/1", "only http and https"),
        ("example.org", "only http and https"),
        ("http://", "names no host"),
        ("http://user:secret@example.org/", "password"),
        ("http://example.org:99999/", "not an address"),
        ("http://exa mple.org/\r\nHost: other", "such characters"),
        ("http://[::1/", "not an address"),
        ("http://example.org/" + "a" * 3000, "that long"),
    ],
)
def test_what_is_no_address_is_refused(url, why):
    with pytest.raises(FetchError, match=why) as caught:
        target_of(url)
    assert "secret" not in str(caught.value)


def test_names_of_all_scripts_are_asked_as_dns_has_them():
    target = target_of("https://אתר.example/נייר?q=א#x")
    assert target.host == "xn--4dbq0a.example" or target.host.startswith("xn--")
    assert target.path.isascii()


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    for url in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            target = target_of(url)
        except FetchError:
            continue
        assert target.scheme in {"http", "https"}
        assert target.path.isascii()
        assert not set(target.path) & set(" \r\n")
