"""Where somebody has his seat is not where anything happened."""

from __future__ import annotations

import pytest

from pipeline.events.seats import is_seat
from pipeline.models import Mention


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("the Oslo-based monitor", True),
        ("a monitor based in Oslo", True),
        ("a firm registered in the Oslo", True),
        ("the Oslo-born fighter", True),
        ("a bomb in Oslo", False),
        ("the Oslo-Bergen road", False),
    ],
)
def test_is_seat(text, seat):
    start = text.index("Oslo")
    assert is_seat(text, Mention("a", start, start + 4, "Oslo")) is seat
