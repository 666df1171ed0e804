from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        # of a blow that only goes with what was told, one's own dead beside the enemy's
        (
            (
                "Troops raided a hideout of rebels near Mosul on Monday and killed five rebels. But during the "
                "fire exchange, Captain Asad Gul (age 27) and Sepoy Ali Shah (age 22) embraced Shahadat."
            ),
            (7, None),
        ),
        (
            (
                "Gunmen shot dead a clerk in Mosul on Monday. He leaves two sons. "
                "His wife was beaten and is undergoing treatment in Erbil."
            ),
            (1, 1),
        ),
        (
            (
                "Rebels raided Mosul on Monday and walked away with rifles after a gun battle that left two guards and "
                "one of their own dead."
            ),
            (3, None),
        ),
    ],
)
def test_harm_of_what_only_goes_with_it(read, text: str, toll: tuple[int, int | None]) -> None:
    (event,) = read(text).events
    assert (event.fatalities.low, event.injuries.low) == toll


def test_harm_of_another_incident_that_became_none_is_not_taken(read) -> None:
    text = FAR_BELOW.replace("The road was closed", "In another incident, militants attempted to attack a post")
    assert all(e.injuries.low is None for e in read(text.format("Nine other officers were wounded.")).events)
