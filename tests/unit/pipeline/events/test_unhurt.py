from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("said", "dead"),
    [
        ("Nobody was hurt.", 0),
        ("No injuries were reported.", 0),
        ("No one else was hurt.", None),
        ("A guard was hurt.", None),
    ],
)
def test_nobody_hurt_is_nobody_killed(read, said: str, dead: int | None) -> None:
    (event,) = read(f"A bomb went off at an office in Kirkuk on Monday. {said}").events
    assert event.fatalities.low == dead
