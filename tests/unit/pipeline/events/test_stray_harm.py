from __future__ import annotations

FAR_BELOW = (
    "Gunmen ambushed a police convoy near Kirkuk on Monday, killing 13 officers, officials said. The road was closed. "
    "Pictures showed burning cars. Leaflets lay on the asphalt. The governor spoke of a devious plan. "
    "{} The hunt goes on."
)


def test_who_was_hurt_is_told_far_below(read):
    (event,) = read(FAR_BELOW.format("Nine other officers were wounded.")).events
    assert (event.fatalities.low, event.injuries.low) == (13, 9)


def test_what_had_been_before_is_none_of_it(read):
    (event,) = read(FAR_BELOW.format("Nine other officers had been wounded last year.")).events
    assert (event.fatalities.low, event.injuries.low) == (13, None)
