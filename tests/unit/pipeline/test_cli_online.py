from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import sitmap
from nominatim_server import LICENCE, FakeNominatim, serving

AGENT = "sitmap-tests/1.0 (tests@example.org)"
NAME = "Qxzzv al-Bqasab"


@pytest.fixture(autouse=True)
def own_world(small_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITMAP_GAZETTEER", str(small_index))
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path)
    for name in ("SITMAP_ONLINE", "SITMAP_USER_AGENT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def nominatim() -> Iterator[FakeNominatim]:
    with serving() as fake:
        yield fake


def test_nothing_is_asked_unless_told_to(nominatim: FakeNominatim) -> None:
    done = sitmap("lookup", NAME)
    assert (done.code, done.out) == (0, f"no place called {NAME!r} is known\n")
    assert nominatim.asked == []


def test_an_answer_from_outside_says_so(nominatim: FakeNominatim) -> None:
    done = sitmap("lookup", NAME, "--online", f"http://{nominatim.address}", "--user-agent", AGENT)
    assert done.code == 0
    assert "Qasab (Anbar, IQ)" in done.out
    assert "nominatim said so on" in done.out
    assert f"online, nominatim: {LICENCE}" in done.out


def test_what_the_gazetteer_has_is_not_asked(nominatim: FakeNominatim) -> None:
    done = sitmap("lookup", "Mosul", "--online", f"http://{nominatim.address}", "--user-agent", AGENT)
    assert "gn:" in done.out
    assert nominatim.asked == []


def test_it_can_be_set_once(nominatim: FakeNominatim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITMAP_ONLINE", f"http://{nominatim.address}")
    monkeypatch.setenv("SITMAP_USER_AGENT", AGENT)
    (row,) = json.loads(sitmap("lookup", NAME, "--json").out)
    assert (row["online"], row["attribution"], row["uncertainty_m"]) == ("nominatim", LICENCE, 25_000.0)
    assert row["source"] == "online:nominatim"


def test_who_asks_must_be_said(nominatim: FakeNominatim) -> None:
    done = sitmap("lookup", NAME, "--online", f"http://{nominatim.address}")
    assert done.code == 2
    assert "--online needs --user-agent" in done.err
    assert nominatim.asked == []


def test_an_unreachable_service_is_one_line() -> None:
    done = sitmap("lookup", NAME, "--online", "http://127.0.0.1:9", "--user-agent", AGENT)
    assert done.code == 3
    assert "nominatim: no answer for" in done.complaint
    assert "Traceback" not in done.err
