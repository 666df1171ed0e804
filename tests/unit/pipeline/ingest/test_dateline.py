"""Datelines in the styles of many houses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.dateline import find_dateline, match_dateline

CASES = [
    (
        "WASHINGTON/BAGHDAD, Nov 21 (Reuters) – The army",
        ["WASHINGTON", "BAGHDAD"],
        (11, 21, None),
        "Reuters",
        "The army",
    ),
    ("BEIRUT (AP) — Two people", ["BEIRUT"], (None, None, None), "AP", "Two people"),
    ("AMMAN, Jordan, Jan 28, 2024 -- A drone", ["AMMAN", "Jordan"], (1, 28, 2024), "", "A drone"),
    ("ERBIL, 5 December (Shafaq) A drone", ["ERBIL"], (12, 5, None), "Shafaq", "A drone"),
    ("Sana'a – The port", ["Sana'a"], (None, None, None), "", "The port"),
    (
        "washington/baghdad, nov 21 (reuters) - The army",
        ["washington", "baghdad"],
        (11, 21, None),
        "reuters",
        "The army",
    ),
    ("CNN  —\n\nThree", [], (None, None, None), "CNN", "Three"),
    ("Baghdad, Iraq (CNN) -- Two", ["Baghdad", "Iraq"], (None, None, None), "CNN", "Two"),
    ("Port Sudan, Sudan - Shelling", ["Port Sudan", "Sudan"], (None, None, None), "", "Shelling"),
    ("RIYADH: The kingdom", ["RIYADH"], (None, None, None), "", "The kingdom"),
    ("PORT-AU-PRINCE, Haiti (AP) — Gunmen", ["PORT-AU-PRINCE", "Haiti"], (None, None, None), "AP", "Gunmen"),
    ("DEIR EL-BALAH, Gaza Strip (AP) — Two", ["DEIR EL-BALAH", "Gaza Strip"], (None, None, None), "AP", "Two"),
    ("KYIV, Dec. 3, 2023 (AFP) - The", ["KYIV"], (12, 3, 2023), "AFP", "The"),
    ("Kuwait City, Jan 3 (KUNA) -- The emir", ["Kuwait City"], (1, 3, None), "KUNA", "The emir"),
    ("AMMAN (AP), Jan. 3 — Two", ["AMMAN"], (1, 3, None), "AP", "Two"),
    ("Makassar, Sulawesi (ANTARA) - Two", ["Makassar", "Sulawesi"], (None, None, None), "ANTARA", "Two"),
    ("Niamey [Niger], May 3 (ANI/Xinhua): Six", ["Niamey", "Niger"], (5, 3, None), "ANI/Xinhua", "Six"),
    ("ADEN, March 3, 2016\n\nA car bomb", ["ADEN"], (3, 3, 2016), "", "\n\nA car bomb"),
    ("EL OBEID - 22 Oct 2013\n\nFive", ["EL OBEID"], (10, 22, 2013), "", "\n\nFive"),
    ("PSKOV, May 12. A depot burnt", ["PSKOV"], (5, 12, None), "", "A depot burnt"),
    ("MOSCOW, May 12. /TASS/. A depot burnt", ["MOSCOW"], (5, 12, None), "", "A depot burnt"),
    ("Jaffna, May 12: A depot burnt", ["Jaffna"], (5, 12, None), "", "A depot burnt"),
    ("CHARLESTON, W.Va. -- All lanes", ["CHARLESTON", "W.Va."], (None, None, None), "", "All lanes"),
]


@pytest.mark.parametrize(("text", "places", "day", "agency", "story"), CASES, ids=[case[0][:24] for case in CASES])
def test_dateline(text, places, day, agency, story):
    found = match_dateline(text, 0)
    assert [text[start:end] for start, end in found.places] == places
    assert (found.month, found.day, found.year) == day
    assert (found.agency, text[found.end :]) == (agency, story)


@pytest.mark.parametrize(
    "text",
    [
        "WATCH: The moment a drone hit",
        "UPDATE — Two killed",
        "Israel – which has not commented – struck",
        "The attack – The worst in years",
        "US-led forces - The coalition",
        "He said – He was there",
        "Tuesday – Two people",
        "Homs, Syria – where police said so",
        "BASEBALL/SOFTBALL: Results",
        "BBC Monitoring – The army",
        "The Daily Courier – 22 October 2013\n\nTwo",
        "HOMS, March 3, 2020 was a day of rain",
        "In Homs (the city) - the",
        "Baghdad\n- Two killed",
        "",
    ],
)
def test_no_dateline(text):
    assert match_dateline(text, 0) is None


def test_the_first_of_several_starts_counts():
    text = "Rain\nHOMS (AP) — A\nAMMAN (AP) — B"
    assert find_dateline(text, [0, 5, 19]).start == 5


@given(st.text(alphabet=st.sampled_from("ABab ,/.()-–—:1\n'"), max_size=60))
def test_spans_lie_inside(text):
    found = match_dateline(text, 0)
    if found:
        assert 0 <= found.start < found.end <= len(text)
        assert all(found.start <= start < end <= found.end for start, end in found.places)
